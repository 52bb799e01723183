"""Whether an outcome is paid for: what a trigger asks for, and whether it is reached.

A trigger is a least change in percent. In Peterborough it was 10 for a single cohort and 7.5 for all cohorts together
(contract of the Ministry of Justice and Social Finance; RAND Europe's reports repeat it). It is reached from there on,
compared exactly: 9.99 is not 10, whatever either is rounded to.
"""

from fractions import Fraction

from msgspec import Struct

from manifesto_cli.model.deal import Level, OutcomeMetric
from manifesto_cli.payments.changes import Outcome
from manifesto_cli.payments.exact import known


class Threshold(Struct, frozen=True):
    """From which change on a metric pays at a level."""

    level: Level
    applies: bool
    """Whether anything is paid at this level at all."""
    change_percent: Fraction | None
    """The least of its triggers; None where it pays from the first unit, or where the trigger is a placeholder."""
    open: bool = False
    """Whether one of its triggers is a placeholder that nothing has filled."""


def threshold(metric: OutcomeMetric, level: Level) -> Threshold:
    """The least trigger of a level, since any of them will do. A metric without triggers pays from the first unit, at both levels."""
    changes = [known(trigger.change) for trigger in metric.triggers if trigger.level == level]
    if not metric.triggers:
        return Threshold(level, applies=True, change_percent=None)
    there = [change for change in changes if change is not None]
    return Threshold(level, bool(changes), min(there, default=None), open=len(there) < len(changes))


def met(outcome: Outcome, limit: Threshold) -> bool | None:
    """Whether an outcome reaches a trigger. None where there is none, or where that is not known."""
    if not limit.applies or (limit.change_percent is None and not limit.open):
        return None
    if outcome.change_percent is None or limit.change_percent is None:
        return None
    reached = outcome.change_percent >= limit.change_percent
    return None if limit.open and not reached else reached


def payable(outcome: Outcome, limit: Threshold) -> bool | None:
    """Whether anything is due for an outcome: its trigger is reached, and it is better than the baseline. None where that is not known."""
    if not limit.applies:
        return False
    change = outcome.change_percent
    better = (
        outcome.improvement > 0 if outcome.improvement is not None else None if change is None else change > 0
    )
    if limit.change_percent is None and not limit.open:
        return better
    reached = met(outcome, limit)
    return False if better is False else None if reached is None or better is None else reached
