"""What a preview waits for when one file has changed: CPU time with and without a memory, for projects of several sizes.

Run it with `make bench`.
"""

import gc
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks import library
from manifesto_cli.disk.template_cache import template_cache
from manifesto_cli.loading import load
from manifesto_cli.memory import Memory
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.pipeline import page_by_page, prepare
from manifesto_cli.rendering.output import Means
from manifesto_cli.settings import Settings
from manifesto_cli.shares import Work

SIZES = (40, 1_000)
TIMES = 5
SETTINGS = Settings(Day(2026, 1, 1))


def rebuild(folder: Path, memory: Memory | None) -> tuple[float, float, float]:
    """The CPU time of reading a project, of everything up to its pages, and of one page, in seconds."""
    begun = time.process_time()
    project = load(folder, Work(memory)).value
    read = time.process_time()
    prepared = prepare(project, WEBSITE, SETTINGS, Work(memory)).value if project else None
    ready = time.process_time()
    if (
        prepared is None
        or page_by_page(prepared, Means(template_cache)).made("pledges/idea-00007.html").value is None
    ):
        message = f"the project in {folder} has faults"
        raise SystemExit(message)
    return read - begun, ready - read, time.process_time() - ready


def main() -> None:
    """Change an idea, measure, and again; print medians."""
    gc.set_threshold(200_000, 20, 20)  # as the commands have it
    for ideas in SIZES:
        with tempfile.TemporaryDirectory() as top:
            folder = library.write(Path(top), ideas)
            changed = folder / "library" / "ideas" / "idea-00007.yaml"
            text = changed.read_text(encoding="utf-8")
            for name, memory in (("anew", None), ("with a memory", Memory())):
                rounds = []
                for number in range(TIMES + 1):
                    changed.write_text(text.replace("Idea 7", f"Idea 7, version {number}"), encoding="utf-8")
                    rounds.append(rebuild(folder, memory))
                    if memory is not None:
                        memory.turn(whole=True)
                # The first round fills the memory and the caches.
                read, ready, page = (statistics.median(part) for part in zip(*rounds[1:], strict=True))
                print(
                    f"rebuild {name:14} {ideas:>6} ideas {read + ready + page:6.3f} s CPU"
                    f" (reading {read:.3f}, up to the pages {ready:.3f}, a page {page:.3f})"
                )


if __name__ == "__main__":
    main()
