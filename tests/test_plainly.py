"""What a plain file says, and the tree of one, are as the parser has them: on every file that ships, and on each of them with a few characters changed."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.reading.comments import comment_faults
from manifesto_cli.reading.nodes import Node
from manifesto_cli.reading.plain import plain
from manifesto_cli.reading.plain_trees import plain_tree
from manifesto_cli.reading.plainly import plainly_said
from manifesto_cli.reading.text import read_text
from manifesto_cli.reading.yamltree import MAX_NODES, tree_at_length

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(
    path for folder in ("ideas", "examples", "samples", "themes") for path in (ROOT / folder).rglob("*.yaml")
)
PIECES = (
    *"abZ9 :-#'\"[]{},|>&*!%@`?~\\\n\t_.é—’\u00a0\u2028\x7f\r",
    *("  ", "\n\n", "\n  ", "\n- ", ": ", " #", "((", "))", "'", "''", "|-", "|+", "> ", "---\n", "...\n"),
    *("title: x\n", "  - a\n", "\n  \n", "\n   x\n", "<<: *a", "key:\n", "<<<<<<< a\n", "%YAML 1.1\n"),
    *("\n# x\n", "\n  # x\n", " # x", "  #", "# ", "\n    #x\n", " # don't", "(a)", "a-b: .5"),
)


def agree(text: str) -> bool:
    """Whether what a text says is plain; if it or its tree is, the parser must say the same, with every place, and find no fault."""
    said, tree = plainly_said(text), plain_tree(text)
    if tree is None:
        assert said is None
        return False
    source = read_text("", text.encode("utf-8", "surrogatepass")).value
    assert source == SourceFile("", text)
    assert tree_at_length(source) == Outcome(tree), text
    left_out: list[Node] = []
    if said is not None:
        assert plain(tree, left_out) == said, text
        assert not left_out
        assert not comment_faults(source, tree)
    return said is not None


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


def test_every_theme_and_nearly_all_manifestos_are_plain() -> None:
    """What their files say can be known without loading the parser."""
    heads = [path for path in FILES if path.name in ("manifesto.yaml", "theme.yaml", "library.yaml")]
    trees = [plain_tree(path.read_text(encoding="utf-8")) for path in heads]
    assert trees.count(None) <= 1


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
                "    # x",
                "a: b # don't",
                "e: | # x",
                "f: # x",
                "  - # x",
                "g: {a: .5, b-c: d (e)}",
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
                "- a: b",
                "- |",
                "  c: d",
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


def test_a_file_with_more_values_than_a_tree_may_have_is_not_plain() -> None:
    """The parser stops at such a file, and says so."""
    text = f"a: [{'a, ' * MAX_NODES}a]\n"
    assert agree(text) is False
    assert tree_at_length(SourceFile("", text)).faults
