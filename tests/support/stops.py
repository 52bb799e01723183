"""Work that is stopped at a step: killed, interrupted or refused at its first call that changes the disk, its second, and so on."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from manifesto_cli.disk import exchange, resting

STEPS: tuple[tuple[Any, str], ...] = (
    *(
        (os, name)
        for name in ("open", "write", "close", "mkdir", "unlink", "rmdir", "replace", "rename", "link")
    ),
    *((os, name) for name in ("symlink", "chmod")),
    (exchange, "exchange"),
)
"""The calls by which a build changes the disk, and those around them: where each is looked up, and its name."""


@contextlib.contextmanager
def stopped(at: int, stop: Callable[[], None], *, after: bool = False) -> Iterator[list[str]]:
    """Within, instead of the step of that number, or right after it, `stop` happens; the names of the steps are yielded.

    A write happens by half before it is stopped.
    """
    steps: list[str] = []
    originals = {name: getattr(place, name) for place, name in STEPS}

    def counting(name: str) -> Callable[..., Any]:
        def step(*given: Any, **named: Any) -> Any:
            steps.append(name)
            if len(steps) == at and after:
                originals[name](*given, **named)
                stop()
            if len(steps) == at:
                if name == "write":
                    originals["write"](given[0], bytes(given[1])[: len(given[1]) // 2])
                if name == "close":
                    originals["close"](*given)
                stop()
            return originals[name](*given, **named)

        return step

    for place, name in STEPS:
        setattr(place, name, counting(name))
    try:
        yield steps
    finally:
        for place, name in STEPS:
            setattr(place, name, originals[name])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def forget_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work may be divided also here, where other tests may have left threads, such as that of a browser: they are known to hold nothing. A fork has but one."""
    before = threading.active_count()
    monkeypatch.setattr(resting, "is_alone", lambda: threading.active_count() in (1, before))


def forks() -> set[str]:
    """The numbers of all processes that this one has started and not waited for, on Linux."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def killed(work: Callable[[], object], at: int) -> bool:
    """Whether a process that does the work was killed at the step of that number; else it had fewer."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException), stopped(at, die):
            work()
            os._exit(0)
        os._exit(1)
    ended = os.waitpid(child, 0)[1]
    assert ended == 0 or os.WTERMSIG(ended) == signal.SIGKILL
    return ended != 0
