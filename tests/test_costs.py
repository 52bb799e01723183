"""Sums of what pledges cost: exact, each currency by itself, and the same whichever way they are added up."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from manifesto_cli.merging.costing import Amount, Costing, costing
from manifesto_cli.model.quantity import Number
from manifesto_cli.rendering.views.words import money
from support.editions import Records
from support.published import edition_of

SUMS = st.none() | st.sampled_from(
    [
        "0",
        "1",
        "0.10",
        "0.000000001",
        "-12.5",
        "1,234.56",
        "999999999999999999",
        "999999999999999999.999999999",
    ]
)
COSTS = st.none() | st.fixed_dictionaries(
    {
        "one_off": SUMS,
        "per_year": SUMS,
        "currency": st.sampled_from(["GBP", "EUR", "JPY"]),
        "funded_by": st.sampled_from([None, "The fund", "the  fund", "A grant"]),
    }
)
IDEAS = st.lists(
    st.tuples(st.sampled_from("ab"), COSTS, st.sampled_from(["ready", "withdrawn"])), min_size=1, max_size=8
)


def project(ideas: list[tuple[str, Records | None, str]]) -> dict[str, Records]:
    """A manifesto with two priorities and these ideas, each with its priority, its cost and its status."""
    files: dict[str, Records] = {
        "manifesto.yaml": {
            "format": "1",
            "title": "A plan",
            "candidate": {"name": "Robin"},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
            "priorities": [
                {"priority": name, "ideas": "all"} for name in "ab" if name in {idea[0] for idea in ideas}
            ],
        },
        "priorities/a.yaml": {"title": "A"},
        "priorities/b.yaml": {"title": "B"},
    }
    for i, (priority, cost, status) in enumerate(ideas):
        idea: Records = {"title": f"Idea {i}", "priority": priority, "summary": "So.", "status": status}
        if cost:
            idea["cost"] = {name: value for name, value in cost.items() if value is not None}
        files[f"ideas/idea-{i}.yaml"] = idea
    return files


def costs_of(ideas: list[tuple[str, Records | None, str]]) -> Costing:
    """The sums of such a manifesto."""
    edition = edition_of(project(ideas))
    assert edition
    return costing(edition)


def added(amounts: Iterable[Amount]) -> dict[tuple[str, bool], Fraction]:
    """Sums by currency and by whether they are a year's, added as fractions, which never round."""
    found: dict[tuple[str, bool], Fraction] = defaultdict(Fraction)
    for amount in amounts:
        for yearly, value in ((False, amount.one_off), (True, amount.per_year)):
            if value is not None:
                found[amount.currency, yearly] += Fraction(value)
    return dict(found)


@given(IDEAS)
def test_all_ways_of_adding_up_agree(ideas: list[tuple[str, Records | None, str]]) -> None:
    """By priority, by who pays, and pledge by pledge, to the last digit; and each pledge is in one place."""
    sums = costs_of(ideas)
    each = [
        Amount(cost.currency, cost.one_off, cost.per_year)
        for pledge in sums.costed
        if (cost := pledge.idea.cost)
    ]
    wanted = added(each)
    assert added(sums.total) == wanted
    assert added(amount for share in sums.by_priority for amount in share.amounts) == wanted
    assert added(amount for share in sums.by_funding for amount in share.amounts) == wanted
    for amounts in (sums.total, *(share.amounts for share in (*sums.by_priority, *sums.by_funding))):
        assert len({amount.currency for amount in amounts}) == len(amounts)
    told = [*sums.costed, *sums.open, *sums.withdrawn]
    assert len(told) == len(ideas) == len({pledge.key for pledge in told})
    assert all(pledge.idea.status == "withdrawn" for pledge in sums.withdrawn)


@given(IDEAS)
def test_what_is_withdrawn_changes_no_sum(ideas: list[tuple[str, Records | None, str]]) -> None:
    """Without it all sums are the same."""
    standing = [idea for idea in ideas if idea[2] == "ready"]
    assume(standing)
    assert added(costs_of(ideas).total) == added(costs_of(standing).total)


def test_nothing_is_rounded() -> None:
    """Not even where a sum has more digits than decimals keep by themselves."""
    large, small = "999999999999999999", "0.000000001"
    cost: Records = {"currency": "GBP", "funded_by": None, "per_year": None}
    ideas: list[tuple[str, Records | None, str]] = [
        ("a", {**cost, "one_off": value}, "ready") for value in (large, large, small)
    ]
    assert costs_of(ideas).total == (Amount("GBP", Decimal("1999999999999999998.000000001"), None),)


def test_who_pays_is_one_however_it_is_spelt() -> None:
    """Capitals and blanks make no other budget; the first spelling is shown."""
    cost: Records = {"currency": "GBP", "one_off": "1", "per_year": None}
    ideas: list[tuple[str, Records | None, str]] = [
        ("a", {**cost, "funded_by": name}, "ready") for name in ("The fund", "the  FUND")
    ]
    assert [share.name for share in costs_of(ideas).by_funding] == ["The fund"]


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        ("3500.5", "GBP", "£3,500.50"),
        ("3500", "EUR", "€3,500"),
        ("0.05", "USD", "$0.05"),
        ("1.005", "GBP", "£1.005"),
        ("1200.5", "SEK", "1,200.50 SEK"),
    ],
)
def test_pence_have_two_digits(value: str, currency: str, shown: str) -> None:
    """As a price is written; what has none has no point, and no digit is lost."""
    assert money(Number(value), currency) == shown
