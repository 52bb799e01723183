"""Text → tree: without the parser where every line is plain, else with it."""

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.reading.nodes import Node
from manifesto_cli.reading.plain_trees import plain_tree


def read_tree(source: SourceFile) -> Outcome[Node]:
    """The tree of a document, and every fault of its YAML, as `yamltree` has them. In a plain one there is no fault."""
    tree = plain_tree(source.text)
    if tree is not None:
        return Outcome(tree)
    from manifesto_cli.reading.yamltree import tree_at_length  # noqa: PLC0415 - it loads the parser

    return tree_at_length(source)
