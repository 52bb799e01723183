"""Edits that add an entry to a list in the style of the file, wherever the list is, and whether there is one yet."""

from msgspec import Struct

from manifesto_cli.editing.layout import (
    ListStyle,
    column,
    content_end,
    dashed,
    indented,
    insertion,
    is_flow,
    line_end,
    line_start,
    next_line,
    past_comments,
    spaced,
)
from manifesto_cli.faults.source import Edit, SourceFile
from manifesto_cli.reading.nodes import Mapping, Node, Scalar, Sequence

Edits = tuple[Edit, ...]


class Addition(Struct, frozen=True):
    """An entry to be added, in both ways in which it can be written."""

    lines: tuple[str, ...]
    """On lines, without the dash."""
    flow: str
    """Between brackets."""


def adding(source: SourceFile, holder: Mapping, field: str, new: Addition, style: ListStyle) -> Edits:
    """The edits that add an entry at the end of the list under a field of `holder`, in the style of that list.

    Where there is no list yet, `style` decides. The edits are a proposal: whoever applies them reads the result again.
    """
    entry = holder.entries.get(field)
    if entry is None:
        return _new_field(source, holder, field, new, style)
    if isinstance(entry.value, Sequence) and entry.value.entries:
        if is_flow(source, entry.value):
            return _into_brackets(source, entry.value, new.flow)
        return (_below(source, entry.value, new, style),)
    return _first(source, holder, entry.key, entry.value, new, style)


def _below(source: SourceFile, value: Sequence, new: Addition, style: ListStyle) -> Edit:
    """A new line, or several, after the last entry and the comments that are its own."""
    dashes = column(source, value.start)
    after = next_line(source.text, content_end(source, value))
    last = value.entries[-1]
    gap = source.text[source.text.rfind("-", 0, last.start) + 1 : last.start]
    lines = indented(dashed(new.lines, style.gap if gap.strip(" ") or not gap else gap), dashes)
    if spaced(source, value):
        lines = ("", *lines)
    return insertion(source, past_comments(source.text, after, dashes), lines)


def _into_brackets(source: SourceFile, value: Sequence, new: str) -> Edits:
    """After the last entry: on a line of its own if that one has one, else behind a comma."""
    text, last = source.text, value.entries[-1]
    end = content_end(source, last)
    start = line_start(text, last.start)
    indent = text[start : last.start]
    if indent.strip(" \t") or start <= value.start:
        return (Edit(end, end, f"{_comma(source, value)}{new}"),)
    newline = line_end(source, end)
    after = next_line(text, end)
    if after >= value.end:  # the closing bracket stands behind the last entry
        return (Edit(end, end, f",{newline}{indent}{new}"),)
    if text[end:after].lstrip(" \t").startswith(","):
        return (insertion(source, after, (f"{indent}{new},",)),)
    return Edit(end, end, ","), insertion(source, after, (f"{indent}{new}",))


def _comma(source: SourceFile, value: Sequence) -> str:
    """What stands between entries on one line."""
    if len(value.entries) > 1:
        before, last = value.entries[-2:]
        between = source.text[content_end(source, before) : last.start]
        if between == ",":
            return between
    return ", "


def _first(
    source: SourceFile, holder: Mapping, key: Scalar, value: Node, new: Addition, style: ListStyle
) -> Edits:
    """The first entry of a list that is empty, or of which there is only the name."""
    text = source.text
    bracketed = isinstance(value, Sequence)
    if bracketed and text[value.start + 1 : value.end - 1].strip():  # a comment between the brackets
        return (Edit(value.end - 1, value.end - 1, new.flow),)
    colon = len(text[: value.start].rstrip(" "))
    if is_flow(source, holder) or style.flow or text[colon - 1 : colon] != ":":
        if bracketed:
            return (Edit(value.start + 1, value.end - 1, new.flow),)
        return (Edit(value.start, value.start, f" [{new.flow}]"),)
    name = column(source, key.start)
    after = past_comments(text, next_line(text, value.end), name)
    added = insertion(source, after, indented(dashed(new.lines, style.gap), name + style.offset))
    if after == value.end:  # the name ends the file
        return (Edit(colon, after, added.text),)
    return Edit(colon, value.end, ""), added


def _new_field(source: SourceFile, holder: Mapping, field: str, new: Addition, style: ListStyle) -> Edits:
    """The field with its first entry, after the others."""
    last = next(reversed(holder.entries.values()), None)
    if is_flow(source, holder):
        if last is None:
            return (Edit(holder.start + 1, holder.start + 1, f"{field}: [{new.flow}]"),)
        end = content_end(source, last.value)
        indent = source.text[line_start(source.text, last.key.start) : last.key.start]
        alone = not indent.strip() and line_start(source.text, last.key.start) > holder.start
        between = f",{line_end(source, end)}{indent}" if alone else ", "
        return (Edit(end, end, f"{between}{field}: [{new.flow}]"),)
    left = column(source, holder.start) if last else 0
    lines: tuple[str, ...] = (f"{field}: [{new.flow}]",)
    if not style.flow:
        lines = (f"{field}:", *indented(dashed(new.lines, style.gap), style.offset))
    after = next_line(source.text, content_end(source, last.value)) if last else len(source.text)
    return (insertion(source, past_comments(source.text, after, left), indented(lines, left)),)
