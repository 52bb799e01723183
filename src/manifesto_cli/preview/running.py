"""A preview from its first to its last moment: the server, the watching, and what is made while nobody asks, each in a thread of its own."""

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from manifesto_cli.disk.picture_cache import picture_cache
from manifesto_cli.disk.pictures import picture_maker
from manifesto_cli.disk.seeing import Seen, see
from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.memory import Memory
from manifesto_cli.preview.building import build
from manifesto_cli.preview.server import PreviewServer
from manifesto_cli.preview.showing import Showing
from manifesto_cli.preview.shown import ShowFault
from manifesto_cli.preview.watching import Ticks, by_system, watch
from manifesto_cli.settings import Settings

_PAUSE = 0.05
"""Seconds after which the server looks whether it is to end."""
_SOON = 0.2
_CLOCK = 2_000_000_000
"""Nanoseconds by which the clock of a disk may differ from ours."""
_QUIET = 0.25
"""Seconds after the last request from which on all other pages are made: no reader waits for those that nobody asked for."""


class News(Struct, frozen=True):
    """How things stand, for whoever looks after the preview."""

    number: int
    """Of the change; 0 as long as nothing has been looked at."""
    top: str
    pages: int
    faults: Faults
    trouble: ManifestoError | None
    changed: tuple[str, ...]
    seconds: float
    """How long it took from the change until the pages could be seen."""
    complete: bool
    """Whether every page has been made, so that no fault is still to be found."""
    polling: str = ""
    """Why changes are looked for now and then: the system's own reason. Empty where it tells of them."""


class Order(Struct, frozen=True):
    """What is to be shown."""

    root: Path
    settings: Callable[[], Settings]
    """What a look at the project is told; it is asked each time, since a preview may run past midnight."""
    port: int


Tell = Callable[[News | BaseException], None]
"""Takes each change, or the mistake of ours that ends the preview. It is called from several threads, and must not wait."""


@contextlib.contextmanager
def previewing(order: Order, show_fault: ShowFault, tell: Tell) -> Iterator[int]:
    """The port at which the site is shown, as long as the block runs. OSError where the port cannot be had."""
    with contextlib.ExitStack() as stack:
        maker = stack.enter_context(picture_maker(picture_cache()))
        showing = Showing(os.urandom(8).hex(), maker, show_fault)
        server = stack.enter_context(PreviewServer(order.port, showing, tell))
        ended = threading.Event()
        work = _Work(order, showing, tell, ended)
        _start("answering", lambda: server.serve_forever(_PAUSE), tell)
        _start("watching", work.watch, tell)
        _start("making", work.make_the_rest, tell)
        try:
            yield server.server_port
        finally:
            # The threads end by themselves: whoever ends a preview waits for no page that is just being made.
            ended.set()
            showing.end()
            server.end()


def _start(name: str, work: Callable[[], None], tell: Tell) -> None:
    def guarded() -> None:
        try:
            work()
        except Exception as mistake:  # noqa: BLE001 - told, and raised where somebody sees it
            tell(mistake)

    threading.Thread(target=guarded, name=name, daemon=True).start()


class _GivenUp(BaseException):
    """A page that nobody has asked for is not made now. No `Exception`, since it is no fault of the page."""


class _Work:
    """What is done besides answering."""

    def __init__(self, order: Order, showing: Showing, tell: Tell, ended: threading.Event) -> None:
        self._order = order
        self._showing = showing
        self._tell = tell
        self._ended = ended
        self._memory = Memory()
        self._roots: tuple[Path, ...] = (order.root,)
        self._polling = ""
        self._making = 0
        """The thread in which pages are made that nobody has asked for."""

    def watch(self) -> None:
        """Build, show, and do so again with every change."""
        before, started = see(self._roots), time.time_ns()
        self._rebuild(())
        # Which libraries there are is known only now. Of their files those count as seen that nobody has touched since.
        libraries = see(self._roots[1:])
        old = {path: stamp for path, stamp in libraries.files.items() if stamp[0] < started - _CLOCK}
        before = Seen({**old, **before.files}, before.folders)
        # What tells of changes takes a while to load; whoever comes at once is answered first, and misses nothing.
        self._ended.wait(_SOON)
        self._showing.wait_for_quiet(_SOON)
        watch(
            lambda: self._roots,
            before,
            self._rebuild,
            self._ended,
            polling=self._poll,
            listen=self._listen,
        )

    def _rebuild(self, changed: tuple[str, ...]) -> None:
        started = time.perf_counter()
        with self._showing.building():
            built = build(self._order.root, self._order.settings(), self._memory, self._heed)
        self._showing.take(built, changed, time.perf_counter() - started)
        if built.libraries is not None:
            self._roots = (self._order.root, *built.libraries)
        self._say(complete=False)

    def _poll(self, why: str) -> None:
        self._polling = why
        self._say(complete=False)

    def make_the_rest(self) -> None:
        """Make all pages that nobody has asked for while nobody asks, so that what is wrong with any of them is found."""
        self._making = threading.get_ident()
        while not self._ended.is_set():
            now = self._showing.wait_for_quiet(_QUIET)
            sheets = now.sheets
            if sheets and now.shown.sound:
                for path in sheets.left():
                    if self._showing.wait_for_quiet(_QUIET) is not now or self._ended.is_set():
                        break
                    try:
                        sheets.make(path)
                    except _GivenUp:
                        break
                else:
                    self._say(complete=True)
                    self._showing.wait_for_other(now)
            else:
                self._showing.wait_for_other(now)

    def _listen(self, folders: Sequence[str]) -> Ticks:
        """What the system tells of changes. As soon as it does, whatever can wait waits, before it is looked what has changed."""
        for told in by_system(folders):
            if told:
                self._showing.stir()
            yield told

    def _heed(self) -> None:
        """Give up a page that nobody has asked for as soon as there is something to do: each would slow the other down."""
        if threading.get_ident() == self._making and not self._showing.quiet(_QUIET):
            raise _GivenUp

    def _say(self, *, complete: bool) -> None:
        now = self._showing.now
        self._tell(
            News(
                now.shown.number,
                now.shown.top,
                now.sheets.count if now.sheets else 0,
                self._showing.faults(),
                now.shown.trouble,
                now.shown.changed,
                now.shown.seconds,
                complete,
                self._polling,
            )
        )
