"""Edits that take an entry out of a list, and with it no more than its own lines or its own comma."""

from manifesto_cli.editing.adding import Edits
from manifesto_cli.editing.layout import content_end, is_flow, line_start, next_line, spaced
from manifesto_cli.faults.source import Edit, SourceFile
from manifesto_cli.reading.nodes import Entry, Node, Sequence


def removing(source: SourceFile, field: Entry, at: int) -> Edits:
    """The edits that remove the entry of that number from the list of a field; the last one leaves `[]`.

    Comments on lines of their own stay. The edits are a proposal: whoever applies them reads the result again.
    """
    value = field.value
    if not isinstance(value, Sequence):
        return ()
    if is_flow(source, value):
        return _from_brackets(source, value, at)
    lines = _lines(source, value, at)
    if len(value.entries) > 1:
        return (lines,)
    colon = source.text.find(":", field.key.end)
    return Edit(colon + 1, colon + 1, " []"), lines


def _lines(source: SourceFile, value: Sequence, at: int) -> Edit:
    """The whole lines of an entry in a list with dashes."""
    text, entry = source.text, value.entries[at]
    start = line_start(text, text.rfind("-", 0, entry.start) if at else value.start)
    end = next_line(text, content_end(source, entry))
    if at and spaced(source, value):  # the blank line above came with it
        above = line_start(text, max(start - 1, 0))
        start = start if text[above:start].strip() else above
    return _whole(text, start, end)


def _whole(text: str, start: int, end: int) -> Edit:
    """Lines deleted; at the end of a file without a last line end, that of the line above goes instead."""
    if end == len(text) and not text.endswith("\n"):
        start = len(text[:start].removesuffix("\n").removesuffix("\r"))
    return Edit(start, end, "")


def _from_brackets(source: SourceFile, value: Sequence, at: int) -> Edits:
    text, entry = source.text, value.entries[at]
    start, end = entry.start, content_end(source, entry)
    comma = _comma(text, end, value.end - 1)
    if _alone(source, value, entry, comma or end):
        line = Edit(line_start(text, start), next_line(text, comma or end), "")
        before = content_end(source, value.entries[at - 1]) if at else 0
        dangling = _comma(text, before, start) if at == len(value.entries) - 1 and at and not comma else 0
        return (Edit(dangling - 1, dangling, ""), line) if dangling else (line,)
    if len(value.entries) == 1:
        inner = text[value.start + 1 : start] + text[comma or end : value.end - 1]
        return (
            (Edit(start, comma or end, ""),) if inner.strip() else (Edit(value.start + 1, value.end - 1, ""),)
        )
    if at < len(value.entries) - 1:
        following = value.entries[at + 1].start
        # A line end or a comment before the next entry stays.
        rest = text[comma:following]
        return (Edit(start, following if not rest.strip(" ") else comma, ""),)
    before = content_end(source, value.entries[at - 1])
    if (
        text[before:start].replace(",", "", 1).strip()
    ):  # a comment stands between: it stays, and so does the comma
        return (Edit(start, end, ""),)
    return (Edit(before, end, ""),)


def _alone(source: SourceFile, value: Sequence, entry: Node, end: int) -> bool:
    """Whether an entry between brackets has its lines to itself, but for a comment."""
    text = source.text
    before = text[line_start(text, entry.start) : entry.start]
    after = text[end : next_line(text, end)].strip()
    return (
        not before.strip()
        and line_start(text, entry.start) > value.start
        and next_line(text, end) < value.end
        and (not after or after.startswith("#"))
    )


def _comma(text: str, start: int, end: int) -> int:
    """Where the character after the comma stands that comes next, past blanks and comments; 0 if none does."""
    at = start
    while at < end:
        if text[at] == ",":
            return at + 1
        if text[at] == "#":
            at = next_line(text, at)
        elif text[at].isspace():
            at += 1
        else:
            break
    return 0
