"""Small sites, folders compared, and refusals caught: for the tests of writing output folders."""

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from manifesto_cli.disk import publishing
from manifesto_cli.disk.guard import Protected
from manifesto_cli.disk.publishing import Published
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.rendering.files import Copy, File, undivided

OPEN = Protected()
OLD = {
    "index.html": "old home",
    "pledges/parks.html": "parks",
    "pledges/trams.html": "trams",
    "style.css": "old",
}
NEW = {
    "index.html": "new home",
    "pledges/parks.html": "parks",
    "cases/ghent.html": "ghent",
    "style.css": "new",
}


def files(texts: dict[str, str]) -> list[File]:
    return [File(path, text.encode()) for path, text in texts.items()]


def publish(target: Path, files: Iterable[File | Copy], *, protected: Protected) -> Published:
    """Publish files with which nothing can be wrong, as one share."""
    published = publishing.publish(target, undivided(files), protected=protected).value
    assert published
    return published


def rehearse(target: Path, files: Iterable[File | Copy], *, protected: Protected) -> Published:
    rehearsed = publishing.rehearse(target, undivided(files), protected=protected).value
    assert rehearsed
    return rehearsed


def build(target: Path, texts: dict[str, str]) -> Published:
    return publish(target, files(texts), protected=OPEN)


def site(target: Path) -> dict[str, str]:
    """Every file of the folder but the tool's own."""
    found = {path.relative_to(target).as_posix(): path for path in target.rglob("*") if path.is_file()}
    return {name: path.read_text() for name, path in found.items() if not name.startswith(".manifesto/")}


def state(target: Path) -> list[str]:
    """The tool's own files in the folder: after a build nothing but the list."""
    return names(target / ".manifesto")


def names(folder: Path) -> list[str]:
    """What the folder holds, hidden or not."""
    return sorted(path.name for path in folder.iterdir())


def everything(top: Path) -> dict[str, tuple[int, bytes | str]]:
    """Every file, folder and link below, with its mode and what it holds: two of these are equal if nothing was touched."""
    found: dict[str, tuple[int, bytes | str]] = {}
    for path in sorted(top.rglob("*")):
        mode = path.lstat().st_mode
        held: bytes | str = ""
        if stat.S_ISLNK(mode):
            held = str(path.readlink())
        elif stat.S_ISREG(mode):
            held = path.read_bytes()
        found[path.relative_to(top).as_posix()] = (mode, held)
    return found


def refused(work: Callable[[], object], *words: str) -> ManifestoError:
    with pytest.raises(ManifestoError) as caught:
        work()
    for word in words:
        assert word in caught.value.headline
    assert caught.value.help
    return caught.value


@contextlib.contextmanager
def capitals_do_not_count() -> Iterator[None]:
    """Within, the disk finds a file by any spelling and keeps the first, as those of macOS and Windows do.

    It stands in for such a disk, which cannot be had everywhere: each call to the system gets the spelling in place.
    """
    originals = {
        name: getattr(os, name) for name in ("lstat", "open", "mkdir", "unlink", "rmdir", "replace", "rename")
    }

    def in_place(path: str) -> str:
        top, _, rest = os.fspath(path).partition("/public/")
        found = top + "/public" if rest else top
        for part in rest.split("/") if rest else []:
            there = {name.casefold(): name for name in (os.listdir(found) if os.path.isdir(found) else [])}  # noqa: PTH112, PTH208 - no calls that are replaced here
            found = f"{found}/{there.get(part.casefold(), part)}"
        return found

    def spelled(name: str) -> Callable[..., Any]:
        def call(path: str, *more: Any, **named: Any) -> Any:
            if name in {"replace", "rename"}:
                more = (in_place(more[0]), *more[1:])
            return originals[name](in_place(path), *more, **named)

        return call

    for name in originals:
        setattr(os, name, spelled(name))
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(os, name, original)
