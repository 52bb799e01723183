"""Results of a deal: where its numbers come from, whether they agree, and whether they can be at all."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from manifesto_cli.checks.deal_numbers import Path, improvement, in_words, placeholder_at
from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, Label, warning
from manifesto_cli.model.deal import Cohort, CohortResult, Deal, DealResult, OutcomeMetric
from manifesto_cli.model.quantity import Number
from manifesto_cli.payments.exact import known


def unsourced_result(examined: Examined) -> Iterator[Diagnostic]:
    """A result of a deal, or of one of its cohorts, stands without a source.

    Money is paid for it, so everyone will ask who says so.

    Mend it by adding the document to `sources.yaml` and its id as `source:` to the result.
    """
    for subject, deal in examined.deals:
        for result, path in _results(deal):
            if not result.source:
                yield warning(
                    "unsourced-result",
                    "a result needs a source",
                    subject.origin.at(*path),
                    "nothing says where this number comes from",
                    help="add `source:` with the id of a document in `sources.yaml`",
                )


def unsourced_baseline(examined: Examined) -> Iterator[Diagnostic]:
    """A baseline of a deal stands without a source.

    All that is paid is counted from it: whoever would rather have it lower or higher will ask where it comes from.

    The baseline of a cohort may come from the source of its result. One that a placeholder stands for is not asked after: its source is known
    to whoever fills it, and can be told in the words of `period:`.

    Mend it by adding the document to `sources.yaml` and its id as `source:` to the baseline.
    """
    for subject, deal in examined.deals:
        for path in _unsourced_baselines(deal):
            at = subject.origin.at(*path)
            if not placeholder_at(at):
                yield warning(
                    "unsourced-baseline",
                    "a baseline needs a source",
                    at,
                    "nothing says where this number comes from",
                    help="add `source:` with the id of a document in `sources.yaml`",
                )


def result_without_number(examined: Examined) -> Iterator[Diagnostic]:
    """A result says neither what was counted nor by how much it changed.

    Mend it by adding `value:`, in the unit of the metric; or `change:`, in percent, where only that is known.
    """
    for subject, deal in examined.deals:
        for i, result in enumerate(deal.results):
            if result.value is None and result.change is None:
                yield warning(
                    "result-without-number",
                    f"a result of `{result.outcome_metric}` gives no number",
                    subject.origin.at("results", i, "outcome_metric"),
                    "neither `value:` nor `change:`",
                    help="add `value:` with what was counted, or `change:` with the change in percent",
                )


def results_disagree(examined: Examined) -> Iterator[Diagnostic]:
    """Two numbers of a deal say different things of one result.

    There are three ways to it: two final results for the same cohort, or for all together; a cohort whose own `result:` is not its final
    result; and a result whose `change:` is not what its `value:` is against the baseline. Rounding is allowed for: 142 against 155 is 8.4 percent fewer.

    Where two sources disagree, keep the one that counts for payment and say of the other in `note:`.

    Mend it by correcting one of the two numbers, or by taking one away.
    """
    for subject, deal in examined.deals:
        metrics = {metric.id: metric for metric in deal.outcome_metrics}
        cohorts: dict[tuple[str, str], tuple[Cohort | None, Path]] = {
            (metric.id, cohort.id): (cohort, ("outcome_metrics", i, "cohorts", k))
            for i, metric in enumerate(deal.outcome_metrics)
            for k, cohort in enumerate(metric.cohorts)
        }
        finals: dict[tuple[str, str], int] = {}
        for i, result in enumerate(deal.results):
            metric = metrics.get(result.outcome_metric)
            cohort, own = cohorts.get((result.outcome_metric, result.cohort or ""), (None, ()))
            if metric is None or (result.cohort is not None and cohort is None):
                continue  # of that all has been said
            other = _other_change(metric, cohort, result)
            if other is not None:
                yield warning(
                    "results-disagree",
                    f"a result of `{metric.id}` gives a value and a change that do not go together",
                    subject.origin.at("results", i, "change"),
                    f"{in_words(other, 1)} percent would go with the value",
                    others=(Label(subject.origin.at("results", i, "value"), "what was counted"),),
                    help="delete `change:`, which follows from the value, or correct one of the two",
                )
            if result.result_type != "final" or (result.value is None and result.change is None):
                continue
            of = (metric.id, result.cohort or "")
            first = finals.setdefault(of, i)
            if first != i:
                whom = f"the cohort `{result.cohort}`" if result.cohort else "all together"
                yield warning(
                    "results-disagree",
                    f"`{metric.id}` has two final results for {whom}",
                    subject.origin.at("results", i, "result_type"),
                    "final again here",
                    others=(Label(subject.origin.at("results", first, "result_type"), "first final here"),),
                    help="write `interim` for the earlier of the two, or keep one",
                )
                continue
            if cohort and cohort.result:
                place = ("results", i, "change" if result.value is None else "value")
                if _differ(metric, cohort, cohort.result, result):
                    yield warning(
                        "results-disagree",
                        f"the result of the cohort `{cohort.id}` is not its final result",
                        subject.origin.at(*own, "result", "value"),
                        "what the cohort says",
                        others=(Label(subject.origin.at(*place), "what the final result says"),),
                        help="correct one of the two, or delete `result:` of the cohort",
                    )


def _results(deal: Deal) -> Iterator[tuple[DealResult | CohortResult, Path]]:
    """Every result that gives a number, and the place of the number."""
    for i, metric in enumerate(deal.outcome_metrics):
        for k, cohort in enumerate(metric.cohorts):
            if cohort.result:
                yield cohort.result, ("outcome_metrics", i, "cohorts", k, "result", "value")
    for i, result in enumerate(deal.results):
        if result.value is not None or result.change is not None:
            yield result, ("results", i, "change" if result.value is None else "value")


def _unsourced_baselines(deal: Deal) -> Iterator[Path]:
    """The place of each baseline without a source; that of a cohort may be known by the source of its result."""
    told = {(result.outcome_metric, result.cohort) for result in deal.results if result.source}
    for i, metric in enumerate(deal.outcome_metrics):
        if metric.baseline and not metric.baseline.source:
            yield "outcome_metrics", i, "baseline", "value"
        for k, cohort in enumerate(metric.cohorts):
            sourced = (metric.id, cohort.id) in told or (cohort.result and cohort.result.source)
            if cohort.baseline and not cohort.baseline.source and not sourced:
                yield "outcome_metrics", i, "cohorts", k, "baseline", "value"


class _Range(Struct, frozen=True):
    """All that a number may be that was rounded before it was written."""

    least: Fraction
    most: Fraction

    def meets(self, other: "_Range") -> bool:
        return self.least <= other.most and other.least <= self.most


def _range(number: Number) -> _Range:
    exponent = number.as_tuple().exponent
    half = Fraction(10) ** (exponent if isinstance(exponent, int) else 0) / 2
    return _Range(Fraction(number) - half, Fraction(number) + half)


def _change_of(metric: OutcomeMetric, value: Number, baseline: Number) -> _Range | None:
    """The change in percent, in the direction of the metric; None where there are no percentages."""
    of, against = _range(value), _range(baseline)
    if of.least < 0 or against.least <= 0:
        return None
    low, high = 100 * of.least / against.most - 100, 100 * of.most / against.least - 100
    return _Range(-high, -low) if metric.direction == "reduce" else _Range(low, high)


def _written_baseline(metric: OutcomeMetric, cohort: Cohort | None) -> Number | None:
    """What a result is compared with, where that is one number of the deal and known."""
    baseline = (cohort.baseline if cohort else None) or metric.baseline
    return baseline.value if baseline and known(baseline.value) is not None else None


def _other_change(metric: OutcomeMetric, cohort: Cohort | None, result: DealResult) -> Fraction | None:
    """The change that goes with the value of a result, if the one that is given cannot, however both were rounded."""
    baseline = _written_baseline(metric, cohort)
    if result.value is None or result.change is None or baseline is None:
        return None
    change, start = _change_of(metric, result.value, baseline), Fraction(baseline)
    if change is None or change.meets(_range(result.change)):
        return None
    return 100 * improvement(metric, start, Fraction(result.value)) / start


def _differ(metric: OutcomeMetric, cohort: Cohort, own: CohortResult, final: DealResult) -> bool:
    """Whether the result of a cohort cannot be its final one, however both were rounded."""
    if final.value is not None:
        return not _range(own.value).meets(_range(final.value))
    baseline = _written_baseline(metric, cohort)
    change = _change_of(metric, own.value, baseline) if baseline is not None else None
    return change is not None and final.change is not None and not change.meets(_range(final.change))
