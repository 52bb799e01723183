"""What an output is: a layout and a way to write a site in it, all of it or page by page."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.rendering.files import Copy, File, Made

if TYPE_CHECKING:
    from manifesto_cli.merging.edition import Edition
    from manifesto_cli.rendering.site import Layout, Site
    from manifesto_cli.rendering.theme import Theme

TOO_MUCH = "template-too-much"
"""The code of the fault of a template that does more than templates may."""

Files = tuple[File | Copy | Made, ...]

Watch = Callable[[Collection[str]], Iterable[str]]
"""Hands on the paths of pages one by one as they are made. Whoever wants to know how far it is counts them there; an output knows nothing of it."""


class Means(Struct, frozen=True):
    """What pages are made with that changes nothing in them."""

    cache: Callable[[], Any] | None = None
    """Finds a Jinja bytecode cache, once there are templates to compile."""
    heed: Callable[[], None] | None = None
    """Called at every step of a template. Whatever it raises ends the page; if that is no `Exception`, it is no fault of the template either."""
    in_place: Mapping[str, bytes] | None = None
    """By path, what pages were made from that are in place: which would be the same need not be made. None where nobody wants to know what they are made from."""
    processes: int = 1
    """Among how many processes the pages are divided. Each may take only its part of what all may take together, so that never more is taken; a page
    that is refused for it might not be if one process made them all."""


class PageByPage(Struct, frozen=True):
    """Every file of an output, made when it is asked for: in any order, as often as wanted, by any thread, and always the same."""

    files: Mapping[str, Callable[[], File | Copy | Made]]
    """By path, what is made without a template: nothing can be wrong with it."""
    pages: Mapping[str, Callable[[], Outcome[File]]]
    """By path, what a theme makes: in reading order."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The path of every file."""
        return (*self.files, *self.pages)

    def made(self, path: str) -> Outcome[File | Copy | Made]:
        """One file, or what is wrong with the template that makes it. The path must be one of `paths`."""
        if path in self.files:
            return Outcome(self.files[path]())
        page = self.pages[path]()
        return Outcome(page.value, page.faults)


class Output(Struct, frozen=True):
    """A form in which a manifesto is published."""

    name: str
    """What `--format` calls it."""
    folder: str
    """The folder it is written to unless another is given."""
    start: str
    """The file in it that a reader opens first."""
    linked: bool
    """Whether it is better off knowing the address under which it will be found."""
    printed: bool
    """Whether it is meant for paper."""
    layout: "Layout"
    page_by_page: "Callable[[Edition, Site, Theme, Means], PageByPage]"
    """(edition, site, theme, what pages are made with) → every file of the output, each made when it is asked for."""


def pages_in_turn(output: PageByPage, paths: Iterable[str]) -> Iterator[Outcome[File]]:
    """The page of each path, or what is wrong with its template. What was too much for one would be for the others, which take as long to find it out: none is made after that."""
    for path in paths:
        page = output.pages[path]()
        yield page
        if any(fault.code == TOO_MUCH for fault in page.faults):
            return


def all_files(output: PageByPage, watch: Watch = iter) -> Outcome[Files]:
    """Every file of an output, or every fault of the theme. The paths of pages go through `watch` one by one."""
    made: list[File | Copy | Made] = [make() for make in output.files.values()]
    faults: list[Diagnostic] = []
    for page in pages_in_turn(output, watch(output.pages.keys())):
        faults += page.faults
        if page.value is not None:
            made.append(page.value)
    return Outcome(None if faults else tuple(made), tuple(faults))
