"""Finding and filling `((holes))`.

A value is text and can never become markup. In plain text it is put in place at once; in Markdown each
hole becomes one private-use character, which the parser takes for a letter, and the value is put in only
after parsing, escaped for the place where it lands.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import count
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from manifesto_cli.faults.catalogue.placeholders import (
    ill_formed_placeholder,
    unfilled_office,
    unfilled_placeholder,
    value_no_number,
)
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import Span
from manifesto_cli.model.idea import Question
from manifesto_cli.model.quantity import Number, OpenNumber
from manifesto_cli.model.record import Record
from manifesto_cli.model.texts import Holds, text_fields
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.origin import Origin, Step

R = TypeVar("R", bound=Record)

FIRST_SENTINEL = 0xF0000
"""Input never holds private-use characters (`reading.text` refuses them), so these stand for holes only."""

_HOLE = pattern(r"\\\(\(|\(\((?P<name>[a-z][a-z0-9_.]*)\)\)|\(\((?P<other>[^()\n]{1,60})\)\)")
"""A placeholder, what was meant to be one, or an escape. Each starts with a letter of its own, since Python then looks for that first."""


class FilledProse(Struct, frozen=True):
    """Markdown in which sentinels stand for holes and escapes: `values[i]` belongs where `FIRST_SENTINEL + i` stands."""

    markdown: str
    values: tuple[str, ...]
    shifts: tuple[tuple[int, int], ...]
    """For each sentinel: where it stands, and how many more characters were written up to it and there."""
    origin: Origin
    path: tuple[Step, ...]
    home: str
    """The library in which ids in the text are looked for first; empty for the project's own."""

    def span(self, start: int, end: int) -> Span:
        """The place, in the file it was written in, of a range of characters of `markdown`."""
        return self.origin.within(self.path, self._written(start), self._written(end))

    def written(self) -> Hashable:
        """All that `span` hangs on besides the text itself: equal only if the same characters are at the same places."""
        return self.origin.written(self.path)

    def _written(self, offset: int) -> int:
        before = bisect_left(self.shifts, (offset,))
        return offset + (self.shifts[before - 1][1] if before else 0)


class Filling(Struct, frozen=True):
    """What fills the holes of one record, and how to speak of it."""

    values: Mapping[str, str]
    questions: Mapping[str, Question]
    picked: Span | None
    """Where the manifesto picks the record; None for the manifesto's own texts."""
    where: str
    """What is picked: "idea", "priority" …"""
    used: set[str]
    """The names of all placeholders met, filled or not: grows as texts are filled."""


def fill_words(record: R, origin: Origin, filling: Filling, faults: list[Diagnostic]) -> R:
    """The record with every hole of its plain texts and numbers filled; Markdown is left for `fill_prose`. Open holes stay as written."""
    if not origin.over and _has_no_hole(origin.source.text):
        return record
    return _filled(record, origin, filling, faults, ())


def _has_no_hole(file: str) -> bool:
    """Whether no text of a file can hold a placeholder. Only an escape can make two brackets meet that stand apart in the file."""
    return "((" not in file and "\\" not in file


def _filled(
    record: R, origin: Origin, filling: Filling, faults: list[Diagnostic], path: tuple[Step, ...]
) -> R:
    changed: dict[str, Any] = {}
    for name, holds in text_fields(type(record)):
        value = getattr(record, name)
        here = (*path, name)
        if holds is Holds.NUMBER and value is not None:
            new: Any = _number(value, origin, here, filling, faults)
        elif not value:
            continue
        elif holds is Holds.WORDS:
            new = _fill(value, origin, here, filling, faults)
        elif holds is Holds.MANY_WORDS:
            new = tuple(_fill(text, origin, (*here, i), filling, faults) for i, text in enumerate(value))
        elif holds is Holds.RECORD:
            new = _filled(value, origin, filling, faults, here)
        elif holds is Holds.MANY_RECORDS:
            new = tuple(_filled(inner, origin, filling, faults, (*here, i)) for i, inner in enumerate(value))
        elif holds is Holds.NAMED_RECORDS:  # beside which plain texts may stand that are not for readers
            new = {
                key: _filled(inner, origin, filling, faults, (*here, key))
                if isinstance(inner, Record)
                else inner
                for key, inner in value.items()
            }
        else:
            continue
        if new != value:
            changed[name] = new
    return msgspec.structs.replace(record, **changed) if changed else record


def fill_prose(
    text: str | None,
    origin: Origin,
    path: tuple[Step, ...],
    filling: Filling,
    faults: list[Diagnostic],
    home: str = "",
) -> FilledProse | None:
    """The Markdown with a sentinel for each hole and escape. Open holes stand for themselves."""
    if not text:
        return None
    if "((" not in text:
        return FilledProse(text, (), (), origin, path, home)
    values: list[str] = []
    shifts: list[tuple[int, int]] = []
    shift = 0

    def sentinel(match: re.Match[str], value: str) -> str:
        nonlocal shift
        at = match.start() - shift
        shift += len(match.group()) - 1
        shifts.append((at, shift))
        values.append(value)
        return chr(FIRST_SENTINEL + len(values) - 1)

    markdown = _substitute(text, origin, path, filling, faults, sentinel)
    return FilledProse(markdown, tuple(values), tuple(shifts), origin, path, home)


def with_sentinels(text: str) -> str:
    """The Markdown as `fill_prose` makes it where every hole has a value."""
    numbers = count(FIRST_SENTINEL)
    return (
        _HOLE.sub(lambda match: match.group() if match["other"] else chr(next(numbers)), text)
        if "((" in text
        else text
    )


def hole_marks(text: str) -> tuple[str, ...]:
    """What stands in each hole and escape of a text, in order: what its sentinels are for."""
    return tuple(match.group() for match in _HOLE.finditer(text)) if "((" in text else ()


def hole_names(text: str) -> Iterator[str]:
    """The name in each placeholder of a text, in order."""
    return (match["name"] for match in _HOLE.finditer(text) if match["name"]) if "((" in text else iter(())


def hole_places(record: Record, origin: Origin) -> Iterator[tuple[str, Span]]:
    """The name in each placeholder of a record's texts, plain or Markdown, and of its numbers, with its place."""
    for path, number in open_numbers(record):
        yield number.hole, origin.at(*path)
    for path, text in texts(record):
        if "((" in text:
            for match in _HOLE.finditer(text):
                if match["name"]:
                    yield match["name"], origin.within(path, *match.span())


def texts(record: Record, above: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], str]]:
    """The path and the words of each text for readers in a record, plain or Markdown; paths start with `above`."""
    for name, holds in text_fields(type(record)):
        value, path = getattr(record, name), (*above, name)
        if not value or holds is Holds.NUMBER:
            continue
        if holds in (Holds.WORDS, Holds.PROSE):
            yield path, value
        elif holds is Holds.RECORD:
            yield from texts(value, path)
        elif holds is Holds.NAMED_RECORDS:
            for key, inner in value.items():
                if isinstance(inner, Record):
                    yield from texts(inner, (*path, key))
        else:
            for i, inner in enumerate(value):
                if holds is Holds.MANY_WORDS:
                    yield (*path, i), inner
                else:
                    yield from texts(inner, (*path, i))


def open_numbers(
    record: Record, above: tuple[Step, ...] = ()
) -> Iterator[tuple[tuple[Step, ...], OpenNumber]]:
    """The path of each number of a record in whose place a placeholder stands; paths start with `above`."""
    for name, holds in text_fields(type(record)):
        value, path = getattr(record, name), (*above, name)
        if holds is Holds.NUMBER and value is not None and value.hole:
            yield path, value
        elif holds is Holds.RECORD and value is not None:
            yield from open_numbers(value, path)
        elif holds is Holds.MANY_RECORDS:
            for i, inner in enumerate(value):
                yield from open_numbers(inner, (*path, i))


def _fill(
    text: str, origin: Origin, path: tuple[Step, ...], filling: Filling, faults: list[Diagnostic]
) -> str:
    if "((" not in text:
        return text
    return _substitute(text, origin, path, filling, faults, lambda _, value: value)


def _number(
    value: OpenNumber, origin: Origin, path: tuple[Step, ...], filling: Filling, faults: list[Diagnostic]
) -> OpenNumber:
    """The number that fills a hole; the hole itself where nothing does, or something that is no number."""
    if not value.hole:
        return value
    filling.used.add(value.hole)
    text, at = filling.values.get(value.hole), origin.at(*path)
    if text is None:
        faults.append(_unfilled(at, value.hole, filling))
        return value
    try:
        return OpenNumber(Number.parse(text.strip()))
    except ValueError:
        faults.append(value_no_number(at, value.hole, text, Number.expected))
        return value


def _substitute(
    text: str,
    origin: Origin,
    path: tuple[Step, ...],
    filling: Filling,
    faults: list[Diagnostic],
    replacement: Callable[[re.Match[str], str], str],
) -> str:
    def filled(match: re.Match[str]) -> str:
        if match.lastgroup is None:  # an escape
            return replacement(match, "((")
        if match["other"]:
            meant = _as_name(match["other"])
            if meant:
                at = origin.within(path, *match.span())
                # Only where there is a value of that name is it sure that a placeholder was meant.
                sure = meant in filling.values and at.text == match.group()
                if meant in filling.values:
                    filling.used.add(meant)  # of the value too all has been said
                faults.append(ill_formed_placeholder(at, meant, sure=sure))
            return match.group()
        filling.used.add(match["name"])
        value = filling.values.get(match["name"])
        if value is None:
            faults.append(_unfilled(origin.within(path, *match.span()), match["name"], filling))
            return match.group()
        return replacement(match, value)

    return _HOLE.sub(filled, text)


def _unfilled(at: Span, name: str, filling: Filling) -> Diagnostic:
    if name.startswith(("candidate.", "office.")):
        return unfilled_office(at, name, filling.picked, filling.where)
    question = filling.questions.get(name)
    asked, example = (question.ask, question.example or "") if question else ("", "")
    there = any("." not in known for known in filling.values)  # names with dots are fields of the manifesto
    return unfilled_placeholder(at, name, asked, example, filling.picked, filling.where, values=there)


def _as_name(text: str) -> str:
    """The name that was probably meant, or nothing where the text reads like a remark in parentheses."""
    words = re.findall(r"[a-z0-9.]+", text.lower())
    name = "_".join(words).strip(".")
    return name if 0 < len(words) <= 3 and name[:1].isalpha() else ""  # noqa: PLR2004 - a name is a few words, a remark more
