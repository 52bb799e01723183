"""What ships is plain English, and every statement of it can be traced: each library of `ideas/` and each example.

When one of these fails, it names the file and line, the text and the sentence. `docs/writing-ideas.md` says what to do about it.
"""

import re
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from manifesto_cli.cli import main
from manifesto_cli.loading import load_library
from manifesto_cli.model.claim import Claim
from support.plain_english import AVERAGE, LONGEST, count, jargon, rules, sentences, unexplained
from support.records import Piece, Written, everything, examples, libraries
from tools.markdown import links

RECORDS = everything()
SHIPPED = tuple(record for record in RECORDS if record.shipped)
IDEAS = tuple(record for record in SHIPPED if record.kind == "idea")
WITHOUT_PARTNERS: dict[str, str] = {}
"""Ideas that need nobody else, by library and id (`police-and-crime/some-idea`), each with the reason."""
FEWEST, MOST = 100, 250
"""How many words the body of an idea has, without its headings."""
TRACKERS = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|_ga|_hsenc|_hsmi|ref_src|share"
)
"""Parameters of an address that say who follows it, not where it leads."""

every_record = pytest.mark.parametrize("written", RECORDS, ids=lambda written: f"{written.kind} {written.id}")
every_shipped = pytest.mark.parametrize(
    "written", SHIPPED, ids=lambda written: f"{written.kind} {written.id}"
)
every_idea = pytest.mark.parametrize("written", IDEAS, ids=lambda written: written.id)
every_folder = pytest.mark.parametrize("folder", [*libraries(), *examples()], ids=lambda folder: folder.name)


def test_something_ships() -> None:
    """If nothing were found, all that follows would pass."""
    assert libraries()
    assert examples()
    assert {record.kind for record in SHIPPED} == {"library", "priority", "idea", "case study"}
    assert any(piece.field.startswith("priorities") for record in RECORDS for piece in record.pieces), (
        "what a manifesto changes in a library's text is measured, too"
    )


@every_record
def test_no_sentence_is_too_long(written: Written) -> None:
    """A sentence of more than 35 words is two sentences. A placeholder counts as one word."""
    long = [
        f"{piece}: {count(sentence)} words, at most {LONGEST}: “{sentence}”"
        for piece, sentence in _sentences(written)
        if count(sentence) > LONGEST
    ]
    assert long == [], "\n".join(long)


@every_record
def test_sentences_are_short_on_average(written: Written) -> None:
    """The sentences of a record have fewer than 20 words on average. The longest are shown: begin with them."""
    found = [(count(sentence), piece, sentence) for piece, sentence in _sentences(written)]
    average = sum(words for words, _, _ in found) / max(len(found), 1)
    longest = "\n".join(
        f"{piece}: {words} words: “{sentence}”"
        for words, piece, sentence in sorted(found, key=itemgetter(0))[-5:]
    )
    assert average < AVERAGE, (
        f"{written.file}: {average:.1f} words a sentence, fewer than {AVERAGE} wanted\n{longest}"
    )


@every_record
def test_acronyms_are_written_out(written: Written) -> None:
    """The first time, the long name stands there and the acronym in brackets after it; or do without the acronym."""
    found = [
        f"{piece}: `{acronym}` is not written out here, where it is first used"
        for piece, acronym in _unexplained(written)
    ]
    assert found == [], "\n".join(found)


@every_record
def test_no_word_to_avoid_is_used(written: Written) -> None:
    """The list with its sources and exceptions is `tests/support/plain-english.yaml`."""
    whole = [block.text for piece in written.pieces for block in piece.blocks]
    found = [
        f"{piece}: “{used}” is a word to avoid, instead: {word.instead}. It stands in “{block.text}”"
        for piece in written.pieces
        for block in piece.blocks
        for used, word in jargon(block.text, rules(), whole)
    ]
    assert found == [], "\n".join(found)


@every_shipped
def test_every_claim_names_its_source_and_the_place_in_it(written: Written) -> None:
    """Where sources disagree, each value has both."""
    found = [
        f"{written.file}: claim {i} (“{claim.text}”) lacks {lacks}"
        for i, claim in enumerate(getattr(written.record, "claims", ()), 1)
        for lacks in _lacks(claim)
    ]
    assert found == [], "\n".join(found)


@every_shipped
def test_every_record_says_what_it_was_made_from(written: Written) -> None:
    """A document and a place in it."""
    if written.kind == "library":
        return
    based_on = written.record.based_on
    assert based_on, (
        f"{written.file} has no `based_on`: name the document and the place that it was made from"
    )
    assert based_on.locator, f"{written.file}: `based_on` has no `locator`: say where in the document"


@every_idea
def test_an_idea_is_told_in_100_to_250_words(written: Written) -> None:
    """Shorter says too little, longer is not read."""
    body = [piece for piece in written.pieces if piece.field == "body"]
    assert body, f"{written.file} has no `body`"
    words = sum(count(block.text) for block in body[0].blocks if not block.heading)
    assert FEWEST <= words <= MOST, f"{body[0]}: {words} words, {FEWEST} to {MOST} wanted"


@every_idea
def test_an_idea_says_who_can_do_it_and_how(written: Written) -> None:
    """Offices, power, levers, tags; and partners, unless there is a reason why nobody else is needed."""
    idea = written.record
    for field in ("offices", "power", "levers", "tags"):
        assert getattr(idea, field), f"{written.file} has no `{field}`"
    assert idea.partners or written.id in WITHOUT_PARTNERS, (
        f"{written.file} has no `partners`; if it needs none, give the reason in WITHOUT_PARTNERS"
    )


def test_every_reason_for_having_no_partners_is_needed() -> None:
    """No reason stays behind."""
    needed = {written.id for written in IDEAS if not written.record.partners}
    assert set(WITHOUT_PARTNERS) <= needed


@every_folder
def test_every_address_is_well_formed(folder: Path) -> None:
    """An address can be typed, leads to a host with a dot, and follows nobody."""
    found = [f"{place}: {url}: {why}" for place, url in _addresses(folder) for why in faulty(url)]
    assert found == [], "\n".join(found)


@every_folder
def test_a_strict_check_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No error, no warning: what we ship is what we ask of others."""
    status = main(["check", "--strict", "-C", str(folder)])
    printed = capsys.readouterr()
    assert status == 0, printed.out + printed.err


def faulty(url: str) -> Iterator[str]:
    """What is wrong with an address."""
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http"):
        yield "starts with neither `https://` nor `http://`"
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", parts.hostname or ""):
        yield "has no host with a dot"
    if re.search(r"\s", url):
        yield "has a space"
    for name, _ in parse_qsl(parts.query, keep_blank_values=True):
        if TRACKERS.fullmatch(name):
            yield f"follows its reader with `{name}`"


def _sentences(written: Written) -> Iterator[tuple[Piece, str]]:
    """Each sentence that a reader meets, without headings and names."""
    for piece in written.pieces:
        if piece.prose:
            for block in piece.blocks:
                if not block.heading:
                    yield from ((piece, sentence) for sentence in sentences(block.text))


def _unexplained(written: Written) -> Iterator[tuple[Piece, str]]:
    """Each acronym that is not written out where the record first uses it."""
    shown = [(piece, block.text) for piece in written.pieces for block in piece.blocks]
    for at, acronym in unexplained([text for _, text in shown], rules()):
        yield shown[at][0], acronym


def _lacks(claim: Claim) -> Iterator[str]:
    """What a claim does not say of where it comes from."""
    for i, value in enumerate(claim.values, 1):
        yield from (f"a locator for value {i}" for _ in [0] if not value.locator)
    if not claim.values:
        yield from (f"a {name}" for name in ("source", "locator") if not getattr(claim, name))


def _addresses(folder: Path) -> Iterator[tuple[str, str]]:
    """Every address in the files of a folder: of sources, organisations and links, and those in Markdown."""
    library = load_library(folder).value
    assert library
    for name, source in library.sources.items():
        found = (source.record.url, source.record.archive_url)
        yield from ((f"{folder.name}/sources.yaml, {name}", url) for url in found if url)
    for written in RECORDS:
        if written.id.startswith(f"{folder.name}/"):
            yield from ((written.file, url) for url in _addresses_in(written.record))


def _addresses_in(record: Any) -> Iterator[str]:
    about = (record, getattr(record, "organisation", None), *getattr(record, "links", ()))
    yield from (url for place in about if (url := getattr(place, "url", None)))
    for name in ("body", "foreword"):
        for target in links(getattr(record, name, None) or ""):
            if urlsplit(target).scheme not in ("", "pledge", "case-study", "priority", "mailto"):
                yield target
