"""Every passage of the documents behind the libraries has become something, and every record names its passage as the list does."""

import pytest

from manifesto_cli.model.claim import Claim, Figure, SourcedValue
from manifesto_cli.model.quantity import Number
from tools.coverage import Traced, cited, claims_with, row, strays, traced
from tools.passages import BOOKLET, DOCUMENTS, FIGURES, Document, Passage, Quoted
from tools.reference import ROOT

RECORDS = traced(ROOT)


@pytest.mark.parametrize(
    ("document", "passage"),
    [(document, passage) for document in DOCUMENTS for passage in document.passages],
    ids=lambda value: getattr(value, "source", None) or value.locator,
)
def test_every_passage_has_become_something(document: Document, passage: Passage) -> None:
    """A record was made from it, or a claim cites it."""
    found = row(document, passage.locator, RECORDS)
    assert found.made or found.citing, (
        f"nothing is made from or cites {document.source}, {passage.locator}: {passage.about}"
    )


@pytest.mark.parametrize("quoted", FIGURES, ids=lambda quoted: quoted.figure)
def test_every_figure_stands_in_a_claim(quoted: Quoted) -> None:
    """A reader who knows the document finds its figures, with what is known of them."""
    assert list(claims_with(quoted, RECORDS)), (
        f"no claim has the figure “{quoted.figure}” of {quoted.locator}"
    )


def test_records_name_passages_as_the_list_does() -> None:
    """A place that is not in the list cannot be traced."""
    found = list(strays(RECORDS))
    assert found == [], "\n".join(found)


def test_every_figure_belongs_to_a_passage() -> None:
    """The list of figures names places as the list of passages does."""
    assert {quoted.locator for quoted in FIGURES} <= {passage.locator for passage in BOOKLET.passages}


def a_record(based_on: str | None = None, *claims: Claim, kind: str = "idea") -> Traced:
    """A record that was made from a place in the booklet."""
    return Traced("ideas/a/b.yaml", kind, "B", ("pcc-ideas-booklet", based_on) if based_on else None, claims)


def test_a_row_tells_making_from_citing() -> None:
    """A record may do both; what names another passage is left out."""
    claim = Claim(text="It is.", source="police-and-crime:pcc-ideas-booklet", locator="introduction")
    made, citing, other = a_record("introduction"), a_record("section 1", claim), a_record("section 1")
    found = row(BOOKLET, "introduction", [made, citing, other])
    assert (found.made, found.citing) == ((made,), (citing,))


def test_a_claim_cites_the_source_of_each_value() -> None:
    """Where sources disagree, all of them are cited."""
    value = SourcedValue(value=Number(30), source="elsewhere")
    claim = Claim(text="They differ.", source="pcc-ideas-booklet", locator="introduction", values=(value,))
    assert cited(claim) == {("pcc-ideas-booklet", "introduction"), ("elsewhere", "")}


def test_a_place_that_is_no_passage_is_named() -> None:
    """Whether it is misspelt or missing, in `based_on` or in a claim; other documents are not looked at."""
    claims = (
        Claim(text="A.", source="pcc-ideas-booklet"),
        Claim(text="B.", source="safer-deals-article", locator="paragraph 10"),
        Claim(text="C.", source="elsewhere", locator="page 3"),
    )
    assert list(strays([a_record("section 3, 1st bullet", *claims)])) == [
        "ideas/a/b.yaml, `based_on`: `pcc-ideas-booklet` has no passage `section 3, 1st bullet`; tools/passages.py lists them",
        "ideas/a/b.yaml, claim 1: `pcc-ideas-booklet` has no passage ``; tools/passages.py lists them",
        "ideas/a/b.yaml, claim 2: `safer-deals-article` has no passage `paragraph 10`; tools/passages.py lists them",
    ]


def test_only_a_priority_is_made_from_a_heading() -> None:
    """An idea or a case study is made from what stands below it."""
    assert list(strays([a_record("section 3", kind="priority")])) == []
    assert list(strays([a_record("section 3")])) == [
        "ideas/a/b.yaml, `based_on`: `section 3` is a heading, which only a priority is made from"
    ]


def test_a_figure_is_found_as_a_number_or_in_words() -> None:
    """The number counts only where the passage is cited: the same number elsewhere may count something else."""
    number = Claim(
        text="Many plans say nothing.",
        figure=Figure(value=Number(63), unit="percent"),
        source="pcc-ideas-booklet",
        locator="section 2, third bullet point",
    )
    words = Claim(text="Of all plans, 63 per cent say nothing.", source="elsewhere")
    other = Claim(text="They asked people.", figure=Figure(value=Number(63)), source="elsewhere")
    found = claims_with(FIGURES[1], [a_record(None, number, words, other)])
    assert [claim for _, claim in found] == [number, words]
