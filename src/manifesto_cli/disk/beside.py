"""What is written beside its place and renamed to it once it is whole: first builds, and files of people."""

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from manifesto_cli.disk.ownership import LIST
from manifesto_cli.disk.paths import STATE

_SHORT = 48
"""How much of a long name is kept, so that the name beside it is not too long for the disk."""


def name_beside(place: Path) -> str:
    """A hidden name in the same parent that nothing has yet."""
    return f"{place.parent / _prefix(place)}{os.urandom(4).hex()}"  # as `secrets` has it, which takes a millisecond to load


def leftovers(place: Path) -> Iterator[str]:
    """Whatever stands beside a place under such a name: killed commands have left it, unless one is at work."""
    pattern = re.compile(re.escape(_prefix(place)) + "[0-9a-f]{8}")
    return (f"{place.parent}/{name}" for name in os.listdir(place.parent) if pattern.fullmatch(name))


def start(beside: str) -> None:
    """Make the folder of a first build, marked as ours by the state folder in it."""
    os.mkdir(beside, 0o755)
    os.mkdir(f"{beside}/{STATE}", 0o755)


def remove_beside(beside: str) -> None:
    """Remove an unfinished first build; whatever else bears such a name stays as it is."""
    with contextlib.suppress(
        OSError, RecursionError
    ):  # the latter from a stranger's folders, deeper than the stack
        names = os.listdir(beside)
        if os.path.islink(beside) or (names and not _is_folder(f"{beside}/{STATE}")):
            return
        for name in sorted(names, key=lambda name: name == STATE):
            place = f"{beside}/{name}"
            if _is_folder(place):
                shutil.rmtree(place)  # follows no links
            else:
                os.unlink(place)
        os.rmdir(beside)


def retire(folder: Path) -> None:
    """Remove an output folder's state, and the folder with it if it holds nothing else.

    In one step, by renaming it to what the next run clears, so that being killed leaves no empty folder of which
    nobody knows whose it was. Where renaming is refused, as with a folder that is a disk of its own, one by one.
    """
    root = str(folder)
    if os.listdir(root) == [STATE] and set(os.listdir(f"{root}/{STATE}")) <= {"owned.json"}:
        beside = name_beside(folder)
        with contextlib.suppress(OSError):
            os.rename(root, beside)
            remove_beside(beside)
            return
    with contextlib.suppress(FileNotFoundError):
        os.unlink(f"{root}/{LIST}")
    for place in (f"{root}/{STATE}", root):
        with contextlib.suppress(OSError):  # something else is in it, or it may not go
            os.rmdir(place)


def _prefix(place: Path) -> str:
    return f".{place.name[:_SHORT]}.manifesto-"


def _is_folder(place: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(place).st_mode)
    except FileNotFoundError:
        return False
