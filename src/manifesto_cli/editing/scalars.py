"""A text → the YAML that says it."""

from manifesto_cli.faults.source import SourceFile
from manifesto_cli.reading.nodes import Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.text import FORBIDDEN
from manifesto_cli.reading.trees import read_tree

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def quoted(text: str, *, flow: bool = False) -> str:
    """The plainest YAML, on one line, that reads back as this text: bare, else in single quotes, else in double ones.

    What is bare between brackets (`flow`) may hold less than what stands on a line of its own. ValueError for a
    text with characters that no file may hold.
    """
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        message = f"U+{ord(forbidden.group()):04X} has no place in a file"
        raise ValueError(message)
    if "\n" not in text:
        single = "'" + text.replace("'", "''") + "'"
        for written in (text, single):
            if _means(written, text, flow=flow):
                return written
    return f'"{text.translate(_ESCAPES)}"'


def _means(written: str, text: str, *, flow: bool) -> bool:
    """Whether the reader takes what is written for the text, as an entry of a list and as the value of a field.

    Asking the reader itself is the only rule that cannot drift away from it.
    """
    if not written:
        return False
    trial = (
        f"[{written}, {{k: {written}, l: m}}, n]" if flow else f"- {written}\n- k: {written}\n  l: m\n- n\n"
    )
    outcome = read_tree(SourceFile("", trial))
    if outcome.faults or not isinstance(outcome.value, Sequence):
        return False
    expected: list[object] = [text, {"k": text, "l": "m"}, "n"]
    return said(outcome.value) == expected


def said(node: Node) -> object:
    """What a tree says, without places and styles: texts, lists, dicts; None for a field without a value.

    Two files that say the same make the same record, whatever the record's model.
    """
    if isinstance(node, Scalar):
        return None if node.absent else node.text
    if isinstance(node, Sequence):
        return [said(entry) for entry in node.entries]
    if isinstance(node, Mapping):
        return {name: said(entry.value) for name, entry in node.entries.items()}
    message = "a tree with faults says nothing for certain"
    raise ValueError(message)
