"""Text as a search compares it: without case and accents, with the way back to the text as it was written."""

import unicodedata
from collections.abc import Sequence

_LETTERS = {
    # Letters that people type without their stroke or as two, and that no decomposition of Unicode takes apart.
    # The dotless i of Turkish is one of them: its capital is I, whose small letter elsewhere is i.
    "\N{LATIN SMALL LETTER DOTLESS I}": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t",
    "þ": "th", "æ": "ae", "œ": "oe",
}  # fmt: skip
_KEPT_MARKS = range(7, 10)
"""Combining classes of marks that make another letter: dots of Indic scripts, voicing of kana, virama."""
_VOWELS = range(84, 200)
"""Combining classes of vowel signs and tones of Telugu, Thai, Lao and Tibetan, without which words are not the same."""


class _Folds(dict[int, str]):
    """Code point → what it folds to, worked out when it is first met: for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The text without case, accents and invisible characters. Two spellings of a word fold to the same."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def origins(text: str) -> Sequence[int]:
    """For each character of the folded text the offset in `text` of the character it comes from, and then the length of `text`."""
    if text.isascii():
        return range(len(text) + 1)
    places = [i for i, character in enumerate(text) for _ in _FOLDS[ord(character)]]
    return [*places, len(text)]


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with the marks that belong to its last character, which fold to nothing."""
    while end < len(text) and not text[end].isspace() and not _FOLDS[ord(text[end])]:
        end += 1
    return start, end


def _folded(character: str) -> str:
    # Unicode asks for both steps twice: some letters become capitals only when they are taken apart.
    once = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", character).casefold())
    twice = unicodedata.normalize("NFKD", once.casefold())
    return "".join(_LETTERS.get(part, part) for part in twice if _counts(part))


def _counts(character: str) -> bool:
    """Whether a character makes a difference to a reader who does not mind accents."""
    mark = unicodedata.combining(character)
    if mark:
        return mark in _KEPT_MARKS or mark in _VOWELS
    return unicodedata.category(character) != "Cf"
