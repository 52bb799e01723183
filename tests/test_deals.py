"""Laws of deals: their numbers may wait for a value, and what a manifesto takes of them is whole."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli import loading
from manifesto_cli.checks.deal_numbers import to_write
from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.edition import Edition, merge
from manifesto_cli.merging.placeholders import open_numbers, texts
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.picks import NOT_OVERRIDDEN, DealPick
from manifesto_cli.model.quantity import Number, OpenNumber

MANIFESTO = """\
format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: mayor, area: Exampleshire}
imprint: {jurisdiction: none}
libraries: [{path: shared}]
values: {size: 400}
deals:
"""
LIBRARY = """\
id: shared
title: Shared
version: 1.0.0
licence: CC0-1.0
"""
DEAL = """\
title: A deal for ((office.area))
summary: Fewer convictions, more freedom.
body: There are ((size)) people.
if_it_fails: Then ((office.area)) pays.
ideas: [mentors]
case_studies: [the-first-bond]
outcome_metrics:
  - id: convictions
    definition: Convictions within a year of release
    unit: convictions per 100 people
    per: 100
    direction: reduce
    baseline: {value: ((baseline)), source: our-figures}
    cohorts: [{id: one, size: ((size)), result: {value: 142, source: their-figures}}]
"""
SOURCES = """\
our-figures: {title: Ours}
their-figures: {title: Theirs}
"""


def merged(folder: Path, picks: str) -> Outcome[Edition]:
    """The edition of a manifesto with these `deals:`, beside a library with one deal and what it rests on."""
    files = {
        "manifesto.yaml": MANIFESTO + picks,
        "shared/library.yaml": LIBRARY,
        "shared/sources.yaml": SOURCES,
        "shared/deals/safer.yaml": DEAL,
        "shared/ideas/mentors.yaml": "title: Mentors\npriority: safety\nsummary: One each.\n",
        "shared/priorities/safety.yaml": "title: Safety\n",
        "shared/case-studies/the-first-bond.yaml": "title: The first bond\nsummary: It was the first.\n",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    loaded = loading.load(folder)
    assert loaded.value
    assert not loaded.faults
    assert loaded.value.manifesto
    assert loaded.value.origin
    return merge(loaded.value.shelf, loaded.value.manifesto, loaded.value.origin)


def only(outcome: Outcome[Edition]) -> EditionDeal:
    """The one deal of an edition without faults."""
    assert not outcome.faults
    assert outcome.value
    (deal,) = outcome.value.deals
    return deal


def test_values_fill_texts_and_numbers_of_a_deal(tmp_path: Path) -> None:
    """Those of the pick, then those of the manifesto, then `office`; nothing is left open."""
    deal = only(
        merged(tmp_path, "  - {deal: safer, values: {baseline: 1,155.5}}\n".replace("1,155.5", "'1,155.5'"))
    )
    metric = deal.deal.outcome_metrics[0]
    assert deal.deal.title == "A deal for Exampleshire"
    assert metric.baseline
    assert metric.baseline.value == Decimal("1155.5")
    assert metric.cohorts[0].size == Decimal(400)
    assert deal.body
    assert deal.body.values == ("400",)
    assert deal.if_it_fails
    assert not [*open_numbers(deal.deal)]
    assert not [
        text for path, text in texts(deal.deal) if "((" in text and path[0] not in ("body", "if_it_fails")
    ]


def test_a_number_that_is_filled_with_nought_is_filled(tmp_path: Path) -> None:
    """An open number counts as 0 until it is filled; 0 itself is another number."""
    deal = only(merged(tmp_path, "  - {deal: safer, values: {baseline: 0}}\n"))
    assert not [*open_numbers(deal.deal)]


@pytest.mark.parametrize(
    ("picks", "code", "place"),
    [
        ("  - safer\n", "unfilled-placeholder", "((baseline))"),
        ("  - {deal: safer, values: {baseline: many}}\n", "value-no-number", "many"),
        ("  - {deal: safer, values: {baseline: 155 events}}\n", "value-no-number", "155 events"),
    ],
)
def test_a_number_without_a_number_is_a_fault(tmp_path: Path, picks: str, code: str, place: str) -> None:
    """Nothing is computed with a number that nobody gave."""
    outcome = merged(tmp_path, picks)
    (fault,) = outcome.faults
    assert fault.code == code
    assert place in fault.label.span.text + fault.label.text


def test_a_deal_leads_to_what_it_rests_on(tmp_path: Path) -> None:
    """An idea that is picked is a pledge, another one only a title; case studies and sources are the edition's."""
    picks = "  - {deal: safer, values: {baseline: 155}}\n"
    unpicked = only(merged(tmp_path, picks))
    assert [(idea.title, idea.key) for idea in unpicked.ideas] == [("Mentors", "")]
    outcome = merged(tmp_path, picks + "priorities: [{priority: safety, ideas: [mentors]}]\n")
    deal = only(outcome)
    assert outcome.value
    assert [idea.key for idea in deal.ideas] == [pledge.key for pledge in outcome.value.pledges]
    assert deal.case_studies == tuple(study.key for study in outcome.value.case_studies)
    assert {key: source.document.title for key, source in deal.cited.items()} == {
        ("outcome_metrics", "our-figures"): "Ours",
        ("outcome_metrics", "their-figures"): "Theirs",
    }


def test_a_deal_that_is_picked_twice_stands_once(tmp_path: Path) -> None:
    """It has one page."""
    outcome = merged(
        tmp_path, "  - {deal: safer, values: {baseline: 1}}\n  - {deal: safer, values: {baseline: 2}}\n"
    )
    assert [fault.code for fault in outcome.faults] == ["picked-twice"]
    assert outcome.value
    assert len(outcome.value.deals) == 1


def test_every_field_of_a_deal_can_be_replaced_or_says_why_not() -> None:
    """The fields of a pick are those of a deal; none is forgotten when the model grows."""
    assert set(Deal.__struct_fields__) - NOT_OVERRIDDEN[Deal] <= set(DealPick.__struct_fields__)
    assert not NOT_OVERRIDDEN[Deal] & set(DealPick.__struct_fields__)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_an_open_number_reads_what_a_number_reads(value: Decimal) -> None:
    """A placeholder besides is all that it takes more."""
    text = f"{value:f}"
    assert OpenNumber.parse(text) == Number.parse(text) == value
    assert not OpenNumber.parse(text).hole
    assert OpenNumber.parse(f"((x{abs(int(value))}))") != OpenNumber.parse("0")


@pytest.mark.parametrize("text", ["((Baseline))", "((a)", "((a)) ", "((a))1", "(( a ))", "", "((a b))"])
def test_what_is_neither_number_nor_placeholder_is_refused(text: str) -> None:
    """The same names are placeholders here as in texts."""
    with pytest.raises(ValueError, match="placeholder"):
        OpenNumber.parse(text)


@pytest.mark.parametrize(
    ("written", "typed"), [("200,000", "`cap: 216000.5`"), ("((most))", "`most: 216000.5` under `values:`")]
)
def test_a_sum_that_a_placeholder_stands_for_is_mended_where_its_value_is(written: str, typed: str) -> None:
    """The record with the placeholder is mostly a library's, and not for whoever fills it to change."""
    source = SourceFile("deal.yaml", written)
    assert to_write(source.span(0, len(written)), "cap", Fraction("216000.5")) == typed
