"""Deals listed and shown: the calls behind `deal list` and `deal show`, and what they print."""

import sys
from pathlib import Path

from manifesto_cli.cli.deal_page import deal_parts
from manifesto_cli.cli.deal_records import deal_json, row_record
from manifesto_cli.cli.deal_rows import DealRow, rows_of, unread
from manifesto_cli.cli.deals import here, wanted_deal
from manifesto_cli.cli.listing import columns, for_people
from manifesto_cli.cli.records import as_json
from manifesto_cli.cli.sheet import Table, plain_sheet, sheet, table_lines
from manifesto_cli.cli.tables import tabbed
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.telling import count


def print_deals(start: Path, terminal: Terminal, *, json: bool) -> None:
    """Print the deals of the nearest project or library; where there is none, those that come with the tool."""
    found = here(start)
    terminal.say(found.place)
    for lack in (found.lack, *unread(found.shelf)):  # also when quiet: it is about what is wrong
        if lack:
            print(lack, file=sys.stderr)
    rows = rows_of(found)
    if json:
        print(as_json(row_record(row) for row in rows))
    elif rows and for_people(terminal):
        several = len({row.entry.library for row in rows}) > 1
        cells = tuple(_cells(row, several=several) for row in rows)
        table = Table(("id", "how far", "library", "", "title"), cells)
        print("\n".join(table_lines(table, columns(), terminal.paint(sys.stdout), margin=0)))
    elif rows:
        print(tabbed(_fields(row) for row in rows))
    picked = sum(row.picked is not None for row in rows)
    total = count(len(rows), "deal") + (f", {picked:,} picked" if rows and rows[0].known else "")
    terminal.say(total if rows else "there are no deals here yet; `deals/ID.yaml` would be the first")


def print_deal(start: Path, name: str, terminal: Terminal, *, json: bool) -> None:
    """Print all there is of a deal. ManifestoError where the id means none, or two."""
    wanted = wanted_deal(start, name, "manifesto deal show", terminal.say)
    title = wanted.deal.deal.title
    if json:
        print(deal_json(wanted))
    elif for_people(terminal):
        print(sheet(title, deal_parts(wanted), terminal.paint(sys.stdout), columns()))
    else:
        print(plain_sheet(title, deal_parts(wanted)))


def _cells(row: DealRow, *, several: bool) -> tuple[str, ...]:
    deal = row.entry.record
    library = (row.entry.library or ".") if several else ""
    return (row.id, deal.status, library, "picked" if row.picked else "", deal.title)


def _fields(row: DealRow) -> tuple[str, ...]:
    """A row for other programs: id, title, status, library, whether it is picked, area."""
    deal = row.entry.record
    return (
        row.id,
        deal.title,
        deal.status,
        row.entry.library or ".",
        "picked" if row.picked else "",
        deal.area or "",
    )
