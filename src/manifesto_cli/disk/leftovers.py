"""What killed commands left beside an output folder: unfinished sites, which go, and sites that were swapped, which are finished with.

A site that is to take another's place bears a mark (`ownership.NEXT`) from its first step on, so that whoever finds it can tell it from the site that it
takes the place of. That one may hold what is not ours: of it nothing goes but what its list names and what is in the new site, too.
"""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from manifesto_cli.disk.beside import leftovers, remove_beside
from manifesto_cli.disk.contents import hash_of
from manifesto_cli.disk.ownership import LIST, NEXT, check_state, read_list
from manifesto_cli.disk.paths import STATE, is_page
from manifesto_cli.faults.error import ManifestoError

LITTER = {".ds_store", "thumbs.db"}
"""What systems put into every folder that somebody looks at: nobody misses it."""


def clear_leftovers(folder: Path) -> None:
    """Finish with whatever killed commands left beside a folder; only while holding the lock.

    A swap of two names that was cut short between them is completed. What cannot be removed stays: it harms nobody.
    """
    with contextlib.suppress(OSError):
        settle_beside(folder, tuple(leftovers(folder)))


def settle_beside(folder: Path, beside: Iterable[str]) -> None:
    """Have one site in the folder, whatever of a swap was done, and none of these beside it."""
    root = str(folder)
    waiting = [place for place in beside if os.path.isdir(place) and not os.path.islink(place)]
    if not os.path.lexists(root):
        _complete(root, waiting)
    _unmark(root)
    for place in waiting:
        if not os.path.lexists(place):
            continue
        if _is_marked(place) or not _was_in_place(place):
            remove_beside(place)
        else:
            remove_retired(place, root)


def remove_retired(old: str, root: str) -> None:
    """Remove a site whose place another has taken, file by file, pages first.

    What the tool wrote goes if it still is as it was written, or has been written anew; so does what is in the new site as
    well, under a second name. Whatever else is there stays, and the folders that hold it.
    """
    with contextlib.suppress(OSError, ManifestoError):
        check_state(old)
        listed = read_list(old) or {}
        anew = read_list(root) or {}
        folders: list[str] = []
        paths: list[str] = []
        for path, is_folder in entries(old):
            (folders if is_folder else paths).append(path)
        for path in sorted(paths, key=lambda path: (not is_page(path), path)):
            if path != LIST and _may_go(old, root, path, listed, anew):
                os.unlink(f"{old}/{path}")
        for folder in sorted(folders, reverse=True):
            if folder != STATE:
                with contextlib.suppress(OSError):
                    os.rmdir(f"{old}/{folder}")
        if set(os.listdir(old)) <= {STATE}:  # the list goes last: until then, whoever comes next can go on
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{old}/{LIST}")
                os.rmdir(f"{old}/{STATE}")
            os.rmdir(old)


def entries(root: str) -> Iterator[tuple[str, bool]]:
    """Every path in a folder, and whether it is a folder of the same disk; none is followed that is a link or another disk's."""
    disk = os.lstat(root).st_dev
    waiting = [""]  # no recursion: a stranger's folders may be deeper than Python's stack
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{root}/{folder}") as found:
            for entry in found:
                path = f"{folder}{entry.name}"
                inside = (
                    entry.is_dir(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_dev == disk
                )
                yield path, inside
                if inside:
                    waiting.append(f"{path}/")


def same_file(one: str, other: str) -> bool:
    """Whether two paths are names of one file, or links that lead to the same place."""
    try:
        found, wanted = os.lstat(one), os.lstat(other)
        if stat.S_ISLNK(found.st_mode) and stat.S_ISLNK(wanted.st_mode):
            return os.readlink(one) == os.readlink(other)
        return os.path.samestat(found, wanted)
    except OSError:
        return False


def _complete(root: str, waiting: Iterable[str]) -> None:
    """Put a whole new site into the place that was made free for it."""
    ready = [place for place in waiting if _is_marked(place) and _has_list(place)]
    retired = [place for place in waiting if not _is_marked(place)]
    if len(ready) == 1 and retired:
        os.rename(ready[0], root)


def _may_go(old: str, root: str, path: str, listed: Mapping[str, str], anew: Mapping[str, str]) -> bool:
    if path in listed and (path in anew or hash_of(f"{old}/{path}") == listed[path]):
        return stat.S_ISREG(os.lstat(f"{old}/{path}").st_mode)
    return path.rpartition("/")[2].lower() in LITTER or same_file(f"{old}/{path}", f"{root}/{path}")


def _unmark(root: str) -> None:
    with contextlib.suppress(OSError):
        if stat.S_ISDIR(os.lstat(f"{root}/{STATE}").st_mode):
            os.unlink(f"{root}/{NEXT}")


def _is_marked(place: str) -> bool:
    return os.path.lexists(f"{place}/{NEXT}")


def _has_list(place: str) -> bool:
    return os.path.lexists(f"{place}/{LIST}")


def _was_in_place(place: str) -> bool:
    """Whether a folder without a mark may be one whose place was taken: a whole site, or files of a person without any state of the tool.

    An unfinished first build has no list, or the half of one: that is written last.
    """
    with contextlib.suppress(OSError, ManifestoError):
        names = os.listdir(place)
        return bool(names) if STATE not in names else read_list(place) is not None
    return False
