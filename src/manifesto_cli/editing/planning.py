"""Which ideas a person wants to pick, where each belongs, and what stands in the way."""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from typing import Any

from msgspec import UNSET, Struct
from msgspec.structs import replace

from manifesto_cli.editing.desk import Desk, Refusal, looked_up, related
from manifesto_cli.faults.error import Exit
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.merging.placeholders import Filling, fill_words, hole_names
from manifesto_cli.merging.references import find, shortest
from manifesto_cli.model.idea import Idea, Question
from manifesto_cli.model.picks import IdeaSelection
from manifesto_cli.reading.library import Entry
from manifesto_cli.reading.text import FORBIDDEN, character_name

_LISTED = 12
"""A list of more ideas is not written out in a message."""


class Pick(Struct, frozen=True):
    """An idea to be picked: what to write, and where."""

    entry: Entry[Idea]
    name: str
    """What to write for it."""
    priority: str
    """The priority that it is to stand under, as it is or shall be written."""
    place: int | None
    """The number of that priority among those picked; None if it is not picked yet."""
    values: Map[str, str] = {}


class Plan(Struct, frozen=True):
    """What is to be picked, and what there is to say about it."""

    picks: tuple[Pick, ...] = ()
    remarks: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def planned(desk: Desk, ids: tuple[str, ...], priority: str | None, *, with_required: bool) -> Plan:
    """Where each idea goes. All are looked up, and each refusal is a reason to change nothing."""
    found, refusals = looked_up(desk, "idea", ids)
    named = {*found}
    if with_required:
        found = dict(_with_required(desk, found))
    under, priorities_refused = looked_up(desk, "priority", (priority,) if priority else ())
    refused = [*refusals, *priorities_refused]
    picks: list[Pick] = []
    remarks: list[str] = []
    for entry in found.values() if not priorities_refused else ():
        # What is only required goes under its own priority, and need not be talked of.
        by_name = entry.key in named
        place = _already(desk, entry) or _place(
            desk, entry, next(iter(under.values()), None) if by_name else None
        )
        if isinstance(place, Refusal):
            refused.append(place)
        elif isinstance(place, Pick):
            picks.append(place)
        elif by_name:
            remarks.append(place)
    refused += _conflicts(desk, picks)
    remarks += _notes(desk, picks)
    return Plan(tuple(picks), tuple(remarks), tuple(refused))


def _with_required(desk: Desk, found: Map[str, Entry[Idea]]) -> Iterator[tuple[str, Entry[Idea]]]:
    """The ideas with all that they require, and what that requires, each after what asks for it."""
    waiting = list(found.values())
    seen: set[str] = set()
    while waiting:
        entry = waiting.pop(0)
        if entry.key in seen:
            continue
        seen.add(entry.key)
        yield entry.key, entry
        waiting += related(desk, entry, entry.record.requires)


def _already(desk: Desk, entry: Entry[Idea]) -> str | Refusal | None:
    """What to say if the idea is chosen, or is left out by more than its pick."""
    name = desk.name(entry)
    for i, j, _, listed in desk.listed():
        if listed == entry.key:
            return f"{name} is picked already ({desk.line('priorities', i, 'ideas', j)})"
    chosen = next((idea for idea in desk.choice.ideas if idea.key == entry.key), None)
    if chosen is None:
        return None
    line = f"{desk.source.path}:{desk.source.position(chosen.at.start)[0]}"
    if chosen.idea.status == "draft":
        ready = f"write `status: ready` in `{entry.origin.source.path}`"
        if entry.library:  # a library is not for its readers to change
            ready = f"list the ideas there by their ids, this one as `{{idea: {name}, status: ready}}`"
        return Refusal(
            f"the idea `{name}` is chosen already ({line}), and is left out because it is a draft",
            f"{ready}, or ask for drafts with `--drafts`",
        )
    return f"{name} is chosen already ({line})"


def _place(desk: Desk, entry: Entry[Idea], under: Entry[Any] | None) -> Pick | Refusal:
    """Where an idea goes: under the priority asked for, else under its own, which a project's own of that id replaces."""
    name, written = desk.name(entry), entry.record.priority
    priorities: list[Entry[Any]] = [under] if under else []
    if not under:
        own = desk.shelf.own.priorities.get(written)
        found = find(desk.shelf, "priority", written, entry.library, desk.source.start()).value
        priorities = [priority for priority in (own, found) if priority is not None]
    if not priorities:
        return Refusal(
            f"the priority `{written}` of the idea `{name}` cannot be found",
            f"name another one: `manifesto pick {name} --priority ID`",
            Exit.CONTENT,
        )
    places = desk.places()
    place = min((places[found.key] for found in priorities if found.key in places), default=None)
    if place is None:
        return Pick(entry, name, shortest(desk.shelf, "priority", priorities[0]), None)
    pick = desk.picks[place]
    if isinstance(pick.ideas, tuple):
        return Pick(entry, name, pick.priority, place)
    return _chosen_otherwise(desk, place, name, entry, elsewhere=under is not None)


def _chosen_otherwise(desk: Desk, place: int, name: str, entry: Entry[Idea], *, elsewhere: bool) -> Refusal:
    """Why an idea cannot be listed where the priority says `all`, or chooses by tags."""
    pick = desk.picks[place]
    ideas = pick.ideas
    line = desk.line("priorities", place, "ideas")
    chosen = [
        desk.name(idea.entry)
        for idea in desk.choice.ideas
        if idea.selected and idea.origin_of_pick.tree == desk.origin.below("priorities", place).tree
    ]
    listed = f"`ideas: [{', '.join([*chosen, name])}]`" if len(chosen) < _LISTED else "a list of ids"
    if isinstance(ideas, IdeaSelection):
        left_out = () if ideas.except_ is UNSET else ideas.except_
        if entry.key in looked_up(desk, "idea", left_out)[0]:
            return Refusal(
                f"the priority `{pick.priority}` leaves `{name}` out with `except:` ({line})",
                f"take `{name}` out of `except:` there",
            )
    if isinstance(ideas, IdeaSelection) and ideas.tagged is not UNSET:
        tag = next(iter(entry.record.tags), "")
        add = f", or add `{tag}` to `tagged:`" if tag and not elsewhere else ""
        return Refusal(
            f"the priority `{pick.priority}` chooses its ideas by their tags ({line})",
            f"write {listed} there{add}",
        )
    return Refusal(
        f"the priority `{pick.priority}` takes ideas of its own without listing them ({line}), and `{name}` belongs to another",
        f"write {listed} there",
    )


def _conflicts(desk: Desk, picks: list[Pick]) -> Iterator[Refusal]:
    """A refusal for each idea that cannot stand beside one that is picked, or is to be picked with it."""
    chosen: list[tuple[Entry[Idea], bool]] = [(idea.entry, True) for idea in desk.choice.ideas]
    for pick in picks:
        for other, there in chosen:
            if not (_excludes(desk, pick.entry, other) or _excludes(desk, other, pick.entry)):
                continue
            name = desk.name(other)
            yield Refusal(
                f"the ideas `{name}` and `{pick.name}` cannot stand side by side",
                f"if you want this one, type `manifesto unpick {name}` first"
                if there
                else "pick one of the two",
            )
        chosen.append((pick.entry, False))


def _excludes(desk: Desk, entry: Entry[Idea], other: Entry[Idea]) -> bool:
    return any(found.key == other.key for found in related(desk, entry, entry.record.conflicts))


def _notes(desk: Desk, picks: list[Pick]) -> Iterator[str]:
    """What should be known of ideas that can be picked: what else they need, and why they may not be seen."""
    there = {idea.key for idea in desk.choice.ideas} | {pick.entry.key for pick in picks}
    for pick in picks:
        if pick.entry.record.status == "draft":
            yield f"{pick.name} is a draft: it is left out until it says `status: ready`, or with `--drafts`"
        if pick.entry.record.status == "withdrawn":
            yield f"{pick.name} is withdrawn: its page will say so"
        needed = [
            desk.name(other)
            for other in related(desk, pick.entry, pick.entry.record.requires)
            if other.key not in there
        ]
        if needed:
            yield f"{pick.name} needs more beside it: `manifesto pick {' '.join(needed)}`"


def holes(pick: Pick) -> Map[str, Question | None]:
    """The placeholders in an idea's texts that are not fields of the manifesto, each with its question, if it has one."""
    record = pick.entry.record
    used: set[str] = set()
    fill_words(record, pick.entry.origin, Filling({}, {}, None, "", used), [])
    used |= {*hole_names(record.body or "")}
    asked = [name for name in record.questions if name in used]
    others = sorted(name for name in used if name not in record.questions)
    return {
        name: record.questions.get(name)
        for name in (*asked, *others)
        if not name.startswith(("candidate.", "office."))
    }


def unanswered(desk: Desk, pick: Pick) -> Map[str, Question | None]:
    """The placeholders of an idea that nothing fills yet."""
    return {
        name: question
        for name, question in holes(pick).items()
        if name not in desk.values and name not in pick.values
    }


def answered(desk: Desk, plan: Plan, values: Map[str, str]) -> Plan:
    """The plan with values for its placeholders. A value that none of its ideas asks for, or that cannot be written, is refused."""
    picks = tuple(
        replace(pick, values={name: values[name] for name in holes(pick) if name in values})
        for pick in plan.picks
    )
    asked = {name for pick in plan.picks for name in holes(pick)}
    refusals = [
        Refusal(f"no idea that is to be picked asks for `{name}`", _which(desk, name, asked, plan))
        if name not in asked
        else value_refusal(name, value)
        for name, value in values.items()
    ]
    return Plan(picks, plan.remarks, (*plan.refusals, *(refusal for refusal in refusals if refusal)))


def _which(desk: Desk, name: str, asked: set[str], plan: Plan) -> str:
    meant = nearest(name, asked)
    if meant:
        return f"did you mean `--set {meant}=…`?"
    if asked:
        return "they ask for " + ", ".join(f"`{known}`" for known in sorted(asked))
    if not plan.picks and plan.remarks:
        return f"what is picked already is changed in `{desk.source.path}`, under `values:`"
    return "leave out `--set`: they have no placeholder of their own"


def value_refusal(name: str, value: str) -> Refusal | None:
    """Why a value cannot be written, if it cannot."""
    if not value.strip():
        return Refusal(f"the value of `{name}` is empty", f"write `--set {name}=VALUE`")
    forbidden = FORBIDDEN.search(value)
    if forbidden:
        return Refusal(
            f"the value of `{name}` holds a character that has no place in a text: {character_name(forbidden.group())}",
            "type the value without it",
        )
    return None
