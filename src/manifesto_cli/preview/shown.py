"""What is on show: a site as it was last built, with what is wrong with it. Values that never change; a change of a file makes a new one."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Outcome, has_errors
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.rendering.files import Copy, File, Made


class Pages(Protocol):
    """The files of a site, each made when it is asked for."""

    @property
    def paths(self) -> Collection[str]:
        """The path of every file that there is."""

    def made(self, path: str) -> Outcome[File | Copy | Made]:
        """One of them, or what is wrong with its template."""

    def unmade(self, refused: Mapping[str, str]) -> Faults:
        """A fault for each picture that cannot be read to its end: where the original is → why."""


class Built(Struct, frozen=True):
    """What came of a look at all files of a project."""

    pages: Pages | None
    """None if something is wrong that no page can be made with."""
    top: str
    """The path under which the site will be found, with `/` at both ends."""
    faults: Faults
    trouble: ManifestoError | None
    """What of the world outside was in the way."""
    libraries: tuple[Path, ...] | None
    """The folders of the libraries that are listed by path; None if the list cannot be read."""


class Shown(Struct, frozen=True):
    """What is on show at one time: the last pages that could be made, and what is wrong now."""

    number: int
    """Counts the changes from 1; 0 before anything has been looked at."""
    pages: Pages | None
    """None as long as there has never been one."""
    top: str
    faults: Faults
    trouble: ManifestoError | None
    changed: tuple[str, ...] = ()
    """Which files have changed since the last time, as far as that is known."""
    seconds: float = 0
    """How long it took to look at everything."""

    @property
    def sound(self) -> bool:
        """Whether these pages are what the files say now."""
        return self.trouble is None and not has_errors(self.faults)


class FaultShown(Struct, frozen=True):
    """A fault in the words and the form in which the command line shows it, ready for a page."""

    title: str
    """Its headline, with severity and code."""
    place: str = ""
    """`path:line:column`, as it can be pasted into a terminal."""
    link: str = ""
    """An address that opens the place in an editor."""
    excerpt: str = ""
    """The lines that it is about, with carets under the place."""
    help: str = ""


ShowFault = Callable[[Diagnostic | ManifestoError], FaultShown]
"""How a fault is put into words; the command line knows, and nothing here does."""

NOTHING = Shown(0, None, "/", (), None)
"""What is on show before anything has been looked at."""


def after(before: Shown, built: Built, changed: tuple[str, ...], seconds: float) -> Shown:
    """What is on show once a project has been built anew: if it could not be, the pages stay that were there."""
    pages, top = (built.pages, built.top) if built.pages else (before.pages, before.top)
    return Shown(before.number + 1, pages, top, built.faults, built.trouble, changed, seconds)
