"""Whether a build would do what the last one did: nothing is different since, neither what it read, nor what it wrote, nor what was asked."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from manifesto_cli.disk.caches import cache_folder
from manifesto_cli.disk.last_run import Run, find_run, keep_run, run_key
from manifesto_cli.disk.marks import Mark, marked_inputs, marked_output, still
from manifesto_cli.faults.diagnostic import Faults

if TYPE_CHECKING:
    from manifesto_cli.disk.publishing import Published


class Before(Struct, frozen=True):
    """What was known before a build began."""

    key: str
    began: int
    """When, in nanoseconds since 1970."""
    run: Run | None
    """The last build of the same, if it is known."""
    read: Mark | None
    """What is there to be read in the folders that it read."""


def known_before(root: Path, target: Path, began: int, *asked: object) -> Before:
    """What is known of the last build of a project into a folder. `asked` is all else that tells one build from another."""
    key = run_key(os.path.realpath(root), os.path.realpath(target), *asked)
    run = find_run(_folder(), key)
    return Before(key, began, run, marked_inputs(run.roots) if run else None)


def done_already(before: Before, target: Path) -> Run | None:
    """The last build, if another one would read, do and write the same."""
    run = before.run
    if run is None or run.written is None or not still(run.read, before.read):
        return None
    return run if still(run.written, marked_output(str(target))) else None


def remember(
    before: Before, target: Path, roots: tuple[str, ...], published: "Published", faults: Faults
) -> None:
    """Keep what a build came to, for the next one. What was written while it was at work is not known, so then nothing is kept."""
    folder = _folder()
    if folder is None:
        return
    read = (
        before.read if before.run and before.run.roots == roots else marked_inputs(roots, before=before.began)
    )
    written = marked_output(str(target))
    count = len(published.written) + published.unchanged
    if read and written:
        keep_run(folder, before.key, Run(roots, read, written, count, faults))


def _folder() -> Path | None:
    caches = cache_folder()
    return caches / "runs" if caches else None
