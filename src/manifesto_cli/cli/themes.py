"""Themes listed, started and checked: the calls behind `theme list`, `theme new` and `theme check`."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from manifesto_cli import pipeline
from manifesto_cli.cli.clock import today
from manifesto_cli.cli.console import Paint
from manifesto_cli.cli.records import as_json
from manifesto_cli.cli.shown import on_one_line
from manifesto_cli.cli.tables import folded, tabbed
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.disk.founding import found_folder
from manifesto_cli.disk.projects import find_project, label_of, nearest_project, theme_names
from manifesto_cli.disk.shipped import shipped, shipped_names
from manifesto_cli.editing.starting import title_of
from manifesto_cli.editing.theming import FIRST, theme_files
from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.loading import Project, load, named_theme, theme_choices
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.model.theme import ThemeHeader
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.library import as_id, is_id
from manifesto_cli.reading.schema import schema_path
from manifesto_cli.rendering.theme import HEADER
from manifesto_cli.settings import Settings
from manifesto_cli.telling import Tell, count
from manifesto_cli.theming import ThemeRow, theme_faults, theme_rows

_NAME = 16
_NARROWEST = 40


def print_themes(start: Path, terminal: Terminal, *, json: bool) -> None:
    """Print the themes that the manifesto there can name; where there is no manifesto, those that come with the tool."""
    project = _project(start)
    rows = theme_rows(_root(project))
    current = project.manifesto.site.theme if project and project.manifesto else ""
    if project is None:
        terminal.say("no manifesto here: these are the themes that come with the tool")
    paint = terminal.paint(sys.stdout)
    if json:
        print(as_json(_record(row, current) for row in rows))
    elif sys.stdout.isatty() or paint("x", "bold") != "x":
        print("\n".join(line for row in rows for line in _lines(row, current, paint)))
    else:
        print(tabbed(_fields(row, current) for row in rows))
    terminal.say(count(len(rows), "theme"))


def _record(row: ThemeRow, current: str) -> Mapping[str, object]:
    header = row.header
    return {
        "name": row.name,
        "title": header.title if header else None,
        "about": header.about if header else None,
        "extends": header.extends if header else None,
        "shipped": row.shipped,
        "in_use": row.name == current,
        "templates_of_project": row.shadowed,
    }


def _fields(row: ThemeRow, current: str) -> Sequence[str]:
    """A row for other programs: name, title, what it is like, what it extends, whose it is, whether it is in use."""
    header = row.header
    said = (header.title, header.about or "", header.extends or "") if header else ("", "", "")
    return row.name, *said, "shipped" if row.shipped else "project", "in use" if row.name == current else ""


def _lines(row: ThemeRow, current: str, paint: Paint) -> Iterator[str]:
    header = row.header
    mark = paint("*", "blue") if row.name == current else " "
    title = on_one_line(header.title) if header else "its `theme.yaml` cannot be read"
    yield f"{mark} {paint(row.name.ljust(_NAME), 'blue')} {paint(title, 'bold')}"
    whose = "comes with the tool" if row.shipped else "the project's own"
    builds = f", builds on {header.extends}" if header and header.extends else ""
    used = ", in use" if row.name == current else ""
    changed = f", with {count(len(row.shadowed), 'template')} of the project" if row.shadowed else ""
    said = [header.about] if header and header.about else []
    room = max(shutil.get_terminal_size().columns, _NARROWEST) - _NAME - 3
    for text in (*said, f"{whose}{builds}{changed}{used}"):
        yield from (" " * (_NAME + 3) + paint(line, "dim") for line in folded(on_one_line(text), room))


def start_theme(start: Path, name: str, extends: str, title: str | None) -> Iterator[str]:
    """Write a theme's first files, and say what was done and what to type next. ManifestoError where it would get in the way of anything."""
    if not is_id(name):
        meant = as_id(name)
        raise ManifestoError(
            f"`{name}` cannot be the name of a theme: it takes lower-case letters, digits and single hyphens",
            help=f"did you mean `manifesto theme new {meant}`?" if meant else "choose one such as `ours`",
            status=Exit.USAGE,
        )
    root = find_project(start)
    if name in shipped_names("themes", HEADER):
        raise ManifestoError(
            f"there is a theme `{name}` already, which comes with the tool",
            help=f"choose another name; or change single templates of it with `manifesto theme shadow TEMPLATE --theme {name}`",
            status=Exit.USAGE,
        )
    known = theme_names(root)
    if extends not in known:
        meant = nearest(extends, known)
        listed = ", ".join(f"`{each}`" for each in theme_choices(root))
        raise ManifestoError(
            f"there is no theme `{extends}` to build on",
            help=f"did you mean `--extends {meant}`?" if meant else f"name one of {listed}",
            status=Exit.USAGE,
        )
    below = named_theme(root, extends, SourceFile("", "").start()).value
    if below is None:
        raise ManifestoError(
            f"something is wrong with the theme `{extends}`",
            help=f"`manifesto theme check {extends}` says what",
            status=Exit.CONTENT,
        )
    files = theme_files(_title(title, name), extends, template=below.template(FIRST) is not None)
    folder = root / "themes" / name
    found_folder(folder, root, {path: text.encode() for path, text in files.items()})
    yield from (f"wrote {label_of(folder)}{path}" for path in files)
    yield f"to use it, write `theme: {name}` under `site:` in {label_of(root)}manifesto.yaml, then type `manifesto build`"
    if not (root / schema_path("theme")).exists():
        yield "your editor can help with theme.yaml: `manifesto schema --write`"


def _title(title: str | None, name: str) -> str:
    """The title of a new theme; ManifestoError for one that no theme can have."""
    wanted = (title_of(name) if title is None else title).strip()
    text = theme_files(wanted, "civic", template=False)[HEADER] if wanted else ""
    document = read_document("", text.encode()).value
    header = decode(*document, ThemeHeader, "a theme") if document else None
    if header is None or header.faults:
        raise ManifestoError(
            "the title is empty or too long, or holds a character that has no place in a text",
            help="write `--title TEXT`",
            status=Exit.USAGE,
        )
    return wanted


def checked_theme(start: Path, name: str | None, tell: Tell) -> Faults:
    """Everything that is wrong with a theme: the one named, else the one that the manifesto names."""
    project = _project(start)
    root = _root(project)
    wanted, at = _wanted(project, name)
    known = theme_names(root)
    if name is not None and name not in known:
        meant = nearest(name, known)
        raise ManifestoError(
            f"there is no theme `{name}`",
            help=f"did you mean `{meant}`?" if meant else "`manifesto theme list` shows those that there are",
            status=Exit.USAGE,
        )
    faults = theme_faults(root, wanted, at, Settings(today()), tell)
    return pipeline.allowed(project, faults, complete=False) if project else faults


def _wanted(project: Project | None, name: str | None) -> tuple[str, Span]:
    """The name of a theme, and where it is written; ManifestoError where nothing names one."""
    if name is not None:
        return name, SourceFile(f"themes/{name}/{HEADER}", "").start()
    if project and project.manifesto and project.origin:
        return project.manifesto.site.theme, project.origin.at("site", "theme")
    raise ManifestoError(
        f"`{MANIFESTO}` cannot be read, so nothing names a theme"
        if project
        else "no manifesto here names a theme",
        help="`manifesto check` says what is wrong with it; or name a theme: `manifesto theme check NAME`"
        if project
        else "name one: `manifesto theme check NAME`",
        status=Exit.CONTENT if project else Exit.USAGE,
    )


def _root(project: Project | None) -> Path:
    """The folder in whose `themes/` to look first: the project's, or that of what comes with the tool."""
    return project.root if project else shipped("themes").parent


def _project(start: Path) -> Project | None:
    """The project around a folder, if there is one, with whatever of it can be read."""
    root = nearest_project(start, library=False)
    return load(root).value if root else None
