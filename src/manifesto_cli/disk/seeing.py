"""What a run would read of a folder, without reading it: the age and size of every file, so that a change can be told from noise."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from manifesto_cli.disk.trees import MAX_DEPTH
from manifesto_cli.model.layout import FOLDERS, HEADER, MANIFESTO
from manifesto_cli.patterns import pattern

_READ = (*FOLDERS, "media", "themes")
_RECORD = pattern(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
_LOCK = "index.lock"
_LONGEST = 4096

Stamp = tuple[int, int, int]
"""Age, size and number of a file: whatever writes it changes one of them."""


class Seen(Struct, frozen=True):
    """What is there to be read."""

    files: Mapping[str, Stamp]
    """By absolute path."""
    folders: frozenset[tuple[str, int]]
    """Those in which a change would matter, each with its number: one that was deleted and made again is another."""
    missing: bool = False
    """Whether one of the roots is not there."""


def see(roots: Iterable[Path]) -> Seen:
    """What is there in the folders of a project and of libraries. Outputs, hidden files and what editors leave behind are not looked at."""
    files: dict[str, Stamp] = {}
    folders: set[tuple[str, int]] = set()
    missing = False
    for root in dict.fromkeys(os.path.realpath(root) for root in roots):
        number = _number(root)
        if number is None:
            missing = True
            continue
        folders.add((root, number))
        # Without either of these nothing in the folder is read: a path that leads anywhere must not have the whole disk looked at.
        known = any(os.path.lexists(os.path.join(root, name)) for name in (MANIFESTO, HEADER))
        for entry in _entries(root):
            if _is_folder(entry):
                if known and entry.name in _READ and not entry.is_symlink():
                    _walk(entry.path, 1, files, folders)
            elif _RECORD.search(entry.name):
                _stamp(entry, files)
    return Seen(files, frozenset(folders), missing)


def differing(before: Seen, now: Seen) -> tuple[str, ...]:
    """The paths of files that are new, gone or changed."""
    return tuple(sorted({path for path, _ in before.files.items() ^ now.files.items()}))


def _walk(folder: str, depth: int, files: dict[str, Stamp], folders: set[tuple[str, int]]) -> None:
    number = _number(folder)
    if number is None or depth > MAX_DEPTH:
        return
    folders.add((folder, number))
    for entry in _entries(folder):
        if _is_folder(entry):
            if not entry.is_symlink():
                _walk(entry.path, depth + 1, files, folders)
        else:
            _stamp(entry, files)


def _entries(folder: str) -> Iterator["os.DirEntry[str]"]:
    """What is in a folder, as far as anybody reads it; nothing where it has gone away or is closed to us."""
    try:
        with os.scandir(folder) as found:
            yield from (
                entry
                for entry in found
                if not entry.name.startswith((".", "#")) and not entry.name.endswith("~")
            )
    except OSError:
        return


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _stamp(entry: "os.DirEntry[str]", files: dict[str, Stamp]) -> None:
    try:
        status = entry.stat()
    except OSError:  # a link to nothing, or gone since
        files[entry.path] = (0, 0, 0)
        return
    # Whether a file may be read does not change its age, and turns a fault into none.
    files[entry.path] = (status.st_mtime_ns, status.st_size, status.st_ino ^ stat.S_IMODE(status.st_mode))


def _number(folder: str) -> int | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_ino if stat.S_ISDIR(status.st_mode) else None


def git_locks(roots: Iterable[Path]) -> tuple[str, ...]:
    """Where git keeps a file as long as it changes the files of one of these folders."""
    found = (_git_folder(Path(os.path.realpath(root))) for root in roots)
    return tuple(dict.fromkeys(os.path.join(folder, _LOCK) for folder in found if folder))


def _git_folder(root: Path) -> str | None:
    for folder in (root, *root.parents):
        place = folder / ".git"
        if place.is_dir():
            return str(place)
        if place.is_file():  # a work tree of its own says where its git folder is
            try:
                with open(place, encoding="utf-8") as stream:
                    said = stream.read(_LONGEST)
            except (OSError, UnicodeDecodeError):
                return None
            return os.path.join(folder, said.partition("gitdir:")[2].strip())
    return None
