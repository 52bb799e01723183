"""What a preview costs: from starting it to the first page, and from saving a file to the page that shows it in Chromium, beside bare Python.

Run it with `make bench`. Machines differ and are busy, so the medians are for reading, and ratios are what to compare.
"""

import asyncio
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import library
from tools.chromium import installed, running

SIZES = (40, 1_000)
TIMES = 11


def bare() -> float:
    """How long Python takes to start and end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    return time.perf_counter() - started


@contextmanager
def serving(project: Path) -> Iterator[tuple[str, float]]:
    """A preview of a project: its address, and after how long the first page was there."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "manifesto_cli", "serve", "-p", "0", "-C", str(project)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as preview:  # noqa: S603 - our own command
        assert preview.stderr  # noqa: S101 - for mypy
        try:
            line = preview.stderr.readline()
            found = re.match(r"http://\S+", line)
            if not found:
                raise SystemExit(line + preview.stderr.read())
            with urllib.request.urlopen(found[0]) as page:  # noqa: S310 - our own address
                page.read()
            yield found[0], time.perf_counter() - started
        finally:
            preview.terminate()


async def saves(address: str, project: Path) -> dict[str, list[float]]:
    """How long it takes from a save to the page that shows it, in seconds, by what is saved and seen."""
    idea = project / "library" / "ideas" / "idea-00000.yaml"
    text = idea.read_text(encoding="utf-8")
    taken: dict[str, list[float]] = {}
    command = installed()
    if command is None:
        print("no Chromium is installed: what a browser shows is not measured")
        return taken
    async with running(command) as browser:
        for name, path in (("its own page", "pledges/idea-00000.html"), ("the first page", "")):
            page = await browser.new_page()
            await page.goto(address + path)
            for i in range(TIMES):
                word = f"Marked{i}"
                started = time.perf_counter()
                idea.write_text(
                    re.sub("title: .*", f"title: {word} for ((office.area))", text), encoding="utf-8"
                )
                await seen(page, word)
                taken.setdefault(f"a save, {name}", []).append(time.perf_counter() - started)
                await asyncio.sleep(0.5)  # somebody who writes rests
            await page.close()
    return taken


async def seen(page: Any, word: str) -> None:
    """Wait until a page shows a word. While it is being loaded anew it cannot be asked."""
    while True:
        try:
            if await page.evaluate(
                "word => !!document.body && document.body.textContent.includes(word)", word
            ):
                return
        except Exception:  # noqa: BLE001, S110 - as said
            pass
        await asyncio.sleep(0.005)


def main() -> None:
    """Measure each size in turn; print medians."""
    python = statistics.median(bare() for _ in range(TIMES))
    with tempfile.TemporaryDirectory() as top:
        for ideas in SIZES:
            project = library.write(Path(top, str(ideas)), ideas)
            starts = []
            for _ in range(5):
                with serving(project) as (_, seconds):
                    starts.append(seconds)
            _print("ready, with its first page", ideas, starts, python)
            with serving(project) as (address, _):
                for name, seconds_of in asyncio.run(saves(address, project)).items():
                    _print(name, ideas, seconds_of, python)


def _print(name: str, ideas: int, seconds: list[float], python: float) -> None:
    median = statistics.median(seconds)
    print(
        f"{name:28} {ideas:>6} ideas {median:6.3f} s, at most {max(seconds):6.3f} {median / python:6.1f} times bare Python"
    )


if __name__ == "__main__":
    main()
