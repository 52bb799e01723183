"""Proof that edits say what they should: the result is read again before anyone writes it."""

from collections.abc import Iterable

from manifesto_cli.editing.scalars import said
from manifesto_cli.faults.source import Edit, SourceFile, apply_edits
from manifesto_cli.reading.nodes import Node
from manifesto_cli.reading.text import forbidden_characters
from manifesto_cli.reading.trees import read_tree


def proven(source: SourceFile, edits: Iterable[Edit], expected: object) -> tuple[SourceFile, Node] | None:
    """The file with the edits made, and its tree, if it then says exactly what was expected; else nothing."""
    try:
        text = apply_edits(source.text, edits)
    except ValueError:  # places that overlap: the file is laid out in a way that was not foreseen
        return None
    changed = SourceFile(source.path, text, source.bom)
    outcome = read_tree(changed)
    if outcome.faults or outcome.value is None or forbidden_characters(changed):
        return None
    return (changed, outcome.value) if meaning(changed, outcome.value) == expected else None


def meaning(source: SourceFile, tree: Node) -> object:
    """What a file says, as if its last line had a line end.

    A block of text that ends a file which lacks one does not end in one either, until something is added below: that
    is no change of anything that a person wrote.
    """
    if source.text.endswith("\n"):
        return said(tree)
    completed = read_tree(SourceFile(source.path, source.text + "\n")).value
    return said(completed if completed is not None else tree)
