"""What an output is: a layout and a way to write a site in it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.merging.edition import Edition
from manifesto_cli.rendering.files import Copy, File, Made
from manifesto_cli.rendering.site import Layout, Page, Site
from manifesto_cli.rendering.theme import Theme

Files = tuple[File | Copy | Made, ...]


Watch = Callable[[Collection[Page]], Iterable[Page]]
"""Hands on the pages one by one as they are made. Whoever wants to know how far it is counts them there; an output knows nothing of it."""


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
    layout: Layout
    files: Callable[[Edition, Site, Theme, Any, Watch], Outcome[Files]]
    """(edition, site, theme, bytecode cache or None, what the pages go through) → every file of the output, or every fault of the theme."""
