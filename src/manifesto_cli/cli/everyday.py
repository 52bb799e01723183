"""The commands that are called most often, once it is known what was asked: `build` and `check`."""

import gc
import sys
import time
from pathlib import Path

from msgspec import Struct

from manifesto_cli.cli.addresses import address_of
from manifesto_cli.cli.building import Order, build_project, check_folder, exit_status
from manifesto_cli.cli.choices import Color, Format, Report
from manifesto_cli.cli.clock import today
from manifesto_cli.cli.console import FORMATS
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.faults.error import Exit
from manifesto_cli.settings import Settings


class Build(Struct, frozen=True, kw_only=True):
    """What `build` was asked."""

    project: Path = Path()
    """Where to start looking for the project."""
    form: Format = Format.html
    output: Path | None = None
    base_url: str | None = None
    strict: bool = False
    drafts: bool = False
    dry_run: bool = False
    jobs: int | None = None
    quiet: bool = False
    verbose: bool = False
    color: Color = Color.auto


class Check(Struct, frozen=True, kw_only=True):
    """What `check` was asked."""

    project: Path = Path()
    """Where to start looking for the project or library."""
    report: Report = Report.text
    strict: bool = False
    drafts: bool = False
    jobs: int | None = None
    quiet: bool = False
    verbose: bool = False
    color: Color = Color.auto


def _search_rarely() -> None:
    """Look for circles less often still: what these commands make is wanted to their end, and looking through it takes a fifth of a large build.

    A preview, which goes on for hours, looks as often as before.
    """
    gc.set_threshold(5_000_000, 20, 20)


def build(asked: Build) -> Exit:
    """Write the website or the booklet, and say how it went."""
    _search_rarely()
    terminal = Terminal(asked.quiet, asked.verbose, asked.color)
    settings = Settings(today(), address_of(asked.base_url), asked.drafts, asked.jobs)
    order = Order(asked.project, asked.form.value, asked.output, settings, asked.dry_run)
    started = time.perf_counter()
    with terminal.telling() as tell:
        faults, summary = build_project(order, tell, strict=asked.strict, verbose=asked.verbose)
    terminal.show(faults, sys.stderr)
    terminal.say(_timed(summary, started))
    return exit_status(faults, strict=asked.strict)


def check(asked: Check) -> Exit:
    """Say everything that is wrong, in the form that was asked for."""
    _search_rarely()
    terminal = Terminal(asked.quiet, asked.verbose, asked.color)
    started = time.perf_counter()
    with terminal.telling() as tell:
        settings = Settings(today(), drafts=asked.drafts, jobs=asked.jobs)
        faults, looked = check_folder(asked.project, settings, tell)
    if asked.report is Report.text:
        terminal.show(faults, sys.stdout)
        if not faults:
            terminal.say("no faults")
    else:
        text = FORMATS[asked.report.value](faults)
        print(text, end="\n" if text else "")
    if asked.verbose:
        terminal.say(_timed(looked, started))
    return exit_status(faults, strict=asked.strict)


def _timed(summary: str, started: float) -> str:
    return summary.replace("{time}", f"{time.perf_counter() - started:.2f} s")
