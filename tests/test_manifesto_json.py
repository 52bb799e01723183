"""`manifesto.json`: what its schema and its page say holds for every example and for random editions."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, settings

from manifesto_cli.outputs.edition_json import edition_file, schema, schema_file, schema_text
from support.editions import EXAMPLES, Published, Records, example, projects, publish
from tools.manifesto_json import fields, shapes, title
from tools.reference import FOLDER, ROOT

URL = "https://example.org/repo/"
every_example = pytest.mark.parametrize("name", EXAMPLES)


def closed(part: Any) -> Any:
    """A schema that takes no field which it does not name: ours is open, since fields may be added."""
    if isinstance(part, list):
        return [closed(inner) for inner in part]
    if isinstance(part, dict):
        made = {key: closed(inner) for key, inner in part.items()}
        return {**made, "additionalProperties": False} if made.get("type") == "object" else made
    return part


STRICT = jsonschema.Draft202012Validator(closed(schema()))


def sound(published: Published) -> None:
    """Check a file against its schema, and that whatever it names is there."""
    data = published.json("manifesto.json")
    STRICT.validate(data)
    assert published.json(data["$schema"]) == schema()
    keys = {kind: {record["key"] for record in data[kind]} for kind in KINDS}
    for kind in KINDS:
        assert len(keys[kind]) == len(data[kind])
        if kind != "sources":
            assert [
                record["address"] for record in data[kind] if record["address"] not in published.files
            ] == []
    named = [*_named(data)]
    assert [(kind, key) for kind, key in named if key not in keys[kind]] == []
    assert {key for kind, key in named if kind == "sources"} == keys["sources"]
    for text in _texts(data):
        inside = [
            link["address"] for link in text["links"] if link["address"] and "://" not in link["address"]
        ]
        assert [at for at in inside if at.partition("#")[0] not in published.files] == []


KINDS = ("priorities", "pledges", "case_studies", "deals", "sources")


def _named(data: Any) -> Iterator[tuple[str, str]]:
    """Every key by which one record names another, and what kind it is of."""
    for deal in data["deals"]:
        yield from (("pledges", idea["pledge"]) for idea in deal["ideas"] if idea["pledge"])
        counted = [deal["results"], deal["outcome_metrics"]]
        yield from (("sources", key) for key in _under("source", counted) if key)
    for record in [*data["priorities"], *data["pledges"], *data["case_studies"], *data["deals"]]:
        yield from (("pledges", key) for key in record.get("pledges", ()))
        yield from (("case_studies", key) for key in record.get("case_studies", ()))
        yield from (("deals", key) for key in record.get("deals", ()))
        yield from (("priorities", record[name]) for name in ("priority",) if name in record)
        cited = [source for claim in record.get("claims", ()) for source in claim["sources"]]
        yield from (("sources", source["source"]) for source in [*cited, record["based_on"]] if source)


def _under(name: str, part: Any) -> Iterator[Any]:
    """All that stands under a name, however deep."""
    if isinstance(part, dict):
        yield from ([part[name]] if name in part else [])
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _under(name, inner)


def _texts(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        if part.keys() == {"markdown", "links"}:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _texts(inner)


@every_example
@pytest.mark.parametrize("url", [None, URL])
def test_an_example_is_what_the_schema_says(name: str, url: str | None) -> None:
    """With and without an address; and all of it is there."""
    published = example(name, url)
    sound(published)
    data, edition = published.json("manifesto.json"), published.edition
    assert data["url"] == url
    assert [pledge["title"] for pledge in data["pledges"]] == [
        pledge.idea.title for pledge in edition.pledges
    ]
    assert [study["title"] for study in data["case_studies"]] == [
        study.study.title for study in edition.case_studies
    ]
    assert [source["title"] for source in data["sources"]] == [
        source.document.title for source in edition.sources
    ]
    assert [deal["title"] for deal in data["deals"]] == [deal.deal.title for deal in edition.deals]
    claims = [claim["text"] for record in data["pledges"] for claim in record["claims"]]
    assert claims == [found.claim.text for pledge in edition.pledges for found in pledge.evidence]


@settings(max_examples=20)  # each is a whole website
@given(projects())
def test_a_random_edition_is_what_the_schema_says(files: dict[str, Records]) -> None:
    """Whatever fields are filled, and with what."""
    published = publish(files, None)
    assume(published)
    assert published
    sound(published)
    data, manifesto = published.json("manifesto.json"), files["manifesto.yaml"]
    assert data["title"] == manifesto["title"]
    assert data["candidate"]["name"] == manifesto["candidate"]["name"]
    for name in ("tagline", "notice", "date"):
        assert data[name] == manifesto.get(name)


def test_a_schema_is_a_schema() -> None:
    """It is one of the draft that it names, and every field in it has a sentence."""
    made = schema()
    jsonschema.Draft202012Validator.check_schema(made)
    groups = [made, *made["$defs"].values()]
    for group in groups:
        assert group["description"].endswith(".")
        assert group["required"] == list(group["properties"])
        assert [
            name
            for name, told in group["properties"].items()
            if not told.get("description", "").endswith(".")
        ] == []


def a_plan(**fields: Any) -> dict[str, Records]:
    """A manifesto with one pledge that has these fields."""
    return {
        "manifesto.yaml": {
            "format": "1",
            "title": "A plan",
            "candidate": {"name": "Robin"},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
            "values": {"town": "Any*town*", "host": "example.org"},
            "priorities": [{"priority": "first", "ideas": ["one"]}],
        },
        "priorities/first.yaml": {"title": "First"},
        "ideas/one.yaml": {"title": "One", "priority": "first", "summary": "One.", **fields},
        "sources.yaml": {"paper": {"title": "Paper"}, "other": {"title": "Other"}},
    }


def the_pledge(**fields: Any) -> tuple[Any, str]:
    """A pledge with these fields as data, and the file as it is written."""
    published = publish(a_plan(**fields), None)
    assert published
    return published.json("manifesto.json")["pledges"][0], published.files["manifesto.json"].decode()


def test_numbers_keep_the_digits_that_were_written() -> None:
    """A programme that reads decimals gets what a person wrote, down to the last nought."""
    pledge, text = the_pledge(
        cost={"one_off": "1,250.50", "per_year": "0.10"},
        measure={"metric": "m", "target": {"value": "999999999999999999"}},
    )
    assert '"one_off": 1250.50' in text
    assert '"per_year": 0.10' in text
    assert pledge["measure"]["target"]["value"] == 999999999999999999
    read = json.loads(text, parse_float=Decimal)
    assert str(read["pledges"][0]["cost"]["one_off"]) == "1250.50"


PACT: Records = {
    "title": "A pact",
    "summary": "A pact with ((town)).",
    "ideas": ["one"],
    "parties": [{"id": "payer", "organisation": "Payer", "role": "outcome_payer"}],
    "outcome_metrics": [
        {
            "id": "events",
            "definition": "Events.",
            "unit": "events per 100 people",
            "direction": "reduce",
            "per": "100",
            "baseline": {"value": "155.0", "source": "paper", "locator": "p. 2"},
            "triggers": [{"level": "cohort", "change": "10"}, {"level": "overall", "change": "7.50"}],
            "cohorts": [
                {"id": "early", "size": "1,000", "result": {"value": "142", "source": "other"}},
                {"id": "late", "size": "1,000"},
            ],
        }
    ],
    "outcome_pricings": [
        {
            "outcome_metric": "events",
            "price_per_unit": "10.50",
            "maximum_price_if_all_targets_achieved": "1,500",
        }
    ],
    "results": [{"outcome_metric": "events", "result_type": "final", "change": "9", "source": "paper"}],
}


def the_deal(**changes: Any) -> tuple[Any, Any, str]:
    """A deal with these fields changed as data, all of the data, and the file as it is written."""
    plan = a_plan()
    plan["manifesto.yaml"] |= {"deals": ["pact"]}
    published = publish({**plan, "deals/pact.yaml": {**PACT, **changes}}, None)
    assert published
    data = published.json("manifesto.json")
    return data["deals"][0], data, published.files["manifesto.json"].decode()


def test_a_deal_has_every_number_as_it_was_written() -> None:
    """Sources by their keys, placeholders filled, and what rests on it names it back."""
    deal, data, text = the_deal()
    assert deal["summary"] == "A pact with Any*town*."
    assert deal["ideas"] == [{"title": "One", "pledge": "one"}]
    assert data["pledges"][0]["deals"] == ["pact"]
    (metric,) = deal["outcome_metrics"]
    baseline = {"value": 155, "period": None, "method": None, "source": "paper", "locator": "p. 2"}
    assert metric["baseline"] == baseline
    assert metric["cohorts"][0]["result"]["source"] == "other"
    assert '"value": 155.0' in text
    assert '"change": 7.50' in text
    assert '"price_per_unit": 10.50' in text
    assert '"size": 1000' in text


def test_a_deal_says_where_its_metrics_stand_against_their_triggers() -> None:
    """The first cohort is below its trigger of 10 percent, all together are above theirs of 7.5: so there is a payment, up to its limit."""
    deal, _, text = the_deal()
    (metric,) = deal["outcome_metrics"]
    told = [(each["level"], each["cohort"], each["met"], each["payable"]) for each in metric["standings"]]
    assert told == [
        ("cohort", "early", False, False),
        ("cohort", "late", None, None),
        ("overall", None, True, True),
    ]
    assert '"change": 8.387096774' in text
    # 155 by 9 percent is 13.95 for each 100 of 2,000 people: 279 fewer, at 10.50 each.
    assert metric["due"] == {
        "payable": True,
        "payment": 1500,
        "currency": "GBP",
        "cap": 1500,
        "capped": True,
        "complete": True,
    }
    assert metric["standings"][2]["source"] == "paper"


def test_of_a_deal_without_a_price_no_sum_is_said() -> None:
    """Whether something is due is known all the same."""
    deal, _, _ = the_deal(outcome_pricings=[])
    (metric,) = deal["outcome_metrics"]
    due = metric["due"]
    assert (due["payable"], due["payment"], due["currency"]) == (True, None, None)


def test_sources_that_disagree_stand_side_by_side() -> None:
    """Each with its own value, place and note."""
    values = [
        {"value": "1.50", "source": "paper", "locator": "p. 1", "note": "of all"},
        {"value": "2", "source": "other"},
    ]
    pledge, text = the_pledge(claims=[{"text": "So many.", "figure": {"value": "1.50"}, "values": values}])
    assert pledge["claims"][0]["sources"] == [
        {"source": "paper", "locator": "p. 1", "value": 1.5, "note": "of all"},
        {"source": "other", "locator": None, "value": 2, "note": None},
    ]
    assert text.count("1.50") == 2


def test_a_text_is_as_it_was_written_with_its_placeholders_filled() -> None:
    """Values are escaped, links stay as they are, and where they lead is said beside them."""
    body = "In ((town)):\n\n## Where\n\n[one](pledge:one#where), [this](#where), [out](https://((host))/a)"
    pledge, _ = the_pledge(body=body)
    assert pledge["body"] == {
        "markdown": "In Any\\*town\\*:\n\n## Where\n\n"
        "[one](pledge:one#where), [this](#where), [out](https://example.org/a)",
        "links": [
            {"target": "pledge:one#where", "address": "pledges/one.html#where"},
            {"target": "#where", "address": "pledges/one.html#where"},
            {"target": "https://example.org/a", "address": "https://example.org/a"},
        ],
    }


@every_example
def test_the_links_of_a_text_are_those_that_a_reader_finds_in_it(name: str) -> None:
    """Whoever reads the Markdown can look up where each link of it leads."""
    published = example(name, None)
    for key, text in published.site.texts.items():
        known = published.site.leads[key].keys()
        assert {demand.target for demand in text.demands} == known
    for text in _texts(published.json("manifesto.json")):
        assert all(link["target"] in text["markdown"] for link in text["links"])


def test_the_same_edition_gives_the_same_bytes() -> None:
    """Nothing in it depends on when, where or in which order it was made."""
    published = example("mayor", URL)
    edition, site = published.edition, published.site
    assert edition_file(edition, site) == edition_file(edition, site)
    assert published.files["manifesto.json"].endswith(b"}\n")


def test_the_schema_is_made_from_the_shape() -> None:
    """What lies beside the code is what the code says: `make reference` writes it, since to make it at every build takes too long."""
    assert schema_file().content == schema_text()


def test_every_field_is_described() -> None:
    """On the page that is made of the shape, in the section of its group."""
    text = (ROOT / FOLDER / "manifesto-json.md").read_text(encoding="utf-8")
    sections = re.split(r"^#{2,3} ", text, flags=re.MULTILINE)
    by_title = {section.partition("\n")[0]: section for section in sections}
    for shape in shapes():
        section = by_title["The whole" if title(shape) == "Edition" else title(shape)]
        for field in fields(shape):
            assert f"- **`{field.encode_name}`**: " in section, (shape, field.encode_name)
