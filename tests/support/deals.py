"""Deals for tests of arithmetic: as a person would write them, but for what no payment hangs on."""

from typing import Any

import msgspec

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
