"""Calls of `build` and `check` that need no library for command lines, which takes as long to load as a small manifesto to check.

Only what can be read in one way is read here: `manifesto build --quiet -o site`. All else, be it help, a mistake, options that are run
together or come from the environment, is the library's to read; a test holds what both make of a call to be the same.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from manifesto_cli.cli.choices import MOST_JOBS, Color, Format, Report
from manifesto_cli.faults.error import Exit


def _count(word: str) -> int:
    if not word.isdecimal() or not word.isascii() or not 1 <= int(word) <= MOST_JOBS:
        raise ValueError
    return int(word)


Option = tuple[str, Callable[[str], Any] | None]
"""The name of what was asked, and what makes its value of a word; None for a switch."""

_SHARED: Mapping[str, Option] = {
    **dict.fromkeys(("-C", "--project"), ("project", Path)),
    **dict.fromkeys(("-s", "--strict"), ("strict", None)),
    "--drafts": ("drafts", None),
    **dict.fromkeys(("-j", "--jobs"), ("jobs", _count)),
    **dict.fromkeys(("-q", "--quiet"), ("quiet", None)),
    **dict.fromkeys(("-v", "--verbose"), ("verbose", None)),
    "--color": ("color", Color),
}
BUILD: Mapping[str, Option] = {
    **_SHARED,
    "--format": ("form", Format),
    **dict.fromkeys(("-o", "--output"), ("output", Path)),
    **dict.fromkeys(("-u", "--base-url"), ("base_url", str)),
    **dict.fromkeys(("-n", "--dry-run"), ("dry_run", None)),
}
CHECK: Mapping[str, Option] = {**_SHARED, "--format": ("report", Report)}
VARIABLES = (
    "MANIFESTO_PROJECT",
    "MANIFESTO_OUTPUT",
    "MANIFESTO_BASE_URL",
    "MANIFESTO_STRICT",
    "MANIFESTO_JOBS",
)
"""Those by which options of these commands can be given, too."""


def plain_call(arguments: Sequence[str], environment: Mapping[str, str]) -> Callable[[], Exit] | None:
    """What does what was asked, or None if that has to be found out by the library."""
    known = {"build": BUILD, "check": CHECK}.get(arguments[0]) if arguments else None
    if known is None or any(name in environment for name in VARIABLES):
        return None
    asked = _asked(arguments[1:], known)
    if asked is None:
        return None
    from manifesto_cli.cli import everyday  # noqa: PLC0415 - no other command needs it

    if known is BUILD:
        return partial(everyday.build, everyday.Build(**asked))
    return partial(everyday.check, everyday.Check(**asked))


def _asked(words: Sequence[str], known: Mapping[str, Option]) -> dict[str, Any] | None:
    asked: dict[str, Any] = {}
    waiting = iter(words)
    for word in waiting:
        name, read = known.get(word, ("", None))
        if not name or name in asked:
            return None
        if read is None:
            asked[name] = True
            continue
        value = next(waiting, "")
        if not value or value.startswith("-"):
            return None
        try:
            asked[name] = read(value)
        except ValueError:
            return None
    return asked
