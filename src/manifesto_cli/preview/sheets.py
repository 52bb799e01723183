"""The files of a site on show, each made when it is first asked for and then kept, whoever asks, also several at once."""

import threading
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from manifesto_cli.disk.pictures import PictureMaker
from manifesto_cli.faults.diagnostic import Faults, Outcome, in_reading_order
from manifesto_cli.preview.answering import ASSETS, Marks, mark, stamp
from manifesto_cli.preview.shown import Pages
from manifesto_cli.rendering.files import Copy, File, Made
from manifesto_cli.rendering.output import TOO_MUCH
from manifesto_cli.rendering.theme import STYLE_ADDRESS

_MEDIA = "media/"
_LONG = ("costs.html", "evidence.html", "manifesto.html")
"""Pages that grow with the manifesto: each takes as long as hundreds of others."""


class Sheets:
    """What has been made of some pages. Whoever asks for a page that is just being made waits for it; nobody waits for another."""

    def __init__(self, pages: Pages, maker: PictureMaker, good: Mapping[str, bytes]) -> None:
        self.pages = pages
        self.paths = frozenset(pages.paths)
        self._maker = maker
        self._made: dict[str, Outcome[File | Copy | Made]] = {}
        self._marks: dict[str, Marks] = {}
        self._pictures: dict[str, Copy | str] = {}
        self._turns: dict[str, threading.Lock] = {}
        self._hopeless = False
        self.good = {path: page for path, page in good.items() if path in self.paths}
        """The last words of each page that could be printed: they stay on show while its template is broken."""

    @property
    def count(self) -> int:
        """How many pages there are."""
        return sum(path.endswith(".html") for path in self.paths)

    def file(self, path: str) -> Outcome[File | Copy | Made]:
        """A file of the site, or what is wrong with it; nothing where there is none at a path."""
        made = self._made.get(path)
        if made is None:
            with self._turns.setdefault(path, threading.Lock()):
                there = path in self.paths
                made = self._made.get(path) or (self.pages.made(path) if there else Outcome(None))
                if isinstance(made.value, File) and path.endswith(".html"):
                    self.good[path] = made.value.content
                self._hopeless |= any(fault.code == TOO_MUCH for fault in made.faults)
                self._made[path] = made
        return made

    def page(self, path: str) -> bytes | None:
        """The words of a page, or those that it had when its template was last sound; None where it never was."""
        made = self.file(path).value
        return made.content if isinstance(made, File) else self.good.get(path)

    def picture(self, made: Made) -> Copy | None:
        """Where a picture is as it will be published; None if the original cannot be read to its end."""
        result = self._pictures.get(made.path)
        if result is None:
            result = self._pictures[made.path] = self._maker.make(made)
        return None if isinstance(result, str) else result

    def marks(self, path: str) -> Marks:
        """By what a page in a browser can tell whether it would look different now."""
        marks = self._marks.get(path)
        if marks is None:
            page = self.page(path)
            made = self.file(STYLE_ADDRESS).value
            style = mark(made.content) if isinstance(made, File) else ""
            marks = self._marks[path] = Marks(mark(page) if page else "", style, self._rest(page or b""))
        return marks

    def _rest(self, page: bytes) -> str:
        """The mark of scripts and fonts, and of the pictures whose names are in a page."""
        assets = (path for path in self.paths if path.startswith(ASSETS) and path != STYLE_ADDRESS)
        pictures = (path for path in self.paths if path.startswith(_MEDIA) and _names(page, path))
        stamps = [stamp(self.file(path).value) for path in sorted((*assets, *pictures))]
        return mark("\n".join(stamps).encode())

    def faults(self, path: str | None = None) -> Faults:
        """What is wrong with a page and its pictures; without a path, with all that have been made so far."""
        page = self.page(path) or b"" if path else b""
        refused = {
            made.original: why
            for name, why in tuple(self._pictures.items())
            if isinstance(why, str)
            and isinstance(made := self.file(name).value, Made)
            and (not path or _names(page, name))
        }
        outcomes = (self.file(path),) if path else tuple(self._made.values())
        found = [fault for outcome in outcomes for fault in outcome.faults]
        return in_reading_order([*found, *self.pages.unmade(refused)])

    def left(self) -> Iterator[str]:
        """What has not been made yet: pages first, the long ones last, then pictures. Nothing once a template was too much for a page."""
        order = sorted(self.paths, key=lambda path: (not path.endswith(".html"), path in _LONG, path))
        for path in order:
            if self._hopeless:
                return
            if path not in self._made or self._unmade_picture(path):
                yield path

    def _unmade_picture(self, path: str) -> bool:
        return path not in self._pictures and isinstance(self._made[path].value, Made)

    def make(self, path: str) -> None:
        """Make a file before anybody asks."""
        made = self.file(path).value
        if isinstance(made, Made):
            self.picture(made)


def _names(page: bytes, path: str) -> bool:
    """Whether a page names a picture, by the last part of its path, as links have it."""
    return quote(path.rpartition("/")[2]).encode() in page
