"""Money of a deal: whether what is priced, promised and put in goes together."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from manifesto_cli.checks.deal_numbers import improvement, in_words, to_write
from manifesto_cli.checks.examined import Examined, Subject
from manifesto_cli.faults.diagnostic import Diagnostic, Label, error, warning
from manifesto_cli.faults.source import Span
from manifesto_cli.model.deal import OutcomeMetric
from manifesto_cli.model.quantity import Number
from manifesto_cli.payments.changes import whole_baseline, whole_weight
from manifesto_cli.payments.exact import known
from manifesto_cli.payments.parties import currencies


def priced_twice(examined: Examined) -> Iterator[Diagnostic]:
    """An outcome metric has two prices.

    What is paid for an outcome is worked out from one price and one limit; two leave it open which of them counts.

    Mend it by keeping one of the two, or by making two metrics of one.
    """
    for subject, deal in examined.deals:
        first: dict[str, int] = {}
        for i, pricing in enumerate(deal.outcome_pricings):
            before = first.setdefault(pricing.outcome_metric, i)
            if before != i:
                yield error(
                    "priced-twice",
                    f"the outcome metric `{pricing.outcome_metric}` has two prices",
                    subject.origin.at("outcome_pricings", i, "outcome_metric"),
                    "priced again here",
                    others=(
                        Label(
                            subject.origin.at("outcome_pricings", before, "outcome_metric"),
                            "first priced here",
                        ),
                    ),
                    help="keep one of the two",
                )


def price_over_cap(examined: Examined) -> Iterator[Diagnostic]:
    """The price of an outcome, times what its target makes of units, is more than the most that is paid for it.

    `maximum_price_if_all_targets_achieved` is what the target costs at that price. Where it is less, the deal stops paying before its own
    target is reached, and whoever does the work will find out when it is too late.

    Units are what a price is multiplied with: for a rate, how many fewer, or more, there are among all people counted; for a count, the
    difference itself.

    Mend it by raising the limit to what the target costs, or by lowering the price.
    """
    for subject, deal in examined.deals:
        metrics = {metric.id: metric for metric in deal.outcome_metrics}
        for i, pricing in enumerate(deal.outcome_pricings):
            metric, price = metrics.get(pricing.outcome_metric), known(pricing.price_per_unit)
            units = _units_at_target(metric) if metric else None
            limit = known(pricing.maximum_price_if_all_targets_achieved)
            if units is None or price is None or limit is None or limit < 0 or units * price <= limit:
                continue
            cost, most = units * price, "maximum_price_if_all_targets_achieved"
            at_limit = subject.origin.at("outcome_pricings", i, most)
            yield warning(
                "price-over-cap",
                f"the target of `{pricing.outcome_metric}` costs more than is ever paid for it",
                subject.origin.at("outcome_pricings", i, "price_per_unit"),
                f"{in_words(price)} times {in_words(units, 2)} units at the target is {in_words(cost, 2)} {pricing.currency}",
                others=(Label(at_limit, f"at most {in_words(limit)} {pricing.currency} is paid"),),
                help=f"write {to_write(at_limit, most, _up(cost))}, or a lower price",
            )


def commitments_differ(examined: Examined) -> Iterator[Diagnostic]:
    """What payers have promised is more, or less, than the most that the deal pays for its outcomes.

    If it is less, somebody may not get what the deal says; if it is more, public money is set aside for nothing. Sums that are not public
    are left out of the account: then only what is certain is said.

    Mend it by correcting the commitments or the limits, so that both add up to the same.
    """
    for subject, deal in examined.deals:
        promised = _amounts(
            subject,
            "outcome_payment_commitments",
            "maximum_potential_outcome_payment",
            [each.maximum_potential_outcome_payment for each in deal.outcome_payment_commitments],
        )
        limits = _amounts(
            subject,
            "outcome_pricings",
            "maximum_price_if_all_targets_achieved",
            [each.maximum_price_if_all_targets_achieved for each in deal.outcome_pricings],
        )
        twice = len({each.outcome_metric for each in deal.outcome_pricings}) < len(deal.outcome_pricings)
        if not promised.sound or not limits.sound or len(currencies(deal)) != 1 or twice:
            continue  # of what is priced twice it is open which limit counts
        short = promised.complete and promised.total < limits.total
        over = limits.complete and promised.total > limits.total
        if short or over:
            currency = deal.outcome_pricings[0].currency
            yield warning(
                "commitments-differ",
                f"payers have promised {'less' if short else 'more'} than the deal pays at most",
                promised.at,
                f"{promised.words} {currency} in all",
                others=(Label(limits.at, f"{limits.words} {currency} in all"),),
                help=f"write {to_write(promised.at, 'maximum_potential_outcome_payment', limits.total)}, or correct the limit"
                if promised.one
                else f"make the commitments and the limits add up to the same, such as {limits.words} {currency}",
            )


def returns_over_commitments(examined: Examined) -> Iterator[Diagnostic]:
    """Investors may get more than payers have promised to pay.

    What investors get, their own money back and a return on it, comes from what is paid for outcomes. If the most that they may get
    is above that, nobody has promised the rest.

    Where a part of what is put in is never spent and goes back as it is, allow this.

    Mend it by lowering `maximum_potential_return`, or by raising the commitments.
    """
    for subject, deal in examined.deals:
        promised = _amounts(
            subject,
            "outcome_payment_commitments",
            "maximum_potential_outcome_payment",
            [each.maximum_potential_outcome_payment for each in deal.outcome_payment_commitments],
        )
        returns = _amounts(
            subject,
            "investments",
            "maximum_potential_return",
            [each.maximum_potential_return for each in deal.investments],
        )
        if not promised.complete or not promised.sound or not returns.sound or len(currencies(deal)) != 1:
            continue
        put_in = sum(
            (
                max(known(each.investment_commitment) or Fraction(0), Fraction(0))
                for each in deal.investments
                if known(each.maximum_potential_return) is not None
            ),
            Fraction(0),
        )
        if put_in + returns.total > promised.total:
            currency = deal.investments[0].currency
            yield warning(
                "returns-over-commitments",
                "investors may get more than payers have promised",
                returns.at,
                f"with what is put in, up to {in_words(put_in + returns.total)} {currency}",
                others=(Label(promised.at, f"{promised.words} {currency} in all"),),
                help=f"write {to_write(returns.at, 'maximum_potential_return', promised.total - put_in)}{'' if returns.one else ' or less in all'}, or raise the commitments"
                if promised.total > put_in
                else f"raise the commitments to {in_words(_up(put_in + returns.total))} {currency} in all",
            )


class _Sum(Struct, frozen=True):
    """The known amounts of a list, added up."""

    total: Fraction
    at: Span
    one: bool
    """Whether it is one amount, which stands there."""
    sound: bool
    """Whether there is any, and none below 0, of which all has been said."""
    complete: bool
    """Whether all are known."""

    @property
    def words(self) -> str:
        return in_words(self.total)


def _amounts(subject: Subject, field: str, amount: str, numbers: Sequence[Number | None]) -> _Sum:
    found = [(i, each) for i, each in enumerate(map(known, numbers)) if each is not None]
    one = len(found) == 1
    return _Sum(
        sum((each for _, each in found), Fraction(0)),
        subject.origin.at(field, found[0][0], amount) if one else subject.origin.name(field),
        one,
        bool(found) and all(each >= 0 for _, each in found),
        len(found) == len(numbers),
    )


def _units_at_target(metric: OutcomeMetric) -> Fraction | None:
    """How many units the target of a metric is worth; None where that is not known, or the target is no better than the baseline."""
    target, baseline = known(metric.target.value) if metric.target else None, whole_baseline(metric)
    weight = whole_weight(metric) if target is not None else None
    if target is None or baseline is None or weight is None:
        return None
    better = improvement(metric, baseline, target)
    return better * weight if better > 0 else None


def _up(amount: Fraction) -> Fraction:
    """A sum in whole hundredths, rounded up: what is written as a limit must hold the sum."""
    return Fraction(-(-amount * 100 // 1), 100)
