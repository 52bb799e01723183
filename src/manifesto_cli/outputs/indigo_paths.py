"""Places in records and documents: what has a value and where, and how a place is written for people and in the mapping."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import NODEFAULT
from msgspec.structs import fields

from manifesto_cli.model.record import Record
from manifesto_cli.reading.origin import Step

Path = tuple[Step, ...]


def leaves(value: Any, above: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value that somebody wrote in a record, with its path. What is as it would be unless written counts as not written."""
    if isinstance(value, Record):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.default is NODEFAULT or inner != field.default:
                yield from leaves(inner, (*above, field.name))
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from leaves(inner, (*above, i))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*above, key))
    elif value is not None:
        yield above, value


def form(path: Path) -> str:
    """The path of a field of ours as the mapping has it: `outcome_metrics[].target.by`."""
    return _joined(path, ".")


def their_form(path: Path) -> str:
    """The path of a field of the standard as the mapping has it: `results[]/notes`."""
    return _joined(path, "/")


def said(record: Any, path: Path) -> str:
    """The path for people: `outcome_metrics[reconvictions].triggers[2]`, an entry by its id or its number from 1."""
    text, at = "", record
    for step in path:
        at = _inside(at, step)
        if isinstance(step, int):
            text += f"[{_called(at, step)}]"
        else:
            text += f".{step}" if text else step
    return text


def nested(values: Iterable[tuple[Path, Any]]) -> dict[Step, Any]:
    """Values by path → a document. Numbers in paths are entries of lists, of which none is left out."""
    document: dict[Step, Any] = {}
    for path, value in values:
        at = document
        for step in path[:-1]:
            at = at.setdefault(step, {})
        at[path[-1]] = value
    return {name: _listed(inner) for name, inner in document.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inside = {step: _listed(inner) for step, inner in value.items()}
    if all(isinstance(step, int) for step in inside):
        return [inside[step] for step in sorted(inside)]
    return inside


def _joined(path: Path, between: str) -> str:
    text = ""
    for step in path:
        text += "[]" if isinstance(step, int) else f"{between}{step}" if text else step
    return text


def _inside(at: Any, step: Step) -> Any:
    return getattr(at, step) if isinstance(step, str) and isinstance(at, Record) else at[step]


def _called(entry: Any, number: int) -> str:
    return str(getattr(entry, "id", "") or number + 1)
