"""What the INDIGO data standard wants in words where a deal has numbers. In English, which is the language of the standard."""

from manifesto_cli.model.deal import Direction, OutcomeMetric, Trigger
from manifesto_cli.model.quantity import Number

_BOUND = {"reduce": "at most", "increase": "at least"}
_LEVEL = {"cohort": "for one cohort", "overall": "for all together"}


def target_in_words(metric: OutcomeMetric) -> str:
    """What shall be reached, and from which change on it is paid for; empty where a metric says neither."""
    sentences = []
    if metric.target:
        by = f", by {metric.target.by}" if metric.target.by else ""
        sentences.append(f"{_BOUND[metric.direction]} {digits(metric.target.value)} {metric.unit}{by}")
    if metric.triggers:
        levels = (_trigger(trigger, metric.direction) for trigger in metric.triggers)
        sentences.append(f"payment starts at {', or at '.join(levels)}")
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences)


def result_in_words(
    metric: OutcomeMetric, value: Number | None, change: Number | None, cohort: str | None
) -> str:
    """What was counted, how far that is from the baseline, and in which cohort; empty where neither number is known."""
    number = f"{digits(value)} {metric.unit}" if value is not None else ""
    if change is not None:
        number = (
            f"{number}, {_from_baseline(change, metric.direction)}"
            if number
            else _from_baseline(change, metric.direction)
        )
    return f"{number}, in cohort {cohort}" if number and cohort else number


def digits(number: Number) -> str:
    """The number with the digits that were written; a placeholder that nothing fills stays as it was written, too."""
    hole = getattr(number, "hole", "")
    return f"(({hole}))" if hole else f"{number:f}"


def _trigger(trigger: Trigger, direction: Direction) -> str:
    return f"{_from_baseline(trigger.change, direction)} {_LEVEL[trigger.level]}"


def _from_baseline(change: Number, direction: Direction) -> str:
    """A change in percent, which counts in the direction of the metric, as a distance."""
    below = (direction == "reduce") == (not change.is_signed())
    return f"{digits(change).lstrip('-')}% {'below' if below else 'above'} the baseline"
