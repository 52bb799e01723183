"""A library looked at alone: whether every reference in it leads somewhere."""

from collections.abc import Collection, Iterator
from typing import Any

from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.merging.deals import source_places
from manifesto_cli.merging.placeholders import FilledProse, Filling, fill_prose, fill_words
from manifesto_cli.merging.references import Shelf, entries, find
from manifesto_cli.model.claim import Claim
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.priority import Priority
from manifesto_cli.reading.library import Entry, Library
from manifesto_cli.reading.origin import Step


class _AnyValue(dict[str, str]):
    """Fills every placeholder with its own name: what it will say is up to whoever picks the record."""

    def get(self, key: str, default: Any = None) -> str:  # noqa: ARG002 - the signature of dict
        return key


def library_faults(shelf: Shelf, library: Library) -> tuple[Diagnostic, ...]:
    """A fault for each reference of a library's records that leads nowhere, and for each ill-formed placeholder."""
    faults: list[Diagnostic] = []
    for _, entry in records(library):
        for kind, reference, path in _references(entry.record):
            faults += find(shelf, kind, reference, library.id, entry.origin.at(*path)).faults
        found: list[Diagnostic] = []
        fill_words(entry.record, entry.origin, _filling(), found)
        faults += (fault for fault in found if fault.code != "value-no-number")  # a name is no number
    return tuple(faults)


def library_texts(library: Library, among: Collection[tuple[str, str]]) -> Iterator[FilledProse]:
    """The Markdown texts of some records of a library, named by kind and id, with placeholders standing for themselves."""
    for kind, entry in records(library):
        if (kind, entry.id) not in among:
            continue
        for field in ("body", "if_it_fails"):
            written = getattr(entry.record, field, None)
            text = fill_prose(written, entry.origin, (field,), _filling(), [], library.id)
            if text:
                yield text


def _filling() -> Filling:
    return Filling(_AnyValue(), {}, None, "", set())


def records(library: Library) -> Iterator[tuple[str, Entry[Any]]]:
    """Every priority, idea, case study and deal of a library, each with its kind."""
    for kind in ("priority", "idea", "case study", "deal"):
        yield from ((kind, entry) for entry in entries(library, kind).values())


def _references(record: Any) -> Iterator[tuple[str, str, tuple[Step, ...]]]:
    if record.based_on:
        yield "source", record.based_on.source, ("based_on", "source")
    if isinstance(record, Priority):
        return
    if isinstance(record, Deal):
        yield from (("source", place.reference, place.path) for place in source_places(record))
    for field, kind in (
        ("case_studies", "case study"),
        ("ideas", "idea"),
        ("requires", "idea"),
        ("conflicts", "idea"),
    ):
        for i, reference in enumerate(getattr(record, field, ())):
            yield kind, reference, (field, i)
    if hasattr(record, "priority"):
        yield "priority", record.priority, ("priority",)
    claims: tuple[Claim, ...] = record.claims
    for i, claim in enumerate(claims):
        if claim.source:
            yield "source", claim.source, ("claims", i, "source")
        for k, value in enumerate(claim.values):
            yield "source", value.source, ("claims", i, "values", k, "source")
