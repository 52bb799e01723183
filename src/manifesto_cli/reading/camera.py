"""What cameras write beside a picture (Exif 2.32: a TIFF 6.0 file): which way up it is, who made it. All else is left unread.

Where it was taken, with what, and a small copy of it before it was cut, stand there too.
"""

import struct
from collections.abc import Iterator

from msgspec import Struct

_TURN, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_SHORT, _ASCII = 3, 2
_FIELD = 12
_MOST_FIELDS = 500
_MOST_WORDS = 1000
_BYTES_IN_PLACE = 4
"""A value that is no longer stands in its field, any other behind them all."""
UPRIGHT = 1
_TURNS = range(1, 9)
SIDEWAYS = 5
"""From this number on, a picture is shown with its sides swapped."""


class Camera(Struct, frozen=True):
    """What may stay beside a picture when it is published."""

    turn: int = UPRIGHT
    """How it is shown, as Exif numbers it: 1 as it is, 3 upside down, 6 and 8 turned by a quarter, the others mirrored."""
    artist: bytes = b""
    copyright: bytes = b""


def read_camera(exif: bytes) -> Camera:
    """What the first directory of Exif data says; nothing of it where it is damaged."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4], "")
    found: dict[int, bytes] = {}
    try:
        for tag, kind, value in _fields(exif, order) if order else ():
            if (tag, kind) == (_TURN, _SHORT):
                found[tag] = bytes(struct.unpack_from(f"{order}H", value))
            elif tag in (_ARTIST, _COPYRIGHT) and kind == _ASCII:
                found[tag] = value.rstrip(b"\0 ")
    except struct.error:
        return Camera()
    turn = found.get(_TURN, b"\1")[0]
    return Camera(turn if turn in _TURNS else UPRIGHT, found.get(_ARTIST, b""), found.get(_COPYRIGHT, b""))


def _fields(exif: bytes, order: str) -> Iterator[tuple[int, int, bytes]]:
    """The fields of the first directory that hold texts or small numbers: tag, type, value."""
    (start,) = struct.unpack_from(f"{order}I", exif, 4)
    (count,) = struct.unpack_from(f"{order}H", exif, start)
    for i in range(min(count, _MOST_FIELDS)):
        at = start + 2 + i * _FIELD
        tag, kind, length = struct.unpack_from(f"{order}HHI", exif, at)
        if kind == _SHORT:
            yield tag, kind, exif[at + 8 : at + 12]
        elif kind == _ASCII and length <= _MOST_WORDS:
            place = at + 8 if length <= _BYTES_IN_PLACE else struct.unpack_from(f"{order}I", exif, at + 8)[0]
            yield tag, kind, exif[place : place + length]


def written_camera(camera: Camera) -> bytes:
    """Exif data that say this and nothing else; empty where there is nothing to say."""
    texts = [(tag, text) for tag, text in ((_ARTIST, camera.artist), (_COPYRIGHT, camera.copyright)) if text]
    fields = [struct.pack("<HHIHH", _TURN, _SHORT, 1, camera.turn, 0)] if camera.turn != UPRIGHT else []
    behind = 8 + 2 + _FIELD * (len(fields) + len(texts)) + 4
    ends = b""
    for tag, text in texts:
        value = text + b"\0"
        if len(value) <= _BYTES_IN_PLACE:
            fields.append(struct.pack("<HHI4s", tag, _ASCII, len(value), value))
        else:
            fields.append(struct.pack("<HHII", tag, _ASCII, len(value), behind + len(ends)))
            ends += value
    if not fields:
        return b""
    return b"II*\0" + struct.pack("<IH", 8, len(fields)) + b"".join(fields) + bytes(4) + ends
