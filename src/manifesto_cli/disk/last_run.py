"""What the last run of a command came to, in the user's cache folder: where nothing is different since, there is nothing to do again.

A cache may only ever make a run faster. Kept are marks, not contents: of all that was read, of all that was written, of the tool itself and of what
was asked. If any of them is another one now, or what was kept is not whole, the run is done as if nothing were known. Only runs
that found no error are kept.
"""

import contextlib
import os
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from manifesto_cli.disk.marks import Looked, Mark
from manifesto_cli.disk.this_tool import this_tool
from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.rendering.files import Shown

_DIGEST = 32
_MOST = 200
"""With more than this the runs go that were kept first, down to half."""


class Run(Struct, frozen=True):
    """A run that went well."""

    roots: tuple[str, ...]
    """The folders that were read."""
    read: Mark
    written: Mark | None
    """The output; None for a run that writes none."""
    count: int
    """How many files of the output are the tool's."""
    faults: Faults
    trace: msgspec.Raw
    """A `Trace`, which only a build asks for that finds something changed."""

    def traced(self) -> "Trace":
        """What the files of the output were made from."""
        return msgspec.msgpack.decode(self.trace, type=Trace)


class Trace(Struct, frozen=True):
    """What the files of an output were made from."""

    looked: msgspec.Raw
    """What was read: a `Looked`."""
    keys: dict[str, bytes]
    """By what messages call the file of a record that was sound, under which key is kept what it said."""
    patchable: bool | None
    """Whether a page stays the same around the words of its texts, and nothing but pages shows any; None where that has not been looked at."""
    imprint: str
    """What must stand on every page, whatever the texts say; may be empty."""
    texts: dict[str, bytes]
    """By path of a file that was made, the texts that are shown in it, for `shown_in`; files of which that is not known are left out."""
    made_from: dict[str, bytes]
    """By path of a page, what tells what it was made from, as far as that is known."""


def looked_then(trace: Trace) -> Looked:
    """What was there to be read."""
    return msgspec.msgpack.decode(trace.looked, type=Looked)


def shown_in(texts: bytes) -> tuple[Shown, ...]:
    """The texts that are shown in a file, as a `Trace` has them."""
    return msgspec.msgpack.decode(texts, type=tuple[Shown, ...])


def run_key(*asked: object) -> str:
    """The name under which a run is kept: what was asked, and where from. A run of another version of the tool takes its place."""
    return blake2b(repr((os.getcwd(), *asked)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def find_run(folder: Path | None, key: str) -> Run | None:
    """The run kept under a key, if it is whole and this very tool has kept it."""
    if folder is None:
        return None
    with contextlib.suppress(OSError, msgspec.DecodeError):
        found = (folder / key).read_bytes()
        if blake2b(found[_DIGEST:], key=this_tool(), digest_size=_DIGEST).digest() == found[:_DIGEST]:
            return msgspec.msgpack.decode(found[_DIGEST:], type=Run)
    return None


def keep_run(folder: Path | None, key: str, run: Run) -> None:
    """Keep a run, whole or not at all."""
    if folder is None:
        return
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = msgspec.msgpack.encode(run)
        beside = folder / f"{key}.{os.getpid()}"
        beside.write_bytes(blake2b(content, key=this_tool(), digest_size=_DIGEST).digest() + content)
        os.replace(beside, folder / key)
        _make_room(folder)


def _make_room(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda place: place.stat().st_mtime_ns)
    for place in kept[: len(kept) - _MOST // 2] if len(kept) > _MOST else ():
        place.unlink()
