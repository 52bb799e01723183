"""A template of a theme, copied into the project to be changed there: the calls behind `theme shadow`."""

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from manifesto_cli import __version__
from manifesto_cli.disk.projects import find_project, label_of, seen_from_here, theme_names
from manifesto_cli.disk.saving import create, save
from manifesto_cli.disk.trees import read_file
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.loading import load, named_theme
from manifesto_cli.rendering.shadows import folder_name, record_text
from manifesto_cli.rendering.theme import HEADER, SHADOWED, Theme, ThemeLayer, is_template_name


class _Shadow(Struct, frozen=True):
    """A template of the project that takes the place of another, or is to."""

    name: str
    folder: Path
    """The theme's folder in the project."""
    label: str
    """How that is written in messages, ending in `/`."""
    original: SourceFile | None
    below: str
    """The name of the theme that has the original."""
    there: bool
    """Whether the project has a template of that name."""

    @property
    def record(self) -> Path:
        """Where the original is kept."""
        return self.folder / SHADOWED / self.name


def copy_original(start: Path, template: str, of: str | None) -> Iterator[str]:
    """Copy a template into the project, record it, and say what to do next. ManifestoError where there is one already."""
    shadow = _found(start, template, of)
    place = shadow.folder / "templates" / shadow.name
    if shadow.there or os.path.lexists(place):
        raise ManifestoError(
            f"`{shadow.label}templates/{shadow.name}` is there already, and stays as it is",
            help="work on that file; with `--accept`, its original is recorded as it is now",
            status=Exit.USAGE,
        )
    original = _original(shadow, template)
    # The record comes first: without the template it says nothing to anybody.
    _record(shadow, original)
    create(place, original.encode())
    yield f"wrote {shadow.label}templates/{shadow.name}, a copy of {shadow.below}/{shadow.name}"
    yield f"wrote {shadow.label}{SHADOWED}/{shadow.name}, by which `manifesto check` sees when the original changes"
    yield "change the copy, then type `manifesto build`"


def accept_original(start: Path, template: str, of: str | None) -> Iterator[str]:
    """Record the original of a template that the project has as it is now, and say so."""
    shadow = _found(start, template, of)
    if not shadow.there:
        raise ManifestoError(
            f"there is no `{shadow.label}templates/{shadow.name}` whose original could be recorded",
            help=f"leave out `--accept` to copy the original: `manifesto theme shadow {shadow.name}`",
            status=Exit.USAGE,
        )
    if shadow.original is None:
        if os.path.lexists(shadow.record):
            shadow.record.unlink()
        yield f"{shadow.label}templates/{shadow.name} takes the place of no other, and has no record"
        return
    _record(shadow, shadow.original)
    yield f"wrote {shadow.label}{SHADOWED}/{shadow.name}: {shadow.below}/{shadow.name} as it is now"


def _found(start: Path, template: str, of: str | None) -> _Shadow:
    """What a person means by a template; ManifestoError where there is no such thing."""
    root = find_project(start)
    name = template.replace("\\", "/").rpartition("/")[2]
    theme = _theme(root, of)
    own, below = _split(root, theme)
    lower = Theme(theme.name, below)
    original = lower.template(name) if is_template_name(name) else None
    there = bool(own and name in own.templates)
    if original is None and not there:
        known = sorted({each for layer in below for each in layer.templates})
        meant = nearest(name, known)
        raise ManifestoError(
            f"the theme `{theme.name}` has no template `{name}`",
            help=f"did you mean `{meant}`?" if meant else "the documentation of themes lists all templates",
            status=Exit.USAGE,
        )
    folder = root / "themes" / theme.name
    holder = next((layer.name for layer in below if name in layer.templates), "")
    return _Shadow(name, folder, label_of(folder), original, holder, there)


def _theme(root: Path, of: str | None) -> Theme:
    name = of
    if name is None:
        project = load(root).value
        if project is None or project.manifesto is None:
            raise ManifestoError(
                "the manifesto cannot be read, so nothing names a theme",
                help="name one with `--theme`; `manifesto check` says what is wrong with the manifesto",
                status=Exit.CONTENT,
            )
        name = project.manifesto.site.theme
    known = theme_names(root)
    if name not in known:
        meant = nearest(name, known)
        raise ManifestoError(
            f"there is no theme `{name}`",
            help=f"did you mean `--theme {meant}`?"
            if meant
            else "`manifesto theme list` shows those that there are",
            status=Exit.USAGE,
        )
    theme = named_theme(root, name, SourceFile(f"themes/{name}/{HEADER}", "").start()).value
    if theme is None:
        raise ManifestoError(
            f"something is wrong with the theme `{name}`",
            help=f"`manifesto theme check {name}` says what",
            status=Exit.CONTENT,
        )
    return theme


def _split(root: Path, theme: Theme) -> tuple[ThemeLayer | None, tuple[ThemeLayer, ...]]:
    """The layer of the project's own folder of that name, if there is one, and those below it."""
    first, *below = theme.layers
    own = not first.shipped and folder_name(first) == theme.name and (root / "themes" / theme.name).is_dir()
    return (first, tuple(below)) if own else (None, theme.layers)


def _original(shadow: _Shadow, asked: str) -> SourceFile:
    if shadow.original is None:  # it would be there, and so refused before
        raise ManifestoError(f"there is no template `{asked}`", help="correct the name", status=Exit.USAGE)
    return shadow.original


def _record(shadow: _Shadow, original: SourceFile) -> None:
    """Write what a template takes the place of, over an earlier record if there is one."""
    text = record_text(shadow.name, shadow.below, __version__, original.text).encode()
    _refuse_to_leave(shadow)
    if os.path.lexists(shadow.record):
        save(shadow.record, read_file(shadow.record), text)
    else:
        create(shadow.record, text)


def _refuse_to_leave(shadow: _Shadow) -> None:
    """Nothing is written through a link that leads out of the project."""
    root = shadow.folder.parent.parent
    for place in (shadow.folder / SHADOWED, shadow.folder / "templates", shadow.folder, shadow.folder.parent):
        if os.path.lexists(place) and not Path(os.path.realpath(place)).is_relative_to(
            os.path.realpath(root)
        ):
            raise ManifestoError(
                f"`{seen_from_here(place)}` is a link that leads out of the project, so nothing was written",
                help="put a folder in the place of the link",
            )
