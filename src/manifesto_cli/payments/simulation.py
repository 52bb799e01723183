"""A whole deal: what is known of it, or what would be if outcomes were as assumed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from manifesto_cli.model.deal import Deal, Level, OutcomeMetric
from manifesto_cli.model.quantity import PartialDate
from manifesto_cli.payments.assuming import Assumptions, outcomes
from manifesto_cli.payments.changes import (
    Assumed,
    Outcome,
    Outcomes,
    Path,
    ResultType,
    whole_baseline,
)
from manifesto_cli.payments.exact import maybe_decimal
from manifesto_cli.payments.money import in_money, whole_units
from manifesto_cli.payments.parties import Settlement, Sums, currencies, settlement
from manifesto_cli.payments.paying import Earning, Earnings, Limit, commitments_units, earnings
from manifesto_cli.payments.triggers import Threshold, met, threshold

_NONE: Assumptions = {}


class Standing(Struct, frozen=True, kw_only=True):
    """An outcome against its trigger: of a cohort, or of all together. None stands for what is not known."""

    metric: str
    level: Level
    cohort: str
    """The id of the cohort; empty for all together, and where there is a trigger for cohorts and none is listed yet."""
    baseline: Decimal | None
    value: Decimal | None
    change_percent: Decimal | None
    """Rounded down at the ninth place, so that comparing it with a trigger says what comparing the exact one does."""
    trigger: Decimal | None
    """From which change on it is paid for; None where there is no trigger at this level, or its number is open."""
    met: bool | None
    """Whether the trigger is reached."""
    payable: bool | None
    """Whether anything is due for it. Also where there is no trigger, and a price is for the first unit already."""
    payment: Decimal | None
    """What it earns by itself, within the limit of the metric. What all together earn holds what was paid for cohorts."""
    currency: str
    """That of the payment; empty where the deal has no price for the metric."""
    units: Decimal | None
    """What a price is multiplied with: how many fewer, or more, than the baseline there are among all people counted."""
    result_type: ResultType
    pooled: bool
    """Whether it was worked out from the cohorts."""
    as_of: PartialDate | None
    source: str
    """The reference as the deal has it; empty where there is none."""
    locator: str
    note: str
    path: Path
    """The field of the deal where the result stands, such as `("results", 0)`; empty where none does."""


class MetricPayment(Struct, frozen=True, kw_only=True):
    """What is paid for a metric in all. None stands for what is not known."""

    metric: str
    currency: str
    """Empty where the deal has no price for the metric."""
    paid_for: bool
    """Whether the deal says that anything is paid for it: by a price, or by a trigger."""
    priced: bool
    """Whether its price is known."""
    payable: bool | None
    """Whether anything is due."""
    payment: Decimal | None
    """What is due, rounded half up to the smallest unit of the currency; never above the cap."""
    cap: Decimal | None
    cap_by: Limit
    capped: bool
    """Whether more was earned than the cap allows."""
    level: Level | Literal[""]
    """At which level that is earned which is paid; empty where nothing is."""
    trigger: Decimal | None
    """The trigger that decides: the one reached at that level or, where nothing is due, the one that is reached first."""
    complete: bool
    """Whether all that is paid for is known, and none of it is interim; otherwise the payment is what is due so far."""


class Simulation(Struct, frozen=True, kw_only=True):
    """A deal worked out."""

    standings: tuple[Standing, ...]
    """By metric, cohorts first: one for each that has a result or a trigger."""
    payments: tuple[MetricPayment, ...]
    """One for each metric."""
    settlements: tuple[Settlement, ...]
    """One for each currency."""


def standings(deal: Deal) -> tuple[Standing, ...]:
    """What is known of each metric against its triggers: one for each level and cohort with a result or a trigger."""
    return simulate(deal, _NONE).standings


def simulate(deal: Deal, assumed: Assumptions) -> Simulation:
    """The deal under assumed outcomes, by (metric, cohort or ""); with none of them, as it is known to stand."""
    found = [(metric, outcomes(deal, metric, assumed)) for metric in deal.outcome_metrics]
    worked_out = [(metric, came, earnings(deal, metric, came)) for metric, came in found]
    return Simulation(
        standings=tuple(
            standing for metric, came, earned in worked_out for standing in _standings(metric, came, earned)
        ),
        payments=tuple(_payment(metric, earned) for metric, _, earned in worked_out),
        settlements=_settlements(deal, [(metric, earned) for metric, _, earned in worked_out]),
    )


def _standings(metric: OutcomeMetric, came: Outcomes, earned: Earnings) -> Iterator[Standing]:
    by_cohort, by_whole = threshold(metric, "cohort"), threshold(metric, "overall")
    triggered = bool(metric.triggers)
    for outcome, earning in zip(came.cohorts, earned.cohorts, strict=True):
        if outcome.happened or (triggered and by_cohort.applies):
            yield _standing(metric, by_cohort, outcome, earning, earned)
    if not came.cohorts and triggered and by_cohort.applies:
        nobody = Outcome(
            cohort="",
            baseline=whole_baseline(metric),
            value=None,
            improvement=None,
            change_percent=None,
            units=None,
        )
        yield _standing(metric, by_cohort, nobody, Earning(payable=None, amount=None), earned)
    if came.whole.happened or (triggered and by_whole.applies):
        yield _standing(metric, by_whole, came.whole, earned.whole, earned)


def _standing(
    metric: OutcomeMetric, limit: Threshold, outcome: Outcome, earning: Earning, earned: Earnings
) -> Standing:
    reported = outcome.reported
    return Standing(
        metric=metric.id,
        level=limit.level,
        cohort=outcome.cohort,
        baseline=maybe_decimal(outcome.baseline),
        value=maybe_decimal(outcome.value),
        change_percent=maybe_decimal(outcome.change_percent),
        trigger=maybe_decimal(limit.change_percent),
        met=met(outcome, limit),
        payable=earning.payable,
        payment=_sum_of(earning, earned),
        currency=earned.currency,
        units=maybe_decimal(outcome.units),
        result_type=reported.result_type,
        pooled=outcome.pooled and outcome.happened,
        as_of=reported.as_of,
        source=reported.source,
        locator=reported.locator,
        note=reported.note,
        path=reported.path,
    )


def _sum_of(earning: Earning, earned: Earnings) -> Decimal | None:
    """What one outcome earns by itself, within the limit of its metric."""
    if earning.amount is None:
        return None
    units = whole_units(earning.amount, earned.currency)
    most = earned.cap.units
    return in_money(units if most is None else min(units, most), earned.currency)


def _payment(metric: OutcomeMetric, earned: Earnings) -> MetricPayment:
    return MetricPayment(
        metric=metric.id,
        currency=earned.currency,
        paid_for=earned.paid_for,
        priced=earned.price is not None,
        payable=earned.payable,
        payment=None if earned.units is None else in_money(earned.units, earned.currency),
        cap=None if earned.cap.units is None else in_money(earned.cap.units, earned.currency),
        cap_by=earned.cap.by,
        capped=earned.capped,
        level=earned.level,
        trigger=maybe_decimal(_deciding(metric, earned)),
        complete=earned.complete,
    )


def _deciding(metric: OutcomeMetric, earned: Earnings) -> Fraction | None:
    if earned.level:
        return threshold(metric, earned.level).change_percent
    limits = (threshold(metric, level).change_percent for level in ("cohort", "overall"))
    return min((limit for limit in limits if limit is not None), default=None)


def _settlements(deal: Deal, worked_out: Sequence[tuple[OutcomeMetric, Earnings]]) -> tuple[Settlement, ...]:
    found = []
    for currency in currencies(deal):
        there = [(metric, each) for metric, each in worked_out if each.currency == currency]
        sums = [each.units for _, each in there if each.units is not None]
        most = [_most(deal, metric, each) for metric, each in there]
        known_most = [each for each in most if each is not None]
        promised = commitments_units(deal, currency)
        found.append(
            settlement(
                deal,
                Sums(
                    currency=currency,
                    earned=sum(sums) if sums else None,
                    promised=promised,
                    most=sum(known_most) if there and len(known_most) == len(most) else promised,
                    uncounted=tuple(metric.id for metric, each in there if each.units is None),
                ),
            )
        )
    return tuple(found)


def _most(deal: Deal, metric: OutcomeMetric, earned: Earnings) -> int | None:
    """The most that can be paid for a metric: where it shall become less, there is no less than nothing."""
    baseline = whole_baseline(metric)
    if metric.direction == "reduce" and baseline is not None and baseline > 0:
        best = outcomes(deal, metric, {(metric.id, ""): Assumed(value=Decimal(0))})
        units = earnings(deal, metric, best).units
        return earned.cap.units if units is None else units
    return earned.cap.units
