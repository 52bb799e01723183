"""Ids → records: where an id is looked for, and what is said when it leads nowhere or to two places."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from manifesto_cli.faults.catalogue.libraries import unknown_library
from manifesto_cli.faults.catalogue.references import ambiguous_id, renamed_id, unknown_id
from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.faults.source import Span
from manifesto_cli.reading.library import Entry, Library


class Shelf(Struct, frozen=True):
    """Everything that ids are looked for in: the project's own records, and the libraries in the order listed."""

    own: Library
    libraries: tuple[Library, ...] = ()
    missing: bool = False
    """Whether a listed library could not be read: then an unknown id is no news."""

    def library(self, name: str) -> Library | None:
        """The library with an id; the project's own has the empty one."""
        if self.own.id == name:
            return self.own
        for library in self.libraries:  # asked for at every reference, so no generator
            if library.id == name:
                return library
        return None


def entries(library: Library, kind: str) -> Mapping[str, Entry[Any]]:
    """The records of one kind: `priority`, `idea`, `case study`, `deal` or `source`."""
    found: Mapping[str, Entry[Any]] = getattr(library, _FIELDS[kind])
    return found


_FIELDS = {
    "priority": "priorities",
    "idea": "ideas",
    "case study": "case_studies",
    "deal": "deals",
    "source": "sources",
}


def sought(shelf: Shelf, kind: str, reference: str, home: str, at: Callable[[], Span]) -> Outcome[Entry[Any]]:
    """What `find` finds; the place of the reference is asked for only where there may be something to say of it.

    A place in a library's file takes longer to find than the record, and there are thousands of references.
    """
    holder = shelf.library(home)
    entry = entries(holder, kind).get(reference) if holder else None
    return Outcome(entry) if entry else find(shelf, kind, reference, home, at())


def find(shelf: Shelf, kind: str, reference: str, home: str, at: Span) -> Outcome[Entry[Any]]:
    """The record that a reference means, written in the library `home` (empty for the project) at a place.

    `library:id` means that record outright. A bare id means, in this order: a record of the library it is
    written in, the project's own, the one library that has it. Two libraries that have it are a fault. An id
    that no record has leads to the one that had it before, with a warning. A
    record that could not be read is neither found nor reported: of it all has been said.
    """
    named, _, name = reference.rpartition(":")
    if named:
        library = shelf.library(named)
        if library is None:
            return Outcome(None) if shelf.missing else Outcome(None, (_no_library(shelf, named, at),))
        return (
            _in(library, kind, name)
            or _renamed((library,), kind, reference, at)
            or _unknown(shelf, kind, reference, at)
        )
    for library in (shelf.library(home), shelf.own):
        found = _in(library, kind, name) if library else None
        if found:
            return found
    holding = [library for library in shelf.libraries if _holds(library, kind, name)]
    if not holding:
        nearby = [library for library in (shelf.library(home), shelf.own) if library]
        return _renamed((*nearby, *shelf.libraries), kind, name, at) or _unknown(shelf, kind, reference, at)
    if len(holding) > 1:
        places = tuple(_place(library, kind, name, at) for library in holding)
        return Outcome(
            None, (ambiguous_id(at, kind, name, tuple(library.id for library in holding), places),)
        )
    return _in(holding[0], kind, name) or Outcome(None)


def _holds(library: Library, kind: str, name: str) -> bool:
    return name in entries(library, kind) or (kind, name) in library.broken


def _in(library: Library, kind: str, name: str) -> Outcome[Entry[Any]] | None:
    entry = entries(library, kind).get(name)
    if entry is not None:
        return Outcome(entry)
    silent = (kind, name) in library.broken or (kind, "") in library.broken
    return Outcome(None) if silent else None


def _renamed(libraries: Iterable[Library], kind: str, reference: str, at: Span) -> Outcome[Entry[Any]] | None:
    """The record of the first library in which the id was another record's before."""
    named, colon, name = reference.rpartition(":")
    for library in libraries:
        new = library.former.get((kind, name))
        if new:
            return Outcome(
                entries(library, kind)[new], (renamed_id(at, kind, reference, f"{named}{colon}{new}"),)
            )
    return None


def shortest(shelf: Shelf, kind: str, entry: Entry[Any]) -> str:
    """What a manifesto writes to mean a record: its id, with the library in front only where the bare id would not do."""
    nowhere = entry.origin.source.start()
    bare = find(shelf, kind, entry.id, "", nowhere).value
    return entry.id if bare is entry else f"{entry.library}:{entry.id}"


def _place(library: Library, kind: str, name: str, at: Span) -> Span:
    entry = entries(library, kind).get(name)
    return entry.origin.at("title") if entry else at


def _unknown(shelf: Shelf, kind: str, reference: str, at: Span) -> Outcome[Entry[Any]]:
    if shelf.missing:
        return Outcome(None)
    named, _, name = reference.rpartition(":")
    known = {
        (f"{library.id}:{found}" if named else found)
        for library in (shelf.own, *shelf.libraries)
        for found in (*entries(library, kind), *(name for broken, name in library.broken if broken == kind))
    }
    meant = nearest(reference, known)
    sure = bool(meant) and meant == slip(reference, known)
    return Outcome(None, (unknown_id(at, kind, name if not named else reference, meant, sure=sure),))


def _no_library(shelf: Shelf, named: str, at: Span) -> Any:
    known = tuple(library.id for library in shelf.libraries)
    meant = nearest(named, known)
    return unknown_library(at, named, meant, known)
