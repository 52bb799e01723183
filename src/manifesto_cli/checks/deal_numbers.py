"""How checks say the numbers of deals."""

from fractions import Fraction

from manifesto_cli.faults.source import Span
from manifesto_cli.model.deal import OutcomeMetric
from manifesto_cli.payments.exact import rounded_half_up
from manifesto_cli.reading.origin import Step

Path = tuple[Step, ...]


_WRITTEN = 9
"""No number of a record has more places, so none of them is rounded."""


def in_words(number: Fraction, places: int = _WRITTEN) -> str:
    """A number as it is read: its thousands separated, with no more places than it needs. What is worked out is rounded to some."""
    return f"{rounded_half_up(number, places):,f}"


def in_yaml(number: Fraction) -> str:
    """The same as it is typed into a record."""
    return in_words(number).replace(",", "")


def to_write(at: Span, field: str, number: Fraction) -> str:
    """What to type for a number to be this one: the field or, where a placeholder stands there, the value that fills it."""
    name = at.text.strip("()") if placeholder_at(at) else ""
    return f"`{name}: {in_yaml(number)}` under `values:`" if name else f"`{field}: {in_yaml(number)}`"


def improvement(metric: OutcomeMetric, baseline: Fraction, value: Fraction) -> Fraction:
    """By how much a value is better than a baseline, in the direction of the metric."""
    return baseline - value if metric.direction == "reduce" else value - baseline


def placeholder_at(at: Span) -> bool:
    """Whether a number is written as a placeholder, whatever fills it."""
    return "((" in at.text
