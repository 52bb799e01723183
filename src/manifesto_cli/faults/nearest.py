"""The word that was probably meant, and the one that was meant without doubt."""

import re
from bisect import bisect_left
from collections.abc import Iterable

_SHORTEST = 3
_LONG = 5
"""In shorter words another letter makes another word."""
_MANY = 200
_ENDING = 4
_JOINTS = str.maketrans("", "", "-_ ")


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word most like this one, or nothing if none is like it enough (0 to 1, as difflib measures)."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    among = sorted(known)
    return slip(word, among) or next(iter(get_close_matches(word, _akin(word, among), 1, likeness)), "")


def _akin(word: str, among: list[str]) -> list[str]:
    """Of very many words, in order, those that start or end most like this one: to measure all of them takes too long."""
    if len(among) <= _MANY:
        return among
    place, ending = bisect_left(among, word), word[-_ENDING:]
    alike = [candidate for candidate in among if candidate.endswith(ending)]
    return [*among[max(place - _MANY // 2, 0) : place + _MANY // 2], *alike[:_MANY]]


def slip(word: str, known: Iterable[str]) -> str:
    """The known word of which this one is a slip of the finger; nothing if there is none, or more than one.

    A slip changes capitals, or what joins the parts of a name, or one letter: left out, doubled, mistaken, swapped with the next.
    A number is never a slip: `report-1` is not `report-2`.
    """
    bare = _bare(word)
    near = {candidate for candidate in known if candidate != word and _one_slip(bare, _bare(candidate))}
    return near.pop() if len(near) == 1 else ""


def _bare(word: str) -> str:
    return word.lower().translate(_JOINTS)


def _one_slip(written: str, known: str) -> bool:
    if written == known:
        return True
    shorter, longer = (written, known) if len(written) < len(known) else (known, written)
    if len(longer) < _SHORTEST or len(longer) - len(shorter) > 1:
        return False
    # Whatever was mistaken lies in one half, so the other is the same: nearly all words are ruled out by that.
    half = (len(shorter) - 1) // 2
    if shorter[:half] != longer[:half] and shorter[len(shorter) - half :] != longer[len(longer) - half :]:
        return False
    if re.findall(r"\d+", written) != re.findall(r"\d+", known):
        return False
    if len(shorter) < len(longer):
        return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    differing = [i for i in range(len(longer)) if shorter[i] != longer[i]]
    if len(differing) <= 1:
        return len(longer) >= _LONG
    first, second = differing[0], differing[-1]
    swapped = shorter[first] + shorter[second] == longer[second] + longer[first]
    return swapped and differing == [first, first + 1]
