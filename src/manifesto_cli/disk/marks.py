"""What files there are, as a mark: two marks are equal only if nothing has changed between them. No content is read but that of the youngest.

The system gives a file another age whenever it is written, moved or given other rights, and nobody can set that age back. But its clock
stands still for some milliseconds: a file younger than that could be written again without getting another age, so it is known by its content.
"""

import contextlib
import os
import time
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import msgspec
from msgspec import Struct

from manifesto_cli.disk.contents import hash_of
from manifesto_cli.model.layout import FOLDERS, HEADER, MANIFESTO, SOURCES

Stamp = tuple[int, int, int, int, int]
"""Of a file: two ages, size, number and rights."""

_READ = {*FOLDERS, "media", "themes"}
_YOUNG = 50_000_000
_YOUNG_IN_SECONDS = 2_000_000_000
"""Nanoseconds for which a file is young. Some disks only count seconds."""


class Mark(Struct, frozen=True):
    """What files there were."""

    files: bytes
    """A hash of the paths and stamps of all of them."""
    young: dict[str, str]
    """The hashes of what is in those whose stamps say too little."""


class Looked(Struct, frozen=True):
    """What there is to be read in the folders of a project and of libraries."""

    files: dict[str, Stamp]
    """By path."""
    names: tuple[tuple[str, ...], ...]
    """What else is in each folder: of what somebody may have meant to be read, a run would say that it is not."""


def looked_at(roots: Iterable[str], output: str) -> Looked | None:
    """What a run would read; None where that cannot be told, because a folder is missing or holds links. Its output folder makes no difference."""
    files: dict[str, Stamp] = {}
    names = []
    for root in roots:
        found = _read_in(root)
        if found is None:
            return None
        files |= found
        try:
            names.append((root, *sorted(name for name in os.listdir(root) if f"{root}/{name}" != output)))
        except OSError:
            return None
    return Looked(files, tuple(names))


def marked(looked: Looked, before: int | None = None) -> Mark | None:
    """The mark of what is read; None where that cannot be told, as if any of it is no older than `before`, in nanoseconds since 1970, or may have been there before."""
    if before is not None and (
        any(_is_young(stamp, before) for stamp in looked.files.values()) or _any_left(looked, before)
    ):
        return None
    return _mark(looked.files, looked.names)


def _any_left(looked: Looked, before: int) -> bool:
    """Whether any folder that is read has got or lost a file since then. The root of a project does with each build."""
    folders = {os.path.dirname(path) for path in looked.files} - {root for root, *_ in looked.names}
    folders |= {f"{root}/{name}" for root, *names in looked.names for name in names if name in _READ}
    with contextlib.suppress(OSError):
        ages = (os.stat(folder) for folder in folders)
        return any(_is_young((age.st_mtime_ns, age.st_ctime_ns, 0, 0, 0), before) for age in ages)
    return True


def marked_output(folder: str) -> Mark | None:
    """The mark of all that is in an output folder; None where that cannot be told."""
    found = stamps_below(folder)
    return _mark(found, ()) if found is not None else None


def still(mark: Mark, now: Mark | None) -> bool:
    """Whether what was marked is still as it was."""
    return (
        now is not None
        and mark.files == now.files
        and all(hash_of(path) == known for path, known in mark.young.items())
    )


def stamps_below(root: str, passed_over: str = "") -> dict[str, Stamp] | None:
    """The stamps of all files in a folder and those inside it, by path; None where any cannot be looked at, or is a link.

    Folders of the name to be passed over are not looked into.
    """
    found: dict[str, Stamp] = {}
    folders = [root]
    with contextlib.suppress(OSError):
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_symlink():
                        return None
                    if not entry.is_dir():
                        found[entry.path] = _stamp(entry)
                    elif entry.name != passed_over:
                        folders.append(entry.path)
        return found
    return None


def _read_in(root: str) -> dict[str, Stamp] | None:
    found: dict[str, Stamp] = {}
    with contextlib.suppress(OSError), os.scandir(root) as entries:
        for entry in entries:
            if entry.name in (MANIFESTO, HEADER, SOURCES):
                if entry.is_symlink():
                    return None
                found[entry.path] = _stamp(entry)
            elif entry.name in _READ:
                below = None if entry.is_symlink() or not entry.is_dir() else stamps_below(entry.path)
                if below is None:
                    return None
                found |= below
        return found
    return None


def _stamp(entry: "os.DirEntry[str]") -> Stamp:
    status = entry.stat(follow_symlinks=False)
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_mode


def _mark(files: Mapping[str, Stamp], names: Iterable[tuple[str, ...]]) -> Mark | None:
    now = time.time_ns()
    young = [path for path, stamp in files.items() if _is_young(stamp, now)]
    hashes = {path: found for path in young if (found := hash_of(path)) is not None}
    if len(hashes) < len(young):
        return None
    try:
        everything = msgspec.msgpack.encode((sorted(files.items()), [*names]))
    except UnicodeEncodeError:
        return None  # some systems take names that are no text
    return Mark(blake2b(everything, digest_size=32).digest(), hashes)


def _is_young(stamp: Stamp, now: int) -> bool:
    one, other = stamp[0], stamp[1]
    if one <= now - _YOUNG_IN_SECONDS and other <= now - _YOUNG_IN_SECONDS:
        return False  # nearly all are, and there may be thousands
    return any(age > now - (_YOUNG if age % 1_000_000_000 else _YOUNG_IN_SECONDS) for age in (one, other))
