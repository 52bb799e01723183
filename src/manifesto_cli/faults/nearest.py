"""The word that was probably meant, and the one that was meant without doubt."""

import re
from collections.abc import Iterable

_SHORTEST = 3
_LONG = 5
"""In shorter words another letter makes another word."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word most like this one, or nothing if none is like it enough (0 to 1, as difflib measures)."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    among = sorted(known)
    return slip(word, among) or next(iter(get_close_matches(word, among, 1, likeness)), "")


def slip(word: str, known: Iterable[str]) -> str:
    """The known word of which this one is a slip of the finger; nothing if there is none, or more than one.

    A slip changes capitals, or what joins the parts of a name, or one letter: left out, doubled, mistaken, swapped with the next.
    A number is never a slip: `report-1` is not `report-2`.
    """
    near = {
        candidate for candidate in known if candidate != word and _one_slip(_bare(word), _bare(candidate))
    }
    return near.pop() if len(near) == 1 else ""


def _bare(word: str) -> str:
    return re.sub(r"[-_ ]", "", word.lower())


def _one_slip(written: str, known: str) -> bool:
    if written == known:
        return True
    if re.findall(r"\d+", written) != re.findall(r"\d+", known):
        return False
    shorter, longer = sorted((written, known), key=len)
    if len(longer) < _SHORTEST:
        return False
    if len(shorter) < len(longer):
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    differing = [i for i in range(len(longer)) if shorter[i] != longer[i]]
    if len(differing) <= 1:
        return len(longer) >= _LONG
    first, second = differing[0], differing[-1]
    swapped = shorter[first] + shorter[second] == longer[second] + longer[first]
    return swapped and differing == [first, first + 1]
