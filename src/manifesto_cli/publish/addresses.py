"""Every address that was ever published goes on working: what is there now against what was, and where the rest leads."""

from collections.abc import Callable, Collection, Iterator, Mapping
from html import unescape

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.disk.paths import folded, folder_of, folders_above
from manifesto_cli.merging.edition import Edition
from manifesto_cli.outputs.addresses import listed
from manifesto_cli.patterns import pattern
from manifesto_cli.publish.ledger import Ledger, Listed
from manifesto_cli.rendering.files import Copy, File
from manifesto_cli.rendering.site import Address, Page, Redirect, Site
from manifesto_cli.rendering.views.menu import NAMES

HOME = "index.html"
PLEDGES = "pledges/"

_ID = pattern(rb'\sid="([^"]+)"')


class Gone(Struct, frozen=True):
    """A page that was there and is not there any more."""

    path: str
    title: str
    to: str
    """The page that is nearest of those that are left."""


class Continued(Struct, frozen=True):
    """A site in which every earlier address leads somewhere."""

    site: Site
    gone: tuple[Gone, ...]
    """The pages that were there at the last time and are no longer, in the order of their addresses."""

    @property
    def pledges(self) -> tuple[Gone, ...]:
        """Those of them that were promises."""
        return tuple(page for page in self.gone if page.path.startswith(PLEDGES))


def continued(site: Site, before: Ledger) -> Continued:
    """The site with a page at every address that it had before, which leads on.

    An address that led somewhere leads there still, or to where that page leads now. Else it leads to the page that was above it, or the
    first one above that is left. A page that is there now comes before all that its address ever led to.
    """
    there = {page.address.path: page for page in site.pages.values()}
    moved = {redirect.page.address.path: redirect.to for redirect in site.redirects}
    more: list[Redirect] = []
    gone: list[Gone] = []
    room = _room([*there, *moved])
    for path in sorted({*before.addresses, *before.moved} - there.keys() - moved.keys()):
        if not room(path):
            continue
        to, same = _end(path, there, moved, before)
        more.append(Redirect(Page("redirect", "", Address(path)), to, gone=not same))
        if path in before.addresses:
            gone.append(Gone(path, before.addresses[path].title, to.address.path))
    return Continued(replace(site, redirects=(*site.redirects, *more)), tuple(gone))


def _room(paths: Collection[str]) -> Callable[[str], bool]:
    """Whether a page can stand at one more path, beside those that are taken, on a disk that does not tell capitals apart.

    What no site of ours ever had is passed over: the list came from outside, and may name a folder where there is a page.
    """
    files = {folded(path) for path in paths}
    folders = {folded(folder) for path in paths for folder in folders_above(path)}

    def take(path: str) -> bool:
        above = {folded(folder) for folder in folders_above(path)}
        if folded(path) in files or folded(path) in folders or not files.isdisjoint(above):
            return False
        files.add(folded(path))
        folders.update(above)
        return True

    return take


def _end(
    path: str, there: Mapping[str, Page], moved: Mapping[str, Page], before: Ledger
) -> tuple[Page, bool]:
    """The page to which an earlier address leads now, and whether it shows what was there, under another address."""
    same, seen = True, set[str]()
    while path not in seen:
        seen.add(path)
        if path in there:
            return there[path], same
        if path in moved:
            return moved[path], same
        if path in before.moved:
            same = same and _renamed(path, before.moved[path])
            path = before.moved[path]
        else:
            same = False
            path = before.addresses[path].above if path in before.addresses else ""
    return there[HOME], False


def _renamed(path: str, to: str) -> bool:
    """Whether an address led to the same page under another name: a record stays in its folder, and what is gone leads out of it.

    So the page that leads on says the same at each publication, and a site in which nothing changes is the same to the byte.
    """
    return folder_of(path) == folder_of(to) != ""


def addresses(edition: Edition, site: Site, files: Collection[File | Copy]) -> Mapping[str, Listed]:
    """Every page of a site, as it is published: what it is called, what is above it, and the places on it.

    Anchors that start with `_` belong to themes and are no promise; nor is any on a page that only leads on.
    """
    html = {file.path: file.content for file in files if isinstance(file, File)}
    above = {path: HOME for path in html if path != HOME} | dict(_above(edition, site))
    withdrawn = {
        site.address("pledge", pledge.key).path
        for pledge in edition.pledges
        if pledge.idea.status == "withdrawn"
    }
    return {
        path: Listed(title, above.get(path, ""), tuple(_anchors(html[path])), path in withdrawn)
        for path, title in _titles(edition, site)
        if path in html
    }


def moved(site: Site) -> Mapping[str, str]:
    """Every address of a site that leads on, and the page it leads to."""
    return {redirect.page.address.path: redirect.to.address.path for redirect in site.redirects}


def _titles(edition: Edition, site: Site) -> Iterator[tuple[str, str]]:
    records = {
        **{("priority", priority.key): priority.priority.title for priority in edition.priorities},
        **{("pledge", pledge.key): pledge.idea.title for pledge in edition.pledges},
        **{("case-study", study.key): study.study.title for study in edition.case_studies},
        **{("deal", deal.key): deal.deal.title for deal in edition.deals},
    }
    for page in listed(site):
        title = records.get((page.kind, page.key)) or NAMES.get(page.kind) or edition.manifesto.title
        yield page.address.path, title


def _above(edition: Edition, site: Site) -> Iterator[tuple[str, str]]:
    for priority in edition.priorities:
        page = site.address("priority", priority.key).path
        yield from ((site.address("pledge", pledge.key).path, page) for pledge in priority.pledges)
    if site.has("case-studies"):
        above = site.address("case-studies").path
        yield from ((site.address("case-study", study.key).path, above) for study in edition.case_studies)
    if site.has("deals"):
        above = site.address("deals").path
        yield from ((site.address("deal", deal.key).path, above) for deal in edition.deals)


def _anchors(html: bytes) -> Iterator[str]:
    found = (unescape(anchor.decode()) for anchor in _ID.findall(html))
    return (anchor for anchor in found if not anchor.startswith("_"))
