"""Picks taken back, as edits of the manifesto, each proved before the next."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from msgspec import UNSET

from manifesto_cli.editing.adding import Edits
from manifesto_cli.editing.desk import Changed, Desk, Refusal, ideas_of, priorities_of, related, unknown
from manifesto_cli.editing.proof import meaning, proven
from manifesto_cli.editing.removing import removing
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.references import find
from manifesto_cli.model.picks import IdeaSelection
from manifesto_cli.reading.nodes import Mapping, Node


def unpicked(desk: Desk, ids: tuple[str, ...]) -> Changed | tuple[Refusal, ...]:
    """The manifesto without these picks. All ids are looked up, and each refusal is a reason to change nothing."""
    gone: dict[tuple[int, int], str] = {}
    remarks: list[str] = []
    refused: list[Refusal] = []
    for reference in ids:
        places = _places(desk, reference)
        gone |= dict.fromkeys(places, reference)
        if not places:
            why = _not_listed(desk, reference)
            if isinstance(why, Refusal):
                refused.append(why)
            else:
                remarks.append(why)
    if refused:
        return tuple(refused)
    source, tree = desk.source, desk.origin.tree
    for i, j in sorted(gone, reverse=True):
        made = proven(source, _edits_without(source, tree, i, j), _without_pick(source, tree, i, j))
        if made is None:
            line = desk.line("priorities", i, "ideas", j)
            return (
                Refusal(
                    f"`{desk.source.path}` is laid out in a way that lets no entry be removed safely, so nothing was changed",
                    f"delete the entry `{gone[i, j]}` yourself ({line})",
                ),
            )
        source, tree = made
    done = tuple(_done(desk, i, j) for i, j in sorted(gone))
    return Changed(source, done, (*remarks, *_left(desk, tree, gone)))


def _places(desk: Desk, reference: str) -> tuple[tuple[int, int], ...]:
    """Where an idea is listed. An id that the shelf does not know any more is found as it is written."""
    listed = tuple(desk.listed())
    meant = find(desk.shelf, "idea", reference, "", desk.source.start()).value
    wanted = {meant.key} if meant is not None else set()
    if not wanted and ":" not in reference:
        # Of two libraries' ideas with one id only one may be picked: then there is no doubt.
        alike = {found for _, _, _, found in listed if found.endswith(f":{reference}")}
        wanted = alike if len(alike) == 1 else set()
    return tuple((i, j) for i, j, written, found in listed if found in wanted or written == reference)


def _not_listed(desk: Desk, reference: str) -> str | Refusal:
    outcome = find(desk.shelf, "idea", reference, "", desk.source.start())
    if outcome.value is None:
        if outcome.faults:
            return unknown("idea", reference, outcome.faults)
        return f"{reference} is not picked"
    name = desk.name(outcome.value)
    chosen = next(
        (idea for idea in desk.choice.ideas if idea.selected and idea.key == outcome.value.key), None
    )
    if chosen is None:
        return f"{name} is not picked"
    place = next(
        i
        for i in range(len(desk.picks))
        if desk.origin.below("priorities", i).tree is chosen.origin_of_pick.tree
    )
    pick = desk.picks[place]
    excepted, tags = [name], ""
    how = "takes `all` of its ideas"
    if isinstance(pick.ideas, IdeaSelection):
        excepted = [*(() if pick.ideas.except_ is UNSET else pick.ideas.except_), name]
        if pick.ideas.tagged is not UNSET:
            tags = f"tagged: [{', '.join(pick.ideas.tagged)}], "
            how = "chooses its ideas by their tags"
    line = desk.line("priorities", place, "ideas")
    return Refusal(
        f"the priority `{pick.priority}` {how}, `{name}` among them",
        f"write `ideas: {{{tags}except: [{', '.join(excepted)}]}}` there ({line})",
    )


def _edits_without(source: SourceFile, tree: Node, i: int, j: int) -> Edits:
    holder = priorities_of(tree)[i]
    return removing(source, holder.entries["ideas"], j) if isinstance(holder, Mapping) else ()


def _without_pick(source: SourceFile, tree: Node, i: int, j: int) -> object:
    expected: Any = deepcopy(meaning(source, tree))
    del expected["priorities"][i]["ideas"][j]
    return expected


def _done(desk: Desk, i: int, j: int) -> str:
    """One sentence about an entry that was removed, which names the words of its own that went with it."""
    node = ideas_of(desk.origin.tree, i)[j]
    changes = [name for name in node.entries if name != "idea"] if isinstance(node, Mapping) else []
    written = next(found for a, b, found, _ in desk.listed() if (a, b) == (i, j))
    went = f", with its own {', '.join(changes)}" if changes else ""
    return (
        f"unpicked {written} from {desk.picks[i].priority} ({desk.line('priorities', i, 'ideas', j)}){went}"
    )


def _left(desk: Desk, tree: Node, gone: dict[tuple[int, int], str]) -> Iterator[str]:
    """What is to be known about what stays: priorities without an idea, ideas without one that they need."""
    for i in sorted({i for i, _ in gone}):
        if not ideas_of(tree, i):
            yield f"{desk.picks[i].priority} has no ideas now"
    keys = {found for i, j, _, found in desk.listed() if (i, j) in gone}
    for idea in desk.choice.ideas:
        if idea.key in keys:
            continue
        for needed in related(desk, idea.entry, idea.entry.record.requires):
            if needed.key in keys:
                yield f"{desk.name(idea.entry)} needs {desk.name(needed)} beside it: `manifesto unpick {desk.name(idea.entry)}`, or pick that one again"
