"""Bytes of a picture → what it is: its format, how large it is shown, and why it cannot be shown if it cannot.

Nothing is decoded. The sizes stand at the start of every format: PNG (third edition, section 11), JPEG (ITU-T T.81, annex B),
WebP (RFC 9649), GIF (89a, section 18), AVIF (ISO 23008-12: the property `ispe`). The start of a file is enough for most, so that
a folder of photographs need not be read.
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.patterns import pattern
from manifesto_cli.reading.camera import SIDEWAYS, UPRIGHT, read_camera

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "jpeg": (".jpg", ".jpeg"),
    "png": (".png",),
    "webp": (".webp",),
    "gif": (".gif",),
    "avif": (".avif",),
}
"""The formats that browsers show, and what the names of their files end in."""
EXIF = b"Exif\0\0"
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
EXIF_SEGMENT, START_OF_SCAN, END_OF_IMAGE = 0xE1, 0xDA, 0xD9
_CUT = "it ends too early"
_DAMAGED = "it is damaged"


class Look(Struct, frozen=True):
    """What the bytes of a picture say of it."""

    form: str = ""
    """One of `ENDINGS`; empty where it is none of them."""
    width: int = 0
    height: int = 0
    """How large it is shown: where a camera was held upright, the sides are swapped already."""
    turn: int = UPRIGHT
    """How its pixels are turned before it is shown, see `Camera`."""
    simple: bool = True
    """Whether a smaller copy would be the same picture: not where it moves."""
    talks: bool = False
    """Whether it holds what a camera wrote, in a way that cannot be taken out here."""
    size: int = 0
    """How many bytes its file has."""
    trouble: str = ""
    """Why it cannot be shown; empty if it can."""


class Unsound(Exception):  # noqa: N818 - a reason, which becomes a value at once
    """The bytes at hand are not those of a sound picture; the text says why."""


class _Short(Unsound):
    """They end before what was looked for: no fault, unless they are all there are."""


class _Bad(Unsound):
    """They make no sense, or end too early by their own account."""


def look(data: bytes, tail: bytes, size: int) -> Look | None:
    """What a picture is, from the first bytes of its file, its last few, and its size; None if only the whole file can say.

    With the whole file as `data` there is always an answer.
    """
    form = form_of(data)
    if not form:
        return Look(size=size, trouble=_stranger(data))
    try:
        return replace(_READERS[form](data, tail, size), size=size)
    except _Bad as reason:
        return Look(form, size=size, trouble=str(reason))
    except (_Short, struct.error):
        return None if len(data) < size else Look(form, size=size, trouble=_CUT)


def form_of(data: bytes) -> str:
    """The format that a file starts as, whatever its name; empty where it is none that browsers show."""
    if data[4:8] == b"ftyp" and re.search(rb"avi[fs]", data[8 : 8 + 64]):
        return "avif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    starts = {"jpeg": (JPEG,), "png": (PNG,), "gif": (b"GIF87a", b"GIF89a")}
    return next((form for form, start in starts.items() if data.startswith(start)), "")


_STRANGERS = (
    (rb"\Z", "it is empty"),
    (rb"(?s)....ftyp(?:hei|hev|mif1|msf1)", "it is a HEIC picture, which most browsers do not show"),
    (rb"(?s)\s*(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE svg[^>]*>|\s)*<svg", "it is an SVG drawing"),
    (rb"(?i)\s*<(?:!doctype html|html)", "it is a web page"),
    (rb"version https://git-lfs", "it is a pointer of Git LFS, and the picture itself is not here"),
    (rb"%PDF", "it is a PDF"),
    (rb"BM|II\*\0|MM\0\*", "it is a BMP or TIFF picture, which most browsers do not show"),
)


def _stranger(data: bytes) -> str:
    """What a file is that is no picture, as far as it can be told."""
    found = (why for start, why in _STRANGERS if re.match(start, data[:4096]))
    return next(found, "it is no picture")


def _u16(data: bytes, at: int) -> int:
    return int.from_bytes(_taken(data, at, 2), "big")


def _u32(data: bytes, at: int) -> int:
    return int.from_bytes(_taken(data, at, 4), "big")


def _taken(data: bytes, at: int, length: int) -> bytes:
    found = data[at : at + length]
    if len(found) < length:
        raise _Short(_CUT)
    return found


def _shown(look: Look) -> Look:
    """The same, with the sides swapped if it is shown so."""
    if not look.width or not look.height:
        raise _Bad(_DAMAGED)
    return replace(look, width=look.height, height=look.width) if look.turn >= SIDEWAYS else look


# JPEG

_NO_FRAMES = (0xC4, 0xC8, 0xCC)
_FRAMES = [code for code in range(0xC0, 0xD0) if code not in _NO_FRAMES]
_ALONE = (0x01, *range(0xD0, 0xD9))
_NEXT = pattern(rb"\xff[^\x00\xd0-\xd7\xff]")
"""Where compressed data end: in them, a marker has a zero behind it or counts restarts."""


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each segment of a JPEG: its marker, where it starts, where it ends (compressed data belong to the scan before them).

    The last one is the end of the image; what stands behind it is no part of the picture. Raises where the bytes end or make no sense.
    """
    at = 2
    while True:
        if _taken(data, at, 1) != b"\xff":
            raise _Bad(_DAMAGED)
        while _taken(data, at, 1) == b"\xff":
            at += 1
        start, marker, at = at - 1, data[at], at + 1
        if marker == END_OF_IMAGE:
            yield marker, start, at
            return
        if marker not in _ALONE:
            at += max(_u16(data, at), 2)
        if marker == START_OF_SCAN:
            found = _NEXT.search(data, at)
            if found is None:
                yield marker, start, len(data)
                raise _Short(_CUT)
            at = found.start()
        yield marker, start, at


def _jpeg(data: bytes, tail: bytes, size: int) -> Look:
    turn = UPRIGHT
    for marker, start, end in jpeg_segments(data):
        body = data[start + 4 : end]
        if marker == EXIF_SEGMENT and body.startswith(EXIF):
            turn = read_camera(body[len(EXIF) :]).turn
        if marker in _FRAMES:
            found = Look("jpeg", _u16(data, start + 7), _u16(data, start + 5), turn)
            break
        if marker in (START_OF_SCAN, END_OF_IMAGE):
            raise _Bad(_DAMAGED)
    else:
        raise _Bad(_DAMAGED)
    if not tail.rstrip(b"\0\r\n ").endswith(b"\xff\xd9"):
        # Phones write more behind the picture, so only the whole of it can say whether its end is there.
        if len(data) < size:
            raise _Short(_CUT)
        for _ in jpeg_segments(data):
            pass
    return _shown(found)


# PNG


def png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk of a PNG up to its end: its type, where it starts, where it ends. Raises where the bytes end."""
    at = len(PNG)
    while True:
        end = at + 12 + _u32(data, at)
        kind = _taken(data, at + 4, 4)
        yield kind, at, end
        if kind == b"IEND":
            return
        at = end


_PNG_END = b"IEND\xaeB`\x82"


def _png(data: bytes, tail: bytes, size: int) -> Look:
    if _taken(data, len(PNG) + 4, 4) != b"IHDR":
        raise _Bad(_DAMAGED)
    depth, kind = _taken(data, 24, 2)
    # Pillow has grey of 16 bits in a form of its own, which has no smaller copies.
    found = Look("png", _u32(data, 16), _u32(data, 20), simple=(depth, kind) != (16, 0))
    for chunk, start, end in png_chunks(data):
        if chunk == b"IDAT":
            break
        if chunk == b"acTL":
            found = replace(found, simple=False)
        if chunk == b"eXIf":
            found = replace(found, turn=read_camera(_taken(data, start + 8, end - start - 12)).turn)
    if _PNG_END not in tail:
        if len(data) < size:
            raise _Short(_CUT)
        for _, start, end in png_chunks(data):
            _taken(data, start, end - start)
    return _shown(found)


# WebP

_ANIMATED, HAS_EXIF, HAS_XMP = 0x02, 0x08, 0x04


def webp_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk of a WebP: its type, where it starts, where it ends. Raises where the bytes end."""
    at, last = 12, 8 + int.from_bytes(_taken(data, 4, 4), "little")
    while at + 8 <= last:
        length = int.from_bytes(_taken(data, at + 4, 4), "little")
        end = min(at + 8 + length + length % 2, last)
        yield data[at : at + 4], at, end
        at = end


def _webp(data: bytes, _: bytes, size: int) -> Look:
    if 8 + int.from_bytes(_taken(data, 4, 4), "little") > size:
        raise _Bad(_CUT)
    kind, body = _taken(data, 12, 4), _taken(data, 20, 10)
    if kind == b"VP8X":
        width, height = (int.from_bytes(body[i : i + 3], "little") + 1 for i in (4, 7))
        turn = _webp_turn(data) if body[0] & HAS_EXIF else UPRIGHT
        return _shown(Look("webp", width, height, turn, simple=not body[0] & _ANIMATED))
    if kind == b"VP8L" and body[0] == 0x2F:  # noqa: PLR2004 - the sign of this format
        bits = int.from_bytes(body[1:5], "little")
        return Look("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(body[i : i + 2], "little") & 0x3FFF for i in (6, 8))
        return _shown(Look("webp", width, height))
    raise _Bad(_DAMAGED)


def _webp_turn(data: bytes) -> int:
    for kind, start, end in webp_chunks(data):
        if kind == b"EXIF":
            return read_camera(_taken(data, start + 8, end - start - 8).removeprefix(EXIF)).turn
    return UPRIGHT


# GIF and AVIF


def _gif(data: bytes, tail: bytes, _: int) -> Look:
    width, height = struct.unpack_from("<HH", data, 6)
    if b";" not in tail:
        raise _Bad(_CUT)
    return _shown(Look("gif", width, height, simple=False))


def _boxes(data: bytes, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box of the outermost level: its type, where it starts, where it ends."""
    at = 0
    while at < size:
        length = _u32(data, at)
        if length == 1:
            length = int.from_bytes(_taken(data, at + 8, 8), "big")
        end = at + length if length else size
        if end > size or end < at + 8:
            raise _Bad(_CUT)
        yield _taken(data, at + 4, 4), at, end
        at = end
        if at > len(data):
            return  # what comes after the pixels says nothing of their size


def _avif(data: bytes, _: bytes, size: int) -> Look:
    meta, pixels = b"", False
    for kind, start, end in _boxes(data, size):
        pixels = pixels or kind == b"mdat"
        if kind == b"meta":
            meta = _taken(data, start, end - start)
    sizes = [
        (_u32(meta, found.end() + 4), _u32(meta, found.end() + 8)) for found in re.finditer(b"ispe", meta)
    ]
    if not sizes:
        raise _Bad(_DAMAGED)
    if not pixels:
        raise _Short(_CUT)
    # There is one for each tile and small copy too; the picture is the largest. Turned by a quarter, its sides are swapped.
    width, height = max(sizes, key=lambda sides: sides[0] * sides[1])
    turned = re.search(rb"(?s)irot(.)", meta)
    turn = SIDEWAYS if turned and turned[1][0] & 1 else UPRIGHT
    talks = b"Exif" in meta or b"application/rdf+xml" in meta
    return _shown(Look("avif", width, height, turn, simple=False, talks=talks))


_READERS: Mapping[str, Callable[[bytes, bytes, int], Look]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "gif": _gif,
    "avif": _avif,
}
