"""How the bytes that a host shows differ from those that it was given: hosts mend, shorten and count, and a person wants to know which it was."""

import re
from html import unescape

from manifesto_cli.patterns import pattern

_COMMENT = (b"<!--", b"-->")
_SCRIPT = (b"<script", b"</script>")
_BOM = b"\xef\xbb\xbf"
_ID = pattern(r"\sid=(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_REFRESH = pattern(r"<meta\s[^>]*http-equiv=[\"']?refresh[\"'\s][^>]*", re.IGNORECASE)
_URL = pattern(r"url=([^\"'>\s]*)", re.IGNORECASE)

LINE_ENDS = "only its line ends are others"
SCRIPT = "a script was put into it"


def how_changed(given: bytes, shown: bytes) -> str:
    """What the host has done, as far as it can be told; the two are not the same."""
    if not shown:
        return "it is empty"
    if _ends(given) == _ends(shown):
        return LINE_ENDS
    if shown.removeprefix(_BOM) == given:
        return "only a byte order mark was put before it"
    lower = shown.lower()
    if lower.count(_SCRIPT[0]) > given.lower().count(_SCRIPT[0]):
        same = _ends(without(given, *_SCRIPT)) == _ends(without(shown, *_SCRIPT))
        return SCRIPT + ("" if same else ", and more is not as it was")
    if _spaces(without(given, *_COMMENT)) == _spaces(without(shown, *_COMMENT)):
        return "only spaces and comments are others"
    grown = len(shown) - len(given)
    start = _shared(given, shown)
    if grown > 0 and given[start:] == shown[start + grown :]:
        return f"{grown:,} bytes were put into it"
    if grown < 0 and shown[start:] == given[start - grown :]:
        return f"{-grown:,} bytes are missing from it"
    return "has other content"


def without(content: bytes, start: bytes, end: bytes) -> bytes:
    """The content without whatever stands between a start and the next end; what has no end goes on to the end of the content.

    It takes one pass, whatever the content: a pattern would look for the end again and again.
    """
    lower = content.lower()
    kept, at = [], 0
    while (found := lower.find(start, at)) >= 0:
        kept.append(content[at:found])
        closed = lower.find(end, found + len(start))
        if closed < 0:
            return b"".join(kept)
        at = closed + len(end)
    return b"".join([*kept, content[at:]])


def visible(content: bytes) -> str:
    """A page without its comments, in which nothing is for a reader."""
    return without(content, *_COMMENT).decode(errors="replace")


def anchors(page: str) -> frozenset[str]:
    """The places on a page that a link can name, however its tags are written."""
    return frozenset(unescape("".join(found)) for found in _ID.findall(page))


def leads_to(page: str) -> str:
    """The address to which a page leads on by itself; empty for a page that does not."""
    found = _REFRESH.search(page[: 1 << 14])
    url = _URL.search(found.group()) if found else None
    return unescape(url[1]) if url else ""


def _ends(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _spaces(content: bytes) -> bytes:
    return b"".join(content.split())


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two contents have in common from their start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
