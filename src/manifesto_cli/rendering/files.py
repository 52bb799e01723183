"""What an output consists of: files by address, whole in memory or copied from where they are."""

from msgspec import Struct


class File(Struct, frozen=True):
    """One file of an output; `path` is relative to its root, with `/` between the parts."""

    path: str
    content: bytes


class Copy(Struct, frozen=True):
    """One file of an output whose bytes are those of a file on disk, such as a picture."""

    path: str
    original: str
    """Where the bytes are: an absolute path of this machine. Never part of any output."""
