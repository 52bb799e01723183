"""Every pledge, case study, deal, claim and source of an edition is in each output, whatever the edition."""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import Struct

from manifesto_cli.merging.deals import EditionDeal, source_places
from manifesto_cli.merging.edition import Edition
from manifesto_cli.merging.gathering import Basis, Evidence
from manifesto_cli.model.deal import Deal
from manifesto_cli.outputs.website import address
from manifesto_cli.rendering.views import words
from support import pages
from support.editions import EXAMPLES, THEMES, Records, projects, theme_of
from support.published import Published, example, from_files, letters, without

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Thing(Struct, frozen=True):
    """What a reader must find, and in which record."""

    kind: str
    """`pledge`, `case-study`, `deal`, `claim`, `citation` (by a claim), `count` (a number of a deal), `basis` (of the record as a whole) or `source`."""
    record: tuple[str, str]
    """Kind and id of the record that it stands in; a source stands in none."""
    words: tuple[str, ...]
    numbers: tuple[tuple[Decimal, str | None], ...] = ()
    """Numbers that must be there, each with its unit."""
    number: int = 0
    """Of what is cited: its number among the sources."""
    key: str = ""
    """Of what is cited: its key."""


def things(edition: Edition) -> Iterator[Thing]:
    """All that an edition holds."""
    numbers = {source.key: i for i, source in enumerate(edition.sources, 1)}
    for pledge in edition.pledges:
        here = ("pledge", pledge.id)
        yield Thing("pledge", here, (pledge.idea.title, pledge.idea.pledge or pledge.idea.summary))
        yield from _facts(here, pledge.evidence, pledge.basis, numbers)
    for study in edition.case_studies:
        here = ("case-study", study.id)
        yield Thing("case-study", here, (study.study.title, study.study.summary))
        yield from _facts(here, study.evidence, study.basis, numbers)
    for cited in edition.deals:
        yield from _of_deal(cited, numbers)
        yield from _facts(("deal", cited.id), cited.evidence, cited.basis, numbers)
    for i, source in enumerate(edition.sources, 1):
        document = source.document
        said = (document.title, document.publisher, document.url or document.archive_url)
        yield Thing("source", ("", ""), tuple(each for each in said if each), (), i, source.key)


def _of_deal(cited: EditionDeal, numbers: dict[str, int]) -> Iterator[Thing]:
    here, deal = ("deal", cited.id), cited.deal
    said = [deal.title, deal.summary, deal.area, *(party.organisation for party in deal.parties)]
    said += [each for ask in deal.asks for each in (ask.text, ask.because, ask.costs)]
    said += [offer.text for offer in deal.offers]
    said += [each for risk in deal.risks for each in (risk.text, risk.then)]
    said += [idea.title for idea in cited.ideas]
    for metric in deal.outcome_metrics:
        said += [metric.unit, metric.target_population, metric.outcome_validation_method]
        said += [metric.title, metric.definition] if metric.title else [metric.definition.rstrip(".")]
        said += [cohort.period for cohort in metric.cohorts]
        said.append(metric.baseline.period if metric.baseline else None)
    said += [result.note for result in deal.results]
    yield Thing("deal", here, tuple(filter(None, said)), tuple(_counted(deal)))
    for place in source_places(deal):
        source = cited.cited[place.field, place.reference]
        if (place.field, place.reference) not in superseded(deal):
            where = (source.document.title, place.locator)
            yield Thing("count", here, where, number=numbers[source.key], key=source.key)


def superseded(deal: Deal) -> set[tuple[str, str]]:
    """Sources of results of cohorts in whose place another result counts: a page shows the one that counts."""
    counted = {(result.outcome_metric, result.cohort) for result in deal.results}
    return {
        ("outcome_metrics", cohort.result.source)
        for metric in deal.outcome_metrics
        for cohort in metric.cohorts
        if cohort.result and cohort.result.source and (metric.id, cohort.id) in counted
    }


def _counted(deal: Deal) -> Iterator[tuple[Decimal, str | None]]:
    """Numbers of a deal: what is counted, as readers see it, and sums of money."""
    for metric in deal.outcome_metrics:
        yield from ((each.value, None) for each in (metric.baseline, metric.target) if each)
        yield from ((trigger.change, None) for trigger in metric.triggers if trigger.change > 0)
    yield from ((result.value, None) for result in deal.results if result.value is not None)
    for commitment in deal.outcome_payment_commitments:
        if commitment.maximum_potential_outcome_payment is not None:
            yield commitment.maximum_potential_outcome_payment, commitment.currency
    for investment in deal.investments:
        if investment.investment_commitment is not None:
            yield investment.investment_commitment, investment.currency


def _facts(
    here: tuple[str, str], evidence: tuple[Evidence, ...], basis: Basis | None, numbers: dict[str, int]
) -> Iterator[Thing]:
    for each in evidence:
        claim = each.claim
        unit = claim.figure.unit if claim.figure else None
        told = {value.value: unit for value in claim.values}
        if claim.figure and not words.says(claim.text, claim.figure.value):
            told[claim.figure.value] = unit
        yield Thing("claim", here, tuple(filter(None, (claim.text, claim.note))), tuple(told.items()))
        locators = [claim.locator] if claim.source else []
        locators += [value.locator for value in claim.values]
        for source, locator in zip(each.sources, locators, strict=True):
            where = (source.document.title, locator or "")
            yield Thing("citation", here, where, number=numbers[source.key], key=source.key)
    if basis:
        where = (basis.source.document.title, basis.locator)
        yield Thing("basis", here, where, number=numbers[basis.source.key], key=basis.source.key)


def _shown(value: Decimal, unit: str | None) -> str:
    return words.with_unit(value, unit)[0]


def _bare(value: Decimal) -> Decimal:
    """A number of a deal as readers see it: without zeros at its end."""
    return value if value == value.to_integral_value() else value.normalize()


class Form(Struct, frozen=True):
    """One way in which an edition is published."""

    name: str
    text: Callable[[Published, Thing], str]
    """Where a thing must be found."""
    cited: Callable[[Thing], str]
    """How a document is cited."""
    numeral: Callable[[Decimal, str | None], str] = _shown
    """How a number is written."""
    holds: frozenset[str] = frozenset(
        {"pledge", "case-study", "deal", "claim", "citation", "count", "basis", "source"}
    )


@lru_cache(maxsize=400)
def _rendered(markdown: str) -> str:
    return str(READER.render(markdown))


def _page(of: Published, thing: Thing) -> str:
    if thing.kind == "source":  # where a document is cited, all is said of it
        return "".join(
            _read(html)
            for path, html in of.files.items()
            if path.startswith(("pledges/", "case-studies/", "deals/", "priorities/"))
        )
    return _read(of.files[address(*thing.record).path])


def _evidence(of: Published, thing: Thing) -> str:
    claims, _, sources = of.files["evidence.html"].partition(' id="_sources"')
    return _read(f"<main{sources}" if thing.kind in {"basis", "count", "source"} else claims)


def _whole(of: Published, thing: Thing) -> str:
    return _section(of.files["manifesto.html"], thing, "-", r"_note-[0-9]+")


def _booklet(of: Published, thing: Thing) -> str:
    return _section(_rendered(of.files["manifesto.md"]), thing, ".", r"_note\.[0-9]+")


def _section(html: str, thing: Thing, joint: str, note: str) -> str:
    """The part of a page that is about one record, or the note on one source."""
    start = (
        f'id="{joint.join(thing.record)}"'
        if thing.record[0]
        else f'id="{note.replace("[0-9]+", str(thing.number))}"'
    )
    start = start.replace("\\.", ".")
    assert start in html, f"there is no {start}"
    record = rf'id="(?:(?:pledge|case-study|deal|priority){re.escape(joint)}[^."]+|_?part\.[a-z-]+|_costs|_sources|_case-studies|_deals|about|imprint|{note})"'
    rest = html[html.index(start) + len(start) :]
    following = re.search(record, rest)
    return _read(rest[: following.start()] if following else rest)


def _data(of: Published, thing: Thing) -> str:
    data = _parsed(of.files["manifesto.json"])
    if thing.kind == "source":
        return _leaves(data["sources"][thing.number - 1])
    records = data[{"pledge": "pledges", "deal": "deals"}.get(thing.record[0], "case_studies")]
    return _leaves(next(record for record in records if record["id"] == thing.record[1]))


@lru_cache(maxsize=400)
def _parsed(text: str) -> Any:
    return json.loads(text, parse_int=str, parse_float=str)


def _leaves(part: Any) -> str:
    """All that a record of the data says, on one line."""
    if isinstance(part, dict | list):
        return " ".join(map(_leaves, part.values() if isinstance(part, dict) else part))
    return " ".join(str(part).split())


@lru_cache(maxsize=4_000)
def _read(html: str) -> str:
    """All that can be read in the main part of a page, and where its links lead."""
    main = html.partition("<main")[2].partition("</main>")[0] or html
    page = pages.read(main.encode())
    return " ".join([page.text, *page.addresses])


FORMS = (
    Form("the pages of the website", _page, lambda thing: thing.words[0]),
    Form(
        "the page of evidence",
        _evidence,
        lambda thing: thing.words[0],
        holds=frozenset({"claim", "citation", "count", "basis", "source"}),
    ),
    Form("the whole manifesto on one page", _whole, lambda thing: f"source {thing.number}"),
    Form("the booklet", _booklet, lambda thing: f"({thing.number}"),
    Form("the data", _data, lambda thing: thing.key.removeprefix(":"), lambda value, _: f"{value:f}"),
)
"""Every form; one that is new only has to say where a thing is found in it."""


shown = lru_cache(maxsize=4)(example)
"""An example in a theme, made once for all that look at it one after the other."""


def missing(of: Published, form: Form) -> list[str]:
    """What a reader of one form looks for in vain."""
    found = []
    for thing in things(of.edition):
        if thing.kind in form.holds:
            text = form.text(of, thing)
            cites = thing.kind in {"basis", "citation", "count"}
            looked_for = (form.cited(thing), *thing.words[1:]) if cites else thing.words
            looked_for += tuple(
                form.numeral(
                    _bare(value) if thing.kind == "deal" and not unit and form.numeral is _shown else value,
                    unit,
                )
                for value, unit in thing.numbers
            )
            found += [
                f"{form.name}: {thing.kind} {each!r} of {thing.record}"
                for each in looked_for
                if " ".join(each.split()) not in text
            ]
    return found


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_the_same_everywhere(name: str, form: Form) -> None:
    """Nothing is missing in any form."""
    published = shown(name, "civic")
    of_deals = {"deal", "count"} if published.edition.deals else set[str]()
    assert {thing.kind for thing in things(published.edition)} == {
        "pledge",
        "case-study",
        "claim",
        "citation",
        "basis",
        "source",
        *of_deals,
    }
    assert missing(published, form) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_the_same_in_every_theme(name: str, theme: str) -> None:
    """However a theme shows it, it leaves nothing out."""
    assert [missed for form in FORMS for missed in missing(shown(name, theme), form)] == []


@settings(max_examples=20)
@given(projects(), st.sampled_from(THEMES))
def test_a_random_edition_is_the_same_everywhere(files: dict[str, Records], theme: str) -> None:
    """Whatever fields are filled, and with what."""
    published = from_files(files, theme_of(theme))
    assume(published)
    assert published
    assert [missed for form in FORMS for missed in missing(published, form)] == []


FORGOTTEN = [
    ("statement.html", "{{ page.title }}</h1>", 0),
    ("statement.html", "{{ page.statement }}", 0),
    ("pledge.html", "{{ claim_list(page.claims) }}", 0),
    ("pledge.html", "{{ based_on(page.based_on) }}", 0),
    ("case-study.html", "{{ page.summary }}", 0),
    ("case-study.html", "{{ claim_list(page.claims) }}", 0),
    ("claim.html", "{{ of.text }}", 0),
    ("claim.html", "{{ of.note }}</p>", 0),
    ("claim.html", "{{ source(each) }}</span></li>", 0),
    ("claim.html", "Source: {{ source(each) }}", 0),
    ("evidence-parts.html", "{{ of.text }}", 1),
    ("evidence-parts.html", '<b class="value">{{ each.value }}</b>', 1),
    ("evidence-parts.html", "{% if of.locator %}, {{ of.locator }}{% endif %}", 1),
    ("evidence-parts.html", "{% for part in [of.publisher, of.date] | select %}, {{ part }}{% endfor %}", 1),
    ("whole.html", "{{ pledge.statement }}", 2),
    ("whole.html", "{{ evidence(pledge.claims) }}", 2),
    ("whole.html", "{{ evidence(study.claims) }}", 2),
    ("whole.html", "{{ origin(study) }}", 2),
    ("whole.html", "<h3>{{ study.title }}</h3>", 2),
    ("whole-parts.html", "<b>{{ source.value }}</b>", 2),
    ("whole-parts.html", "{{ claim.note }}", 2),
    ("booklet-pledge.md", "{{ pledge.statement }}", 3),
    ("booklet-pledge.md", '{% include "booklet-evidence.md" %}', 3),
    ("booklet-facts.md", "{{ pledge.based_on.number }}", 3),
    ("booklet-case-study.md", "{{ study.summary }}", 3),
    ("booklet-case-study.md", '{% include "booklet-evidence.md" %}', 3),
    ("booklet-evidence.md", "{{ claim.text }}", 3),
    ("booklet-evidence.md", "{{ source.value }}", 3),
    ("booklet-evidence.md", "{% if source.locator %}, {{ source.locator }}{% endif %}", 3),
    *(
        ("deal-parts.html", said, 0)
        for said in (
            "{{ ask.text }}",
            "{{ ask.because }}",
            "{{ offer.text }}",
            "{{ of.note }}",
            "{{ risk.then }}",
        )
    ),
    ("deal-metric.html", '{{ fact("How it is checked", of.validation) }}', 0),
    ("deal.html", "{{ brief_claims(page.claims) }}", 0),
    ("deal-head.html", "{{ page.summary }}", 0),
    ("brief-claims.html", "{% if of.locator %}, {{ of.locator }}{% endif %}", 0),
    (
        "brief-claims.html",
        "{% for part in [each.publisher, each.date] | select %}, {{ part }}{% endfor %}",
        0,
    ),
    ("deal-payment.html", "{{ each.puts_in or", 0),
    (
        "evidence-parts.html",
        'Numbers of {{ record(each, "#_metrics") }}{% if each.locator %} ({{ each.locator }}){% endif %}',
        1,
    ),
    *(
        ("whole-deal.html", said, 2)
        for said in (
            "{{ ask.costs }}",
            "{{ offer.text }}",
            "{{ of.definition }}",
            "{{ in_brackets(of.baseline.source) }}",
            '{{ fact("How it is checked", of.validation) }}',
            "{{ in_brackets(of.source) }}",
            "{{ of.note }}",
            "{{ risk.text }}",
            "{{- evidence(of.claims) }}",
        )
    ),
    ("booklet-deal.md", '{% include "booklet-deal-sides.md" %}', 3),
    ("booklet-deal.md", '{% include "booklet-evidence.md" %}', 3),
    ("booklet-deal.md", "{{ risk.then }}", 3),
    ("booklet-deal-sides.md", "{{ ask.because }}", 3),
    ("booklet-deal-sides.md", "{{ offer.text }}", 3),
    ("booklet-deal-metric.md", "{{ metric.definition }}", 3),
    ("booklet-deal-metric.md", "{{ metric.validation }}", 3),
    (
        "booklet-deal-metric.md",
        '{% set cited = row.source %}{% include "booklet-cited.md" %}',
        3,
    ),
    ("booklet-deal-payment.md", "{{ each.puts_in or", 3),
    ("booklet-deal-results.md", "{{ result.note }}", 3),
    (
        "booklet-notes.md",
        "{% for part in [source.publisher, source.date] | select %}, {{ part }}{% endfor %}",
        3,
    ),
]
"""What a template could forget, and the place in `FORMS` of the form from which it is then missing."""


UNLIKE: dict[str, Records] = {
    "manifesto.yaml": {
        "format": "1",
        "title": "A plan",
        "candidate": {"name": "Robin"},
        "office": {"role": "pcc"},
        "imprint": {"jurisdiction": "none"},
        "priorities": [{"priority": "first", "ideas": ["one"]}],
        "deals": ["pact"],
    },
    "priorities/first.yaml": {"title": "First"},
    "ideas/one.yaml": {
        "title": "Alder",
        "priority": "first",
        "summary": "Ash.",
        "pledge": "Aspen.",
        "case_studies": ["story"],
        "claims": [
            {"text": "Beech.", "note": "Birch.", "source": "a", "locator": "Box"},
            {
                "text": "Cedar.",
                "figure": {"value": "1234"},
                "values": [
                    {"value": "1234", "source": "b", "locator": "Cherry"},
                    {"value": "5678", "source": "c", "locator": "Cypress", "note": "Elder."},
                ],
            },
            {"text": "Elm.", "figure": {"value": "777", "unit": "firs"}, "source": "d"},
        ],
        "based_on": {"source": "e", "locator": "Hawthorn"},
    },
    "case-studies/story.yaml": {
        "title": "Hazel",
        "summary": "Holly.",
        "claims": [{"text": "Hornbeam.", "source": "f", "locator": "Juniper"}],
        "based_on": {"source": "g", "locator": "Larch"},
    },
    "deals/pact.yaml": {
        "title": "Quince",
        "summary": "Rowan.",
        "area": "Sorrel",
        "ideas": ["one"],
        "parties": [
            {"id": "a", "organisation": "Spruce", "role": "lead"},
            {"id": "b", "organisation": "Sumac", "role": "outcome_payer"},
        ],
        "asks": [
            {
                "id": "c",
                "of": "b",
                "kind": "funding",
                "text": "Teak.",
                "because": "Tulip.",
                "costs": "Thuja.",
                "rests_on": ["d", "e"],
            }
        ],
        "offers": [
            {"id": "d", "by": "a", "kind": "delivery", "text": "Wattle."},
            {"id": "g", "by": "a", "kind": "risk", "text": "Walnut."},
        ],
        "outcome_metrics": [
            {
                "id": "e",
                "title": "Willow",
                "definition": "Wisteria.",
                "unit": "wands",
                "direction": "reduce",
                "target_population": "Yew",
                "baseline": {"value": "2711", "period": "Yucca", "source": "h", "locator": "Acacia"},
                "target": {"value": "1213", "by": "2031"},
                "triggers": [{"level": "overall", "change": "13.5"}],
                "outcome_validation_method": "Acanthus.",
                "outcomes_validator": "a",
                "cohorts": [{"id": "f", "period": "Agave"}],
            }
        ],
        "outcome_pricings": [{"outcome_metric": "e", "price_per_unit": "37"}],
        "outcome_payment_commitments": [{"party": "b", "maximum_potential_outcome_payment": "53123"}],
        "investments": [{"party": "a", "investment_commitment": "61223"}],
        "results": [
            {
                "outcome_metric": "e",
                "result_type": "final",
                "value": "1999",
                "source": "i",
                "locator": "Almond",
                "note": "Aloe.",
            }
        ],
        "risks": [{"text": "Apple.", "then": "Apricot.", "borne_by": "a"}],
        "claims": [{"text": "Azalea.", "source": "j", "locator": "Balsa"}],
    },
    "sources.yaml": {
        name: {"title": title, "publisher": f"House {title}", "url": f"https://example.org/{name}"}
        for name, title in zip(
            "abcdefghij",
            ("Lime", "Maple", "Oak", "Pear", "Pine", "Plane", "Poplar", "Bamboo", "Baobab", "Camphor"),
            strict=True,
        )
    },
}
"""A project in which no word stands for two things."""


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_is_missed_in_any_theme(theme: str) -> None:
    """The project in which every kind of statement stands once."""
    published = from_files(UNLIKE, theme_of(theme))
    assert published
    assert [missed for form in FORMS for missed in missing(published, form)] == []


@pytest.mark.parametrize(("template", "said", "form"), FORGOTTEN)
def test_what_a_template_forgets_is_missed(template: str, said: str, form: int) -> None:
    """Each of these is caught, in its own form."""
    published = from_files(UNLIKE, without(template, said))
    assert published
    assert missing(published, FORMS[form])


def test_a_letter_says_all_that_its_reader_has_to_know_of_a_deal() -> None:
    """Asks with their reasons and costs, offers, metrics, prices, results, risks, facts and documents; not what others put in."""
    (letter,) = letters(UNLIKE)
    (deal,) = [thing for thing in things(_edition(UNLIKE)) if thing.kind == "deal"]
    text = _read(_rendered(letter))
    elsewhere = {"Alder"}  # an idea, which the asks do not name
    assert [each for each in {*deal.words} - elsewhere if each not in text] == []
    numbers = [_shown(_bare(value) if not unit else value, unit) for value, unit in deal.numbers]
    assert [each for each in numbers if each not in text] == ["£61,223"]
    for title, place in (("Bamboo", "Acacia"), ("Baobab", "Almond"), ("Camphor", "Balsa")):
        assert title in text
        assert place in text
    assert "Lime" not in text


def _edition(files: dict[str, Records]) -> Edition:
    published = from_files(files)
    assert published
    return published.edition
