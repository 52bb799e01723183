"""Whether sums of money can be added up."""

from collections.abc import Callable, Iterator
from functools import partial

from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, Label, warning
from manifesto_cli.faults.source import Span


def mixed_currencies(examined: Examined) -> Iterator[Diagnostic]:
    """The costs of a manifesto's pledges, or the sums of a deal, are in different currencies, so nobody can add them up.

    In a deal, a sum without `currency:` is in pounds (`GBP`).

    Mend it by giving all of them in one currency, with the amounts to match; the pledge or the deal that differs can be changed where it is picked.
    """
    for what, this, given in _sums(examined):
        first: dict[str, Callable[[], Span]] = {}
        for currency, place in given:
            if currency in first:
                continue
            if first:
                main, main_place = next(iter(first.items()))
                yield warning(
                    "mixed-currencies",
                    f"{what} are given in {main} and in {currency}",
                    place(),
                    f"in {currency}",
                    others=(Label(main_place(), f"in {main}"),),
                    help=f"give {this} in {main} too: `currency: {main}`, with the amounts to match",
                )
            first[currency] = place


def _sums(examined: Examined) -> Iterator[tuple[str, str, Iterator[tuple[str, Callable[[], Span]]]]]:
    """What belongs together: how all of it is called, and one of it; and each currency in it, with what finds its place."""
    if examined.edition is not None:
        costs = (
            (pledge.idea.cost.currency, partial(pledge.origin.at, "cost", "currency"))
            for pledge in examined.edition.pledges
            if pledge.idea.cost is not None
        )
        yield "costs", "this cost", costs
    for subject, deal in examined.deals:
        sums = (
            (each.currency, partial(subject.origin.at, field, i, "currency"))
            for field in ("outcome_pricings", "outcome_payment_commitments", "investments")
            for i, each in enumerate(getattr(deal, field))
        )
        yield "the sums of this deal", "this sum", sums
