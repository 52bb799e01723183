"""The least outcome at which those who put money in have it back."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

from manifesto_cli.model.deal import Deal, Level, OutcomeMetric
from manifesto_cli.payments.curve import Curve, least_value, payment_curve
from manifesto_cli.payments.money import in_money
from manifesto_cli.payments.parties import money_back, protected
from manifesto_cli.payments.paying import pricing


class BreakEven(Struct, frozen=True, kw_only=True):
    """From where on investors have their money back, if this metric alone is paid for."""

    metric: str
    currency: str
    needed: Decimal | None
    """What must be paid for it; None where it is not known what they put in."""
    when: Literal["at", "always", "never", "unknown"]
    """`at` the value below; `always`, since nobody can lose anything; `never`, since so much is never paid."""
    value: Decimal | None
    """The least outcome for which so much is paid, in the unit of the metric, all cohorts doing equally well."""
    change_percent: Decimal | None
    trigger: Decimal | None
    """The trigger that decides there, if one does."""
    level: Level | Literal[""]


def break_even(deal: Deal, metric: OutcomeMetric) -> BreakEven | None:
    """From where on investors in the currency of a metric have their money back. None where there are no investors, or no price."""
    found = pricing(deal, metric)
    if found is None or not any(each.currency == found.currency for each in deal.investments):
        return None
    currency, needed = found.currency, money_back(deal, found.currency)
    if protected(deal, currency):
        return _without_value(metric, currency, needed, "always")
    curve = payment_curve(deal, metric)
    if needed is None:
        return _without_value(metric, currency, needed, "unknown")
    if curve.cap is not None and curve.cap < in_money(needed, currency):
        return _without_value(metric, currency, needed, "never")
    if not curve.priced:
        return _without_value(metric, currency, needed, "unknown")
    point = least_value(deal, metric, needed)
    if point is None:
        return _without_value(metric, currency, needed, _why_not(curve))
    return BreakEven(
        metric=metric.id,
        currency=currency,
        needed=in_money(needed, currency),
        when="at",
        value=point.value,
        change_percent=point.change_percent,
        trigger=point.trigger if point.level else None,
        level=point.level,
    )


def _why_not(curve: Curve) -> Literal["never", "unknown"]:
    return "unknown" if any(point.payable is None for point in curve.points) else "never"


def _without_value(
    metric: OutcomeMetric,
    currency: str,
    needed: int | None,
    when: Literal["always", "never", "unknown"],
) -> BreakEven:
    return BreakEven(
        metric=metric.id,
        currency=currency,
        needed=None if needed is None else in_money(needed, currency),
        when=when,
        value=None,
        change_percent=None,
        trigger=None,
        level="",
    )
