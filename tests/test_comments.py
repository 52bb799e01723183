"""Comments: found where the parser finds them, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.faults.source import Edit, SourceFile, apply_edits
from manifesto_cli.reading.comments import comments
from manifesto_cli.reading.nodes import Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.trees import read_tree

CASES: list[tuple[str, str, list[str]]] = [
    ("none", "a: b#c\n", []),
    ("on a line of its own", "# one\na: b\n  # two\nc: d\n", ["# one", "# two"]),
    ("behind a text", "a: b # c\nd: 'e' # f\ng: \"h\" # i\n", ["# c", "# f", "# i"]),
    ("behind a name", "a: #b\n", ["#b"]),
    ("behind a tab", "a: b\t# c\n", ["# c"]),
    ("behind a dash", "- # one\n- b # two\n", ["# one", "# two"]),
    ("in quotes", "a: 'b # c'\nd: \"e # f\n  # g\"\n", []),
    ("in a block", "a: |\n  b # c\n  # d\n", []),
    ("behind the mark of a block", "a: | # b\n  # c\nd: >- # e\n  f\n", ["# b", "# e"]),
    ("below a block", "a: |\n  b\n\n # c\n# d\ne: >\n  f\n# g\n", ["# c", "# d", "# g"]),
    ("behind an empty block", "a: | # b\nc: d\n", ["# b"]),
    ("in a list in brackets", "a: [b, # c\n  d] # e\n", ["# c", "# e"]),
    ("with Windows line ends", "a: b # c\r\n# d\r\n", ["# c", "# d"]),
    ("without a space before it", 'a: [b,#c\n  "d"#e\n  ]#f\n', ["#c", "#e", "#f"]),
    ("at a name given twice", "a: b # c\na: 'd # e' # f\n", ["# c", "# f"]),
    ("at a value without a name", "? ['a # b'] # c\n: 'd # e' # f\n", ["# c", "# f"]),
    ("behind an anchor", "a: &x # b\n  'c # d'\n", ["# b"]),
    ("behind an alias", "a: *x # b\n", ["# b"]),
    ("in a document with marks", "--- # a\nb: c\n... # d\n", ["# a"]),
    ("in a second document", "a: b\n---\nc: '# d'\n", []),
    ("in an empty document", "# a\n--- # b\n# c\n", ["# a", "# b", "# c"]),
    ("in a file without a last line end", "a: b # c", ["# c"]),
    ("with other letters", "a: 集会 🎉 # 集 🎉\n", ["# 集 🎉"]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_comment_is_found(text: str, expected: list[str]) -> None:
    """A comment goes from its `#` to the end of the line; a `#` in a text is none."""
    source = SourceFile("a.yaml", text)
    tree = read_tree(source).value
    assert tree is not None
    found = comments(source, tree)
    assert [comment.span.text for comment in found] == expected
    assert [comment.text for comment in found] == [comment.lstrip("#").strip() for comment in expected]


TOKENS = st.lists(
    st.sampled_from(
        ["a", "b", ": ", "- ", "\n", "\n  ", "\n    ", "#", " #", "# c", '"', "'", "|", ">-", "[", "]", "{", "}", ", ", "\r\n", "\t", "\\", "&x ", "!t ", "? ", "\n---", "\n- ", "\na: ", "\nb: "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(TOKENS)
def test_comments_say_nothing_to_the_tree(text: str) -> None:
    """Without its comments a file has the same texts, and no `#` but in them."""
    source = SourceFile("a.yaml", text)
    before = read_tree(source)
    if before.value is None or "\n---" in text:
        return
    found = comments(source, before.value)
    bare = SourceFile(
        "a.yaml", apply_edits(text, (Edit(each.span.start, each.span.end, "") for each in found))
    )
    after = read_tree(bare)
    assert after.value is not None
    assert shape(after.value) == shape(before.value)
    assert comments(bare, after.value) == ()


def shape(node: Node) -> object:
    """A tree without its places."""
    if isinstance(node, Mapping):
        pairs = [(name, shape(entry.value)) for name, entry in node.entries.items()]
        return pairs, [shape(aside) for aside in node.aside]
    if isinstance(node, Sequence):
        return [shape(entry) for entry in node.entries]
    return (node.text, node.style) if isinstance(node, Scalar) else None
