"""The page of evidence: every claim once, linked both ways, at anchors that stay."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from manifesto_cli.merging.statements import statements
from manifesto_cli.outputs.website import address
from manifesto_cli.rendering.views.words import says
from support import pages
from support.editions import EXAMPLES, Records
from support.published import edition_of, example, from_files

PAGE = "evidence.html"


@pytest.mark.parametrize("name", EXAMPLES)
def test_claims_and_records_lead_to_each_other(name: str) -> None:
    """From each record to the place of each of its claims, from there back to it; and from sources to claims and back."""
    published = example(name)
    page = pages.read(published.files[PAGE].encode())
    leads = [pages.lead(PAGE, link["href"]) for link in page.every("a")]
    for statement in statements(published.edition).values():
        assert page.ids.count(statement.anchor) == 1
        for kind, key in statement.records:
            record = address(kind, key.rpartition(":")[2]).path
            there = pages.read(published.files[record].encode())
            assert (PAGE, statement.anchor) in [pages.lead(record, at) for at in there.addresses]
            assert (record, "_evidence") in leads
            assert "_evidence" in there.ids
        if statement.evidence.sources:
            assert (PAGE, statement.anchor) in leads
    anchors = [anchor for anchor in page.ids if anchor.startswith("source-")]
    assert len(anchors) == len(published.edition.sources)


def a_claim(text: str, **fields: Any) -> Records:
    """A claim on a paper."""
    return {"text": text, "source": "paper", **fields}


def project(*claims: Records, story: tuple[Records, ...] = ()) -> dict[str, Records]:
    """A manifesto with one pledge and one case study that make these claims."""
    return {
        "manifesto.yaml": {
            "format": "1",
            "title": "A plan",
            "candidate": {"name": "Robin"},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
            "priorities": [{"priority": "first", "ideas": ["one"]}],
        },
        "priorities/first.yaml": {"title": "First"},
        "ideas/one.yaml": {
            "title": "One",
            "priority": "first",
            "summary": "One.",
            "claims": [*claims],
            "case_studies": ["story"],
        },
        "case-studies/story.yaml": {"title": "Story", "summary": "A story.", "claims": [*story]},
        "sources.yaml": {"paper": {"title": "Paper"}, "survey": {"title": "Survey"}},
    }


def anchors(files: dict[str, Records]) -> dict[str, str]:
    """Where each claim stands, by its words and where in the source."""
    edition = edition_of(files)
    assert edition
    return {
        f"{each.evidence.claim.text} {each.evidence.claim.locator or ''}".strip(): each.anchor
        for each in statements(edition).values()
    }


def test_a_claim_of_two_records_is_one_entry() -> None:
    """With a link to each, if a reader could tell no difference; when it is due to be looked at again does not count."""
    files = project(
        a_claim("So."), story=(a_claim("So.", review_by="2027-01-01"), a_claim("So.", locator="p. 1"))
    )
    edition = edition_of(files)
    assert edition
    found = [each.records for each in statements(edition).values()]
    assert found == [(("pledge", ":one"), ("case-study", ":story")), (("case-study", ":story"),)]


def test_anchors_stay() -> None:
    """When claims are added before, moved to another record, or given a better source."""
    before = anchors(project(a_claim("So."), a_claim("Thus.")))
    after = anchors(project(a_claim("New."), a_claim("Thus.", source="survey"), story=(a_claim("So."),)))
    assert {text: after[text] for text in before} == before
    assert before["So."] == "claim-1298463738"


def test_claims_in_the_same_words_keep_apart() -> None:
    """The second has a number behind its anchor."""
    found = anchors(project(a_claim("So."), a_claim("So.", locator="p. 1")))
    assert found["So. p. 1"] == found["So."] + "-2"


def test_each_claim_stands_in_one_part() -> None:
    """Those whose sources disagree come first, those without a source last before the sources; each part only if it is needed."""
    values = [{"value": "1", "source": "paper"}, {"value": "2", "source": "survey"}]
    bare = {"text": "Bare."}
    files = project(
        a_claim("Sound."), a_claim("Planned.", kind="planned"), {"text": "Disputed.", "values": values}, bare
    )
    published = from_files(files)
    assert published
    text = pages.read(published.files[PAGE].encode()).text
    parts = [
        "Where sources disagree",
        "Disputed.",
        "Claims and their sources",
        "Sound.",
        "A plan Planned.",
        "Claims without a source",
        "Bare.",
        "Sources Each",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    alone = deepcopy(files)
    alone["ideas/one.yaml"]["claims"] = [a_claim("Sound.")]
    again = from_files(alone)
    assert again
    said = pages.read(again.files[PAGE].encode()).text
    assert "disagree" not in said
    assert "without a source" not in said


def test_there_is_no_page_without_anything_to_show() -> None:
    """Neither of evidence nor of costs, and nothing leads there; a document that a record is based on is something."""
    files = project()
    published = from_files(files)
    assert published
    assert PAGE not in published.files
    assert "costs.html" not in published.files
    assert PAGE not in published.files["index.html"]
    files["ideas/one.yaml"]["based_on"] = {"source": "paper", "locator": "p. 7"}
    again = from_files(files)
    assert again
    text = pages.read(again.files[PAGE].encode()).text
    assert "Paper. Basis of Pledge 1: One (p. 7)" in text


def test_it_works_for_a_thousand_claims() -> None:
    """On one page, with every anchor once."""
    files = project(*(a_claim(f"Fact {i}.", locator=f"p. {i}") for i in range(1_000)))
    published = from_files(files)
    assert published
    page = pages.read(published.files[PAGE].encode())
    assert len({name for name in page.ids if name.startswith("claim-")}) == 1_000
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("27.5% came.", "27.5", True),
        ("It cost £1,200,000.", "1200000", True),
        ("It cost £1.2 million.", "1200000", True),
        ("Up to 3bn.", "3000000000", True),
        ("Forty came.", "40", True),
        ("It fell by 12%.", "-12", True),
        ("In 2040 they came.", "40", False),
        ("Some 1,40 came.", "140", False),
        ("Half of them came.", "50", False),
        ("One of them came.", "1", False),
    ],
)
def test_a_figure_that_the_text_says_is_not_said_twice(text: str, value: str, said: bool) -> None:  # noqa: FBT001 - a column of the table above
    """In digits, with thousands, as millions, or as a word; in doubt it is said twice."""
    assert says(text, Decimal(value)) is said
