"""The word that was probably meant."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """The known word most like this one, or nothing if none is like it enough (0 to 1, as difflib measures)."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    return next(iter(get_close_matches(word, sorted(known), 1, likeness)), "")
