"""One line on a terminal that says what a long command is doing. It comes after a second, and goes when the command is done."""

import contextlib
import shutil
import threading
from collections.abc import Callable, Collection, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")

Tell = Callable[[str], None]
"""Takes what is being done, such as `reading`. Telling costs next to nothing: only the line itself is slow."""

PATIENCE = 1.0
"""Seconds for which nobody wonders. Most builds take less, and show nothing."""
_PAUSE = 0.1


def untold(doing: str) -> None:
    """Tell nobody."""


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


def told(tell: Tell, doing: str, things: Collection[T], noun: str) -> Iterator[T]:
    """The things one by one, while it is told how far it is: `rendering 312 of 1,200 pages`."""
    of = f" of {len(things):,} {noun}{'' if len(things) == 1 else 's'}"
    for number, thing in enumerate(things, 1):
        tell(f"{doing} {number:,}{of}")
        yield thing
