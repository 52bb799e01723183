"""Which ideas a manifesto chose, in which order, with its own changes laid over them."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from manifesto_cli.faults.catalogue.references import picked_twice
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.references import Shelf, find
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.manifesto import IdeaPick, Manifesto, PriorityPick, overrides
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
    at: Span
    """Where the manifesto picks it."""

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


def choose(
    shelf: Shelf, manifesto: Manifesto, origin: Origin, faults: list[Diagnostic]
) -> tuple[ChosenPriority, ...]:
    """The priorities and ideas picked, in the order written. A pick that leads nowhere is left out and reported."""
    chosen: dict[str, ChosenPriority] = {}
    ideas: dict[str, Span] = {}
    for i, pick in enumerate(manifesto.priorities):
        at = origin.at("priorities", i, "priority")
        found = find(shelf, "priority", pick.priority, "", at)
        faults += found.faults
        entry = found.value
        picked = tuple(_ideas(shelf, pick, origin, i, ideas, faults))
        if entry is None:
            continue
        key = f"{entry.library}:{entry.id}"
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
    return tuple(chosen.values())


def _ideas(
    shelf: Shelf,
    priority: PriorityPick,
    origin: Origin,
    i: int,
    seen: dict[str, Span],
    faults: list[Diagnostic],
) -> Iterator[ChosenIdea]:
    for j, pick in enumerate(priority.ideas):
        path = ("priorities", i, "ideas", j)
        changed = isinstance(pick, IdeaPick)
        at = origin.at(*path, "idea") if changed else origin.at(*path)
        found = find(shelf, "idea", pick.idea if isinstance(pick, IdeaPick) else pick, "", at)
        faults += found.faults
        if found.value is None:
            continue
        key = f"{found.value.library}:{found.value.id}"
        if key in seen:
            faults.append(picked_twice(at, seen[key], "idea", found.value.id))
            continue
        seen[key] = at
        yield _chosen(found.value, pick if isinstance(pick, IdeaPick) else None, origin.below(*path), at)


def _chosen(entry: Entry[Idea], pick: IdeaPick | None, upper: Origin, at: Span) -> ChosenIdea:
    replaced = overrides(pick, Idea) if pick else {}
    return ChosenIdea(
        entry,
        msgspec.structs.replace(entry.record, **replaced) if replaced else entry.record,
        entry.origin.overlaid(upper, tuple(replaced)),
        frozenset(replaced),
        pick.values if pick else {},
        at,
    )
