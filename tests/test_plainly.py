"""What a plain file says is what its tree says: on every file that ships, and on each of them with a few characters changed."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from manifesto_cli.faults.source import SourceFile
from manifesto_cli.reading.plainly import plainly_said
from manifesto_cli.reading.said import said_at_length
from manifesto_cli.reading.text import read_text

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(
    path for folder in ("ideas", "examples", "samples") for path in (ROOT / folder).rglob("*.yaml")
)
PIECES = (
    *"abZ9 :-#'\"[]{},|>&*!%@`?~\\\n\t_.é—’\u00a0\u2028\x7f\r",
    *("  ", "\n\n", "\n  ", "\n- ", ": ", " #", "((", "))", "'", "''", "|-", "|+", "> ", "---\n", "...\n"),
    *("title: x\n", "  - a\n", "\n  \n", "\n   x\n", "<<: *a", "key:\n", "<<<<<<< a\n", "%YAML 1.1\n"),
)


def agree(text: str) -> bool:
    """Whether a text is plain; if it is, its tree must say the same and have no fault."""
    found = plainly_said(text)
    if found is None:
        return False
    source = read_text("", text.encode("utf-8", "surrogatepass")).value
    assert source == SourceFile("", text)
    assert said_at_length(source) == found, text
    return True


def mutants(text: str, chance: random.Random, count: int) -> Iterator[str]:
    """A text with up to three places in which something is put in, taken out or exchanged."""
    for _ in range(count):
        changed = text
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(changed) + 1)
            gone = chance.choice((0, 0, 1, 2, 7))
            piece = chance.choice(PIECES) if chance.random() < 0.8 else ""
            changed = changed[:at] + piece + changed[at + gone :]
        yield changed


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_that_ships_says_the_same_both_ways(path: Path) -> None:
    """And so does whatever a slip of the keyboard makes of it."""
    text = path.read_text(encoding="utf-8")
    agree(text)
    for changed in mutants(text, random.Random(path.name), 60):  # noqa: S311 - the same each time is what is wanted
        agree(changed)


def test_nearly_all_files_of_ideas_are_plain() -> None:
    """Else all of this would be for nothing."""
    ideas = [path.read_text(encoding="utf-8") for path in FILES if path.parent.name == "ideas"]
    assert sum(map(agree, ideas)) > 0.8 * len(ideas)


LINES = st.lists(
    st.sampled_from(
        (
            *(
                "a: b",
                "a: 'b'",
                'b: "c d"',
                "c: [x, y z]",
                "d: {x: 1, y: 'z, w'}",
                "e: |",
                "f:",
                "g: >",
                "h: b: c",
            ),
            *(
                "  - a",
                "  - a: b",
                "    b: c",
                "  k: v",
                "  text",
                "    text",
                "- a",
                "",
                "   ",
                "      deep",
                "i: |2",
            ),
            *(
                "  # x",
                "# x",
                "a: b # c",
                "e: |  ",
                "j: [a, [b, c]]",
                "k: {a: {b: c}}",
                "l: [a,b]",
                "m: [a, ]",
                "n: {a}",
            ),
            *(
                "o: [a: b]",
                "p: https://a.b/c#d",
                "q: {u: https://a.b/c}",
                "r: a:",
                "s: -",
                "t: ~",
                "u: null",
                "  - [a]",
            ),
            *(
                "  - {a: b}",
                "  - |",
                "  -",
                "  - 'a'",
                "v: ?a",
                "w: a\u00a0b",
                "x: é",
                "y: [é, —]",
                "z: (a)",
                "z: 'it''s'",
            ),
        )
    ),
    max_size=7,
)


@given(LINES, st.sampled_from(["\n", "", "\n\n", "\r\n"]))
@example(["a: |", "  b", "", ""], "\n")
@example(["a: |", "", "  b"], "\n")
@example(["f:", "  - a: |", "      b", "    c: d"], "\n")
@example(["f:", "  - a:", "      b: c", "  - d: e"], "\n")
def test_lines_put_together_anyhow_say_the_same_both_ways(lines: list[str], end: str) -> None:
    """As far as they are taken at all."""
    agree("\n".join(lines) + end)
