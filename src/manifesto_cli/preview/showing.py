"""What is on show, and whoever waits for the next: one place where the threads of the preview meet."""

import contextlib
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import quote

import msgspec
from msgspec import Struct

from manifesto_cli.disk.pictures import PictureMaker
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Severity, in_reading_order
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.preview.answering import (
    MISSING,
    NOT_FOUND,
    WAITING,
    Found,
    Marks,
    kind_of,
    with_client,
)
from manifesto_cli.preview.asking import path_in_site
from manifesto_cli.preview.listeners import Listeners
from manifesto_cli.preview.sheets import Sheets
from manifesto_cli.preview.shown import NOTHING, Built, FaultShown, ShowFault, Shown, after
from manifesto_cli.rendering.files import Copy, File

_MOST = 20
"""As many faults as an overlay shows; nobody mends more at a time."""
_MOMENT = 0.05
_PATIENCE = 60.0
"""Seconds for which a browser waits for the first look at a project."""


class Now(Struct, frozen=True):
    """What is on show, with what has been made of it."""

    shown: Shown
    sheets: Sheets | None


class PageState(Struct, frozen=True):
    """What a page in a browser is told when it asks how things stand."""

    run: str
    number: int
    home: str
    """Where the site begins, as it stands in an address."""
    page: str
    style: str
    rest: str
    faults: tuple[FaultShown, ...]
    more: int
    """How many faults there are beyond those."""


class Showing:
    """What is on show. Every change takes the place of the whole, so whoever answers a request works on one state from first to last."""

    def __init__(self, run: str, maker: PictureMaker, show_fault: ShowFault) -> None:
        self.run = run
        self.listeners = Listeners()
        self._maker = maker
        self._show_fault = show_fault
        self._now = Now(NOTHING, None)
        self._turn = threading.Condition()
        self._asked = 0.0
        self._building = False

    @property
    def now(self) -> Now:
        """What is on show at this moment."""
        return self._now

    def take(self, built: Built, changed: tuple[str, ...], seconds: float) -> Now:
        """Show what has been built, and tell every open page."""
        before = self._now
        shown = after(before.shown, built, changed, seconds)
        self._asked = time.monotonic()  # whoever looks at a page will ask at once
        good = before.sheets.good if before.sheets else {}
        sheets = Sheets(built.pages, self._maker, good) if built.pages else before.sheets
        return self._put(Now(shown, sheets))

    def look_again(self) -> None:
        """Tell every open page that something has been found out that no change of a file told."""
        shown = self._now.shown
        self._put(Now(msgspec.structs.replace(shown, number=shown.number + 1), self._now.sheets))

    def _put(self, now: Now) -> Now:
        with self._turn:
            self._now = now
            self._turn.notify_all()
        self.listeners.tell(self.greeting())
        return now

    def greeting(self) -> bytes:
        """What an open page is told: which run of the preview this is, and how many changes there have been."""
        return f"data: {self.run}:{self._now.shown.number}\n\n".encode()

    def first(self) -> Now:
        """What is on show, as soon as there is anything; a browser may come before everything has been looked at."""
        self._asked = time.monotonic()
        with self._turn:
            self._turn.wait_for(lambda: self._now.shown.number, _PATIENCE)
        return self._now

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """Within, something is being built, and whatever can wait waits."""
        self._building = True
        try:
            yield
        finally:
            self._building = False

    def stir(self) -> None:
        """Something may have changed: whatever can wait waits from now on."""
        self._asked = time.monotonic()

    def quiet(self, seconds: float) -> bool:
        """Whether nothing is being built, and no browser has asked for anything for so long."""
        return not self._building and self._asked + seconds <= time.monotonic()

    def wait_for_quiet(self, seconds: float) -> Now:
        """What is on show once nothing is being built, and no browser has asked for anything for so long."""
        while not self.quiet(seconds):
            time.sleep(_MOMENT)
        return self._now

    def wait_for_other(self, now: Now) -> None:
        """Wait until something else than this is on show."""
        with self._turn:
            self._turn.wait_for(lambda: self._now is not now)

    def end(self) -> None:
        """Let nobody wait any longer."""
        with self._turn:
            self._now = Now(msgspec.structs.replace(self._now.shown, number=-1), None)
            self._turn.notify_all()

    def answer(self, path: str) -> Found:
        """What a browser gets for the path of an address."""
        now = self.first()
        sheets, place = now.sheets, path_in_site(path, now.shown.top)
        if sheets is None:
            marks = Marks("", "", "")
            page = with_client(WAITING, now.shown, marks, self.run, faulty=True)
            return Found(kind_of(NOT_FOUND), page, HTTPStatus.SERVICE_UNAVAILABLE)
        status = HTTPStatus.OK
        if place is None or place not in sheets.paths:
            place, status = NOT_FOUND, HTTPStatus.NOT_FOUND
        if place.endswith(".html"):
            content = sheets.page(place) if place in sheets.paths else MISSING
            faulty = bool(self._errors(now, place))
            marks = _marks(sheets, place, status)
            page = with_client(content or WAITING, now.shown, marks, self.run, faulty=faulty)
            return Found(kind_of(place), page, status if content else HTTPStatus.SERVICE_UNAVAILABLE)
        return self._file(sheets, place)

    def _file(self, sheets: Sheets, place: str) -> Found:
        made = sheets.file(place).value
        if isinstance(made, File):
            return Found(kind_of(place), made.content)
        if isinstance(made, Copy):
            return Found(kind_of(place), made)
        picture = sheets.picture(made) if made else None
        if picture:
            return Found(kind_of(place), picture)
        self.look_again()  # only now it is known that the picture is damaged
        return Found("text/plain; charset=utf-8", b"this file cannot be made", HTTPStatus.NOT_FOUND)

    def state(self, path: str) -> bytes:
        """How things stand for the page at a path, as JSON."""
        now = self.first()
        sheets, place = now.sheets, path_in_site(path, now.shown.top)
        status = HTTPStatus.OK
        if sheets and (place is None or place not in sheets.paths):
            place, status = NOT_FOUND, HTTPStatus.NOT_FOUND
        marks = _marks(sheets, place, status) if sheets and place else Marks("", "", "")
        errors = self._errors(now, place if sheets else None)
        return msgspec.json.encode(
            PageState(
                self.run,
                now.shown.number,
                quote(now.shown.top),
                marks.page,
                marks.style,
                marks.rest,
                tuple(self._show_fault(fault) for fault in errors[:_MOST]),
                max(len(errors) - _MOST, 0),
            )
        )

    def _errors(self, now: Now, place: str | None) -> tuple[Diagnostic | ManifestoError, ...]:
        """What is wrong with the project as a whole and with this page: only what would stop a build."""
        found: list[Diagnostic] = [*now.shown.faults]
        if now.sheets and place and place.endswith(".html") and now.shown.sound:
            found += now.sheets.faults(place)
        errors = tuple(fault for fault in in_reading_order(found) if fault.severity is Severity.ERROR)
        return (now.shown.trouble, *errors) if now.shown.trouble else errors

    def faults(self) -> Faults:
        """Everything that is known to be wrong, as a build would say it."""
        now = self._now
        return in_reading_order(
            [*now.shown.faults, *(now.sheets.faults() if now.sheets and now.shown.sound else ())]
        )


def _marks(sheets: Sheets, place: str, status: HTTPStatus) -> Marks:
    """Those of a page; a page that is not there has others than the page that says so, so that it is noticed when it comes."""
    marks = sheets.marks(place)
    if status is HTTPStatus.NOT_FOUND and marks.page:
        return msgspec.structs.replace(marks, page=f"missing-{marks.page}")
    return marks
