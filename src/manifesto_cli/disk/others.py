"""Files of other people in a published folder: found, refused, or taken along into the folder that takes its place."""

import contextlib
import errno
import os
import stat
from collections.abc import Collection, Iterable

from msgspec import Struct

from manifesto_cli.disk.leftovers import LITTER, entries
from manifesto_cli.disk.ownership import LIST
from manifesto_cli.disk.paths import STATE, folders_above, unsafe
from manifesto_cli.faults.error import Exit, ManifestoError

_SHOWN = 10
_CLASH = {errno.EEXIST, errno.ENOTDIR}
_PASSES = {errno.ENOSPC, errno.EDQUOT, errno.ENOENT}
"""What the system may say for which another way of publishing would be no remedy."""
_LINK = {"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}


class StaysPutError(Exception):
    """Why a folder cannot be swapped for another, in words that follow "because"; then the site is published in it."""


class There(Struct, frozen=True):
    """What a published folder holds, by path; the tool's own state left aside."""

    ours: tuple[str, ...]
    """Regular files that the tool's list names."""
    kept: tuple[str, ...]
    """What is not ours and is to be kept."""
    strangers: tuple[str, ...]
    """What is not ours and about which nothing was said."""


def kept_paths(kept: Iterable[str]) -> frozenset[str]:
    """The paths as they are compared: files, and folders with all that is in them. ManifestoError for one that cannot be in the folder."""
    found = {path.removeprefix("./").rstrip("/"): path for path in kept}
    for path, given in found.items():
        reason = unsafe(path)
        if reason is not None:
            raise ManifestoError(
                f"`--keep {given[:80]}` names nothing inside the folder: {reason}",
                help="write the path of a file as seen from that folder, such as `--keep google123.html`",
                status=Exit.USAGE,
            )
    return frozenset(found)


def is_kept(path: str, kept: frozenset[str]) -> bool:
    """Whether the path is one of those to be kept, or is inside one."""
    return not kept.isdisjoint((path, *folders_above(path)))


def look(root: str, listed: Collection[str], kept: frozenset[str]) -> There:
    """Everything in the folder that is a file, or a link, or another disk; nothing is followed."""
    ours, known, strangers = [], [], []
    for path, is_folder in entries(root):
        if is_folder or path == LIST:
            continue
        if path in listed and stat.S_ISREG(os.lstat(f"{root}/{path}").st_mode):
            ours.append(path)
        elif is_kept(path, kept):
            known.append(path)
        elif path.rpartition("/")[2].lower() not in LITTER:
            strangers.append(path)
    return There(tuple(sorted(ours)), tuple(sorted(known)), tuple(sorted(strangers)))


def refuse(strangers: Collection[str], root: str) -> None:
    """ManifestoError that names files which are not the tool's, and says how to keep them."""
    if not strangers:
        return
    first = [*strangers][:_SHOWN]
    more = f" and {len(strangers) - len(first):,} more" if len(strangers) > len(first) else ""
    state = next((path for path in strangers if path.startswith(f"{STATE}/")), None)
    how = f"keep what belongs there with `--keep {first[0]}`, and move the rest out of the folder"
    raise ManifestoError(
        f"`{root}` holds what this tool did not put there: {', '.join(f'`{path}`' for path in first)}{more}",
        help=f"move `{state}` out of the folder" if state else how,
        status=Exit.USAGE,
    )


def carry(old: str, new: str, paths: Iterable[str]) -> None:
    """Give these files of a folder a second name in another one. ManifestoError where something has that name there already.

    A link is made anew, with the words that it leads by. StaysPutError where the disk gives no second name: a copy would lose owner and rights.
    """
    for path in paths:
        try:
            for above in folders_above(path):
                with contextlib.suppress(FileExistsError):
                    os.mkdir(f"{new}/{above}", 0o755)
            if os.path.islink(f"{old}/{path}"):
                os.symlink(os.readlink(f"{old}/{path}"), f"{new}/{path}")
            else:
                os.link(f"{old}/{path}", f"{new}/{path}", **_LINK)
        except OSError as error:
            if error.errno in _CLASH:
                raise _clash(path) from None
            if error.errno in _PASSES:
                raise
            reason = f"`{path}` is to stay, and cannot be taken along"
            raise StaysPutError(reason) from error


def make_alike(new: str, old: str) -> None:
    """Give a folder the owner, group, rights and lists of rights of another; StaysPutError where that is not allowed."""
    wanted, found = os.stat(old), os.stat(new)
    try:
        if (wanted.st_uid, wanted.st_gid) != (found.st_uid, found.st_gid):
            os.chown(new, wanted.st_uid, wanted.st_gid)
        _copy_attributes(old, new)
        os.chmod(new, stat.S_IMODE(wanted.st_mode))
        found = os.stat(new)
    except PermissionError as error:
        reason = "another folder in its place could not have its owner and rights"
        raise StaysPutError(reason) from error
    if _rights(found) != _rights(wanted):
        reason = "another folder in its place could not have its owner and rights"
        raise StaysPutError(reason)


def _rights(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)


def _copy_attributes(old: str, new: str) -> None:
    """Lists of rights and labels, as far as the disk has any and lets us write them."""
    if not hasattr(os, "listxattr"):
        return
    with contextlib.suppress(OSError):
        for name in os.listxattr(old):
            with contextlib.suppress(OSError):
                os.setxattr(new, name, os.getxattr(old, name))


def _clash(path: str) -> ManifestoError:
    return ManifestoError(
        f"the site has a file `{path}` of its own, and the one that is there was to be kept",
        help="rename the one that is kept, or delete it where it is",
        status=Exit.USAGE,
    )
