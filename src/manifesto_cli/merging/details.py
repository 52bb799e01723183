"""One idea with everything it leads to: the documents its facts rest on, its case studies, its companions, the deals that rest on it."""

from collections.abc import Iterator

from msgspec import Struct

from manifesto_cli.merging.browsing import IdeaRow
from manifesto_cli.merging.references import Shelf, find, shortest
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.claim import Claim
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.library_header import LibraryHeader
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.reading.library import Entry


class Cited(Struct, frozen=True):
    """A document as a claim cites it or the idea is based on it. There is no document where the id leads nowhere."""

    id: str
    document: SourceDocument | None
    locator: str | None
    value: str | None
    """What this one says, where sources disagree."""
    note: str | None


class Fact(Struct, frozen=True):
    """A claim with the documents it rests on."""

    claim: Claim
    sources: tuple[Cited, ...]


class Study(Struct, frozen=True):
    """A case study as an idea leads to it. There is no record where the id leads nowhere."""

    id: str
    record: CaseStudy | None


class Companion(Struct, frozen=True):
    """Another idea that this one needs or cannot stand beside: what to type for it, and its title if it is there."""

    id: str
    title: str | None


class Resting(Struct, frozen=True):
    """A deal that rests on an idea: what to type for it, and its title."""

    id: str
    title: str


class IdeaDetails(Struct, frozen=True):
    """Everything there is to read of one idea."""

    row: IdeaRow
    header: LibraryHeader | None
    """The library it comes from; None for the project's own."""
    based_on: Cited | None
    """The document that it was made from."""
    facts: tuple[Fact, ...]
    case_studies: tuple[Study, ...]
    requires: tuple[Companion, ...]
    conflicts: tuple[Companion, ...]
    deals: tuple[Resting, ...]
    """Those of the project first, then those of each library."""


def details(shelf: Shelf, row: IdeaRow) -> IdeaDetails:
    """The idea of a row with what its ids lead to; an id that leads nowhere stays an id."""
    entry = row.entry
    idea = entry.record
    library = shelf.library(entry.library)
    return IdeaDetails(
        row,
        library.header if library else None,
        _basis(shelf, entry),
        tuple(Fact(claim, _cited(shelf, entry, claim)) for claim in idea.claims),
        tuple(_study(shelf, entry, reference) for reference in idea.case_studies),
        tuple(_companion(shelf, entry, reference) for reference in idea.requires),
        tuple(_companion(shelf, entry, reference) for reference in idea.conflicts),
        tuple(_resting(shelf, entry)),
    )


def _cited(shelf: Shelf, entry: Entry[Idea], claim: Claim) -> tuple[Cited, ...]:
    found = [
        Cited(
            value.source, _document(shelf, entry, value.source), value.locator, f"{value.value}", value.note
        )
        for value in claim.values
    ]
    if claim.source:
        found.insert(0, Cited(claim.source, _document(shelf, entry, claim.source), claim.locator, None, None))
    return tuple(found)


def _basis(shelf: Shelf, entry: Entry[Idea]) -> Cited | None:
    based_on = entry.record.based_on
    if based_on is None:
        return None
    return Cited(based_on.source, _document(shelf, entry, based_on.source), based_on.locator, None, None)


def _document(shelf: Shelf, entry: Entry[Idea], reference: str) -> SourceDocument | None:
    found = find(shelf, "source", reference, entry.library, entry.origin.source.start()).value
    return found.record if found else None


def _study(shelf: Shelf, entry: Entry[Idea], reference: str) -> Study:
    found = find(shelf, "case study", reference, entry.library, entry.origin.source.start()).value
    return Study(shortest(shelf, "case study", found), found.record) if found else Study(reference, None)


def _companion(shelf: Shelf, entry: Entry[Idea], reference: str) -> Companion:
    found = find(shelf, "idea", reference, entry.library, entry.origin.source.start()).value
    return (
        Companion(shortest(shelf, "idea", found), found.record.title) if found else Companion(reference, None)
    )


def _resting(shelf: Shelf, entry: Entry[Idea]) -> Iterator[Resting]:
    for library in (shelf.own, *shelf.libraries):
        for deal in library.deals.values():
            at = deal.origin.source.start()
            rested = (find(shelf, "idea", reference, deal.library, at) for reference in deal.record.ideas)
            if any(found.value is entry for found in rested):
                yield Resting(shortest(shelf, "deal", deal), deal.record.title)
