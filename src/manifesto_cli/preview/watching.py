"""Files that change → one call for each change. What belongs together is one: a save in several steps, a checkout of many files."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from manifesto_cli.disk.seeing import Seen, differing, git_locks, see

STEP = 10
"""Milliseconds without a change after which a save is complete: longer than an editor takes from one step to the next."""
_ALTOGETHER = 400
"""Milliseconds after which a change is heeded although more are coming."""
_TICK = 0.05
"""Seconds after which it is looked whether the watching is to end."""
_RARELY = 1.0
"""Seconds between two looks for a folder that is not there: nothing tells of its coming."""
_POLL = 0.4
"""Seconds between two looks where the system tells of no change."""
_EMPTY = 5
"""How many steps a file may take from being opened to being written."""
_GIT = 2.0
"""Seconds that git may take; what it leaves behind when it is killed must not stop the preview."""

Ticks = Iterator[bool]
"""Each time it is asked, whether something may have changed."""
Listen = Callable[[Sequence[str]], Ticks]
"""Folders, without those in them → what tells of changes in them. OSError where the system cannot."""


def watch(
    roots: Callable[[], Sequence[Path]],
    before: Seen,
    changed: Callable[[tuple[str, ...]], None],
    ended: threading.Event,
    *,
    listen: Listen | None = None,
    polling: Callable[[str], None] = lambda _: None,
) -> None:
    """Call `changed` with the files that changed since `before`, and since each call, until `ended` is set.

    `roots` are asked for after each change: a manifesto can list other libraries now. `polling` is told why, once, if the system cannot tell of
    changes, so that they are looked for.
    """
    listen = listen or by_system
    heard: frozenset[tuple[str, int]] | None = None
    ticks: Ticks = iter(())
    while not ended.is_set():
        now = see(roots())
        try:
            if now.folders != heard:
                ticks = listen([folder for folder, _ in now.folders])
                next(ticks)
                heard = now.folders
                now = see(roots())
            if not differing(before, now):
                _wait(ticks, ended, missing=now.missing)
                continue
        except FileNotFoundError:  # it went away since
            heard = None
            time.sleep(_TICK)
            continue
        except (OSError, RuntimeError) as fault:
            polling(getattr(fault, "strerror", None) or str(fault))
            listen, heard = by_looking, None
            continue
        now = _settled(roots, before)
        paths, before = differing(before, now), now
        if paths:
            changed(paths)


def _wait(ticks: Ticks, ended: threading.Event, *, missing: bool) -> None:
    """Wait for what may be a change, or for a second if there is something that can only be looked for."""
    until = time.monotonic() + _RARELY
    for told in ticks:
        if told or ended.is_set() or (missing and time.monotonic() > until):
            return
    raise RuntimeError("the system tells no more of changes")


def _settled(roots: Callable[[], Sequence[Path]], before: Seen) -> Seen:
    """What is there once git, if it is at work, is done, and no file is just being written."""
    locks = git_locks(roots())
    until = time.monotonic() + _GIT
    while time.monotonic() < until and any(map(os.path.exists, locks)):
        time.sleep(STEP / 1000)
    now = see(roots())  # only now: git may have written to its last moment
    # A file that is empty has been opened, and is not yet written.
    for _ in range(_EMPTY):
        if not any(now.files.get(path, (0, 1, 0))[1] == 0 for path in differing(before, now)):
            break
        time.sleep(STEP / 1000)
        now = see(roots())
    return now


def by_system(folders: Sequence[str]) -> Ticks:
    """What the system tells of changes in these folders."""
    # Imported here because it takes a while, and the first page should not wait for it.
    from watchfiles import watch as told  # noqa: PLC0415

    changes = told(
        *folders,
        watch_filter=None,
        debounce=_ALTOGETHER,
        step=STEP,
        rust_timeout=int(_TICK * 1000),
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=False,
        ignore_permission_denied=True,
    )
    return (bool(paths) for paths in changes)


def by_looking(_: Sequence[str]) -> Ticks:
    """The same where the system tells nothing: now and then something may have changed."""
    while True:
        time.sleep(_POLL)
        yield True
