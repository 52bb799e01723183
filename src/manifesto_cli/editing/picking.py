"""Picks as edits of the manifesto, one after the other, each proved before the next."""

from copy import deepcopy
from typing import Any

from manifesto_cli.editing.adding import Addition, Edits, adding
from manifesto_cli.editing.desk import CHECK, Changed, Desk, Refusal, ideas_of, priorities_of
from manifesto_cli.editing.layout import (
    ListStyle,
    Value,
    entry_lines,
    field_lines,
    flow_text,
    indented,
    is_flow,
    list_style,
)
from manifesto_cli.editing.planning import Pick
from manifesto_cli.editing.proof import meaning, proven
from manifesto_cli.editing.scalars import quoted
from manifesto_cli.faults.error import Exit
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.nodes import Mapping, Node
from manifesto_cli.reading.origin import Origin


def picked(desk: Desk, picks: tuple[Pick, ...]) -> Changed | Refusal:
    """The manifesto with the ideas picked, each at the end of the list of its priority."""
    source, tree = desk.source, desk.origin.tree
    new: dict[str, int] = {}
    places: list[tuple[int, int]] = []
    for pick in picks:
        place = pick.place if pick.place is not None else new.get(pick.priority)
        number = len(priorities_of(tree))
        edits = (
            _edits_under(source, tree, place, pick) if place is not None else _edits_anew(source, tree, pick)
        )
        made = proven(source, edits, _with_pick(source, tree, place, pick))
        if made is None:
            return _by_hand(desk, pick)
        source, tree = made
        if place is None:
            place = new[pick.priority] = number
        places.append((place, len(ideas_of(tree, place)) - 1))
    fault = _new_fault(desk, source, tree)
    if fault:
        return fault
    after = Origin(source, tree)
    return Changed(
        source,
        tuple(
            f"picked {pick.name} under {pick.priority} ({_line(after, *place)})"
            for pick, place in zip(picks, places, strict=True)
        ),
    )


def _line(origin: Origin, i: int, j: int) -> str:
    span = origin.at("priorities", i, "ideas", j)
    return f"{origin.source.path}:{origin.source.position(span.start)[0]}"


def _value(pick: Pick) -> Value:
    return {"idea": pick.name, "values": pick.values} if pick.values else pick.name


def _entry(value: Value) -> Addition:
    return Addition((quoted(value),) if isinstance(value, str) else field_lines(value), flow_text(value))


def _ideas_style(source: SourceFile, tree: Node) -> ListStyle:
    groups = (priority for priority in priorities_of(tree) if isinstance(priority, Mapping))
    return list_style(source, groups, "ideas")


def _edits_under(source: SourceFile, tree: Node, place: int, pick: Pick) -> Edits:
    holder = priorities_of(tree)[place]
    if not isinstance(holder, Mapping):
        return ()
    return adding(source, holder, "ideas", _entry(_value(pick)), _ideas_style(source, tree))


def _edits_anew(source: SourceFile, tree: Node, pick: Pick) -> Edits:
    """The priority with the idea, in the style of the priorities that are there."""
    if not isinstance(tree, Mapping):
        return ()
    style, value = _ideas_style(source, tree), _value(pick)
    brackets = f"[{flow_text(value)}]"
    flow = f"{{priority: {quoted(pick.priority, flow=True)}, ideas: {brackets}}}"
    ideas = (
        (f"ideas: {brackets}",)
        if style.flow
        else ("ideas:", *indented(entry_lines(value, style.gap), style.offset))
    )
    lines: tuple[str, ...] = (f"priority: {quoted(pick.priority)}", *ideas)
    others = priorities_of(tree)
    if others and is_flow(source, others[-1]):
        lines = (flow,)
    return adding(
        source, tree, "priorities", Addition(lines, flow), list_style(source, iter((tree,)), "priorities")
    )


def _with_pick(source: SourceFile, tree: Node, place: int | None, pick: Pick) -> object:
    """What the manifesto must say afterwards: what it says now, and the pick."""
    expected: Any = deepcopy(meaning(source, tree))
    value = {"idea": pick.name, "values": {**pick.values}} if pick.values else pick.name
    if place is None:
        expected["priorities"] = [
            *(expected.get("priorities") or []),
            {"priority": pick.priority, "ideas": [value]},
        ]
    else:
        priority = expected["priorities"][place]
        priority["ideas"] = [*(priority.get("ideas") or []), value]
    return expected


def _by_hand(desk: Desk, pick: Pick) -> Refusal:
    written = flow_text(_value(pick))
    if pick.place is not None:
        where = f"`ideas:` of `{pick.priority}` ({desk.line('priorities', pick.place, 'priority')})"
        help = f"add `{written}` yourself to the list under {where}"
    else:
        help = f"add `{{priority: {pick.priority}, ideas: [{written}]}}` yourself to the list under `priorities:`"
    return Refusal(
        f"`{desk.source.path}` is laid out in a way that leaves no safe place for `{pick.name}`, so nothing was changed",
        help,
    )


def _new_fault(desk: Desk, source: SourceFile, tree: Node) -> Refusal | None:
    """The first fault that the record did not have before, such as a value that is too long."""
    known = {
        fault.headline for fault in decode(desk.source, desk.origin.tree, Manifesto, "a manifesto").faults
    }
    for fault in decode(source, tree, Manifesto, "a manifesto").faults:
        if fault.headline not in known:
            return Refusal(fault.headline, fault.help or CHECK, Exit.CONTENT)
    return None
