"""Outcomes, triggers and payments of a deal in plain words."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from manifesto_cli.model.deal import FINISHED, Deal, OutcomeMetric
from manifesto_cli.payments.breaking_even import BreakEven
from manifesto_cli.payments.curve import CurvePoint
from manifesto_cli.payments.exact import decimal, readable
from manifesto_cli.payments.parties import Settlement
from manifesto_cli.payments.paying import pricing
from manifesto_cli.payments.simulation import MetricPayment, Standing
from manifesto_cli.rendering.views.words import money, number_words

LEVELS = {"cohort": "a cohort", "overall": "all together"}
NOT_KNOWN = "not known"
NOTHING = "nothing"


def metric_name(metric: OutcomeMetric) -> str:
    """What a metric is called, with its id, which is what is typed."""
    return f"{metric.title or metric.definition} ({metric.id})"


def change_words(metric: OutcomeMetric, change: Decimal, trigger: Decimal | None) -> str:
    """A change as it is said, such as `8.4% fewer`; with more places where it would seem to be on the other side of a trigger."""
    if not change:
        return "no change"
    shown = min(readable(change, trigger), readable(change, Decimal(0)), key=_exponent)
    return f"{number_words(abs(shown))}% {_more_or_fewer(metric, better=change > 0)}"


def against_baseline(deal: Deal, metric: OutcomeMetric, standing: Standing, *, derived: bool) -> str:
    """What came about, in a sentence: `142 against 155 is 8.4% fewer.` A `derived` value was never made known, only its change."""
    change, value, baseline = standing.change_percent, standing.value, standing.baseline
    if derived and change is not None:
        return f"{change_words(metric, change, standing.trigger)}.".capitalize()
    if value is None:
        if change is None:
            return "No result." if deal.status in FINISHED else "No result yet."
        return f"{change_words(metric, change, standing.trigger)}.".capitalize()
    if baseline is None:
        hint = "; a change like `8.4%` needs nothing" if standing.result_type == "assumed" else ""
        return f"{number_words(value)}, with nothing to compare it with{hint}."
    beginning = f"{number_words(value)} against {number_words(baseline)} is"
    if change is not None:
        return f"{beginning} {change_words(metric, change, standing.trigger)}."
    difference = decimal(abs(Fraction(value) - Fraction(baseline)))
    better = (value < baseline) == (metric.direction == "reduce")
    return f"{beginning} {number_words(difference)} {_more_or_fewer(metric, better=better)}."


def what_is_due(deal: Deal, metric: OutcomeMetric, standing: Standing) -> str:
    """What a trigger says of it, and what follows: `A cohort is paid for from 10% on: no payment.` Empty where nothing is paid at its level."""
    found = pricing(deal, metric)
    there = [trigger for trigger in metric.triggers if trigger.level == standing.level]
    if (metric.triggers and not there) or (not metric.triggers and found is None):
        return ""
    one = _whose(metric, standing.level)
    if standing.trigger is not None:
        begins = f"{one} paid for from {number_words(standing.trigger)}% on"
    elif metric.triggers:
        return f"From where on {one.lower()} paid for is not filled in yet."
    else:
        begins = f"{one} paid for from the first one on"
    if standing.payable is None:
        known = standing.value is not None or standing.change_percent is not None
        return f"{begins}: not known whether it is." if known else f"{begins}."
    return f"{begins}: {due(deal, metric, payable=standing.payable, payment=standing.payment)}."


def due(deal: Deal, metric: OutcomeMetric, *, payable: bool | None, payment: Decimal | None) -> str:
    """What is paid, in a word or two."""
    if payable is None:
        return NOT_KNOWN
    if not payable:
        return "no payment"
    if payment is not None:
        return _money(deal, metric, payment)
    return f"paid, {why_no_amount(deal, metric)}"


def why_no_amount(deal: Deal, metric: OutcomeMetric) -> str:
    """Why nobody can say how much is paid."""
    found = pricing(deal, metric)
    if found is None or found.price_per_unit is None:
        return "amount not public"
    if found.price_per_unit.hole:
        return f"amount not known: `(({found.price_per_unit.hole}))` is not filled"
    return "amount not known: it is not said how many people are counted"


def paid_in_all(deal: Deal, metric: OutcomeMetric, payment: MetricPayment) -> Iterator[str]:
    """What is paid for a metric in all, and what decides."""
    if not payment.paid_for:
        yield "The deal pays nothing for this metric."
        return
    if payment.payable is None:
        yield "Whether anything is paid for it is not known yet."
        return
    far = "" if payment.complete else " so far"
    if not payment.payable:
        yield f"In all{far}: nothing is paid for it."
    elif payment.payment is None:
        yield f"In all{far}: {due(deal, metric, payable=True, payment=None)}. {_decides(metric, payment)}"
    else:
        yield f"In all{far}: {_money(deal, metric, payment.payment)}. {_decides(metric, payment)}"
    if payment.capped and payment.cap is not None:
        most = _money(deal, metric, payment.cap)
        why = "is ever paid for it" if payment.cap_by == "price" else "has been promised"
        yield f"More was earned, but no more than {most} {why}."


def _decides(metric: OutcomeMetric, payment: MetricPayment) -> str:
    if payment.trigger is None:
        return "It is paid from the first one on."
    percent = f"{number_words(payment.trigger)}%"
    if not has_levels(metric):
        return f"The trigger that decides is {percent}."
    who = "cohorts" if payment.level == "cohort" else "all together"
    return f"The trigger that decides is the one for {who}, {percent}."


def has_levels(metric: OutcomeMetric) -> bool:
    """Whether cohorts and all together are to be told apart."""
    return bool(metric.cohorts) or any(trigger.level == "cohort" for trigger in metric.triggers)


def _whose(metric: OutcomeMetric, level: str) -> str:
    return "A cohort is" if level == "cohort" else "All together are" if has_levels(metric) else "It is"


def point_cells(
    deal: Deal, metric: OutcomeMetric, point: CurvePoint, triggers: tuple[Decimal, ...], *, full: bool
) -> tuple[str, ...]:
    """A row of the table of outcomes against payments: the outcome, its change, what is paid, what decides, why it is in the table.

    `full` says that it is the first at which the most is paid.
    """
    nearest = next((each for each in triggers if point.change_percent == each), point.trigger)
    change = point.change_percent
    return (
        number_words(point.value),
        "" if change is None else change_words(metric, change, nearest),
        NOTHING
        if point.payable is False
        else due(deal, metric, payable=point.payable, payment=point.payment),
        decider(metric, point.payable, point.trigger, point.level),
        ", ".join(_marks(metric, point, full=full)),
    )


def _marks(metric: OutcomeMetric, point: CurvePoint, *, full: bool) -> Iterator[str]:
    """Why a point is in the table."""
    if point.kind == "baseline":
        yield "baseline"
    if point.kind == "trigger":
        yield "trigger just reached"
    if metric.target and metric.target.value == point.value:
        yield "target"
    if full:
        yield "the most that is paid"


def decider(metric: OutcomeMetric, payable: bool | None, trigger: Decimal | None, level: str) -> str:
    """Which trigger decides, in a cell of a table."""
    if trigger is None:
        return "" if not payable else "from the first one on"
    if payable:
        return f"{number_words(trigger)}%{f' for {LEVELS[level]}' if has_levels(metric) else ''}"
    return f"{number_words(trigger)}% not reached" if payable is False else ""


def break_even_words(deal: Deal, metric: OutcomeMetric, found: BreakEven, *, alone: bool) -> str:
    """From where on investors have their money back."""
    needed = "" if found.needed is None else f" ({money(found.needed, found.currency)})"
    if found.when == "always":
        return f"Investors have their money back{needed} whatever happens: none of them can lose any."
    only = ", if this metric alone is paid for" if alone else ""
    if found.when == "never":
        return f"Investors never have their money back{needed}{only}: so much is not paid for any outcome."
    if found.when == "unknown":
        why = (
            "what they put in is not known"
            if found.needed is None
            else why_no_amount(deal, metric).removeprefix("amount not known: ")
            if _amounts_unknown(deal, metric)
            else "the numbers of the deal do not say it"
        )
        return f"From where on investors have their money back{needed} is not known: {why}."
    value = number_words(found.value or Decimal(0))
    change = (
        f", which is {change_words(metric, found.change_percent, found.trigger)}"
        if found.change_percent
        else ""
    )
    decides = (
        f" The trigger for {LEVELS[found.level]} decides there."
        if found.trigger and has_levels(metric)
        else ""
    )
    return f"Investors have their money back{needed} from {value} on{change}{only}.{decides}"


def settlement_words(settled: Settlement, names: dict[str, str], *, always: bool) -> Iterator[str]:
    """What is to be known about the sums of a currency, besides the tables of parties."""
    currency = settled.currency
    if settled.paid is None and always:
        yield "How much is paid is not known."
    if settled.paid is not None:
        yield f"Paid in all: {money(settled.paid, currency)}."
        if settled.earned is not None and settled.earned > settled.paid:
            earned = money(settled.earned, currency)
            yield f"All metrics together have earned {earned}; the payers have promised no more than {money(settled.paid, currency)}."
    if settled.most is not None:
        yield f"The most that can be paid: {money(settled.most, currency)}."
    for metric in settled.uncounted if settled.paid is not None else ():
        yield f"Not counted, since it is not known what is paid for it: {names.get(metric, metric)}."
    if settled.left:
        amount = money(abs(settled.left), currency)
        yield (
            f"{amount} is left after the investors have theirs."
            if settled.left > 0
            else f"{amount} is missing: investors get more than is paid, and somebody else has to find it."
        )


def amount(value: Decimal | None, currency: str, unknown: str = NOT_KNOWN) -> str:
    """A sum in a cell of a table."""
    if value is None:
        return unknown
    return f"-{money(-value, currency)}" if value < 0 else money(value, currency)


def _amounts_unknown(deal: Deal, metric: OutcomeMetric) -> bool:
    found = pricing(deal, metric)
    return found is None or found.price_per_unit is None or bool(found.price_per_unit.hole)


def _money(deal: Deal, metric: OutcomeMetric, value: Decimal) -> str:
    found = pricing(deal, metric)
    return money(value, found.currency if found else "")


def _more_or_fewer(metric: OutcomeMetric, *, better: bool) -> str:
    return "fewer" if better == (metric.direction == "reduce") else "more"


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)
