"""Which ideas a manifesto chose, in which order, with its own changes laid over them."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from manifesto_cli.faults.catalogue.choices import draft_left_out, picked_twice, withdrawn_by_library
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.references import Shelf, find, shortest
from manifesto_cli.merging.selection import Belonging, belonging, selected
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.picks import IdeaPick, PriorityPick, overrides
from manifesto_cli.model.priority import Priority
from manifesto_cli.reading.library import Entry
from manifesto_cli.reading.origin import Origin


class ChosenIdea(Struct, frozen=True):
    """An idea as picked: the library's record with every field that the pick names replaced whole."""

    entry: Entry[Idea]
    idea: Idea
    origin: Origin
    """An overridden field points into the manifesto, an inherited one into the library."""
    overridden: frozenset[str]
    values: Mapping[str, str]
    origin_of_pick: Origin
    """Where the pick was written, with its values."""
    at: Span
    """Where the manifesto picks it."""
    selected: bool
    """Whether it was chosen by `all` or by its tags, not by its id."""

    @property
    def key(self) -> str:
        """What tells it from every other idea of the shelf."""
        return self.entry.key

    def home(self, field: str) -> str:
        """The library in which ids of a field are looked for first: the project's own if the pick replaced it."""
        return "" if field in self.overridden else self.entry.library


class ChosenPriority(Struct, frozen=True):
    """A priority as picked, with the ideas chosen for it in the order written."""

    entry: Entry[Priority]
    priority: Priority
    origin: Origin
    overridden: frozenset[str]
    ideas: tuple[ChosenIdea, ...]
    at: Span

    def home(self, field: str) -> str:
        """The library in which ids of a field are looked for first: the project's own if the pick replaced it."""
        return "" if field in self.overridden else self.entry.library


class Choice(Struct, frozen=True):
    """What a manifesto chose."""

    priorities: tuple[ChosenPriority, ...]
    """In the order written."""
    drafts: tuple[ChosenIdea, ...]
    """What it would have chosen too, were it not a draft."""

    @property
    def ideas(self) -> tuple[ChosenIdea, ...]:
        """All ideas chosen, in order."""
        return tuple(idea for priority in self.priorities for idea in priority.ideas)


def choose(
    shelf: Shelf, manifesto: Manifesto, origin: Origin, faults: list[Diagnostic], *, drafts: bool
) -> Choice:
    """The priorities and ideas chosen, in the order written. A pick that leads nowhere is left out and reported."""
    return choose_from(shelf, manifesto.priorities, origin, faults, drafts=drafts)


def choose_from(
    shelf: Shelf, picks: tuple[PriorityPick, ...], origin: Origin, faults: list[Diagnostic], *, drafts: bool
) -> Choice:
    """What `choose` finds, for the `priorities:` alone of a manifesto, whose other fields may have faults."""
    chosen: dict[str, ChosenPriority] = {}
    seen: dict[str, ChosenIdea] = {}
    left_out: list[ChosenIdea] = []
    belongs: Belonging = {}
    if any(not isinstance(pick.ideas, tuple) for pick in picks):
        belongs = belonging(shelf)
    for i, pick in enumerate(picks):
        at = origin.at("priorities", i, "priority")
        found = find(shelf, "priority", pick.priority, "", at)
        faults += found.faults
        entry = found.value
        wanted = (
            _listed(shelf, pick.ideas, origin, i, faults)
            if isinstance(pick.ideas, tuple)
            else _selected(shelf, pick, entry, origin, i, belongs, faults)
        )
        picked = tuple(_kept(shelf, wanted, seen, left_out, faults, drafts=drafts))
        if entry is None:
            continue
        key = entry.key
        if key in chosen:
            faults.append(picked_twice(at, chosen[key].at, "priority", entry.id))
            continue
        replaced = overrides(pick, Priority)
        upper = origin.below("priorities", i)
        chosen[key] = ChosenPriority(
            entry,
            msgspec.structs.replace(entry.record, **replaced),
            entry.origin.overlaid(upper, tuple(replaced)),
            frozenset(replaced),
            picked,
            at,
        )
    return Choice(tuple(chosen.values()), tuple(left_out))


def _kept(
    shelf: Shelf,
    wanted: Iterator[ChosenIdea],
    seen: dict[str, ChosenIdea],
    left_out: list[ChosenIdea],
    faults: list[Diagnostic],
    *,
    drafts: bool,
) -> Iterator[ChosenIdea]:
    """What is wanted, without what was picked before and without drafts that were not asked for."""
    for idea in wanted:
        before = seen.get(idea.key)
        if before:
            name = shortest(shelf, "idea", idea.entry)
            faults.append(
                picked_twice(idea.at, before.at, "idea", name, selected=before.selected or idea.selected)
            )
            continue
        seen[idea.key] = idea
        if idea.idea.status == "draft" and not drafts:
            left_out.append(idea)
            if not idea.selected:
                faults.append(draft_left_out(idea.at, idea.origin.at("status"), idea.entry.id))
            continue
        if idea.idea.status == "withdrawn" and idea.selected and idea.entry.library:
            name = shortest(shelf, "idea", idea.entry)
            faults.append(withdrawn_by_library(idea.at, idea.origin.at("status"), name))
        yield idea


def _listed(
    shelf: Shelf, picks: tuple[str | IdeaPick, ...], origin: Origin, i: int, faults: list[Diagnostic]
) -> Iterator[ChosenIdea]:
    for j, pick in enumerate(picks):
        path = ("priorities", i, "ideas", j)
        changed = isinstance(pick, IdeaPick)
        at = origin.at(*path, "idea") if changed else origin.at(*path)
        found = find(shelf, "idea", pick.idea if isinstance(pick, IdeaPick) else pick, "", at)
        faults += found.faults
        if found.value is not None:
            yield _chosen(found.value, pick if isinstance(pick, IdeaPick) else None, origin.below(*path), at)


def _selected(  # noqa: PLR0913 - the last two are what it looks things up in, and where faults go
    shelf: Shelf,
    pick: PriorityPick,
    priority: Entry[Priority] | None,
    origin: Origin,
    i: int,
    belongs: Belonging,
    faults: list[Diagnostic],
) -> Iterator[ChosenIdea]:
    if priority is None or isinstance(pick.ideas, tuple):
        return
    of_priority = belongs.get(priority.key, ())
    below = origin.below("priorities", i)
    for entry, at in selected(shelf, of_priority, pick.ideas, below, faults):
        yield ChosenIdea(entry, entry.record, entry.origin, frozenset(), {}, below, at, selected=True)


def _chosen(entry: Entry[Idea], pick: IdeaPick | None, upper: Origin, at: Span) -> ChosenIdea:
    replaced = overrides(pick, Idea) if pick else {}
    return ChosenIdea(
        entry,
        msgspec.structs.replace(entry.record, **replaced) if replaced else entry.record,
        entry.origin.overlaid(upper, tuple(replaced)),
        frozenset(replaced),
        pick.values if pick else {},
        upper,
        at,
        selected=False,
    )
