"""Rows → text: for a terminal, in columns that fit it; for other programs, one row a line and a tab between fields."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from manifesto_cli.cli.console import Paint
from manifesto_cli.cli.shown import cells, on_one_line
from manifesto_cli.merging.browsing import IdeaRow
from manifesto_cli.merging.searching import Hit, Range

_GAP = "  "
_WIDE = 110
"""From this many columns on there is room for summaries."""
_NARROWEST = 40


def folded_lines(text: str, width: int) -> list[Range]:
    """Where each line of a text begins and ends if none is to be wider. Addresses are never broken, since nobody could follow them."""
    found: list[Range] = []
    start = end = 0
    for word_start, word_end in _words(text, width):
        if end > start and cells(text[start:word_end]) > width:
            found.append((start, end))
            start = word_start
        elif end == start:
            start = word_start
        end = word_end
    return [*found, (start, end)] if end > start else found or [(0, 0)]


def folded(text: str, width: int) -> list[str]:
    """The text in lines of that width."""
    return [text[start:end] for start, end in folded_lines(text, width)]


def listing(rows: Sequence[IdeaRow], paint: Paint, columns: int, mark: str) -> str:
    """The rows under a heading for each priority, in as many columns as the terminal has."""
    ids = _id_width(rows, columns)
    several = len({row.library for row in rows}) > 1
    parts = []
    for _, group in groupby(rows, lambda row: (row.library, row.priority)):
        members = list(group)
        first = members[0]
        origin = f", ideas from {first.entry.library}" if first.entry.library else ", your own ideas"
        name = on_one_line(first.priority_title)
        code = f"({first.priority}{origin if several else ''})"
        parts.append(f"{paint(name, 'bold')} {paint(code, 'dim')}" if name else paint(code, "dim"))
        parts += (_line(row, ids, paint, columns, mark) for row in members)
        parts.append("")
    return "\n".join(parts[:-1])


def found_listing(hits: Sequence[Hit], paint: Paint, columns: int, mark: str) -> str:
    """The ideas found, each with the text around what was found in it. What was found is bold."""
    parts = []
    width = max(columns, _NARROWEST)
    for hit in hits:
        title = next((match for match in hit.matches if match.field == "title"), None)
        # The snippet of a title may be cut; a title is shown whole.
        name = on_one_line(hit.row.entry.record.title) + remark(hit.row)
        places = title.highlights if title and title.snippet == hit.row.entry.record.title else ()
        picked = paint(mark, "blue") if hit.row.picking else " " * cells(mark)
        parts.append(f"{picked} {paint(hit.row.id, 'blue')}")
        parts += (f"    {line}" for line in _emphasised(name, places, paint, width - 4))
        parts += (f"    {line}" for line in _beside(hit, paint, width - 4))
        parts.append("")
    return "\n".join(parts[:-1])


def tabbed(rows: Iterable[Sequence[str]]) -> str:
    """One row a line, a tab between fields, nothing cut: for `grep`, `cut` and spreadsheets."""
    return "\n".join("\t".join(" ".join(on_one_line(field).split()) for field in row) for row in rows)


def list_fields(row: IdeaRow) -> Sequence[str]:
    """A row of `list` for other programs: id, title, priority, library, status, how it is picked, tags."""
    idea = row.entry.record
    picked = row.picking.by if row.picking else ""
    return (row.id, idea.title, row.priority, row.library, idea.status, picked, ",".join(idea.tags))


def search_fields(hit: Hit) -> Sequence[str]:
    """A row of `search` for other programs: id, title, where the most telling match stands, and the text around it."""
    return hit.row.id, hit.row.entry.record.title, hit.telling.field, hit.telling.snippet


def remark(row: IdeaRow) -> str:
    """What is to be known about an idea before it is picked, to follow its title; mostly nothing."""
    status = row.entry.record.status
    said: list[str] = [status] if status != "ready" else []
    if row.shadowed:
        said.append("you have your own")
    return f" ({', '.join(said)})" if said else ""


def _line(row: IdeaRow, ids: int, paint: Paint, columns: int, mark: str) -> str:
    idea = row.entry.record
    start = cells(mark) + 1 + ids + len(_GAP)
    room = max(columns, _NARROWEST) - start
    wide = columns >= _WIDE
    title_room = room * 2 // 5 if wide else room
    titles = folded(on_one_line(idea.title) + remark(row), title_room)
    summaries = folded(on_one_line(idea.summary), room - title_room - len(_GAP)) if wide else []
    lines = []
    picked = paint(mark, "blue") if row.picking else " " * cells(mark)
    head = f"{picked} {paint(row.id, 'blue')}"
    if len(row.id) > ids:
        lines.append(head)
        head = ""
    for i in range(max(len(titles), len(summaries))):
        title = titles[i] if i < len(titles) else ""
        summary = summaries[i] if i < len(summaries) else ""
        left = f"{head}{' ' * (ids - len(row.id))}{_GAP}" if i == 0 and head else " " * start
        pad = " " * (title_room - cells(title)) + _GAP if summary else ""
        lines.append(f"{left}{title}{pad}{paint(summary, 'dim') if summary else ''}")
    return "\n".join(lines)


def _id_width(rows: Iterable[IdeaRow], columns: int) -> int:
    """The width of the ids' column: what most need, at most half of the terminal. A longer id gets a line of its own."""
    most = max(columns, _NARROWEST) // 2 - 2
    return max((len(row.id) for row in rows if len(row.id) <= most), default=most)


def _beside(hit: Hit, paint: Paint, width: int) -> Iterator[str]:
    """What is shown of an idea found, below its id and title: the text found, or else what the idea is about."""
    match = hit.telling
    if match.field.startswith("tags."):
        yield f"tagged {_painted(match.snippet, 0, len(match.snippet), match.highlights, paint)}"
    if match.field.startswith(("title", "id", "tags.")):
        yield from (paint(line, "dim") for line in folded(on_one_line(hit.row.entry.record.summary), width))
    else:
        yield from _emphasised(on_one_line(match.snippet), match.highlights, paint, width)


def _emphasised(text: str, places: Sequence[Range], paint: Paint, width: int) -> list[str]:
    return [_painted(text, start, end, places, paint) for start, end in folded_lines(text, width)]


def _painted(text: str, start: int, end: int, places: Sequence[Range], paint: Paint) -> str:
    parts = []
    for first, last in places:
        first, last = max(first, start), min(last, end)  # noqa: PLW2901 - the part that stands on this line
        if first < last:
            parts += [text[start:first], paint(text[first:last], "bold")]
            start = last
    return "".join([*parts, text[start:end]])


def _words(text: str, width: int) -> Iterable[Range]:
    """Every word of a text; one that no line could hold comes in pieces, unless it is an address."""
    at = 0
    for word in text.split(" "):
        start, at = at, at + len(word) + 1
        if not word:
            continue
        if cells(word) <= width or "://" in word:
            yield start, start + len(word)
            continue
        piece = start
        for i in range(start, start + len(word)):
            if cells(text[piece : i + 1]) > width and i > piece:
                yield piece, i
                piece = i
        yield piece, start + len(word)
