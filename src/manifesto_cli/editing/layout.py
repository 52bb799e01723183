"""How a file is laid out: lines, indentation, and the style in which its author writes lists."""

from collections.abc import Iterator
from collections.abc import Mapping as Map

from msgspec import Struct

from manifesto_cli.editing.scalars import quoted
from manifesto_cli.faults.source import Edit, SourceFile
from manifesto_cli.reading.nodes import Mapping, Node, Scalar, Sequence

_WIDEST = 12
"""A list further to the right of its name than this was not meant as a style."""

Value = str | Map[str, str] | Map[str, "str | Map[str, str]"]
"""What an entry of a list may say: a text, or fields."""


class ListStyle(Struct, frozen=True):
    """How the lists of one field are written."""

    offset: int = 2
    """How far the dashes stand to the right of the name above them."""
    gap: str = " "
    """What stands between a dash and its entry."""
    flow: bool = False
    """Whether they are written in brackets."""


def is_flow(source: SourceFile, node: Node) -> bool:
    """Whether a list or group of fields is written in brackets."""
    return source.text[node.start : node.start + 1] in ("[", "{")


def column(source: SourceFile, offset: int) -> int:
    """How many characters stand before an offset on its line."""
    return offset - (source.text.rfind("\n", 0, offset) + 1)


def content_end(source: SourceFile, node: Node) -> int:
    """Where the last character of a node stands, and not a comment or blank line after it."""
    text = source.text
    if isinstance(node, Scalar):
        if node.style not in ("|", ">"):
            return node.end
        end = node.end
        if "+" in text[node.start : node.start + 3]:  # the blank lines below are part of it
            return len(text[:end].removesuffix("\n").removesuffix("\r"))
        return max(node.start + 1, len(text[:end].rstrip(" \t\r\n")))
    if is_flow(source, node):
        return node.end
    if isinstance(node, Sequence) and node.entries:
        return content_end(source, node.entries[-1])
    if isinstance(node, Mapping) and node.entries:
        return content_end(source, next(reversed(node.entries.values())).value)
    return node.end


def next_line(text: str, at: int) -> int:
    """Where the line after the one of an offset starts, or the end of the text."""
    found = text.find("\n", at)
    return found + 1 if found >= 0 else len(text)


def line_start(text: str, at: int) -> int:
    """Where the line of an offset starts."""
    return text.rfind("\n", 0, at) + 1


def past_comments(text: str, at: int, beyond: int) -> int:
    """The start of the first line, from the one at `at`, that is not a comment further to the right than column `beyond`.

    Such comments belong to what stands above them.
    """
    while at < len(text):
        line = text[at : next_line(text, at)]
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= beyond:
            break
        at = next_line(text, at)
    return at


def line_end(source: SourceFile, at: int) -> str:
    """The line end that is in use around an offset."""
    text = source.text
    for found in (text.rfind("\n", 0, at), text.find("\n", at)):
        if found >= 0:
            return "\r\n" if text[found - 1 : found] == "\r" else "\n"
    return "\n"


def insertion(source: SourceFile, at: int, lines: tuple[str, ...]) -> Edit:
    """Whole lines put in where a line starts, or at the end of a file, whose last line may lack a line end."""
    end = line_end(source, at)
    if at == len(source.text) and source.text and not source.text.endswith("\n"):
        return Edit(at, at, "".join(end + line for line in lines))
    return Edit(at, at, "".join(line + end for line in lines))


def list_style(source: SourceFile, holders: Iterator[Mapping], field: str) -> ListStyle:
    """The style of the lists under a field of several groups of fields: of the first of them, where they differ."""
    lists = [
        (entry.key, entry.value)
        for holder in holders
        for name, entry in holder.entries.items()
        if name == field and isinstance(entry.value, Sequence) and entry.value.entries
    ]
    for key, value in lists:
        if not is_flow(source, value):
            offset = column(source, value.start) - column(source, key.start)
            return ListStyle(offset if 0 <= offset <= _WIDEST else 2, _gap(source, value))
    return ListStyle(flow=bool(lists))


def _gap(source: SourceFile, value: Sequence) -> str:
    first = value.entries[0]
    gap = source.text[value.start + 1 : first.start]
    return gap if gap and len(gap) <= _WIDEST and not gap.strip(" ") else " "


def spaced(source: SourceFile, value: Sequence) -> bool:
    """Whether each entry but the first has a blank line above it, or above the comments above it."""
    return len(value.entries) > 1 and all(
        "\n\n" in source.text[content_end(source, before) : after.start].replace("\r", "").replace(" ", "")
        for before, after in zip(value.entries, value.entries[1:], strict=False)
    )


def flow_text(value: Value) -> str:
    """A value as it is written between brackets."""
    if isinstance(value, str):
        return quoted(value, flow=True)
    return "{" + ", ".join(f"{name}: {flow_text(inner)}" for name, inner in value.items()) + "}"


def field_lines(value: Map[str, "str | Map[str, str]"]) -> tuple[str, ...]:
    """Fields as they are written, one a line."""
    lines: list[str] = []
    for name, inner in value.items():
        if isinstance(inner, str):
            lines.append(f"{name}: {quoted(inner)}")
        else:
            lines += (f"{name}:", *indented(field_lines(inner), 2))
    return tuple(lines)


def entry_lines(value: Value, gap: str) -> tuple[str, ...]:
    """An entry of a list as it is written in lines, with its dash."""
    return dashed((quoted(value),) if isinstance(value, str) else field_lines(value), gap)


def dashed(lines: tuple[str, ...], gap: str) -> tuple[str, ...]:
    """Lines as an entry of a list."""
    return (f"-{gap}{lines[0]}", *indented(lines[1:], 1 + len(gap)))


def indented(lines: tuple[str, ...], by: int) -> tuple[str, ...]:
    """The lines further to the right."""
    return tuple(" " * by + line for line in lines)
