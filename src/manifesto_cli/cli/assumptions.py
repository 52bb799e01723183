"""What was typed after `--set` → what is assumed of a deal's metrics, or what to type instead."""

from collections.abc import Iterable
from fractions import Fraction

from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.model.deal import Deal, OutcomeMetric
from manifesto_cli.model.quantity import Number
from manifesto_cli.payments.assuming import Assumptions
from manifesto_cli.payments.changes import Assumed, cohort_baseline, whole_baseline

_MANY = 12
_LONGEST = 60
_PERCENT = ("%", "percent", "per cent")
_ALL_GONE = 100


def assumptions(deal: Deal, typed: Iterable[str]) -> Assumptions:
    """What is assumed, by metric and cohort. ManifestoError for what the deal does not count, and for what is no number."""
    found: dict[tuple[str, str], Assumed] = {}
    for text in typed:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise _wrong(
                f"`--set {_short(text)}` does not say what is to be assumed",
                f"write it like `--set {_example(deal)}`",
            )
        metric, cohort = _named(deal, name.strip().lower())
        if (metric.id, cohort) in found:
            raise _wrong(f"`{_short(name.strip())}` is set twice", "leave out one of them")
        found[metric.id, cohort] = _value(metric, cohort, value.strip())
    return found


def _named(deal: Deal, name: str) -> tuple[OutcomeMetric, str]:
    metric_id, dot, cohort = name.partition(".")
    metric = next((each for each in deal.outcome_metrics if each.id == metric_id), None)
    if metric is None:
        raise _wrong(f"the deal has no outcome metric `{_short(metric_id)}`", _other_metric(deal, metric_id))
    if not dot:
        return metric, ""
    known = [each.id for each in metric.cohorts]
    if cohort not in known:
        meant = nearest(cohort, known)
        if meant:
            help = f"did you mean `{metric.id}.{meant}`?"
        elif known:
            help = f"its cohorts are {_listed(known)}"
        else:
            help = f"it has no cohorts: write `--set {metric.id}=…` for all together"
        raise _wrong(f"the metric `{metric.id}` has no cohort `{_short(cohort)}`", help)
    return metric, cohort


def _other_metric(deal: Deal, name: str) -> str:
    known = [each.id for each in deal.outcome_metrics]
    if name in deal.questions:
        return f"`(({name}))` is a value of the deal: give it under `values:` where a `manifesto.yaml` picks the deal"
    meant = nearest(name, known)
    if meant:
        return f"did you mean `{meant}`?"
    return f"its metrics are {_listed(known)}" if known else "leave out `--set`: the deal counts no outcomes"


def _value(metric: OutcomeMetric, cohort: str, text: str) -> Assumed:
    """A value in the unit of the metric, or a change in percent."""
    sign = next((each for each in _PERCENT if text.endswith(each)), "")
    try:
        number = Number.parse(text.removesuffix(sign).strip())
    except ValueError:
        raise _wrong(
            f"`{_short(text)}` is no outcome",
            f"write a number of {_short(metric.unit)}, like 12, 0.5 or 1000, or a change like `8.4%`; `-2%` is worse",
        ) from None
    baseline = _baseline(metric, cohort)
    above = metric.direction == "reduce" and baseline is not None and baseline > 0
    if above and (number > _ALL_GONE if sign else number < 0):
        raise _wrong(
            f"`{metric.id}` cannot become `{_short(text)}`",
            "nothing becomes less than 0, which is 100% fewer",
        )
    return Assumed(change_percent=number) if sign else Assumed(value=number)


def _baseline(metric: OutcomeMetric, cohort: str) -> Fraction | None:
    return next(
        (cohort_baseline(metric, each) for each in metric.cohorts if each.id == cohort),
        whole_baseline(metric),
    )


def _example(deal: Deal) -> str:
    metric = next(iter(deal.outcome_metrics), None)
    return f"{metric.id if metric else 'METRIC'}=8.4%"


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_MANY])
    return f"{shown}, …" if len(names) > _MANY else shown


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _wrong(headline: str, help: str) -> ManifestoError:
    return ManifestoError(headline, help=help, status=Exit.USAGE)
