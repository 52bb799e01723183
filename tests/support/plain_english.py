"""Measures how plain a text is: its sentences and their length, acronyms nobody has explained, words to avoid.

What is measured is what a reader sees: Markdown is taken apart into its blocks first, and the address of a link is not
text. The lists of words stand in `plain-english.yaml`, with where they come from.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from msgspec import Struct, convert

LONGEST = 35
"""No sentence has more words."""
AVERAGE = 20
"""The sentences of a record have fewer words than this, on average."""


class Block(Struct, frozen=True):
    """A paragraph, an entry of a list, a heading or a cell: where one ends, a sentence ends too."""

    text: str
    heading: bool = False


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """A use of a word that is fine."""

    wording: str
    reason: str
    once_said: str | None = None
    """What the record must also say."""


class Word(Struct, frozen=True, forbid_unknown_fields=True):
    """A word to avoid."""

    word: str
    forms: tuple[str, ...]
    instead: str
    only_before: tuple[str, ...] = ()
    """The words that must follow, where only then it is jargon."""
    unless: tuple[Wording, ...] = ()


class WordList(Struct, frozen=True, forbid_unknown_fields=True):
    """Words from one source."""

    source: str
    words: tuple[Word, ...]
    left_out: dict[str, str] = {}
    """Words of the source that are not looked for, each with the reason."""


class Known(Struct, frozen=True, forbid_unknown_fields=True):
    """Acronyms that everyone knows, from one source."""

    source: str
    words: tuple[str, ...]


class Acronyms(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of acronyms."""

    well_known: dict[str, Known]
    names: dict[str, str]
    """Names that look like acronyms, each with the reason why it stands alone."""


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `plain-english.yaml`."""

    words_to_avoid: dict[str, WordList]
    acronyms: Acronyms


_MARKDOWN = MarkdownIt("commonmark").enable("table")
_HOLE = re.compile(r"\(\([a-z][a-z0-9_.]*\)\)")
_URL = re.compile(r"https?://\S+")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9£$€]|\s*$)")
_ABBREVIATED = re.compile(
    r"e\.g|i\.e|dr|mrs?|ms|prof|st|rev|sgt|insp|supt|cllr|hon|vs|cf|ca|approx|pp|vol|fig", re.IGNORECASE
)
"""Words after whose dot a sentence goes on."""
_NUMBERED = re.compile(r"nos?|p|ch|art|para|s|c", re.IGNORECASE)
"""Words after whose dot it goes on only where a number follows; elsewhere "No." is a sentence."""
_INITIAL = re.compile(r"[A-HJ-Z]")
"""A name's first letter. Without "I", which is more often the last word of a sentence."""
_ACRONYM = re.compile(r"(?<![.\w])((?:[A-Z]{2,}|[A-Z][a-z]?&[A-Z]|[A-Z][a-z][A-Z]+))s?\b(?!\.\w)")
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with"])


@cache
def rules() -> Rules:
    """The lists of words."""
    text = Path(__file__).with_name("plain-english.yaml").read_text(encoding="utf-8")
    return convert(yaml.safe_load(text), Rules)


def blocks(markdown: str) -> Iterator[Block]:
    """What a reader of Markdown sees, block by block. A placeholder is one word."""
    tokens = _MARKDOWN.parse(_HOLE.sub("Anytown", markdown))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            parts = (
                child.content
                if child.type in ("text", "code_inline")
                else " "
                if "break" in child.type
                else ""
                for child in token.children or ()
            )
            yield Block(
                " ".join("".join(parts).split()), heading=before is not None and before.type == "heading_open"
            )


def plain(text: str) -> tuple[Block, ...]:
    """A text without Markdown as its one block."""
    return (Block(" ".join(_HOLE.sub("Anytown", text).split())),)


def sentences(text: str) -> list[str]:
    """The sentences of one block, in order. "e.g.", "Dr", "No. 3", "J. Smith" and "£1.5m" do not end one."""
    found, start = [], 0
    for match in _END.finditer(text):
        if not _goes_on(text[start : match.start()], match.group(), text[match.end() :].lstrip()):
            found.append(text[start : match.end()].strip())
            start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def count(sentence: str) -> int:
    """How many words a sentence has: what stands between spaces or long dashes and has a letter or digit in it."""
    return sum(any(map(str.isalnum, word)) for word in re.split(r"[\s—]+|(?<=\s)–(?=\s)", sentence))


def unexplained(texts: Iterable[str], known: Rules) -> Iterator[tuple[int, str]]:
    """Each acronym that is not written out where it is first used, with the number of the text that it stands in."""
    allowed = {
        *known.acronyms.names,
        *(word for listed in known.acronyms.well_known.values() for word in listed.words),
    }
    seen: set[str] = set()
    for at, text in enumerate(texts):
        shown = _URL.sub("", text)
        for match in _ACRONYM.finditer(shown):
            acronym = match.group(1)
            if acronym in seen or acronym in allowed or match.group() in allowed:
                continue
            seen.add(acronym)
            if not _explains(shown[: match.start()], acronym, shown[match.end() :]):
                yield at, acronym


def jargon(text: str, known: Rules, record: Iterable[str] = ()) -> Iterator[tuple[str, Word]]:
    """Each use of a word to avoid, as it is written, and the word of the list. `record` is all that the record says."""
    whole = " ".join([text, *record]).lower()
    shown = _URL.sub("", text).replace("’", "'")
    for listed in known.words_to_avoid.values():
        for word in listed.words:
            rest = shown
            for fine in word.unless:
                if fine.once_said is None or fine.once_said in whole:
                    rest = _wording(fine.wording).sub(" … ", rest)
            for match in _pattern(word).finditer(rest):
                yield match.group(), word


@cache
def _wording(wording: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(wording)}(?!\w)", re.IGNORECASE)


@cache
def _pattern(word: Word) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(word.forms, key=len, reverse=True))
    after = rf" (?:{'|'.join(map(re.escape, word.only_before))})" if word.only_before else ""
    return re.compile(rf"(?<!\w)(?:{forms}){after}(?!\w)", re.IGNORECASE)


def _goes_on(before: str, end: str, after: str) -> bool:
    """Whether a sentence goes on after what looks like its end."""
    if not after or end != ".":
        return False
    last = re.split(r"[\s(\[\"'“‘]", before)[-1]
    return bool(
        _ABBREVIATED.fullmatch(last)
        or _INITIAL.fullmatch(last)
        or (_NUMBERED.fullmatch(last) and after[0].isdigit())
    )


def _explains(before: str, acronym: str, after: str) -> bool:
    """Whether an acronym stands in brackets after words that begin with its letters."""
    if not before.rstrip().endswith("(") or not after.lstrip().startswith(")"):
        return False
    names = re.findall(r"[A-Za-z0-9’']+", before)[-2 * len(acronym) - 2 :]
    letters = [letter.lower() for letter in acronym if letter.isalpha()]
    # From the last word backwards: each word gives the next letter, or is a small one that gives none.
    for name in reversed(names):
        if not letters:
            return True
        if name[0].lower() == letters[-1]:
            letters.pop()
        elif name.lower() not in _SMALL_WORDS:
            return False
    return not letters
