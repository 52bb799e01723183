"""What came of a metric, with what is assumed of it in the place of what is known."""

from collections.abc import Mapping
from fractions import Fraction

from manifesto_cli.model.deal import Cohort, Deal, OutcomeMetric
from manifesto_cli.payments.changes import (
    NOTHING,
    Assumed,
    Outcome,
    Outcomes,
    Reported,
    cohort_baseline,
    cohort_weight,
    is_rate,
    latest,
    moved,
    outcome,
    pooled,
    whole_baseline,
    whole_weight,
)

Assumptions = Mapping[tuple[str, str], Assumed]
"""(metric, cohort) → what is assumed; an empty cohort means all together, each cohort doing as well as the others."""


def outcomes(deal: Deal, metric: OutcomeMetric, assumed: Assumptions) -> Outcomes:
    """What came of a metric. Where something is assumed of it, what is known of its cohorts counts only for those of which nothing is.

    If all together are assumed, all cohorts do equally well: each changes by the same percentage of its own baseline.
    If a cohort is assumed, what was made known of all together no longer holds: it is pooled anew.
    """
    for_all = assumed.get((metric.id, ""))
    some = any((metric.id, cohort.id) in assumed for cohort in metric.cohorts)
    whole = _assumed_whole(metric, for_all) if for_all else None
    cohorts = tuple(_cohort(deal, metric, cohort, assumed, whole) for cohort in metric.cohorts)
    if whole is None and not some:
        given = latest(deal, metric, "")
        if given != NOTHING:
            whole = outcome(metric, "", whole_baseline(metric), whole_weight(metric), given)
    if whole is None and cohorts:
        whole = pooled(metric, cohorts)
    return Outcomes(
        cohorts=cohorts,
        whole=whole or outcome(metric, "", whole_baseline(metric), whole_weight(metric), NOTHING),
    )


def _assumed_whole(metric: OutcomeMetric, assumed: Assumed) -> Outcome:
    return outcome(metric, "", whole_baseline(metric), whole_weight(metric), _as_reported(assumed))


def _cohort(
    deal: Deal, metric: OutcomeMetric, cohort: Cohort, assumed: Assumptions, whole: Outcome | None
) -> Outcome:
    baseline, weight = cohort_baseline(metric, cohort), cohort_weight(metric, cohort)
    own = assumed.get((metric.id, cohort.id))
    if own:
        return outcome(metric, cohort.id, baseline, weight, _as_reported(own))
    if whole is None:
        return outcome(metric, cohort.id, baseline, weight, latest(deal, metric, cohort.id))
    improvement = None if baseline is None else _alike(metric, whole, baseline)
    if baseline is None or improvement is None:
        # A rate of all is that of each. A count is one of all together: nobody says which part of it is whose.
        known = is_rate(metric) or whole.reported.value is None
        return outcome(metric, cohort.id, baseline, weight, whole.reported if known else NOTHING)
    return Outcome(
        cohort=cohort.id,
        baseline=baseline,
        value=moved(metric, baseline, improvement),
        improvement=improvement,
        change_percent=100 * improvement / baseline if baseline > 0 else None,
        units=None if weight is None else improvement * weight,
        reported=Reported(result_type="assumed"),
    )


def _alike(metric: OutcomeMetric, whole: Outcome, baseline: Fraction) -> Fraction | None:
    """By how much a cohort improves where all do equally well; see `changes.whole_weight`."""
    if whole.improvement is None:
        return None
    if whole.change_percent is not None:
        return baseline * whole.change_percent / 100
    return whole.improvement if is_rate(metric) else whole.improvement / len(metric.cohorts)


def _as_reported(assumed: Assumed) -> Reported:
    return Reported(value=assumed.value, change=assumed.change_percent, result_type="assumed")
