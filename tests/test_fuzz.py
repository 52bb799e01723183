"""Files that nobody would write: whatever is in them, the outcome is faults with places, never a traceback. `fuzz/` looks longer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.whole import KINDS, examine, real_files

REAL = real_files()
TOKENS = [
    ": ", "- ", "\n", "\n  ", "\n- ", "\n  - ", "#", " #", "|", "|-", ">", "'", '"', "\\", "[", "]", "{", "}", ", ", "? ", "&a ", "*a", "!t ", "---\n",
    "...\n", "%YAML 1.2\n", "\t", "\r\n", "\r", "\0", "\u00a0", "\u2028", "\ufeff", "\uff1a ", "\u201c", "\u2014", "🎉", "字", "é", "a", "b c", "1,000", "yes",
    "((area))", "((", "))", "\\((", "# ", "## ", "**", "_", "`", "```\n", "> ", "[a](b)", "![a](media/hall.jpg)", "[a]: b\n", "<b>", "|a|b|\n|-|-|\n",
    "title: ", "priority: ", "summary: ", "body: |\n  ", "claims:\n  - text: ", "figure: {value: 1}", "source: ", "ideas: all", "tried", "values: {", "allow: [",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)


FOUND = {
    "a name missing at the end of a file": ("?", {"unnamed-value"}),
    "a quotation mark missing, and the next text starts with a number sign": (
        'a: "b\n  c: "#d"',
        {"yaml-quote"},
    ),
    "a comment that looks like the start of a block": ("# a: |\n  b: |\n &c", {"yaml-indentation"}),
}
"""Files on which the fuzzer found something, cut down to what did it."""


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_what_was_found(text: str, expected: set[str]) -> None:
    """Once found, never again."""
    assert expected <= {fault.code for fault in examine("ideas/tried.yaml", text.encode())}


@settings(max_examples=500)
@given(st.sampled_from(KINDS), st.binary(max_size=200))
def test_any_bytes(kind: str, content: bytes) -> None:
    """Bytes of any kind, most of them no text at all."""
    examine(kind, content)


@settings(max_examples=2000)
@given(st.sampled_from(KINDS), TEXTS, st.booleans())
def test_any_text(kind: str, text: str, behind: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    """Texts made of what YAML, Markdown and our fields give a meaning to; some behind a record that is sound."""
    sound = "title: Tried\npriority: tried\nsummary: Tried.\nformat: 1\nbody: |\n  "
    examine(kind, ((sound if behind else "") + text).encode())


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, bytes]:
    """A real file with a few things done to it that editors, merges and disks do."""
    kind, content = draw(st.sampled_from(REAL))
    for _ in range(draw(st.integers(1, 4))):
        lines = content.splitlines(keepends=True) or [b"\n"]
        line = draw(st.integers(0, len(lines) - 1))
        at, upto = sorted(draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        content = draw(
            st.sampled_from(
                [
                    content[:at] + bytes([draw(st.integers(0, 255))]) + content[at + 1 :],
                    content[:at],
                    content[:at] + content[upto:],
                    content[:upto] + content[at:],
                    content[:at] + draw(st.sampled_from(TOKENS)).encode() + content[at:],
                    content[:at] + draw(st.sampled_from(REAL))[1][at:],
                    b"".join([*lines[: line + 1], *lines[line:]]),
                    b"".join([*lines[:line], *lines[line + 1 :]]),
                    b"".join([*lines[:line], b"  " + lines[line], *lines[line + 1 :]]),
                    b"".join([*lines[:line], lines[line].lstrip(b" "), *lines[line + 1 :]]),
                    content.replace(b"\n", b"\r\n"),
                    b"\xef\xbb\xbf" + content,
                ]
            )
        )
    return kind, content


@settings(max_examples=2000)
@given(changed())
def test_real_files_with_something_done_to_them(file: tuple[str, bytes]) -> None:
    """Bytes flipped, files cut, spliced and merged wrongly, lines given twice, moved and left out, tokens put in."""
    examine(*file)
