"""What one run of a command takes: time, CPU time of all its processes, and in runs of their own the memory of all its processes together."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

_EVERY = 0.01
"""Seconds between two looks at memory. Short peaks between them are missed, for all generators alike."""


class Taken(Struct, frozen=True):
    """What a run took."""

    wall: float
    cpu: float
    """Seconds of CPU time, of the command and all processes that it has waited for."""


def timed(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Taken:
    """Run a command in a folder. It must end well."""
    with _log(folder).open("wb") as log:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the generators that are compared
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    _succeeded(process.returncode, command, folder)
    return Taken(wall, used.ru_utime + used.ru_stime)


def peak(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> int:
    """The most memory that a command and all processes below it have had at one time, in bytes; what several share counts once (PSS)."""
    with _log(folder).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the generators that are compared
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        ended = threading.Event()
        most = [0]

        def watch() -> None:
            while not ended.wait(_EVERY):
                most[0] = max(most[0], sum(map(memory, family(process.pid))))

        watcher = threading.Thread(target=watch)
        watcher.start()
        process.wait()
        ended.set()
        watcher.join()
    _succeeded(process.returncode, command, folder)
    return most[0]


def _log(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.log")


def _succeeded(code: int, command: Sequence[str], folder: Path) -> None:
    if code:
        said = _log(folder).read_text(encoding="utf-8", errors="replace")[-2000:]
        raise SystemExit(f"{' '.join(command)} ended with {code} in {folder}:\n{said}")


def family(first: int) -> list[int]:
    """A process and all below it. Of those that end meanwhile, what is below is left out."""
    found = [first]
    for process in found:
        try:
            for thread in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208 - no more than needs be while others are timed
                children = Path(f"/proc/{process}/task/{thread}/children").read_text(encoding="ascii")
                found += map(int, children.split())
        except OSError:
            continue
    return found


def memory(process: int) -> int:
    """What a process has, in bytes, and its part of what it shares with others (PSS); 0 once it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
