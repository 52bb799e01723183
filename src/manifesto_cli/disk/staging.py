"""The first half of a build: what changed is written aside, up to the commit point."""

import contextlib
import errno
import os
from collections.abc import Callable, Iterable, Mapping
from itertools import count

from manifesto_cli.disk.commit import make_folders
from manifesto_cli.disk.contents import pieces, write_new
from manifesto_cli.disk.ownership import (
    FORMAT,
    JOURNAL,
    STAGE,
    STAGED_JOURNAL,
    STAGED_LIST,
    Journal,
    encoded_journal,
    encoded_list,
)
from manifesto_cli.disk.paths import STATE, folder_of, is_page
from manifesto_cli.disk.survey import Place, Survey, Write
from manifesto_cli.rendering.files import Copy, File


def stager(root: str, processes: int) -> Callable[[int], Write]:
    """By the number of a process, a function that stages a file under the next of its numbers, as `Survey.changed` has them; the first one makes the stage."""

    def staging(process: int) -> Write:
        numbers = count(process, processes)

        def stage(file: File | Copy) -> str:
            number = next(numbers)
            if number == process:
                _make_stage(root)
            return write_new(f"{root}/{STAGE}/{number}", pieces(file))

        return stage

    return staging


def _make_stage(root: str) -> None:
    make_folders(root, (STATE, STAGE))


def journal_for(found: Survey) -> Journal:
    """What the commit is to do: assets before pages, so that no page refers to an asset that is not there yet."""
    ordered = sorted(found.changed, key=lambda path: (is_page(path), path))
    return Journal(
        format=FORMAT,
        writes={path: found.changed[path] for path in ordered},
        folders=list(found.folders),
        respelled=sorted(found.respelled),
    )


def seal(root: str, journal: Journal, new: Mapping[str, str], place: Place) -> None:
    """Have on disk all that the commit needs, then rename the journal into place: the commit point.

    The draft is written before the folders that it names are made, so that whoever clears the stage knows them.
    """
    _make_stage(root)
    write_new(f"{root}/{STAGED_LIST}", (encoded_list(new),))
    write_new(f"{root}/{STAGED_JOURNAL}", (encoded_journal(journal),))
    make_folders(root, journal.folders)
    _check_names(root, journal, place)
    _check_writable(root, (*journal.writes, *(place.owned.keys() - new.keys())))
    os.replace(f"{root}/{STAGED_JOURNAL}", f"{root}/{JOURNAL}")


def _check_names(root: str, journal: Journal, place: Place) -> None:
    """Have the disk say which name in a new folder is too long for it: after the commit point would be too late."""
    for path in journal.writes:
        if not place.known[folder_of(path)]:
            with contextlib.suppress(FileNotFoundError):
                os.lstat(f"{root}/{path}")


def _check_writable(root: str, paths: Iterable[str]) -> None:
    """Have the disk say which folder it will not let us change, for the same reason."""
    for folder in sorted({folder_of(path) for path in paths}):
        place = f"{root}/{folder}"
        if not os.access(place, os.W_OK | os.X_OK) and os.path.lexists(place):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), place)
