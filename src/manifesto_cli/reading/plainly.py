"""What a plain file says, line by line, without the parser.

Most of what it takes to read a sound file is spent on events and places that nobody asks for, while nearly all files of a library use a small part of
YAML: names, lists, texts on one line and blocks of text, each two spaces further in than what it belongs to. Such a file is taken as a whole, and only if
every line of it is certain; `said` reads any other by way of its tree. `tests/test_plainly.py` holds both ways equal.
"""

from typing import Any

from manifesto_cli.patterns import pattern

_NAME = r"[a-z][a-z0-9_-]*"
LINE = pattern(
    rf"(?P<indent> *)(?P<dash>- )?(?:(?P<name>{_NAME}):(?: (?=[^ ])|$))?"
    r"(?:(?P<plain>(?!_)[\w£€(].*)|'(?P<single>[^']*(?:''[^']*)*)'|\"(?P<double>[^\"\\]*)\"|(?P<brackets>[\[{].+[\]}])|(?P<block>\|))?"
)
PART = pattern(
    rf"(?P<group>[\[{{])|(?P<name>{_NAME}): (?=[^ ,\]}}])|'(?P<single>[^']*(?:''[^']*)*)'|\"(?P<double>[^\"\\]*)\""
    r"|(?P<word>https?://[\w./~%?=&+-]*[\w/]"
    r"|(?=[^\W_]|[.-]\d|\(\()(?:[\w .'’/–)-]++|\((?!\()|\(\([\w.]++\)\))*+\??(?<=[\w.?)]))(?=, [^ ]|[\]}])"
)
"""What stands in brackets: a group, a name, or a text that means nothing else there."""
_WORD = r"[^\W_](?:[\w .'’/–-]*[\w.?])?"
_WORDS = pattern(rf"\[{_WORD}(?:, {_WORD})*\]")
"""A list of nothing but such words, as most in brackets are, none of which has a comma in it."""
_ENDS = (":", " ")
DEEPEST = 12
"""How many spaces in anything may stand."""
_LONGEST = 200_000


class UncertainError(Exception):
    """The way out of a recursion: here stands something that takes the long way."""


def plainly_said(text: str) -> dict[str, Any] | None:
    """What `plain` gives of the tree of a text; None for any text that is not plain all through."""
    if not may_be_plain(text):
        return None
    lines = text.split("\n")
    lines.pop()
    try:
        found, end = _names(lines, 0, 0)
    except UncertainError:
        return None
    return found if end == len(lines) else None


def may_be_plain(text: str) -> bool:
    """Whether a text is of ordinary characters and in whole lines; and so short that it cannot hold more values than a tree may."""
    return len(text) <= _LONGEST and text.endswith("\n") and text.replace("\n", "").isprintable()


def _names(lines: list[str], at: int, indent: int) -> tuple[dict[str, Any], int]:
    """The names at an indentation from a line on, and the line behind them. The first may stand behind a dash."""
    found: dict[str, Any] = {}
    while at < len(lines):
        line = LINE.fullmatch(lines[at])
        if line is None:
            raise UncertainError
        dash = line["dash"]
        deep = len(line["indent"]) + (2 if dash else 0)
        if deep < indent or (dash and found):
            break
        name = line["name"]
        if deep > indent or name is None or name in found:
            raise UncertainError
        found[name], at = _value(lines, at, line, indent)
    return found, at


def _value(lines: list[str], at: int, line: Any, indent: int) -> tuple[Any, int]:
    """What a line says, behind its name or dash, and the line behind that."""
    kind = line.lastgroup
    if kind in ("name", "dash", "indent"):
        return _below(lines, at + 1, indent)
    written: str = line[kind]
    if kind == "block":
        return _block(lines, at + 1, " " * (indent + 2))
    if kind == "plain":
        if ": " in written or " #" in written or written.endswith(_ENDS):
            raise UncertainError
    elif kind == "brackets":
        if _WORDS.fullmatch(written):
            return written[1:-1].split(", "), at + 1
        found, end = _group(written, 0, 0)
        if end != len(written):
            raise UncertainError
        return found, at + 1
    elif kind == "single":
        written = written.replace("''", "'")
    return written, at + 1


def _group(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The list or names in brackets from a place on, and the place behind them."""
    listed, close = text[at] == "[", "]" if text[at] == "[" else "}"
    entries: list[Any] = []
    names: dict[str, Any] = {}
    while depth < DEEPEST:
        at += 1 if text[at] in "[{" else 2  # past the bracket, or a comma and its space
        part = PART.match(text, at)
        name = part["name"] if part else None
        if name is not None and part is not None:
            part = PART.match(text, part.end())
        if part is None or part.lastgroup == "name" or (name is None) is not listed or name in names:
            break
        kind = part.lastgroup or ""
        entry, at = _group(text, part.start(), depth + 1) if kind == "group" else (part[kind], part.end())
        if kind == "single":
            entry = entry.replace("''", "'")
        if listed:
            entries.append(entry)
        else:
            names[name or ""] = entry
        if text[at : at + 1] == close:
            return (entries if listed else names), at + 1
        if text[at : at + 2] != ", ":
            break
    raise UncertainError


def _below(lines: list[str], at: int, indent: int) -> tuple[Any, int]:
    """The list or names that stand further in, below a name that nothing stands behind. The dashes of a list may also stand right below it."""
    if at == len(lines):
        raise UncertainError
    inner = indent if lines[at].startswith(" " * indent + "- ") else indent + 2
    margin = " " * inner
    if inner > DEEPEST or not lines[at].startswith(margin):
        raise UncertainError
    if not lines[at].startswith(margin + "- "):
        return _names(lines, at, inner)
    found: list[Any] = []
    while at < len(lines) and lines[at].startswith(margin + "- "):
        line = LINE.fullmatch(lines[at])
        if line is None or line.lastgroup == "dash":
            raise UncertainError
        entry, at = _names(lines, at, inner + 2) if line["name"] else _value(lines, at, line, inner)
        found.append(entry)
    return found, at


def _block(lines: list[str], at: int, margin: str) -> tuple[str, int]:
    """A block of text, whose lines are kept; of the empty ones at its end none is."""
    start, indent = at, len(margin)
    if at == len(lines) or not lines[at].startswith(margin) or lines[at].startswith(margin + " "):
        raise UncertainError
    while at < len(lines) and (not lines[at] or lines[at].startswith(margin)):
        if lines[at].isspace():
            raise UncertainError
        at += 1
    return "\n".join(line[indent:] for line in lines[start:at]).rstrip("\n") + "\n", at
