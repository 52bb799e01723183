"""What holds of every deal, whatever its numbers are."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from manifesto_cli.model.deal import Deal
from manifesto_cli.payments.breaking_even import break_even
from manifesto_cli.payments.changes import Assumed
from manifesto_cli.payments.curve import payment_curve, payment_table, point_at
from manifesto_cli.payments.exact import better_side, decimal, readable
from manifesto_cli.payments.money import divided, places
from manifesto_cli.payments.simulation import Simulation, simulate
from support.deals import CHANGES, NUMBERS, deals, first

VALUES = NUMBERS.map(lambda text: Decimal(text.replace(",", "")))
ASSUMED = st.builds(lambda value: Assumed(value=value), VALUES) | st.builds(
    lambda change: Assumed(change_percent=change), CHANGES.map(Decimal)
)


def under(given_deal: Deal, outcomes: list[Assumed]) -> Simulation:
    """The deal with these outcomes of its cohorts, as many as there are; of all together where there are none."""
    cohorts = [cohort.id for cohort in first(given_deal).cohorts] or [""]
    return simulate(
        given_deal,
        {("crime", cohort): outcome for cohort, outcome in zip(cohorts, outcomes, strict=False)},
    )


def units(amount: Decimal, currency: str) -> Fraction:
    return Fraction(amount) * (1, 10, 100, 1000)[places(currency)]


# Nothing is ever taken, nor more paid than was agreed; money comes in whole pennies; where nothing is due, nothing is paid.
@given(deals(), st.lists(ASSUMED, max_size=3))
def test_a_payment_is_within_its_limits(given_deal: Deal, outcomes: list[Assumed]) -> None:
    worked_out = under(given_deal, outcomes)
    payment = worked_out.payments[0]
    sums = [payment.payment, *(standing.payment for standing in worked_out.standings)]
    for amount in sums:
        if amount is not None:
            assert amount >= 0
            assert payment.cap is None or amount <= payment.cap
            assert units(amount, payment.currency).denominator == 1
    if payment.payable is False:
        assert payment.payment == 0
    if payment.payable is None:
        assert payment.payment is None


# Whoever does better in one cohort is never paid less for it.
@given(deals(priced=True), st.lists(VALUES, min_size=3, max_size=3), st.integers(0, 2), VALUES)
def test_a_better_outcome_of_a_cohort_never_pays_less(
    given_deal: Deal, values: list[Decimal], place: int, other: Decimal
) -> None:
    reduce = first(given_deal).direction == "reduce"
    worse = [*values]
    worse[place], values[place] = sorted((values[place], other), reverse=reduce)
    less, more = (
        under(given_deal, [Assumed(value=value) for value in each]).payments[0].payment
        for each in (worse, values)
    )
    assert less is None or more is None or less <= more


# What payers pay adds up to what is paid; what investors get and what is left does, too.
@given(deals(), st.lists(ASSUMED, min_size=3, max_size=3))
def test_parties_add_up_to_the_total(given_deal: Deal, outcomes: list[Assumed]) -> None:
    for settled in under(given_deal, outcomes).settlements:
        pays = [payer.pays for payer in settled.payers]
        if pays and settled.paid is not None and None not in pays:
            assert sum(Fraction(amount) for amount in pays if amount is not None) == settled.paid
        for payer in settled.payers:
            if payer.pays is not None and payer.promised is not None:
                assert 0 <= payer.pays <= payer.promised
        gets = [investor.gets for investor in settled.investors]
        if settled.left is not None and settled.paid is not None:
            total = sum(Fraction(amount) for amount in gets if amount is not None)
            assert total + Fraction(settled.left) == settled.paid
        for investor in settled.investors:
            if None not in (investor.gets, investor.worst, investor.best):
                assert investor.worst <= investor.gets  # type: ignore[operator]  # none of them is None
                assert investor.gets <= investor.best  # type: ignore[operator]  # the same


# In whichever order cohorts and parties are listed, the same is paid; for a party the order is worth a penny at most.
@given(deals(), st.lists(ASSUMED, min_size=3, max_size=3))
def test_the_order_is_worth_a_penny_at_most(given_deal: Deal, outcomes: list[Assumed]) -> None:
    there = first(given_deal)
    turned = replace(
        given_deal,
        outcome_metrics=(replace(there, cohorts=there.cohorts[::-1], triggers=there.triggers[::-1]),),
        outcome_payment_commitments=given_deal.outcome_payment_commitments[::-1],
        investments=given_deal.investments[::-1],
    )
    there_and_back = (
        under(given_deal, outcomes),
        under(turned, outcomes[: len(there.cohorts)][::-1] or outcomes),
    )
    one, other = (each.payments[0] for each in there_and_back)
    assert (one.payable, one.payment, one.cap, one.complete) == (
        other.payable,
        other.payment,
        other.cap,
        other.complete,
    )
    settled = [each.settlements[0] for each in there_and_back]
    assert (settled[0].paid, settled[0].most) == (settled[1].paid, settled[1].most)
    penny = Fraction(1, 10 ** places(settled[0].currency))
    amounts = [
        {
            **{payer.party: payer.pays for payer in each.payers},
            **{f"{i.party}!": i.gets for i in each.investors},
        }
        for each in settled
    ]
    for party, amount in amounts[0].items():
        again = amounts[1][party]
        assert (amount is None) == (again is None)
        if amount is not None and again is not None:
            assert abs(Fraction(amount) - Fraction(again)) <= penny


# A change is rounded so that it says of every trigger what the exact one says.
@given(deals(), st.lists(ASSUMED, min_size=3, max_size=3))
def test_what_is_shown_of_a_change_says_whether_the_trigger_is_reached(
    given_deal: Deal, outcomes: list[Assumed]
) -> None:
    for standing in under(given_deal, outcomes).standings:
        if standing.change_percent is not None and standing.trigger is not None:
            assert standing.met is (standing.change_percent >= standing.trigger)
            shown = readable(standing.change_percent, standing.trigger)
            assert standing.met is (shown >= standing.trigger)


# What the curve says is what a simulation says: at its points, and in the table between them. It never falls.
@given(deals())
def test_the_curve_agrees_with_the_simulation(given_deal: Deal) -> None:
    there = first(given_deal)
    curve = payment_curve(given_deal, there)
    for point in (*curve.points, *payment_table(given_deal, there)):
        payment = simulate(given_deal, {("crime", ""): Assumed(value=point.value)}).payments[0]
        if point.kind != "before":
            assert (point.payment, point.payable, point.capped, point.level, point.trigger) == (
                payment.payment,
                payment.payable,
                payment.capped,
                payment.level,
                payment.trigger,
            )
    amounts = [point.payment for point in curve.points if point.payment is not None]
    assert amounts == sorted(amounts)
    values = [point.value for point in curve.points]
    assert values == sorted(values, reverse=there.direction == "reduce")


# Between two points the curve is a straight line, so that a drawing of it is right everywhere.
@given(deals(priced=True), st.integers(1, 9))
def test_the_curve_is_straight_between_its_points(given_deal: Deal, tenths: int) -> None:
    there = first(given_deal)
    curve = payment_curve(given_deal, there)
    penny = Fraction(1, 10 ** places(curve.currency))
    for start, end in zip(curve.points, curve.points[1:], strict=False):
        if start.payment is None or end.payment is None:
            continue
        span = Fraction(end.value) - Fraction(start.value)
        value = decimal(Fraction(start.value) + span * tenths / 10)
        if not min(start.value, end.value) < value < max(start.value, end.value):
            continue
        payment = point_at(given_deal, there, value).payment
        assert payment is not None
        part = (Fraction(value) - Fraction(start.value)) / span
        line = Fraction(start.payment) + part * (Fraction(end.payment) - Fraction(start.payment))
        # The points themselves are rounded, to a penny and to nine places of a value.
        slope = abs((Fraction(end.payment) - Fraction(start.payment)) / span)
        assert abs(Fraction(payment) - line) <= 2 * penny + slope / 10**8, (start, end)


# Where investors have their money back, they have it; a little less good, and they have not.
@given(deals(priced=True), VALUES)
def test_investors_have_their_money_back_from_the_least_outcome_on(given_deal: Deal, value: Decimal) -> None:
    there = first(given_deal)
    found = break_even(given_deal, there)
    assume(found is not None and found.needed)
    assert found
    assert found.needed is not None
    payment = point_at(given_deal, there, value).payment
    if found.when == "at":
        assert found.value is not None
        at = point_at(given_deal, there, found.value)
        assert at.payment is not None
        assert at.payment >= found.needed
        reduce = there.direction == "reduce"
        if payment is not None and (value > found.value if reduce else value < found.value):
            assert payment <= found.needed  # before it only by less than a penny, which is rounded up
    elif found.when == "never" and payment is not None and value >= 0:
        assert payment < found.needed


# Payment is what the rule says, worked out here once more in the plainest way: all cohorts known, all with sizes.
@given(deals(priced=True), st.lists(VALUES, min_size=3, max_size=3))
def test_the_rule_worked_out_again(given_deal: Deal, values: list[Decimal]) -> None:
    there = first(given_deal)
    assume(there.cohorts)
    assert there.baseline
    payment = under(given_deal, [Assumed(value=value) for value in values]).payments[0]
    price = given_deal.outcome_pricings[0].price_per_unit
    sign = 1 if there.direction == "reduce" else -1
    rows = []
    for cohort, value in zip(there.cohorts, values, strict=False):
        baseline = Fraction((cohort.baseline or there.baseline).value)
        people = Fraction(cohort.size or 0) if there.per else Fraction(1)
        rows.append((baseline, sign * (baseline - Fraction(value)), people))
    assume(all(baseline > 0 for baseline, _, _ in rows))
    assume(sum(people for *_, people in rows) > 0)
    per = Fraction(there.per or 1)
    limits = {
        level: min((Fraction(t.change) for t in there.triggers if t.level == level), default=None)
        for level in ("cohort", "overall")
    }
    if not there.triggers:
        limits = {"cohort": Fraction(0), "overall": Fraction(0)}
    apart = sum(
        (
            Fraction(price or 0) * better * people / per
            for baseline, better, people in rows
            if limits["cohort"] is not None and better > 0 and 100 * better >= limits["cohort"] * baseline
        ),
        Fraction(0),
    )
    all_better = sum(better * people for _, better, people in rows)
    all_baseline = sum(baseline * people for baseline, _, people in rows)
    together = Fraction(0)
    if limits["overall"] is not None and 100 * all_better >= limits["overall"] * all_baseline:
        together = Fraction(price or 0) * all_better / per
    exact = max(apart, together, Fraction(0))
    if payment.cap is not None:
        exact = min(exact, Fraction(payment.cap))
    assert payment.payment is not None
    assert abs(Fraction(payment.payment) - exact) <= Fraction(1, 2 * 10 ** places(payment.currency))


# However much there is to divide among however many, the parts add up, and none is further than a unit from its share.
@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_what_is_divided_adds_up(amount: int, weights: list[int]) -> None:
    parts = divided(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        share = Fraction(amount * weight, sum(weights)) if sum(weights) else Fraction(amount, len(weights))
        assert abs(part - share) < 1


# A value is rounded to the better side, so that what holds of the exact one holds of it.
@pytest.mark.parametrize("direction", ["reduce", "increase"])
@given(number=st.fractions(max_denominator=10**12))
def test_values_are_rounded_to_the_better_side(number: Fraction, direction: Any) -> None:
    rounded = Fraction(better_side(number, direction))
    assert abs(rounded - number) < Fraction(1, 10**9)
    assert rounded <= number if direction == "reduce" else rounded >= number
