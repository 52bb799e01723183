"""Deals that nobody would write: whatever stands in which field, the outcome is faults with places, never a traceback."""

import json
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect

from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.quantity import Number, OpenNumber
from support.hostile import build
from support.whole import codes, examine

IDS = st.sampled_from(["pcc", "team", "one", "two", "jobs", "job", "tried", "nobody"])
NUMBERS = st.sampled_from(
    [
        *("0", "1", "-1", "0.5", "7.5", "10", "100", "101", "155", "1,000", "-0.000000001", "0.000000001"),
        *("999999999999999999", "-999999999999999999.999999999"),
    ]
)
HOLES = st.sampled_from(["((years))", "((years))", "((force))", "((nobody))"])
WORDS = st.sampled_from(["Tried.", "…", "((force))", "((years))", "**b**", "[x](deal:tried)", "x" * 300])
DATES = st.sampled_from(["2026", "2026-02", "2026-02-28"])
ANYTHING = st.sampled_from(["", "x", [], ["x"], {}, {"id": "one"}, None, "155 events", "2026-02-30"])
TOP = inspect.type_info(Deal)
TEXTS = {
    **dict.fromkeys(("currency",), st.sampled_from(["GBP", "EUR", "JPY"])),
    **dict.fromkeys(("as_of", "by", "begins", "ends", "status_on"), DATES),
    **dict.fromkeys(("text", "definition", "title", "summary", "body", "if_it_fails", "because"), WORDS),
    "review_by": st.just("2026-02-28"),
    "url": st.just("https://example.org/"),
}
"""What is written in a field, by its name; in all others of text an id does no harm."""


def values(hint: inspect.Type, name: str) -> st.SearchStrategy[Any]:
    """What a field of a deal may hold: few ids and numbers, so that they meet."""
    match hint:
        case inspect.Metadata(type=kind):
            return values(kind, name)
        case inspect.UnionType(types=kinds):
            there = [kind for kind in kinds if not isinstance(kind, inspect.NoneType)]
            return st.one_of([values(kind, name) for kind in there])
        case inspect.StructType():
            return records(hint)
        case inspect.VarTupleType(item_type=kind):
            return st.lists(values(kind, name), max_size=3)
        case inspect.LiteralType(values=words):
            return st.sampled_from(words)
        case inspect.DictType(value_type=kind):
            return st.dictionaries(st.sampled_from(["area", "years"]), values(kind, name), max_size=2)
        case inspect.CustomType(cls=kind) if issubclass(kind, OpenNumber):
            return st.one_of(NUMBERS, HOLES)
        case inspect.CustomType(cls=kind) if issubclass(kind, Number):
            return NUMBERS
    return TEXTS.get(name, IDS)


def records(struct: inspect.StructType) -> st.SearchStrategy[dict[str, Any]]:
    """Records with all that they need and some of what they may have."""
    fields = {field.encode_name: values(field.type, field.encode_name) for field in struct.fields}
    needed = {name: fields.pop(name) for name in [f.encode_name for f in struct.fields if f.required]}
    return st.fixed_dictionaries(needed, optional=fields)


def places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a tree, as what holds it and the name or number that it has there."""
    entries = enumerate(tree) if isinstance(tree, list) else tree.items() if isinstance(tree, dict) else ()
    for name, inner in [*entries]:
        yield tree, name
        yield from places(inner)


@st.composite
def mangled(draw: st.DrawFn) -> dict[str, Any]:
    """A deal in which something stands where it does not belong, or stands twice, or is gone."""
    assert isinstance(TOP, inspect.StructType)
    tree = draw(records(TOP))
    for _ in range(draw(st.integers(0, 2))):
        holder, name = draw(st.sampled_from([*places(tree)]))
        if name not in (holder if isinstance(holder, dict) else range(len(holder))):
            continue  # what held it is gone by now
        change = draw(st.sampled_from(["other", "gone", "twice"]))
        if change == "other":
            holder[name] = deepcopy(draw(ANYTHING))
        elif change == "gone":
            del holder[name]
        elif isinstance(holder, list):
            holder.append(deepcopy(holder[name]))
    return tree


def looked_at(deal: dict[str, Any]) -> Faults:
    """Every fault of a project with this deal. JSON is YAML, in one line."""
    return examine("deals/tried.yaml", json.dumps(deal, ensure_ascii=False).encode())


@settings(max_examples=300)
@given(mangled())
def test_any_deal(deal: dict[str, Any]) -> None:
    """Ids that lead nowhere, numbers that cannot be, fields of any kind: each is a fault with a place, and what can be is worked out."""
    looked_at(deal)


@st.composite
def sums(draw: st.DrawFn) -> dict[str, Any]:
    """A deal in which every id leads somewhere, and every number may be any, or open, or gone."""
    number = st.one_of(NUMBERS, HOLES, st.none())

    def some(*fields: str, **fixed: Any) -> dict[str, Any]:
        given = {**fixed, **{field: draw(number) for field in fields}}
        return {field: value for field, value in given.items() if value is not None}

    def stated(**more: Any) -> dict[str, Any] | None:
        value = draw(st.one_of(NUMBERS, st.none()))
        return {"value": value, **more} if value else None

    cohorts = [
        some("size", id=name, baseline=stated(), result=stated(source="tried"))
        for name in draw(st.sampled_from([(), ("one",), ("one", "two")]))
    ]
    currency, other = draw(st.sampled_from([("GBP", "GBP"), ("JPY", "JPY"), ("GBP", "EUR")]))
    triggers = draw(st.lists(st.tuples(st.sampled_from(["cohort", "overall"]), NUMBERS), max_size=2))
    metric = some(
        *("per", "population_size"),
        id="jobs",
        definition="Jobs",
        unit="jobs",
        direction=draw(st.sampled_from(["reduce", "increase"])),
        baseline=stated(),
        target=stated(),
        triggers=[{"level": level, "change": change} for level, change in triggers],
        cohorts=cohorts,
    )
    results = [
        some("value", "change", outcome_metric="jobs", result_type=kind, cohort=cohort)
        for kind, cohort in draw(
            st.lists(
                st.tuples(st.sampled_from(["interim", "final"]), st.sampled_from([None, "one"])), max_size=3
            )
        )
    ]
    return {
        "title": "Tried",
        "summary": "Tried.",
        "parties": [{"id": "pcc", "organisation": "PCC", "role": "lead"}],
        "outcome_metrics": [metric],
        "outcome_pricings": [
            some(
                "price_per_unit",
                "maximum_price_if_all_targets_achieved",
                outcome_metric="jobs",
                currency=currency,
            )
        ],
        "outcome_payment_commitments": [
            some("maximum_potential_outcome_payment", party="pcc", currency=other)
        ],
        "investments": [
            some(
                "investment_commitment",
                "maximum_potential_loss",
                "maximum_potential_return",
                party="pcc",
                currency=currency,
            )
        ],
        "results": [result for result in results if "((" not in f"{result}"],
    }


@settings(max_examples=300)
@given(sums())
def test_any_numbers(deal: dict[str, Any]) -> None:
    """Nothing is divided by nought, counted from an open number, paid twice or below nothing."""
    looked_at(deal)


PLAN = """\
format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc, area: Exampleshire}
imprint: {jurisdiction: none}
site: {url: "https://example.org/", theme: THEME}
values: {force: Constabulary, years: 3, nobody: 7}
priorities: [{priority: tried, ideas: [tried]}]
deals: [tried]
"""
RECORDS = {
    "priorities/tried.yaml": "title: Tried\n",
    "ideas/tried.yaml": "title: Tried\npriority: tried\nsummary: Tried.\n",
    "case-studies/tried.yaml": "title: Tried\nsummary: Tried.\n",
    "sources.yaml": "tried: {title: Tried}\n",
}


@settings(max_examples=60)
@given(
    st.one_of(sums(), mangled()),
    st.sampled_from(["civic", "broadsheet", "rally"]),
    st.sampled_from(["html", "md"]),
)
def test_any_deal_is_built_or_refused(deal: dict[str, Any], theme: str, form: str) -> None:
    """Whatever its numbers are, a deal has its page and its part of the booklet in every theme; or the faults say why not."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = {
            **RECORDS,
            "manifesto.yaml": PLAN.replace("THEME", theme),
            "deals/tried.yaml": json.dumps(deal),
        }
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        built = build(folder, "--format", form)
        written = folder / ("public/deals/tried.html" if form == "html" else "booklet/manifesto.md")
        assert (built.status, bool(built.errors)) in ((0, False), (1, True)), built.said
        assert written.exists() == (built.status == 0)


def test_what_can_be_read_is_worked_out() -> None:
    """The search would be of no use if every deal that it tries were refused before anything is worked out with it."""
    metric = {"id": "jobs", "definition": "Jobs", "unit": "jobs", "direction": "increase"}
    deal = {
        "title": "Tried",
        "summary": "Tried.",
        "parties": [{"id": "pcc", "organisation": "PCC", "role": "lead"}],
        "outcome_metrics": [{**metric, "baseline": {"value": "1"}, "target": {"value": "3"}}],
        "outcome_pricings": [
            {"outcome_metric": "jobs", "price_per_unit": "2", "maximum_price_if_all_targets_achieved": "3"}
        ],
        "outcome_payment_commitments": [{"party": "pcc", "maximum_potential_outcome_payment": "((years))"}],
        "investments": [{"party": "pcc", "maximum_potential_return": "4"}],
    }
    assert codes(looked_at(deal)) >= {"price-over-cap", "returns-over-commitments"}
