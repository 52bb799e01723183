"""What there is to know of themes apart from any manifesto: which there are, and what is wrong with one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli import pipeline
from manifesto_cli.disk import projects
from manifesto_cli.disk.shipped import shipped
from manifesto_cli.disk.trees import read_theme
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, has_errors, in_reading_order
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.faults.source import Span
from manifesto_cli.loading import load, named_theme, theme_layer
from manifesto_cli.model.case_study import Image
from manifesto_cli.model.theme import ThemeHeader
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.outputs.letter import letters_of
from manifesto_cli.reading.nodes import Broken
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.contrast import contrast_faults
from manifesto_cli.rendering.theme import Theme, is_ground, read_layer
from manifesto_cli.settings import Settings

SAMPLES = ("everything", "nothing")
"""The manifestos that themes are tried on: one that has everything, and one that has nothing."""


class ThemeRow(Struct, frozen=True):
    """A theme, as a list shows it."""

    name: str
    header: ThemeHeader | None
    """None if its `theme.yaml` cannot be read."""
    shipped: bool
    """Whether it comes with the tool."""
    shadowed: tuple[str, ...]
    """The templates that a folder of the project adds to it, or puts in the place of its own."""


def theme_rows(root: Path) -> tuple[ThemeRow, ...]:
    """Every theme that a manifesto in a folder could name, by name. Those that are only for others to build on are left out."""
    return tuple(row for name in projects.theme_names(root) for row in _row(root, name))


def _row(root: Path, name: str) -> Iterator[ThemeRow]:
    layer = theme_layer(root, name)
    if is_ground(layer):
        return
    (top, folder), *below = projects.theme_folders(root, name)
    added: tuple[str, ...] = ()
    if below:
        own = read_layer(read_theme(folder, top, projects.label_of(folder))).value
        added = tuple(own.templates) if own else ()
    ours = (below[-1][1] if below else folder).is_relative_to(shipped("themes"))
    yield ThemeRow(name, layer.header if layer else None, ours, added)


Telling = Callable[[str], Any]
"""Where to say what is being done."""


def theme_faults(root: Path, name: str, at: Span, settings: Settings, tell: Telling) -> Faults:
    """Everything that is wrong with a theme, in reading order: with its files, with what it makes of the samples, and on paths that no sample takes."""
    found = named_theme(root, name, at)
    theme = found.value
    faults = [*found.faults]
    if theme is not None:
        # Imported here because a list of themes needs no templates, and Jinja takes long to load.
        from manifesto_cli.disk.template_cache import template_cache  # noqa: PLC0415
        from manifesto_cli.rendering.study.findings import findings  # noqa: PLC0415

        tell("reading the templates")
        faults += findings(theme).faults
        if not has_errors(found.faults):
            faults += contrast_faults(theme, {}, Origin(at.source, Broken(at.start, at.end)))
        for sample in SAMPLES:
            tell(f"making pages of the sample with {sample}")
            faults += _tried(theme, sample, settings, template_cache)
    return in_reading_order(_once(faults))


def _tried(theme: Theme, sample: str, settings: Settings, cache: Callable[[], Any]) -> Iterator[Diagnostic]:
    """What is wrong with the pages that a theme makes of a sample, as a website and as a booklet, and with the letters."""
    project = load(shipped("samples") / sample).value
    if project is None or project.manifesto is None:
        raise ManifestoError(
            f"the sample in `{shipped('samples') / sample}` is not there", help="install manifesto-cli anew"
        )
    photo = project.manifesto.candidate.photo
    if photo:
        # A manifesto with everything sets every option.
        site = replace(project.manifesto.site, options=_all_options(theme, photo))
        project = replace(project, manifesto=replace(project.manifesto, site=site))
    for output in OUTPUTS:
        prepared = pipeline.prepare_with(project, theme, output, settings).value
        if prepared is not None:
            yield from pipeline.render(prepared, cache).faults
        if prepared is not None and output.linked:  # letters lead to pages
            for letter in letters_of(prepared.edition):
                yield from pipeline.render(replace(prepared, output=letter), cache).faults


def _all_options(theme: Theme, picture: Image) -> dict[str, str | Image]:
    """A value for every option that is a choice or a picture: the last of the choices, which is rarely the default."""
    return {
        name: picture if option.kind == "picture" else option.values[-1]
        for name, option in theme.options.items()
        if option.kind == "picture" or option.values
    }


def _once(faults: list[Diagnostic]) -> Iterator[Diagnostic]:
    """The faults without those of templates that reading has found on the same line, and said more exactly."""
    exact: set[tuple[str, str, int]] = set()
    for fault in faults:
        span = fault.label.span
        place = (fault.code, span.source.path, span.source.position(span.start)[0])
        if fault.code in ("template-undefined", "template-missing"):
            whole = span.text.strip() == span.source.line(place[2]).strip()
            if whole and place in exact:
                continue
            exact.add(place)
        yield fault
