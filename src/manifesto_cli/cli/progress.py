"""One line on a terminal that says what a long command is doing. It comes after a second, and goes when the command is done."""

import contextlib
import shutil
import threading
from collections.abc import Iterator
from typing import TextIO

from manifesto_cli.disk.resting import Ticker
from manifesto_cli.telling import Tell

PATIENCE = 1.0
"""Seconds for which nobody wonders. Most builds take less, and show nothing."""
_PAUSE = 0.1


@contextlib.contextmanager
def telling(stream: TextIO, *, patience: float) -> Iterator[Tell]:
    """Show on a terminal what is told, from when it has taken too long until it is done.

    The line is drawn by a thread of its own, so that it comes also while one long step is at work, and so that whoever tells need not look
    at a clock. It rests while work is divided. Once nothing (`""`) is told the line is gone, and the place is free for whoever asks something.
    """
    said = [""]
    drawn = threading.Lock()
    width = 0

    def show(line: str) -> None:
        nonlocal width
        # A stream that cannot be written is nothing that the line is there to say.
        with contextlib.suppress(OSError, ValueError):
            # spaces, since not every console knows how to clear a line
            stream.write(f"\r{line.ljust(width)}" if line else f"\r{' ' * width}\r")
            stream.flush()
        width = len(line)

    def draw() -> None:
        with drawn:
            if said[0]:
                show(f"{said[0]} …"[: shutil.get_terminal_size().columns - 1])

    def tell(doing: str) -> None:
        with drawn:
            said[0] = doing
            if width and not doing:
                show("")

    drawing = Ticker(draw, patience=patience, pause=_PAUSE)
    try:
        yield tell
    finally:
        drawing.stop()
        if width:
            show("")
