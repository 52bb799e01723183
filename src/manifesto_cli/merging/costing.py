"""What an edition costs: sums by priority and by who pays, exact to the last digit, each currency by itself."""

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact

from msgspec import Struct

from manifesto_cli.merging.edition import Edition, Pledge
from manifesto_cli.model.idea import Cost

_EXACT = Context(prec=200, traps=[Inexact])
"""Decimals round to 28 digits unless told otherwise; a number has up to 27, so two of them could lose a penny."""


class Amount(Struct, frozen=True):
    """Sums in one currency; None where nothing of the kind is given."""

    currency: str
    one_off: Decimal | None
    per_year: Decimal | None


class Share(Struct, frozen=True):
    """What some of the pledges cost together."""

    name: str
    """The key of the priority, or who pays, in the words of the first pledge that says so; empty where no pledge says it."""
    amounts: tuple[Amount, ...]


class Costing(Struct, frozen=True):
    """What an edition costs. Pledges that were withdrawn are counted nowhere."""

    total: tuple[Amount, ...]
    """An amount for each currency, in the order in which they are first met."""
    by_priority: tuple[Share, ...]
    """In the order of the priorities, without those for which no sum is given."""
    by_funding: tuple[Share, ...]
    """In the order in which they are first met."""
    costed: tuple[Pledge, ...]
    open: tuple[Pledge, ...]
    """Pledges for which no sum is given yet."""
    withdrawn: tuple[Pledge, ...]


def costing(edition: Edition) -> Costing:
    """The sums of an edition. For each currency those by priority add up to the total, and so do those by who pays."""
    standing = [pledge for pledge in edition.pledges if pledge.idea.status != "withdrawn"]
    costed = [pledge for pledge in standing if _sums(pledge)]
    counted = {pledge.key for pledge in costed}
    by_priority = (
        Share(priority.key, total(_costs(pledge for pledge in priority.pledges if pledge.key in counted)))
        for priority in edition.priorities
    )
    payers: dict[str, list[Pledge]] = {}
    for pledge in costed:
        payers.setdefault(_payer(pledge).casefold(), []).append(pledge)
    return Costing(
        total(_costs(costed)),
        tuple(share for share in by_priority if share.amounts),
        tuple(Share(_payer(pledges[0]), total(_costs(pledges))) for pledges in payers.values()),
        tuple(costed),
        tuple(pledge for pledge in standing if not _sums(pledge)),
        tuple(pledge for pledge in edition.pledges if pledge.idea.status == "withdrawn"),
    )


def total(costs: Iterable[Cost]) -> tuple[Amount, ...]:
    """The sums of costs, once and a year apart, for each currency by itself."""
    amounts: dict[str, Amount] = {}
    for cost in costs:
        so_far = amounts.get(cost.currency, Amount(cost.currency, None, None))
        amounts[cost.currency] = Amount(
            cost.currency, _plus(so_far.one_off, cost.one_off), _plus(so_far.per_year, cost.per_year)
        )
    return tuple(amounts.values())


def costs_known(edition: Edition) -> bool:
    """Whether a sum is given for any pledge that stands."""
    return any(pledge.idea.status != "withdrawn" and _sums(pledge) for pledge in edition.pledges)


def _sums(pledge: Pledge) -> bool:
    cost = pledge.idea.cost
    return cost is not None and (cost.one_off is not None or cost.per_year is not None)


def _costs(pledges: Iterable[Pledge]) -> tuple[Cost, ...]:
    return tuple(pledge.idea.cost for pledge in pledges if pledge.idea.cost)


def _payer(pledge: Pledge) -> str:
    cost = pledge.idea.cost
    return " ".join((cost.funded_by or "").split()) if cost else ""


def _plus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if left is None or right is None:
        return left if right is None else Decimal(right)
    return _EXACT.add(left, right)
