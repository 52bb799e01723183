"""The tree of a plain file, line by line, without the parser: loading that takes as long as to check a small manifesto.

Taken is what `plainly` takes, and empty lines and comments besides; and only if every line of a file is certain. `read_tree` reads any other with the parser. `tests/test_plainly.py` holds both ways equal, with every place.
"""

from typing import Any

from msgspec import Struct

from manifesto_cli.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.plainly import DEEPEST, LINE, PART, UncertainError, may_be_plain

_QUOTES = {"single": "'", "double": '"'}


class _Lines(Struct, frozen=True):
    """A text in lines."""

    lines: list[str]
    starts: list[int]
    """Where each begins; behind them, where the text ends."""

    def past_gaps(self, at: int) -> int:
        """The first line from one on that says something."""
        while at < len(self.lines) and (not self.lines[at] or self.lines[at].lstrip(" ").startswith("#")):
            at += 1
        return at

    def place(self, at: int) -> int:
        """Where what a line says begins."""
        line = self.lines[at] if at < len(self.lines) else ""
        return self.starts[at] + len(line) - len(line.lstrip(" "))


def plain_tree(text: str) -> Mapping | None:
    """The tree of a text; None for any that is not plain all through."""
    if not may_be_plain(text):
        return None
    lines = text.split("\n")
    lines.pop()
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    all_lines = _Lines(lines, starts)
    first = all_lines.past_gaps(0)
    if first == len(lines):
        return None
    try:
        tree, end = _names(all_lines, first, 0)
    except UncertainError:
        return None
    return tree if end == len(lines) else None


def _read(line: str) -> Any:
    """The parts of a line, without a comment at its end; None if it is not plain."""
    before, _, comment = line.partition(" #")
    if comment and "'" not in before and '"' not in before:
        line = before.rstrip(" ")
    return LINE.fullmatch(line)


def _names(text: _Lines, at: int, indent: int) -> tuple[Mapping, int]:
    """The names at an indentation from a line on, and the next line that says something else. The first may stand behind a dash."""
    entries: dict[str, Entry] = {}
    start = 0
    while at < len(text.lines):
        line = _read(text.lines[at])
        if line is None:
            raise UncertainError
        dash = line["dash"]
        deep = len(line["indent"]) + (2 if dash else 0)
        if deep < indent or (dash and entries):
            break
        name = line["name"]
        if deep > indent or name is None or name in entries:
            raise UncertainError
        place = text.starts[at] + deep
        start = start if entries else place
        value, at = _value(text, at, line, indent)
        entries[name] = Entry(Scalar(name, place, place + len(name), ""), value)
    return Mapping(entries, start, text.place(at)), at


def _value(text: _Lines, at: int, line: Any, indent: int) -> tuple[Node, int]:
    """What a line says, behind its name or dash, and the next line that says something."""
    kind = line.lastgroup
    if kind in ("name", "dash", "indent"):
        return _below(text, text.past_gaps(at + 1), indent)
    written: str = line[kind]
    start, end = text.starts[at] + line.start(kind), text.starts[at] + line.end(kind)
    if kind == "block":
        return _block(text, at + 1, " " * (indent + 2), start)
    node: Node
    if kind == "plain":
        if ": " in written or " #" in written or written.endswith((":", " ")):
            raise UncertainError
        node = Scalar(written, start, end, "")
    elif kind == "brackets":
        node, end = _group(written, 0, start, 0)
        if end != len(written):
            raise UncertainError
    else:
        node = Scalar(_unquoted(kind, written), start - 1, end + 1, _QUOTES[kind])
    return node, text.past_gaps(at + 1)


def _unquoted(kind: str, written: str) -> str:
    """What is said by what is written, without the quotes around it if there are any."""
    return written.replace("''", "'") if kind == "single" else written


def _group(text: str, at: int, before: int, depth: int) -> tuple[Node, int]:
    """The list or names in brackets from a place on, and the place behind them; `before` is where the text starts in its file."""
    start, listed = before + at, text[at] == "["
    close = "]" if listed else "}"
    entries: list[Node] = []
    names: dict[str, Entry] = {}
    while depth < DEEPEST:
        at += 1 if text[at] in "[{" else 2  # past the bracket, or a comma and its space
        part = PART.match(text, at)
        key = None
        if part is not None and part["name"] is not None:
            key = Scalar(part["name"], before + part.start(), before + part.end("name"), "")
            part = PART.match(text, part.end())
        if part is None or part.lastgroup == "name" or (key is None) is not listed:
            break
        kind = part.lastgroup or ""
        entry: Node
        if kind == "group":
            entry, at = _group(text, part.start(), before, depth + 1)
        else:
            at = part.end()
            entry = Scalar(
                _unquoted(kind, part[kind]), before + part.start(), before + at, _QUOTES.get(kind, "")
            )
        if key is None:
            entries.append(entry)
        elif key.text in names:
            break
        else:
            names[key.text] = Entry(key, entry)
        if text[at : at + 1] == close:
            end = before + at + 1
            return (Sequence(tuple(entries), start, end) if listed else Mapping(names, start, end)), at + 1
        if text[at : at + 2] != ", ":
            break
    raise UncertainError


def _below(text: _Lines, at: int, indent: int) -> tuple[Node, int]:
    """The list or names that stand further in, below a name that nothing stands behind. The dashes of a list may also stand right below it."""
    if at == len(text.lines):
        raise UncertainError
    inner = indent if text.lines[at].startswith(" " * indent + "- ") else indent + 2
    margin = " " * inner
    if inner > DEEPEST or not text.lines[at].startswith(margin):
        raise UncertainError
    if not text.lines[at].startswith(margin + "- "):
        return _names(text, at, inner)
    found: list[Node] = []
    start = text.place(at)
    while at < len(text.lines) and text.lines[at].startswith(margin + "- "):
        line = _read(text.lines[at])
        if line is None or line.lastgroup == "dash":
            raise UncertainError
        entry, at = _names(text, at, inner + 2) if line["name"] else _value(text, at, line, inner)
        found.append(entry)
    return Sequence(tuple(found), start, text.place(at)), at


def _block(text: _Lines, at: int, margin: str, start: int) -> tuple[Scalar, int]:
    """A block of text, whose lines are kept; of the empty ones at its end none is."""
    lines, first, indent = text.lines, at, len(margin)
    if at == len(lines) or not lines[at].startswith(margin) or lines[at].startswith(margin + " "):
        raise UncertainError
    while at < len(lines) and (not lines[at] or lines[at].startswith(margin)):
        if lines[at].isspace():
            raise UncertainError
        at += 1
    said = "\n".join(line[indent:] for line in lines[first:at]).rstrip("\n") + "\n"
    return Scalar(said, start, text.starts[at], "|"), text.past_gaps(at)
