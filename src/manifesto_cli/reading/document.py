"""Bytes → the tree of one file, with every fault of its text and YAML."""

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.reading.nodes import Node
from manifesto_cli.reading.text import read_text
from manifesto_cli.reading.trees import read_tree


def read_document(path: str, content: bytes) -> Outcome[tuple[SourceFile, Node]]:
    """The tree of one file, and the faults of its text and YAML."""
    text = read_text(path, content)
    if text.value is None:
        return Outcome(None, text.faults)
    tree = read_tree(text.value)
    if tree.value is None:
        return Outcome(None, tree.faults)
    # With a comment at the very start of its line nothing is wrong: no text can stand there.
    if not any("#" in line and line[0] != "#" for line in text.value.text.split("\n")):
        return Outcome((text.value, tree.value), tree.faults)
    from manifesto_cli.reading.comments import comment_faults  # noqa: PLC0415 - few files have any other

    return Outcome((text.value, tree.value), (*tree.faults, *comment_faults(text.value, tree.value)))
