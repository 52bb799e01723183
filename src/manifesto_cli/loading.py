"""Files → what a run works with: the manifesto and its shelf of libraries, a library alone, the theme."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct

from manifesto_cli import __version__
from manifesto_cli.disk import projects
from manifesto_cli.disk.guard import Protected
from manifesto_cli.disk.shipped import shipped, shipped_names
from manifesto_cli.disk.trees import read_folder, read_theme
from manifesto_cli.faults.catalogue.libraries import library_not_found, library_twice, unknown_library
from manifesto_cli.faults.catalogue.theme_parts import ground_theme
from manifesto_cli.faults.catalogue.themes import theme_circle, unknown_theme
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome, has_errors
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import Span
from manifesto_cli.memory import Memory, recalled
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.layout import HEADER, MANIFESTO
from manifesto_cli.model.manifesto import LibraryByPath, Manifesto
from manifesto_cli.model.text import Slug
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.library import Folder, Library, read_library
from manifesto_cli.reading.nodes import Mapping as Tree
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.plain import parse_own_type, plain
from manifesto_cli.rendering.contrast import contrast_faults
from manifesto_cli.rendering.options import option_faults
from manifesto_cli.rendering.shadows import shadow_faults
from manifesto_cli.rendering.theme import Theme, ThemeFolder, ThemeLayer, is_ground, read_layer
from manifesto_cli.rendering.theme_faults import theme_faults
from manifesto_cli.shares import Work, sound_files


class Project(Struct, frozen=True):
    """A project as read: the manifesto, and the shelf that it picks from."""

    root: Path
    manifesto: Manifesto | None
    """None if it could not be read; then its faults say why."""
    origin: Origin | None
    shelf: Shelf
    protected: Protected


def load(root: Path, work: Work = Work()) -> Outcome[Project]:  # noqa: B008 - frozen
    """The project in a folder with its libraries, and every fault of their files. What is known is read, but not worked out again."""
    folder = read_folder(root, projects.label_of(root))
    own = _library_of(_without_header(folder), work)
    read: Outcome[_Written] = Outcome(None)
    if MANIFESTO in folder.files:  # if not, it must not be read, and `own` says why
        read = recalled(work.memory, _written, folder.label + MANIFESTO, folder.files[MANIFESTO])
    return _project(root, own, read, work)


def imagine(root: Path, text: str) -> Outcome[Project]:
    """The project that a folder would hold if a manifesto of this text were all that is in it, and every fault of it.

    Nothing is read but the libraries that it lists.
    """
    return _project(root, Outcome(EMPTY), _written(projects.label_of(root) + MANIFESTO, text.encode()))


class _Written(Struct, frozen=True):
    """What a manifesto says, and where."""

    manifesto: Manifesto | None
    origin: Origin


def _written(path: str, content: bytes) -> Outcome[_Written]:
    """A manifesto as written; its tree is worth having also where it is none."""
    document = read_document(path, content)
    if document.value is None:
        return Outcome(None, document.faults)
    decoded = decode(*document.value, Manifesto, "a manifesto")
    return Outcome(_Written(decoded.value, Origin(*document.value)), (*document.faults, *decoded.faults))


def _project(
    root: Path,
    own: Outcome[Library],
    read: Outcome[_Written],
    work: Work = Work(),  # noqa: B008 - frozen
) -> Outcome[Project]:
    faults: list[Diagnostic] = [*own.faults, *read.faults]
    manifesto, origin = (read.value.manifesto, read.value.origin) if read.value else (None, None)
    listed = manifesto.libraries if manifesto else _listed(origin) if origin else ()
    shelf, roots = (
        _shelf(root, own.value, listed, origin, faults, partial(_library_of, work=work))
        if origin
        else (Shelf(own.value or EMPTY), ())
    )
    return Outcome(
        Project(root, manifesto, origin, shelf, projects.protected_folders(root, roots)), tuple(faults)
    )


def load_library(root: Path, work: Work = Work(jobs=None)) -> Outcome[Library]:  # noqa: B008 - frozen
    """The library in a folder, looked at alone, and every fault of its files."""
    return _library_of(read_folder(root, projects.label_of(root)), work)


def _library_of(folder: Folder, work: Work) -> Outcome[Library]:
    """The library that the files of a folder make, read in as many processes as are worth it."""
    return read_library(folder, work.memory, sound_files(folder, work) if work.is_anew else {})


def load_theme(project: Project, memory: Memory | None = None) -> Outcome[Theme]:
    """The theme that the manifesto asks for, with all that it builds on, and every fault of its files, options and colours."""
    if project.manifesto is None or project.origin is None:
        return Outcome(None)
    site, at = project.manifesto.site, project.origin.at("site", "theme")
    found = named_theme(project.root, site.theme, at, memory)
    faults = [*found.faults]
    theme = found.value
    if theme is None:
        return found
    if theme.ground:
        faults.append(ground_theme(at, site.theme, theme_choices(project.root)))
    faults += option_faults(theme, site.options, project.origin)
    if not has_errors(faults):
        faults += contrast_faults(theme, site.options, project.origin)
    return Outcome(theme, tuple(faults))


def named_theme(root: Path, name: str, at: Span, memory: Memory | None = None) -> Outcome[Theme]:
    """The theme of a name as a project has it, with all that it builds on, and every fault of its files; `at` is where it is named."""
    layers: list[ThemeLayer] = []
    faults: list[Diagnostic] = []
    wanted: str | None = name
    seen: set[str] = set()
    while wanted:
        if wanted in seen:
            faults.append(theme_circle(at, wanted))
            break
        seen.add(wanted)
        folders = projects.theme_folders(root, wanted)
        if not folders:
            known = projects.theme_names(root) if layers else theme_choices(root)
            faults.append(unknown_theme(at, wanted, nearest(wanted, known), known))
            break
        for layer_name, folder in folders:
            read = read_theme(folder, layer_name, projects.label_of(folder))
            ours = folder.is_relative_to(shipped("themes"))
            files = (*read.files.items(),)
            layer = recalled(memory, _layer, layer_name, read.label, files, read.refused, shipped=ours)
            faults += layer.faults
            if layer.value:
                layers.append(layer.value)
        header, origin = (layers[-1].header, layers[-1].origin) if layers else (None, None)
        at = origin.at("extends") if origin else at
        wanted = header.extends if header else None
    if has_errors(faults) or not layers:
        return Outcome(None, tuple(faults))
    theme = Theme(name, tuple(layers))
    faults += (*theme_faults(theme), *shadow_faults(theme, __version__))
    return Outcome(theme, tuple(faults))


def _layer(
    name: str,
    label: str,
    files: tuple[tuple[str, bytes], ...],
    refused: tuple[tuple[str, str], ...],
    *,
    shipped: bool,
) -> Outcome[ThemeLayer]:
    layer = read_layer(ThemeFolder(name, label, dict(files), refused))
    value = msgspec.structs.replace(layer.value, shipped=shipped) if layer.value else None
    return Outcome(value, layer.faults)


def theme_choices(root: Path) -> tuple[str, ...]:
    """The names of the themes that a manifesto can name: of all that there are, those that are not only for others to build on."""
    return tuple(name for name in projects.theme_names(root) if not is_ground(theme_layer(root, name)))


def theme_layer(root: Path, name: str) -> ThemeLayer | None:
    """The folder of a theme that says what it is: the one with the `theme.yaml`."""
    layer_name, folder = projects.theme_folders(root, name)[-1]
    return read_layer(read_theme(folder, layer_name, projects.label_of(folder))).value


EMPTY = Library("", None, None, {}, {}, {}, {}, {}, frozenset(), {}, {})
"""A library with nothing in it."""


def _without_header(folder: Folder) -> Folder:
    """A project's own records: whatever lies beside the manifesto is the project's, also where there is a `library.yaml`."""
    return Folder(
        folder.label,
        {path: content for path, content in folder.files.items() if path != HEADER},
        folder.media,
        folder.unread,
        folder.refused,
    )


def _listed(origin: Origin) -> tuple[str | LibraryByPath, ...]:
    """The libraries that a manifesto lists which could not be read as a whole: their own faults are worth knowing too."""
    tree = origin.tree
    if not isinstance(tree, Tree) or "libraries" not in tree.entries:
        return ()
    try:
        return msgspec.convert(
            plain(tree.entries["libraries"].value, []),
            tuple[Slug | LibraryByPath, ...],
            dec_hook=parse_own_type,
        )
    except msgspec.ValidationError:
        return ()


def _shelf(
    root: Path,
    own: Library | None,
    listed: tuple[str | LibraryByPath, ...],
    origin: Origin,
    faults: list[Diagnostic],
    read: Callable[[Folder], Outcome[Library]],
) -> tuple[Shelf, tuple[Path, ...]]:
    libraries: dict[str, tuple[Library, Span]] = {}
    roots: list[Path] = []
    missing = False
    for i, library in enumerate(listed):
        at = origin.at("libraries", i, "path")
        folder = projects.library_folder(root, library)
        found = _library(root, folder, library, at, faults, read)
        if found is None:
            missing = True
        elif found.id in libraries:
            first, listed_at = libraries[found.id]
            same = _header_path(first) == _header_path(found)
            faults.append(library_twice(at, listed_at, found.id, same=same))
        else:
            libraries[found.id] = (found, at)
            if isinstance(library, LibraryByPath):
                roots.append(folder)
    return Shelf(own or EMPTY, tuple(library for library, _ in libraries.values()), missing), tuple(roots)


def _header_path(library: Library) -> str:
    return library.origin.source.path if library.origin else ""


def _library(
    root: Path,
    folder: Path,
    listed: str | LibraryByPath,
    at: Span,
    faults: list[Diagnostic],
    read: Callable[[Folder], Outcome[Library]],
) -> Library | None:
    if not os.path.lexists(folder / HEADER):
        if isinstance(listed, LibraryByPath):
            near = projects.library_near(root, listed.path)
            faults.append(library_not_found(at, listed.path, near, there=projects.is_folder(folder)))
        else:
            known = shipped_names("ideas", HEADER)
            faults.append(unknown_library(at, listed, nearest(listed, known), known))
        return None
    outcome = read(read_folder(folder, projects.label_of(folder)))
    faults += outcome.faults
    return outcome.value if outcome.value and outcome.value.header else None
