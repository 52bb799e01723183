"""Ideas listed, shown and found: the calls behind `ideas list`, `ideas show` and `ideas search`, and what they print."""

import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence

from manifesto_cli.cli.lookup import look_up, unknown_filter
from manifesto_cli.cli.records import as_json, details_record, hit_record, row_record
from manifesto_cli.cli.shelf import Browsing
from manifesto_cli.cli.tables import found_listing, list_fields, listing, search_fields, tabbed
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.merging.browsing import Filters, IdeaRow, kept, unknown
from manifesto_cli.merging.details import IdeaDetails, details
from manifesto_cli.merging.folding import fold
from manifesto_cli.merging.searching import missing_words, nearest_word, search, search_words
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.telling import count


def print_list(found: Browsing, filters: Filters, terminal: Terminal, *, json: bool) -> None:
    """Print the ideas asked for. ManifestoError for a tag, priority, office or library that nothing here has."""
    _heed(found, filters)
    rows = kept(found.rows, filters)
    _say_remarks(found, terminal)
    if json:
        print(as_json(row_record(row) for row in rows))
    elif rows and for_people(terminal):
        print(listing(rows, terminal.paint(sys.stdout), columns(), _mark()))
    elif rows:
        print(tabbed(list_fields(row) for row in rows))
    terminal.say(_counted(rows) if rows else _nothing_listed(found, filters))


def print_pages(found: Browsing, names: Sequence[str], terminal: Terminal, *, json: bool) -> Exit:
    """Print each idea named, and say which names mean none; how the command ends."""
    shown: list[IdeaDetails] = []
    status = Exit.FINE
    _say_remarks(found, terminal)
    for name in names:
        try:
            row, remark = look_up(found, name)
        except ManifestoError as fault:
            # The others are shown all the same, as `cat` does it.
            terminal.complain(fault)
            status = max(status, fault.status)
            continue
        if remark:
            terminal.say(remark)
        shown.append(details(found.shelf, row))
    if json:
        print(as_json(details_record(each) for each in shown))
    elif shown:
        _print_pages(found, shown, terminal)
    return status


def print_hits(found: Browsing, asked: Sequence[str], terminal: Terminal, *, json: bool) -> None:
    """Print the ideas in which all words stand. Finding none is no fault: it is said, and the command ends well."""
    words = search_words(asked)
    if not words:
        raise ManifestoError(
            "there is no word to search for", help="type `manifesto ideas search WORD`", status=Exit.USAGE
        )
    hits = search(found.rows, words)
    _say_remarks(found, terminal)
    if json:
        print(as_json(hit_record(hit) for hit in hits))
    elif hits and for_people(terminal):
        print(found_listing(hits, terminal.paint(sys.stdout), columns(), _mark()))
    elif hits:
        print(tabbed(search_fields(hit) for hit in hits))
    terminal.say(_counted([hit.row for hit in hits]) if hits else _nothing_found(found, asked))


def _heed(found: Browsing, filters: Filters) -> None:
    # Where there is nothing at all, that is what has to be said.
    for strange in unknown(found.shelf, found.rows, filters) if found.rows else ():
        raise unknown_filter(found, strange)
    if filters.picked is None or all(row.known for row in found.rows):
        return
    raise ManifestoError(
        "nothing here says which ideas are picked",
        help=f"mend `{MANIFESTO}`: `manifesto check` says what is wrong with it"
        if found.project
        else "leave out `--picked` and `--not-picked`, or go to the folder of a manifesto",
        status=Exit.USAGE,
    )


def _say_remarks(found: Browsing, terminal: Terminal) -> None:
    if found.place:
        terminal.say(found.place)
    for lack in found.lacking:  # also when quiet: it is about what is wrong
        print(lack, file=sys.stderr)


def _print_pages(found: Browsing, shown: Iterable[IdeaDetails], terminal: Terminal) -> None:
    # Laying out a page is for this command alone.
    from manifesto_cli.cli.idea_page import idea_page, plain_page  # noqa: PLC0415

    people = for_people(terminal)
    paint = terminal.paint(sys.stdout)
    rule = f"\n\n{'─' * min(columns(), 40) if _can_show('─') else '-' * 40}\n\n" if people else "\n\n---\n\n"
    print(
        rule.join(
            idea_page(each, paint, columns(), project=found.project)
            if people
            else plain_page(each, project=found.project)
            for each in shown
        )
    )


def _counted(rows: Sequence[IdeaRow]) -> str:
    picked = sum(row.picking is not None for row in rows)
    return f"{count(len(rows), 'idea')}" + (f", {picked:,} picked" if rows[0].known else "")


def _nothing_here(found: Browsing) -> str:
    if found.project and not found.shelf.libraries:
        return f"there are no ideas here yet; list a library in `{MANIFESTO}`, such as `libraries: [police-and-crime]`"
    return "there are no ideas here yet; `ideas/ID.yaml` would be the first"


def _nothing_listed(found: Browsing, filters: Filters) -> str:
    if not found.rows:
        return _nothing_here(found)
    if filters == Filters(picked=True):
        return "no idea is picked yet; `manifesto ideas list` shows those there are"
    return "no idea is all of that; `manifesto ideas list` shows every one"


def _nothing_found(found: Browsing, asked: Sequence[str]) -> str:
    if not found.rows:
        return _nothing_here(found)
    words = [word for text in asked for word in text.split()]
    missing = [word for word in words if missing_words(found.rows, search_words([word]))]
    if not missing:
        return "no idea has all of these words; leave out one of them"
    meant = {word: nearest_word(found.rows, fold(word)) for word in missing}
    listed = " and ".join(f"`{word}`" for word in missing)
    if not any(meant.values()):
        return f"no idea has {listed} in it; `manifesto ideas list` shows every one"
    instead = shlex.join(better for word in words if (better := meant.get(word, word)))
    return f"no idea has {listed} in it; did you mean `manifesto ideas search {instead}`?"


def for_people(terminal: Terminal) -> bool:
    """Whether what is printed goes before a person's eyes: onto a terminal, or coloured into something like `less -R`."""
    return sys.stdout.isatty() or terminal.paint(sys.stdout)("x", "bold") != "x"


def columns() -> int:
    """How wide the terminal is."""
    return shutil.get_terminal_size().columns


def _mark() -> str:
    """What stands before an idea that is picked: it reads without colour too."""
    return "✓" if _can_show("✓") else "*"


def _can_show(character: str) -> bool:
    try:
        character.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
