"""What the disk refuses, in a sentence: failures of the operating system as `ManifestoError`."""

import contextlib
import errno
from collections.abc import Iterator

from manifesto_cli.faults.error import ManifestoError

FULL = {errno.ENOSPC, errno.EDQUOT}
DENIED = {errno.EACCES, errno.EPERM}
"""What the system says where there is no room, and where something is not allowed."""

ONCE_MORE = "then run the same command again"
"""Follows the advice where nothing was written."""

AGAIN = "then run the same command again: it completes the new site"
"""Follows the advice once a build is past its commit point."""


OUTPUT = "with `-o`"
"""How the folder is named that a build writes to."""


def worded(
    error: OSError, place: str, *, after: str = ONCE_MORE, name: str | None = None, option: str = OUTPUT
) -> ManifestoError:
    """The failure as a sentence about `place`, with what to do before running the command again.

    Only a name that is too long is named itself, as `name` if given: no other failure is the fault of one file.
    """
    if error.errno in FULL:
        return ManifestoError(f"there is no space left on the disk for `{place}`", help=f"make room, {after}")
    if error.errno in DENIED:
        return ManifestoError(
            f"permission to write `{place}` is denied",
            help=f"make the folder writable for your account, or choose another one {option}, {after}",
        )
    if error.errno == errno.EROFS:
        return ManifestoError(
            f"`{place}` is on a disk that is read-only",
            help=f"make the disk writable, or choose another folder {option}, {after}",
        )
    if error.errno == errno.ENAMETOOLONG:
        return ManifestoError(
            f"the name of `{name or error.filename or place}` is too long for this disk",
            help=f"shorten the name, or choose a folder with a shorter path {option}, {after}",
        )
    if error.errno == errno.EFBIG:
        return ManifestoError(
            f"a file of `{place}` is too large for this disk", help=f"make the file smaller, {after}"
        )
    reason = (error.strerror or str(error) or "an unknown fault").lower()
    return ManifestoError(
        f"writing `{place}` failed: {reason}", help=f"see to it that the folder can be written, {after}"
    )


@contextlib.contextmanager
def told(place: str, *, after: str = ONCE_MORE) -> Iterator[None]:
    """Whatever the system refuses inside leaves as a sentence about `place`."""
    try:
        yield
    except OSError as error:
        raise worded(error, place, after=after) from error
