"""Which deals a manifesto puts to a government or learns from, with its own changes, and what they rest on."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial

import msgspec
from msgspec import Struct

from manifesto_cli.faults.catalogue.choices import picked_twice
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.gathering import (
    Basis,
    CitedSource,
    Evidence,
    Gathering,
    basis_of,
    case_study_of,
    evidence_of,
    source_of,
)
from manifesto_cli.merging.placeholders import FilledProse, fill_prose, fill_words
from manifesto_cli.merging.references import find, shortest
from manifesto_cli.model.deal import CohortResult, Deal, DealResult, MetricBaseline
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.picks import DealPick, overrides
from manifesto_cli.reading.library import Entry
from manifesto_cli.reading.origin import Origin, Step


class RestedOn(Struct, frozen=True):
    """An idea that a deal rests on."""

    title: str
    key: str
    """The key of the pledge that it is in this edition; empty if the manifesto does not pick it."""
    id: str
    """What a manifesto writes to pick it."""
    draft: bool
    at: Span
    """Where the deal says so."""


class EditionDeal(Struct, frozen=True):
    """A deal as one candidate has adopted it."""

    id: str
    library: str
    """The library it comes from; empty for the candidate's own."""
    deal: Deal
    """The record, with every placeholder filled."""
    overridden: frozenset[str]
    """The fields in which it differs from the library."""
    body: FilledProse | None
    if_it_fails: FilledProse | None
    evidence: tuple[Evidence, ...]
    cited: Mapping[tuple[str, str], CitedSource]
    """A field of the deal, and a source as named in it → the document. Baselines and results name such."""
    basis: Basis | None
    ideas: tuple[RestedOn, ...]
    case_studies: tuple[str, ...]
    """Keys of case studies of this edition."""
    origin: Origin
    at: Span

    @property
    def key(self) -> str:
        """What tells it from every other deal of the edition."""
        return f"{self.library}:{self.id}"

    def home(self, field: str) -> str:
        """The library in which ids and pictures of a field are looked for first: the project's own if the manifesto replaced it."""
        return "" if field in self.overridden else self.library


class _Chosen(Struct, frozen=True):
    """A deal as picked: the library's record with every field that the pick names replaced whole."""

    entry: Entry[Deal]
    pick: DealPick | None
    deal: Deal
    origin: Origin
    overridden: frozenset[str]
    origin_of_pick: Origin
    at: Span

    def home(self, field: str) -> str:
        return "" if field in self.overridden else self.entry.library


def merged_deals(
    gathering: Gathering, manifesto: Manifesto, origin: Origin, ideas: Collection[str]
) -> tuple[EditionDeal, ...]:
    """The deals that a manifesto picks, in the order written, each once. `ideas` are the keys of those that it picks.

    The case studies that they rest on are gathered, too. A pick that leads nowhere is left out and reported.
    """
    seen: dict[str, Span] = {}
    found = []
    for chosen in _chosen(gathering, manifesto, origin):
        key, name = chosen.entry.key, chosen.entry.id
        if key in seen:
            gathering.faults.append(picked_twice(chosen.at, seen[key], "deal", name))
            continue
        seen[key] = chosen.at
        found.append(_merged(gathering, chosen, ideas))
    return tuple(found)


def unpicked_deal(gathering: Gathering, entry: Entry[Deal]) -> EditionDeal:
    """A deal as its library has it, for where no manifesto picks it: its placeholders stay open, and are reported."""
    nowhere = entry.origin.source.start()
    chosen = _Chosen(entry, None, entry.record, entry.origin, frozenset(), entry.origin, nowhere)
    return _merged(gathering, chosen, ())


class SourcePlace(Struct, frozen=True):
    """Where a baseline or result of a deal names the document that it is from."""

    reference: str
    """The source, as it is named there."""
    locator: str
    """Where in the document; may be empty."""
    path: tuple[Step, ...]

    @property
    def field(self) -> str:
        """The field of the deal that it is in."""
        return str(self.path[0])


def source_places(deal: Deal) -> Iterator[SourcePlace]:
    """Every place at which a baseline or result of a deal names a source."""
    stated: list[tuple[MetricBaseline | CohortResult | DealResult | None, tuple[Step, ...]]] = []
    for i, metric in enumerate(deal.outcome_metrics):
        stated.append((metric.baseline, ("outcome_metrics", i, "baseline")))
        for k, cohort in enumerate(metric.cohorts):
            stated.append((cohort.baseline, ("outcome_metrics", i, "cohorts", k, "baseline")))
            stated.append((cohort.result, ("outcome_metrics", i, "cohorts", k, "result")))
    stated += ((result, ("results", i)) for i, result in enumerate(deal.results))
    for each, path in stated:
        if each and each.source:
            yield SourcePlace(each.source, each.locator or "", (*path, "source"))


def _chosen(gathering: Gathering, manifesto: Manifesto, origin: Origin) -> Iterator[_Chosen]:
    for i, written in enumerate(manifesto.deals):
        pick = None if isinstance(written, str) else written
        path: tuple[Step, ...] = ("deals", i, "deal") if pick else ("deals", i)
        at = origin.at(*path)
        found = find(gathering.shelf, "deal", pick.deal if pick else str(written), "", at)
        gathering.faults.extend(found.faults)
        if found.value is None:
            continue
        entry: Entry[Deal] = found.value
        replaced = overrides(pick, Deal) if pick else {}
        upper = origin.below("deals", i)
        yield _Chosen(
            entry,
            pick,
            msgspec.structs.replace(entry.record, **replaced),
            entry.origin.overlaid(upper, tuple(replaced)),
            frozenset(replaced),
            upper,
            at,
        )


def _merged(gathering: Gathering, chosen: _Chosen, ideas: Collection[str]) -> EditionDeal:
    origin, faults, values = chosen.origin, gathering.faults, chosen.pick.values if chosen.pick else {}
    filling, since = gathering.filling(values, chosen.deal.questions, chosen.at, "deal"), len(faults)
    deal = fill_words(chosen.deal, origin, filling, faults)
    body = fill_prose(deal.body, origin, ("body",), filling, faults, chosen.home("body"))
    fails = fill_prose(
        deal.if_it_fails, origin, ("if_it_fails",), filling, faults, chosen.home("if_it_fails")
    )
    gathering.close(filling, values, chosen.origin_of_pick, since)
    home = chosen.home("case_studies")
    studies = (
        case_study_of(gathering, reference, home, partial(origin.at, "case_studies", i), chosen.at)
        for i, reference in enumerate(deal.case_studies)
    )
    return EditionDeal(
        chosen.entry.id,
        chosen.entry.library,
        deal,
        chosen.overridden,
        body,
        fails,
        evidence_of(gathering, deal.claims, chosen.home("claims"), origin),
        _cited(gathering, deal, chosen),
        basis_of(gathering, deal.based_on, chosen.entry.library, origin),
        tuple(_rested_on(gathering, deal, chosen, ideas)),
        tuple(dict.fromkeys(key for key in studies if key)),
        origin,
        chosen.at,
    )


def _cited(gathering: Gathering, deal: Deal, chosen: _Chosen) -> Mapping[tuple[str, str], CitedSource]:
    found = {}
    for place in source_places(deal):
        home = chosen.home(place.field)
        source = source_of(gathering, place.reference, home, partial(chosen.origin.at, *place.path))
        if source:
            found[place.field, place.reference] = source
    return found


def _rested_on(
    gathering: Gathering, deal: Deal, chosen: _Chosen, ideas: Collection[str]
) -> Iterator[RestedOn]:
    for i, reference in enumerate(deal.ideas):
        at = chosen.origin.at("ideas", i)
        found = find(gathering.shelf, "idea", reference, chosen.home("ideas"), at)
        gathering.faults.extend(found.faults)
        if found.value is not None:
            entry: Entry[Idea] = found.value
            yield RestedOn(
                entry.record.title,
                entry.key if entry.key in ideas else "",
                shortest(gathering.shelf, "idea", entry),
                entry.record.status == "draft",
                at,
            )
