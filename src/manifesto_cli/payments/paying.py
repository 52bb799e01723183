"""What is paid for a metric: units, price, limits.

A price is for each unit, as in INDIGO's pricings: for one fewer, or more, than the baseline. A deal pays for each cohort
that reaches its trigger; once all together reach theirs, it pays for what all together have earned, less what was paid
before. So the payment is the larger of the two, and never above what the payers have promised.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from manifesto_cli.model.deal import Deal, Level, OutcomeMetric, OutcomePricing
from manifesto_cli.payments.changes import Outcome, Outcomes
from manifesto_cli.payments.exact import known
from manifesto_cli.payments.money import full_units, whole_units
from manifesto_cli.payments.triggers import Threshold, payable, threshold

Limit = Literal["price", "commitments", ""]
"""What limits a payment: the most that is paid for the metric, or what the payers have promised in all; empty for nothing known."""


class Cap(Struct, frozen=True):
    """The most that is paid."""

    units: int | None
    """In smallest units of the currency, such as pence; None where no limit is known."""
    by: Limit = ""


class Earning(Struct, frozen=True, kw_only=True):
    """What one outcome earns by itself."""

    payable: bool | None
    """Whether anything is due; None where that is not known."""
    amount: Fraction | None
    """Neither limited nor rounded; None where it is not known."""


class Earnings(Struct, frozen=True, kw_only=True):
    """What the outcomes of a metric earn, and what is paid for them together. Sums are in smallest units of the currency."""

    currency: str
    """Empty where the deal has no price for the metric."""
    paid_for: bool
    """Whether the deal says that anything is paid for the metric: by a price, or by a trigger."""
    price: Fraction | None
    cap: Cap
    cohorts: tuple[Earning, ...]
    whole: Earning
    payable: bool | None
    """Whether anything is due for the metric; None where that is not known."""
    units: int | None
    """What is paid; None where it is not known."""
    capped: bool
    level: Level | Literal[""]
    """At which level that is earned which is paid; empty where nothing is."""
    complete: bool
    """Whether nothing more is to come: all that is paid for is known, and none of it is interim."""


def pricing(deal: Deal, metric: OutcomeMetric) -> OutcomePricing | None:
    """What is paid for a metric: the first that the deal says of it."""
    return next((each for each in deal.outcome_pricings if each.outcome_metric == metric.id), None)


def cap(deal: Deal, metric: OutcomeMetric) -> Cap:
    """The most that is paid for a metric: what its price is limited to, or what has been promised in all, whichever is less."""
    found = pricing(deal, metric)
    if found is None:
        return Cap(None)
    most = known(found.maximum_price_if_all_targets_achieved)
    limits = []
    if most is not None:
        limits.append(Cap(max(full_units(most, found.currency), 0), "price"))
    promised = commitments_units(deal, found.currency)
    if promised is not None:
        limits.append(Cap(promised, "commitments"))
    return min(limits, key=lambda each: each.units or 0, default=Cap(None))


def commitments_units(deal: Deal, currency: str) -> int | None:
    """What all payers together have promised in a currency, in smallest units. None where no one has, or one has not said how much."""
    promised = [
        known(each.maximum_potential_outcome_payment)
        for each in deal.outcome_payment_commitments
        if each.currency == currency
    ]
    full = [max(full_units(each, currency), 0) for each in promised if each is not None]
    return sum(full) if promised and len(full) == len(promised) else None


def earnings(deal: Deal, metric: OutcomeMetric, outcomes: Outcomes) -> Earnings:
    """What is paid for what came of a metric: never below nothing, never above its cap, and never less for a better outcome."""
    found = pricing(deal, metric)
    paid_for = found is not None or bool(metric.triggers)
    price = known(found.price_per_unit) if found else None
    currency = found.currency if found else ""
    limit = cap(deal, metric)
    by_cohort, by_whole = threshold(metric, "cohort"), threshold(metric, "overall")
    if not paid_for:
        by_cohort = Threshold("cohort", applies=False, change_percent=None)
        by_whole = Threshold("overall", applies=False, change_percent=None)
    cohorts = tuple(_earning(each, by_cohort, price) for each in outcomes.cohorts)
    whole = _earning(outcomes.whole, by_whole, price)
    due = any_of(each.payable for each in (*cohorts, whole))
    amount, level = _larger(cohorts, whole, by_cohort, by_whole)
    if due is False:
        amount, level = Fraction(0), ""
    units = None if amount is None or due is None else whole_units(amount, currency)
    capped = units is not None and limit.units is not None and units > limit.units
    units = limit.units if capped else units
    return Earnings(
        currency=currency,
        paid_for=paid_for,
        price=price,
        cap=limit,
        cohorts=cohorts,
        whole=whole,
        payable=due,
        units=units,
        capped=capped,
        level=level,
        complete=_complete(outcomes, by_whole),
    )


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """Whether any answer is yes; None where none is, and one is not known."""
    given = [*answers]
    return True if True in given else None if None in given else False


def _earning(outcome: Outcome, limit: Threshold, price: Fraction | None) -> Earning:
    due = payable(outcome, limit)
    if due is not True:
        return Earning(payable=due, amount=None if due is None else Fraction(0))
    amount = None if price is None or outcome.units is None else max(price * outcome.units, Fraction(0))
    return Earning(payable=True, amount=amount)


def _larger(
    cohorts: Iterable[Earning], whole: Earning, by_cohort: Threshold, by_whole: Threshold
) -> tuple[Fraction | None, Level | Literal[""]]:
    """The larger of what the cohorts have earned and what all together have, and the level at which that is."""
    each = [earning.amount for earning in cohorts if earning.payable]
    together = whole.amount if whole.payable else Fraction(0)
    # Where both come to the same, or nobody knows, the one counts that is reached first.
    first = not each or (by_whole.change_percent or 0) <= (by_cohort.change_percent or 0)
    reached: Level | Literal[""] = "overall" if whole.payable and first else "cohort" if each else ""
    if None in each or together is None:
        return None, reached
    apart = sum((amount for amount in each if amount is not None), Fraction(0))
    return (
        (apart, reached)
        if together == apart
        else (together, "overall")
        if together > apart
        else (apart, "cohort")
    )


def _complete(outcomes: Outcomes, by_whole: Threshold) -> bool:
    """Whether all together are known or, where nothing is paid for all together, every cohort is."""
    every = outcomes.cohorts if outcomes.cohorts and not by_whole.applies else (outcomes.whole,)
    return all(each.happened and each.reported.result_type != "interim" for each in every)
