"""Texts of a deal that would be something else in HTML, Markdown, JSON or a template: in every form they are shown, and nothing more."""

import json
import subprocess
from functools import cache

import pytest
from hypothesis import assume, given, settings
from markdown_it import MarkdownIt

from support import pages
from support.editions import Published, Records, projects, publish
from support.hostile import read, shown, structure
from support.published import from_files, letters
from support.tools import program

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
URL = "https://example.org/"
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "\"' ><svg onload=alert(1)> </title></style>",
    "[a](javascript:alert(1)) ](javascript:alert(2)) ![b](x)",
    "[^1] [^1]: x",
    "[1]: https://example.org/a",
    "| a | b | \\| c",
    "``` `code` ~~~",
    "# heading ###",
    "> quoted",
    "- list * + 1. 2)",
    "1. first",
    "=== --- ***",
    "*a* __b__ ~~c~~ ^d^",
    "&lt;b&gt; &amp; &#60; &nbsp",
    "{{ page }} {% include 'x' %} {# y #}",
    "<!-- --> ]]> <?x ?>",
    "at the end a \\",
    "at the end an !",
    "\u202eturned\u2066round",
    "עברית عربي 字 🎉",
)


def pact(text: str) -> dict[str, Records]:
    """A manifesto with a deal in which every plain text is this one."""
    return {
        "manifesto.yaml": {
            "format": "1",
            "title": "A plan",
            "candidate": {"name": "Robin", "contact": {"email": "robin@example.org"}},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
            "priorities": [{"priority": "first", "ideas": ["one"]}],
            "deals": ["pact"],
        },
        "priorities/first.yaml": {"title": "First"},
        "ideas/one.yaml": {"title": "One", "priority": "first", "summary": "One."},
        "sources.yaml": {"paper": {"title": text, "publisher": text}},
        "deals/pact.yaml": _deal(text),
    }


def _deal(text: str) -> Records:
    stated = {"source": "paper", "locator": text}
    return {
        "title": text,
        "summary": text,
        "area": text,
        "body": "Some words.",
        "if_it_fails": "Other words.",
        "ideas": ["one"],
        "parties": [
            {"id": "a", "organisation": text, "role": "lead"},
            {"id": "b", "organisation": text, "role": "outcome_payer"},
            {"id": "c", "organisation": text, "role": "outcome_payer"},
        ],
        "asks": [
            {
                "id": f"ask-{of}",
                "of": of,
                "kind": "power",
                "text": text,
                "because": text,
                "costs": text,
                "rests_on": ["d", "e"],
            }
            for of in ("b", "c")
        ],
        "offers": [{"id": "d", "by": "a", "kind": "risk", "text": text}],
        "outcome_metrics": [
            {
                "id": "e",
                "title": text,
                "definition": text,
                "unit": text,
                "direction": "reduce",
                "target_population": text,
                "baseline": {"value": "200", "period": text, **stated},
                "target": {"value": "100"},
                "triggers": [{"level": "cohort", "change": "10"}],
                "outcome_validation_method": text,
                "outcomes_validator": "a",
                "cohorts": [
                    {
                        "id": "f",
                        "period": text,
                        "baseline": {"value": "210", **stated},
                        "result": {"value": "190", "note": text, **stated},
                    }
                ],
            }
        ],
        "outcome_pricings": [{"outcome_metric": "e", "price_per_unit": "10", "paid": text}],
        "outcome_payment_commitments": [
            {"party": "b", "maximum_potential_outcome_payment": "500"},
            {"party": "c"},
        ],
        "investments": [{"party": "a", "investment_commitment": "5"}],
        "results": [{"outcome_metric": "e", "result_type": "final", "value": "150", "note": text, **stated}],
        "risks": [{"text": text, "then": text, "borne_by": "a"}],
        "claims": [{"text": text, "note": text, **stated}],
        "tags": ["one"],
    }


PLAIN = "Plain words, as any."
each_text = pytest.mark.parametrize("text", HOSTILE)


@cache
def website(text: str) -> Published:
    """Its website."""
    found = publish(pact(text), URL)
    assert found
    return found


@cache
def booklet(text: str) -> str:
    """Its booklet, as whoever reads CommonMark sees it."""
    found = from_files(pact(text))
    assert found
    return str(READER.render(found.files["manifesto.md"]))


def on_one_line(text: str) -> str:
    """A text as readers see it."""
    return " ".join(text.split())


@each_text
def test_pages_show_a_text_and_nothing_more(text: str) -> None:
    """The elements of each page are those that it has with plain words."""
    plain, hostile = website(PLAIN), website(text)
    for path in ("deals/pact.html", "deals.html", "manifesto.html", "evidence.html"):
        html = hostile.files[path].decode()
        assert structure(html) == structure(plain.files[path].decode()), path
        assert on_one_line(text) in shown(html)
        assert not pages.read(html.encode()).unbalanced


@each_text
def test_what_machines_read_has_the_text(text: str) -> None:
    """In every field, letter by letter; and JSON-LD stays inside its element."""
    published = website(text)
    (deal,) = published.json("manifesto.json")["deals"]
    expected = _deal(text)
    assert deal["asks"][0]["because"] == text
    assert deal["outcome_metrics"][0]["cohorts"][0]["result"]["note"] == text
    for name in ("parties", "offers", "risks"):
        for told, written in zip(deal[name], expected[name], strict=True):
            assert {key: told[key] for key in written} == written
    (block,) = read(published.files["deals/pact.html"].decode()).blocks
    (said,) = json.loads(block)["@graph"]
    assert said["name"] == said["description"] == text
    assert {
        party["name"] for party in (*said["about"], *said["mentions"]) if party["@type"] == "Organization"
    } == {text}


@each_text
def test_the_booklet_shows_a_text_and_nothing_more(text: str) -> None:
    """As whoever reads CommonMark sees it."""
    html = booklet(text)
    assert structure(html) == structure(booklet(PLAIN))
    assert shown(html).count(on_one_line(text)) >= 20


@each_text
def test_a_letter_shows_a_text_and_nothing_more(text: str) -> None:
    """To either of the two that are asked."""
    for plain, hostile in zip(letters(pact(PLAIN)), letters(pact(text)), strict=True):
        html = str(READER.render(hostile))
        assert structure(html) == structure(str(READER.render(plain)))
        assert shown(html).count(on_one_line(text)) >= 15


def test_a_letter_has_all_that_it_promises() -> None:
    """What, why, in return for what, how to tell, what it costs and when, what if it fails; nothing that is asked of others alone."""
    found = letters(pact("Word"))
    assert len(found) == 2
    for letter in found:
        titles = [line.removeprefix("## ") for line in letter.splitlines() if line.startswith("## ")]
        assert titles == [
            "What we ask",
            "What we offer in return",
            "How you will know",
            "What it costs you, and when",
            "What happens if it fails",
            "The facts behind it",
        ]
        assert letter.count("(A power)") == 1
        assert "Promoted by" not in letter
    assert "- At most £500 in all" in found[0]
    assert "- The most that you would pay is not public" in found[1]


def test_every_footnote_of_a_letter_leads_to_its_document() -> None:
    """As GitHub's own program reads it, also where titles are single words that could make a link; each is cited, and none is missing."""
    command = program(("cmark-gfm",), "cmark-gfm")
    for letter in letters(pact("Word")):
        done = subprocess.run(
            [command, "--to", "html", "-e", "footnotes", "-e", "table"],
            input=letter.encode(),
            capture_output=True,
            check=True,
            timeout=60,
        )
        html = done.stdout.decode()
        assert shown(html).count("Source: Word, Word.") == 1
        assert "[^" not in html
        cited = [element for element in read(html).elements if element.tag == "sup"]
        assert len(cited) >= 4


def test_a_letter_in_another_language_keeps_its_words() -> None:
    """Dates are numbers where the names of months are not known."""
    files = pact("Une phrase en français : « œuvre »")
    files["manifesto.yaml"] |= {"language": "fr", "date": "2026-11-28"}
    found = letters(files)[0]
    assert "\n2026-11-28\n" in found
    assert "« œuvre »" in found


def test_a_long_letter_is_whole() -> None:
    """Two hundred asks with long reasons, and as many facts."""
    files = pact("A sentence of some length that goes on for a while, as they do. " * 20)
    deal = files["deals/pact.yaml"]
    ask, claim = deal["asks"][0], deal["claims"][0]
    deal["asks"] = [{**ask, "id": f"ask-{i}"} for i in range(200)]
    deal["claims"] = [{**claim, "note": f"Number {i}."} for i in range(200)]
    (letter,) = letters(files)
    assert "\n200. **A sentence" in letter
    assert "Number 199." in letter


@settings(max_examples=15)  # each is made in every form first
@given(projects())
def test_any_letter_has_what_is_asked_and_offered(files: dict[str, Records]) -> None:
    """Whatever fields there are, and whatever is in them."""
    assume("deals/pact.yaml" in files and from_files(files))
    deal = files["deals/pact.yaml"]
    for letter in letters(files, files["manifesto.yaml"]["site"]["url"]):
        text = shown(str(READER.render(letter)))
        said = [each["text"] for each in (*deal["asks"], *deal["offers"])]
        assert [each for each in said if on_one_line(each) not in text] == []
