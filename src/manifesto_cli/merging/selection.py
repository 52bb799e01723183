"""Which ideas belong to a priority, and which of them `all`, `tagged` and `except` choose."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import UNSET

from manifesto_cli.faults.catalogue.choices import empty_choice
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.mending import renamed
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.references import Shelf, find
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.picks import IdeaSelection
from manifesto_cli.reading.library import Entry
from manifesto_cli.reading.origin import Origin

Belonging = Mapping[str, Sequence[Entry[Idea]]]
"""Key of a priority → the ideas whose `priority` it is: the project's own first, then those of each library in its order."""


def belonging(shelf: Shelf) -> Belonging:
    """The ideas of every priority. An idea of the project takes the place of a library's with the same id.

    An own priority takes the place of a library's with the same id too, so it gets the library's ideas. An idea
    whose priority cannot be found belongs to none; the check of its library says so.
    """
    own = shelf.own
    shadowed = {*own.ideas, *(name for kind, name in own.broken if kind == "idea")}
    found: dict[str, list[Entry[Idea]]] = {}
    keys_of: dict[tuple[str, str], set[str]] = {}
    for library in (own, *shelf.libraries):
        for entry in library.ideas.values():
            if library is not own and entry.id in shadowed:
                continue
            reference = entry.record.priority
            named = (library.id, reference)
            if named not in keys_of:
                priority = find(shelf, "priority", reference, library.id, entry.origin.source.start()).value
                keys_of[named] = {priority.key} if priority else set()
                if reference in own.priorities:
                    keys_of[named].add(f":{reference}")
            for key in keys_of[named]:
                found.setdefault(key, []).append(entry)
    return found


def selected(
    shelf: Shelf,
    candidates: Sequence[Entry[Idea]],
    ideas: Literal["all"] | IdeaSelection,
    origin: Origin,
    faults: list[Diagnostic],
) -> Iterator[tuple[Entry[Idea], Span]]:
    """The candidates that are chosen, each with the place that chooses it. What makes no difference is reported."""
    here = origin.at("ideas") if ideas == "all" else origin.name("ideas")
    if not candidates:
        faults.append(
            empty_choice(
                here, "no idea belongs to this priority", "list ideas by their ids, or delete `ideas:`"
            )
        )
        return
    if ideas == "all":
        yield from ((entry, here) for entry in candidates)
        return
    if ideas.tagged is UNSET and ideas.except_ is UNSET:
        faults.append(empty_choice(here, "nothing says which ideas are meant", "write `ideas: all`"))
        return
    left_out = set(_left_out(shelf, candidates, ideas, origin, faults))
    places = _tags(candidates, ideas, origin, faults)
    for entry in candidates:
        at = (
            here
            if ideas.tagged is UNSET
            else next((places[t] for t in entry.record.tags if t in places), None)
        )
        if at is not None and entry.key not in left_out:
            yield entry, at


def _tags(
    candidates: Sequence[Entry[Idea]], ideas: IdeaSelection, origin: Origin, faults: list[Diagnostic]
) -> dict[str, Span]:
    """Each tag asked for, with its place."""
    tagged = () if ideas.tagged is UNSET else ideas.tagged
    places = {tag: origin.at("ideas", "tagged", i) for i, tag in enumerate(tagged)}
    known = {tag for entry in candidates for tag in entry.record.tags}
    for tag, at in places.items():
        if tag not in known:
            meant = nearest(tag, known)
            listed = ", ".join(f"`{name}`" for name in sorted(known))
            faults.append(
                empty_choice(
                    at,
                    f"no idea of this priority is tagged `{tag}`",
                    f"did you mean `{meant}`?"
                    if meant
                    else f"the tags here are {listed}"
                    if listed
                    else "delete it",
                    renamed(at, tag, meant)
                    if meant and meant == slip(tag, known) and meant not in places
                    else None,
                )
            )
    return places


def _left_out(
    shelf: Shelf,
    candidates: Sequence[Entry[Idea]],
    ideas: IdeaSelection,
    origin: Origin,
    faults: list[Diagnostic],
) -> Iterator[str]:
    keys = {
        entry.key
        for entry in candidates
        if ideas.tagged is UNSET or set(entry.record.tags) & set(ideas.tagged)
    }
    for i, reference in enumerate(() if ideas.except_ is UNSET else ideas.except_):
        at = origin.at("ideas", "except", i)
        found = find(shelf, "idea", reference, "", at)
        faults += found.faults
        if found.value is None:
            continue
        key = found.value.key
        if key not in keys:
            faults.append(empty_choice(at, f"`{reference}` would not be chosen here anyway", "delete it"))
        yield key
