"""Amounts of a deal: numbers that cannot be, whatever they are meant to say."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from manifesto_cli.checks.deal_numbers import Path, in_words, in_yaml
from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, warning
from manifesto_cli.model.deal import CohortResult, Deal, MetricBaseline, MetricTarget, OutcomeMetric
from manifesto_cli.model.quantity import Number
from manifesto_cli.payments.exact import known


def impossible_amount(examined: Examined) -> Iterator[Diagnostic]:
    """A number of a deal cannot be: a group of fewer than one person, a price below 0, a fall by more than all there is.

    - Sizes of groups, and `per:`, are whole numbers above 0.
    - Prices, limits, commitments, investments, losses and returns are not below 0, and nobody loses more than they put in.
    - A baseline is above 0 where anything is counted in percent of it: by triggers, or by results of which only the change is known.
    - What is counted per so many people is not below 0.
    - Nothing falls by more than 100 percent.

    Mend it by correcting the number.
    """
    for subject, deal in examined.deals:
        for number, path, bounds in _bounded(deal):
            exact = known(number)
            if exact is not None and not bounds.hold(exact):
                yield warning(
                    "impossible-amount",
                    f"`{_name(path)}:` cannot be {in_words(exact)}",
                    subject.origin.at(*path),
                    bounds.why,
                    help=f"write {bounds.wanted}",
                )


class _Bounds(Struct, frozen=True):
    """Between what a number has to be."""

    why: str
    least: Fraction | None = None
    most: Fraction | None = None
    above: bool = False
    """Whether it has to be above the least."""
    whole: bool = False

    def hold(self, number: Fraction) -> bool:
        enough = self.least is None or number > self.least or (number == self.least and not self.above)
        few = self.most is None or number <= self.most
        return enough and few and (number.denominator == 1 or not self.whole)

    @property
    def wanted(self) -> str:
        """What to write instead."""
        kind = "a whole number" if self.whole else "a number"
        if self.least is None:
            return f"{kind} of {in_yaml(self.most or Fraction(0))} at most"
        return (
            f"{kind} above {in_yaml(self.least)}"
            if self.above
            else f"{kind} of {in_yaml(self.least)} or more"
        )


def _name(path: Path) -> str:
    """What a reader calls the number: the field that it is the value of, if there is one."""
    above = path[-2]
    return above if path[-1] == "value" and isinstance(above, str) else str(path[-1])


_ZERO = Fraction(0)
_PEOPLE = _Bounds("people are counted here", _ZERO, above=True, whole=True)
_MONEY = _Bounds("a sum below nothing", _ZERO)
_RATE = _Bounds("fewer than none", _ZERO)
_COUNTED_FROM = _Bounds("changes are counted in percent of it", _ZERO, above=True)
_FALL = _Bounds("nothing falls by more than all there is", most=Fraction(100))


def _bounded(deal: Deal) -> Iterator[tuple[Number | None, Path, _Bounds]]:
    """Each number of a deal that has bounds, with its place."""
    changes = {result.outcome_metric for result in deal.results if result.value is None and result.change}
    for i, metric in enumerate(deal.outcome_metrics):
        in_percent = bool(metric.triggers) or metric.id in changes
        yield from _of_metric(metric, ("outcome_metrics", i), in_percent=in_percent)
    sums = {
        "outcome_pricings": ("price_per_unit", "maximum_price_if_all_targets_achieved"),
        "outcome_payment_commitments": ("maximum_potential_outcome_payment",),
        "investments": ("investment_commitment", "maximum_potential_loss", "maximum_potential_return"),
    }
    for field, names in sums.items():
        for i, each in enumerate(getattr(deal, field)):
            yield from ((getattr(each, name), (field, i, name), _MONEY) for name in names)
    for i, each in enumerate(deal.investments):
        put_in = known(each.investment_commitment)
        if put_in is not None and put_in >= 0:
            lost = _Bounds(f"more than the {in_words(put_in)} that is put in", most=put_in)
            yield each.maximum_potential_loss, ("investments", i, "maximum_potential_loss"), lost
    metrics = {metric.id: metric for metric in deal.outcome_metrics}
    for i, result in enumerate(deal.results):
        of = metrics.get(result.outcome_metric)
        if of is not None and of.per is not None:
            yield result.value, ("results", i, "value"), _RATE
        if of is not None and of.direction == "reduce":
            yield result.change, ("results", i, "change"), _FALL


def _of_metric(
    metric: OutcomeMetric, above: Path, *, in_percent: bool
) -> Iterator[tuple[Number | None, Path, _Bounds]]:
    """The numbers of a metric that have bounds. `in_percent` says that changes are counted in percent of its baseline."""
    yield metric.per, (*above, "per"), _PEOPLE
    yield metric.population_size, (*above, "population_size"), _PEOPLE
    rate = _RATE if metric.per is not None else None
    start = _COUNTED_FROM if in_percent else rate
    stated: list[tuple[MetricBaseline | MetricTarget | CohortResult | None, Path, _Bounds | None]] = [
        (metric.baseline, (*above, "baseline", "value"), start),
        (metric.target, (*above, "target", "value"), rate),
    ]
    for k, cohort in enumerate(metric.cohorts):
        inside = (*above, "cohorts", k)
        yield cohort.size, (*inside, "size"), _PEOPLE
        stated += [
            (cohort.baseline, (*inside, "baseline", "value"), start),
            (cohort.result, (*inside, "result", "value"), rate),
        ]
    yield from ((each.value, path, bounds) for each, path, bounds in stated if each and bounds)
    if metric.direction == "reduce":
        for k, trigger in enumerate(metric.triggers):
            yield trigger.change, (*above, "triggers", k, "change"), _FALL
