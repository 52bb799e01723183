"""Pictures for tests, made when they are needed: of nothing, in every format, with what cameras write, and broken in every way."""

import io
import re
import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

from PIL import Image

WRITTEN = re.compile(
    r"(?P<form>jpeg|png|webp|gif|avif), (?P<width>\d+) × (?P<height>\d+)(?P<more>(?:, [a-z ]+)*)\n"
)
"""How a picture stands in a case: `jpeg, 1600 × 900, with a place`."""
SECRET = b"N 51 30 26"
"""What tells where a picture was taken: no published file may hold it."""


def exif(turn: int = 1, artist: str = "", *, place: bool = False) -> bytes:
    """What a camera writes: how it was held, who held it, and where."""
    fields = Image.Exif()
    if turn != 1:
        fields[0x0112] = turn
    if artist:
        fields[0x013B] = artist
    if place:
        fields[0x010F] = "Camera 1234"
        fields[0x8825] = {1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0), 29: SECRET.decode()}
    return bytes(fields.tobytes())


def pixels(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture whose corners differ, so that a turn shows: red at the top left, green at the top right, blue at the bottom."""
    picture = Image.new("RGB", (width, height), "blue")
    half = (width // 2, height // 2)
    picture.paste("red", (0, 0, *half))
    picture.paste("green", (half[0], 0, width, half[1]))
    return picture.convert(mode)


def saved(picture: Image.Image, form: str, **settings: Any) -> bytes:
    """The picture as the bytes of a file."""
    stream = io.BytesIO()
    picture.save(stream, form, **settings)
    return stream.getvalue()


@cache
def picture(form: str, width: int, height: int, **settings: Any) -> bytes:
    """A picture of a format and size."""
    return saved(pixels(width, height), form, **settings)


def huge(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be as large as that."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, body)
        for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(9))), (b"IEND", b""))
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


_CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "damaged inside": lambda data: data[: len(data) // 2] + bytes(200) + data[len(data) // 2 + 200 :],
}


def written(text: str) -> bytes | None:
    """The picture that a case describes; None where the text is no such description."""
    found = WRITTEN.fullmatch(text)
    if not found:
        return None
    width, height = int(found["width"]), int(found["height"])
    more = found["more"].split(", ")[1:]
    if width * height > 10_000_000:
        return huge(width, height)
    settings = {"exif": exif(place=True)} if "with a place" in more else {}
    data = picture(found["form"], width, height, **settings)
    for name in more:
        data = _CHANGES.get(name, bytes)(data)
    return data
