"""What merging looks records up in, and what it gathers of them: sources, evidence, case studies."""

from collections.abc import Callable, Mapping
from functools import partial

import msgspec
from msgspec import Struct

from manifesto_cli.faults.catalogue.choices import picked_twice
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.placeholders import FilledProse, Filling, fill_prose, fill_words
from manifesto_cli.merging.references import Shelf, find, sought
from manifesto_cli.merging.values import value_faults, with_names, with_values
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.claim import Claim
from manifesto_cli.model.idea import Question
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.picks import CaseStudyPick, overrides
from manifesto_cli.model.provenance import BasedOn
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.reading.library import Entry
from manifesto_cli.reading.origin import Origin, Step


class CitedSource(Struct, frozen=True):
    """A source that some claim of the edition rests on, that a deal has numbers from, or that a record was made from."""

    id: str
    library: str
    document: SourceDocument

    @property
    def key(self) -> str:
        """What tells it from every other source of the edition."""
        return f"{self.library}:{self.id}"


class Evidence(Struct, frozen=True):
    """A claim with the documents it rests on: one for its `source`, or one for each of its `values`."""

    claim: Claim
    sources: tuple[CitedSource, ...]


class Basis(Struct, frozen=True):
    """The document that a record was made from."""

    source: CitedSource
    locator: str
    """Where in the document; may be empty."""


class CitedCaseStudy(Struct, frozen=True):
    """A case study that some pledge or deal of the edition points to."""

    id: str
    library: str
    key: str
    """What tells it from every other case study of the edition."""
    study: CaseStudy
    body: FilledProse | None
    evidence: tuple[Evidence, ...]
    basis: Basis | None
    overridden: frozenset[str]
    """The fields in which it differs from the library."""
    origin: Origin

    def home(self, field: str) -> str:
        """The library in which ids and pictures of a field are looked for first: the project's own if the manifesto replaced it."""
        return "" if field in self.overridden else self.library


class Change(Struct, frozen=True):
    """What a manifesto changes in a case study, and where it says so."""

    pick: CaseStudyPick
    origin: Origin
    at: Span


class Gathering(Struct, frozen=True):
    """What merging looks things up in, and what it builds as it goes: two indexes, and the names of all placeholders met."""

    shelf: Shelf
    values: Mapping[str, str]
    faults: list[Diagnostic]
    changes: Mapping[str, Change]
    case_studies: dict[str, CitedCaseStudy | None]
    sources: dict[SourceDocument, CitedSource]
    used: set[str]

    def filling(
        self, values: Mapping[str, str], questions: Mapping[str, Question], at: Span, where: str
    ) -> Filling:
        """What fills the placeholders of one record that was picked."""
        return Filling({**self.values, **values} if values else self.values, questions, at, where, set())

    def close(self, filling: Filling, values: Mapping[str, str], origin: Origin, since: int) -> None:
        """Note what the record used, and report those of its own values that are of no use.

        `since` is how many faults there were before its texts were filled.
        """
        self.used.update(filling.used - {*values})
        if not values:  # as with nearly every record of a library
            return
        missed = filling.used - {*filling.values}
        named = with_names(self.faults[since:], values, filling.used, missed)
        self.faults[since:] = with_values(named, values, origin)
        self.faults.extend(value_faults(values, filling.used, missed, origin, self.faults[since:]))


def changes_in(
    shelf: Shelf, manifesto: Manifesto, origin: Origin, faults: list[Diagnostic]
) -> Mapping[str, Change]:
    """Key of a case study → what the manifesto changes in it."""
    changes: dict[str, Change] = {}
    for i, pick in enumerate(manifesto.case_studies):
        at = origin.at("case_studies", i, "case_study")
        found = find(shelf, "case study", pick.case_study, "", at)
        faults += found.faults
        if found.value is None:
            continue
        key = found.value.key
        if key in changes:
            faults.append(picked_twice(at, changes[key].at, "case study", found.value.id))
        else:
            changes[key] = Change(pick, origin.below("case_studies", i), at)
    return changes


def case_study_of(
    gathering: Gathering, reference: str, home: str, at: Callable[[], Span], picked: Span
) -> str | None:
    """The key of the case study that a reference in the library `home` means, once it is gathered; None where it leads nowhere.

    `picked` is where the manifesto picks the record that points to it.
    """
    found = sought(gathering.shelf, "case study", reference, home, at)
    gathering.faults.extend(found.faults)
    if found.value is None:
        return None
    entry: Entry[CaseStudy] = found.value
    key = entry.key
    if key not in gathering.case_studies:
        gathering.case_studies[key] = None  # keeps its place in the order while its own parts are looked up
        gathering.case_studies[key] = _cited(gathering, entry, gathering.changes.get(key), picked)
    return key


def _cited(
    gathering: Gathering, entry: Entry[CaseStudy], change: Change | None, picked: Span
) -> CitedCaseStudy:
    replaced = overrides(change.pick, CaseStudy) if change else {}
    values = change.pick.values if change else {}
    origin = entry.origin.overlaid(change.origin, tuple(replaced)) if change else entry.origin
    filling = gathering.filling(values, {}, change.at if change else picked, "record that leads here")
    since = len(gathering.faults)
    study = fill_words(msgspec.structs.replace(entry.record, **replaced), origin, filling, gathering.faults)
    homes = {field: "" if field in replaced else entry.library for field in ("body", "claims")}
    body = fill_prose(study.body, origin, ("body",), filling, gathering.faults, homes["body"])
    if change:
        gathering.close(filling, values, change.origin, since)
    else:
        gathering.used.update(filling.used)
    evidence = evidence_of(gathering, study.claims, homes["claims"], origin)
    basis = basis_of(gathering, study.based_on, entry.library, origin)
    return CitedCaseStudy(
        entry.id, entry.library, entry.key, study, body, evidence, basis, frozenset(replaced), origin
    )


def basis_of(gathering: Gathering, based_on: BasedOn | None, home: str, origin: Origin) -> Basis | None:
    """The document that a record was made from; None where it says none, or the id leads nowhere."""
    if based_on is None:
        return None
    source = source_of(gathering, based_on.source, home, partial(origin.at, "based_on", "source"))
    return Basis(source, based_on.locator or "") if source else None


def evidence_of(
    gathering: Gathering, claims: tuple[Claim, ...], home: str, origin: Origin
) -> tuple[Evidence, ...]:
    """Each claim of a record with the documents it rests on; those that cannot be found are left out and reported."""
    found = []
    for i, claim in enumerate(claims):
        cited: list[tuple[str, tuple[Step, ...]]] = [
            (value.source, ("claims", i, "values", k, "source")) for k, value in enumerate(claim.values)
        ]
        if claim.source:
            cited.insert(0, (claim.source, ("claims", i, "source")))
        sources = (
            source_of(gathering, reference, home, partial(origin.at, *path)) for reference, path in cited
        )
        found.append(Evidence(claim, tuple(source for source in sources if source)))
    return tuple(found)


def source_of(gathering: Gathering, reference: str, home: str, at: Callable[[], Span]) -> CitedSource | None:
    """The document that a reference in the library `home` means; None where it leads nowhere, which is reported."""
    found = sought(gathering.shelf, "source", reference, home, at)
    gathering.faults.extend(found.faults)
    if found.value is None:
        return None
    entry: Entry[SourceDocument] = found.value
    # Two libraries that describe one document in the same words mean one source, with one number.
    return gathering.sources.setdefault(entry.record, CitedSource(entry.id, entry.library, entry.record))
