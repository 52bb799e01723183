"""Tree → the dicts, lists and texts that msgspec takes."""

from typing import Any

from manifesto_cli.reading.nodes import Broken, Mapping, Node, Scalar, Sequence


def plain(node: Node, left_out: list[Node]) -> Any:
    """The tree as msgspec takes it: dicts, lists and texts. Fields without a value, and broken ones, are left out and listed."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        found = {}
        for name, entry in node.entries.items():
            if isinstance(entry.value, Broken) or (isinstance(entry.value, Scalar) and entry.value.absent):
                left_out.append(entry.value)
            else:
                found[name] = plain(entry.value, left_out)
        return found
    if isinstance(node, Sequence):
        # An empty entry becomes None, which no model takes: it is reported, not dropped.
        return [
            None if isinstance(entry, Scalar) and entry.absent else plain(entry, left_out)
            for entry in node.entries
        ]
    left_out.append(node)
    return None


def parse_own_type(wanted: type, written: object) -> object:
    """A number or date from its text: what msgspec calls for types that it does not know."""
    if not isinstance(written, str):
        raise TypeError
    return wanted.parse(written)  # type: ignore[attr-defined]  # only called for OWN_TYPES
