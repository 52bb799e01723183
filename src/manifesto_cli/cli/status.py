"""How a preview stands, on a terminal: one block of lines that is written anew with each change. Elsewhere a line for each change."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from manifesto_cli.cli.console import Paint, as_text, count_line, error_text, plain
from manifesto_cli.cli.shown import cells, safe, visible
from manifesto_cli.cli.terminal import Terminal, explained
from manifesto_cli.disk.projects import seen_from_here
from manifesto_cli.faults.diagnostic import Faults, Severity, has_errors
from manifesto_cli.patterns import pattern
from manifesto_cli.preview.running import News
from manifesto_cli.telling import count

_COLOURS = pattern(r"\x1b\[[0-9;]*m")
_MOST_CHANGED = 3


class Status:
    """What has been said so far about a preview."""

    def __init__(self, terminal: Terminal, host: str, note: str = "", stream: TextIO | None = None) -> None:
        self._terminal = terminal
        self._host = host
        self._notes = [note] if note else []
        self._stream = stream or sys.stderr
        self._paint = terminal.paint(self._stream)
        self._drawn: list[str] = []
        self._last: News | None = None
        self._at = ""
        self._lively = _lively(self._stream) and not terminal.quiet

    def start(self) -> None:
        """Say where the site will be, before it has been looked at."""
        if self._lively:
            self._draw([self._address(None), "  reading …"])

    def note(self, text: str) -> None:
        """Say something that stays."""
        self._notes.append(text)
        if self._lively and self._last:
            self._draw(self._block(self._last))
        elif not self._lively:
            self._write(text)

    def show(self, news: News) -> None:
        """Say how things stand now, if that is anything new."""
        before, self._last = self._last, news
        if before is None or before.number != news.number:
            self._at = time.strftime("%H:%M:%S")
        if self._lively:
            self._draw(self._block(news))
        elif _differ(before, news) and (not self._terminal.quiet or has_errors(news.faults) or news.trouble):
            if before is None and not self._terminal.quiet:
                for note in self._notes:
                    self._write(note)
            self._write(self._line(before, news))

    # --- on a terminal ------------------------------------------------------------------------------------------------------------

    def _block(self, news: News) -> list[str]:
        """All lines, as many as fit on the screen."""
        head = [self._address(news), f"  {self._how(news)}"]
        head += [f"  {visible(note)}" for note in (*self._notes, _polled(news)) if note]
        head.append(self._paint("  Ctrl-C ends it", "dim"))
        size = shutil.get_terminal_size()
        room = size.lines - 2 - _rows(head, size.columns)
        return [*head, *_fitting(news, self._paint, room, size.columns)]

    def _how(self, news: News) -> str:
        what = _changed(news) if self._terminal.verbose else "changed"
        pages = count(news.pages, "page") if news.pages else "nothing to show yet"
        took = f"{what if news.changed else 'read'} at {self._at} in {news.seconds:.2f} s"
        found = [] if news.trouble else [count_line(news.faults, self._paint)]
        return ", ".join([*found, pages, took])

    def _address(self, news: News | None) -> str:
        return self._paint(self._host + quote(news.top if news else "/"), "bold")

    def _draw(self, lines: list[str]) -> None:
        """Write the block over the last one. How many rows that takes is counted only now, since windows change their width."""
        up = _rows(self._drawn, shutil.get_terminal_size().columns)
        back = f"\x1b[{up}A\r\x1b[J" if up else ""
        self._stream.write(back + "\n".join(lines) + "\n")
        self._stream.flush()
        self._drawn = lines

    # --- elsewhere ----------------------------------------------------------------------------------------------------------------

    def _line(self, before: News | None, news: News) -> str:
        if before is None:
            what = f"shows {count(news.pages, 'page')}" if news.pages else "has nothing to show yet"
            start = f"{self._host}{quote(news.top)} {what}"
        else:
            start = f"{self._at} {_changed(news) if news.changed and before.number != news.number else 'looked through'}"
        if news.trouble:
            return f"{start}; {visible(news.trouble.headline)}; help: {visible(news.trouble.help)}"
        first = next((fault for fault in news.faults if fault.severity is Severity.ERROR), None)
        what = count_line(news.faults, plain)
        if first:
            source = first.label.span.source
            line, column = source.position(first.label.span.start)
            what += f", first {visible(source.path)}:{line}:{column}: {visible(first.headline)}"
        return f"{start}; {what} ({news.seconds:.2f} s)"

    def _write(self, text: str) -> None:
        if not self._terminal.quiet or self._last:
            self._stream.write(safe(text) + "\n")
            self._stream.flush()


def _lively(stream: TextIO) -> bool:
    """Whether what has been written can be written over: not in a file, on an old terminal, or in the old window of Windows."""
    able = os.name != "nt" or "WT_SESSION" in os.environ
    return stream.isatty() and able and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


def _differ(before: News | None, news: News) -> bool:
    return before is None or (before.number, before.faults) != (news.number, news.faults)


def _fitting(news: News, paint: Paint, room: int, columns: int) -> Iterator[str]:
    """What is wrong, in full; if that is more than fits, what can be shown of it, the worst first."""
    if news.trouble:
        yield ""
        yield from error_text(news.trouble, paint).split("\n")
        return
    if not news.faults:
        return
    faults = sorted(news.faults, key=lambda fault: -fault.severity)
    for many in range(len(faults), 0, -1):
        lines = _fault_lines(tuple(faults[:many]), len(faults) - many, paint)
        if _rows(lines, columns) <= room:
            yield from lines
            return
    yield ""
    yield "`manifesto check` says what is wrong; this window is too small for it"


def _fault_lines(faults: Faults, more: int, paint: Paint) -> list[str]:
    text = as_text(faults, paint).rpartition("\n\n")[0]
    lines = ["", *text.split("\n")]
    if more:
        lines += ["", f"and {more:,} more: `manifesto check` lists them all"]
    elif said := explained(faults):
        lines += ["", said]
    return lines


def _rows(lines: list[str], columns: int) -> int:
    """How many rows of the screen lines take."""
    return sum(max(-(-cells(_COLOURS.sub("", line)) // max(columns, 1)), 1) for line in lines)


def _changed(news: News) -> str:
    """What has changed, in a few words."""
    names = [visible(seen_from_here(Path(path))) for path in news.changed[:_MOST_CHANGED]]
    more = len(news.changed) - len(names)
    return " ".join([", ".join(names), *([f"and {more:,} more"] if more else []), "changed"])


def _polled(news: News) -> str:
    return (
        f"changes are looked for twice a second, since the system does not tell of them ({visible(news.polling.lower())})"
        if news.polling
        else ""
    )
