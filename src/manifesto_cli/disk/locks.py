"""One build at a time into one folder: a lock that leaves no litter and dies with its process."""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from manifesto_cli.faults.error import ManifestoError

PATIENCE = 60.0
"""How many seconds a build waits for another one into the same folder."""

_PAUSE = 0.02
_BUSY = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
_UNSUPPORTED = {errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


@contextlib.contextmanager
def locked(folder: Path, *, make_parents: bool = False, patience: float = PATIENCE) -> Iterator[bool]:
    """Hold the lock of the folder, which need not exist; yields whether there is one to hold.

    The lock is on the folder's parent, because the first build makes the folder itself by renaming. There is none
    where the parent does not exist (nor then anything to guard), or where the disk knows no locks, as some network
    disks: there, builds go on without, and nothing is cleared that might be another's. Parents that were made are
    removed again if the build fails.
    """
    made: list[Path] = []
    try:
        opened = _acquire(folder, made if make_parents else None, time.monotonic() + patience)
        try:
            yield opened is not None
        except BaseException:
            _unmake(made)  # while the lock is held: the next build then sees that they went
            raise
        finally:
            if opened is not None:
                _release(opened, folder)
    except BaseException:
        _unmake(made)  # for a failure before the lock was held
        raise


def _acquire(folder: Path, made: list[Path] | None, deadline: float) -> int | None:
    """The lock's descriptor once it is held, or None where there is no lock to hold."""
    while True:
        if made is not None:
            _make_parents(folder, made)
        try:
            opened = _open(folder)
        except FileNotFoundError:
            if made is None or time.monotonic() > deadline:
                return None
            continue  # another build that failed removed the parents again: make them again
        if opened is None:
            return None
        held = False
        try:
            _wait(opened, folder, deadline)
            held = _still_there(opened, folder)
        except OSError as error:
            if error.errno in _UNSUPPORTED:
                return None
            raise
        finally:
            if not held:
                os.close(opened)
        if held:
            return opened


def _wait(opened: int, folder: Path, deadline: float) -> None:
    """Take the lock, or say after the deadline who has it."""
    while True:
        try:
            _try(opened)
        except OSError as error:
            if error.errno not in _BUSY:
                raise
        else:
            return
        if time.monotonic() > deadline:
            raise _busy(folder)
        time.sleep(_PAUSE)


def _busy(folder: Path) -> ManifestoError:
    return ManifestoError(
        f"another build is still writing to `{folder}`",
        help="wait until it has ended, then run the same command again",
    )


def _make_parents(folder: Path, made: list[Path]) -> None:
    missing = [parent for parent in folder.parents if not parent.exists()]
    for parent in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another build was faster
            parent.mkdir(mode=0o755)
            made.append(parent)


def _unmake(made: list[Path]) -> None:
    for parent in reversed(made):
        with contextlib.suppress(OSError):  # not empty: others use it by now
            parent.rmdir()
    made.clear()


if sys.platform == "win32":
    import msvcrt

    def _beside(folder: Path) -> Path:
        return folder.parent / f".{folder.name[:48]}.manifesto-lock"

    def _open(folder: Path) -> int | None:
        # Windows locks no folders. It also deletes no file that is open, so that nobody can hold a lock that is gone.
        try:
            return os.open(_beside(folder), os.O_RDWR | os.O_CREAT | os.O_BINARY | os.O_NOINHERIT, 0o600)
        except PermissionError:  # a parent that cannot be written, around a folder that can
            return None

    def _try(opened: int) -> None:
        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)

    def _still_there(opened: int, folder: Path) -> bool:  # noqa: ARG001 - the signature of both systems
        return True

    def _release(opened: int, folder: Path) -> None:
        os.lseek(opened, 0, os.SEEK_SET)
        msvcrt.locking(opened, msvcrt.LK_UNLCK, 1)
        os.close(opened)
        with contextlib.suppress(OSError):  # another build has it open by now, and removes it later
            _beside(folder).unlink()

else:
    import fcntl

    def _open(folder: Path) -> int | None:
        try:
            return os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY)
        except PermissionError:
            # A parent that may be passed but not read, as /var/www often is: the folder itself is locked, if it exists.
            try:
                return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            except FileNotFoundError:
                return None

    def _try(opened: int) -> None:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _still_there(opened: int, folder: Path) -> bool:
        """Whether what was locked still is where it was: a failed build removes the parents that it made."""
        for place in (folder.parent, folder):
            with contextlib.suppress(OSError):
                if os.path.samestat(os.fstat(opened), place.stat()):
                    return True
        return False

    def _release(opened: int, folder: Path) -> None:  # noqa: ARG001 - the signature of both systems
        with contextlib.suppress(OSError):  # closing a folder loses nothing
            os.close(opened)
