"""A Markdown text as far as it can be settled without knowing its values and the page that it is on.

It hangs on nothing but the text, is made of plain values and can be kept: so a text is parsed once, however many pages, builds
and processes want it.
"""

import re
from enum import IntEnum

from msgspec import DecodeError, Struct, msgpack

from manifesto_cli.merging.placeholders import FIRST_SENTINEL
from manifesto_cli.rendering.filling import SENTINEL


class Heading(Struct, frozen=True, array_like=True, gc=False):
    """A heading of a text; `slug` is its anchor, unique in the text."""

    level: int
    text: str
    slug: str


class Demand(Struct, frozen=True, array_like=True, gc=False):
    """A link or picture: where it wants to lead, with placeholders filled as soon as there are values."""

    target: str
    picture: bool
    title: str
    """As written, with sentinels."""
    start: int
    end: int
    """Where it is written in the Markdown. A place in the file takes longer to find, and only a fault needs it."""
    filled: bool = False
    """Whether a placeholder is part of the target: then it can only be judged once it is filled for good."""


MAX_TARGET = 2_000
"""The most characters of an address, filled. Reference definitions let one appear a thousand times; so it must be short."""


class Gap(IntEnum):
    """What a page, or a value, puts between two parts of the HTML."""

    VALUE = 0
    """The value of a sentinel, by its number."""
    HEADING = 1
    """The start of a heading, by its number; so with its end."""
    HEADING_END = 2
    LINK = 3
    """The start of a link, by the number of its demand; so with its end, and with pictures, between whose start and end their words stand."""
    LINK_END = 4
    PICTURE = 5
    PICTURE_END = 6


class Within(IntEnum):
    """In what a sentinel stands where a value would not be read as text."""

    CODE = 0
    CODE_IN_TABLE = 1
    TITLE = 2
    ADDRESS = 3
    ADDRESS_START = 4


class Compiled(Struct, frozen=True, array_like=True, gc=False):
    """A text in HTML, with gaps, and what must be known of it before a page can be made. Sentinels stand in all of its words."""

    parts: tuple[str, ...]
    """HTML that is the same on every page: one more than there are gaps. Placeholders in it are gaps too."""
    gaps: tuple[tuple[Gap, int], ...]
    headings: tuple[Heading, ...]
    """Where a heading has a sentinel, slugs are known only once it is filled."""
    demands: tuple[Demand, ...]
    """In the order in which they stand."""
    within: tuple[tuple[int, Within], ...]
    """By number, sentinels that do not stand in text."""
    doubtful: bool
    """Whether there may be a fault in it; if not, there is none."""


def marked(gap: Gap, number: int) -> str:
    """A gap as it stands in HTML that is not parted yet. No text has the character NUL: markdown-it puts another in its place, and takes no entity for it."""
    return f"\0{gap:d}{number};"


def parted(html: str) -> tuple[tuple[str, ...], tuple[tuple[Gap, int], ...]]:
    """The parts and the gaps of HTML with marks in it; sentinels are gaps too."""
    if not html.isascii():
        html = SENTINEL.sub(_value, html)
    first, *others = html.split("\0")
    parts, gaps = [first], []
    for piece in others:
        number, _, part = piece[1:].partition(";")
        gaps.append((_GAPS[piece[0]], int(number)))
        parts.append(part)
    return tuple(parts), tuple(gaps)


_GAPS = {f"{gap:d}": gap for gap in Gap}


def _value(sentinel: re.Match[str]) -> str:
    return marked(Gap.VALUE, ord(sentinel.group()) - FIRST_SENTINEL)


_LARGEST = 1_000_000
"""More characters are not kept. One title of 500 can be that of twenty thousand links, which share it in memory alone."""


def encoded(compiled: Compiled) -> bytes | None:
    """The form in which it can be kept, for `decoded` of the same version; None where that would be out of proportion to the text."""
    size = sum(map(len, compiled.parts)) + sum(
        len(each.target) + len(each.title) for each in compiled.demands
    )
    return _ENCODER.encode(compiled) if size <= _LARGEST else None


def decoded(kept: bytes) -> Compiled | None:
    """What was `encoded`; None for anything of another shape. Whether it is the same as was kept, whoever keeps it must know."""
    try:
        return _DECODER.decode(kept)
    except DecodeError:
        return None


_ENCODER = msgpack.Encoder()
_DECODER = msgpack.Decoder(Compiled)
