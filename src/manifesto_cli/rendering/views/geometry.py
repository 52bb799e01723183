"""What drawings are made from: numbers drawn from a record's id, the share that a figure is of a whole, the scale of a measure.

Templates make the drawings; here is only what they cannot work out themselves.
"""

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from manifesto_cli.model.claim import Figure
from manifesto_cli.model.idea import Measure
from manifesto_cli.rendering.views import words
from manifesto_cli.rendering.views.elements import ScaleView

MARKS = 12
"""How many numbers a drawing has to be different from others."""
_HUNDREDTHS = bytes(byte * 100 // 256 for byte in range(256))
DOTS = 300
"""The largest count that is drawn as so many dots."""
UNITS = 24
"""The largest number that is drawn as so many squares."""
_TICKS = 10
_PERCENT = frozenset({"percent", "per cent", "%"})
_WHOLE = 100
_JUST_UNDER = frozenset({"nearly", "almost", "just under", "close to", "under", "less than", "fewer than"})
_SHORT = 2
"""Points by which a bar that is nearly full of its mark stops short of it, so that it is seen to."""


@lru_cache(maxsize=20_000)
def marks(name: str) -> tuple[int, ...]:
    """Twelve whole numbers from 0 to 99 that a name always has: those of its SHA-256."""
    return tuple(hashlib.sha256(name.encode()).digest()[:MARKS].translate(_HUNDREDTHS))


def share(figure: Figure) -> float | None:
    """How much of a whole a percentage is, from 0 to 1; None for all other figures.

    Only a label such as `of all shops` says that there is a whole. A bar for `14% more` would show what nobody has said.
    """
    whole = (figure.label or "").startswith("of ")
    if figure.unit not in _PERCENT or not whole or not 0 <= figure.value <= _WHOLE:
        return None
    under = (figure.qualifier or "").lower() in _JUST_UNDER
    return max(float(figure.value) - (_SHORT if under else 0), 0) / _WHOLE


def count(figure: Figure) -> int | None:
    """A whole number of things, few enough to be drawn one by one; None for all other figures."""
    money = words.with_unit(figure.value, figure.unit)[0] != words.number_words(figure.value)
    small = 0 < figure.value <= DOTS and figure.value == int(figure.value)
    return int(figure.value) if small and not money else None


def scale(measure: Measure) -> ScaleView | None:
    """The line on which baseline and target of a measure stand; None unless both are known and differ.

    It starts at nought, or at the lower of the two where that is below nought, and ends at the next round number above both.
    """
    if not measure.baseline or not measure.target:
        return None
    baseline, target = Decimal(measure.baseline.value), Decimal(measure.target.value)
    if baseline == target:
        return None
    low = min(baseline, target, Decimal(0))
    percent = measure.unit in _PERCENT and max(baseline, target) <= _WHOLE and low == 0
    step = _step(max(baseline, target) - low)
    low = (low / step).to_integral_value("ROUND_FLOOR") * step
    high = (
        Decimal(_WHOLE)
        if percent
        else (max(baseline, target) / step).to_integral_value("ROUND_CEILING") * step
    )
    length = high - low

    def at(value: Decimal) -> float:
        return round(float((value - low) / length) * 100, 2)

    return ScaleView(
        baseline_at=at(baseline),
        target_at=at(target),
        low=words.with_unit(low.normalize(), measure.unit)[0],
        high=words.with_unit(high.normalize(), measure.unit)[0],
        ticks=tuple(at(tick) for tick in _ticks(low, high, Decimal(_TICKS) if percent else step)),
        baseline_units=_units(baseline),
        target_units=_units(target),
        top_units=max(int(baseline), int(target))
        if _units(baseline) is not None and _units(target) is not None
        else None,
    )


def _step(length: Decimal) -> Decimal:
    """The round number (1, 2 or 5 times a power of ten) of which a length holds five to ten or so."""
    power = Decimal(10) ** (length.adjusted() - 1)
    return next(power * factor for factor in (1, 2, 5, 10, 20, 50, 100) if length <= power * factor * _TICKS)


def _ticks(low: Decimal, high: Decimal, step: Decimal) -> Iterator[Decimal]:
    for i in range(int((high - low) / step) + 1):
        yield low + step * i


def _units(value: Decimal) -> int | None:
    return int(value) if 0 <= value <= UNITS and value == int(value) else None
