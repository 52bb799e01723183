"""Which paths an output folder may hold, wherever they come from: a plan, a list found on disk, a journal."""

import re
import sys
import unicodedata

STATE = ".manifesto"
"""The folder inside an output folder in which the tool keeps what it must remember."""

_LONGEST = 4096

plain = re.compile(rf"(?!.{{{_LONGEST + 1}}})[a-z0-9_-][a-z0-9_.-]*(?:/[a-z0-9_-][a-z0-9_.-]*)*").fullmatch
"""Matches a path that is safe at first sight and its own `folded` form, as nearly all are."""

_DRIVE = re.compile(r"[A-Za-z]:")
_RESERVED = {STATE, ".git", "git~1"}


def unsafe(path: str) -> str | None:
    """Why the path may not stand in an output folder, or None where it may.

    A safe path has `/` between its parts, stays inside the folder on every system, and reaches neither the tool's
    own state nor a `.git`: a journal that came with a stranger's folder could otherwise plant a `.git/config`, which
    git would obey.
    """
    if plain(path):
        return None
    if not path or len(path) > _LONGEST:
        return "it is empty or too long"
    if "\0" in path or "\\" in path:
        return "it holds a NUL or a backslash"
    if _DRIVE.match(path) or (sys.platform == "win32" and ":" in path):
        return "it names a drive"
    try:
        path.encode()
    except UnicodeEncodeError:
        return "it cannot be written as UTF-8"
    if any(not part.strip(". ") for part in path.split("/")):
        return "a part of it is empty or made of dots, or it starts at the root of the disk"
    if any(_bare(part) in _RESERVED for part in path.split("/")):
        return "a part of it is a name that the tool or git keeps for itself"
    return None


def _bare(part: str) -> str:
    """The name as the least particular disk sees it: no case, no invisible characters, no dots or spaces at its end."""
    visible = "".join(c for c in part if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", visible).casefold().rstrip(". ")


def folded(path: str) -> str:
    """The path as a disk sees it that does not tell capitals apart: equal for two paths that may be one file there."""
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def is_page(path: str) -> bool:
    """Whether the file refers to others, which must be there as long as it is."""
    return path.lower().endswith((".html", ".md"))


def folder_of(path: str) -> str:
    """The folder that holds the path, empty for the output folder itself."""
    return path.rpartition("/")[0]


def folders_above(path: str) -> list[str]:
    """Every folder between the output folder and the path, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:i]) for i in range(1, len(parts))]
