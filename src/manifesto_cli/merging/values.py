"""What is wrong with the values that fill placeholders."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from manifesto_cli.faults.catalogue.placeholders import (
    empty_value,
    unused_value,
    value_with_placeholder,
)
from manifesto_cli.faults.diagnostic import Diagnostic, Label
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.placeholders import hole_names
from manifesto_cli.reading.origin import Origin

_OPEN = ("unfilled-placeholder", "unfilled-office")
_SHOWN = 2
"""Of a placeholder that many texts use, so many more places are shown than the first."""


def folded(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The faults; what one value would mend is one fault, at the first place, with the next few places as labels."""
    kept: list[Diagnostic] = []
    places: dict[tuple[str, str], dict[tuple[str, int], Span]] = {}
    for fault in faults:
        if fault.code not in _OPEN:
            kept.append(fault)
            continue
        spans = places.setdefault((fault.headline, fault.help), {})
        if not spans:
            kept.append(fault)
        spans.setdefault((fault.label.span.source.path, fault.label.span.start), fault.label.span)
    return [_also(fault, [*places.get((fault.headline, fault.help), {}).values()][1:]) for fault in kept]


def _also(fault: Diagnostic, more: list[Span]) -> Diagnostic:
    left = len(more) - _SHOWN
    labels = [Label(span, "and here") for span in more[:_SHOWN]]
    if left > 0:
        labels[-1] = Label(more[_SHOWN - 1], f"and here, and in {left} more place{'s' if left > 1 else ''}")
    return msgspec.structs.replace(fault, others=(*fault.others, *labels)) if labels else fault


def with_names(
    faults: Iterable[Diagnostic], values: Mapping[str, str], used: Collection[str], missed: Collection[str]
) -> list[Diagnostic]:
    """The faults; those of a placeholder whose value is there under another name say so, in place of asking for another value."""
    there = {nearest(name, missed): name for name in values if name not in used}
    return [
        _misnamed(fault, there[_hole(fault)])
        if fault.code == "unfilled-placeholder" and _hole(fault) in there
        else fault
        for fault in faults
    ]


def _misnamed(fault: Diagnostic, name: str) -> Diagnostic:
    """The fault of a placeholder that nothing fills, where a value under another name was probably meant for it."""
    help = f"write `{_hole(fault)}:` in place of `{name}:` under `values:` in `manifesto.yaml`, if that value is meant"
    return msgspec.structs.replace(fault, help=help)


def with_values(
    faults: Iterable[Diagnostic], values: Collection[str], origin: Origin, *, fields: bool = False
) -> list[Diagnostic]:
    """The faults; those of a value that fills a number and is none stand where the value is written.

    `fields` says that fields of `candidate` and `office` are values, too.
    """
    return [_at_value(fault, values, origin, fields=fields) for fault in faults]


def _at_value(fault: Diagnostic, values: Collection[str], origin: Origin, *, fields: bool) -> Diagnostic:
    if fault.code != "value-no-number" or fault.others:
        return fault
    name = _hole(fault)
    if name not in values and not fields:
        return fault
    at = origin.at("values", name) if name in values else origin.at(*name.split("."))
    there = Label(fault.label.span, "a number belongs here")
    return msgspec.structs.replace(fault, label=Label(at, "no number"), others=(there,))


def _hole(fault: Diagnostic) -> str:
    """The name of the placeholder that a fault is about, which may stand in quotes if it is in the place of a number."""
    return fault.label.span.text.strip("()\"'")


def value_faults(
    values: Mapping[str, str],
    used: Collection[str],
    missed: Collection[str],
    origin: Origin,
    faults: Iterable[Diagnostic] = (),
) -> Iterator[Diagnostic]:
    """A fault for each value of the `values:` of a record that fills nothing, is empty, or holds a placeholder itself.

    `missed` are the placeholders that nothing fills: one of them may be what a useless value was meant for. `faults` are those found
    before: of a value that is no number where one belongs, all has been said.
    """
    said = {fault.label.span for fault in faults if fault.code == "value-no-number"}
    for name, value in values.items():
        if origin.at("values", name) in said:
            continue
        if name not in used:
            meant = nearest(name, missed)
            sure = bool(meant) and meant == slip(name, missed) and meant not in values
            yield unused_value(origin.name("values", name), name, meant, sure=sure)
        elif value.strip() in ("", "…", "..."):
            yield empty_value(origin.name("values", name), name, value.strip())
        if next(iter(hole_names(value)), None):
            yield value_with_placeholder(origin.at("values", name), name)
