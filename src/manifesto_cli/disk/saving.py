"""A person's own file, written anew or for the first time: whole or not at all, and never over what it was not read from."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from manifesto_cli.disk.beside import leftovers, name_beside
from manifesto_cli.disk.contents import write_new
from manifesto_cli.disk.trees import read_file
from manifesto_cli.disk.wording import DENIED, FULL
from manifesto_cli.faults.error import Exit, ManifestoError


def save(path: Path, before: bytes, after: bytes) -> None:
    """Replace a file's bytes, which must still be `before`; its mode stays. ManifestoError leaves the old file as it was.

    A link is followed to the file that it means, unless that lies outside the folder of the link. The new file is written
    beside the old one and renamed over it, so that whoever reads sees one or the other, also if this is killed.
    """
    real = _inside(path)
    with _told(path):
        if not os.access(real, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        status = os.stat(real)
        for left in leftovers(Path(real)):
            with contextlib.suppress(OSError):
                os.unlink(left)
        beside = name_beside(Path(real))
        try:
            write_new(beside, (after,))
            _flush(beside)
            os.chmod(beside, status.st_mode & 0o7777)
            with contextlib.suppress(
                OSError, AttributeError
            ):  # only root may give a file away; Windows has no owners
                os.chown(beside, status.st_uid, status.st_gid)
            if read_file(Path(real)) != before:
                raise ManifestoError(
                    f"`{path}` has changed meanwhile, so nothing was written",
                    help="save it in your editor, then run the same command again",
                )
            os.replace(beside, real)
        finally:
            with contextlib.suppress(OSError):
                os.unlink(beside)


def _flush(path: str) -> None:
    """Wait until the disk has it: a person's own words, unlike what was built from them, cannot be made again."""
    with contextlib.suppress(OSError):
        opened = os.open(path, os.O_RDWR)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def create(path: Path, content: bytes) -> None:
    """Write a new file, and the folder for it if there is none. ManifestoError where anything stands there already."""
    root = path.parent.parent
    if not Path(os.path.realpath(path.parent)).is_relative_to(os.path.realpath(root)):
        raise _leads_out(path.parent)
    with _told(path):
        os.makedirs(path.parent, exist_ok=True)
        beside = name_beside(path)
        try:
            write_new(beside, (content,))
            _take_name(beside, path)
        finally:
            with contextlib.suppress(OSError):
                os.unlink(beside)


def _take_name(beside: str, path: Path) -> None:
    """Give the file its name, unless something has it."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise exists_already(path) from None
    except (OSError, AttributeError):  # a disk that knows no second names for a file
        if os.path.lexists(path):
            raise exists_already(path) from None
        os.replace(beside, path)


def exists_already(path: Path) -> ManifestoError:
    """What to say where a new file would stand in the place of another."""
    return ManifestoError(
        f"`{path}` is there already, and stays as it is",
        help="choose another id, or open that file",
        status=Exit.USAGE,
    )


def _inside(path: Path) -> str:
    real = os.path.realpath(path)
    if not Path(real).is_relative_to(os.path.realpath(path.parent)):
        raise _leads_out(path)
    return real


def _leads_out(path: Path) -> ManifestoError:
    return ManifestoError(
        f"`{path}` is a link that leads out of its folder, so nothing was written",
        help="edit the file that it leads to, or put a copy in its place",
    )


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise _worded(path, fault) from fault


def _worded(path: Path, fault: OSError) -> ManifestoError:
    if fault.errno in FULL:
        return ManifestoError(
            f"there is no space left on the disk for `{path}`, so nothing was written",
            help="make room, then run the same command again",
        )
    if fault.errno in DENIED or fault.errno == errno.EROFS:
        return ManifestoError(
            f"permission to write `{path}` is denied",
            help="make it and its folder writable for your account, then run the same command again",
        )
    reason = (fault.strerror or str(fault) or "an unknown fault").lower()
    return ManifestoError(
        f"writing `{path}` failed: {reason}",
        help="see to it that the folder can be written, then run the same command again",
    )
