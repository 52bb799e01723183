"""A published folder, swapped: readers see the old site or the new one, never a mixture.

The whole new site is written beside the folder; then the two change names in one step. Where the system has no such step, two
renames do, and the next command completes what was cut short between them. Where the folder cannot be renamed, the site is published in
it file by file (`publishing`), and that is said.

Files of other people are refused, unless they are to be kept: then they get a second name in the new site. Nothing is lost by that, neither
owner nor rights nor what somebody is writing into them at that moment. The site's own files get none, though most of them are as
before: two names of one file would let whatever writes into a file in place, such as a tool that copies or an editor, change both sites at once, the
one that is read and the one that is being made; and the new one is to have the rights that new files have. Writing them anew costs little.
"""

import contextlib
import errno
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path

from msgspec import Struct

from manifesto_cli.disk import exchange
from manifesto_cli.disk.beside import name_beside, start
from manifesto_cli.disk.contents import hash_of, write_new
from manifesto_cli.disk.guard import Protected, guard
from manifesto_cli.disk.leftovers import entries, same_file, settle_beside
from manifesto_cli.disk.others import (
    StaysPutError,
    There,
    carry,
    is_kept,
    kept_paths,
    look,
    make_alike,
    refuse,
)
from manifesto_cli.disk.ownership import LIST, NEXT, encoded_list
from manifesto_cli.disk.paths import STATE
from manifesto_cli.disk.publishing import Published, alone, build_first, lists_in, settle, update, writer_in
from manifesto_cli.disk.survey import Place, survey
from manifesto_cli.disk.wording import DENIED, told
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.rendering.files import Copy, File, undivided

_FIXED = {errno.EXDEV, errno.EBUSY, errno.EROFS, *DENIED}
"""What the system says where a folder may not bear another name."""
_LISTED, _TYPED = "`-o", "`--to"


class How(Enum):
    """The way in which a site came into its folder."""

    NEW = "new"
    """There was no folder: it was renamed into its place once it was whole."""
    EXCHANGED = "exchanged"
    """In one step."""
    RENAMED = "renamed"
    """In two steps, between which there was no site for a moment."""
    IN_PLACE = "in place"
    """File by file, assets before pages."""
    UNCHANGED = "unchanged"
    """It was there already."""


class Swapped(Struct, frozen=True):
    """What publishing did to a folder; paths are relative to it and sorted."""

    target: Path
    """The real folder, links resolved."""
    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    """What is not the tool's, and stays beside the site."""
    unchanged: int
    how: How
    why: str = ""
    """Why it was done in place, in words that follow "because"."""


class _Order(Struct, frozen=True):
    """A folder that is there, and what is to become of it."""

    folder: Path
    root: str
    listed: Mapping[str, str]
    """What the tool wrote there, with the hashes."""
    kept: frozenset[str]
    there: There


def swap(
    target: Path, files: Iterable[File | Copy], *, kept: Collection[str], protected: Protected
) -> Swapped:
    """Let the folder hold exactly these files, and what is to be kept of those that are not the tool's.

    The files are taken one by one, and what their making raises passes through. Whatever is raised, the old site is there, whole; once the new one is,
    nothing is raised any more. Files that are not the tool's and are not to be kept are refused, before anything is written.
    """
    with _typed():
        wanted = kept_paths(kept)
        folder = guard(target, protected)
        root = str(folder)
        with alone(folder, make_parents=True):
            if not os.path.lexists(root):
                return _told(build_first(folder, root, undivided(files)), How.NEW)
            with told(root):
                settle_beside(folder, ())
                _, listed = settle(root)
                there = look(root, listed or {}, wanted)
            refuse(there.strangers, root)
            order = _Order(folder, root, listed or {}, wanted, there)
            why = _fixed(folder)
            return _in_place(order, files, why) if why else _swapped(order, files)


def refuse_beforehand(target: Path, *, kept: Collection[str], protected: Protected) -> None:
    """Raise what `swap` would refuse before it writes anything: the place, and files of others. Nothing is touched."""
    with _typed():
        wanted = kept_paths(kept)
        root = str(guard(target, protected))
        with told(root):
            if not os.path.lexists(root):
                return
            listed = {path for found in lists_in(root) for path in found}
            there = look(root, listed, wanted)
        # What a build that was cut short has left in the tool's own folder is finished or cleared by the next command.
        refuse([path for path in there.strangers if not path.startswith(f"{STATE}/")], root)


def _fixed(folder: Path) -> str:
    """Why the folder cannot bear another name, as far as can be told without trying; empty if it may."""
    if os.path.ismount(folder):
        return "the folder is a disk of its own"
    if not os.access(folder.parent, os.R_OK | os.W_OK | os.X_OK):
        return "the folder above it cannot be written"
    return ""


def _in_place(order: _Order, files: Iterable[File | Copy], why: str) -> Swapped:
    done = update(order.folder, order.root, undivided(files), shared=True)
    return _told(done, How.IN_PLACE, order.there.kept, why)


def _swapped(order: _Order, files: Iterable[File | Copy]) -> Swapped:
    beside, spare = name_beside(order.folder), name_beside(order.folder)
    digests: dict[str, str] | None = None
    try:
        with told(order.root):
            _begin(order, beside)
        digests = _written(order, beside, files)
        with told(order.root):
            return _taken(order, beside, spare, digests)
    except StaysPutError as reason:
        whole = files if digests is None else (Copy(path, f"{beside}/{path}") for path in digests)
        return _in_place(order, whole, str(reason))
    finally:
        with contextlib.suppress(OSError):
            settle_beside(order.folder, (beside, spare))


def _begin(order: _Order, beside: str) -> None:
    """Make the folder of the new site, marked as such, with the owner and rights of the old one, so that what is made in it inherits the same."""
    try:
        start(beside)
    except OSError as error:
        raise _as_stays_put(error) from error
    write_new(f"{beside}/{NEXT}", ())
    make_alike(beside, order.root)
    os.chmod(beside, os.stat(beside).st_mode | 0o700)


def _written(order: _Order, beside: str, files: Iterable[File | Copy]) -> dict[str, str]:
    """Write the site, whole; the hash of each file."""
    # Named is the folder that is meant, and nothing in it counts as there: all is written.
    there = Place(order.root, {}, {"": False}, {})
    return survey(there, undivided(files), lambda _: writer_in(beside)).digests


def _taken(order: _Order, beside: str, spare: str, digests: dict[str, str]) -> Swapped:
    """Let the site that is written take the place of the one that is there."""
    old = {path: hash_of(f"{order.root}/{path}") for path in order.there.ours}
    stale = {path for path in old if path not in digests}
    staying = {path for path in stale if is_kept(path, order.kept)}
    refuse(sorted(path for path in stale - staying if old[path] != order.listed[path]), order.root)
    taken = sorted({*order.there.kept, *staying})
    written = tuple(sorted(path for path in digests if old.get(path) != digests[path]))
    removed = tuple(sorted(stale - staying))
    done = Swapped(order.folder, written, removed, tuple(taken), len(digests) - len(written), How.UNCHANGED)
    if not written and order.listed.keys() == digests.keys():
        return done
    carry(order.root, beside, taken)
    for path, is_folder in entries(beside):
        if is_folder and path != STATE and os.path.isdir(f"{order.root}/{path}"):
            make_alike(f"{beside}/{path}", f"{order.root}/{path}")
    write_new(f"{beside}/{LIST}", (encoded_list(digests),))
    make_alike(beside, order.root)
    how = _change_names(order.root, beside, spare)
    retired = beside if how is How.EXCHANGED else spare
    late = _late(order, retired, taken, {path: old[path] for path in removed})
    if late:
        _change_back(order.root, beside, spare, how)
        raise _meanwhile(order.root, late)
    return Swapped(order.folder, written, removed, tuple(taken), done.unchanged, how)


def _change_names(root: str, beside: str, spare: str) -> How:
    try:
        exchange.exchange(beside, root)
    except OSError as error:
        if error.errno not in exchange.CANNOT:
            raise _as_stays_put(error) from error
    else:
        return How.EXCHANGED
    try:
        os.rename(root, spare)
    except OSError as error:
        raise _as_stays_put(error) from error
    try:
        os.rename(beside, root)
    except OSError as error:
        os.rename(spare, root)
        raise _as_stays_put(error) from error
    return How.RENAMED


def _change_back(root: str, beside: str, spare: str, how: How) -> None:
    if how is How.EXCHANGED:
        exchange.exchange(beside, root)
    else:
        os.rename(root, beside)
        os.rename(spare, root)


def _late(order: _Order, retired: str, taken: Collection[str], removed: Mapping[str, str | None]) -> str:
    """What somebody has put into the old site, or changed in it, while the new one was made; empty for nothing."""
    now = look(retired, order.listed, order.kept)
    new = {*now.strangers, *now.kept} - {*taken}
    changed = [path for path in taken if not same_file(f"{retired}/{path}", f"{order.root}/{path}")]
    changed += [
        path for path, digest in removed.items() if hash_of(f"{retired}/{path}") not in (digest, None)
    ]
    return next(iter(sorted(new) + changed), "")


def _as_stays_put(error: OSError) -> Exception:
    """A refusal to rename, as a reason to leave the folder where it is; any other fault as it is."""
    return StaysPutError("the folder cannot be renamed") if error.errno in _FIXED else error


def _meanwhile(root: str, path: str) -> ManifestoError:
    return ManifestoError(
        f"`{path}` in `{root}` was changed meanwhile, so nothing was published",
        help="run the same command again",
    )


def _told(done: Published, how: How, kept: Collection[str] = (), why: str = "") -> Swapped:
    stays = tuple(sorted({*kept, *done.kept}))
    return Swapped(done.target, done.written, done.removed, stays, done.unchanged, how, why)


@contextlib.contextmanager
def _typed() -> Iterator[None]:
    """What is refused is said in the words of the command: it has another option for the folder than a build."""
    try:
        yield
    except ManifestoError as fault:
        raise ManifestoError(
            fault.headline, help=fault.help.replace(_LISTED, _TYPED), status=fault.status
        ) from fault
