"""What of the last build still holds: all of it if nothing is different since, neither what it read, nor what it wrote, nor what was asked; or most of it."""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from manifesto_cli.disk.caches import cache_folder
from manifesto_cli.disk.contents import hash_of
from manifesto_cli.disk.last_run import Run, Trace, find_run, keep_run, looked_then, run_key
from manifesto_cli.disk.marks import Looked, Mark, looked_at, marked, marked_output, still
from manifesto_cli.disk.workers import beside, jobs_for
from manifesto_cli.faults.diagnostic import Faults


class Before(Struct, frozen=True):
    """What was known before a build began."""

    key: str
    began: int
    """When, in nanoseconds since 1970."""
    run: Run | None
    """The last build of the same, if it is known and what it wrote is still in place."""
    looked: Looked | None
    """What is there to be read in the folders that it read."""
    read: Mark | None
    """The mark of that, taken before any of it is read."""


def known_before(root: Path, target: Path, began: int, *asked: object, jobs: int | None = 1) -> Before:
    """What is known of the last build of a project into a folder. `asked` is all else that tells one build from another."""
    key = run_key(os.path.realpath(root), os.path.realpath(target), *asked)
    run = find_run(_folder(), key)
    if run is None or run.written is None:
        return Before(key, began, None, None, None)
    apart = [str(target)] if jobs_for(jobs, run.count) > 1 else []
    with beside(marked_output, apart) as written:
        looked = looked_at(run.roots, os.path.realpath(target))
        read = marked(looked) if looked else None
        now = written()[0] if apart else marked_output(str(target))
    if not still(run.written, now):
        return Before(key, began, None, None, None)
    return Before(key, began, run, looked, read)


def done_already(before: Before) -> Run | None:
    """The last build, if another one would read, do and write the same."""
    return before.run if before.run and still(before.run.read, before.read) else None


class Since(Struct, frozen=True):
    """What has changed since the last build."""

    run: Run
    trace: Trace
    """What it made its files from."""
    changed: frozenset[str]
    """The paths of what is read that are different."""


def changed_since(before: Before) -> Since | None:
    """What has changed since the last build; None if files came or went, or nothing is known."""
    run, now = before.run, before.looked
    if run is None or now is None:
        return None
    trace = run.traced()
    then = looked_then(trace)
    if then.names != now.names or then.files.keys() != now.files.keys():
        return None
    changed = {path for path, stamp in now.files.items() if then.files[path] != stamp}
    changed |= {path for path, known in run.read.young.items() if hash_of(path) != known}
    return Since(run, trace, frozenset(changed))


class Reading(Struct, frozen=True):
    """What a build read."""

    looked: msgspec.Raw
    """As in `Trace`."""
    mark: Mark


def reading(before: Before, roots: tuple[str, ...], target: Path) -> Reading | None:
    """What a build reads in these folders; None where that is not known, because something was written since it began."""
    same = before.run is not None and before.run.roots == roots
    looked = before.looked if same else looked_at(roots, os.path.realpath(target))
    mark = before.read if same else marked(looked, before.began) if looked else None
    return Reading(msgspec.Raw(msgspec.msgpack.encode(looked)), mark) if mark else None


class Done(Struct, frozen=True):
    """What a build came to."""

    roots: tuple[str, ...]
    """The folders that it read."""
    read: Reading | None
    """What it read there; None if that is not known."""
    count: int
    """How many files of the output are the tool's."""
    faults: Faults
    keys: Mapping[str, bytes]
    """As in `Trace`."""
    texts: dict[str, bytes]
    """As in `Trace`."""
    made_from: dict[str, bytes]
    """As in `Trace`."""
    patchable: bool | None
    """As in `Trace`."""
    imprint: str
    """As in `Trace`."""


def remember(before: Before, target: Path, done: Done) -> None:
    """Keep what a build came to, for the next one."""
    folder, read = _folder(), done.read
    written = marked_output(str(target)) if folder and read else None
    if read and written:
        trace = Trace(
            read.looked,
            dict(done.keys),
            done.patchable,
            done.imprint,
            done.texts,
            done.made_from,
        )
        encoded = msgspec.Raw(msgspec.msgpack.encode(trace))
        keep_run(folder, before.key, Run(done.roots, read.mark, written, done.count, done.faults, encoded))


def _folder() -> Path | None:
    caches = cache_folder()
    return caches / "runs" if caches else None
