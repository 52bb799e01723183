"""One line on a terminal that says what a long command is doing. It comes after a second, and goes when the command is done."""

import contextlib
import shutil
import threading
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
    at a clock.
    """
    said = [""]
    done = threading.Event()
    width = 0

    def draw() -> None:
        nonlocal width
        pause = patience
        # A stream that cannot be written is nothing that the line is there to say.
        with contextlib.suppress(OSError, ValueError):
            while not done.wait(pause):
                pause = _PAUSE
                line = f"{said[0]} …"[: shutil.get_terminal_size().columns - 1]
                stream.write(
                    f"\r{line.ljust(width)}"
                )  # spaces, since not every console knows how to clear a line
                stream.flush()
                width = len(line)

    def tell(doing: str) -> None:
        said[0] = doing

    drawing = threading.Thread(target=draw, daemon=True)
    drawing.start()
    try:
        yield tell
    finally:
        done.set()
        drawing.join()
        if width:
            with contextlib.suppress(OSError, ValueError):
                stream.write(f"\r{' ' * width}\r")
                stream.flush()
