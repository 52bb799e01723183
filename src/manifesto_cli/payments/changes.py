"""What came of a metric: for a cohort, and for all of them together, against what there was without the deal.

An improvement is counted in the direction of the metric, so that more of it is always better. A cohort is compared with
its own baseline if it has one: Peterborough's were compared with a group chosen for each of them (RAND Europe for the
Ministry of Justice). All together are what somebody has made known of all; otherwise their cohorts, pooled.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from manifesto_cli.model.deal import Cohort, CohortResult, Deal, DealResult, OutcomeMetric
from manifesto_cli.model.quantity import Number, PartialDate
from manifesto_cli.payments.exact import known

ResultType = Literal["interim", "final", "assumed", ""]
"""How sure a number is; empty where nobody says, or there is no number."""
Path = tuple[str | int, ...]
_RANK: tuple[ResultType, ...] = ("assumed", "interim", "", "final")


class Assumed(Struct, frozen=True, kw_only=True):
    """What shall be counted as if it had come about: a value in the unit of the metric, or a change in percent, positive for better."""

    value: Decimal | None = None
    change_percent: Decimal | None = None


class Reported(Struct, frozen=True, kw_only=True):
    """A result as somebody has made it known, or as it is assumed."""

    value: Number | Decimal | None = None
    change: Number | Decimal | None = None
    """In percent, in the direction of the metric."""
    result_type: ResultType = ""
    as_of: PartialDate | None = None
    source: str = ""
    locator: str = ""
    note: str = ""
    path: Path = ()
    """The field of the deal where it stands, such as `("results", 0)`; empty for what is assumed or pooled."""


NOTHING = Reported()


class Outcome(Struct, frozen=True, kw_only=True):
    """What came about for a cohort or for all together. None stands for whatever is not known."""

    cohort: str
    """Its id; empty for all together."""
    baseline: Fraction | None
    value: Fraction | None
    improvement: Fraction | None
    """In the unit of the metric; positive is better."""
    change_percent: Fraction | None
    """The improvement in percent of the baseline. There is none where the baseline is not above 0."""
    units: Fraction | None
    """What a price is multiplied with: how many fewer, or more, there are than the baseline says, among all people counted."""
    reported: Reported = NOTHING
    pooled: bool = False
    """Whether it was worked out from the cohorts."""

    @property
    def happened(self) -> bool:
        """Whether anything is known of it."""
        return self.value is not None or self.change_percent is not None


class Outcomes(Struct, frozen=True, kw_only=True):
    """What came of a metric."""

    cohorts: tuple[Outcome, ...]
    """In the order in which the deal lists them."""
    whole: Outcome
    """All together."""


def latest(deal: Deal, metric: OutcomeMetric, cohort: str) -> Reported:
    """The result that counts for a cohort, or with an empty id for all: the last final one, else the last interim one, else the cohort's own."""
    for result_type in ("final", "interim"):
        for i, result in reversed([*enumerate(deal.results)]):
            if (
                (result.cohort or "") == cohort
                and result.outcome_metric == metric.id
                and result.result_type == result_type
                and (result.value is not None or result.change is not None)
            ):
                return _reported(result, result.change, result.result_type, ("results", i))
    place = next((i for i, each in enumerate(deal.outcome_metrics) if each.id == metric.id), 0)
    for i, each in enumerate(metric.cohorts):
        if each.id == cohort and each.result:
            return _reported(each.result, None, "", ("outcome_metrics", place, "cohorts", i, "result"))
    return NOTHING


def whole_baseline(metric: OutcomeMetric) -> Fraction | None:
    """What all together are compared with: the baseline of the metric, else those of its cohorts, pooled."""
    if metric.baseline:
        return known(metric.baseline.value)
    baselines = [cohort_baseline(metric, cohort) for cohort in metric.cohorts]
    return _pooled(metric, baselines) if baselines else None


def cohort_baseline(metric: OutcomeMetric, cohort: Cohort) -> Fraction | None:
    """What a cohort is compared with: its own baseline, else that of the metric."""
    baseline = cohort.baseline or metric.baseline
    return known(baseline.value) if baseline else None


def size(cohort: Cohort) -> Fraction | None:
    """How many people are in a cohort."""
    return _not_negative(known(cohort.size))


def is_rate(metric: OutcomeMetric) -> bool:
    """Whether its numbers are counted per so many people. All others are counts."""
    return metric.per is not None


def outcome(
    metric: OutcomeMetric,
    cohort: str,
    baseline: Fraction | None,
    weight: Fraction | None,
    reported: Reported,
) -> Outcome:
    """What a result means against a baseline; `weight` is how many units there are in an improvement by one."""
    value = None if reported.value is None else Fraction(reported.value)
    change = None if reported.change is None else Fraction(reported.change)
    above = baseline is not None and baseline > 0
    improvement: Fraction | None = None
    if value is not None and baseline is not None:
        improvement = baseline - value if metric.direction == "reduce" else value - baseline
        change = 100 * improvement / baseline if above else None
    elif value is None and change is not None and baseline is not None:
        improvement = baseline * change / 100 if above else None
        value = None if improvement is None else moved(metric, baseline, improvement)
        change = change if above else None
    return Outcome(
        cohort=cohort,
        baseline=baseline,
        value=value,
        improvement=improvement,
        change_percent=change,
        units=None if improvement is None or weight is None else improvement * weight,
        reported=reported,
    )


def moved(metric: OutcomeMetric, baseline: Fraction, improvement: Fraction) -> Fraction:
    """The value that is better than a baseline by so much."""
    return baseline - improvement if metric.direction == "reduce" else baseline + improvement


def cohort_weight(metric: OutcomeMetric, cohort: Cohort) -> Fraction | None:
    """How many units there are in an improvement of a cohort by one: one for a count; for a rate as many as its people are times `per`."""
    if not is_rate(metric):
        return Fraction(1)
    return _per_people(metric, size(cohort))


def whole_weight(metric: OutcomeMetric) -> Fraction | None:
    """The same for an improvement of the metric where all cohorts improve alike.

    Alike means by the same percentage of their own baselines, which for all together makes the same percentage again.
    Where the baseline is not above 0, there are no percentages: a rate then improves by the same in each cohort, and a
    count is that of all cohorts together.
    """
    if is_rate(metric) and metric.population_size is not None:
        return _per_people(metric, known(metric.population_size))
    if metric.cohorts:
        return cohorts_weight(metric)
    return None if is_rate(metric) else Fraction(1)


def cohorts_weight(metric: OutcomeMetric) -> Fraction | None:
    """The same, counted in the cohorts that are listed."""
    total, baseline = Fraction(0), whole_baseline(metric)
    for cohort in metric.cohorts:
        weight, share = cohort_weight(metric, cohort), _alike(metric, baseline, cohort)
        if weight is None or share is None:
            return None
        total += weight * share
    return total


def _alike(metric: OutcomeMetric, baseline: Fraction | None, cohort: Cohort) -> Fraction | None:
    """By how much a cohort improves where the metric does by one and all cohorts improve alike."""
    own = cohort_baseline(metric, cohort)
    if baseline is None or own is None:
        return None
    if baseline > 0:
        return own / baseline
    return Fraction(1) if is_rate(metric) else Fraction(1, len(metric.cohorts))


def pooled(metric: OutcomeMetric, cohorts: Sequence[Outcome]) -> Outcome:
    """All together, from all cohorts: rates weighted by how many people there are in each, counts added up.

    Nothing is known of all as long as something is missing of one: what would be left out might be what went badly.
    """
    baseline = _pooled(metric, [each.baseline for each in cohorts])
    value = _pooled(metric, [each.value for each in cohorts])
    improvement = _pooled(metric, [each.improvement for each in cohorts])
    above = baseline is not None and baseline > 0
    if baseline is None or not above or improvement is None:
        change = _same(each.change_percent for each in cohorts)
    else:
        change = 100 * improvement / baseline
    return Outcome(
        cohort="",
        baseline=baseline,
        value=value,
        improvement=improvement,
        change_percent=change,
        units=_sum(each.units for each in cohorts),
        reported=Reported(
            result_type=min((each.reported.result_type for each in cohorts), key=_RANK.index)
            if improvement is not None or change is not None
            else ""
        ),
        pooled=True,
    )


def _pooled(metric: OutcomeMetric, numbers: Sequence[Fraction | None]) -> Fraction | None:
    if not is_rate(metric):
        return _sum(numbers)
    same = _same(numbers)
    if same is not None:
        return same  # whatever the weights are
    sizes = [size(cohort) for cohort in metric.cohorts]
    people = _sum(sizes)
    if not people:
        return None
    parts = (
        None if number is None or weight is None else number * weight
        for number, weight in zip(numbers, sizes, strict=True)
    )
    total = _sum(parts)
    return None if total is None else total / people


def _same(numbers: Iterable[Fraction | None]) -> Fraction | None:
    """The one number that all of them are, if they are."""
    different = set(numbers)
    return different.pop() if len(different) == 1 else None


def _sum(numbers: Iterable[Fraction | None]) -> Fraction | None:
    total = Fraction(0)
    for number in numbers:
        if number is None:
            return None
        total += number
    return total


def _per_people(metric: OutcomeMetric, people: Fraction | None) -> Fraction | None:
    per = known(metric.per)
    people = _not_negative(people)
    return people / per if per and per > 0 and people is not None else None


def _not_negative(number: Fraction | None) -> Fraction | None:
    return None if number is None or number < 0 else number


def _reported(
    result: CohortResult | DealResult, change: Number | None, result_type: ResultType, path: Path
) -> Reported:
    return Reported(
        value=result.value,
        change=change,
        result_type=result_type,
        as_of=result.as_of,
        source=result.source or "",
        locator=result.locator or "",
        note=result.note or "",
        path=path,
    )
