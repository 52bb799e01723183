"""Threads that rest while their process is forked: a fork may be made only of a process that has no other."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator


class Ticker:
    """Does something small again and again, in a thread of its own, from a moment on until it is stopped. It may rest at any time."""

    def __init__(self, work: Callable[[], object], *, patience: float, pause: float) -> None:
        self._work = work
        self._due = time.monotonic() + patience
        self._pause = pause
        self.start()

    def start(self) -> None:
        """Go on where it was when it was stopped."""
        self._stopped = threading.Event()
        self._thread = _Ticking(self)
        self._thread.start()

    def stop(self) -> None:
        """Do nothing more; then it has no thread."""
        self._stopped.set()
        self._thread.join()

    def tick(self) -> None:
        """All that its thread does."""
        while not self._stopped.wait(max(0.0, self._due - time.monotonic())):
            self._work()
            self._due = time.monotonic() + self._pause


class _Ticking(threading.Thread):
    def __init__(self, ticker: Ticker) -> None:
        super().__init__(target=ticker.tick, daemon=True)
        self.ticker = ticker


def is_alone() -> bool:
    """Whether this process has but one thread."""
    return threading.active_count() == 1


@contextlib.contextmanager
def resting() -> Iterator[bool]:
    """Whether this process has no other thread, as long as the block runs: tickers rest, but whatever else there is cannot be asked to."""
    tickers = [thread.ticker for thread in threading.enumerate() if isinstance(thread, _Ticking)]
    for ticker in tickers:
        ticker.stop()
    try:
        yield is_alone()
    finally:
        for ticker in tickers:
            ticker.start()
