"""Edition → every claim of it, once, with the records that make it, and where it can be pointed to."""

from collections.abc import Hashable, Iterator
from hashlib import sha256

import msgspec
from msgspec import Struct

from manifesto_cli.merging.deals import source_places
from manifesto_cli.merging.edition import Edition
from manifesto_cli.merging.gathering import Evidence

RecordName = tuple[str, str]
"""The kind of a record, `priority`, `pledge`, `case-study` or `deal`, and its key."""


class Statement(Struct, frozen=True):
    """A claim of the edition, and all records that make it in the same words on the same documents."""

    evidence: Evidence
    records: tuple[RecordName, ...]
    """In reading order."""
    anchor: str
    """Where it stands on the page of evidence."""

    @property
    def disputed(self) -> bool:
        """Whether its sources give different values."""
        return len({value.value for value in self.evidence.claim.values}) > 1


def statements(edition: Edition) -> dict[Hashable, Statement]:
    """By `identity`: every claim of the edition in reading order, each once.

    An anchor depends on the words of the claim alone, so that it stays when claims are added, moved, or given better sources.
    Other claims in the same words have a number behind it.
    """
    first: dict[Hashable, Evidence] = {}
    records: dict[Hashable, dict[RecordName, None]] = {}
    for record, evidence in _claims(edition):
        key = identity(evidence)
        first.setdefault(key, evidence)
        records.setdefault(key, {})[record] = None
    anchors: dict[str, int] = {}
    found: dict[Hashable, Statement] = {}
    for key, evidence in first.items():
        name = _anchor(evidence.claim.text)
        anchors[name] = anchors.get(name, 0) + 1
        anchor = name if anchors[name] == 1 else f"{name}-{anchors[name]}"
        found[key] = Statement(evidence, tuple(records[key]), anchor)
    return found


def identity(evidence: Evidence) -> Hashable:
    """What is the same for two claims between which no reader could tell a difference."""
    claim = evidence.claim
    values = tuple((value.value, value.locator, value.note) for value in claim.values)
    # The ids of sources are looked for from where a claim is written; which documents they mean counts, not how they are called there.
    bare = msgspec.structs.replace(claim, source="" if claim.source else None, values=(), review_by=None)
    return bare, values, tuple(source.key for source in evidence.sources)


def foundations(edition: Edition) -> dict[str, tuple[tuple[RecordName, str], ...]]:
    """Key of a source → the records that were made from it as a whole, each with the place in it."""
    found: dict[str, tuple[tuple[RecordName, str], ...]] = {}
    bases = [
        *((("priority", priority.key), priority.basis) for priority in edition.priorities),
        *((("pledge", pledge.key), pledge.basis) for pledge in edition.pledges),
        *((("case-study", study.key), study.basis) for study in edition.case_studies),
        *((("deal", deal.key), deal.basis) for deal in edition.deals),
    ]
    for record, basis in bases:
        if basis:
            key = basis.source.key
            found[key] = (*found.get(key, ()), (record, basis.locator))
    return found


def numbers_taken(edition: Edition) -> dict[str, tuple[tuple[RecordName, str], ...]]:
    """Key of a source → the deals of which a baseline or a result was taken from it, each once with the places in it."""
    found: dict[str, dict[RecordName, dict[str, None]]] = {}
    for deal in edition.deals:
        for place in source_places(deal.deal):
            source = deal.cited.get((place.field, place.reference))
            if source:
                locators = found.setdefault(source.key, {}).setdefault(("deal", deal.key), {})
                locators.update({place.locator: None} if place.locator else {})
    return {
        key: tuple((record, "; ".join(locators)) for record, locators in records.items())
        for key, records in found.items()
    }


def _claims(edition: Edition) -> Iterator[tuple[RecordName, Evidence]]:
    for pledge in edition.pledges:
        yield from ((("pledge", pledge.key), evidence) for evidence in pledge.evidence)
    for study in edition.case_studies:
        yield from ((("case-study", study.key), evidence) for evidence in study.evidence)
    for deal in edition.deals:
        yield from ((("deal", deal.key), evidence) for evidence in deal.evidence)


def _anchor(text: str) -> str:
    return f"claim-{sha256(' '.join(text.split()).encode()).hexdigest()[:10]}"
