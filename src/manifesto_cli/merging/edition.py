"""(Libraries, manifesto) → Edition: nothing dangling, no placeholder open."""

from collections.abc import Mapping
from functools import cached_property, partial

import msgspec
from msgspec import Struct

from manifesto_cli.faults.catalogue.choices import unused_change
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.companions import companion_faults
from manifesto_cli.merging.dates import in_words
from manifesto_cli.merging.deals import EditionDeal, merged_deals
from manifesto_cli.merging.gathering import (
    Basis,
    CitedCaseStudy,
    CitedSource,
    Evidence,
    Gathering,
    basis_of,
    case_study_of,
    changes_in,
    evidence_of,
)
from manifesto_cli.merging.picks import ChosenIdea, ChosenPriority, choose
from manifesto_cli.merging.placeholders import FilledProse, Filling, fill_prose, fill_words
from manifesto_cli.merging.references import Shelf
from manifesto_cli.merging.values import folded, value_faults, with_names, with_values
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.library_header import LibraryHeader
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.priority import Priority
from manifesto_cli.reading.origin import Origin


class Pledge(Struct, frozen=True):
    """An idea as one candidate has adopted it."""

    id: str
    library: str
    """The library it comes from; empty for the candidate's own."""
    key: str
    """What tells it from every other pledge of the edition."""
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


class Edition(Struct, frozen=True, dict=True):
    """A manifesto merged with its libraries, in one piece."""

    manifesto: Manifesto
    """What the candidate wrote about it as a whole, with every placeholder filled; its picks are in `priorities`."""
    foreword: FilledProse | None
    about: FilledProse | None
    priorities: tuple[EditionPriority, ...]
    case_studies: tuple[CitedCaseStudy, ...]
    """In the order in which the pledges, then the deals first point to them."""
    deals: tuple[EditionDeal, ...]
    """In the order picked."""
    sources: tuple[CitedSource, ...]
    """In the order in which they are first cited."""
    libraries: tuple[LibraryHeader, ...]
    """The libraries that anything in it was taken from, in the order listed."""
    origin: Origin

    @cached_property
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
    gathering = Gathering(shelf, values, faults, changes_in(shelf, manifesto, origin, faults), {}, {}, set())
    filling = Filling(values, {}, None, "", gathering.used)
    head = fill_words(
        msgspec.structs.replace(manifesto, priorities=(), case_studies=(), deals=()), origin, filling, faults
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
    deals = merged_deals(gathering, manifesto, origin, {idea.key for idea in choice.ideas})
    studies = tuple(study for study in gathering.case_studies.values() if study)
    used = {study.library for study in studies} | {deal.library for deal in deals}
    for priority in priorities:
        used |= {priority.library, *(pledge.library for pledge in priority.pledges)}
    edition = Edition(
        head,
        foreword,
        about,
        tuple(priorities),
        studies,
        deals,
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
    faults[:] = with_values(faults, manifesto.values, origin, fields=True)
    faults += value_faults(manifesto.values, gathering.used, missed, origin, faults)
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


def _priority(gathering: Gathering, chosen: ChosenPriority, pledges: tuple[Pledge, ...]) -> EditionPriority:
    filling = Filling(gathering.values, {}, chosen.at, "priority", gathering.used)
    priority = fill_words(chosen.priority, chosen.origin, filling, gathering.faults)
    body = fill_prose(priority.body, chosen.origin, ("body",), filling, gathering.faults, chosen.home("body"))
    return EditionPriority(
        chosen.entry.id,
        chosen.entry.library,
        priority,
        body,
        basis_of(gathering, priority.based_on, chosen.entry.library, chosen.origin),
        pledges,
        chosen.origin,
        chosen.at,
    )


def _pledge(gathering: Gathering, chosen: ChosenIdea, number: int) -> Pledge:
    filling, since = (
        gathering.filling(chosen.values, chosen.idea.questions, chosen.at, "idea"),
        len(gathering.faults),
    )
    idea = fill_words(chosen.idea, chosen.origin, filling, gathering.faults)
    body = fill_prose(idea.body, chosen.origin, ("body",), filling, gathering.faults, chosen.home("body"))
    gathering.close(filling, chosen.values, chosen.origin_of_pick, since)
    studies = (
        case_study_of(
            gathering,
            reference,
            chosen.home("case_studies"),
            partial(chosen.origin.at, "case_studies", i),
            chosen.at,
        )
        for i, reference in enumerate(idea.case_studies)
    )
    return Pledge(
        chosen.entry.id,
        chosen.entry.library,
        chosen.entry.key,
        number,
        idea,
        chosen.overridden,
        body,
        evidence_of(gathering, idea.claims, chosen.home("claims"), chosen.origin),
        basis_of(gathering, idea.based_on, chosen.entry.library, chosen.origin),
        tuple(dict.fromkeys(key for key in studies if key)),
        chosen.origin,
        chosen.at,
    )
