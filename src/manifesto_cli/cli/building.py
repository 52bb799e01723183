"""From what a person asked for to what was written: the calls behind `build`, `check` and `clean`."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from manifesto_cli import pipeline
from manifesto_cli.cli.progress import Tell, told
from manifesto_cli.cli.terminal import count
from manifesto_cli.disk.paths import STATE
from manifesto_cli.disk.projects import find_project, protected_folders, seen_from_here
from manifesto_cli.disk.publishing import Published, clean, publish, rehearse
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Severity, in_reading_order
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.loading import load
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.rendering.output import Output


class Order(Struct, frozen=True):
    """What to build."""

    start: Path
    form: str
    output: Path | None
    settings: pipeline.Settings
    dry_run: bool


def build_project(order: Order, tell: Tell, *, strict: bool, verbose: bool) -> tuple[Faults, str]:
    """Build what was ordered; everything that was wrong, and how it went. With an error nothing is written."""
    # Imported here because it loads Jinja, which a check does not need.
    from manifesto_cli.disk.template_cache import template_cache  # noqa: PLC0415

    root = find_project(order.start)
    output = next(output for output in OUTPUTS if output.name == order.form)
    target = _target(root, order.output, output)
    tell("reading")
    loaded = load(root)
    faults: list[Diagnostic] = [*loaded.faults]
    if loaded.value is None:
        return in_reading_order(faults), _STOPPED
    tell("checking")
    prepared = pipeline.prepare(loaded.value, output, order.settings)
    faults = [*pipeline.allowed(loaded.value, [*faults, *prepared.faults], complete=False)]
    if prepared.value is None or _stops(faults, strict=strict):
        return in_reading_order(faults), _STOPPED
    made = pipeline.render(
        prepared.value, template_cache(), lambda pages: told(tell, "rendering", pages, "page")
    )
    faults += made.faults
    if made.value is None:
        return in_reading_order(faults), _STOPPED
    write = rehearse if order.dry_run else publish
    files = told(tell, "writing", made.value, "file")
    published = write(target, files, protected=loaded.value.protected)
    return in_reading_order(faults), _summary(
        published, target, output, dry_run=order.dry_run, verbose=verbose
    )


def check_folder(start: Path, settings: pipeline.Settings, tell: Tell) -> Faults:
    """Everything that is wrong with the nearest project or library."""
    tell("checking")
    return pipeline.check(find_project(start, library=True), OUTPUTS[0], settings)


def clean_folders(start: Path, output: Path | None) -> Iterator[str]:
    """Delete what was built, folder by folder, and say what was done."""
    root = find_project(start)
    protected = protected_folders(root, ())
    # A folder of somebody else's that only has the name of one of ours is none of our business.
    usual = (root / known.folder for known in OUTPUTS)
    targets = [output] if output else [folder for folder in usual if os.path.lexists(folder / STATE)]
    if not targets:
        yield "there is nothing to delete"
    for target in targets:
        cleaned = clean(target, protected=protected)
        yield f"deleted {count(len(cleaned.removed), 'file')} from {seen_from_here(target)}"
        yield from (
            f"kept {seen_from_here(target)}/{path}, which was changed by hand" for path in cleaned.kept
        )


def exit_status(faults: Faults, *, strict: bool) -> Exit:
    """How a command ends that found these faults."""
    return Exit.CONTENT if _stops(faults, strict=strict) else Exit.FINE


_STOPPED = "nothing was written"


def _stops(faults: Iterable[Diagnostic], *, strict: bool) -> bool:
    least = Severity.WARNING if strict else Severity.ERROR
    return any(fault.severity >= least for fault in faults)


def _target(root: Path, given: Path | None, output: Output) -> Path:
    if given is None:
        return root / output.folder
    if given.suffix in (".md", ".html") and not given.is_dir():
        message = f"`{given}` looks like a file, and `--output` takes a folder"
        raise ManifestoError(
            message,
            help=f"write `--output {given.with_suffix('')}`; the file in it is `{output.start}`",
            status=Exit.USAGE,
        )
    return given


def _summary(published: Published, target: Path, output: Output, *, dry_run: bool, verbose: bool) -> str:
    would = "would write" if dry_run else "wrote"
    changed = f"{count(len(published.written), 'file')}" + (
        f", {published.unchanged:,} unchanged" if published.unchanged else ""
    )
    removed = f", removed {count(len(published.removed), 'file')}" if published.removed else ""
    lines = [f"{would} {changed}{removed} in {seen_from_here(target)} ({{time}})"]
    lines += (f"kept {path}, which was changed by hand" for path in published.kept)
    if verbose or dry_run:
        lines += (
            f"  {'+' if path in set(published.written) else '-'} {path}"
            for path in sorted((*published.written, *published.removed))
        )
    if not dry_run:
        lines.append(f"open {seen_from_here(target / output.start)} to read it")
    return "\n".join(lines)
