"""Pictures on disk: what they are, and the files of a site that are made from them."""

import contextlib
import os
import stat
import threading
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from manifesto_cli.disk.picture_cache import PictureCache, opened
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.memory import Memory, recalled
from manifesto_cli.reading.bare import Part, bare_parts
from manifesto_cli.reading.pictures import Look, Unsound, look
from manifesto_cli.rendering.files import Copy, File, Made
from manifesto_cli.rendering.pictures import MOST_BYTES, MOST_PIXELS

_HEAD = 1 << 16
_TAIL = 1 << 10
_WORKERS = 2
"""Each holds one picture, decoded: at most 80 million pixels. More of them would fill the memory of small machines."""
_RECIPE = 1
"""Counted up when the same picture is to become another file than before."""

Ready = tuple[File | Copy, ...]
Refused = Mapping[str, str]
"""Where the original is of a picture that could not be read to its end → why."""


@cache
def formats() -> frozenset[str]:
    """The formats in which smaller pictures can be made here; none without Pillow, or if it does not work."""
    try:
        from manifesto_cli.disk import resizing  # noqa: PLC0415 - Pillow may not be there
    except ImportError:
        return frozenset()
    return resizing.formats()


def look_at(originals: Iterable[str], memory: Memory | None = None) -> dict[str, Look]:
    """What each picture is. Only those are read to their end that cannot be understood otherwise."""
    return {
        original: recalled(memory, _look_at, original, _state(original))
        for original in dict.fromkeys(originals)
    }


def _state(original: str) -> tuple[int, ...]:
    """What changes when another picture is put in the place of one: of large files the bytes are not read each time, as those of texts are."""
    try:
        found = os.stat(original)
    except OSError as fault:
        return (fault.errno or 0,)
    return found.st_dev, found.st_ino, found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _look_at(original: str, _: tuple[int, ...]) -> Look:
    try:
        with open(_open(original), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            head = stream.read(_HEAD)
            tail = head[-_TAIL:]
            if size > len(head):
                stream.seek(-min(_TAIL, size), os.SEEK_END)
                tail = stream.read(_TAIL)
            found = look(head, tail, size)
            if found is None and size <= MOST_BYTES:
                stream.seek(0)
                found = look(stream.read(size), tail, size)
    except OSError as fault:
        return Look(trouble=f"it cannot be read ({(fault.strerror or str(fault)).lower()})")
    return found or Look(size=size)


def _open(path: str) -> int:
    """A descriptor of a regular file; OSError for all else, so that a pipe does not stop the build for ever."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is not a plain file")
    return descriptor


class _Order(Struct, frozen=True):
    """One original and what is to be made from it."""

    original: str
    wanted: tuple[Made, ...]


@contextlib.contextmanager
def made(
    files: Iterable[File | Copy | Made],
    folder: Path | None,
    watch: Callable[[Collection[Any]], Iterable[Any]] = iter,
) -> Iterator[tuple[Ready, Refused]]:
    """Files as they can be published, as long as the block runs: those made from pictures are copies from the cache in the folder.

    The originals go through `watch` one by one. Nothing is written but into the cache, so whatever stops this leaves every site as it is.
    """
    files = tuple(files)
    wanted: dict[str, list[Made]] = {}
    for file in files:
        if isinstance(file, Made):
            wanted.setdefault(file.original, []).append(file)
    orders = tuple(_Order(original, tuple(made)) for original, made in wanted.items())
    if not orders:
        yield tuple(file for file in files if not isinstance(file, Made)), {}
        return
    with opened(folder) as kept:
        places: dict[str, Copy] = {}
        refused: dict[str, str] = {}
        for order, result in zip(watch(orders), _results(orders, kept), strict=True):
            if isinstance(result, str):
                refused[order.original] = result
            else:
                places.update(result)
        ready = (places.get(file.path) if isinstance(file, Made) else file for file in files)
        yield tuple(file for file in ready if file), refused


class PictureMaker:
    """Makes pictures one by one, for whoever wants to see one before the whole site is written."""

    def __init__(self, kept: PictureCache) -> None:
        self._kept = kept
        self._turns = threading.BoundedSemaphore(_WORKERS)

    def make(self, wanted: Made) -> Copy | str:
        """A picture as it can be published, made or taken from the cache; else why there is none."""
        with self._turns:
            try:
                found = _make(_Order(wanted.original, (wanted,)), self._kept)
            except OSError as fault:
                return f"what was made from it cannot be kept ({(fault.strerror or str(fault)).lower()})"
        return found if isinstance(found, str) else found[wanted.path]


@contextlib.contextmanager
def picture_maker(folder: Path | None) -> Iterator[PictureMaker]:
    """Whoever makes single pictures, as long as the block runs; they are kept in the cache in the folder."""
    with opened(folder) as kept, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as below
        yield PictureMaker(kept)


def _results(orders: tuple[_Order, ...], kept: PictureCache) -> Iterator[dict[str, Copy] | str]:
    """What comes of each order, in their order; Pillow leaves other threads alone while it decodes and shrinks."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - it brings the whole of `logging`

    pool = ThreadPoolExecutor(_WORKERS)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # what Pillow has to say of a stranger's file is no news to whoever builds
        try:
            yield from pool.map(lambda order: _make(order, kept), orders)
        except OSError as fault:
            why = (fault.strerror or str(fault)).lower()
            raise ManifestoError(
                f"what was made from pictures cannot be kept in `{kept.folder}`: {why}",
                help="make room there, or set `MANIFESTO_CACHE` to a folder elsewhere",
            ) from fault
        finally:
            pool.shutdown(cancel_futures=True)


def _make(order: _Order, kept: PictureCache) -> dict[str, Copy] | str:
    """Address → where the file for it is, for all that is wanted of one original; else why there is none."""
    try:
        with open(_open(order.original), "rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as fault:
        return f"it cannot be read ({(fault.strerror or str(fault)).lower()})"
    try:
        return _copies(order, content, kept)
    except Unsound as reason:
        return str(reason)


def _copies(order: _Order, content: bytes, kept: PictureCache) -> dict[str, Copy]:
    keys = {made.path: _key(content, made.width) for made in order.wanted}
    found = {made.path: kept.find(keys[made.path]) for made in order.wanted}
    missing = [made for made in order.wanted if found[made.path] is None]
    contents = _contents(content, [made.width for made in missing])
    for made, new in zip(missing, contents, strict=True):
        found[made.path] = kept.keep(keys[made.path], new)
    copies: dict[str, Copy] = {}
    for made in order.wanted:
        place = found[made.path] or ""
        copies[made.path] = Copy(made.path, place)
        if made.width is None:
            parts = msgspec.json.decode(Path(place).read_bytes(), type=tuple[Part, ...])
            whole = parts == ((0, len(content)),)
            copies[made.path] = Copy(made.path, order.original, () if whole else parts)
    return copies


def _contents(content: bytes, widths: list[int | None]) -> list[bytes]:
    """What is kept of a picture at each width: a copy; of the original only which parts of it are left, since all else is there anyway."""
    if not widths:
        return []
    seen = look(content, content[-_TAIL:], len(content))
    if seen is None or seen.trouble or seen.width * seen.height > MOST_PIXELS:
        raise Unsound((seen and seen.trouble) or "it has changed during the build")
    smaller: dict[int, bytes] = {}
    if any(widths):
        from manifesto_cli.disk.resizing import resized  # noqa: PLC0415 - Pillow may not be there

        smaller = resized(content, seen, [width for width in widths if width])
    return [smaller[width] if width else msgspec.json.encode(bare_parts(content)) for width in widths]


def _key(content: bytes, width: int | None) -> str:
    """A name for what is made from these bytes: another wherever anything could make it different."""
    maker = f"{_RECIPE}"
    if width:
        from manifesto_cli.disk.resizing import maker as resizer  # noqa: PLC0415 - as above

        maker += f" {width} {resizer()}"
    return blake2b(content, key=blake2b(maker.encode()).digest(), digest_size=32).hexdigest()
