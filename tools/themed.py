"""A project published in a theme of one's choice; its files stay as they are."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from msgspec.structs import replace

from manifesto_cli import pipeline
from manifesto_cli.cli.console import as_text, plain
from manifesto_cli.disk.picture_cache import picture_cache
from manifesto_cli.disk.publishing import publish
from manifesto_cli.disk.shipped import shipped_names
from manifesto_cli.faults.diagnostic import Faults, Severity
from manifesto_cli.loading import Project, load, load_theme
from manifesto_cli.model.quantity import Day
from manifesto_cli.model.theme import ThemeOption
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.rendering.files import undivided
from manifesto_cli.settings import Settings

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "police-commissioner"
FOUNDATION = "base"
"""The theme that the others build on, and that nobody chooses."""
TODAY = Day(2026, 11, 25)
KINDS = {
    "home": "index.html",
    "priority": "priorities/*.html",
    "pledge": "pledges/*.html",
    "deal": "deals/*.html",
    "deals": "deals.html",
    "case-study": "case-studies/*.html",
    "case-studies": "case-studies.html",
    "evidence": "evidence.html",
    "costs": "costs.html",
    "about": "about.html",
    "whole": "manifesto.html",
    "accessibility": "accessibility.html",
    "privacy": "privacy.html",
    "imprint": "imprint.html",
    "404": "404.html",
}
"""Every kind of page, and where its pages are."""


def shipped_themes() -> tuple[str, ...]:
    """The names of the themes that ship and can be chosen."""
    return tuple(name for name in shipped_names("themes", "theme.yaml") if name != FOUNDATION)


def options_of(theme: str) -> Mapping[str, ThemeOption]:
    """What a manifesto may set of a theme that ships."""
    project = load(EXAMPLE).value
    worn = _dressed(project, theme, {}) if project else None
    found = load_theme(worn) if worn else None
    if found is None or found.value is None:
        _stop(found.faults if found else ())
    return found.value.options


def pages(site: Path, kinds: Iterable[str] = tuple(KINDS), each: int | None = 1) -> Iterator[tuple[str, str]]:
    """A kind and the path of a page of it: the fullest first, then the barest, then what lies between."""
    for kind in kinds:
        found = [path for path in site.glob(KINDS[kind]) if b'http-equiv="refresh"' not in path.read_bytes()]
        found.sort(key=lambda path: (-path.stat().st_size, path.name))
        for path in [*found[:1], *found[:0:-1]][:each]:
            yield kind, path.relative_to(site).as_posix()


def publish_themed(
    root: Path, folder: Path, theme: str, *, url: str | None = None, options: Mapping[str, str] | None = None
) -> None:
    """Publish the project as if its manifesto asked for this theme; what is wrong with either ends the program.

    Options that are given are laid over the manifesto's own.
    """
    loaded = load(root)
    project = _dressed(loaded.value, theme, options or {}) if loaded.value else None
    if project is None:
        _stop(loaded.faults)
    prepared = pipeline.prepare(project, WEBSITE, Settings(TODAY, url))
    if prepared.value is None:
        _stop(prepared.faults)
    made = pipeline.render(prepared.value)
    if made.value is None:
        _stop(made.faults)
    with pipeline.finished(prepared.value, made.value, picture_cache()) as ready:
        if ready.value is None:
            _stop(ready.faults)
        publish(folder, undivided(ready.value), protected=project.protected)


def _dressed(project: Project, theme: str, options: Mapping[str, str]) -> Project | None:
    if project.manifesto is None:
        return None
    site = project.manifesto.site
    worn = replace(site, theme=theme, options={**site.options, **options})
    return replace(project, manifesto=replace(project.manifesto, site=worn))


def _stop(faults: Faults) -> NoReturn:
    sys.exit(as_text(tuple(fault for fault in faults if fault.severity is Severity.ERROR), plain))
