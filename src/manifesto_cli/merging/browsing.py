"""What there is to choose from: every idea of a shelf as a row of a list, and the rows that are asked for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.picks import Choice, ChosenIdea
from manifesto_cli.merging.references import Shelf, find, shortest
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.priority import Priority
from manifesto_cli.reading.library import Entry, Library

OWN = "."
"""What stands for the project's own records where a library's id would stand. No library can be called so."""


class Picking(Struct, frozen=True):
    """How a manifesto picks an idea."""

    by: Literal["id", "all", "tags"]
    at: Span
    changed: tuple[str, ...]
    """The fields for which it has words of its own, in the order of the model."""
    left_out: bool
    """Whether builds leave it out all the same, since it is a draft."""


class IdeaRow(Struct, frozen=True):
    """An idea as a list shows it."""

    id: str
    """What a manifesto here writes to pick it."""
    entry: Entry[Idea]
    priority: str
    """What a manifesto here writes to mean its priority; as the idea has it where there is no such priority."""
    priority_title: str
    """Empty where there is no such priority."""
    priority_names: frozenset[str]
    """Everything by which its priority may be asked for."""
    known: bool
    """Whether there is a manifesto that says what it picks."""
    picking: Picking | None
    waiting: Span | None
    """Where the manifesto would choose it, were it not a draft."""
    shadowed: bool
    """Whether the project has an idea of its own with this id, which takes its place."""

    @property
    def library(self) -> str:
        """The library it comes from, as a filter names it."""
        return self.entry.library or OWN

    @property
    def key(self) -> str:
        """What tells it from every other idea of the shelf."""
        return self.entry.key


class Filters(Struct, frozen=True):
    """Which rows are asked for: of each kind any one will do, and what is empty asks for nothing."""

    picked: bool | None = None
    tags: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()


class Unknown(Struct, frozen=True):
    """Something asked for that nothing here has."""

    kind: Literal["tag", "priority", "office", "library"]
    name: str
    meant: str
    """What was probably meant, or empty."""
    known: tuple[str, ...]


def rows(shelf: Shelf, choice: Choice | None) -> tuple[IdeaRow, ...]:
    """Every idea of the shelf: by library in the order listed, then by priority, then by id."""
    chosen = {idea.key: idea for idea in (*choice.ideas, *choice.drafts)} if choice else {}
    every = (shelf.own, *shelf.libraries)
    order = {
        f"{library.id}:{name}": number
        for number, (library, name) in enumerate(
            (library, name) for library in every for name in library.priorities
        )
    }
    found: list[tuple[int, int, IdeaRow]] = []
    for number, library in enumerate(every):
        for entry in library.ideas.values():
            priority = _priority(shelf, library, entry)
            place = order.get(priority.key, len(order)) if priority else len(order)
            found.append((number, place, _row(shelf, entry, priority, chosen, known=choice is not None)))
    # Ideas without a priority that can be found come last, beside others that name the same.
    found.sort(key=lambda each: (each[0], each[1], each[2].priority, each[2].entry.id))
    return tuple(row for _, _, row in found)


def kept(every: Iterable[IdeaRow], filters: Filters) -> tuple[IdeaRow, ...]:
    """The rows that are asked for, in their order."""
    return tuple(row for row in every if _asked_for(row, filters))


def unknown(shelf: Shelf, every: Iterable[IdeaRow], filters: Filters) -> Iterator[Unknown]:
    """Whatever is asked for and cannot be found because nothing here has it. A record that could not be read has its id."""
    ideas = [row.entry.record for row in every]
    libraries = (shelf.own, *shelf.libraries)
    headers = [library.header for library in libraries if library.header]
    offices = {office for idea in ideas for office in idea.offices}
    offices.update(office for header in headers for office in header.offices)
    yield from _not_among("tag", filters.tags, {tag for idea in ideas for tag in idea.tags})
    yield from _not_among("priority", filters.priorities, _priorities(libraries, every))
    # Where nobody says who could do it, everyone could, and no office is wrong.
    yield from _not_among("office", filters.offices if offices else (), offices)
    known = {library.id for library in shelf.libraries} | {OWN}
    yield from _not_among("library", filters.libraries, known)


def _row(
    shelf: Shelf,
    entry: Entry[Idea],
    priority: Entry[Priority] | None,
    chosen: Mapping[str, ChosenIdea],
    *,
    known: bool,
) -> IdeaRow:
    reference = entry.record.priority
    pick = chosen.get(entry.key)
    waits = pick is not None and pick.selected and pick.idea.status == "draft"
    own = shelf.own
    return IdeaRow(
        shortest(shelf, "idea", entry),
        entry,
        shortest(shelf, "priority", priority) if priority else reference,
        priority.record.title if priority else "",
        _names(priority) if priority else frozenset({reference}),
        known,
        _picking(pick) if pick and not waits else None,
        pick.at if pick and waits else None,
        bool(entry.library) and (entry.id in own.ideas or ("idea", entry.id) in own.broken),
    )


def _priority(shelf: Shelf, library: Library, entry: Entry[Idea]) -> Entry[Priority] | None:
    """The priority of an idea. An own one takes the place of a library's with the same id."""
    reference = entry.record.priority
    own = shelf.own.priorities.get(reference)
    return own or find(shelf, "priority", reference, library.id, entry.origin.source.start()).value


def _names(priority: Entry[Priority]) -> frozenset[str]:
    bare = (priority.id, *priority.record.formerly)
    return frozenset({*bare, *(f"{priority.library}:{name}" for name in bare)})


def _picking(pick: ChosenIdea) -> Picking:
    changed = tuple(field for field in Idea.__struct_fields__ if field in pick.overridden)
    if not pick.selected:
        return Picking("id", pick.at, changed, left_out=pick.idea.status == "draft")
    # What is chosen by its tags is chosen at one of them, and they stand below `tagged:`.
    tagged = pick.at.start > pick.origin_of_pick.name("ideas", "tagged").start
    return Picking("tags" if tagged else "all", pick.at, changed, left_out=False)


def _asked_for(row: IdeaRow, filters: Filters) -> bool:
    idea = row.entry.record
    return (
        (not filters.tags or not set(filters.tags).isdisjoint(idea.tags))
        and (not filters.priorities or not row.priority_names.isdisjoint(filters.priorities))
        and (not filters.offices or not idea.offices or not set(filters.offices).isdisjoint(idea.offices))
        and (not filters.libraries or row.library in filters.libraries)
        and (not filters.statuses or idea.status in filters.statuses)
        and (filters.picked is None or (row.picking is not None) is filters.picked)
    )


def _priorities(libraries: Iterable[Library], every: Iterable[IdeaRow]) -> set[str]:
    found = {name for row in every for name in row.priority_names}
    for library in libraries:
        found.update(name for entry in library.priorities.values() for name in _names(entry))
        found.update(name for kind, name in library.broken if kind == "priority")
    return found


def _not_among(
    kind: Literal["tag", "priority", "office", "library"], asked: Iterable[str], known: set[str]
) -> Iterator[Unknown]:
    shown = tuple(sorted(name for name in known if ":" not in name))
    for name in asked:
        if name not in known:
            yield Unknown(kind, name, nearest(name, known), shown)
