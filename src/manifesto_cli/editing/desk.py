"""What there is to choose from and what is chosen, laid out for a change: the start of each edit of a manifesto."""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from typing import Any

import msgspec
from msgspec import Struct

from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.error import Exit
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.edition import manifesto_values
from manifesto_cli.merging.picks import Choice, choose_from
from manifesto_cli.merging.references import Shelf, find, shortest
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.picks import IdeaPick, PriorityPick
from manifesto_cli.reading.library import Entry
from manifesto_cli.reading.nodes import Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.plain import parse_own_type, plain
from manifesto_cli.reading.trees import read_tree


class Refusal(Struct, frozen=True):
    """Why a change is not made, and what to type instead."""

    headline: str
    help: str
    status: Exit = Exit.USAGE


class Desk(Struct, frozen=True):
    """A manifesto as it is before a change, and the shelf that it picks from."""

    shelf: Shelf
    origin: Origin
    picks: tuple[PriorityPick, ...]
    choice: Choice
    """What it chooses now, drafts included."""
    values: Map[str, str]
    """What fills placeholders everywhere."""

    @property
    def source(self) -> SourceFile:
        """The file."""
        return self.origin.source

    def name(self, entry: Entry[Idea]) -> str:
        """What to write for an idea."""
        return shortest(self.shelf, "idea", entry)

    def line(self, *path: str | int) -> str:
        """A place in the manifesto as a reader finds it: file and line."""
        span = self.origin.at(*path)
        return f"{self.source.path}:{self.source.position(span.start)[0]}"

    def places(self) -> Map[str, int]:
        """Key of a priority → its number among those picked; of one picked twice the first."""
        found: dict[str, int] = {}
        for i, pick in enumerate(self.picks):
            entry = find(self.shelf, "priority", pick.priority, "", self.source.start()).value
            if entry is not None:
                found.setdefault(entry.key, i)
        return found

    def listed(self) -> Iterator[tuple[int, int, str, str]]:
        """Each idea listed by its id: number of the priority, of the entry, the id as written, and the idea's key if it is found."""
        for i, pick in enumerate(self.picks):
            for j, listed in enumerate(pick.ideas if isinstance(pick.ideas, tuple) else ()):
                written = listed.idea if isinstance(listed, IdeaPick) else listed
                entry = find(self.shelf, "idea", written, "", self.source.start()).value
                yield i, j, written, entry.key if entry is not None else ""


CHECK = "`manifesto check` says why"
UNREADABLE = Refusal("`manifesto.yaml` cannot be read, so nothing was changed", CHECK, Exit.CONTENT)


def desk(shelf: Shelf, manifesto: Manifesto | None, origin: Origin | None) -> Desk | Refusal:
    """The desk for a manifesto. Faults elsewhere in it do not matter; where its YAML or its picks have any, it is refused."""
    if origin is None or not isinstance(origin.tree, Mapping):
        return UNREADABLE
    if read_tree(origin.source).faults:
        return Refusal("the YAML of `manifesto.yaml` has faults, so nothing was changed", CHECK, Exit.CONTENT)
    picks = (
        manifesto.priorities if manifesto else _written(origin, "priorities", tuple[PriorityPick, ...], ())
    )
    if picks is None:
        return Refusal(
            "the `priorities:` of `manifesto.yaml` have faults, so nothing was changed", CHECK, Exit.CONTENT
        )
    written = _written(origin, "values", dict[str, str], {})
    values = manifesto_values(manifesto) if manifesto else written or {}
    return Desk(shelf, origin, picks, choose_from(shelf, picks, origin, [], drafts=True), values)


def _written(origin: Origin, field: str, form: Any, absent: Any) -> Any:
    tree = origin.tree
    entry = tree.entries.get(field) if isinstance(tree, Mapping) else None
    if entry is None or (isinstance(entry.value, Scalar) and entry.value.absent):
        return absent
    try:
        return msgspec.convert(plain(entry.value, []), form, dec_hook=parse_own_type)
    except msgspec.ValidationError:
        return None


def looked_up(
    desk: Desk, kind: str, references: tuple[str, ...]
) -> tuple[dict[str, Entry[Any]], tuple[Refusal, ...]]:
    """The records that ids mean, by key, and a refusal for each id that means none, or more than one."""
    found: dict[str, Entry[Any]] = {}
    refused: list[Refusal] = []
    for reference in references:
        outcome = find(desk.shelf, kind, reference, "", desk.source.start())
        if outcome.value is not None:
            found.setdefault(outcome.value.key, outcome.value)
        else:
            deal = _a_deal(desk, reference) if kind == "idea" else None
            refused.append(deal or unknown(kind, reference, outcome.faults))
    return found, tuple(refused)


def _a_deal(desk: Desk, reference: str) -> Refusal | None:
    """What to say of an id that is not an idea's but a deal's: those are picked by hand, with their values."""
    deal = find(desk.shelf, "deal", reference, "", desk.source.start()).value
    if deal is None:
        return None
    name = shortest(desk.shelf, "deal", deal)
    return Refusal(
        f"`{name}` is a deal, not an idea", f"write `deals: [{name}]` in `{desk.source.path}` to pick it"
    )


def unknown(kind: str, reference: str, faults: tuple[Diagnostic, ...]) -> Refusal:
    """Why an id on the command line leads nowhere, or to two places."""
    if not faults:
        return Refusal(f"the {kind} `{reference}` cannot be read", CHECK, Exit.CONTENT)
    if faults[0].code != "unknown-id" or faults[0].help.startswith("did you mean"):
        return Refusal(faults[0].headline, faults[0].help)
    listed = "`manifesto ideas list` shows every idea there is"
    return Refusal(faults[0].headline, listed if kind == "idea" else f"`manifesto new {kind} ID` starts one")


def related(desk: Desk, entry: Entry[Idea], references: tuple[str, ...]) -> Iterator[Entry[Idea]]:
    """The ideas that an idea names, under `requires:` for example. Those that cannot be found are the check's affair."""
    for reference in references:
        found = find(desk.shelf, "idea", reference, entry.library, desk.source.start()).value
        if found is not None:
            yield found


def priorities_of(tree: Node) -> tuple[Node, ...]:
    """The priorities that a manifesto's tree picks."""
    entry = tree.entries.get("priorities") if isinstance(tree, Mapping) else None
    return entry.value.entries if entry and isinstance(entry.value, Sequence) else ()


def ideas_of(tree: Node, place: int) -> tuple[Node, ...]:
    """The ideas listed under the priority of that number."""
    priority = priorities_of(tree)[place]
    entry = priority.entries.get("ideas") if isinstance(priority, Mapping) else None
    return entry.value.entries if entry and isinstance(entry.value, Sequence) else ()


class Changed(Struct, frozen=True):
    """A manifesto after a change, and what was done to it, in sentences."""

    source: SourceFile
    done: tuple[str, ...]
    remarks: tuple[str, ...] = ()
