"""What the plain-English tests take for a sentence, an acronym and a word to avoid, shown with good and bad texts."""

import pytest

from manifesto_cli.reading.library import Folder, read_library
from support.findings import (
    avoided_words,
    bad_addresses,
    faulty,
    long_average,
    long_sentences,
    loose_claims,
    no_provenance,
)
from support.plain_english import blocks, count, jargon, rules, sentences, unexplained
from support.records import Written, records_of

ONE_SENTENCE = [
    "Dr. Jones and Mrs. Smith met Cllr. Brown of St. Albans.",
    "Some shops, e.g. Tesco and i.e. the one on the corner, closed.",
    "See No. 3 and p. 12 of the plan.",
    "It cost £1.5m, or 3.5 per cent of the budget.",
    "J. R. Hartley wrote to A. Smith about it.",
    "The case of Smith vs. Jones is well known.",
    "Open www.example.org for more.",
    "They meet at 7 p.m. on Mondays.",
    "This sentence has no full stop",
    "Three threads run through them:",
    "Residents said “Enough!” and went home.",
]

TWO_SENTENCES = [
    "One ends here. Another begins.",
    "Did it work? No.",
    "It fell by 40. Then it rose.",
    "They said “It works.” We asked how.",
    "(It was late.) They went home.",
    "It cost £1.5m. That was too much.",
    "Nobody knew what to do! We asked.",
    "It is for them as much as for you and I. They know.",
    "The Co-op paid. 27 people came.",
    "It was in the plan of ((office.area)). Then it changed.",
]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_one_sentence(text: str) -> None:
    """Dots in abbreviations, initials and numbers end nothing."""
    assert sentences(text) == [text]


@pytest.mark.parametrize("text", TWO_SENTENCES)
def test_two_sentences(text: str) -> None:
    """A full stop, question mark or exclamation mark does, also before a closing quotation mark or bracket."""
    assert len(sentences(text)) == 2, sentences(text)


def test_no_is_a_sentence_too() -> None:
    """Only a number makes "No." an abbreviation."""
    assert sentences("Did it work? No. It did not.") == ["Did it work?", "No.", "It did not."]


def test_words_are_counted() -> None:
    """Words with hyphens are one, dashes and signs are none, and a number is one."""
    assert count("A police-led scheme – with 27 people – saved £800,000.") == 8
    assert count("A scheme—and no more—for them") == 7
    assert count("") == 0


def test_what_a_reader_sees_of_markdown() -> None:
    """Headings are no sentences, each entry of a list stands alone, a link is its words, a placeholder is one word."""
    text = (
        "## How it works\n\nA panel of ((office.area)) meets\nand *talks*. See [the farm](case-study:rhubarb-farm).\n\n"
        "- One entry\n- Another `entry`\n\n1. First\n\n> Said by (not ((holes)))\n"
    )
    assert [(block.text, block.heading) for block in blocks(text)] == [
        ("How it works", True),
        ("A panel of Anytown meets and talks. See the farm.", False),
        ("One entry", False),
        ("Another entry", False),
        ("First", False),
        ("Said by (not Anytown)", False),
    ]


def test_a_list_does_not_make_one_long_sentence() -> None:
    """Forty entries of a list without full stops are forty units of one word."""
    units = [sentence for block in blocks("- word\n" * 40) for sentence in sentences(block.text)]
    assert [count(unit) for unit in units] == [1] * 40


@pytest.mark.parametrize(
    "text",
    [
        "The Crown Prosecution Service (CPS) decides. The CPS is independent.",
        "The All-Party Parliamentary Group (APPG) on Knife Crime met.",
        "Police and Crime Commissioners (PCCs) decide. A PCC can ask.",
        "The Proceeds of Crime Act (POCA) of 2002.",
        "Action on anti-social behaviour (ASB).",
        "The UK left the EU, says the BBC, and MPs agree with GPs.",
        "See https://example.org/APPG for the report.",
        "USDAW is a union.",
        "GOV.UK is a website.",
        "I have a plan for A-roads.",
    ],
)
def test_acronyms_that_are_fine(text: str) -> None:
    """Written out with the acronym in brackets after it, known to everyone, or a name."""
    assert list(unexplained([text], rules())) == []


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("The CPS decides.", "CPS"),
        ("A CIC is a company.", "CIC"),
        ("PCCs decide.", "PCC"),
        ("The CPS (Crown Prosecution Service) decides.", "CPS"),
        ("The service (CPS) decides.", "CPS"),
        ("The MoJ pays.", "MoJ"),
        ("The APPG met. Later the All-Party Parliamentary Group (APPG) met again.", "APPG"),
    ],
)
def test_acronyms_that_nobody_has_explained(text: str, acronym: str) -> None:
    """The long name comes first, in words that begin with the letters; and at the first use, not later."""
    assert list(unexplained([text], rules())) == [(0, acronym)]


def test_an_acronym_is_explained_once_in_a_record() -> None:
    """What the first text explains, the next may use; not the other way round."""
    long, short = "A community interest company (CIC).", "The CIC pays."
    assert list(unexplained([long, short], rules())) == []
    assert list(unexplained([short, long], rules())) == [(0, "CIC")]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("We will deliver change.", "deliver"),
        ("The delivery of outcomes is near.", "delivery"),
        ("Tackling crime together.", "Tackling"),
        ("A key aim.", "key"),
        ("It had an impact on shops.", "impact"),
        ("We foster trust.", "foster"),
        ("Plans to drive down crime.", "drive down"),
        ("This holistic plan has no meaning.", "holistic"),
        ("A multi-agency response.", "multi-agency"),
        ("Stakeholders agree.", "Stakeholders"),
        ("Young people were empowered.", "empowered"),
        ("We meet in order to talk.", "in order to"),
    ],
)
def test_words_to_avoid(text: str, used: str) -> None:
    """In whatever form, with or without a capital."""
    assert [found for found, _ in jargon(text, rules())] == [used]


@pytest.mark.parametrize(
    "text",
    [
        "I pledge to ask everyone who has committed a crime.",
        "Foster carers met the delivery driver.",
        "They drive to the farm, and speeding drivers are sent a letter.",
        "The car keys lay under lock and key.",
        "A sliding tackle in football is part of the game.",
        "The keyboard stood on the monkey's island.",
        "Tell them in advance.",
        "The Peterborough Social Impact Bond ended.",
        "See https://example.org/deliver/key for more.",
    ],
)
def test_words_that_are_fine(text: str) -> None:
    """Our own words, things that can be touched, names, and words that only look alike."""
    assert list(jargon(text, rules())) == []


def test_a_wording_that_must_be_explained() -> None:
    """The name of a legal form may be used in a record that explains it."""
    text = "The multi-stakeholder co-operative has three kinds of members."
    said = "This is sometimes called a multi-stakeholder co-operative."
    assert [found for found, _ in jargon(text, rules())] == ["multi-stakeholder"]
    assert list(jargon(text, rules(), [said, text])) == []


def test_every_word_has_a_reason() -> None:
    """Each list says where it is from, each exception why it is one, and no exception is without use."""
    for listed in rules().words_to_avoid.values():
        assert listed.source
        assert all(listed.left_out.values())
        for word in listed.words:
            assert word.instead, word.word
            for fine in word.unless:
                assert fine.reason, fine.wording
                assert any(form in fine.wording.lower() for form in word.forms), fine.wording
    assert all(rules().acronyms.names.values())
    assert all(known.source for known in rules().acronyms.well_known.values())


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org/", "starts with"),
        ("https://localhost/page", "host with a dot"),
        ("https://example.org/a page", "space"),
        ("https://example.org/?utm_source=newsletter", "utm_source"),
        ("https://example.org/?id=3&fbclid=x", "fbclid"),
    ],
)
def test_addresses_that_are_not_well_formed(url: str, why: str) -> None:
    """Each fault is named."""
    (said,) = faulty(url)
    assert why in said


def test_addresses_that_are_well_formed() -> None:
    """Parameters that say what is looked for are part of an address."""
    assert list(faulty("https://www.example.org/search?q=panels&page=2#top")) == []


RECORD = """\
title: Panels
organisation: {name: The Deliver Trust, url: 'https://example.org/?fbclid=x'}
summary: A panel.
body: |
  %s

  See [the page](https://localhost/).
claims:
  - text: Sources disagree.
    locator: key facts
    values: [{value: 1, source: a, locator: page 1}, {value: 2, source: b}]
based_on: {source: a}
"""


def a_record(words: int) -> Written:
    """A case study with a sentence of so many words, and with a fault of each kind that no other example shows."""
    text = RECORD % (" ".join(["word"] * words) + ".")
    folder = Folder("", {"library.yaml": b"id: l\ntitle: L\n", "case-studies/panels.yaml": text.encode()}, {})
    library = read_library(folder).value
    assert library
    (study,) = [
        record for record in records_of(library, "ideas/l/", shipped=True) if record.kind == "case study"
    ]
    return study


def test_sentences_that_are_long_on_average() -> None:
    """Fewer than 20 words, not 20: the longest sentence is named with its place. Headings and names are not sentences."""
    # Four sentences: “A panel.”, the long one, “See the page.” and “Sources disagree.”
    assert list(long_average(a_record(72))) == []
    assert list(long_average(a_record(73))) == [
        "ideas/l/case-studies/panels.yaml: 20.0 words a sentence on average, fewer than 20 wanted",
        "  ideas/l/case-studies/panels.yaml:4 (body): 73 words: “{}.”".format(" ".join(["word"] * 73)),
    ]
    assert len(list(long_sentences(a_record(36)))) == 1
    assert list(long_sentences(a_record(35))) == []


def test_a_place_must_be_named_for_each_value_and_for_what_a_record_was_made_from() -> None:
    """A source alone is not enough."""
    record = a_record(1)
    assert list(loose_claims(record)) == [
        "ideas/l/case-studies/panels.yaml (claims 1): the locator of value 2 is missing: “Sources disagree.”"
    ]
    assert list(no_provenance(record)) == [
        "ideas/l/case-studies/panels.yaml: `based_on` has no `locator`: say where in the document"
    ]


def test_addresses_of_a_record() -> None:
    """Those of its organisation and those in its text."""
    assert list(bad_addresses(a_record(1))) == [
        "ideas/l/case-studies/panels.yaml: https://example.org/?fbclid=x: follows its reader with `fbclid`",
        "ideas/l/case-studies/panels.yaml: https://localhost/: has no host with a dot",
    ]


def test_what_others_have_named_is_not_ours() -> None:
    """The name of an organisation and a place in a document are as they are."""
    assert list(avoided_words(a_record(1))) == []
