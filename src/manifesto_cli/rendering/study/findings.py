"""Theme → everything that reading it shows to be wrong, on every path that a page could take and not only on those of some manifesto."""

from jinja2 import TemplateSyntaxError, nodes
from msgspec import Struct

from manifesto_cli.faults.catalogue.themes import template_too_much
from manifesto_cli.faults.diagnostic import Diagnostic, Faults
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.rendering.meters import TooMuchError
from manifesto_cli.rendering.render import template_fault
from manifesto_cli.rendering.sandbox import ThemeEnvironment
from manifesto_cli.rendering.study.notes import Enough, Notes
from manifesto_cli.rendering.study.reading import Reader
from manifesto_cli.rendering.study.shapes import ANYTHING, NONE, PAGES, SITE, TEXT, Shapes, shapes_of
from manifesto_cli.rendering.study.usage import unused
from manifesto_cli.rendering.templates import environment
from manifesto_cli.rendering.theme import Theme
from manifesto_cli.rendering.views.elements import PictureView


class Findings(Struct, frozen=True):
    """What was found, and what was understood on the way."""

    faults: Faults
    notes: Notes


def findings(theme: Theme) -> Findings:
    """Read all templates and styles of a theme. Nothing of it is run."""
    faults: list[Diagnostic] = []
    trees = _trees(theme, environment(theme, autoescape=True), faults)
    notes = Notes(_options(theme))
    reader = Reader(theme, trees, notes, set())
    for name, view in PAGES.items():
        if name.removesuffix(".html") in theme.leaves_out:
            continue
        source = theme.template(name)
        try:
            reader.page(name, {"site": SITE, "page": shapes_of(view)})
        except (Enough, RecursionError):
            at = (source or SourceFile(name, "")).start()
            return Findings(
                (*faults, template_too_much(at, "there is more in it than can be looked at")), notes
            )
    reader.rest()
    faults += notes.faults
    said = {(fault.label.span.source.path, fault.label.span.start) for fault in faults}
    faults += (
        fault
        for fault in unused(theme, trees, notes)
        if (fault.label.span.source.path, fault.label.span.start) not in said
    )
    return Findings(tuple(faults), notes)


def _trees(theme: Theme, reads: ThemeEnvironment, faults: list[Diagnostic]) -> dict[str, nodes.Template]:
    """The tree of each template that can be read."""
    trees: dict[str, nodes.Template] = {}
    for layer in theme.layers:
        for source in layer.templates.values():
            try:
                trees[source.path] = reads.as_written(source.text, source.path)
            except (TemplateSyntaxError, TooMuchError, RecursionError) as fault:
                faults.append(template_fault(theme, source, fault))
    return trees


def _options(theme: Theme) -> dict[str, Shapes]:
    """What `site.options` holds: the options of a theme that are not colours, which style sheets have."""
    kinds: dict[str, Shapes] = {"choice": (TEXT,), "picture": (*shapes_of(PictureView), NONE)}
    return {
        name: kinds.get(option.kind, ANYTHING)
        for name, option in theme.options.items()
        if option.kind != "colour"
    }
