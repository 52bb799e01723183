"""Whether sums of money can be added up."""

from collections.abc import Iterator

from manifesto_cli.checks.deal_numbers import deals
from manifesto_cli.checks.examined import Examined, Subject
from manifesto_cli.faults.diagnostic import Diagnostic, Label, warning
from manifesto_cli.faults.source import Span
from manifesto_cli.model.deal import Deal


def mixed_currencies(examined: Examined) -> Iterator[Diagnostic]:
    """The costs of a manifesto's pledges, or the sums of a deal, are in different currencies, so nobody can add them up.

    In a deal, a sum without `currency:` is in pounds (`GBP`).

    Mend it by giving all of them in one currency, with the amounts to match; the pledge or the deal that differs can be changed where it is picked.
    """
    for subject, deal in deals(examined):
        yield from _mixed_in(subject, deal)
    if examined.edition is None:
        return
    first: dict[str, Span] = {}
    for pledge in examined.edition.pledges:
        cost = pledge.idea.cost
        if cost is None or cost.currency in first:
            continue
        at = pledge.origin.at("cost", "currency")
        if first:
            main, place = next(iter(first.items()))
            yield warning(
                "mixed-currencies",
                f"costs are given in {main} and in {cost.currency}",
                at,
                f"in {cost.currency}",
                others=(Label(place, f"in {main}"),),
                help=f"give this cost in {main} too: `currency: {main}`, with the amounts to match",
            )
        first[cost.currency] = at


def _mixed_in(subject: Subject, deal: Deal) -> Iterator[Diagnostic]:
    """A fault for each further currency of a deal: its payments hang together, whatever they are for."""
    first: dict[str, Span] = {}
    for field in ("outcome_pricings", "outcome_payment_commitments", "investments"):
        for i, each in enumerate(getattr(deal, field)):
            if each.currency in first:
                continue
            at = subject.origin.at(field, i, "currency")
            if first:
                main, place = next(iter(first.items()))
                yield warning(
                    "mixed-currencies",
                    f"the sums of this deal are given in {main} and in {each.currency}",
                    at,
                    f"in {each.currency}",
                    others=(Label(place, f"in {main}"),),
                    help=f"give this sum in {main} too: `currency: {main}`, with the amount to match",
                )
            first[each.currency] = at
