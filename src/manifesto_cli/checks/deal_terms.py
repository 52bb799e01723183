"""Terms of a deal: what an ask rests on, and whether anyone could tell that an outcome was reached."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from manifesto_cli.checks.deal_numbers import improvement, in_words, in_yaml
from manifesto_cli.checks.examined import Examined, Subject
from manifesto_cli.faults.diagnostic import Diagnostic, Label, warning
from manifesto_cli.faults.source import Span
from manifesto_cli.model.deal import FINISHED, Deal, OutcomeMetric
from manifesto_cli.payments.changes import whole_baseline
from manifesto_cli.payments.exact import known


def unsupported_ask(examined: Examined) -> Iterator[Diagnostic]:
    """An ask rests on no offer and on no outcome metric.

    A deal is no wish list: whoever is asked will want to know what they get for it. An ask rests on something that the area does,
    or on something that is counted.

    Mend it by listing the ids of offers or outcome metrics under `rests_on:` of the ask.
    """
    for subject, deal in examined.deals:
        supports = [*(offer.id for offer in deal.offers), *(metric.id for metric in deal.outcome_metrics)]
        for i, ask in enumerate(deal.asks):
            if not ask.rests_on:
                yield warning(
                    "unsupported-ask",
                    f"the ask `{ask.id}` rests on no offer and on no outcome metric",
                    subject.origin.at("asks", i, "id"),
                    "nothing is given in return",
                    help=f"add `rests_on: [{supports[0]}]` with the ids of what is given in return"
                    if supports
                    else "add an offer under `offers:`, and its id as `rests_on: [ID]` here",
                )


def unmeasurable_metric(examined: Examined) -> Iterator[Diagnostic]:
    """An outcome metric lacks what it takes to tell whether it was reached.

    That is a baseline, a target, a method by which anyone can tell that the change came about, and somebody who says so. Without
    them, two honest people can read one result in two ways, and the payment hangs on it.

    - A baseline is not owed where each cohort has its own, or where each result is that of such a cohort or gives its change.
    - A target is not owed where `triggers:` say from which change on is paid.
    - A deal that is closed or was refused owes no target and no validator any more, since nothing can be agreed on any longer:
      its results name their sources. It still owes the baseline and the method, without which its results say nothing.

    Mend it by adding what the message names.
    """
    for subject, deal in examined.deals:
        compared = _compared(deal)
        for i, metric in enumerate(deal.outcome_metrics):
            missing = [*_missing(metric, finished=deal.status in FINISHED, compared=metric.id in compared)]
            if missing:
                names = [what for what, _ in missing]
                yield warning(
                    "unmeasurable-metric",
                    f"nobody could tell whether `{metric.id}` was reached",
                    subject.origin.at("outcome_metrics", i, "id"),
                    f"without {_listing(names)}",
                    help=f"add {_listing([typed for _, typed in missing], 'and')}",
                )


def wrong_side(examined: Examined) -> Iterator[Diagnostic]:
    """A target or a trigger of an outcome metric lies on the wrong side.

    `direction:` says whether the metric shall fall or rise. A target is better than the baseline in that direction. The change of a
    trigger is written in that direction, too, so it is above 0: `10` is ten percent fewer where the metric shall fall. And a
    target reaches at least one of the triggers, or else it would be reached and not paid for.

    Mend it by correcting the number, or `direction:`.
    """
    for subject, deal in examined.deals:
        for i, metric in enumerate(deal.outcome_metrics):
            wrong = [*_wrong_triggers(subject, metric, i)]
            beyond = metric.direction == "reduce" and any(each.change > _ALL for each in metric.triggers)
            target = _wrong_target(subject, metric, i, triggers=not wrong and not beyond)
            for found in (*wrong, *target):
                yield warning(
                    "wrong-side", found.headline, found.at, found.label, others=found.others, help=found.help
                )


_ALL = 100
"""Nothing falls by more percent; of a trigger that asks for it all has been said, as an `impossible-amount`."""


def _compared(deal: Deal) -> set[str]:
    """The metrics with results of which each is compared with something, be there a baseline of the metric or not."""
    own = {
        (metric.id, cohort.id)
        for metric in deal.outcome_metrics
        for cohort in metric.cohorts
        if cohort.baseline
    }
    alone = {
        result.outcome_metric
        for result in deal.results
        if result.change is None and (result.outcome_metric, result.cohort) not in own
    }
    return {result.outcome_metric for result in deal.results} - alone


def _missing(metric: OutcomeMetric, *, finished: bool, compared: bool) -> Iterator[tuple[str, str]]:
    """What a metric lacks, each with what to type. `compared` says that its results can do without a baseline of the metric."""
    own = bool(metric.cohorts) and all(cohort.baseline for cohort in metric.cohorts)
    if not (metric.baseline or own or compared):
        yield "a baseline", "`baseline: {value: …}`"
    if not (metric.target or metric.triggers or finished):
        yield "a target", "`target: {value: …}`"
    if not metric.outcome_validation_method:
        yield "a method of validation", "`outcome_validation_method: …`"
    if not (metric.outcomes_validator or finished):
        yield "a validator", "`outcomes_validator: …`"


class _Wrong(Struct, frozen=True):
    """A number on the wrong side, and what is to be said of it."""

    headline: str
    at: Span
    label: str
    others: tuple[Label, ...]
    help: str


def _wrong_triggers(subject: Subject, metric: OutcomeMetric, i: int) -> Iterator[_Wrong]:
    for k, trigger in enumerate(metric.triggers):
        change = known(trigger.change)
        if change is not None and change <= 0:
            better = "fewer" if metric.direction == "reduce" else "more"
            yield _Wrong(
                f"a trigger of `{metric.id}` asks for nothing better",
                subject.origin.at("outcome_metrics", i, "triggers", k, "change"),
                f"{in_words(change)} percent {better} is no change for the better",
                (),
                f"write `change: {in_yaml(-change)}`, without the sign, for {in_words(-change)} percent {better}"
                if change
                else "write the least change that is paid for, or delete the trigger",
            )


def _wrong_target(subject: Subject, metric: OutcomeMetric, i: int, *, triggers: bool) -> Iterator[_Wrong]:
    """A target that is no better than the baseline or, if nothing is wrong with the triggers, reaches none of them."""
    target, baseline = known(metric.target.value) if metric.target else None, whole_baseline(metric)
    if target is None or baseline is None or (baseline <= 0 and metric.triggers):
        return  # of a baseline that no percentage can be counted from it has been said
    at = subject.origin.at("outcome_metrics", i, "target", "value")
    start = _baseline_label(subject, metric, i, baseline)
    better, fall = improvement(metric, baseline, target), metric.direction == "reduce"
    if better <= 0:
        other = f", or `direction: {'increase' if fall else 'reduce'}`" if better else ""
        yield _Wrong(
            f"the target of `{metric.id}` is no better than its baseline",
            at,
            f"{in_words(target)}, and it shall {'fall' if fall else 'rise'}",
            (start,),
            f"write a target {'below' if fall else 'above'} {in_words(baseline)}{other}",
        )
        return
    changes = [
        change for change in map(known, (each.change for each in metric.triggers)) if change is not None
    ]
    if not triggers or not changes or len(changes) < len(metric.triggers):
        return
    least = min(changes)
    if 100 * better < least * baseline:
        reached = Fraction(100 * 100 * better // baseline, 100)  # down, or 7.499 would read as 7.5
        trigger = subject.origin.at("outcome_metrics", i, "triggers", changes.index(least), "change")
        yield _Wrong(
            f"the target of `{metric.id}` reaches none of its triggers",
            at,
            f"{in_words(reached)} percent better than the baseline",
            (start, Label(trigger, f"paid from {in_words(least)} percent on")),
            f"write {_reaching(metric, baseline, least)}, or a trigger that it reaches",
        )


def _baseline_label(subject: Subject, metric: OutcomeMetric, i: int, baseline: Fraction) -> Label:
    """The baseline of all together where it is written, or at the first of those of which it is pooled."""
    if metric.baseline:
        at = subject.origin.at("outcome_metrics", i, "baseline", "value")
        return Label(at, f"{in_words(baseline)} without the deal")
    at = subject.origin.at("outcome_metrics", i, "cohorts", 0, "baseline", "value")
    return Label(at, f"with the other cohorts, {in_words(baseline, 2)} without the deal")


def _reaching(metric: OutcomeMetric, baseline: Fraction, change: Fraction) -> str:
    """The worst target that reaches a trigger, in words. It is rounded to the side on which it does."""
    exact = baseline * change / 100
    scaled = (baseline - exact if metric.direction == "reduce" else baseline + exact) * 100
    floor = scaled.numerator // scaled.denominator
    if metric.direction == "reduce":
        return f"a target of {in_words(Fraction(floor, 100))} or less"
    return f"a target of {in_words(Fraction(floor + (scaled != floor), 100))} or more"


def _listing(words: list[str], joint: str = "or") -> str:
    """Words as a sentence lists them."""
    return f" {joint} ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
