"""Tree → the dicts, lists and texts that msgspec takes."""

from typing import Any

from manifesto_cli.reading.yamltree import Mapping, Node, Scalar, Sequence


def plain(node: Node) -> Any:
    """The tree as msgspec takes it: dicts, lists and texts. A field without a value is left out."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {
            name: plain(entry.value)
            for name, entry in node.entries.items()
            if not (isinstance(entry.value, Scalar) and entry.value.absent)
        }
    if isinstance(node, Sequence):
        # An empty entry becomes None, which no model takes: it is reported, not dropped.
        return [
            None if isinstance(entry, Scalar) and entry.absent else plain(entry) for entry in node.entries
        ]
    return None


def parse_own_type(wanted: type, written: object) -> object:
    """A number or date from its text: what msgspec calls for types that it does not know."""
    if not isinstance(written, str):
        raise TypeError
    return wanted.parse(written)  # type: ignore[attr-defined]  # only called for OWN_TYPES
