"""One line on a terminal that says what a long command is doing. It comes after a second, and goes when the command is done."""

import contextlib
import shutil
import threading
import time
from collections.abc import Iterator
from typing import TextIO

from manifesto_cli.telling import Tell

PATIENCE = 1.0
"""Seconds for which nobody wonders. Most builds take less, and show nothing."""
_PAUSE = 0.1


@contextlib.contextmanager
def telling(stream: TextIO, *, patience: float) -> Iterator[Tell]:
    """Show on a terminal what is told, from when it has taken too long until it is done.

    The line is drawn by a thread of its own, so that it comes also while one long step is at work, and so that whoever tells need not look
    at a clock. Once nothing (`""`) is told the line is gone, and the thread with it: the place is free for whoever asks something, and the process
    may be forked.
    """
    said = [""]
    width = 0
    patient_until = time.monotonic() + patience
    drawing: list[tuple[threading.Thread, threading.Event]] = []

    def show(line: str) -> None:
        nonlocal width
        # A stream that cannot be written is nothing that the line is there to say.
        with contextlib.suppress(OSError, ValueError):
            # spaces, since not every console knows how to clear a line
            stream.write(f"\r{line.ljust(width)}" if line else f"\r{' ' * width}\r")
            stream.flush()
        width = len(line)

    def draw(done: threading.Event) -> None:
        pause = max(0.0, patient_until - time.monotonic())
        while not done.wait(pause):
            pause = _PAUSE
            show(f"{said[0]} …"[: shutil.get_terminal_size().columns - 1])

    def tell(doing: str) -> None:
        if not doing:
            hush()
            return
        said[0] = doing
        if not drawing:
            done = threading.Event()
            drawing.append((threading.Thread(target=draw, args=(done,), daemon=True), done))
            drawing[0][0].start()

    def hush() -> None:
        for thread, done in drawing:
            done.set()
            thread.join()
        drawing.clear()
        if width:
            show("")

    try:
        yield tell
    finally:
        hush()
