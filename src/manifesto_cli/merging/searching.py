"""Words → the ideas in which all of them stand, best first, each with the places where they stand."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from manifesto_cli.faults.nearest import nearest
from manifesto_cli.merging.browsing import IdeaRow
from manifesto_cli.merging.folding import fold, origins, whole
from manifesto_cli.model.idea import Idea
from manifesto_cli.patterns import pattern

Range = tuple[int, int]
"""Offsets into a text, the end not included."""

SNIPPET = 100
"""About as many characters of a text are shown around what was found in it."""
_BEFORE = 40
_LONGEST_WORD = 24
"""No border between words is looked for further away than this: some scripts have none."""
_WORDS = pattern(r"\w+")
_NAMES = ("title", "id", "tags.")


class Match(Struct, frozen=True):
    """A text of an idea in which something was found."""

    field: str
    """Where the text stands in the record, such as `body`, `tags.0` or `claims.1.text`."""
    start: int
    end: int
    """The first place in the text as it was written."""
    snippet: str
    """The text around it on one line."""
    highlights: tuple[Range, ...]
    """Every place in the snippet where one of the words stands, in order, none overlapping."""


class Hit(Struct, frozen=True):
    """An idea in which all words were found."""

    row: IdeaRow
    matches: tuple[Match, ...]
    """One for each text in which any of them was found, best first."""

    @property
    def telling(self) -> Match:
        """The best match in running text, which says more than a title or a tag does; the best of all where there is none."""
        return next((match for match in self.matches if not match.field.startswith(_NAMES)), self.matches[0])


def search_words(asked: Iterable[str]) -> tuple[str, ...]:
    """The words to look for, folded, each once."""
    return tuple(dict.fromkeys(folded for words in asked for word in words.split() if (folded := fold(word))))


def search(every: Iterable[IdeaRow], words: Sequence[str]) -> tuple[Hit, ...]:
    """The ideas in which every word stands somewhere.

    A word in the title counts more than one in a tag, that more than one in the summary or the pledge, and that more than
    one in the body or a claim. Then the beginning of a word counts more than its inside; then rows keep their order.
    """
    found = []
    for row in every:
        texts = [
            (rank, field, text, fold(text)) for rank, field, text in _texts(row.entry.record, row.entry.id)
        ]
        scores = [_score(texts, word) for word in words]
        if words and None not in scores:
            score = tuple(map(sum, zip(*(each for each in scores if each), strict=True)))
            found.append((score, row, texts))
    found.sort(key=lambda each: each[0])
    return tuple(
        Hit(row, tuple(_match(field, text, words) for _, field, text, folded in texts if _any(words, folded)))
        for _, row, texts in found
    )


def missing_words(every: Sequence[IdeaRow], words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that stand in no idea at all."""
    texts = [fold(text) for row in every for _, _, text in _texts(row.entry.record, row.entry.id)]
    return tuple(word for word in words if not any(word in text for text in texts))


def nearest_word(every: Iterable[IdeaRow], word: str) -> str:
    """The word of a title or tag that is most like this one, as it is written there; empty if none is like it."""
    known: dict[str, str] = {
        fold(found): found
        for row in every
        for text in (row.entry.record.title, *row.entry.record.tags)
        for found in _WORDS.findall(text)
    }
    return known.get(nearest(word, known), "")


def highlights(text: str, words: Iterable[str]) -> tuple[Range, ...]:
    """Every place in a text where one of the folded words stands, in order; places that touch are one."""
    folded, places = fold(text), origins(text)
    found: list[Range] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append(whole(text, places[at], places[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    merged: list[Range] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _texts(idea: Idea, name: str) -> Iterator[tuple[int, str, str]]:
    """Everything that is searched, best first: how little it counts, where it stands, and its text."""
    yield 0, "title", idea.title
    yield 1, "id", name
    yield from ((1, f"tags.{i}", tag) for i, tag in enumerate(idea.tags))
    yield 2, "summary", idea.summary
    if idea.pledge:
        yield 2, "pledge", idea.pledge
    if idea.body:
        yield 3, "body", idea.body
    yield from ((3, f"claims.{i}.text", claim.text) for i, claim in enumerate(idea.claims))


def _score(texts: Iterable[tuple[int, str, str, str]], word: str) -> tuple[int, int] | None:
    """How good the best place of a word is, small for good; None if it stands nowhere."""
    best: tuple[int, int] | None = None
    for rank, _, _, folded in texts:
        if best and best < (rank, 0):
            break
        if word in folded:
            score = (rank, 0 if _begins_word(folded, word) else 1)
            best = min(best, score) if best else score
    return best


def _begins_word(folded: str, word: str) -> bool:
    at = folded.find(word)
    while at > 0 and folded[at - 1].isalnum():
        at = folded.find(word, at + 1)
    return at >= 0


def _any(words: Iterable[str], folded: str) -> bool:
    return any(word in folded for word in words)


def _match(field: str, text: str, words: Iterable[str]) -> Match:
    folded, places = fold(text), origins(text)
    at, length = min((at, -len(word)) for word in words if (at := folded.find(word)) >= 0)
    start, end = whole(text, places[at], places[at - length - 1] + 1)
    snippet = _snippet(text, start, end)
    return Match(field, start, end, snippet, highlights(snippet, words))


def _snippet(text: str, start: int, end: int) -> str:
    """The text around a place on one line, cut between words, with `…` where something was left out."""
    first = _border_before(text, max(start - _BEFORE, 0), start)
    last = _border_after(text, max(min(first + SNIPPET, len(text)), end), end)
    shown = " ".join(text[first:last].split())
    before, after = text[:first].strip(), text[last:].strip()
    return f"{'… ' if before else ''}{shown}{' …' if after else ''}"


def _border_before(text: str, wanted: int, latest: int) -> int:
    """The place at or after `wanted` where a word begins, not beyond `latest`."""
    if wanted == 0 or text[wanted - 1].isspace():
        return wanted
    border = next(
        (i + 1 for i in range(wanted, min(wanted + _LONGEST_WORD, latest)) if text[i].isspace()), None
    )
    return border if border is not None else _apart(text, wanted, latest)


def _border_after(text: str, wanted: int, earliest: int) -> int:
    """The place at or before `wanted` where a word ends, not before `earliest`."""
    if wanted == len(text) or text[wanted].isspace():
        return wanted
    border = next(
        (i for i in range(wanted, max(wanted - _LONGEST_WORD, earliest) - 1, -1) if text[i].isspace()), None
    )
    return border if border is not None else _apart(text, wanted, len(text))


def _apart(text: str, wanted: int, latest: int) -> int:
    """The next place where no mark is taken from the letter that it stands on."""
    while wanted < latest and not fold(text[wanted]):
        wanted += 1
    return wanted
