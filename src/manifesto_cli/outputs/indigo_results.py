"""Results of a deal → those of the INDIGO data standard: first the deal's own, then those that only a cohort says."""

from collections.abc import Iterable, Iterator

from manifesto_cli.model.deal import Cohort, Deal, OutcomeMetric
from manifesto_cli.outputs.indigo_mapping import OUTCOME_LEVEL
from manifesto_cli.outputs.indigo_paths import Path
from manifesto_cli.outputs.indigo_placed import Placed
from manifesto_cli.outputs.indigo_words import result_in_words


def cohort_results(record: Deal) -> tuple[tuple[int, int], ...]:
    """The metric and the cohort, by number, of each result that only the cohort says, in the order in which they follow the deal's own."""
    counted = {(result.outcome_metric, result.cohort) for result in record.results}
    return tuple(
        (i, k)
        for i, metric in enumerate(record.outcome_metrics)
        for k, cohort in enumerate(metric.cohorts)
        if cohort.result and (metric.id, cohort.id) not in counted
    )


def results(record: Deal) -> Iterator[Placed]:
    """What was achieved, at which level, and who said so. What goes to its place as it is is not among it."""
    metrics = {metric.id: (i, metric) for i, metric in enumerate(record.outcome_metrics)}
    for n, result in enumerate(record.results):
        yield Placed(("results", n, "result_level", "value"), OUTCOME_LEVEL)
        if result.outcome_metric in metrics:
            i, metric = metrics[result.outcome_metric]
            yield from _achieved(record, n, i)
            yield from _validator(record, n, i, metric)
    for n, (i, k) in enumerate(cohort_results(record), len(record.results)):
        metric = record.outcome_metrics[i]
        yield from _of_cohort(n, (i, k), metric, metric.cohorts[k])
        yield from _validator(record, n, i, metric)


def _achieved(record: Deal, n: int, i: int) -> Iterator[Placed]:
    result, metric = record.results[n], record.outcome_metrics[i]
    words = result_in_words(metric, result.value, result.change, result.cohort)
    if words:
        names = ("value", "change", "cohort")
        of: list[Path] = [("results", n, name) for name in names if getattr(result, name) is not None]
        of += _cohort_ids(i, metric, result.cohort)
        of += [("outcome_metrics", i, "unit")] if result.value is not None else []
        of += [("outcome_metrics", i, "direction")] if result.change is not None else []
        yield Placed(("results", n, "outcomes_achieved", "value"), words, tuple(of))


def _cohort_ids(i: int, metric: OutcomeMetric, name: str | None) -> Iterable[Path]:
    return (
        ("outcome_metrics", i, "cohorts", k, "id")
        for k, cohort in enumerate(metric.cohorts)
        if cohort.id == name
    )


def _of_cohort(n: int, numbers: tuple[int, int], metric: OutcomeMetric, cohort: Cohort) -> Iterator[Placed]:
    here: Path = ("outcome_metrics", numbers[0], "cohorts", numbers[1])
    result = cohort.result
    if result is None:
        return
    words = result_in_words(metric, result.value, None, cohort.id)
    of = ((*here, "result", "value"), (*here, "id"), (*here[:2], "unit"))
    yield Placed(("results", n, "outcome_metric_id", "value"), metric.id)
    yield Placed(("results", n, "result_level", "value"), OUTCOME_LEVEL)
    yield Placed(("results", n, "outcomes_achieved", "value"), words, of)
    if result.note:
        yield Placed(("results", n, "notes"), result.note, ((*here, "result", "note"),))


def _validator(record: Deal, n: int, i: int, metric: OutcomeMetric) -> Iterator[Placed]:
    name = metric.outcomes_validator
    if name:
        roles = (
            ("parties", k, "role")
            for k, party in enumerate(record.parties)
            if party.id == name and party.role == "outcomes_validator"
        )
        of = (("outcome_metrics", i, "outcomes_validator"), *roles)
        yield Placed(("results", n, "outcomes_validator_organisation_ids", "value"), name, of)
