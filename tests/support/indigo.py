"""Deals for the tests of the export: one with every field, the bond of Peterborough in short, and the fields of the standard as published."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect as types

from manifesto_cli.merging.deals import EditionDeal, unpicked_deal
from manifesto_cli.merging.gathering import Gathering
from manifesto_cli.merging.references import Shelf
from manifesto_cli.reading.library import Folder, read_library

FIELDS = Path(__file__).parent / "indigo-fields.txt"

EVERYTHING = """\
title: A deal
area: Exampleshire
status: closed
status_on: 2026-10
begins: 2026-01-31
ends: "2030"
summary: A deal with every field.
body: Why.
ideas: [mentors]
case_studies: [bond]
parties:
  - {id: lead, organisation: The council, role: lead, url: "https://council.example/"}
  - {id: payer, organisation: The ministry, role: outcome_payer}
  - {id: provider, organisation: The charity, role: service_provider}
  - {id: investor, organisation: The trust, role: investor}
  - {id: broker, organisation: The broker, role: intermediary}
  - {id: judge, organisation: The university, role: outcomes_validator}
  - {id: friend, organisation: The friends, role: partner}
asks: [{id: keep, of: payer, kind: freedom, text: Let us keep it., because: We earn it., costs: Nothing., rests_on: [convictions]}]
offers: [{id: team, by: lead, kind: delivery, text: A team.}]
outcome_metrics:
  - id: convictions
    title: New convictions
    definition: Convictions within a year of release
    unit: convictions per 100 people
    direction: reduce
    per: 100
    target_population: People who left prison
    population_size: 1500
    baseline: {value: 155, period: 2020 to 2025, method: comparison-group, source: ours, locator: page 3}
    target: {value: 140.50, by: 2030-03}
    triggers: [{level: cohort, change: 10}, {level: overall, change: 7.5}]
    outcome_validation_method: A comparison.
    outcomes_validator: judge
    cohorts:
      - id: one
        period: the first year
        size: 900
        baseline: {value: 150, period: 2024, method: historical, source: theirs, locator: page 4}
        result: {value: 142, as_of: 2027, source: theirs, locator: page 5, note: Early.}
outcome_pricings:
  - {outcome_metric: convictions, currency: EUR, price_per_unit: 1200.10, maximum_price_if_all_targets_achieved: 400000, paid: Each year.}
outcome_payment_commitments: [{party: payer, currency: EUR, maximum_potential_outcome_payment: 400000}]
investments: [{party: investor, currency: EUR, investment_commitment: 300000, maximum_potential_loss: 300000, maximum_potential_return: 50000}]
results:
  - {outcome_metric: convictions, cohort: two, result_type: final, value: 141, change: 9.0, as_of: 2029-02, source: ours, locator: page 6, note: Late.}
risks: [{borne_by: investor, text: It fails., then: They lose.}]
if_it_fails: Nobody pays.
claims:
  - text: It is so.
    figure: {value: 9, unit: percent, qualifier: about, label: fewer}
    source: ours
    locator: page 7
    as_of: 2026
    kind: measured
    review_by: 2028-01-01
    values: [{value: 9, source: theirs, locator: page 8, note: Later.}]
    note: Mostly.
questions: {size: {ask: How many?, example: "9"}}
tags: [probation]
based_on: {source: theirs, locator: page 9}
formerly: [an-older-deal]
"""
"""Every field of a deal has a value."""

SOURCES = """\
ours: {title: "Ours", publisher: Us, url: "https://us.example/", archive_url: "https://copy.example/us", published: 2025-06, accessed: 2026-11-28, kind: evaluation}
theirs: {title: Theirs}
"""

PETERBOROUGH = """\
title: Peterborough Social Impact Bond
area: Peterborough
status: closed
begins: 2010-09
ends: 2015-06
summary: Charities paid for help after prison; the government was to pay them back if there were fewer new convictions.
parties:
  - {id: ministry, organisation: Ministry of Justice, role: outcome_payer}
  - {id: lottery, organisation: Big Lottery Fund, role: outcome_payer}
  - {id: investors, organisation: 17 charities and foundations, role: investor}
  - {id: social-finance, organisation: Social Finance, role: intermediary, url: "https://socialfinance.example/"}
  - {id: one-service, organisation: The One Service, role: service_provider}
  - {id: assessors, organisation: Independent assessors, role: outcomes_validator}
outcome_metrics:
  - id: reconvictions
    definition: Reconviction events within twelve months of release
    unit: events per 100 people
    per: 100
    direction: reduce
    target_population: Men who left HMP Peterborough after a sentence of less than 12 months
    baseline: {value: 155, method: comparison-group, source: news}
    triggers: [{level: cohort, change: 10}, {level: overall, change: 7.5}]
    outcome_validation_method: A comparison group, found by propensity score matching
    outcomes_validator: assessors
    cohorts: [{id: one, size: 1000}, {id: two, size: 1000}]
outcome_pricings: [{outcome_metric: reconvictions}]
outcome_payment_commitments: [{party: ministry}]
investments: [{party: investors, investment_commitment: 5000000}]
results:
  - {outcome_metric: reconvictions, cohort: one, result_type: interim, value: 142, as_of: 2014-08-07, source: news}
  - {outcome_metric: reconvictions, result_type: final, change: 9, source: report, note: The scheme was cut short.}
"""
PETERBOROUGH_SOURCES = """\
news: {title: No payout yet, publisher: Civil Society, url: "https://news.example/", published: 2014-08-07, kind: news}
report: {title: "Final results: cohorts 1 & 2", publisher: Ministry of Justice, published: 2017, kind: statistics}
"""


def deal(text: str, sources: str = SOURCES) -> EditionDeal:
    """The deal that these files make, without a manifesto."""
    files = {"sources.yaml": sources.encode(), "deals/a-deal.yaml": text.encode()}
    read = read_library(Folder("", files, {}))
    assert read.value
    assert read.faults == ()
    gathering = Gathering(Shelf(read.value), {}, [], {}, {}, {}, set())
    return unpicked_deal(gathering, read.value.deals["a-deal"])


def minimal(*lines: str) -> EditionDeal:
    """A deal that says as little as one can, and these lines."""
    return deal("\n".join(["title: A deal", "summary: It is short.", *lines, ""]))


def fields(model: type[msgspec.Struct], above: str = "") -> Iterator[str]:
    """Every field of a model that holds no record itself, in the form of the mapping."""
    for field in msgspec.structs.fields(model):
        yield from _below(types.type_info(field.type), f"{above}.{field.name}" if above else field.name)


def _below(kind: types.Type, name: str) -> Iterator[str]:
    if isinstance(kind, types.Metadata):
        yield from _below(kind.type, name)
    elif isinstance(kind, types.UnionType):
        yield from _below(next(arm for arm in kind.types if not isinstance(arm, types.NoneType)), name)
    elif isinstance(kind, types.VarTupleType):
        inside = [*_below(kind.item_type, f"{name}[]")]
        yield from inside if len(inside) > 1 else (name,)
    elif isinstance(kind, types.StructType):
        yield from fields(kind.cls, name)
    else:
        yield name


def published() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Field of the standard → what it holds, and the words that it takes if it has words of its own."""
    found = {}
    for line in FIELDS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, _, holds = line.partition(": ")
            kind, _, words = holds.partition(" = ")
            found[name] = kind, frozenset(words.split(" | ")) if words else frozenset()
    return found


def document_leaves(document: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of an exported document, with the field that it stands in."""
    if isinstance(document, dict):
        for name, inner in document.items():
            yield from document_leaves(inner, f"{above}/{name}" if above else name)
    elif isinstance(document, list):
        for inner in document:
            yield from document_leaves(inner, f"{above}[]")
    else:
        yield above, document
