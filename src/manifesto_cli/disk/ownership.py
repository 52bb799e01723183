"""What the tool remembers about an output folder: the list of files it owns there, and the journal of a commit.

Both lie in the folder's `.manifesto`, and both are input: the folder may have come with a stranger's repository.
Nothing is believed before its shape and each of its paths have been checked.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from typing import Annotated, TypeVar

import msgspec

from manifesto_cli.disk.contents import read_small
from manifesto_cli.disk.paths import STATE, unsafe
from manifesto_cli.faults.error import ManifestoError

FORMAT = 1
"""The version of both files; a higher one was written by a newer tool."""

LIST = f"{STATE}/owned.json"
JOURNAL = f"{STATE}/journal.json"
NEXT = f"{STATE}/next"
"""Marks a folder as a whole site, or what is to become one, that is to take another's place; it goes once it has."""
STAGE = f"{STATE}/stage"
STAGED_LIST = f"{STAGE}/owned.json"
STAGED_JOURNAL = f"{STAGE}/journal.json"

LARGEST = 1 << 26
"""How many bytes a list or journal may have: over half a million files."""

Kind = TypeVar("Kind")

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]


class Version(msgspec.Struct, frozen=True):
    """The one field that every version of the two files has."""

    format: int


class Owned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The files of an output folder that the tool wrote."""

    format: int
    files: dict[str, Digest]
    """For each path, the hash of the bytes that were written."""


class Journal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is still to be done once a commit has begun."""

    format: int
    writes: dict[str, Annotated[int, msgspec.Meta(ge=0)]]
    """Path to the number of its staged file, in the order of replacing: assets first, then pages."""
    folders: list[str]
    """The folders that this build makes, each after the one that holds it."""
    respelled: list[str]
    """Owned paths that differ from a written one only in case, on a disk where both are one file."""


def encoded_list(files: Mapping[str, str]) -> bytes:
    """The list as it is stored: the same files give the same bytes, one line each, so that versions compare well."""
    ordered = Owned(format=FORMAT, files={path: files[path] for path in sorted(files)})
    return _bounded(msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")


def encoded_journal(journal: Journal) -> bytes:
    """The journal as it is stored."""
    return _bounded(msgspec.json.encode(journal))


def _bounded(text: bytes) -> bytes:
    """The text, if the tool would read it again: what it cannot read it must not write."""
    if len(text) > LARGEST:
        raise ManifestoError(
            "the site has more files than one output folder can hold", help="split it into several manifestos"
        )
    return text


def read_list(root: str, name: str = LIST) -> dict[str, str] | None:
    """The owned paths and their hashes, each path safe; None where the folder has no list."""
    text = _read(root, name)
    if text is None:
        return None
    listed = _decoded(root, name, text, Owned)
    _check_paths(root, name, listed.files)
    return listed.files


def read_journal(root: str) -> Journal | None:
    """The journal of a commit that was cut short, each path safe; None where there is none."""
    text = _read(root, JOURNAL)
    if text is None:
        return None
    journal = _decoded(root, JOURNAL, text, Journal)
    _check_paths(root, JOURNAL, (*journal.writes, *journal.folders, *journal.respelled))
    if len(set(journal.writes.values())) != len(journal.writes):
        raise unusable(root, JOURNAL, "two paths share one staged file")
    return journal


def drafted_folders(root: str) -> tuple[str, ...]:
    """The folders that a build made before it was cut short ahead of its commit; none where its draft is unreadable.

    A draft cut short in the middle says nothing, and nothing was made by then: it is written before the folders are.
    """
    try:
        text = read_small(f"{root}/{STAGED_JOURNAL}", LARGEST)
        folders = msgspec.json.decode(text or b"", type=Journal).folders
    except (OSError, ValueError, RecursionError):
        return ()
    return tuple(folder for folder in folders if unsafe(folder) is None)


def check_state(root: str) -> bool:
    """Whether the folder has a `.manifesto`; a link or file in the place of it or of its stage is refused.

    Otherwise clearing the stage could clear a folder anywhere on the disk.
    """
    found = [_is_folder(root, STATE), _is_folder(root, STAGE)]
    return found[0]


def _is_folder(root: str, name: str) -> bool:
    try:
        found = os.lstat(f"{root}/{name}")
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(found.st_mode):
        raise unusable(root, name, "it is not a folder")
    return True


def _read(root: str, name: str) -> bytes | None:
    try:
        return read_small(f"{root}/{name}", LARGEST)
    except PermissionError:
        raise
    except OSError as error:
        raise unusable(root, name, (error.strerror or str(error)).lower()) from None


def _decoded(root: str, name: str, text: bytes, kind: type[Kind]) -> Kind:
    try:
        version = msgspec.json.decode(text, type=Version).format
        if version > FORMAT:
            raise ManifestoError(
                f"`{root}` was built by a newer version of this tool",
                help="upgrade with `pip install --upgrade manifesto-cli`, or choose another folder with `-o`",
            )
        if version != FORMAT:
            raise unusable(root, name, f"there is no format {version}")
        return msgspec.json.decode(text, type=kind)
    except (ValueError, RecursionError):  # msgspec's own errors are ValueErrors
        raise unusable(root, name, "it is not what the tool writes") from None


def _check_paths(root: str, name: str, paths: Iterable[str]) -> None:
    for path in paths:
        reason = unsafe(path)
        if reason is not None:
            raise unusable(root, name, f"it names the path {path[:80]!a}, and {reason}")


def unusable(root: str, name: str, reason: str) -> ManifestoError:
    """What to say of state that cannot be trusted: nothing is written, and the person decides."""
    return ManifestoError(
        f"`{root}/{name}` cannot be used: {reason}",
        help=f"move what you want to keep out of `{root}`, delete that folder, then run the same command again",
    )
