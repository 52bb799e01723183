"""Every deal that there is from where a person stands."""

from collections.abc import Iterator

from msgspec import Struct

from manifesto_cli.cli.deals import Here
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.merging.references import Shelf, find, shortest
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.reading.library import Entry
from manifesto_cli.telling import count


class DealRow(Struct, frozen=True):
    """A deal as a list shows it."""

    id: str
    """What a manifesto here writes to pick it."""
    entry: Entry[Deal]
    known: bool
    """Whether there is a manifesto that says what it picks."""
    picked: Span | None
    """Where the manifesto picks it."""


def rows_of(found: Here) -> tuple[DealRow, ...]:
    """Every deal of a shelf: the project's own first, then those of each library in the order listed, by id."""
    shelf, project = found.shelf, found.project
    known = bool(project and project.manifesto)
    picked = dict(_picked(found))
    return tuple(
        DealRow(shortest(shelf, "deal", entry), entry, known, picked.get(entry.key))
        for library in (shelf.own, *shelf.libraries)
        for _, entry in sorted(library.deals.items())
    )


def unread(shelf: Shelf) -> Iterator[str]:
    """What is not in the list because something is wrong, a line each."""
    if shelf.missing:
        yield f"a library that `{MANIFESTO}` lists is missing here; `manifesto check` says why"
    broken = sum(kind == "deal" for library in (shelf.own, *shelf.libraries) for kind, _ in library.broken)
    if broken:
        yield f"{count(broken, 'deal')} could not be read; `manifesto check` says why"


def _picked(found: Here) -> Iterator[tuple[str, Span]]:
    project = found.project
    if project is None or project.manifesto is None or project.origin is None:
        return
    nowhere = SourceFile("", "").start()
    for i, written in enumerate(project.manifesto.deals):
        reference = written if isinstance(written, str) else written.deal
        entry = find(found.shelf, "deal", reference, "", nowhere).value
        if entry is not None:
            at = project.origin.at("deals", i)
            yield entry.key, at if isinstance(written, str) else project.origin.at("deals", i, "deal")
