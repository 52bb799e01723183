"""A picture without what cameras and programs write into it: where it was taken, with what, what it showed before it was cut.

Nothing is decoded, so the picture stays as good as it was. What is needed to show it stays: which way up it is, and its colour profile.
Who made it stays too: to take out a name that says whose work it is may be against the law (UK: section 296ZG of the CDPA 1988).
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from manifesto_cli.reading.camera import Camera, read_camera, written_camera
from manifesto_cli.reading.pictures import (
    EXIF,
    EXIF_SEGMENT,
    HAS_EXIF,
    HAS_XMP,
    PNG,
    Unsound,
    form_of,
    jpeg_segments,
    png_chunks,
    webp_chunks,
)

_COMMENT = 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""What the segments of programs start with that are needed to show a JPEG: density, colour profile, and how colours are stored."""
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_NAMES = (b"Author\0", b"Copyright\0")


Part = tuple[int, int] | bytes
"""Bytes of the original, from here to there; or others."""


def bare(data: bytes) -> bytes:
    """The whole of a picture, bare; raises Unsound where it is not sound."""
    return joined(data, bare_parts(data))


def joined(data: bytes, parts: Sequence[Part]) -> bytes:
    """The bytes that the parts of an original make up."""
    return b"".join(part if isinstance(part, bytes) else data[slice(*part)] for part in parts)


def bare_parts(data: bytes) -> tuple[Part, ...]:
    """What a picture is made up of, bare: all of it in one where there is nothing to take out. Raises Unsound where it is not sound."""
    maker = _MAKERS.get(form_of(data))
    if maker is None:
        return ((0, len(data)),)
    merged: list[Part] = []
    for part in maker(data):
        before = merged[-1] if merged else b""
        if isinstance(part, tuple) and isinstance(before, tuple) and before[1] == part[0]:
            merged[-1] = (before[0], part[1])
        else:
            merged.append(part)
    return tuple(merged)


def _jpeg(data: bytes) -> Iterator[Part]:
    yield 0, 2
    for marker, start, end in jpeg_segments(data):
        body = data[start + 4 : min(end, start + 4 + _MOST)]
        if marker == EXIF_SEGMENT and body.startswith(EXIF):
            yield _jpeg_camera(read_camera(body[len(EXIF) :]))
        elif marker in _APPLICATIONS:
            needed = _KEPT.get(marker)
            if needed and body.startswith(needed):
                yield start, end
        elif marker != _COMMENT:
            yield start, end


def _jpeg_camera(camera: Camera) -> bytes:
    exif = written_camera(camera)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(EXIF) + len(exif)) + EXIF + exif if exif else b""


def _png(data: bytes) -> Iterator[Part]:
    yield 0, len(PNG)
    for kind, start, end in png_chunks(data):
        body = data[start + 8 : end - 4]
        if kind[:1].isupper() and _sum(kind + body) != data[end - 4 : end]:
            raise Unsound("it is damaged")  # decoders may let that pass, and browsers show nothing
        if kind == b"eXIf":
            exif = written_camera(read_camera(body))
            if exif:
                yield struct.pack(">I", len(exif)) + kind + exif + _sum(kind + exif)
        elif (kind not in _TEXTS or body.startswith(_NAMES)) and kind != b"tIME":
            yield start, end


def _sum(chunk: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(chunk))


def _webp(data: bytes) -> Iterator[Part]:
    chunks = [*webp_chunks(data)]
    exif = b""
    for kind, start, end in chunks:
        if kind == b"EXIF":
            exif = written_camera(read_camera(data[start + 8 : end].removeprefix(EXIF)))
    kept = [(kind, start, end) for kind, start, end in chunks if kind not in (b"EXIF", b"XMP ")]
    if len(kept) == len(chunks):
        yield 0, chunks[-1][2] if chunks else len(data)
        return
    added = b"EXIF" + struct.pack("<I", len(exif)) + exif + bytes(len(exif) % 2) if exif else b""
    size = len(b"WEBP") + sum(end - start for _, start, end in kept) + len(added)
    yield b"RIFF" + struct.pack("<I", size) + b"WEBP"
    for kind, start, end in kept:
        if kind == b"VP8X":
            flags = data[start + 8] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if exif else 0)
            yield data[start : start + 8] + bytes([flags])
            yield start + 9, end
        else:
            yield start, end
    yield added


_MAKERS: Mapping[str, Callable[[bytes], Iterator[Part]]] = {"jpeg": _jpeg, "png": _png, "webp": _webp}
_MOST = 1 << 16
"""No segment of a JPEG is longer, but for the compressed data."""
