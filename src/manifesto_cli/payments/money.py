"""Money: in whole smallest units of its currency, and divided so that the parts add up."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

_WITHOUT = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()  # noqa: SIM905 - a list to be compared with ISO's
)
_THOUSANDTHS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())  # noqa: SIM905 - the same


def places(currency: str) -> int:
    """How many places sums in a currency have: two but for the few that ISO 4217 (list one, "minor unit") has otherwise."""
    return 0 if currency in _WITHOUT else 3 if currency in _THOUSANDTHS else 2


def whole_units(amount: Fraction, currency: str) -> int:
    """A sum in smallest units, such as pence; half of one counts as one."""
    return floor(amount * _scale(currency) + Fraction(1, 2))


def full_units(amount: Fraction, currency: str) -> int:
    """How many smallest units there are in a sum: for limits, of which nothing may be rounded up."""
    return floor(amount * _scale(currency))


def in_money(units: int, currency: str) -> Decimal:
    """So many smallest units as a sum; pence and cents have their places only where there are any."""
    digits = places(currency)
    whole, rest = divmod(abs(units), 10**digits)
    text = f"{'-' if units < 0 else ''}{whole}"
    return Decimal(f"{text}.{rest:0{digits}d}" if rest else text)


def divided(units: int, weights: Sequence[Fraction | int]) -> tuple[int, ...]:
    """The units in proportion to weights, of which none is below 0: each part whole, all of them together what was there.

    By largest remainder: each gets what is whole in its part, and what is left goes one by one to those who lost most,
    in their order where they lost the same. Where all weights are 0, the parts are equal.
    """
    if not weights:
        return ()
    total = sum(weights)
    exact = [
        Fraction(units) * weight / total if total else Fraction(units, len(weights)) for weight in weights
    ]
    parts = [floor(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: units - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


def _scale(currency: str) -> int:
    """How many smallest units there are in one of a currency."""
    return (1, 10, 100, 1000)[places(currency)]
