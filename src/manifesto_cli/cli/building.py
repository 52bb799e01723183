"""From what a person asked for to what was written: the calls behind `build`, `check` and `clean`."""

import os
import time
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.cli.unchanged import Before, changed_since, done_already, known_before
from manifesto_cli.disk.paths import STATE
from manifesto_cli.disk.projects import find_project, label_of, protected_folders, seen_from_here
from manifesto_cli.faults.diagnostic import Faults, has_errors, stops
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.model.layout import HEADER, MANIFESTO
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.rendering.output import Output
from manifesto_cli.settings import Settings
from manifesto_cli.telling import Tell, count

if TYPE_CHECKING:
    from manifesto_cli.disk.publishing import Published
    from manifesto_cli.pages_ahead import Elsewhere


class Order(Struct, frozen=True):
    """What to build."""

    start: Path
    form: str
    output: Path | None
    settings: Settings
    dry_run: bool


def build_project(order: Order, tell: Tell, *, strict: bool, verbose: bool) -> tuple[Faults, str]:
    """Build what was ordered; everything that was wrong, and how it went. With an error nothing is written."""
    root = find_project(order.start)
    output = next(output for output in OUTPUTS if output.name == order.form)
    target = _target(root, order.output, output)
    first = not os.path.lexists(target / STATE)
    settings = replace(order.settings, jobs=None)
    before = known_before(root, target, time.time_ns(), output.name, settings, jobs=order.settings.jobs)
    known = done_already(before)
    if known and not stops(known.faults, strict=strict):
        return known.faults, _up_to_date(target, known.count)
    since = None if order.dry_run else changed_since(before)
    # Imported here, and below, because where less has changed since the last build, less is needed.
    if since and since.trace.patchable and not stops(since.run.faults, strict=strict):
        from manifesto_cli.cli.rewording import reworded  # noqa: PLC0415

        done = reworded(root, target, before, since)
        if done and done.value:
            return done.faults, _summary(
                done.value, target, output, first=False, dry_run=False, verbose=verbose
            )
    with _pages_elsewhere(root, order.settings, output, before) as elsewhere:
        from manifesto_cli.cli.rebuilding import Rebuild, rebuilt  # noqa: PLC0415

        wanted = Rebuild(root, output, target, order.settings, order.dry_run, before, since, elsewhere)
        built = rebuilt(wanted, tell, strict=strict)
    if built.value is None:
        return built.faults, _STOPPED if has_errors(built.faults) else _STOPPED_BY_WARNINGS
    summary = _summary(built.value, target, output, first=first, dry_run=order.dry_run, verbose=verbose)
    return built.faults, summary


def _pages_elsewhere(
    root: Path, settings: Settings, output: Output, before: Before
) -> "AbstractContextManager[Elsewhere | None]":
    """Who makes the pages of a website while this process still loads all else that builds; nobody if they are known to be many, or are to be divided."""
    if output.printed or settings.jobs:
        return nullcontext()
    from manifesto_cli.pages_ahead import MANY, pages_ahead  # noqa: PLC0415 - as above

    return nullcontext() if before.run and before.run.count >= MANY else pages_ahead(root)


def check_folder(start: Path, settings: Settings, tell: Tell) -> tuple[Faults, str]:
    """Everything that is wrong with the nearest project or library, and what was looked at."""
    tell("checking")
    root = find_project(start, library=True)
    kind = MANIFESTO if (root / MANIFESTO).exists() else HEADER
    from manifesto_cli import pipeline  # noqa: PLC0415 - a build does not need all of it, and `clean` none
    from manifesto_cli.disk.kept import save  # noqa: PLC0415
    from manifesto_cli.shares import Work, kept_for  # noqa: PLC0415

    work = Work(jobs=settings.jobs, kept=kept_for(root))
    faults = pipeline.check(root, OUTPUTS[0], settings, work)
    save(work.kept)
    return faults, f"checked {label_of(root)}{kind} ({{time}})"


def clean_folders(start: Path, output: Path | None, *, verbose: bool) -> Iterator[str]:
    """Delete what was built, folder by folder, and say what was done."""
    from manifesto_cli.disk.publishing import clean  # noqa: PLC0415 - as above

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
        yield from (f"  - {path}" for path in cleaned.removed if verbose)
        yield from (
            f"kept {seen_from_here(target)}/{path}, which was changed by hand" for path in cleaned.kept
        )


def exit_status(faults: Faults, *, strict: bool) -> Exit:
    """How a command ends that found these faults."""
    return Exit.CONTENT if stops(faults, strict=strict) else Exit.FINE


_STOPPED = "nothing was written"
_STOPPED_BY_WARNINGS = f"{_STOPPED}: with `--strict`, warnings stop a build"


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


def _summary(
    published: "Published", target: Path, output: Output, *, first: bool, dry_run: bool, verbose: bool
) -> str:
    """How a build went: what changed and where, and after the first one how to look at it."""
    folder = seen_from_here(target)
    left = [f"{count(published.unchanged, 'file')} unchanged"] if published.unchanged else []
    left += [f"{count(len(published.removed), 'file')} removed"] if published.removed else []
    if published.written or published.removed:
        wrote = f"{'would write' if dry_run else 'wrote'} {_pages(published.written)} in {folder}"
        lines = ["; ".join([wrote, ", ".join(left)] if left else [wrote]) + " ({time})"]
    else:
        lines = [_up_to_date(target, published.unchanged)]
    lines += (f"kept {path}, which was changed by hand" for path in published.kept)
    if verbose or dry_run:
        written = {*published.written}
        lines += (
            f"  {'+' if path in written else '-'} {path}"
            for path in sorted((*published.written, *published.removed))
        )
    if first and not dry_run:
        start = seen_from_here(target / output.start)
        lines.append(f"open {start} {'to read it' if output.printed else 'in a browser'}")
    return "\n".join(lines)


def _up_to_date(target: Path, files: int) -> str:
    return f"{seen_from_here(target)} is up to date, with {count(files, 'file')} ({{time}})"


def _pages(paths: Collection[str]) -> str:
    """Files in words, pages first: `12 pages and 3 other files`."""
    pages = sum(path.endswith(".html") for path in paths)
    others = len(paths) - pages
    if not pages or not others:
        return count(pages, "page") if pages else count(others, "file")
    return f"{count(pages, 'page')} and {count(others, 'other file')}"
