"""A folder with a manifesto → the files of an output, ready to be written: every stage in order, stopped by the first that finds errors."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from manifesto_cli import pipeline
from manifesto_cli.disk.picture_cache import picture_cache
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome, Severity, in_reading_order
from manifesto_cli.loading import Project, load
from manifesto_cli.pipeline import Prepared, Settings
from manifesto_cli.rendering.files import Copy, File
from manifesto_cli.rendering.output import Output
from manifesto_cli.telling import Tell, told


class Ready(Struct, frozen=True):
    """The files of an output, and what they were made from."""

    project: Project
    prepared: Prepared
    files: tuple[File | Copy, ...]


def stops(faults: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether any of the faults stops a build: an error, or with `strict` a warning."""
    least = Severity.WARNING if strict else Severity.ERROR
    return any(fault.severity >= least for fault in faults)


@contextmanager
def making(
    root: Path,
    output: Output,
    settings: Settings,
    tell: Tell,
    *,
    strict: bool,
    adapt: Callable[[Prepared], Prepared] = lambda prepared: prepared,
) -> Iterator[Outcome[Ready]]:
    """The files of an output, as long as the block runs, and everything that is wrong, in reading order. With a fault that stops there are none.

    `adapt` may change what is rendered, once it is settled what there is to render.
    """
    # Imported here because it loads Jinja, which takes longer than to find a fault.
    from manifesto_cli.disk.template_cache import template_cache  # noqa: PLC0415

    tell("reading")
    loaded = load(root)
    faults: list[Diagnostic] = [*loaded.faults]
    project = loaded.value
    if project is None:
        yield Outcome(None, in_reading_order(faults))
        return
    tell("checking")
    prepared = pipeline.prepare(project, output, settings)
    faults = [*pipeline.allowed(project, [*faults, *prepared.faults], complete=False)]
    if prepared.value is None or stops(faults, strict=strict):
        yield Outcome(None, in_reading_order(faults))
        return
    adapted = adapt(prepared.value)
    made = pipeline.render(adapted, template_cache(), lambda pages: told(tell, "rendering", pages, "page"))
    faults += made.faults
    if made.value is None:
        yield Outcome(None, in_reading_order(faults))
        return
    with pipeline.finished(
        adapted, made.value, picture_cache(), lambda pictures: told(tell, "making", pictures, "picture")
    ) as ready:
        faults += ready.faults
        value = Ready(project, adapted, ready.value) if ready.value is not None else None
        yield Outcome(value, in_reading_order(faults))
