"""What a published site says of itself: its files, and every address that it ever had.

It lies at the root of the site, so that whoever publishes next, from whichever machine, knows what must go on working. It is read back from
a branch, a folder or a host, and so it is input: nothing in it is believed before its shape and each of its paths have been checked.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from manifesto_cli.disk.contents import hashed, pieces
from manifesto_cli.disk.ownership import Digest
from manifesto_cli.disk.paths import unsafe
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.rendering.files import Copy, File

NAME = "published.json"
"""No name that starts with a dot: some hosts leave such files out."""
FORMAT = 1
PAGE = ".html"
"""How the name of every page ends. What ends otherwise is no page, and nothing leads on from there."""
LARGEST = 1 << 26
"""How many bytes a list may have: over a hundred thousand pages."""

Words = Annotated[str, Meta(max_length=2000)]


class Listed(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A page that has been published."""

    title: Words
    above: str = ""
    """The page that is nearest to it: where its readers are led if it goes. Empty for the first page."""
    anchors: tuple[Words, ...] = ()
    """The places on it that a link can name behind `#`, in their order."""
    withdrawn: bool = False
    """Whether it is the page of a pledge that was withdrawn."""


class Ledger(Struct, frozen=True, forbid_unknown_fields=True):
    """A site as it was published."""

    format: int
    build: Digest
    """What tells this build from every other: the hash of all files."""
    files: dict[str, Digest]
    """Everything that the tool put there but this list, with the hash of its bytes."""
    addresses: dict[str, Listed]
    """Every page."""
    moved: dict[str, str]
    """Every address that leads on, and the page that it leads to."""
    kept: tuple[str, ...] = ()
    """Files of somebody else's that stay beside the site, such as one by which a search engine knows its owner."""


EMPTY = Ledger(FORMAT, "0" * 32, {}, {}, {})
"""What is known of a site that was never published."""


def ledger_of(
    files: Iterable[File | Copy],
    addresses: Mapping[str, Listed],
    moved: Mapping[str, str],
    kept: Iterable[str],
) -> Ledger:
    """The list of a site with these files. The originals of copies are read."""
    digests = {file.path: hashed(pieces(file)) for file in files}
    ordered = {path: digests[path] for path in sorted(digests)}
    build = hashed(f"{path}\0{digest}\n".encode() for path, digest in ordered.items())
    return Ledger(
        FORMAT,
        build,
        ordered,
        {path: addresses[path] for path in sorted(addresses)},
        {path: moved[path] for path in sorted(moved)},
        tuple(sorted(kept)),
    )


def encoded(ledger: Ledger) -> bytes:
    """The list as it is published: the same site gives the same bytes, one line for each file, so that versions compare well."""
    text = msgspec.json.format(msgspec.json.encode(ledger), indent=1) + b"\n"
    if len(text) > LARGEST:
        raise ManifestoError(
            "the site has more addresses than can be kept track of", help="split it into several manifestos"
        )
    return text


class _Version(Struct, frozen=True):
    """The one field that every version has."""

    format: int


def read_ledger(content: bytes, where: str, *, help: str) -> Ledger:
    """The list that `where` holds, each of its paths safe. ManifestoError, with this help, where it is not what the tool writes."""
    if len(content) > LARGEST:
        raise _unusable(where, "it is too large", help)
    try:
        version = msgspec.json.decode(content, type=_Version).format
        if version > FORMAT:
            raise ManifestoError(
                f"{where} was published by a newer version of this tool",
                help="upgrade with `pip install --upgrade manifesto-cli`",
            )
        if version != FORMAT:
            raise _unusable(where, f"there is no format {version}", help)
        ledger = msgspec.json.decode(content, type=Ledger)
    except (ValueError, RecursionError):  # msgspec's own errors are ValueErrors
        raise _unusable(where, "it is not what the tool writes", help) from None
    above = {listed.above for listed in ledger.addresses.values()} - {""}
    for path in (
        *ledger.files,
        *ledger.addresses,
        *ledger.moved,
        *ledger.moved.values(),
        *ledger.kept,
        *above,
    ):
        reason = unsafe(path)
        if reason is not None:
            raise _unusable(where, f"it names the path {path[:80]!a}, and {reason}", help)
    for path in (*ledger.addresses, *ledger.moved):
        if not path.endswith(PAGE) or not path.isprintable():
            raise _unusable(where, f"it names the page {path[:80]!a}, and no page has such a name", help)
    return ledger


def _unusable(where: str, reason: str, help: str) -> ManifestoError:
    return ManifestoError(f"`{NAME}` of {where} cannot be used: {reason}", help=help)
