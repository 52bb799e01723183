"""Bytes on disk: compared, hashed, copied and written, piece by piece, never through a link."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.rendering.files import Copy, File

_PIECE = 1 << 18
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
# Without O_NONBLOCK a named pipe that stands where a page should be would stop the build for ever.
_READ = os.O_RDONLY | _BINARY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NOFOLLOW

_ODD = 0
"""The number of our own refusals to read: a link, a pipe, a file too large."""

_NOT_OURS = {_ODD, errno.EACCES, errno.EPERM, errno.ENXIO}


def hashed(pieces: Iterable[bytes]) -> str:
    """The hash by which a list of owned files knows these bytes."""
    seen = blake2b(digest_size=16)
    for piece in pieces:
        seen.update(piece)
    return seen.hexdigest()


def pieces(file: File | Copy) -> Iterable[bytes]:
    """The bytes of the file; the original of a copy is read as they are taken."""
    if isinstance(file, File):
        return (file.content,)
    return _parts_of(file) if file.parts else _read_original(file.original)


def write_new(path: str, parts: Iterable[bytes]) -> str:
    """Write a file that must not exist yet; the hash of what was written.

    Nothing is flushed to the disk's own platters, here or anywhere: the promise is about killed processes and full
    disks, which a rename survives without it, and 12,000 flushes take minutes. After a power cut the next build
    compares the bytes in place and repairs them.
    """
    seen = blake2b(digest_size=16)
    update, write = seen.update, os.write
    opened = os.open(path, _WRITE, 0o644)
    try:
        for part in parts:
            update(part)
            written = write(opened, part)
            while written < len(part):  # a disk that fills up takes a part first and refuses the rest
                written += write(opened, memoryview(part)[written:])
    finally:
        os.close(opened)
    return seen.hexdigest()


def hash_in_place(path: str, file: File | Copy) -> str | None:
    """The hash of the file if the path holds exactly its bytes, else None; what the path is otherwise stays open."""
    if not _NOFOLLOW and os.path.islink(path):
        return None
    try:
        opened = os.open(path, _READ)
    except OSError:
        return None
    try:
        if isinstance(file, File):
            content = file.content
            # One read tells it all: a byte more than expected is asked for. Empty needs care, as a pipe reads empty too.
            if os.read(opened, len(content) + 1) != content:
                return None
            if not content and not stat.S_ISREG(os.fstat(opened).st_mode):
                return None
            return blake2b(content, digest_size=16).hexdigest()
        return _hash_of_equal(opened, file)
    except OSError:  # a folder, or a disk that cannot read this: then it is not the same
        return None
    finally:
        os.close(opened)


def _hash_of_equal(opened: int, file: Copy) -> str | None:
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        return None
    seen = blake2b(digest_size=16)
    for piece in pieces(file):
        if os.read(opened, len(piece)) != piece:
            return None
        seen.update(piece)
    return None if os.read(opened, 1) else seen.hexdigest()


def hash_of(path: str) -> str | None:
    """The hash of the file at the path, or None where it is no regular file, or is closed to us.

    A disk that fails to read is an OSError: it must not look like a file that somebody changed.
    """
    try:
        return hashed(_read(path))
    except OSError as error:
        if error.errno in _NOT_OURS:
            return None
        raise


def read_small(path: str, most: int) -> bytes | None:
    """The whole file, None where there is none; OSError where it is no regular file or larger than `most`."""
    kept: list[bytes] = []
    size = 0
    try:
        for piece in _read(path):
            kept.append(piece)
            size += len(piece)
            if size > most:
                raise OSError(_ODD, "it is too large")
    except FileNotFoundError:
        return None
    return b"".join(kept)


def _read(path: str) -> Iterator[bytes]:
    if os.path.islink(path):
        raise OSError(_ODD, "it is a link")
    opened = os.open(path, _READ)
    try:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            raise OSError(_ODD, "it is not a file")
        while piece := os.read(opened, _PIECE):
            yield piece
    finally:
        os.close(opened)


def _parts_of(file: Copy) -> Iterator[bytes]:
    """The parts of an original, which is read from its start to where its last part ends."""
    parts = [*file.parts]
    at = 0
    for piece in _read_original(file.original):
        while parts and (isinstance(parts[0], bytes) or parts[0][0] < at + len(piece)):
            part = parts[0]
            if isinstance(part, bytes):
                yield part
            else:
                start, end = part
                yield piece[max(start - at, 0) : end - at]
                if end > at + len(piece):
                    break  # it goes on in the next piece
            parts.pop(0)
        at += len(piece)
    yield from (part for part in parts if isinstance(part, bytes))


def _read_original(path: str) -> Iterator[bytes]:
    try:
        yield from _read(path)
    except FileNotFoundError:
        raise ManifestoError(
            f"the file `{path}` went away during the build", help="put it back, or remove what refers to it"
        ) from None
    except OSError as error:
        raise ManifestoError(
            f"the file `{path}` cannot be read: {(error.strerror or str(error)).lower()}",
            help="make it a file that your account can read, or remove what refers to it",
        ) from error
