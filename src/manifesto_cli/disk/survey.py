"""An output folder compared with the site that is to stand there: what changes, and what stands in the way."""

import contextlib
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import msgspec
from msgspec import Struct

from manifesto_cli.disk.contents import hash_in_place
from manifesto_cli.disk.paths import STATE, folded, folder_of, folders_above, plain, unsafe
from manifesto_cli.disk.wording import worded
from manifesto_cli.disk.workers import beside
from manifesto_cli.faults.diagnostic import Diagnostic, Faults
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.rendering.files import Copy, File, Share

Write = Callable[[File | Copy], str]
"""Writes a file, and returns its hash."""


class Place(Struct, frozen=True):
    """An output folder as it is found; nobody else builds there meanwhile."""

    root: str
    owned: Mapping[str, str]
    """The paths that are ours, with the hashes of what we wrote."""
    known: dict[str, bool]
    """For each folder looked at, whether it is there: each is looked at once."""
    spellings: dict[str, str]
    """Each owned path by how a disk sees it that does not tell capitals apart; filled when first needed."""


class Survey(Struct, frozen=True):
    """The site against the place."""

    digests: dict[str, str]
    """Every path of the site, with the hash of its bytes."""
    changed: Mapping[str, int]
    """The paths whose bytes in place are others, numbered in the order in which each process wrote them: its own number first, then each time as much
    further as there are processes."""
    respelled: tuple[str, ...]
    """Owned paths that are the same file as a changed one, though their case differs."""
    folders: tuple[str, ...]
    """The folders that the changed paths need and that are not there, each after the one that holds it."""
    texts: Mapping[str, bytes]
    """By path, the texts that are shown in a file that was made, each as `Shown`, encoded: there are many, and few are asked for."""
    made_from: Mapping[str, bytes]
    """By path, what tells what a file was made from."""


def place_at(root: str, owned: Mapping[str, str]) -> Place:
    """The folder with what is ours there; no folder of it that we own something in is a link."""
    place = Place(root, owned, {"": os.path.lexists(root)}, {})
    for folder in {folder_of(path) for path in owned}:
        folder_is_there(place, folder)
    return place


def folder_is_there(place: Place, folder: str) -> bool:
    """Whether the folder exists; a link, a file or another disk in its place, or above it, is refused.

    A link would lead out of the output folder, and no rename leads from one disk to another.
    """
    known = place.known
    if folder in known:
        return known[folder]
    for step in (*folders_above(folder), folder):
        if step not in known:
            known[step] = known[folder_of(step)] and _is_folder(place.root, step)
    return known[folder]


def _is_folder(root: str, folder: str) -> bool:
    try:
        found = os.lstat(f"{root}/{folder}")
    except FileNotFoundError:
        return False
    if stat.S_ISLNK(found.st_mode):
        raise _in_the_way(root, folder, "is a link, which could lead out of the output folder")
    if not stat.S_ISDIR(found.st_mode):
        raise _in_the_way(root, folder, "is not a folder, and the site needs one there")
    if found.st_dev != os.lstat(root).st_dev:
        raise _in_the_way(root, folder, "is on another disk than the output folder")
    return True


class NotMadeError(Exception):
    """A template has made no file of what it was given. It unwinds all that was begun, and is caught where that has been done."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(f"{len(faults)} faults in templates")
        self.faults = faults


def survey(
    place: Place,
    shares: Sequence[Share],
    writer: Callable[[int], Write],
    untouched: Mapping[str, str] = MappingProxyType({}),
) -> Survey:
    """Compare each file with what is in place, and hand those that differ to what `writer` returns for the number of the share.

    Of the files `untouched` it is known that they are in place, and what their hashes are.

    Each share is taken by a process of its own where that can be, and its files are taken one by one; no content is kept. What is in place is
    read, never believed from the list. A path that is unsafe or planned twice is a ValueError; a file in the way that is not ours is a
    ManifestoError; NotMadeError has what is wrong with templates, whose pages cannot be written.
    """

    def surveyed(number: int) -> _Part:
        return _surveyed(place, shares[number], writer(number))

    numbers = range(len(shares))
    with beside(surveyed, numbers[1:]) as others:
        parts = [*map(surveyed, numbers[:1]), *others()]
        # Put together inside of the block: meanwhile the system takes back what the others had.
        return _put_together(place, parts, untouched)


def _put_together(place: Place, parts: Sequence["_Part"], untouched: Mapping[str, str]) -> Survey:
    """What all processes have found, as one."""
    faults = tuple(fault for part in parts for fault in part.faults)
    if faults:
        raise NotMadeError(faults)
    digests = parts[0].digests if len(parts) == 1 else _together(parts)
    if untouched:
        digests = {**untouched, **digests}
    changed = {
        path: i + len(parts) * n for i, part in enumerate(parts) for n, path in enumerate(part.changed)
    }
    respelled = tuple(path for part in parts for path in part.respelled)
    around = {folder_of(path) for path in changed} - {""}
    needed = {folder for inner in around for folder in (*folders_above(inner), inner)}
    missing = tuple(folder for folder in sorted(needed) if not folder_is_there(place, folder))
    texts = {path: names for part in parts for path, names in part.texts.items()}
    made_from = {path: told for part in parts for path, told in part.made_from.items()}
    return Survey(digests, changed, respelled, missing, texts, made_from)


class _Part(Struct, frozen=True):
    """What one process has found: of its share, the same as a survey has of all."""

    digests: dict[str, str]
    changed: list[str]
    respelled: list[str]
    faults: list[Diagnostic]
    texts: dict[str, bytes]
    made_from: dict[str, bytes]


def _surveyed(place: Place, share: Share, write: Write) -> _Part:
    """What there is to say of a share. After a fault nothing more of it is written, and all its other faults are found."""
    settle = _settler()
    found = _Part({}, [], [], [], {}, {})
    for made in share:
        file = made.value
        found.faults.extend(made.faults)
        if file is None or found.faults:
            continue
        path = file.path
        settle(path)
        try:
            digest = _digest(place, file, found.respelled)
            if digest is None:
                digest = write(file)
                found.changed.append(path)
        except OSError as error:
            raise worded(error, place.root, name=f"{place.root}/{path}") from error
        found.digests[path] = digest
        if isinstance(file, File) and file.texts is not None:
            with contextlib.suppress(UnicodeEncodeError):  # as in `marks`: then nothing is remembered
                found.texts[path] = msgspec.msgpack.encode(file.texts)
        if isinstance(file, File) and file.made_from:
            found.made_from[path] = file.made_from
    return found


def _together(parts: Sequence[_Part]) -> dict[str, str]:
    """The hashes of all files. No process has seen the paths of the others: here they are settled together."""
    settle = _settler()
    for part in parts:
        for path in part.digests:
            settle(path)
    return {path: digest for part in parts for path, digest in part.digests.items()}


def _settler() -> Callable[[str], None]:
    """A function that says once for each path of a site whether it may stand there, by ValueError where not."""
    files: set[str] = set()
    folders: set[str] = set()

    def settle(path: str) -> None:
        spelling = path
        if not plain(path):
            reason = unsafe(path)
            if reason is not None:
                message = f"the path {path!r} cannot be written: {reason}"
                raise ValueError(message)
            spelling = folded(path)
        if spelling in files or spelling in folders:
            message = f"the path {path!r} is planned twice, capitals not counted"
            raise ValueError(message)
        folder = spelling.rpartition("/")[0]
        if folder and folder not in folders:
            above = (folder, *folders_above(folder))
            if not files.isdisjoint(above):
                message = f"the path {path!r} needs a folder where a file is planned"
                raise ValueError(message)
            folders.update(above)
        files.add(spelling)

    return settle


def _digest(place: Place, file: File | Copy, respelled: list[str]) -> str | None:
    """As `_digest_in_place` has it; of what is known to be in place, what the list says."""
    if isinstance(file, File) and file.in_place:
        known = place.owned.get(file.path)
        if known is None:
            raise taken_away(place.root)
        return known
    return _digest_in_place(place, file, respelled)


def _digest_in_place(place: Place, file: File | Copy, respelled: list[str]) -> str | None:
    """The hash of the file if it is in place as it should be, else None: then it may be written there."""
    path = file.path
    folder = path.rpartition("/")[0]
    there = place.known.get(folder)
    if there is None:
        there = folder_is_there(place, folder)
    if not there:
        return None
    full = f"{place.root}/{path}"
    if path in place.owned:
        digest = hash_in_place(full, file)
        if digest is None:
            check_replaceable(place.root, path)
        return digest
    spelled = ours_at(place, path)
    if spelled is not None:
        respelled.append(spelled)
    return None


def check_replaceable(root: str, path: str) -> None:
    """Refuse whatever stands at an owned path and is no regular file."""
    try:
        found = os.lstat(f"{root}/{path}")
    except FileNotFoundError:
        return
    if stat.S_ISDIR(found.st_mode):
        raise _in_the_way(root, path, "is a folder, and the site needs a file there")
    if not stat.S_ISREG(found.st_mode):
        raise _in_the_way(root, path, "is not a regular file any more")


def ours_at(place: Place, path: str) -> str | None:
    """The owned path that is the same file as this one, which is not owned; None where nothing is in place.

    There is one only where the disk does not tell capitals apart. Any other file in place is someone else's: refused.
    """
    full = f"{place.root}/{path}"
    try:
        found = os.lstat(full)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise _in_the_way(place.root, path, "is a folder, and the site needs a file there")
    if not place.spellings:
        place.spellings.update((folded(ours), ours) for ours in place.owned)
    ours = place.spellings.get(folded(path))
    if ours is not None:
        other = f"{place.root}/{ours}"
        if os.path.lexists(other) and os.path.samestat(found, os.lstat(other)):
            return ours
    raise _in_the_way(place.root, path, "was not written by this tool, and the site needs that name")


def _in_the_way(root: str, path: str, what: str) -> ManifestoError:
    return ManifestoError(
        f"`{root}/{path}` {what}",
        help="move it out of the output folder, or choose another folder with `-o`",
        status=Exit.USAGE,
    )


def taken_away(root: str) -> ManifestoError:
    """What is known to be in place is not there any more."""
    return ManifestoError(
        f"the folder `{root}` was changed while this build was at work", help="run the same command again"
    )


def holds_files(root: str) -> bool:
    """Whether anything but folders is in the folder, the tool's own state left aside; empty folders harm nobody."""
    waiting = [root]  # no recursion: a stranger's folders may be deeper than Python's stack
    while waiting:
        folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    return True
                if folder != root or entry.name != STATE:
                    waiting.append(entry.path)
    return False
