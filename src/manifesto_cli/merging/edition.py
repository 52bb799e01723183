"""(Libraries, manifesto) → Edition: nothing dangling, no placeholder open."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from manifesto_cli.faults.catalogue.choices import picked_twice, unused_change
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.companions import companion_faults
from manifesto_cli.merging.dates import in_words
from manifesto_cli.merging.picks import ChosenIdea, ChosenPriority, choose
from manifesto_cli.merging.placeholders import FilledProse, Filling, fill_prose, fill_words
from manifesto_cli.merging.references import Shelf, find
from manifesto_cli.merging.values import folded, value_faults, with_names
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.claim import Claim
from manifesto_cli.model.idea import Idea, Question
from manifesto_cli.model.library_header import LibraryHeader
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.picks import CaseStudyPick, overrides
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.provenance import BasedOn
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.reading.library import Entry
from manifesto_cli.reading.origin import Origin, Step


class CitedSource(Struct, frozen=True):
    """A source that some claim of the edition rests on, or that a record of it was made from."""

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
    """A case study that some pledge of the edition points to."""

    id: str
    library: str
    study: CaseStudy
    body: FilledProse | None
    evidence: tuple[Evidence, ...]
    basis: Basis | None
    overridden: frozenset[str]
    """The fields in which it differs from the library."""
    origin: Origin

    @property
    def key(self) -> str:
        """What tells it from every other case study of the edition."""
        return f"{self.library}:{self.id}"

    def home(self, field: str) -> str:
        """The library in which ids and pictures of a field are looked for first: the project's own if the manifesto replaced it."""
        return "" if field in self.overridden else self.library


class Pledge(Struct, frozen=True):
    """An idea as one candidate has adopted it."""

    id: str
    library: str
    """The library it comes from; empty for the candidate's own."""
    number: int
    """Its place in the manifesto, from 1."""
    idea: Idea
    overridden: frozenset[str]
    """The fields in which it differs from the library."""
    body: FilledProse | None
    evidence: tuple[Evidence, ...]
    basis: Basis | None
    case_studies: tuple[str, ...]
    """Keys of case studies of this edition."""
    origin: Origin
    at: Span

    @property
    def key(self) -> str:
        """What tells it from every other pledge of the edition."""
        return f"{self.library}:{self.id}"


class EditionPriority(Struct, frozen=True):
    """A priority with its pledges, in the order in which they are shown."""

    id: str
    library: str
    priority: Priority
    body: FilledProse | None
    basis: Basis | None
    pledges: tuple[Pledge, ...]
    origin: Origin
    at: Span

    @property
    def key(self) -> str:
        """What tells it from every other priority of the edition."""
        return f"{self.library}:{self.id}"


class Edition(Struct, frozen=True):
    """A manifesto merged with its libraries, in one piece."""

    manifesto: Manifesto
    """What the candidate wrote about it as a whole, with every placeholder filled; its picks are in `priorities`."""
    foreword: FilledProse | None
    about: FilledProse | None
    priorities: tuple[EditionPriority, ...]
    case_studies: tuple[CitedCaseStudy, ...]
    """In the order in which the pledges first point to them."""
    sources: tuple[CitedSource, ...]
    """In the order in which they are first cited."""
    libraries: tuple[LibraryHeader, ...]
    """The libraries that anything in it was taken from, in the order listed."""
    origin: Origin

    @property
    def pledges(self) -> tuple[Pledge, ...]:
        """All pledges in order."""
        return tuple(pledge for priority in self.priorities for pledge in priority.pledges)


def merge(shelf: Shelf, manifesto: Manifesto, origin: Origin, *, drafts: bool = False) -> Outcome[Edition]:
    """The edition that a manifesto makes of its libraries, and every fault found on the way.

    Drafts are left out unless they are asked for. Where a fault is an error the edition lacks what the fault is about, so that what is left can be
    examined for more; such an edition must not be rendered.
    """
    faults: list[Diagnostic] = []
    values = manifesto_values(manifesto)
    gathering = _Gathering(shelf, values, faults, _changes(shelf, manifesto, origin, faults), {}, {}, set())
    filling = Filling(values, {}, None, "", gathering.used)
    head = fill_words(
        msgspec.structs.replace(manifesto, priorities=(), case_studies=()), origin, filling, faults
    )
    foreword = fill_prose(manifesto.foreword, origin, ("foreword",), filling, faults)
    about = fill_prose(manifesto.candidate.about, origin, ("candidate", "about"), filling, faults)
    number = 0
    priorities = []
    choice = choose(shelf, manifesto, origin, faults, drafts=drafts)
    faults.extend(companion_faults(shelf, choice))
    for chosen in choice.priorities:
        pledges = tuple(_pledge(gathering, idea, number + i) for i, idea in enumerate(chosen.ideas, 1))
        number += len(pledges)
        priorities.append(_priority(gathering, chosen, pledges))
    studies = tuple(study for study in gathering.case_studies.values() if study)
    used = {study.library for study in studies}
    for priority in priorities:
        used |= {priority.library, *(pledge.library for pledge in priority.pledges)}
    edition = Edition(
        head,
        foreword,
        about,
        tuple(priorities),
        studies,
        tuple(gathering.sources.values()),
        tuple(library.header for library in shelf.libraries if library.header and library.id in used),
        origin,
    )
    faults += (
        unused_change(change.at, change.pick.case_study)
        for key, change in gathering.changes.items()
        if key not in gathering.case_studies
    )
    for draft in choice.drafts:  # its values are there for the day on which it is ready
        filling = Filling({}, {}, None, "", gathering.used)
        fill_words(draft.idea, draft.origin, filling, [])
        fill_prose(draft.idea.body, draft.origin, ("body",), filling, [])
    missed = gathering.used - {*values}
    faults += value_faults(manifesto.values, gathering.used, missed, origin)
    return Outcome(edition, tuple(folded(with_names(faults, manifesto.values, gathering.used, missed))))


def manifesto_values(manifesto: Manifesto) -> Mapping[str, str]:
    """What fills placeholders everywhere: the manifesto's values, then the fields of `candidate` and `office`."""
    office, candidate = manifesto.office, manifesto.candidate
    fields = {
        "candidate.name": candidate.name,
        "candidate.party": candidate.party,
        "office.role": office.role,
        "office.title": office.title,
        "office.area": office.area,
        "office.election": office.election,
        "office.polling_day": in_words(office.polling_day, manifesto.language)
        if office.polling_day
        else None,
    }
    return {**{name: value for name, value in fields.items() if value}, **manifesto.values}


class _Change(Struct, frozen=True):
    """What a manifesto changes in a case study, and where it says so."""

    pick: CaseStudyPick
    origin: Origin
    at: Span


class _Gathering(Struct, frozen=True):
    """What merging looks things up in, and what it builds as it goes: two indexes, and the names of all placeholders met."""

    shelf: Shelf
    values: Mapping[str, str]
    faults: list[Diagnostic]
    changes: Mapping[str, _Change]
    case_studies: dict[str, CitedCaseStudy | None]
    sources: dict[SourceDocument, CitedSource]
    used: set[str]

    def filling(
        self, values: Mapping[str, str], questions: Mapping[str, Question], at: Span, where: str
    ) -> Filling:
        """What fills the placeholders of one record that was picked."""
        return Filling({**self.values, **values}, questions, at, where, set())

    def close(self, filling: Filling, values: Mapping[str, str], origin: Origin, since: int) -> None:
        """Note what the record used, and report those of its own values that are of no use.

        `since` is how many faults there were before its texts were filled.
        """
        self.used.update(filling.used - {*values})
        missed = filling.used - {*filling.values}
        self.faults[since:] = with_names(self.faults[since:], values, filling.used, missed)
        self.faults.extend(value_faults(values, filling.used, missed, origin))


def _changes(
    shelf: Shelf, manifesto: Manifesto, origin: Origin, faults: list[Diagnostic]
) -> Mapping[str, _Change]:
    """Key of a case study → what the manifesto changes in it."""
    changes: dict[str, _Change] = {}
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
            changes[key] = _Change(pick, origin.below("case_studies", i), at)
    return changes


def _priority(gathering: _Gathering, chosen: ChosenPriority, pledges: tuple[Pledge, ...]) -> EditionPriority:
    filling = Filling(gathering.values, {}, chosen.at, "priority", gathering.used)
    priority = fill_words(chosen.priority, chosen.origin, filling, gathering.faults)
    body = fill_prose(priority.body, chosen.origin, ("body",), filling, gathering.faults, chosen.home("body"))
    return EditionPriority(
        chosen.entry.id,
        chosen.entry.library,
        priority,
        body,
        _basis(gathering, priority.based_on, chosen.entry.library, chosen.origin),
        pledges,
        chosen.origin,
        chosen.at,
    )


def _pledge(gathering: _Gathering, chosen: ChosenIdea, number: int) -> Pledge:
    filling, since = (
        gathering.filling(chosen.values, chosen.idea.questions, chosen.at, "idea"),
        len(gathering.faults),
    )
    idea = fill_words(chosen.idea, chosen.origin, filling, gathering.faults)
    body = fill_prose(idea.body, chosen.origin, ("body",), filling, gathering.faults, chosen.home("body"))
    gathering.close(filling, chosen.values, chosen.origin_of_pick, since)
    studies = (
        _case_study(
            gathering, reference, chosen.home("case_studies"), chosen.origin.at("case_studies", i), chosen.at
        )
        for i, reference in enumerate(idea.case_studies)
    )
    return Pledge(
        chosen.entry.id,
        chosen.entry.library,
        number,
        idea,
        chosen.overridden,
        body,
        _evidence(gathering, idea.claims, chosen.home("claims"), chosen.origin),
        _basis(gathering, idea.based_on, chosen.entry.library, chosen.origin),
        tuple(dict.fromkeys(key for key in studies if key)),
        chosen.origin,
        chosen.at,
    )


def _case_study(gathering: _Gathering, reference: str, home: str, at: Span, picked: Span) -> str | None:
    found = find(gathering.shelf, "case study", reference, home, at)
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
    gathering: _Gathering, entry: Entry[CaseStudy], change: _Change | None, picked: Span
) -> CitedCaseStudy:
    replaced = overrides(change.pick, CaseStudy) if change else {}
    values = change.pick.values if change else {}
    origin = entry.origin.overlaid(change.origin, tuple(replaced)) if change else entry.origin
    filling = gathering.filling(values, {}, change.at if change else picked, "idea that leads here")
    since = len(gathering.faults)
    study = fill_words(msgspec.structs.replace(entry.record, **replaced), origin, filling, gathering.faults)
    homes = {field: "" if field in replaced else entry.library for field in ("body", "claims")}
    body = fill_prose(study.body, origin, ("body",), filling, gathering.faults, homes["body"])
    if change:
        gathering.close(filling, values, change.origin, since)
    else:
        gathering.used.update(filling.used)
    evidence = _evidence(gathering, study.claims, homes["claims"], origin)
    basis = _basis(gathering, study.based_on, entry.library, origin)
    return CitedCaseStudy(entry.id, entry.library, study, body, evidence, basis, frozenset(replaced), origin)


def _basis(gathering: _Gathering, based_on: BasedOn | None, home: str, origin: Origin) -> Basis | None:
    if based_on is None:
        return None
    source = _source(gathering, based_on.source, home, origin.at("based_on", "source"))
    return Basis(source, based_on.locator or "") if source else None


def _evidence(
    gathering: _Gathering, claims: tuple[Claim, ...], home: str, origin: Origin
) -> tuple[Evidence, ...]:
    found = []
    for i, claim in enumerate(claims):
        cited: list[tuple[str, tuple[Step, ...]]] = [
            (value.source, ("claims", i, "values", k, "source")) for k, value in enumerate(claim.values)
        ]
        if claim.source:
            cited.insert(0, (claim.source, ("claims", i, "source")))
        sources = (_source(gathering, reference, home, origin.at(*path)) for reference, path in cited)
        found.append(Evidence(claim, tuple(source for source in sources if source)))
    return tuple(found)


def _source(gathering: _Gathering, reference: str, home: str, at: Span) -> CitedSource | None:
    found = find(gathering.shelf, "source", reference, home, at)
    gathering.faults.extend(found.faults)
    if found.value is None:
        return None
    entry: Entry[SourceDocument] = found.value
    # Two libraries that describe one document in the same words mean one source, with one number.
    return gathering.sources.setdefault(entry.record, CitedSource(entry.id, entry.library, entry.record))
