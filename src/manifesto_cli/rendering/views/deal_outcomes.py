"""What came of an outcome metric, as `payments` works it out, in the order in which a page tells it."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from manifesto_cli.model.deal import Deal, DealResult, Level, OutcomeMetric
from manifesto_cli.model.quantity import Number, PartialDate
from manifesto_cli.payments.changes import (
    Reported,
    cohort_baseline,
    cohort_weight,
    outcome,
    whole_baseline,
    whole_weight,
)
from manifesto_cli.payments.exact import maybe_decimal
from manifesto_cli.payments.simulation import Standing, standings
from manifesto_cli.payments.triggers import met, threshold
from manifesto_cli.rendering.views import deal_words


class Came(Struct, frozen=True, kw_only=True):
    """A result against its baseline and its trigger. None stands for what is not known."""

    metric: str
    title: str
    """Of whom it is, in words."""
    result_type: str
    value: Decimal | None
    given: Decimal | None
    """The value as it was made known; None where only the change was."""
    baseline: Decimal | None
    change: Decimal | None
    trigger: Decimal | None
    met: bool | None
    standing: Standing | None
    """What is due for it, if it is the result that counts."""
    as_of: PartialDate | None
    source: str
    locator: str
    note: str
    field: str
    """The field of the deal in which it stands."""


def came_of(deal: Deal, metric: OutcomeMetric) -> Iterator[Came]:
    """Every result of a metric: those made known, in their order, then those of cohorts, then what is worked out from these."""
    found = [standing for standing in standings(deal) if standing.metric == metric.id]
    counting = {standing.path: standing for standing in found}
    for i, result in enumerate(deal.results):
        if result.outcome_metric == metric.id:
            yield _made_known(metric, result, counting.get(("results", i)))
    for standing in found:
        if standing.path[:1] == ("outcome_metrics",) or standing.pooled:
            yield _of_standing(standing)


def target_change(metric: OutcomeMetric) -> Decimal | None:
    """How far the target is from the baseline, in percent."""
    if metric.target is None:
        return None
    reached = Reported(value=metric.target.value)
    return maybe_decimal(outcome(metric, "", whole_baseline(metric), None, reached).change_percent)


def trigger_value(metric: OutcomeMetric, change: Number) -> Decimal | None:
    """The number at which a trigger is reached; None also where cohorts have baselines of their own, since then there is no one number."""
    if any(cohort.baseline for cohort in metric.cohorts):
        return None
    reached = Reported(change=change)
    return maybe_decimal(outcome(metric, "", whole_baseline(metric), None, reached).value)


def _made_known(metric: OutcomeMetric, result: DealResult, standing: Standing | None) -> Came:
    cohort = next((each for each in metric.cohorts if each.id == result.cohort), None)
    baseline: Fraction | None = cohort_baseline(metric, cohort) if cohort else whole_baseline(metric)
    weight = cohort_weight(metric, cohort) if cohort else whole_weight(metric)
    level: Level = "cohort" if result.cohort else "overall"
    reported = Reported(value=result.value, change=result.change)
    came = outcome(metric, result.cohort or "", baseline, weight, reported)
    limit = threshold(metric, level)
    return Came(
        metric=metric.id,
        title=deal_words.cohort_title(result.cohort or ""),
        result_type=result.result_type,
        value=maybe_decimal(came.value),
        given=result.value,
        baseline=maybe_decimal(baseline),
        change=maybe_decimal(came.change_percent),
        trigger=maybe_decimal(limit.change_percent),
        met=met(came, limit),
        standing=standing,
        as_of=result.as_of,
        source=result.source or "",
        locator=result.locator or "",
        note=result.note or "",
        field="results",
    )


def _of_standing(standing: Standing) -> Came:
    return Came(
        metric=standing.metric,
        title=deal_words.cohort_title(standing.cohort),
        result_type=standing.result_type,
        value=standing.value,
        given=standing.value if standing.path else None,
        baseline=standing.baseline,
        change=standing.change_percent,
        trigger=standing.trigger,
        met=standing.met,
        standing=standing,
        as_of=standing.as_of,
        source=standing.source,
        locator=standing.locator,
        note=standing.note,
        field=str(standing.path[0]) if standing.path else "",
    )
