"""Deals for tests of arithmetic: as a person would write them, but for what no payment hangs on."""

from typing import Any

import msgspec
from hypothesis import strategies as st

from manifesto_cli.model.deal import Deal, OutcomeMetric
from manifesto_cli.reading.plain import parse_own_type

_NAMES = {"title": "A deal", "summary": "What it is."}

PETERBOROUGH: dict[str, Any] = {
    "parties": [
        {"id": "ministry", "organisation": "Ministry of Justice", "role": "outcome_payer"},
        {"id": "investors", "organisation": "Seventeen investors", "role": "investor"},
    ],
    "outcome_metrics": [
        {
            "id": "reconvictions",
            "definition": "Reconviction events within twelve months of release, per 100 people",
            "unit": "events per 100 people",
            "direction": "reduce",
            "per": "100",
            "baseline": {"value": "155"},
            "triggers": [{"level": "cohort", "change": "10"}, {"level": "overall", "change": "7.5"}],
            "cohorts": [{"id": "one", "size": "1000"}, {"id": "two", "size": "1000"}],
        }
    ],
    "outcome_pricings": [{"outcome_metric": "reconvictions"}],
    "results": [
        {
            "outcome_metric": "reconvictions",
            "cohort": "one",
            "result_type": "final",
            "value": "142",
            "as_of": "2014-08",
            "source": "first-cohort",
            "locator": "page 1",
            "note": "A later look at the figures could not repeat it.",
        },
        {"outcome_metric": "reconvictions", "result_type": "final", "change": "9", "source": "final"},
    ],
}
"""The social impact bond of Peterborough in the figures that are public: no price is."""


def deal(**fields: Any) -> Deal:
    """A deal with these fields, its numbers written as text."""
    return msgspec.convert({**_NAMES, **fields}, Deal, dec_hook=parse_own_type)


def metric(**fields: Any) -> dict[str, Any]:
    """A metric with these fields; one that shall become less, unless they say otherwise."""
    return {"id": "crime", "definition": "Crimes", "unit": "crimes", "direction": "reduce", **fields}


def first(given: Deal) -> OutcomeMetric:
    """The first metric of a deal."""
    return given.outcome_metrics[0]


NUMBERS = st.sampled_from(
    ["0", "1", "3", "7.5", "10", "36", "99.99", "142", "155", "0.000000001", "1,000", "123456.789"]
)
AMOUNTS = st.sampled_from(["0", "0.005", "0.01", "1", "33.33", "1000", "99999.995", "999,999,999"])
CHANGES = st.sampled_from(["-5", "0", "0.000000001", "5", "7.5", "10", "33.333333333", "100", "250"])
CURRENCIES = st.sampled_from(["GBP", "JPY", "KWD"])
NAMES = ("one", "two", "three")


def left_out(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that are there."""
    return {name: value for name, value in fields.items() if value is not None}


@st.composite
def deals(draw: st.DrawFn, *, priced: bool = False) -> Deal:
    """A deal with a metric of up to three cohorts, with or without whatever can be left out."""
    maybe = st.none() | AMOUNTS
    rate = draw(st.booleans())
    sizes = NUMBERS if priced else st.none() | NUMBERS
    cohorts = [
        left_out(
            {
                "id": name,
                "size": draw(sizes),
                "baseline": draw(st.none() | NUMBERS.map(lambda value: {"value": value})),
            }
        )
        for name in NAMES[: draw(st.integers(0, 3))]
    ]
    currency = draw(CURRENCIES)
    return deal(
        outcome_metrics=[
            metric(
                **left_out(
                    {
                        "direction": draw(st.sampled_from(["reduce", "increase"])),
                        "per": draw(st.sampled_from(["1", "100", "1000"])) if rate else None,
                        "population_size": draw(sizes) if rate and (priced or draw(st.booleans())) else None,
                        "baseline": {"value": draw(NUMBERS)} if priced or draw(st.booleans()) else None,
                        "target": {"value": draw(NUMBERS)} if draw(st.booleans()) else None,
                        "triggers": draw(
                            st.lists(
                                st.fixed_dictionaries(
                                    {"level": st.sampled_from(["cohort", "overall"]), "change": CHANGES}
                                ),
                                max_size=3,
                            )
                        ),
                        "cohorts": cohorts,
                    }
                )
            )
        ],
        outcome_pricings=[
            left_out(
                {
                    "outcome_metric": "crime",
                    "currency": currency,
                    "price_per_unit": draw(AMOUNTS if priced else maybe),
                    "maximum_price_if_all_targets_achieved": draw(maybe),
                }
            )
        ],
        outcome_payment_commitments=[
            left_out(
                {
                    "party": name,
                    "currency": currency,
                    "maximum_potential_outcome_payment": draw(maybe),
                }
            )
            for name in NAMES[: draw(st.integers(0, 3))]
        ],
        investments=[
            left_out(
                {
                    "party": name,
                    "currency": currency,
                    "investment_commitment": draw(maybe),
                    "maximum_potential_loss": draw(maybe),
                    "maximum_potential_return": draw(maybe),
                }
            )
            for name in NAMES[: draw(st.integers(0, 3))]
        ],
    )
