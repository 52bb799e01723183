"""A picture without what cameras and programs write into it: where it was taken, with what, what it showed before it was cut.

Nothing is decoded, so the picture stays as good as it was. What is needed to show it stays: which way up it is, and its colour profile.
Who made it stays too: to take out a name that says whose work it is may be against the law (UK: section 296ZG of the CDPA 1988).
"""

import struct
import zlib
from collections.abc import Callable, Mapping

from manifesto_cli.reading.camera import Camera, read_camera, written_camera
from manifesto_cli.reading.pictures import (
    END_OF_IMAGE,
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


def bare(data: bytes) -> bytes:
    """The whole of a picture, bare; as it is where it is of a format from which nothing is taken out. Raises Unsound where it is not sound."""
    return _MAKERS.get(form_of(data), bytes)(data)


def _jpeg(data: bytes) -> bytes:
    kept = [data[:2]]
    for marker, start, end in jpeg_segments(data):
        body = data[start + 4 : end]
        if marker == EXIF_SEGMENT and body.startswith(EXIF):
            kept.append(_jpeg_camera(read_camera(body[len(EXIF) :])))
        elif marker in _APPLICATIONS:
            needed = _KEPT.get(marker)
            kept.append(data[start:end] if needed and body.startswith(needed) else b"")
        elif marker != _COMMENT:
            kept.append(data[start:end])
        if marker == END_OF_IMAGE:
            break
    return b"".join(kept)


def _jpeg_camera(camera: Camera) -> bytes:
    exif = written_camera(camera)
    return b"\xff\xe1" + struct.pack(">H", 2 + len(EXIF) + len(exif)) + EXIF + exif if exif else b""


def _png(data: bytes) -> bytes:
    kept = [data[: len(PNG)]]
    for kind, start, end in png_chunks(data):
        body = data[start + 8 : end - 4]
        if kind[:1].isupper() and _sum(kind + body) != data[end - 4 : end]:
            raise Unsound("it is damaged")  # decoders may let that pass, and browsers show nothing
        if kind == b"eXIf":
            exif = written_camera(read_camera(body))
            if exif:
                kept.append(struct.pack(">I", len(exif)) + kind + exif + _sum(kind + exif))
        elif (kind not in _TEXTS or body.startswith(_NAMES)) and kind != b"tIME":
            kept.append(data[start:end])
    return b"".join(kept)


def _sum(chunk: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(chunk))


def _webp(data: bytes) -> bytes:
    kept: list[bytes] = []
    exif = b""
    for kind, start, end in webp_chunks(data):
        if kind == b"EXIF":
            exif = written_camera(read_camera(data[start + 8 : end].removeprefix(EXIF)))
        elif kind != b"XMP ":
            kept.append(data[start:end])
    if kept and kept[0].startswith(b"VP8X"):
        flags = kept[0][8] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if exif else 0)
        kept[0] = kept[0][:8] + bytes([flags]) + kept[0][9:]
        if exif:
            kept.append(b"EXIF" + struct.pack("<I", len(exif)) + exif + bytes(len(exif) % 2))
    inside = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


_MAKERS: Mapping[str, Callable[[bytes], bytes]] = {"jpeg": _jpeg, "png": _png, "webp": _webp}
