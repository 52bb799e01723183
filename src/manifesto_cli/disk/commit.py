"""From a staged site to one in place: each step can be cut short, and the whole be taken up again.

The journal says what is meant; the disk says how far it got: a staged file that is gone has been moved.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Mapping

from msgspec import Struct

from manifesto_cli.disk.contents import hash_of
from manifesto_cli.disk.ownership import (
    JOURNAL,
    LIST,
    STAGE,
    STAGED_LIST,
    Journal,
    drafted_folders,
    read_journal,
    read_list,
    unusable,
)
from manifesto_cli.disk.paths import STATE, folder_of, folders_above, is_page
from manifesto_cli.disk.survey import check_replaceable, folder_is_there, ours_at, place_at
from manifesto_cli.faults.error import ManifestoError

_MAY_STAY = {
    *(errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR),  # in use, or gone already
    *(errno.EBUSY, errno.EACCES, errno.EPERM, errno.EROFS),  # a disk of its own, or not ours to remove
}
"""Why an empty folder may stay, or never was: no failure of a build."""


class Settled(Struct, frozen=True):
    """What a commit did, by path."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Owned before, no longer made, changed by hand meanwhile: left there, and no longer ours."""


def finish(root: str) -> Settled:
    """Complete the commit that another build began in this folder, if there is one.

    The journal may come from a stranger, and the folder may have been edited since: all is checked before anything moves.
    """
    journal = read_journal(root)
    if journal is None:
        return Settled()
    old = read_list(root) or {}
    new = read_list(root, STAGED_LIST)
    pending = [path for path, number in journal.writes.items() if _is_staged(root, number)]
    if new is None:  # the last step but one had been done: the list is in place
        if pending:
            raise unusable(root, JOURNAL, f"`{STAGED_LIST}` is missing")
        _drop(root)
        return Settled()
    _check(root, journal, old, new)
    place = place_at(root, old)
    for path in pending:
        if not folder_is_there(place, folder_of(path)):
            continue
        if path in old:
            check_replaceable(root, path)
        elif ours_at(place, path) not in {None, *journal.respelled}:
            raise unusable(root, JOURNAL, f"it does not say that `{path}` takes another file's place")
    make_folders(root, sorted(f for path in pending for f in folders_above(path) if not place.known[f]))
    settled = commit(root, journal, old, new)
    return Settled(tuple(sorted(pending)), settled.removed, settled.kept)


def _check(root: str, journal: Journal, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    if not journal.writes.keys() <= new.keys():
        raise unusable(root, JOURNAL, "it writes files that the new list does not name")
    if not old.keys() >= set(journal.respelled):
        raise unusable(root, JOURNAL, "it replaces files that the list does not name")


def _is_staged(root: str, number: int) -> bool:
    name = f"{STAGE}/{number}"
    try:
        found = os.lstat(f"{root}/{name}")
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(found.st_mode):  # a link would be moved into the site, and publish what it points at
        raise unusable(root, name, "it is not a regular file")
    return True


def commit(root: str, journal: Journal, old: Mapping[str, str], new: Mapping[str, str]) -> Settled:
    """Move what is staged into place, remove what is no longer made, then put the new list in place of the old.

    Each path of the old list and of the journal was checked. May be called again after having been cut short.
    """
    if journal.respelled and all(_is_staged(root, number) for number in journal.writes.values()):
        # The old spelling goes first, as a rename onto it would keep it; never once a file has moved: by then the
        # old spelling means the new file.
        for path in journal.respelled:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{root}/{path}")
    for path, number in journal.writes.items():
        staged = f"{root}/{STAGE}/{number}"
        try:
            os.replace(staged, f"{root}/{path}")
        except FileNotFoundError:
            if os.path.lexists(staged):  # then it is the folder that went
                raise
    stale = old.keys() - new.keys() - set(journal.respelled)
    removed, kept = prune(root, stale, (old,), remove=True)
    os.replace(f"{root}/{STAGED_LIST}", f"{root}/{LIST}")
    _drop(root)
    return Settled(tuple(sorted(journal.writes)), removed, kept)


def _drop(root: str) -> None:
    os.unlink(f"{root}/{JOURNAL}")
    clear_stage(root)


def prune(
    root: str, stale: Iterable[str], lists: tuple[Mapping[str, str], ...], *, remove: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Remove those of the stale files that are as a list says we wrote them, and the folders that this empties.

    Returns what was removed (or would be, if `remove` is false) and what was kept, because it was changed by hand.
    Pages go before assets: no page ever refers to an asset that is gone already.
    """
    removed: list[str] = []
    kept: list[str] = []
    folders: set[str] = set()
    for path in sorted(stale, key=lambda path: (not is_page(path), path)):
        full = f"{root}/{path}"
        folders.update(folders_above(path))
        if not os.path.lexists(full):
            continue
        if hash_of(full) not in [listed[path] for listed in lists if path in listed]:
            kept.append(path)
            continue
        removed.append(path)
        if remove:
            os.unlink(full)
    if remove:
        remove_empty(root, folders)
    return tuple(removed), tuple(kept)


def make_folders(root: str, folders: Iterable[str]) -> None:
    """Make the folders, each given after the one that holds it; one that is there already is fine."""
    for folder in folders:
        with contextlib.suppress(FileExistsError):
            os.mkdir(f"{root}/{folder}", 0o755)


def remove_empty(root: str, folders: Iterable[str]) -> None:
    """Remove those of the folders that are empty, the innermost first."""
    for folder in sorted(folders, reverse=True):
        try:
            os.rmdir(f"{root}/{folder}")
        except OSError as error:
            if error.errno not in _MAY_STAY:  # any other failure is worth another attempt by the next command
                raise


def clear_stage(root: str) -> None:
    """Drop what a build staged and never committed, and the folders that it made for it, if they are still empty.

    The stage is known to be no link, and there is no journal. The folders go first, while the draft that names them is
    still there.
    """
    place = place_at(root, {})
    for folder in sorted(drafted_folders(root), reverse=True):
        with contextlib.suppress(ManifestoError):  # a link on the way: nothing there was made by us
            if folder_is_there(place, folder):
                remove_empty(root, [folder])
    try:
        names = sorted(os.listdir(f"{root}/{STAGE}"))
    except FileNotFoundError:
        names = []
    for name in names:
        full = f"{root}/{STAGE}/{name}"
        if stat.S_ISDIR(os.lstat(full).st_mode):
            raise unusable(root, f"{STAGE}/{name}", "the tool makes no folder there")
        os.unlink(full)
    remove_empty(root, [STAGE, STATE])  # the state stays where a list is in it


def abandon(root: str, *, complete: bool) -> None:
    """After a failure: back to the old site. Past the commit point the new one is completed now, or by the next command.

    The disk is asked whether that point was passed, as a failure may strike between a step and any note of it.
    """
    with contextlib.suppress(OSError, ManifestoError):
        if os.path.lexists(f"{root}/{JOURNAL}"):
            if not complete:
                return
            finish(root)
        clear_stage(root)
