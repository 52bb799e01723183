"""Where things are: the project a command is about, its libraries, its theme, and what must never be written over."""

import contextlib
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from manifesto_cli.disk.guard import Protected
from manifesto_cli.disk.shipped import shipped
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import slip
from manifesto_cli.model.layout import FOLDERS, HEADER, MANIFESTO

if TYPE_CHECKING:
    from manifesto_cli.model.manifesto import LibraryByPath

_FAR = str(Path("..", "..", ".."))
_MISNAMED = ("manifesto.yml", "manifesto.yaml.txt", "manifesto.txt", "Manifesto.yaml", "manifest.yaml")
_MISNAMED_LIBRARY = ("library.yml", "library.yaml.txt", "library.txt", "Library.yaml")
_KEPT = (*FOLDERS, "themes", "media")


def find_project(start: Path, *, library: bool = False) -> Path:
    """The nearest folder from `start` upwards that holds a `manifesto.yaml`, as git finds its repository.

    With `library`, a folder that holds a `library.yaml` will do too. ManifestoError where there is none.
    """
    found = nearest_project(start, library=library)
    if found is None:
        message = f"there is no `{MANIFESTO}` in `{start}` or above it"
        misnamed, wanted = _misnamed(start, library=library)
        raise ManifestoError(
            message,
            help=f"rename `{misnamed}` to `{wanted}`"
            if misnamed
            else "go to the folder of a manifesto, or name it: `manifesto -C FOLDER …`; `manifesto init` starts one",
            status=Exit.USAGE,
        )
    return found


def _misnamed(start: Path, *, library: bool) -> tuple[str, str]:
    """The file of a folder that only its name keeps from being one, and the name that it should have."""
    for wanted, names in ((MANIFESTO, _MISNAMED), (HEADER, _MISNAMED_LIBRARY if library else ())):
        for name in names:
            if (start / name).is_file():
                return name, wanted
    return "", ""


def nearest_project(start: Path, *, library: bool) -> Path | None:
    """What `find_project` finds, or None. ManifestoError only where there is no folder to start from."""
    markers = (MANIFESTO, HEADER) if library else (MANIFESTO,)
    if not start.is_dir():
        message = f"there is no folder `{start}`"
        raise ManifestoError(
            message, help="correct the path after `-C`, or in `MANIFESTO_PROJECT`", status=Exit.USAGE
        )
    try:
        here = Path(os.path.abspath(start))
    except FileNotFoundError:  # it was deleted while a terminal stood in it
        raise ManifestoError(
            "the folder you are in is not there any more", help="go to another one with `cd`"
        ) from None
    holding = (
        folder for folder in (here, *here.parents) if any((folder / marker).is_file() for marker in markers)
    )
    return next(holding, None)


def seen_from_here(path: Path) -> str:
    """A path as the reader would type it from where they are, if that is near."""
    try:
        near = os.path.relpath(path)
    except (ValueError, FileNotFoundError):  # another drive on Windows, or the reader is nowhere
        return str(path)
    return str(path) if near.startswith(_FAR) else near


def label_of(folder: Path) -> str:
    """What stands before the paths of a folder's files in messages."""
    shown = seen_from_here(folder)
    return "" if shown == "." else shown.replace(os.sep, "/").rstrip("/") + "/"


def library_folder(project: Path, listed: "str | LibraryByPath") -> Path:
    """The folder of a library as a manifesto lists it: the name of a shipped one, or a path seen from the project."""
    if isinstance(listed, str):
        return shipped("ideas") / listed
    folder = project / listed.path
    # No system goes up from a folder that is not there yet.
    return folder if project.is_dir() else Path(os.path.normpath(folder))


def is_folder(path: Path) -> bool:
    """Whether there is such a folder. What is too long for a path is none, and no reason to stop."""
    return os.path.isdir(path)


def library_near(project: Path, path: str) -> str:
    """The path of the library that a path misses by one level or one letter; nothing if there is none, or more than one."""
    name = PurePosixPath(path).name
    tried = [str(PurePosixPath(path).parent), f"../{path}", path.removeprefix("../"), f"../{name}", name]
    tried += [path.replace("\\", "/")] if "\\" in path else []
    with contextlib.suppress(OSError, ValueError):
        tried += [f"{path.rstrip('/')}/{below}" for below in sorted(os.listdir(project / path))]
    with contextlib.suppress(OSError, ValueError):
        above = PurePosixPath(path).parent
        tried.append(str(above / (slip(name, os.listdir(project / above)) or name)))
    found = {
        os.path.realpath(project / near): near
        for near in reversed(tried)
        if near not in ("", ".", "/") and os.path.isfile(project / near / HEADER)
    }
    return found.popitem()[1] if len(found) == 1 else ""


def theme_folders(project: Path, name: str) -> tuple[tuple[str, Path], ...]:
    """The folders that make up one theme, from the topmost: the project's own, then the shipped one, with their layer names.

    A project's folder without a `theme.yaml` only shadows single templates, so its layer is called `project`.
    """
    own, ours = project / "themes" / name, shipped("themes") / name
    found = []
    if own.is_dir():
        whole = (own / "theme.yaml").exists()
        found.append((name if whole else "project", own))
        if whole:
            return tuple(found)
    if ours.is_dir():
        found.append((name, ours))
    return tuple(found)


def theme_names(project: Path) -> tuple[str, ...]:
    """The names of all themes that a project can use."""
    return tuple(
        sorted(
            {
                found.parent.name
                for folder in (project / "themes", shipped("themes"))
                for found in folder.glob("*/theme.yaml")
            }
        )
    )


def protected_folders(project: Path, libraries: tuple[Path, ...]) -> Protected:
    """What no output may be written over: the project and its libraries, and every folder in them that people write in."""
    roots = (project, *libraries, shipped("ideas"), shipped("themes"))
    return Protected(roots, tuple(root / kept for root in (project, *libraries) for kept in _KEPT))
