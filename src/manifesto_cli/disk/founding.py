"""A new project on disk: whole or not at all, and never over what somebody else put there.

Where there is no folder yet, it is written beside its place and renamed to it in one step, with the folders above it
that are missing. A folder that is there, which may be the one a terminal stands in, stays the one it is: the files are written
into a hidden folder in it and given their names one by one, `manifesto.yaml` last. Killed before that, the next start
takes back what has a name already and is as it was written; after it, the project stands.
"""

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from manifesto_cli.disk.beside import leftovers, name_beside, remove_beside, start
from manifesto_cli.disk.contents import hash_of, write_new
from manifesto_cli.disk.guard import ground
from manifesto_cli.disk.leftovers import clear_leftovers
from manifesto_cli.disk.locks import locked
from manifesto_cli.disk.paths import folders_above
from manifesto_cli.disk.projects import nearest_project, seen_from_here
from manifesto_cli.disk.wording import worded
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.patterns import pattern

_WELCOME = pattern(
    r"\.git|\.gitignore|\.gitattributes|\.venv|venv|\.ds_store|cname|(?:readme|licen[cs]e|copying)(?:\.\w+)?",
    re.IGNORECASE,
)
"""What a folder may hold before a project is started in it: what hosts of repositories and systems put there, and Python's own."""
_OURS = pattern(
    r"manifesto\.yaml|README\.md|\.gitignore|\.github/workflows/pages\.yml|\.manifesto/[a-z-]+\.schema\.json"
)
"""What a start writes. A test holds it against what it does write."""
_TREE = "tree"
_STAGE = "init"
_ANOTHER = "with `manifesto init DIR`"
_SHOWN = 3


def room_for(target: Path) -> tuple[Path, tuple[str, ...]]:
    """The real folder behind the target, in which a project may be started, and the names of what it holds and keeps.

    ManifestoError where it would get in the way of anything. What a killed start left in the folder is taken back.
    """
    folder = ground(target)
    if not folder.exists():
        above = next(parent for parent in folder.parents if parent.exists())
        _refuse_inside(target, above)
        _refuse_closed(target, above)
        return folder, ()
    _refuse_inside(target, folder.parent)
    with _told(folder), locked(folder) as held:
        if held:
            _clear(folder)
        found = sorted(os.listdir(folder))
    if MANIFESTO in found:
        raise ManifestoError(
            f"there is a `{MANIFESTO}` in `{target}` already",
            help="work on it: `manifesto check` says what is left to do; or name another folder",
            status=Exit.USAGE,
        )
    others = [name for name in found if not _WELCOME.fullmatch(name)]
    if others:
        shown = ", ".join(f"`{name}`" for name in others[:_SHOWN])
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        raise ManifestoError(
            f"`{target}` holds other files: {shown}{more}",
            help="name a folder that is empty or not there yet, such as `manifesto init my-manifesto`",
            status=Exit.USAGE,
        )
    _refuse_closed(target, folder)
    return folder, tuple(found)


def found_project(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a project into a folder that has room for it; paths are seen from the folder.

    ManifestoError, or whatever else is raised, leaves nothing behind; only what is raised past the last step leaves all of it.
    """
    missing = [place for place in (folder, *folder.parents) if not os.path.lexists(place)]
    with _told(folder):
        if missing:
            _found_beside(missing[-1], folder, files)
        else:
            _found_inside(folder, files)


def found_folder(folder: Path, root: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder with these files somewhere in a project, whole or not at all. ManifestoError where anything is there already."""
    if os.path.lexists(folder):
        raise ManifestoError(
            f"there is a `{seen_from_here(folder)}` already",
            help="choose another name, or work on what is there",
            status=Exit.USAGE,
        )
    above = next(place for place in folder.parents if os.path.lexists(place))
    if not Path(os.path.realpath(above)).is_relative_to(os.path.realpath(root)):
        raise ManifestoError(
            f"`{seen_from_here(above)}` is a link that leads out of the project, so nothing was written",
            help="put a folder in the place of the link",
        )
    found_project(folder, files)


def _found_beside(top: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    with locked(top) as held:
        if held:
            clear_leftovers(top)
        beside = name_beside(top)
        try:
            start(beside)
            tree = f"{beside}/{_TREE}"
            inner = folder.relative_to(top).as_posix()
            _write(tree, {f"{inner}/{path}".removeprefix("./"): content for path, content in files.items()})
            os.rename(tree, top)
        finally:
            remove_beside(beside)


def _found_inside(folder: Path, files: Mapping[str, bytes]) -> None:
    with locked(folder) as held:
        if held:
            _clear(folder)
        stage = name_beside(folder / _STAGE)
        try:
            start(stage)
            _write(f"{stage}/{_TREE}", files)
            for path in sorted(files, key=lambda path: path == MANIFESTO):
                for above in folders_above(path):
                    with contextlib.suppress(FileExistsError):
                        os.mkdir(f"{folder}/{above}", 0o755)
                _name(stage, f"{folder}/{path}", files[path])
        finally:
            _take_back(folder, stage, whole=_is_as_written(folder, stage, MANIFESTO))


def _write(tree: str, files: Mapping[str, bytes]) -> None:
    os.mkdir(tree, 0o755)
    for folder in sorted({above for path in files for above in folders_above(path)}):
        os.mkdir(f"{tree}/{folder}", 0o755)
    for path, content in files.items():
        write_new(f"{tree}/{path}", (content,))


def _name(stage: str, place: str, content: bytes) -> None:
    """Put a file in its place, unless something is there.

    It is a copy of the one that was written before, which stays to tell ours from others': two names of one file would
    not, once an editor has saved into it.
    """
    if os.path.lexists(place):
        raise _appeared(place)
    copy = f"{stage}/copy"
    write_new(copy, (content,))
    try:
        os.link(copy, place)
    except FileExistsError:
        raise _appeared(place) from None
    except (OSError, AttributeError):  # a disk that knows no second names for a file
        os.replace(copy, place)
    else:
        os.unlink(copy)


def _clear(folder: Path) -> None:
    """Take back what killed starts left in the folder and beside it; only while holding the lock."""
    clear_leftovers(folder)
    for stage in list(leftovers(folder / _STAGE)):
        # Whoever came to the end and has changed the manifesto since keeps all of it.
        _take_back(folder, stage, whole=os.path.lexists(folder / MANIFESTO))


def _take_back(folder: Path, stage: str, *, whole: bool) -> None:
    """Remove the hidden folder of a start, and, unless that came to its end, whatever it had given a name."""
    tree = f"{stage}/{_TREE}"
    if not whole and not os.path.islink(stage) and not os.path.islink(tree):
        folders: list[str] = []
        for path in _files_below(tree):
            # The hidden folder may have come with a stranger's: only what a start writes is ever taken back, and by no link.
            above = folders_above(path)
            if not _OURS.fullmatch(path) or any(os.path.islink(folder / each) for each in above):
                continue
            folders += above
            if _is_as_written(folder, stage, path):
                with contextlib.suppress(OSError):
                    os.unlink(f"{folder}/{path}")
        for below in sorted(set(folders), reverse=True):
            with contextlib.suppress(OSError):  # something else is in it
                os.rmdir(f"{folder}/{below}")
    remove_beside(stage)


def _is_as_written(folder: Path, stage: str, path: str) -> bool:
    """Whether a file in the folder is the one that a start wrote, byte for byte."""
    try:
        found = hash_of(f"{folder}/{path}")
        return found is not None and found == hash_of(f"{stage}/{_TREE}/{path}")
    except OSError:
        return False


def _files_below(tree: str) -> Iterator[str]:
    for above, _, names in os.walk(tree):  # follows no links
        for name in names:
            yield os.path.relpath(f"{above}/{name}", tree).replace(os.sep, "/")


def _refuse_inside(target: Path, above: Path) -> None:
    project = nearest_project(above, library=False)
    if project is not None:
        raise ManifestoError(
            f"`{target}` is inside the folder of another manifesto: `{project}`",
            help="name a folder outside of it",
            status=Exit.USAGE,
        )


def _refuse_closed(target: Path, folder: Path) -> None:
    """Said before anybody answers questions; what the system says when it comes to writing counts all the same."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ManifestoError(
            f"permission to write `{target}` is denied",
            help=f"make `{folder}` writable for your account, or name another folder",
        )


def _appeared(place: str) -> ManifestoError:
    return ManifestoError(
        f"`{place}` has come to be there meanwhile, so nothing was written",
        help="move it away, then run the same command again",
    )


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise worded(error, str(folder), option=_ANOTHER) from error
