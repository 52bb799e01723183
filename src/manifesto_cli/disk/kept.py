"""What was worked out from one text or file, in the user's cache folder, by what it was worked out from: so the next build need not do it again.

All that a project needs lies in one file, made of segments: each build adds one with what was new to it. Another version of the tool starts a
new file. What is found counts only if it is what was kept, by a checksum of each piece; whatever else there is, the work is done again. A cache may only ever
make a run faster, so what goes wrong with it is never said.
"""

import contextlib
import os
import zlib
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

_KEY = 16
_HEAD = 20
"""How many bytes say how long a segment's index and content are, and what the checksum of the index is."""
_SPARE = 1 << 24
"""So many bytes of a file may be of no use any more."""
_BUFFER = 1 << 20
_MOST_FILES = 100

Place = tuple[int, int, int]
"""Where something starts, how long it is, and its checksum."""


class Kept(Struct, frozen=True):
    """What is known, and what comes to it. One process at a time adds to it."""

    place: str
    """The file; empty if nothing is to be kept."""
    content: bytes
    places: dict[bytes, Place]
    """By key, where it is in the content."""
    whole: bool
    """Whether all of the file could be read."""
    used: set[bytes]
    new: dict[bytes, bytes]
    files: dict[str, bytes]
    """By what messages call it, under which key is what a file says that was asked for."""

    def find(self, key: bytes) -> bytes | None:
        """What was kept under a key, as it was."""
        place = self.places.get(key)
        if place is None:
            return self.new.get(key)
        start, length, checksum = place
        found = self.content[start : start + length]
        if zlib.crc32(found) != checksum:
            return None
        self.used.add(key)
        return found

    def add(self, known: Mapping[bytes, bytes]) -> None:
        """Keep something more; it is on disk once all is saved."""
        if self.place:
            self.new.update(known)


def key_of(kind: bytes, made_from: bytes) -> bytes:
    """The key of what is worked out in one way from some bytes."""
    return blake2b(made_from, digest_size=_KEY, person=kind).digest()


def opened(folder: Path | None, project: str, tool: bytes) -> Kept:
    """What is kept of a project by this very tool; nothing where nothing is, or can be read."""
    if folder is None:
        return nothing_kept()
    name = blake2b(project.encode("utf-8", "surrogatepass"), key=tool, digest_size=_KEY).hexdigest()
    place = str(folder / name)
    content = b""
    with contextlib.suppress(OSError), open(place, "rb", buffering=0) as stream:
        content = stream.read()
    places: dict[bytes, Place] = {}
    at = 0
    while at < len(content):
        segment = _segment(content, at)
        if segment is None:
            break
        places |= segment[0]
        at = segment[1]
    return Kept(place, content, places, at == len(content), set(), {}, {})


def nothing_kept() -> Kept:
    """Where nothing is known and nothing will be."""
    return Kept("", b"", {}, whole=True, used=set(), new={}, files={})


def save(kept: Kept) -> None:
    """Have on disk what is new; without what is of no use any more, if that has become much."""
    if not kept.place or not kept.new:
        return
    useful = sum(kept.places[key][1] for key in kept.used) + sum(map(len, kept.new.values()))
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(kept.place), mode=0o700, exist_ok=True)
        if kept.whole and len(kept.content) < 2 * useful + _SPARE:
            with open(kept.place, "ab", buffering=_BUFFER) as stream:
                stream.writelines(_segment_of(kept.new.items()))
            return
        old = ((key, found) for key in sorted(kept.used) if (found := kept.find(key)) is not None)
        beside = f"{kept.place}.{os.getpid()}"
        with open(beside, "wb", buffering=_BUFFER) as stream:
            stream.writelines(_segment_of((*old, *kept.new.items())))
        os.replace(beside, kept.place)
        _make_room(os.path.dirname(kept.place))


def _make_room(folder: str) -> None:
    found = sorted(os.scandir(folder), key=lambda entry: entry.stat().st_mtime_ns)
    for entry in found[:-_MOST_FILES]:
        os.unlink(entry.path)


def _segment_of(pieces: Iterable[tuple[bytes, bytes]]) -> Iterable[bytes]:
    """A segment of a file, in parts: put together it would be as large as all texts once more."""
    lengths = []
    contents = []
    for key, piece in pieces:
        lengths.append((key, len(piece), zlib.crc32(piece)))
        contents.append(piece)
    index = msgspec.msgpack.encode(lengths)
    size = sum(map(len, contents))
    head = len(index).to_bytes(8, "big") + size.to_bytes(8, "big") + zlib.crc32(index).to_bytes(4, "big")
    return (head, index, *contents)


def _segment(content: bytes, at: int) -> tuple[dict[bytes, Place], int] | None:
    """What is where in the segment that starts here, and where it ends; None if it is not whole."""
    head = content[at : at + _HEAD]
    if len(head) < _HEAD:
        return None
    start = at + _HEAD + int.from_bytes(head[:8], "big")
    end = start + int.from_bytes(head[8:16], "big")
    index = content[at + _HEAD : start]
    if end > len(content) or zlib.crc32(index) != int.from_bytes(head[16:], "big"):
        return None
    try:
        lengths = msgspec.msgpack.decode(index, type=list[tuple[bytes, int, int]])
    except msgspec.DecodeError:
        return None
    places = {}
    for key, length, checksum in lengths:
        places[key] = (start, length, checksum)
        start += length
    return (places, end) if start == end else None
