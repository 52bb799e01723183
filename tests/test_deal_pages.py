"""What pages show of deals: both sides, each figure with its table, results against triggers; and nothing where nothing is known."""

from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.rendering.views import deal_types as view
from manifesto_cli.rendering.views.deals import deal_view, deals_view
from manifesto_cli.rendering.views.metric_types import ScaleMark
from manifesto_cli.rendering.views.pages import case_study_view, home_view, pledge_view
from manifesto_cli.rendering.views.scale_geometry import Place, metric_scale
from support import pages
from support.editions import Records
from support.published import example_material, from_files, material_of

PAGE = "deals/bond.html"
METRIC = {
    "id": "convictions",
    "title": "New convictions",
    "definition": "New convictions within a year.",
    "unit": "events per 100 people",
    "direction": "reduce",
    "per": "100",
    "baseline": {"value": "155", "source": "paper", "locator": "p. 1"},
    "triggers": [{"level": "cohort", "change": "10"}, {"level": "overall", "change": "7.5"}],
    "cohorts": [{"id": "one", "size": "1000"}, {"id": "two", "size": "1000"}],
}
BOND: Records = {
    "title": "A bond",
    "status": "closed",
    "status_on": "2017-07",
    "summary": "Somebody paid.",
    "ideas": ["one"],
    "case_studies": ["story"],
    "parties": [
        {"id": "ministry", "organisation": "The Ministry", "role": "outcome_payer"},
        {"id": "town", "organisation": "The Town", "role": "lead", "url": "https://example.org/"},
    ],
    "asks": [
        {"id": "pay", "of": "ministry", "kind": "funding", "text": "Pay.", "rests_on": ["convictions", "work"]}
    ],
    "offers": [{"id": "work", "by": "town", "kind": "delivery", "text": "Work for it."}],
    "outcome_metrics": [METRIC],
    "results": [
        {"outcome_metric": "convictions", "cohort": "one", "result_type": "interim", "value": "142", "source": "paper"},
        {"outcome_metric": "convictions", "cohort": "two", "result_type": "final", "change": "9.7"},
        {"outcome_metric": "convictions", "result_type": "final", "change": "9", "as_of": "2017-07-27"},
    ],
}  # fmt: skip
BARE: Records = {"title": "A bare deal", "summary": "Nothing is known."}


def project(*deals: tuple[str, Records], **changes: Any) -> dict[str, Records]:
    """A manifesto with these deals, on a pledge and a case study."""
    return {
        "manifesto.yaml": {
            "format": "1",
            "title": "A plan",
            "candidate": {"name": "Robin"},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
            "priorities": [{"priority": "first", "ideas": ["one"]}],
            "deals": [name for name, _ in deals],
            **changes,
        },
        "priorities/first.yaml": {"title": "First"},
        "ideas/one.yaml": {"title": "One", "priority": "first", "summary": "One.", "case_studies": ["story"]},
        "case-studies/story.yaml": {"title": "Story", "summary": "A story."},
        "sources.yaml": {"paper": {"title": "Paper"}},
        **{f"deals/{name}.yaml": deal for name, deal in deals},
    }


def shown(deal: Records, **changes: Any) -> view.DealView:
    """What the page of a deal shows."""
    of = material_of(project(("bond", deal), **changes))
    return deal_view(of, of.site.pages["deal", ":bond"])


def read(deal: Records) -> pages.Page:
    """The page of a deal, as published."""
    published = from_files(project(("bond", deal)))
    assert published
    return pages.read(published.files[PAGE].encode())


def test_each_result_stands_against_its_trigger() -> None:
    """As in Peterborough: a cohort of 142 against 155 is 8.4% fewer and short of 10%, all together at 9% are beyond 7.5%."""
    found = [(each.change, each.met, each.payment) for each in shown(BOND).results]
    assert found == [
        ("8.4% fewer", "no", "No payment"),
        ("9.7% fewer", "no", "No payment"),
        ("9% fewer", "yes", "Payment due; the amount is not public"),
    ]


def test_nobody_states_a_number_that_nobody_has_given() -> None:
    """Where only the change was made known, no value is worked out from it."""
    assert [each.value for each in shown(BOND).results] == ["142 events per 100 people", "", ""]
    (metric,) = shown(BOND).metrics
    assert [row.value for row in metric.rows if row.kind in ("interim", "final")] == [
        "142 events per 100 people",
        "",
        "",
    ]


def test_a_price_makes_sums_and_none_makes_zones() -> None:
    """The curve has lines where a price is known; where none is, it says where something is paid and nothing of how much."""
    payment = shown(BOND).payment
    assert payment
    (pricing,) = payment.pricings
    assert pricing.price == pricing.most == ""
    assert pricing.curve
    assert not pricing.curve.public
    assert [zone.paid for zone in pricing.curve.zones] == [False, True]
    assert not any("£" in row.payment for row in pricing.curve.rows)
    price = {
        "outcome_metric": "convictions",
        "price_per_unit": "1000",
        "maximum_price_if_all_targets_achieved": "300000",
    }
    payment = shown(BOND | {"outcome_pricings": [price]}).payment
    assert payment
    (pricing,) = payment.pricings
    assert pricing.most == "£300,000"
    sizes = {
        **METRIC,
        "cohorts": [{"id": "one"}],
    }  # a price is of no use where nobody says how many there are
    unknown = shown(BOND | {"outcome_metrics": [sizes], "outcome_pricings": [price]}).payment
    assert unknown
    assert unknown.pricings[0].curve
    assert unknown.pricings[0].curve.no_sum == "the amount is not known yet"
    assert pricing.curve
    assert pricing.curve.public
    assert {row.payment for row in pricing.curve.rows if row.note == "The most that is paid"} == {"£300,000"}


def test_triggers_alone_make_a_chart() -> None:
    """Where each cohort has a baseline of its own there is none for all, and it is known all the same from where on something is paid."""
    metric = {name: value for name, value in METRIC.items() if name != "baseline"}
    payment = shown(BOND | {"outcome_metrics": [metric]}).payment
    assert payment
    assert payment.pricings[0].curve
    assert [step.text for step in payment.pricings[0].curve.steps] == ["7.5%", "10%"]


@pytest.mark.parametrize(
    ("status", "titles"),
    [
        ("proposed", ("We ask", "We offer")),
        ("live", ("We ask", "We offer")),
        ("refused", ("We asked", "We offered")),
        ("closed", ("We asked", "We offered")),
    ],
)
def test_sides_are_called_by_when_it_is(status: str, titles: tuple[str, str]) -> None:
    """In the past where it is over."""
    deal = shown(BOND | {"status": status})
    assert (deal.asks_title, deal.offers_title) == titles


def test_sides_of_others_are_told_of_them() -> None:
    """Nobody says “we” for the deal that a library tells; the one that it has made to be filled in is the candidate's."""
    deals = {"peterborough-social-impact-bond", "safer-deal-template"}
    of = example_material("safer-deal")
    titles = {deal.id: deal_view(of, of.site.pages["deal", deal.key]).asks_title for deal in of.edition.deals}
    assert {*titles} == deals
    assert titles["peterborough-social-impact-bond"] == "What was asked"
    assert titles["safer-deal-template"] == "We ask"


def test_status_has_its_date() -> None:
    """In words."""
    assert shown(BOND).status == "Closed, since July 2017"
    assert shown(BARE).status == "Proposed"


def test_what_an_ask_rests_on_is_on_the_page() -> None:
    """Every link to a part of the page finds it, from asks to offers and metrics, and to who takes part."""
    page = read(BOND)
    inside = {link["href"][1:] for link in page.every("a") if link["href"].startswith("#")}
    assert {"offer.work", "metric.convictions", "party.ministry", "party.town"} <= inside
    assert inside <= {*page.ids}
    assert len(page.ids) == len({*page.ids})


def test_headings_of_texts_keep_apart_from_parts_of_the_deal() -> None:
    """Even one that is called as a party, and one that stands in both texts."""
    text = "## Party ministry\n\nSo.\n\n## Same\n\nSo."
    ids = read(BOND | {"body": text, "if_it_fails": text}).ids
    assert len(ids) == len({*ids})
    assert {"party-ministry", "if-it-fails.party-ministry", "party.ministry"} <= {*ids}


def test_what_a_deal_rests_on_names_it_back() -> None:
    """On the page of the pledge and of the case study, and the first page leads to the deal."""
    of = material_of(project(("bond", BOND), ("bare", BARE)))
    pledge = pledge_view(of, of.site.pages["pledge", ":one"])
    study = case_study_view(of, of.site.pages["case-study", ":story"])
    assert [(link.href, link.text) for link in pledge.deals] == [("../deals/bond.html", "A bond")]
    assert pledge.deals == study.deals
    assert [card.href for card in home_view(of, of.site.pages["home", ""]).deals] == [
        "deals/bond.html",
        "deals/bare.html",
    ]
    cards = deals_view(of, of.site.pages["deals", ""]).cards
    assert [(card.ask_count, card.offer_count) for card in cards] == [(1, 1), (0, 0)]


def test_without_deals_no_page_speaks_of_any() -> None:
    """Neither the menu nor the first page."""
    published = from_files(project())
    assert published
    assert not [path for path in published.files if path.startswith("deals")]
    assert "deal" not in pages.read(published.files["index.html"].encode()).text.lower()


def test_a_bare_deal_has_no_empty_parts() -> None:
    """A title, a summary and how far it is: no heading stands over nothing, and no figure is drawn."""
    page = read(BARE)
    assert {"A bare deal", "Nothing is known.", "Proposed"} <= {word.strip() for word in page.words}
    assert not {"_asks", "_offers", "_parties", "_metrics", "_payment", "_results", "_risks", "_sources"} & {
        *page.ids
    }
    assert not [svg for svg in page.every("svg") if svg.get("role") == "img"]
    assert not page.every("table")


def test_every_figure_has_a_name_a_description_and_a_table() -> None:
    """A scale and a curve, both named by parts of their own; as many tables with a caption, whose cells know their heads."""
    page = read(BOND)
    figures = [svg for svg in page.every("svg") if svg.get("role") == "img"]
    assert len(figures) == 2
    for figure in figures:
        assert {*figure["aria-labelledby"].split()} <= {*page.ids}
    assert len(page.every("caption")) == len(page.every("table")) == 2
    assert all(head.get("scope") in ("col", "row") for head in page.every("th"))


def test_documents_stand_once_at_the_foot() -> None:
    """Those of baselines and results too, each with its number; the page of evidence says which deal took numbers from them."""
    assert [(note.number, note.title) for note in shown(BOND).notes] == [(1, "Paper")]
    published = from_files(project(("bond", BOND)))
    assert published
    evidence = pages.read(published.files["evidence.html"].encode())
    assert "Numbers of Deal 1: A bond (p. 1)" in evidence.text


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["trigger", "target", "interim", "final"]),
        st.decimals("-40", "80", places=1),
    ),
    min_size=1,
    max_size=12,
)


def width(mark: ScaleMark) -> tuple[float, float]:
    """From where to where a text lies on the narrowest phone, in percent of its scale."""
    length = len(mark.text) * 4.1
    return (
        (mark.text_at, mark.text_at + length)
        if mark.side == "start"
        else (mark.text_at - length, mark.text_at)
    )


@given(CHANGES)
def test_no_text_of_a_scale_lies_on_another(changes: list[tuple[str, Decimal]]) -> None:
    """On the narrowest phone; and all of it is inside the drawing."""
    places = [Place(kind, change, f"{change}%") for kind, change in changes]
    scale = metric_scale(places, "", mirrored=False)
    if scale is None:
        assert not any(change for _, change in changes)
        return
    texts = [mark for mark in scale.marks if mark.text]
    distinct = {(mark.at, mark.text, mark.text_y): mark for mark in texts}.values()
    for one, other in combinations(distinct, 2):
        if one.text_y == other.text_y:
            assert width(one)[1] < width(other)[0] or width(other)[1] < width(one)[0]
    for mark in scale.marks:
        assert 0 <= mark.at <= 100
        assert 0 < mark.text_y < scale.height


@given(CHANGES)
def test_a_scale_runs_the_way_its_language_does(changes: list[tuple[str, Decimal]]) -> None:
    """From right to left everything is as far from the right as it was from the left; better is always further along."""
    places = [Place(kind, change, "") for kind, change in changes]
    scale, mirrored = (metric_scale(places, "", mirrored=way) for way in (False, True))
    if scale is None or mirrored is None:
        assert scale is mirrored
        return
    assert [mark.at for mark in mirrored.marks] == pytest.approx(
        [100 - mark.at for mark in scale.marks], abs=0.011
    )
    assert scale.way_from <= scale.way_to or min(change for _, change in changes) < 0
