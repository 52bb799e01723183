"""Where things stand on the scale of an outcome metric, so that no text lies on another on the narrowest phone.

Places along the scale are in percent of its width, and heights in `em`: so a drawing is as wide as there is room, and its texts are
as large as all others. What stands beside a place gets a row of its own where it would touch its neighbour.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.rendering.views import deal_words
from manifesto_cli.rendering.views.metric_types import MetricScale, ScaleMark, Tick

_WIDTH = 15.0
"""How wide the scale is on the narrowest phone, in `em` of its text."""
_LETTER = 0.62
"""How wide a digit is, in `em`."""
_GAP = 2.2
"""How far from its line a text begins, in percent of the width."""
_ROW, _TEXT = 1.5, 1.1
"""How high a row is, and how far below its upper edge the foot of a text is, in `em`."""
_APART, _SHAPE, _FOOT = 1.3, 0.6, 0.4
"""How far the nearest row and the middle of a shape are from the line, and the lower edge is below the last text, in `em`."""
_INSET = 4
"""How far the ends of the scale are from those of the drawing, so that a symbol there is whole; in percent."""
_STEPS = 5
_WHOLE = 100
_CAME = frozenset({"interim", "final"})
"""What came about stands below the line; what is asked for stands above it."""

_Wanted = tuple[float, str, str]
"""The place, kind and text of a mark; an empty text for a mark alone."""
_Labels = Mapping[tuple[float, str], "_Label"]


class Place(Struct, frozen=True):
    """Something to be put on the scale."""

    kind: str
    change: Decimal
    """Its change in percent; better is above 0."""
    text: str
    """What stands beside it; empty for nothing."""


class _Label(Struct, frozen=True):
    """Where a text lies, from where to where and in which row from 0, and the place of the line that leads there."""

    text: str
    at: float
    start: float
    end: float
    row: int = 0

    def apart(self, other: "_Label") -> bool:
        """Whether the texts do not touch."""
        return self.row != other.row or self.end < other.start or other.end < self.start

    def clears(self, other: "_Label") -> bool:
        """Whether neither text nor line touches those of another."""
        if self.row == other.row:
            return self.apart(other)
        far, near = (self, other) if self.row > other.row else (other, self)
        return not near.start - _GAP < far.at < near.end + _GAP


def metric_scale(places: Sequence[Place], description: str, *, mirrored: bool) -> MetricScale | None:
    """The scale on which all of these stand; None where there is nothing but the baseline.

    It begins at the baseline, or below it where something became worse, and ends at the next round change above all.
    """
    changes = [place.change for place in places]
    if not any(changes):
        return None
    step = round_step(max(*changes, Decimal(0)) - min(*changes, Decimal(0)), _STEPS)
    ticks = [*round_numbers(min(*changes, Decimal(0)), max(*changes, Decimal(0)), step)]

    def at(change: Decimal) -> float:
        there = float((change - ticks[0]) / (ticks[-1] - ticks[0])) * (_WHOLE - 2 * _INSET) + _INSET
        return round(_WHOLE - there if mirrored else there, 2)

    start = Place("baseline", Decimal(0), "")  # there is one, even if it is not the same for all
    shown = sorted(
        {start, *(place for place in places if place.kind != "baseline")},
        key=lambda place: (place.change, place.kind),
    )
    wanted = [(at(place.change), place.kind, place.text if place.change else "") for place in shown]
    above, line_y = marks_above([each for each in wanted if each[1] not in _CAME])
    below, foot_y = _marks_below([each for each in wanted if each[1] in _CAME], line_y)
    first = next((place.change for place in shown if place.kind == "trigger"), None)
    goal = next((place.change for place in shown if place.kind == "target"), max(changes))
    return MetricScale(
        description=description,
        marks=(*above, *below),
        ticks=tuple(Tick(at(tick), deal_words.percent(tick)) for tick in ticks),
        way_from=at(Decimal(0)),
        way_to=at(goal if first is None else first),
        line_y=line_y,
        foot_y=foot_y,
        ticks_y=round(foot_y + _TEXT, 2),
        height=round(foot_y + _TEXT + _FOOT, 2),
    )


def round_step(length: Decimal, steps: int) -> Decimal:
    """The round number (1, 2 or 5 times a power of ten) of which a length holds no more than so many."""
    power = Decimal(10) ** (length.adjusted() - 1)
    return next(power * factor for factor in (1, 2, 5, 10, 20, 50, 100) if length <= power * factor * steps)


def round_numbers(low: Decimal, high: Decimal, step: Decimal) -> Iterator[Decimal]:
    """The multiples of a step from the last one that is no higher than `low` to the first that is no lower than `high`."""
    first = (low / step).to_integral_value("ROUND_FLOOR")
    last = (high / step).to_integral_value("ROUND_CEILING")
    for i in range(int(first), int(last) + 1):
        yield i * step


def marks_above(wanted: Sequence[_Wanted]) -> tuple[tuple[ScaleMark, ...], float]:
    """Marks on a line with their texts above it, in rows; and how far down the line is then, in `em`."""
    labels = _labels({(at, text) for at, _, text in wanted if text})
    line_y = round(_rows(labels) * _ROW + _APART, 2)
    return _marks(wanted, labels, lambda row: line_y - _APART - row * _ROW, line_y - _SHAPE), line_y


def _marks_below(wanted: Sequence[_Wanted], line_y: float) -> tuple[tuple[ScaleMark, ...], float]:
    """The same with their texts below a line; and how far down all of it reaches."""
    labels = _labels({(at, text) for at, _, text in wanted if text})
    first = line_y + _APART + _TEXT
    foot_y = round(line_y + _APART + _rows(labels) * _ROW, 2)
    return _marks(wanted, labels, lambda row: first + row * _ROW, line_y + _SHAPE), foot_y


def _marks(
    wanted: Sequence[_Wanted], labels: _Labels, height: Callable[[int], float], y: float
) -> tuple[ScaleMark, ...]:
    """The marks, with their shapes at a height and their texts in rows; a mark without a text stands on the line itself."""
    marks = []
    for at, kind, text in wanted:
        label = labels.get((at, text))
        if label is None:
            line_y = height(0) + _APART
            marks.append(ScaleMark(kind, "", at, line_y, at, line_y, "middle"))
            continue
        after = label.start >= at
        text_at, side = (label.start, "start") if after else (label.end, "end")
        text_y = round(height(label.row), 2)
        marks.append(ScaleMark(kind, text, at, round(y, 2), round(text_at, 2), text_y, side))
    return tuple(marks)


def _rows(labels: _Labels) -> int:
    return 1 + max(label.row for label in labels.values()) if labels else 0


def _labels(texts: Iterable[tuple[float, str]]) -> _Labels:
    """A row for each text. It lies after its line, or before it where there is no room after it.

    Those that lie after are placed from the last on, so that their lines run beside all texts; those that lie before, from the first on.
    """
    after, before = _sides(sorted(texts, reverse=True))
    placed: list[_Label] = []
    for label in (*after, *reversed(before)):
        tried = [replace(label, row=row) for row in range(len(after) + len(before))]
        clear = (each for each in tried if all(each.clears(other) for other in placed))
        apart = (each for each in tried if all(each.apart(other) for other in placed))
        placed.append(next(clear, None) or next(apart, label))
    return {(label.at, label.text): label for label in placed}


def _sides(texts: Sequence[tuple[float, str]]) -> tuple[list[_Label], list[_Label]]:
    """Texts after their lines, and texts before theirs, both from the last on."""
    after: list[_Label] = []
    before: list[_Label] = []
    room = float(_WHOLE)
    for at, text in texts:
        length = len(text) * _LETTER / _WIDTH * _WHOLE
        if at + _GAP + length > room and at - _GAP - length >= 0:
            before.append(_Label(text, at, at - _GAP - length, at - _GAP))
            room = at
        else:
            after.append(_Label(text, at, at + _GAP, at + _GAP + length))
    return after, before
