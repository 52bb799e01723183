"""What `manifesto check` costs: CPU time and memory for libraries of several sizes, beside those of bare Python.

Run it with `make bench`. Machines differ, so the last column is what to compare.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import library

SIZES = (40, 1_000)
TIMES = 5


def cpu(command: list[str], folder: Path) -> float:
    """The CPU time that a command takes, its children's included, in seconds. It must end well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603 - our own command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure each command in turn, so that a busy moment of the machine meets all of them alike; print medians."""
    manifesto = str(Path(sys.executable).with_name("manifesto"))
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as top:  # noqa: S108, PTH112 - no disk in the figures
        projects = {ideas: library.write(Path(top, str(ideas)), ideas) for ideas in SIZES}
        commands = {("bare Python", 0): ([sys.executable, "-c", ""], Path(top))}
        for ideas, folder in projects.items():
            commands["check", ideas] = ([manifesto, "check"], folder)
            commands["check the library", ideas] = ([manifesto, "check", "-C", "library"], folder)
        taken: dict[tuple[str, int], list[float]] = {key: [] for key in commands}
        for _ in range(TIMES):
            for key, (command, folder) in commands.items():
                taken[key].append(cpu(command, folder))
    bare = statistics.median(taken["bare Python", 0])
    for (name, ideas), seconds in taken.items():
        median = statistics.median(seconds)
        print(f"{name:18} {ideas or '':>6} ideas {median:6.3f} s CPU {median / bare:6.1f} times bare Python")


if __name__ == "__main__":
    main()
