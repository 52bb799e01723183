"""Numbers as they are counted with: fractions inside, so that nothing is rounded on the way; decimals where somebody reads them."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from manifesto_cli.model.deal import Direction
from manifesto_cli.model.quantity import Number, OpenNumber

_PLACES = 9
"""As many decimal places as a number in a record can have (`model.quantity`)."""
_SCALE = 10**_PLACES


def known(number: Number | None) -> Fraction | None:
    """The number, exact. None where there is none, or a placeholder that nothing has filled yet: that is no 0."""
    open_still = isinstance(number, OpenNumber) and bool(number.hole)
    return None if number is None or open_still else Fraction(number)


def decimal(number: Fraction) -> Decimal:
    """The number with nine places behind the point, rounded down.

    No number in a record has more places, so this one is beyond a number of a record just where the exact one is.
    """
    return _scaled(floor(number * _SCALE))


def better_side(value: Fraction, direction: Direction) -> Decimal:
    """A value with nine places that is as good as this one or, by less than can be written, better."""
    scaled = value * _SCALE
    return _scaled(floor(scaled) if direction == "reduce" else ceil(scaled))


def maybe_decimal(number: Fraction | None) -> Decimal | None:
    """The number as `decimal` has it, if there is one."""
    return None if number is None else decimal(number)


def readable(number: Decimal, against: Decimal | None = None, places: int = 1) -> Decimal:
    """The number with few places, half up, for running text.

    It gets as many more as it needs not to read as if it were on the other side of a limit: 9.96 against 10 stays
    9.96, since "10.0 where 10 is asked for: not reached" would be read as a mistake.
    """
    for wanted in range(places, _PLACES):
        rounded = rounded_half_up(Fraction(number), wanted)
        if against is None or _side(rounded, against) == _side(number, against):
            return rounded
    return number


def rounded_half_up(number: Fraction, places: int) -> Decimal:
    """The number with so many places; what lies in the middle goes up in size, whatever its sign."""
    scaled = floor(abs(number) * 10**places + Fraction(1, 2))
    return _scaled(scaled if number >= 0 else -scaled, places)


def _side(number: Decimal, limit: Decimal) -> int:
    return (number > limit) - (number < limit)


def _scaled(number: int, places: int = _PLACES) -> Decimal:
    """An integer as so many parts of ten thousand and so on, without zeros at the end. From text, since that alone is exact at any length."""
    whole, rest = divmod(abs(number), 10**places)
    digits = f"{rest:0{places}d}".rstrip("0") if places else ""
    return Decimal(f"{'-' if number < 0 else ''}{whole}{'.' if digits else ''}{digits}")
