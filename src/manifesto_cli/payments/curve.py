"""What is paid for a metric, from the baseline to the target and beyond: the points at which a drawing of it bends or jumps."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.model.deal import Deal, Level, OutcomeMetric, Trigger
from manifesto_cli.model.quantity import OpenNumber
from manifesto_cli.payments.assuming import outcomes
from manifesto_cli.payments.changes import (
    Assumed,
    cohorts_weight,
    is_rate,
    moved,
    whole_baseline,
    whole_weight,
)
from manifesto_cli.payments.exact import better_side, decimal, known, maybe_decimal
from manifesto_cli.payments.money import in_money
from manifesto_cli.payments.paying import Limit, cap, earnings, pricing
from manifesto_cli.payments.triggers import threshold

Kind = Literal["baseline", "before", "trigger", "step", "cap", "target", "beyond"]
"""Why a point is on the curve. `before` is where a trigger is all but reached: as far as `trigger`, and paid as before it."""


class CurvePoint(Struct, frozen=True, kw_only=True):
    """What is paid where a metric comes to stand. None stands for what is not known."""

    kind: Kind
    value: Decimal
    """In the unit of the metric, all cohorts doing equally well."""
    change_percent: Decimal | None
    payable: bool | None
    """Whether anything is due."""
    payment: Decimal | None
    trigger: Decimal | None
    """The trigger that decides: the one that is reached, or the one that is reached first; None for one that is open, or where there is none."""
    level: Level | Literal[""]
    """At which level that is earned which is paid; empty where nothing is."""
    capped: bool
    """Whether more is earned than the cap allows."""


class Curve(Struct, frozen=True, kw_only=True):
    """What is paid for a metric, by where it comes to stand."""

    metric: str
    currency: str
    """Empty where the deal has no price for the metric."""
    points: tuple[CurvePoint, ...]
    """From the baseline to what is better; straight lines lie between them. None where the baseline is not known."""
    priced: bool
    """Whether amounts are known."""
    lacking: Literal["baseline", "price", "size", ""]
    """What has to be known first for amounts; empty where they are known."""
    cap: Decimal | None
    cap_by: Limit


def payment_curve(deal: Deal, metric: OutcomeMetric) -> Curve:
    """What is paid for the whole of a metric, all cohorts doing equally well, from its baseline to the furthest of target, triggers and cap."""
    found = pricing(deal, metric)
    limit = cap(deal, metric)
    currency = found.currency if found else ""
    lacking = _lacking(deal, metric)
    return Curve(
        metric=metric.id,
        currency=currency,
        points=tuple(_points(deal, metric)),
        priced=not lacking,
        lacking=lacking,
        cap=None if limit.units is None else in_money(limit.units, currency),
        cap_by=limit.by,
    )


def payment_table(deal: Deal, metric: OutcomeMetric, steps: int = 8) -> tuple[CurvePoint, ...]:
    """The points of the curve with round values between them: about as many steps as asked for. It is what a reader can look up."""
    curve = payment_curve(deal, metric)
    points = curve.points
    if not points:
        return ()
    first, last = Fraction(points[0].value), Fraction(points[-1].value)
    marked = [point for point in points if point.kind not in ("before", "beyond")]
    taken = {point.value for point in marked}
    whole = not is_rate(metric) and first.denominator == 1
    between = [
        point_at(deal, metric, value)
        for value in dict.fromkeys(_round_values(first, last, steps, whole=whole))
        if value not in taken
    ]
    # A round value beyond the last point that counts says as much as one that is just anywhere.
    there = (
        marked
        if any(_is_better(metric, point.value, marked[-1].value) for point in between)
        else [point for point in points if point.kind != "before"]
    )
    return tuple(
        sorted((*there, *between), key=lambda each: each.value, reverse=metric.direction == "reduce")
    )


def point_at(deal: Deal, metric: OutcomeMetric, value: Decimal, kind: Kind = "step") -> CurvePoint:
    """What is paid where a metric comes to stand at a value, all cohorts doing equally well: what `simulate` says of it."""
    came = outcomes(deal, metric, {(metric.id, ""): Assumed(value=value)})
    earned = earnings(deal, metric, came)
    level = earned.level
    return CurvePoint(
        kind=kind,
        value=value,
        change_percent=maybe_decimal(came.whole.change_percent),
        payable=earned.payable,
        payment=None if earned.units is None else in_money(earned.units, earned.currency),
        trigger=maybe_decimal(threshold(metric, level).change_percent if level else _first(metric)),
        level=level,
        capped=earned.capped,
    )


def trigger_values(metric: OutcomeMetric) -> Iterator[tuple[Fraction, Decimal]]:
    """The least change that a trigger of each level asks for, with the value at which it is just reached. There are none without a baseline above 0."""
    baseline = whole_baseline(metric)
    if baseline is None or baseline <= 0:
        return
    limits = (threshold(metric, level).change_percent for level in ("cohort", "overall"))
    for change in sorted({each for each in limits if each is not None}):
        yield change, better_side(moved(metric, baseline, baseline * change / 100), metric.direction)


def values_earning(deal: Deal, metric: OutcomeMetric, amount: Fraction) -> Iterator[Decimal]:
    """The values at which a sum could first be earned: by the cohorts, by all together, or with the step of a trigger."""
    baseline, found = whole_baseline(metric), pricing(deal, metric)
    price = known(found.price_per_unit) if found else None
    if baseline is None:
        return
    yield from (value for _, value in trigger_values(metric))
    for weight in (cohorts_weight(metric) if metric.cohorts else None, whole_weight(metric)):
        if price and price > 0 and weight:
            value = moved(metric, baseline, max(amount, Fraction(0)) / (price * weight))
            yield better_side(value, metric.direction)


def least_value(deal: Deal, metric: OutcomeMetric, units: int) -> CurvePoint | None:
    """The least outcome for which so much is paid, in smallest units of the currency; None where none is known, or there is none.

    What shall become less cannot become less than nothing.
    """
    found = pricing(deal, metric)
    currency = found.currency if found else ""
    wanted = in_money(units, currency)
    points = (
        point_at(deal, metric, value)
        for value in values_earning(deal, metric, Fraction(wanted))
        if _possible(metric, value)
    )
    enough = [point for point in points if point.payment is not None and point.payment >= wanted]
    nearest = max if metric.direction == "reduce" else min
    return nearest(enough, key=lambda each: each.value, default=None)


def _points(deal: Deal, metric: OutcomeMetric) -> Iterator[CurvePoint]:
    baseline = whole_baseline(metric)
    if baseline is None:
        return
    marks: dict[Decimal, Kind] = {}
    target = known(metric.target.value) if metric.target else None
    if target is not None:
        marks[better_side(target, metric.direction)] = "target"
    limit = cap(deal, metric)
    if limit.units:
        full = least_value(deal, metric, limit.units)
        if full:
            marks[full.value] = "cap"
    triggers = {value: change for change, value in trigger_values(metric)}
    marks |= dict.fromkeys(triggers, "trigger")
    start = better_side(
        baseline, "increase" if metric.direction == "reduce" else "reduce"
    )  # no better than it is
    better = sorted(
        (value for value in marks if _is_better(metric, value, start) and _possible(metric, value)),
        reverse=metric.direction == "reduce",
    )
    yield point_at(deal, metric, start, "baseline")
    for value in better:
        if value in triggers:
            yield _before(deal, metric, value, triggers[value])
        yield point_at(deal, metric, value, marks[value])
    beyond = _beyond(metric, start, better[-1]) if better else None
    if beyond is not None:
        yield point_at(deal, metric, beyond, "beyond")


def _before(deal: Deal, metric: OutcomeMetric, value: Decimal, change: Fraction) -> CurvePoint:
    """The point at which a trigger is all but reached: paid as if it asked for more."""
    later = tuple(
        replace(trigger, change=OpenNumber(decimal(change + 1))) if _change(trigger) == change else trigger
        for trigger in metric.triggers
    )
    point = point_at(deal, replace(metric, triggers=later), value, "before")
    return point if point.level else replace(point, trigger=maybe_decimal(_first(metric)))


def _beyond(metric: OutcomeMetric, start: Decimal, last: Decimal) -> Decimal | None:
    """A value a fifth further than the last, as far as there is anything further."""
    first, furthest = Fraction(start), Fraction(last)
    value = better_side(furthest + (furthest - first) / 5, metric.direction)
    if _possible(metric, value):
        return value
    return Decimal(0) if last > 0 else None


def _lacking(deal: Deal, metric: OutcomeMetric) -> Literal["baseline", "price", "size", ""]:
    found = pricing(deal, metric)
    if whole_baseline(metric) is None:
        return "baseline"
    if found is None or known(found.price_per_unit) is None:
        return "price"
    weights = [whole_weight(metric), *([cohorts_weight(metric)] if metric.cohorts else [])]
    return "size" if None in weights else ""


def _first(metric: OutcomeMetric) -> Fraction | None:
    return min((each for each in map(_change, metric.triggers) if each is not None), default=None)


def _change(trigger: Trigger) -> Fraction | None:
    return known(trigger.change)


def _is_better(metric: OutcomeMetric, value: Decimal, than: Decimal) -> bool:
    return value < than if metric.direction == "reduce" else value > than


def _possible(metric: OutcomeMetric, value: Decimal) -> bool:
    """Whether a metric can come to stand there: what is counted above 0 cannot be reduced below it."""
    baseline = whole_baseline(metric)
    return metric.direction != "reduce" or baseline is None or baseline <= 0 or value >= 0


def _round_values(first: Fraction, last: Fraction, steps: int, *, whole: bool) -> Iterable[Decimal]:
    """Round numbers between two: one, two or five times a power of ten apart, about as many as asked for; if asked for, whole ones."""
    span = abs(last - first)
    if not span or steps < 1:
        return
    step = _round_step(max(span / steps, Fraction(1)) if whole else span / steps)
    low, high = min(first, last), max(first, last)
    number = ceil(low / step)
    while number * step <= high:
        yield better_side(number * step, "reduce")
        number += 1


def _round_step(least: Fraction) -> Fraction:
    """The least of 1, 2, 5, 10 … that is not below a number."""
    power = Fraction(1)
    while power * 10 <= least:
        power *= 10
    while power > least:
        power /= 10
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= least)
