"""The export of deals in the field names of the INDIGO data standard: nothing is invented, nothing is lost in silence."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.gathering import CitedSource
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.record import Record
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.outputs.indigo import as_json, export
from manifesto_cli.outputs.indigo_mapping import ORDER, SOURCES, STATED, TABLE, TEXTS, WORDS, Row
from manifesto_cli.outputs.indigo_parts import parts
from manifesto_cli.outputs.indigo_paths import form, leaves, said, their_form
from support import indigo

PUBLISHED = indigo.published()
OPTIONAL = [field.name for field in structs.fields(Deal) if not field.required]
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def exported(deal: EditionDeal) -> Any:
    """The document as a program reads it, numbers exact."""
    return json.loads(as_json(export(deal).document), parse_float=Decimal, parse_int=Decimal)


def left_out(deal: EditionDeal) -> list[str]:
    """The paths of what has no place."""
    return [each.path for each in export(deal).left_out]


def rows_of(field: str, table: tuple[Row, ...]) -> list[Row]:
    """The rows that speak for a field: its own, and those of what it stands in."""
    return [row for row in table if field == row.ours or field.startswith((f"{row.ours}.", f"{row.ours}["))]


@pytest.mark.parametrize(("model", "table"), [(Deal, TABLE), (SourceDocument, SOURCES)])
def test_every_field_stands_in_the_table(model: type[Record], table: tuple[Row, ...]) -> None:
    """With its place, or with the reason why it has none; and once, so that nobody has to guess which row counts."""
    every = [*indigo.fields(model)]
    assert len(every) >= 7
    assert [field for field in every if len(rows_of(field, table)) != 1] == []
    assert [row.ours for row in table if not row.theirs and not row.note] == []


@pytest.mark.parametrize(("model", "table"), [(Deal, TABLE), (SourceDocument, SOURCES)])
def test_the_table_names_no_field_that_is_not_there(model: type[Record], table: tuple[Row, ...]) -> None:
    """A field that was renamed is renamed in the table, which has them in the order of the model."""
    every = [*indigo.fields(model)]
    at = [next((i for i, field in enumerate(every) if rows_of(field, (row,))), -1) for row in table]
    assert -1 not in at
    assert at == sorted(at)


def test_every_place_is_one_of_the_standard() -> None:
    """As published: the names, the words where it has words of its own, and which parts have a status."""
    places = [theirs for row in (*TABLE, *SOURCES) for theirs in row.theirs]
    assert [theirs for theirs in places if theirs not in PUBLISHED] == []
    assert [place for place in STATED if f"{place}/status".lstrip("/") not in PUBLISHED] == []
    assert {
        theirs for theirs, words in WORDS.items() if not {*words.values()} <= PUBLISHED[theirs][1]
    } == set()
    assert {PUBLISHED[theirs][0] for theirs in TEXTS} == {"string"}
    assert {name.partition("/")[0].removesuffix("[]") for name in places} <= {*ORDER}


def test_the_example_has_every_field() -> None:
    """So that what is said below of every field is."""
    written = {form(path) for path, _ in leaves(indigo.deal(indigo.EVERYTHING).deal)}
    every = {*indigo.fields(Deal)}
    assert [
        field
        for field in every
        if not any(name == field or name.startswith((field + "[", field + ".")) for name in written)
    ] == []


@pytest.mark.parametrize("status", ["proposed", "live", "closed"])
def test_values_go_where_the_table_says(status: str) -> None:
    """Whatever says a field of the deal stands at one of the places in the row of that field."""
    deal = indigo.deal(indigo.EVERYTHING.replace("status: closed", f"status: {status}"))
    wrong = [
        (form(path), their_form(part.at))
        for part in parts(deal)
        for path in part.of
        if not any(their_form(part.at) in row.theirs for row in rows_of(form(path), TABLE))
    ]
    assert wrong == []


def test_the_table_has_the_places_that_are_filled_and_no_others() -> None:
    """Each place of each row is filled from some deal; none is filled besides but the level of results, which is always the same."""
    without = indigo.EVERYTHING.replace("cohort: two", "cohort: one")
    texts = (indigo.EVERYTHING, indigo.EVERYTHING.replace("status: closed", "status: live"), without)
    made = {their_form(part.at) for text in texts for part in parts(indigo.deal(text))}
    assert {theirs for row in (*TABLE, *SOURCES) for theirs in row.theirs} - made == set()
    assert made - {theirs for row in (*TABLE, *SOURCES) for theirs in row.theirs} == {
        "results[]/result_level/value"
    }


@pytest.mark.parametrize("text", [indigo.EVERYTHING, indigo.PETERBOROUGH])
def test_a_document_is_what_the_schema_asks_for(text: str) -> None:
    """Each value stands in a field that there is, is of its kind, and is one of its words."""
    sources = indigo.SOURCES if text is indigo.EVERYTHING else indigo.PETERBOROUGH_SOURCES
    document = exported(indigo.deal(text, sources))
    assert [*document] == [name for name in ORDER if name in document]
    for name, value in indigo.document_leaves(document):
        kind, words = PUBLISHED[name]
        assert isinstance(value, Decimal if kind == "number" else str), name
        assert not words or value in words, name
        assert kind != "date" or DATE.fullmatch(str(value)), name


@given(st.sets(st.sampled_from(OPTIONAL)), st.sampled_from(["proposed", "agreed", "closed", "refused"]))
def test_nothing_is_lost_in_silence(kept: set[str], status: str) -> None:
    """Whatever is written in a deal is either in the document or below one of the fields that are named, and never both."""
    whole = indigo.deal(indigo.EVERYTHING)
    record = Deal(
        title=whole.deal.title,
        summary=whole.deal.summary,
        **{**{name: getattr(whole.deal, name) for name in kept}, "status": status},
    )
    deal = structs.replace(whole, deal=record, evidence=whole.evidence if record.claims else ())
    taken = {path for part in parts(deal) for path in part.of}
    named = {*left_out(deal)}
    for path, _ in leaves(record):
        above = {said(record, path[:n]) for n in range(1, len(path) + 1)}
        assert (path in taken) != bool(above & named), path


PETERBOROUGH: Mapping[str, Any] = {
    "status": "PUBLIC",
    "name": {"value": "Peterborough Social Impact Bond"},
    "stage_development": {"value": "Service delivery complete", "status": "PUBLIC"},
    "dates": {
        "start_date_of_service_provision": {"value": "2010-09", "status": "PUBLIC"},
        "actual_end_date_of_service_provision": {"value": "2015-06", "status": "PUBLIC"},
    },
    "notes": {
        "value": "Charities paid for help after prison; the government was to pay them back if there were fewer new convictions.",
        "status": "PUBLIC",
    },
    "delivery_locations": [{"location_name": {"value": "Peterborough"}, "status": "PUBLIC"}],
    "sources": [
        {
            "id": "news",
            "type": {"value": "News piece"},
            "publishing_organisation_ids": {"value": "Civil Society"},
            "url": {"value": "https://news.example/"},
            "publication_date": {"value": "2014-08-07"},
            "notes": "No payout yet",
            "status": "PUBLIC",
        },
        {
            "id": "report",
            "publishing_organisation_ids": {"value": "Ministry of Justice"},
            "publication_date": {"value": "2017"},
            "notes": "Final results: cohorts 1 & 2",
            "status": "PUBLIC",
        },
    ],
    "organisations": [
        {"id": "ministry", "name": {"value": "Ministry of Justice"}},
        {"id": "lottery", "name": {"value": "Big Lottery Fund"}},
        {"id": "investors", "name": {"value": "17 charities and foundations"}},
        {
            "id": "social-finance",
            "name": {"value": "Social Finance"},
            "website": {"value": "https://socialfinance.example/"},
        },
        {"id": "one-service", "name": {"value": "The One Service"}},
        {"id": "assessors", "name": {"value": "Independent assessors"}},
    ],
    "service_provisions": [{"organisation_id": {"value": "one-service"}, "status": "PUBLIC"}],
    "outcome_payment_commitments": [
        {"organisation_id": {"value": "ministry"}, "status": "PUBLIC"},
        {"organisation_id": {"value": "lottery"}, "status": "PUBLIC"},
    ],
    "investments": [
        {
            "organisation_id": {"value": "investors"},
            "investment_commitment": {"currency": {"value": "GBP"}, "amount": {"exact": {"value": 5000000}}},
            "status": "PUBLIC",
        }
    ],
    "intermediary_services": [{"organisation_id": {"value": "social-finance"}, "status": "PUBLIC"}],
    "outcome_metrics": [
        {
            "id": "reconvictions",
            "definition": {"value": "Reconviction events within twelve months of release"},
            "target_population": {
                "value": "Men who left HMP Peterborough after a sentence of less than 12 months"
            },
            "outcome_metric_target": {
                "value": "Payment starts at 10% below the baseline for one cohort, or at 7.5% below the baseline for all together."
            },
            "outcome_validation_method": {"value": "A comparison group, found by propensity score matching"},
            "source_ids": "news",
            "status": "PUBLIC",
        }
    ],
    "outcome_pricings": [{"outcome_metric_id": {"value": "reconvictions"}, "status": "PUBLIC"}],
    "results": [
        {
            "outcome_metric_id": {"value": "reconvictions"},
            "result_level": {"value": "Outcome level"},
            "result_type": {"value": "Interim"},
            "outcomes_achieved": {"value": "142 events per 100 people, in cohort one"},
            "outcomes_validator_organisation_ids": {"value": "assessors"},
            "source_ids": "news",
            "status": "PUBLIC",
        },
        {
            "outcome_metric_id": {"value": "reconvictions"},
            "result_level": {"value": "Outcome level"},
            "result_type": {"value": "Final"},
            "outcomes_achieved": {"value": "9% below the baseline"},
            "outcomes_validator_organisation_ids": {"value": "assessors"},
            "source_ids": "report",
            "notes": "The scheme was cut short.",
            "status": "PUBLIC",
        },
    ],
}
"""What was worked out by hand from the schema."""


def test_peterborough_is_what_was_worked_out_by_hand() -> None:
    """The first deal of the kind, and what of it the standard cannot say."""
    deal = indigo.deal(indigo.PETERBOROUGH, indigo.PETERBOROUGH_SOURCES)
    assert exported(deal) == PETERBOROUGH
    assert left_out(deal) == [
        "outcome_metrics[reconvictions].per",
        "outcome_metrics[reconvictions].baseline.value",
        "outcome_metrics[reconvictions].baseline.method",
        "outcome_metrics[reconvictions].cohorts[one].size",
        "outcome_metrics[reconvictions].cohorts[two]",
        "results[1].as_of",
        "sources[report].kind",
    ]


def test_a_deal_that_says_little_is_a_small_document() -> None:
    """A title and a sentence; there are no empty fields, and of what is not written nothing is left out."""
    deal = indigo.minimal()
    assert exported(deal) == {
        "status": "PUBLIC",
        "name": {"value": "A deal"},
        "notes": {"value": "It is short.", "status": "PUBLIC"},
    }
    assert export(deal).left_out == ()


def test_numbers_have_the_digits_that_were_written() -> None:
    """As numbers where the schema has numbers, and as text where it has text."""
    text = as_json(export(indigo.deal(indigo.EVERYTHING)).document).decode()
    assert '"value": 1200.10\n' in text
    assert '"value": 1500\n' in text
    (pricing,) = json.loads(text)["outcome_pricings"]
    assert pricing["maximum_price_if_all_targets_achieved"] == {"amount": {"value": "400000"}}


METRIC = "outcome_metrics: [{id: jobs, definition: Jobs, unit: people, direction: %s%s}]"


@pytest.mark.parametrize(
    ("direction", "more", "words"),
    [
        ("reduce", ", target: {value: 140.50, by: 2030-03}", "At most 140.50 people, by 2030-03."),
        ("increase", ", target: {value: 12}", "At least 12 people."),
        (
            "increase",
            ", target: {value: 12}, triggers: [{level: overall, change: 5}]",
            "At least 12 people. Payment starts at 5% above the baseline for all together.",
        ),
        (
            "reduce",
            ", triggers: [{level: cohort, change: -2}]",
            "Payment starts at 2% above the baseline for one cohort.",
        ),
        ("reduce", "", None),
    ],
)
def test_targets_are_said_in_words(direction: str, more: str, words: str | None) -> None:
    """Which way is good, by when, and from where on it is paid for; nothing where nothing is said."""
    (metric,) = exported(indigo.minimal(METRIC % (direction, more)))["outcome_metrics"]
    assert metric.get("outcome_metric_target") == (words and {"value": words})


@pytest.mark.parametrize(
    ("direction", "result", "words"),
    [
        ("reduce", "value: 142, change: 8.4", "142 people, 8.4% below the baseline"),
        ("increase", "change: 8.40, cohort: two", "8.40% above the baseline, in cohort two"),
        ("reduce", "change: -3", "3% above the baseline"),
        ("increase", "value: -0.5", "-0.5 people"),
        ("increase", "cohort: two", None),
    ],
)
def test_results_are_said_in_words(direction: str, result: str, words: str | None) -> None:
    """With the unit, and the change as a distance whose direction can be seen."""
    line = f"results: [{{outcome_metric: jobs, result_type: final, {result}}}]"
    (found,) = exported(indigo.minimal(METRIC % (direction, ""), line))["results"]
    assert found.get("outcomes_achieved") == (words and {"value": words})


def test_a_result_counts_before_what_its_cohort_says() -> None:
    """Where `results` has nothing of a cohort, what the cohort says itself stands below the others."""
    own = indigo.deal(indigo.EVERYTHING)
    assert [found["outcomes_achieved"]["value"] for found in exported(own)["results"]] == [
        "141 convictions per 100 people, 9.0% below the baseline, in cohort two",
        "142 convictions per 100 people, in cohort one",
    ]
    assert [found["source_ids"] for found in exported(own)["results"]] == ["ours", "theirs"]
    counted = indigo.deal(indigo.EVERYTHING.replace("cohort: two", "cohort: one"))
    assert len(exported(counted)["results"]) == 1
    assert "outcome_metrics[convictions].cohorts[one].result.value" in left_out(counted)


def test_a_party_stands_in_the_list_of_its_role() -> None:
    """Once, also where it has committed money; roles without a list are named as left out."""
    document = exported(indigo.deal(indigo.EVERYTHING))
    lists = ("service_provisions", "outcome_payment_commitments", "investments", "intermediary_services")
    assert [[entry["organisation_id"]["value"] for entry in document[name]] for name in lists] == [
        ["provider"],
        ["payer"],
        ["investor"],
        ["broker"],
    ]
    roles = [path for path in left_out(indigo.deal(indigo.EVERYTHING)) if path.endswith("role")]
    assert roles == ["parties[lead].role", "parties[friend].role"]


def test_a_validator_without_results_has_no_place() -> None:
    """The standard names validators beside results only."""
    text = re.sub(r"(?m)^results:\n.*\n", "", indigo.EVERYTHING).replace(", result: {", ", was: {")
    deal = indigo.deal(re.sub(r"(?m)^        result: .*\n", "", text))
    assert {"parties[judge].role", "outcome_metrics[convictions].outcomes_validator"} <= {*left_out(deal)}


def test_a_currency_goes_with_a_sum() -> None:
    """A currency alone says nothing; where somebody wrote one it is named as left out."""
    lines = (
        "outcome_payment_commitments: [{party: a}, {party: b, currency: EUR}]",
        "investments: [{party: c, currency: EUR, maximum_potential_loss: 5}]",
    )
    deal = indigo.minimal(*lines)
    assert b"currency" not in as_json(export(deal).document)
    assert left_out(deal) == [
        "outcome_payment_commitments[2].currency",
        "investments[1].currency",
        "investments[1].maximum_potential_loss",
    ]


def test_sources_with_one_id_are_told_apart() -> None:
    """Two libraries may have sources of one id: then the library stands in front, and each is listed once."""
    deal = indigo.deal(indigo.EVERYTHING)
    ours, theirs = (deal.cited["outcome_metrics", name] for name in ("ours", "theirs"))
    strange = CitedSource("ours", "north", theirs.document)
    cited = {key: strange if key[1] == "theirs" else ours for key in deal.cited}
    document = exported(structs.replace(deal, cited=cited))
    assert [source["id"] for source in document["sources"]] == ["ours", "north:ours", "theirs"]
    assert document["outcome_metrics"][0]["source_ids"] == "ours,north:ours"


def test_a_source_that_is_not_found_is_named() -> None:
    """An id that leads nowhere is no id in the document."""
    deal = structs.replace(indigo.deal(indigo.PETERBOROUGH, indigo.PETERBOROUGH_SOURCES), cited={})
    assert b"source_ids" not in as_json(export(deal).document)
    assert {"outcome_metrics[reconvictions].baseline", "results[1].source"} <= {*left_out(deal)}


def test_a_number_that_is_still_open_is_never_nought() -> None:
    """In fields it is missing, and named; in words the placeholder stands as it was written."""
    deal = indigo.minimal(
        METRIC % ("reduce", ", population_size: ((size)), target: {value: ((target))}"),
        "investments: [{party: c, investment_commitment: ((sum))}]",
        "questions: {size: {ask: How many?}, target: {ask: How few?}, sum: {ask: How much?}}",
    )
    document = exported(deal)
    assert "Decimal" not in str(document)
    assert document["outcome_metrics"][0]["outcome_metric_target"] == {"value": "At most ((target)) people."}
    assert {"outcome_metrics[jobs].population_size", "investments[1].investment_commitment"} <= {
        *left_out(deal)
    }


HOSTILE = [
    '"}], "status": "PRIVATE',
    "</script><script>alert(1)</script>",
    "\\u0000 \\",
    "line\nline\ttab",
    "\xa0🎉 ẞ",
    "{{ 7*7 }} ${x} %s",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_gets_out_of_its_place(text: str) -> None:
    """What somebody wrote is what a program reads, wherever it stands, and adds no field."""
    deal = indigo.minimal()
    party = {"id": "a", "organisation": text, "role": "partner"}
    line = f"parties: [{json.dumps(party, ensure_ascii=False)}]"
    document = exported(indigo.deal(f"title: {json.dumps(text, ensure_ascii=False)}\nsummary: S\n{line}\n"))
    assert document["name"] == {"value": text}
    assert document["organisations"] == [{"id": "a", "name": {"value": text}}]
    assert [*document] == [*exported(deal), "organisations"]
