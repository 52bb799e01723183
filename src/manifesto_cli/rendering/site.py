"""Where everything in an output is: pages, pictures and links, as values. `plan` makes them, views and outputs ask them."""

import posixpath
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Struct

from manifesto_cli.faults.source import Span
from manifesto_cli.rendering.files import Frame
from manifesto_cli.rendering.markup import ParsedProse

_ANCHOR_PREFIXES = {"foreword": "foreword.", "if_it_fails": "if-it-fails."}

SECTIONS = ("home", "about", "imprint")
"""Of the pages of which there is one, those that have a place in a whole manifesto."""

WIDTHS = (480, 960, 1600)
"""How wide the copies of a picture are, in pixels: for phones, for columns of text and sharp phones, and for whole windows."""

TextKey = tuple[str, str, str]
"""The kind and key of the page that a text is on, and the field that it is in."""


class Address(Struct, frozen=True):
    """A place in an output: a file, seen from the output's root, and an anchor in it (empty for its top)."""

    path: str
    anchor: str = ""


class Page(Struct, frozen=True):
    """Something with an address of its own: a page of a website, or a section of a booklet."""

    kind: str
    """`priority`, `pledge`, `case-study`, `deal`, or one of `SINGLE`."""
    key: str
    """What tells its record from all others of the edition; empty for kinds of which there is one."""
    address: Address


Layout = Callable[[str, str], Address | None]
"""(kind, id) → where an output puts the page; None for one of `SINGLE` that it does not have."""

Lead = Address | str | None
"""Where a link goes: inside the output, to an address outside, or nowhere (it becomes plain text)."""


class Picture(Struct, frozen=True):
    """A picture that some page shows."""

    address: Address
    original: str
    at: Span
    width: int = 0
    height: int = 0
    """How large it is, in pixels; 0 until it has been looked at."""
    smaller: tuple[tuple[int, Address], ...] = ()
    """The copies that there will be of it, from the narrowest on: how wide each is, and where."""

    @property
    def choices(self) -> tuple[tuple[int, Address], ...]:
        """Of which files a browser may choose, from the narrowest on; none where there is only one.

        The picture itself is one of them only as long as it is no wider than what copies are made for: a camera's own files are too large for phones.
        """
        if self.smaller and self.width <= WIDTHS[-1]:
            return (*self.smaller, (self.width, self.address))
        return self.smaller if len(self.smaller) > 1 else ()


class Redirect(Struct, frozen=True):
    """A page at an earlier address, which leads on."""

    page: Page
    to: Page
    gone: bool = False
    """Whether what stood there is gone, so that it leads to the page that is nearest; else it is the page, which has another address now."""


class Site(Struct, frozen=True):
    """Everything that will be written, and how all of it hangs together."""

    pages: Mapping[tuple[str, str], Page]
    """By kind and key, in reading order."""
    redirects: tuple[Redirect, ...]
    pictures: Mapping[tuple[str, str], Picture]
    """By library and file."""
    texts: Mapping[TextKey, ParsedProse]
    leads: Mapping[TextKey, Mapping[str, Lead]]
    """For each text, where each of its links and pictures goes."""
    url: str | None
    """The address under which the output will be found, ending in `/`, if that is known."""
    left_out: Mapping[tuple[str, str], Page] = {}
    """Pages that there would be if the theme had them. Nothing leads there; but what they are about has its place in a whole manifesto all the same."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The path of every page, in reading order; then of those at earlier addresses."""
        pages = (*self.pages.values(), *(redirect.page for redirect in self.redirects))
        return tuple(dict.fromkeys(page.address.path for page in pages))

    def address(self, kind: str, key: str = "") -> Address:
        """Where a page is. The page must be of this site."""
        return self.pages[kind, key].address

    def has(self, kind: str) -> bool:
        """Whether there is a page of a kind of which there is one at most."""
        return (kind, "") in self.pages

    def href(self, page: Page, lead: Address | str) -> str:
        """What a link on a page says to lead somewhere; relative, so that a site works wherever it is put.

        The 404 page is shown at any depth, so its links start at the root of the host, as far as that is known.
        """
        if isinstance(lead, str):
            return lead
        anchor = f"#{quoted(lead.anchor)}" if lead.anchor else ""
        if page.kind == "not-found" and self.url:
            # Two slashes at the start of an address would lead to another host.
            return "/" + urlsplit(self.url).path.lstrip("/") + quoted(lead.path) + anchor
        if lead.path == page.address.path:
            return anchor or quoted(posixpath.basename(lead.path))
        return _way(page.address.path.rpartition("/")[0], lead.path) + anchor

    def standing(self, page: Page) -> str:
        """What the links on a page hang on: pages of which this is the same lead to every other page with the same links.

        Those of records lie in the folder of their kind, and nothing but their own links leads to places on themselves. All others stand alone.
        """
        path = page.address.path
        return path if page.address.anchor or not page.key else path[: path.rfind("/") + 1]

    def srcset(self, page: Page, picture: Picture) -> str:
        """What `srcset` says of a picture on a page; empty where there is nothing to choose from."""
        return ", ".join(f"{self.href(page, address)} {width}w" for width, address in picture.choices)

    def frames(self, page: Page, text: TextKey) -> Mapping[str, Frame]:
        """For one text on one page: how large each of its pictures is, and from which files a browser may choose."""
        parsed = self.texts[text]
        shown = {demand.target for demand in parsed.demands if demand.picture}
        if not shown:
            return {}
        found = ((target, self.pictures.get((parsed.prose.home, target))) for target in shown)
        return {
            target: Frame(picture.width, picture.height, self.srcset(page, picture))
            for target, picture in found
            if picture
        }

    def addresses(self, page: Page, text: TextKey) -> Mapping[str, str | None]:
        """For one text on one page: what each link and picture says."""
        return {
            target: self.href(page, lead) if lead is not None else None
            for target, lead in self.leads[text].items()
        }


_AS_IT_IS = re.compile(r"[A-Za-z0-9/._~-]*")


def quoted(path: str) -> str:
    """A path or an anchor in the letters that addresses have. Those of records have no others, and need not be gone through one by one."""
    return path if _AS_IT_IS.fullmatch(path) else quote(path)


def _way(folder: str, path: str) -> str:
    """What a link in a folder of the output says to lead to a file."""
    if not folder:
        return quoted(path)
    if "/" not in folder:
        return quoted(path[len(folder) + 1 :] if path.startswith(f"{folder}/") else f"../{path}")
    above, below = folder.split("/") if folder else [], path.split("/")
    shared = 0
    while shared < min(len(above), len(below) - 1) and above[shared] == below[shared]:
        shared += 1
    return quoted("/".join([".."] * (len(above) - shared) + below[shared:]))


def anchor_prefix(page: Address, text: TextKey) -> str:
    """What stands before the anchors of a text's headings, so that several texts on one page keep apart.

    It ends in a full stop, which neither ids nor slugs contain.
    """
    return (f"{page.anchor}." if page.anchor else "") + _ANCHOR_PREFIXES.get(text[2], "")


def gathered(site: Site, layout: Layout) -> Site:
    """The same site in another layout: pages that it has a place for are there, all others stay, and links lead along.

    The pages of `site` must be files of their own. Nothing is looked up or found wrong a second time. Of those that are left out, the ones are there
    that become a part of something.
    """
    parts = {name: page for name, page in site.left_out.items() if layout(page.kind, "")}
    known = {**site.pages, **parts}
    pages = {name: _moved(page, layout) for name, page in known.items()}
    places = {page.address.path: pages[name].address for name, page in known.items()}
    leads = {
        text: {target: _along(lead, places) for target, lead in of_text.items()}
        for text, of_text in site.leads.items()
    }
    return msgspec.structs.replace(site, pages=pages, leads=leads, left_out={})


def _moved(page: Page, layout: Layout) -> Page:
    address = layout(page.kind, page.key.rpartition(":")[2])
    return msgspec.structs.replace(page, address=address) if address else page


def _along(lead: Lead, places: Mapping[str, Address]) -> Lead:
    """Where a link leads once the pages are at their places; headings are found as `anchor_prefix` says."""
    if not isinstance(lead, Address) or lead.path not in places:
        return lead
    there = places[lead.path]
    return Address(there.path, ".".join(part for part in (there.anchor, lead.anchor) if part))
