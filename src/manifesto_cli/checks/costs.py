"""Whether costs can be added up."""

from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, Label, warning
from manifesto_cli.faults.source import Span


def mixed_currencies(examined: Examined) -> Iterator[Diagnostic]:
    """The costs of a manifesto's pledges are in different currencies, so nobody can add them up.

    Mend it by giving all costs in one currency, with the amounts to match; the pledge that differs can be changed where it is picked.
    """
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
