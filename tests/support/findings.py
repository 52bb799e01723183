"""What the plain-English tests find wrong with one record, in sentences that name the file, the text and the sentence."""

import re
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from manifesto_cli.model.claim import Claim
from support.plain_english import AVERAGE, LONGEST, count, jargon, rules, sentences, unexplained
from support.records import Piece, Written
from tools.markdown import links

FEWEST, MOST = 100, 250
"""How many words the body of an idea has, without its headings."""
WITHOUT_PARTNERS: dict[str, str] = {}
"""Ideas that need nobody else, by library and id (`police-and-crime/some-idea`), each with the reason."""
TRACKERS = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|_ga|_hsenc|_hsmi|ref_src|share"
)
"""Parameters of an address that say who follows it, not where it leads."""
_OWN_LINKS = ("", "pledge", "case-study", "priority", "deal", "mailto")
"""Links that do not lead to the web."""

Finding = Callable[[Written], Iterator[str]]


def long_sentences(written: Written) -> Iterator[str]:
    """Each sentence that has too many words."""
    for piece, sentence in _sentences(written):
        words = count(sentence)
        if words > LONGEST:
            yield f"{piece}: {words} words, at most {LONGEST}: “{sentence}”"


def long_average(written: Written) -> Iterator[str]:
    """Sentences that have too many words on average: the longest are named."""
    found = [(count(sentence), piece, sentence) for piece, sentence in _sentences(written)]
    average = sum(words for words, _, _ in found) / max(len(found), 1)
    if average >= AVERAGE:
        yield f"{written.file}: {average:.1f} words a sentence on average, fewer than {AVERAGE} wanted"
        for words, piece, sentence in sorted(found, key=itemgetter(0), reverse=True)[:5]:
            if words >= AVERAGE:
                yield f"  {piece}: {words} words: “{sentence}”"


def bare_acronyms(written: Written) -> Iterator[str]:
    """Each acronym that is not written out where the record first uses it."""
    shown = [(piece, text) for piece in written.pieces for text in _texts(piece)]
    for at, acronym in unexplained([text for _, text in shown], rules()):
        piece, text = shown[at]
        yield f"{piece}: `{acronym}` is not written out where it is first used: “{text}”"


def avoided_words(written: Written) -> Iterator[str]:
    """Each sentence with words to avoid, and what could stand there instead."""
    whole = [block.text for piece in written.pieces for block in piece.blocks]
    for piece in written.pieces:
        for text in _texts(piece):
            found = [f"“{used}” ({word.instead})" for used, word in jargon(text, rules(), whole)]
            if found:
                yield f"{piece}: avoid {', '.join(found)}: “{text}”"


def loose_claims(written: Written) -> Iterator[str]:
    """Each claim that does not name its source and the place in it; where sources disagree, each value has both."""
    for i, claim in enumerate(getattr(written.record, "claims", ()), 1):
        for lacks in _lacks(claim):
            yield f"{written.file} (claims {i}): {lacks} is missing: “{claim.text}”"


def no_provenance(written: Written) -> Iterator[str]:
    """That a record does not say which document it was made from, and where that stands in it."""
    based_on = getattr(written.record, "based_on", None)
    if not based_on:
        yield f"{written.file}: `based_on` is missing: name the document and the place that it was made from"
    elif not based_on.locator:
        yield f"{written.file}: `based_on` has no `locator`: say where in the document"


def body_length(written: Written) -> Iterator[str]:
    """That the body of an idea says too little, or more than is read."""
    body = next((piece for piece in written.pieces if piece.field == "body"), None)
    words = sum(count(block.text) for block in body.blocks if not block.heading) if body else 0
    if not FEWEST <= words <= MOST:
        yield f"{body or written.file}: the body has {words} words, {FEWEST} to {MOST} wanted"


def gaps(written: Written) -> Iterator[str]:
    """What an idea does not say of who can do it, and how."""
    for field in ("offices", "power", "levers", "tags"):
        if not getattr(written.record, field):
            yield f"{written.file}: `{field}` is missing"
    if not written.record.partners and written.id not in WITHOUT_PARTNERS:
        yield f"{written.file}: `partners` is missing; if it needs none, give the reason in WITHOUT_PARTNERS"


def bad_addresses(written: Written) -> Iterator[str]:
    """What is wrong with the addresses of a record."""
    for url in _addresses(written.record):
        yield from (f"{written.file}: {url}: {why}" for why in faulty(url))


OF_ANY_RECORD: tuple[Finding, ...] = (
    long_sentences,
    long_average,
    bare_acronyms,
    avoided_words,
    bad_addresses,
)
OF_LIBRARIES: tuple[Finding, ...] = (loose_claims, no_provenance)
OF_IDEAS: tuple[Finding, ...] = (body_length, gaps)


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


def _texts(piece: Piece) -> Iterator[str]:
    """The sentences of a text, its headings among them."""
    for block in piece.blocks:
        yield from sentences(block.text)


def _sentences(written: Written) -> Iterator[tuple[Piece, str]]:
    """Each sentence that a reader meets, without headings and names."""
    for piece in written.pieces:
        if piece.prose:
            for block in piece.blocks:
                if not block.heading:
                    yield from ((piece, sentence) for sentence in sentences(block.text))


def _lacks(claim: Claim) -> Iterator[str]:
    """What a claim does not say of where it comes from."""
    for i, value in enumerate(claim.values, 1):
        if not value.locator:
            yield f"the locator of value {i}"
    if not claim.values:
        yield from (f"`{name}`" for name in ("source", "locator") if not getattr(claim, name))


def _addresses(record: Any) -> Iterator[str]:
    """The addresses of a record itself, of its organisation, links and parties, and those in its Markdown."""
    about = (
        record,
        getattr(record, "organisation", None),
        *getattr(record, "links", ()),
        *getattr(record, "parties", ()),
    )
    for place in about:
        yield from (url for name in ("url", "archive_url") if (url := getattr(place, name, None)))
    for name in ("body", "foreword", "if_it_fails"):
        for target in links(getattr(record, name, None) or ""):
            if urlsplit(target).scheme not in _OWN_LINKS:
                yield target
