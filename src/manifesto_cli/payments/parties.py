"""Who pays what, and who gets what: the payments of a deal divided among its parties, each currency by itself.

What is paid is divided among payers in proportion to what they have promised (INDIGO's outcome payment commitments), and
goes to investors in proportion to what they put in, kept between the most that each can lose and the most that each can
get (INDIGO's investment commitments). Whoever runs the deal keeps what is left, or finds what is missing.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from manifesto_cli.model.deal import Deal, Investment
from manifesto_cli.payments.exact import known
from manifesto_cli.payments.money import divided, full_units, in_money, whole_units


class PayerShare(Struct, frozen=True, kw_only=True):
    """What a party pays for outcomes. None stands for what is not known."""

    party: str
    promised: Decimal | None
    """The most that it has said it will pay."""
    pays: Decimal | None
    most: Decimal | None
    """What it pays in the worst case for it, which is the best for everybody else."""


class InvestorShare(Struct, frozen=True, kw_only=True):
    """What a party gets for what it put in. None stands for what is not known."""

    party: str
    put_in: Decimal | None
    gets: Decimal | None
    gain: Decimal | None
    """What it gets beyond what it put in; below 0 for a loss."""
    worst: Decimal | None
    """What it gets if nothing is paid."""
    best: Decimal | None
    """What it gets if as much is paid as can be."""


class Settlement(Struct, frozen=True, kw_only=True):
    """The payments of a deal in one currency, and what becomes of them. Sums are in that currency; None stands for what is not known."""

    currency: str
    earned: Decimal | None
    """What the metrics have earned together, each within its own limit."""
    paid: Decimal | None
    """The same, but no more than has been promised; what payers pay adds up to it."""
    most: Decimal | None
    """The most that can be paid."""
    uncounted: tuple[str, ...]
    """The metrics of which it is not known what is paid; if there are any, the sums are what is known so far."""
    payers: tuple[PayerShare, ...]
    investors: tuple[InvestorShare, ...]
    put_in: Decimal | None
    """What all investors have put in."""
    left: Decimal | None
    """What is left of the payments after the investors have theirs; below 0 for what somebody else must find."""


class Sums(Struct, frozen=True, kw_only=True):
    """What is settled in a currency, in smallest units."""

    currency: str
    earned: int | None
    promised: int | None
    """What has been promised in all; None where no limit is known."""
    most: int | None
    uncounted: tuple[str, ...]


def currencies(deal: Deal) -> tuple[str, ...]:
    """The currencies of a deal, in the order in which they are first met. They are never added up."""
    every = (
        *(pricing.currency for pricing in deal.outcome_pricings),
        *(commitment.currency for commitment in deal.outcome_payment_commitments),
        *(investment.currency for investment in deal.investments),
    )
    return tuple(dict.fromkeys(every))


def settlement(deal: Deal, sums: Sums) -> Settlement:
    """What each party pays and what each gets, at worst and at best, of what is paid in a currency."""
    currency = sums.currency
    paid, most = _within(sums.earned, sums.promised), _within(sums.most, sums.promised)
    stakes = _stakes(deal, currency)
    gets, best = _gets(stakes, paid), _gets(stakes, most)
    worst = _gets(stakes, 0)
    given = _total(gets)
    return Settlement(
        currency=currency,
        earned=_money(sums.earned, currency),
        paid=_money(paid, currency),
        most=_money(most, currency),
        uncounted=sums.uncounted,
        payers=_payers(deal, currency, paid, most),
        investors=tuple(
            InvestorShare(
                party=stake.party,
                put_in=_money(stake.put_in, currency),
                gets=_money(gets[i], currency),
                gain=_money(_less(gets[i], stake.put_in), currency),
                worst=_money(worst[i], currency),
                best=_money(best[i], currency),
            )
            for i, stake in enumerate(stakes)
        ),
        put_in=_money(_total([stake.put_in for stake in stakes]), currency) if stakes else None,
        left=_money(_less(paid, given), currency) if stakes else None,
    )


class Stake(Struct, frozen=True, kw_only=True):
    """What a party has at stake, in smallest units; None stands for what is not known."""

    party: str
    put_in: int | None
    least: int | None
    """The least that it gets; 0 where the deal does not limit what it can lose."""
    most: int | None
    """The most that it gets."""
    limited: bool
    """Whether the deal limits what it can get."""


def protected(deal: Deal, currency: str) -> bool:
    """Whether nobody who invests in a currency can lose anything."""
    stakes = _stakes(deal, currency)
    return bool(stakes) and all(
        stake.put_in is not None and stake.least is not None and stake.least >= stake.put_in
        for stake in stakes
    )


def money_back(deal: Deal, currency: str) -> int | None:
    """What must be paid for all investors to have their money back, in smallest units. None where that is not known."""
    stakes = _stakes(deal, currency)
    return _total([stake.put_in for stake in stakes]) if stakes else None


def _payers(deal: Deal, currency: str, paid: int | None, most: int | None) -> tuple[PayerShare, ...]:
    promised: dict[str, Fraction | None] = {}
    for each in deal.outcome_payment_commitments:
        if each.currency == currency:
            so_far, more = (
                promised.get(each.party, Fraction(0)),
                known(each.maximum_potential_outcome_payment),
            )
            promised[each.party] = None if so_far is None or more is None else so_far + max(more, Fraction(0))
    if not promised:  # whoever is called a payer pays, although nobody has said how much
        promised = {party.id: None for party in deal.parties if party.role == "outcome_payer"}
    weights = [None if each is None else full_units(each, currency) for each in promised.values()]
    pays, worst = _in_proportion(weights, paid), _in_proportion(weights, most)
    return tuple(
        PayerShare(
            party=party,
            promised=_money(weights[i], currency),
            pays=_money(pays[i], currency),
            most=_money(worst[i], currency),
        )
        for i, party in enumerate(promised)
    )


def _stakes(deal: Deal, currency: str) -> tuple[Stake, ...]:
    found: dict[str, Stake] = {}
    for each in deal.investments:
        if each.currency == currency:
            stake = _stake(each)
            found[each.party] = _joined(found[each.party], stake) if each.party in found else stake
    return tuple(found.values())


def _stake(investment: Investment) -> Stake:
    currency = investment.currency
    put_in = _units(known(investment.investment_commitment), currency)
    loss = _units(known(investment.maximum_potential_loss), currency)
    gain = _units(known(investment.maximum_potential_return), currency)
    least = None if put_in is None or loss is None else max(put_in - loss, 0)
    most = None if put_in is None or gain is None else put_in + gain
    limited = investment.maximum_potential_return is not None
    return Stake(
        party=investment.party,
        put_in=put_in,
        least=0 if investment.maximum_potential_loss is None else least,
        most=None if most is None else max(most, least or 0),
        limited=limited,
    )


def _joined(one: Stake, other: Stake) -> Stake:
    """What a party has at stake that is listed twice."""
    return Stake(
        party=one.party,
        put_in=_total([one.put_in, other.put_in]),
        least=_total([one.least, other.least]),
        most=_total([one.most, other.most]),
        limited=one.limited and other.limited,
    )


def _gets(stakes: Sequence[Stake], paid: int | None) -> tuple[int | None, ...]:
    """What each gets of what is paid: its part in proportion to what it put in, kept within its limits."""
    parts = _in_proportion([stake.put_in for stake in stakes], paid)
    return tuple(_kept(stake, part) for stake, part in zip(stakes, parts, strict=True))


def _kept(stake: Stake, part: int | None) -> int | None:
    if stake.least is None or (stake.limited and stake.most is None) or part is None:
        # Also without its part it is known what it gets where that is nothing else than its limit.
        return stake.least if part == 0 else None
    part = max(part, stake.least)
    return part if stake.most is None or not stake.limited else min(part, stake.most)


def _in_proportion(weights: Sequence[int | None], units: int | None) -> tuple[int | None, ...]:
    """The units divided. Nothing is known of the parts if a weight is missing, unless there is only one, or nothing to divide."""
    there = [Fraction(max(weight, 0)) for weight in weights if weight is not None]
    if units is None:
        return (None,) * len(weights)
    if units == 0:
        return (0,) * len(weights)
    if len(weights) == 1:
        return (units,)
    return divided(units, there) if len(there) == len(weights) else (None,) * len(weights)


def _within(units: int | None, limit: int | None) -> int | None:
    return units if units is None or limit is None else min(units, limit)


def _total(units: Sequence[int | None]) -> int | None:
    there = [each for each in units if each is not None]
    return sum(there) if len(there) == len(units) else None


def _less(units: int | None, other: int | None) -> int | None:
    return None if units is None or other is None else units - other


def _units(amount: Fraction | None, currency: str) -> int | None:
    return None if amount is None else whole_units(max(amount, Fraction(0)), currency)


def _money(units: int | None, currency: str) -> Decimal | None:
    return None if units is None else in_money(units, currency)
