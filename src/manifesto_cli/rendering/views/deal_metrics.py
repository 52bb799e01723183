"""What a deal's page says of an outcome metric: where it stands, what has to be reached, and what came of it, as a scale and as a table."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from manifesto_cli.model.deal import OutcomeMetric
from manifesto_cli.payments.exact import readable
from manifesto_cli.rendering.views import deal_words, words
from manifesto_cli.rendering.views import metric_types as view
from manifesto_cli.rendering.views.deal_outcomes import (
    Came,
    came_of,
    target_change,
    trigger_value,
)
from manifesto_cli.rendering.views.deal_parts import DealOnPage
from manifesto_cli.rendering.views.scale_geometry import Place, metric_scale


class _Row(Struct, frozen=True):
    """A row of the table, and the change by which it stands on the scale; None for what cannot be drawn."""

    row: view.StandRow
    change: Decimal | None
    against: Decimal | None = None
    """The trigger that it must not seem to be on the other side of."""


def metric_view(here: DealOnPage, metric: OutcomeMetric) -> view.MetricView:
    """An outcome metric with all that is said of it."""
    rows = tuple(_rows(here, metric))
    title = deal_words.metric_title(metric)
    places = tuple(
        Place(each.row.kind, each.change, deal_words.percent(readable(each.change, each.against)))
        for each in rows
        if each.change is not None
    )
    return view.MetricView(
        title=title,
        definition=metric.definition if metric.title else "",
        unit=metric.unit,
        direction=deal_words.DIRECTION[metric.direction],
        population=metric.target_population or "",
        population_size=words.number_words(metric.population_size) if metric.population_size else "",
        baseline=here.level(metric, metric.baseline),
        target=_target(here, metric),
        triggers=tuple(
            view.TriggerView(
                level=deal_words.LEVEL[trigger.level],
                change=deal_words.change_words(trigger.change, metric.direction),
                value=_valued(metric, trigger_value(metric, trigger.change)),
            )
            for trigger in metric.triggers
        ),
        validation=metric.outcome_validation_method or "",
        validator=here.party(metric.outcomes_validator) if metric.outcomes_validator else None,
        cohorts=tuple(
            view.CohortView(
                name=deal_words.cohort_title(cohort.id),
                period=cohort.period or "",
                size=words.number_words(cohort.size) if cohort.size else "",
                baseline=here.level(metric, cohort.baseline),
            )
            for cohort in metric.cohorts
        ),
        scale=metric_scale(places, _described(rows), mirrored=words.direction(here.of.language) == "rtl"),
        rows=tuple(each.row for each in rows),
        anchor=here.anchor("metric", metric.id),
    )


def _target(here: DealOnPage, metric: OutcomeMetric) -> view.LevelView | None:
    target = metric.target
    if target is None:
        return None
    return view.LevelView(
        value=deal_words.with_unit(target.value, metric.unit),
        number=words.with_unit(target.value, metric.unit)[0],
        date=here.date(target.by),
        method="",
        source=None,
    )


def _valued(metric: OutcomeMetric, value: Decimal | None) -> str:
    return deal_words.with_unit(readable(value), metric.unit) if value is not None else ""


def _rows(here: DealOnPage, metric: OutcomeMetric) -> Iterator[_Row]:
    """What there is to see, from where it stands to what came of it."""
    baseline, target = here.level(metric, metric.baseline), _target(here, metric)
    if baseline:
        start = None if metric.baseline is None or metric.baseline.value <= 0 else Decimal(0)
        yield _Row(
            view.StandRow("baseline", "Baseline", "", baseline.value, baseline.date, baseline.source), start
        )
    for cohort in metric.cohorts:
        own = here.level(metric, cohort.baseline)
        if own:
            what = f"Baseline of {_lowered(deal_words.cohort_title(cohort.id))}"
            there = Decimal(0) if cohort.baseline and cohort.baseline.value > 0 else None
            yield _Row(view.StandRow("baseline", what, "", own.value, own.date, own.source), there)
    for trigger in sorted(metric.triggers, key=lambda each: each.change):
        yield _Row(
            view.StandRow(
                "trigger",
                f"Trigger {deal_words.LEVEL[trigger.level]}",
                deal_words.change_words(trigger.change, metric.direction),
                _valued(metric, trigger_value(metric, trigger.change)),
                "",
                None,
            ),
            Decimal(trigger.change),
        )
    if target and metric.target:
        change = target_change(metric)
        yield _Row(
            view.StandRow("target", "Target", _changed(metric, change), target.value, target.date, None),
            change,
        )
    for came in came_of(here.deal, metric):
        yield _result_row(here, metric, came)


def _result_row(here: DealOnPage, metric: OutcomeMetric, came: Came) -> _Row:
    kind = "interim" if came.result_type == "interim" else "final"
    shown = f"Result, {_lowered(came.title)}{' (interim)' if kind == 'interim' else ''}"
    return _Row(
        view.StandRow(
            kind,
            shown,
            _changed(metric, came.change, came.trigger),
            _valued(metric, came.given),
            here.date(came.as_of),
            here.source(came.field, came.source, came.locator),
        ),
        came.change,
        came.trigger,
    )


def _lowered(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def _changed(metric: OutcomeMetric, change: Decimal | None, against: Decimal | None = None) -> str:
    return deal_words.change_words(readable(change, against), metric.direction) if change is not None else ""


def _described(rows: tuple[_Row, ...]) -> str:
    """The scale in words, for whoever does not see it."""
    told = (
        ": ".join(part for part in (each.row.what, each.row.change or each.row.value) if part)
        for each in rows
        if each.change is not None
    )
    return f"{'. '.join(told)}."
