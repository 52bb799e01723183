"""The payment curve of an outcome metric as a chart and as a table, from the points at which it bends or jumps.

Places and heights are as in `scale_geometry`. Where the price is not public, the chart has zones: here nothing is paid, there something.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from manifesto_cli.model.deal import Deal, OutcomeMetric
from manifesto_cli.payments.curve import CurvePoint, payment_curve, payment_table
from manifesto_cli.payments.exact import readable
from manifesto_cli.payments.paying import pricing
from manifesto_cli.rendering.views import deal_words, words
from manifesto_cli.rendering.views.metric_types import Tick
from manifesto_cli.rendering.views.payment_types import ChartLine, ChartZone, CurveRow, PaymentCurve
from manifesto_cli.rendering.views.scale_geometry import marks_above, round_numbers, round_step

_PLOT, _ZONES = 11.0, 4.0
"""How high the chart is above its foot, in `em`: with sums, and with zones alone."""
_BELOW, _LOWEST = 1.7, 0.6
_INSET, _WIDTH = 1, 98
_STEPS, _SUMS = 5, 4
_BEYOND = Decimal("1.2")
"""How much further than the last trigger a chart reaches that has nothing else to go by."""
_MILLION = 1_000_000
_NOTES = {
    "baseline": "Baseline",
    "trigger": "Trigger",
    "cap": "The most that is paid",
    "target": "Target",
}


def curve_view(deal: Deal, metric: OutcomeMetric, *, mirrored: bool) -> PaymentCurve | None:
    """What is paid for which change; None where nothing of it is known, or the metric has nowhere to go."""
    curve = payment_curve(deal, metric)
    points = curve.points
    found = pricing(deal, metric)
    no_sum = deal_words.no_sum(found.price_per_unit if found else None)
    if len({point.value for point in points}) < 2 or all(point.payable is None for point in points):  # noqa: PLR2004 - a line has two ends
        return _zones_alone(metric, no_sum, mirrored=mirrored) if curve.lacking == "baseline" else None
    start, length = points[0].value, abs(points[-1].value - points[0].value)

    def at(value: Decimal) -> float:
        there = float(abs(value - start) / length) * _WIDTH + _INSET
        return round(100 - there if mirrored else there, 2)

    triggers = (point for point in points if point.kind == "trigger")
    steps, top_y = marks_above([(at(point.value), "trigger", _change(point)) for point in triggers])
    public = curve.priced and all(point.payment is not None for point in points)
    line_y = round(top_y + (_PLOT if public else _ZONES), 2)
    sums = _sums(points) if public else ()

    def height(amount: Decimal) -> float:
        return round(line_y - float(amount / sums[-1]) * (line_y - top_y), 2)

    table = payment_table(deal, metric) if public else (point for point in points if point.kind in _NOTES)
    rows = tuple(_row(metric, point, curve.currency, no_sum) for point in table)
    return PaymentCurve(
        description=_described(rows),
        public=public,
        no_sum="" if public else no_sum,
        lines=tuple(
            ChartLine(at(one.value), height(one.payment), at(other.value), height(other.payment))
            for one, other in pairwise(points)
            if public and one.payment is not None and other.payment is not None
        ),
        zones=_zones(points, at),
        steps=steps,
        ticks=_ticks(metric, points, at),
        sums=tuple(Tick(height(amount), _short(amount, curve.currency)) for amount in sums),
        sums_at=99 if mirrored else 1,
        sums_side="end" if mirrored else "start",
        top_y=top_y,
        line_y=line_y,
        ticks_y=round(line_y + _BELOW, 2),
        height=round(line_y + _BELOW + _LOWEST, 2),
        rows=rows,
    )


def _zones_alone(metric: OutcomeMetric, no_sum: str, *, mirrored: bool) -> PaymentCurve | None:
    """Where something is paid, from triggers alone: there is no one baseline, as where each cohort has its own."""
    triggers = sorted(metric.triggers, key=lambda each: each.change)
    if not triggers or triggers[0].change <= 0:
        return None
    most = Decimal(triggers[-1].change) * _BEYOND

    def at(change: Decimal) -> float:
        there = float(change / most) * _WIDTH + _INSET
        return round(100 - there if mirrored else there, 2)

    steps, top_y = marks_above(
        [
            (at(change), "trigger", deal_words.percent(change))
            for change in dict.fromkeys(each.change for each in triggers)
        ]
    )
    line_y = round(top_y + _ZONES, 2)
    start, first, end = at(Decimal(0)), at(triggers[0].change), at(most)
    rows = (
        CurveRow(deal_words.change_words(Decimal(0), metric.direction), "", "No payment", "Baseline"),
        *(
            CurveRow(
                deal_words.change_words(each.change, metric.direction),
                "",
                f"Payment; {no_sum}",
                f"Trigger {deal_words.LEVEL[each.level]}",
            )
            for each in triggers
        ),
    )
    return PaymentCurve(
        description=_described(rows),
        public=False,
        no_sum=no_sum,
        lines=(),
        zones=(
            ChartZone(min(start, first), round(abs(first - start), 2), paid=False),
            ChartZone(min(first, end), round(abs(end - first), 2), paid=True),
        ),
        steps=steps,
        ticks=tuple(
            Tick(at(change), deal_words.percent(change))
            for change in round_numbers(Decimal(0), most, round_step(most, _STEPS))
            if change <= most
        ),
        sums=(),
        sums_at=99 if mirrored else 1,
        sums_side="end" if mirrored else "start",
        top_y=top_y,
        line_y=line_y,
        ticks_y=round(line_y + _BELOW, 2),
        height=round(line_y + _BELOW + _LOWEST, 2),
        rows=rows,
    )


def _sums(points: Sequence[CurvePoint]) -> tuple[Decimal, ...]:
    """Round sums from nothing to no less than the highest payment."""
    highest = max((point.payment for point in points if point.payment is not None), default=Decimal(0))
    if not highest:
        return (Decimal(0), Decimal(1))
    return tuple(round_numbers(Decimal(0), highest, round_step(highest, _SUMS)))


def _zones(points: Sequence[CurvePoint], at: Callable[[Decimal], float]) -> tuple[ChartZone, ...]:
    """Where something is paid and where nothing is, each zone as long as it can be."""
    zones: list[ChartZone] = []
    for one, other in pairwise(points):
        start, end, paid = at(one.value), at(other.value), bool(other.payable)
        zone = ChartZone(min(start, end), round(abs(end - start), 2), paid)
        last = zones[-1] if zones else None
        if last and last.paid == paid:
            zones[-1] = ChartZone(min(last.at, zone.at), round(last.width + zone.width, 2), paid)
        elif zone.width:
            zones.append(zone)
    return tuple(zones)


def _ticks(
    metric: OutcomeMetric, points: Sequence[CurvePoint], at: Callable[[Decimal], float]
) -> tuple[Tick, ...]:
    """Round changes along the foot; where no change is known in percent, the number at both ends."""
    first, last = points[0], points[-1]
    most = last.change_percent
    if not most:
        ends = (first.value, last.value)
        return tuple(Tick(at(value), words.with_unit(readable(value), metric.unit)[0]) for value in ends)
    changes = round_numbers(Decimal(0), most, round_step(most, _STEPS))
    way = last.value - first.value
    return tuple(
        Tick(at(first.value + way * change / most), deal_words.percent(change))
        for change in changes
        if change <= most
    )


def _row(metric: OutcomeMetric, point: CurvePoint, currency: str, no_sum: str) -> CurveRow:
    one_baseline = not any(cohort.baseline for cohort in metric.cohorts)
    change = point.change_percent
    return CurveRow(
        change=deal_words.change_words(readable(change, point.trigger), metric.direction)
        if change is not None
        else "",
        value=deal_words.with_unit(readable(point.value), metric.unit)
        if one_baseline or change is None
        else "",
        payment=_payment(point, currency, no_sum),
        note=_NOTES.get(point.kind, ""),
    )


def _payment(point: CurvePoint, currency: str, no_sum: str) -> str:
    if point.payable is None:
        return "Not known"
    if not point.payable:
        return "No payment"
    return words.money(point.payment, currency) if point.payment is not None else f"Payment; {no_sum}"


def _change(point: CurvePoint) -> str:
    return deal_words.percent(readable(point.change_percent)) if point.change_percent is not None else ""


def _short(amount: Decimal, currency: str) -> str:
    """A round sum as it stands in a chart."""
    if amount < _MILLION:
        return words.money(amount, currency)
    short, unit = words.money((amount / _MILLION).normalize(), currency).split(" ")[0], currency
    return f"{short}m" if short[:1] in "£€$" else f"{short}m {unit}"


def _described(rows: Sequence[CurveRow]) -> str:
    """The chart in words, for whoever does not see it."""
    told = (f"{row.change or row.value}: {row.payment}" for row in rows if row.note)
    return f"{'. '.join(told)}."
