"""What there is to browse from where a person stands: a project, a library, or what comes with the tool."""

from pathlib import Path

from msgspec import Struct

from manifesto_cli.disk.projects import nearest_project
from manifesto_cli.disk.shipped import shipped, shipped_names
from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.loading import EMPTY, load, load_library
from manifesto_cli.merging.browsing import IdeaRow, rows
from manifesto_cli.merging.picks import Choice, choose
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.layout import HEADER, MANIFESTO
from manifesto_cli.reading.library import Library
from manifesto_cli.telling import count

_NOT_READ = frozenset({"file-not-read", "file-unreadable"})
"""Codes of faults for which a file lies where records are kept and is no record of any kind."""


class Browsing(Struct, frozen=True):
    """A shelf with its ideas as rows."""

    shelf: Shelf
    rows: tuple[IdeaRow, ...]
    project: bool
    """Whether there is a manifesto that could list a library or pick an idea."""
    place: str
    """What a reader has to know about where this is from; mostly nothing."""
    lacking: tuple[str, ...]
    """What is not shown because something is wrong, a line each."""


def browse(start: Path) -> Browsing:
    """The ideas of the nearest project or library; where there is none, those of the libraries that come with the tool.

    Whatever cannot be read is left out and counted in a remark. Only a folder that is not there, or that the system
    refuses to open, is a ManifestoError.
    """
    root = nearest_project(start, library=True)
    if root is None:
        remark = "no manifesto or library here: these are the libraries that come with the tool"
        return _browsing(Shelf(EMPTY, shipped_libraries()), None, (), (), place=remark)
    return _project(root) if (root / MANIFESTO).exists() else _library(root)


def shipped_libraries() -> tuple[Library, ...]:
    """The libraries that come with the tool, by name."""
    folders = (shipped("ideas") / name for name in shipped_names("ideas", HEADER))
    read = (load_library(folder).value for folder in folders)
    return tuple(library for library in read if library and library.id)


def _project(root: Path) -> Browsing:
    loaded = load(root)
    project = loaded.value
    shelf = project.shelf if project else Shelf(EMPTY)
    if project is None or project.origin is None:
        # Nothing says which libraries are listed; those that come with the tool are what most manifestos list.
        remark = (
            f"`{MANIFESTO}` could not be read, and `manifesto check` says why:"
            " these are the ideas beside it and the libraries that come with the tool"
        )
        return _browsing(Shelf(shelf.own, shipped_libraries()), None, (remark,), loaded.faults)
    if project.manifesto is None:
        remark = (
            f"not known which ideas are picked: `{MANIFESTO}` has faults, and `manifesto check` lists them"
        )
        return _browsing(shelf, None, (remark,), loaded.faults, project=True)
    choice = choose(shelf, project.manifesto, project.origin, [], drafts=False)
    return _browsing(shelf, choice, (), loaded.faults, project=True)


def _library(root: Path) -> Browsing:
    read = load_library(root)
    library = read.value or EMPTY
    shelf = Shelf(EMPTY, (library,)) if library.id else Shelf(library)
    return _browsing(shelf, None, (), read.faults)


def _browsing(
    shelf: Shelf,
    choice: Choice | None,
    lacking: tuple[str, ...],
    faults: Faults,
    *,
    project: bool = False,
    place: str = "",
) -> Browsing:
    left_out = sum(len(library.broken) for library in (shelf.own, *shelf.libraries))
    left_out += sum(
        fault.code in _NOT_READ and not fault.label.span.source.path.endswith(MANIFESTO) for fault in faults
    )
    said = [*lacking]
    if shelf.missing:
        said.append(f"a library that `{MANIFESTO}` lists is missing here; `manifesto check` says why")
    if left_out:
        said.append(f"{count(left_out, 'record')} could not be read; `manifesto check` says why")
    return Browsing(shelf, rows(shelf, choice), project, place, tuple(said))
