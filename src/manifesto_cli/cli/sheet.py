"""What a person reads of one thing in a terminal: headings, lines, tables and Markdown; or the same as plain text for other programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from msgspec import Struct

from manifesto_cli.cli.console import Paint, plain
from manifesto_cli.cli.shown import cells, on_one_line, safe, safe_but_painted
from manifesto_cli.cli.tables import folded

WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""
_GAP = "  "
_NARROWEST = 16
"""A column of text is not folded into less than this."""


class Table(Struct, frozen=True):
    """Rows below a head, as many cells in each. A column of which no row has anything is left out."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    """The columns that stand at the right, as numbers do."""


class Part(Struct, frozen=True):
    """A piece of a sheet: lines of plain text below a heading, then a table, or a text in Markdown."""

    heading: str
    lines: tuple[tuple[int, str], ...] = ()
    """Each with how far it is indented; when it is folded, its other lines are too."""
    markdown: str = ""
    table: Table | None = None


def below(lines: Iterable[str]) -> tuple[tuple[int, str], ...]:
    """Lines as they stand below a heading."""
    return tuple((2, line) for line in lines)


def sheet(title: str, parts: Iterable[Part], paint: Paint, columns: int) -> str:
    """The sheet for a terminal: folded to its width, Markdown laid out, headings bold."""
    width = min(columns, WIDEST)
    shown = ["\n".join(paint(line, "bold") for line in folded(on_one_line(title), width))]
    for part in parts:
        heading = folded(on_one_line(part.heading), width) if part.heading else []
        lines = [paint(line, "bold") for line in heading]
        for indent, text in part.lines:
            lines += _hanging(on_one_line(text), indent, width)
        if part.table:
            lines += table_lines(part.table, width, paint)
        if part.markdown:
            lines.append(laid_out(safe(part.markdown), width, coloured=paint("x", "bold") != "x"))
        shown.append("\n".join(lines))
    return "\n\n".join(shown)


def plain_sheet(title: str, parts: Iterable[Part]) -> str:
    """The sheet as plain text: nothing folded, Markdown as it was written."""
    shown = [on_one_line(title)]
    for part in parts:
        lines = [on_one_line(part.heading)] if part.heading else []
        lines += (f"{' ' * indent}{on_one_line(text)}" for indent, text in part.lines)
        lines += table_lines(part.table, None, plain) if part.table else []
        lines += [safe(part.markdown).rstrip()] if part.markdown else []
        shown.append("\n".join(lines))
    return "\n\n".join(shown)


def table_lines(table: Table, width: int | None, paint: Paint, margin: int = 2) -> Iterator[str]:
    """A table in columns, the last folded where that makes it fit; in a narrower terminal a line for each cell, with the head beside it."""
    kept = [i for i in range(len(table.head)) if any(row[i] for row in table.rows)]
    head, *rows = ([" ".join(on_one_line(row[i]).split()) for i in kept] for row in (table.head, *table.rows))
    widths = [max(cells(row[i]) for row in (head, *rows)) for i in range(len(kept))]
    before = margin + sum(widths[:-1]) + len(_GAP) * (len(widths) - 1)
    if width is not None and before + min(widths[-1], _NARROWEST) > width:
        yield from _one_by_one(head, rows, width, paint, margin)
        return
    last = widths[-1] if width is None else min(widths[-1], width - before)
    right = {kept.index(i) for i in table.right if i in kept}
    yield paint(_row(head, widths, right, margin), "dim")
    for row in rows:
        first, *more = folded(row[-1], last)
        yield _row([*row[:-1], first], [*widths[:-1], last], right, margin)
        yield from (" " * before + line for line in more)


def _row(row: Sequence[str], widths: Sequence[int], right: set[int], margin: int) -> str:
    padded = (
        f"{' ' * (width - cells(cell))}{cell}" if i in right else f"{cell}{' ' * (width - cells(cell))}"
        for i, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return f"{' ' * margin}{_GAP.join(padded)}".rstrip()


def _one_by_one(
    head: Sequence[str], rows: Iterable[Sequence[str]], width: int, paint: Paint, margin: int
) -> Iterator[str]:
    for row in rows:
        yield from (paint(line, "bold") for line in _hanging(row[0], margin, width))
        for name, cell in zip(head[1:], row[1:], strict=True):
            if cell:
                yield from _hanging(f"{name}: {cell}" if name else cell, margin + 2, width)


def _hanging(text: str, indent: int, width: int) -> Iterator[str]:
    """The text folded and indented, in a list its other lines below its first word."""
    mark = "- " if text.startswith("- ") else ""
    for i, line in enumerate(folded(text.removeprefix(mark), width - indent - len(mark))):
        yield f"{' ' * indent}{mark if i == 0 else ' ' * len(mark)}{line}"


def laid_out(markdown: str, width: int, *, coloured: bool) -> str:
    """Markdown as a terminal shows it."""
    # Only a page for people needs Rich, and loading it takes a while.
    from io import StringIO  # noqa: PLC0415

    from markdown_it import MarkdownIt  # noqa: PLC0415
    from rich.console import Console, ConsoleOptions, RenderResult  # noqa: PLC0415
    from rich.markdown import Heading, Markdown  # noqa: PLC0415
    from rich.theme import Theme  # noqa: PLC0415

    class Left(Heading):
        """A heading that stands where other text begins: Rich would put it in the middle."""

        def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
            self.text.justify = "left"
            yield self.text

    class Page(Markdown):
        """Markdown with headings at the left."""

        elements: ClassVar = {**Markdown.elements, "heading_open": Left}

    stream = StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=coloured,
        color_system="standard" if coloured else None,
        legacy_windows=False,
        theme=Theme({f"markdown.h{level}": "bold" for level in range(1, 7)}),
        _environ={},
    )
    # Addresses are written out: not every terminal can follow a link, and a reader wants to see where it leads.
    page = Page("", hyperlinks=False)
    # Rich would leave out raw HTML; here it is text like any other, as on the pages that are built.
    page.parsed = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).parse(markdown)
    console.print(page)
    # What is unsafe may have been written as an entity; of `&#27;`, which would pass for a colour here, the parser makes nothing.
    shown = safe_but_painted(stream.getvalue())
    return "\n".join(line.rstrip() for line in shown.strip("\n").splitlines())
