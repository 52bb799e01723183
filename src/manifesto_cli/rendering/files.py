"""What an output consists of: files by address, whole in memory, copied from where they are, or made from a picture."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Outcome

TextName = tuple[str, str]
"""The kind and key of the record that a text is of."""


class Frame(Struct, frozen=True):
    """What a page says of a picture before it is there, so that nothing jumps and no more is fetched than is shown."""

    width: int
    height: int
    """In pixels; 0 where it is not known."""
    srcset: str


class Shown(Struct, frozen=True, array_like=True):
    """A Markdown text as a page shows it, and with what it was turned into HTML."""

    name: TextName
    field: str
    written: str
    """What messages call the file that it was written in."""
    values: tuple[str, ...]
    addresses: Mapping[str, str | None]
    prefix: str
    shift: int
    frames: Mapping[str, Frame]


class File(Struct, frozen=True):
    """One file of an output; `path` is relative to its root, with `/` between the parts."""

    path: str
    content: bytes
    texts: tuple[Shown, ...] | None = None
    """The Markdown texts that are shown in it: if only the words of others change, it does not. None where whoever made it does not know."""
    made_from: bytes = b""
    """Tells what it was made from, if that was asked: from the same the same would come."""
    in_place: bool = False
    """Whether it is known to be in place as it would be made. Then it was not made, and has no content."""


class Copy(Struct, frozen=True):
    """One file of an output whose bytes are those of a file on disk, such as a picture."""

    path: str
    original: str
    """Where the bytes are: an absolute path of this machine. Never part of any output."""
    parts: tuple[tuple[int, int] | bytes, ...] = ()
    """What of it is copied, from here to there, and what stands between; empty for all of it."""


class Made(Struct, frozen=True):
    """One file of an output that is made from a picture on disk: what cameras write beside it is left out.

    The original may hold the place where it was taken, so no output copies it as it is.
    """

    path: str
    original: str
    """Where the picture is: an absolute path of this machine. Never part of any output."""
    width: int | None = None
    """How wide it is to be, in pixels; None for as wide as it is."""


Share = Iterable[Outcome[File | Copy]]
"""Some of the files of an output, each made when it is taken, or what is wrong with the template that makes it. It is taken once, by one process."""


def undivided(files: Iterable[File | Copy]) -> tuple[Share]:
    """Files that are made already, as the one share that there is."""
    return (map(Outcome, files),)
