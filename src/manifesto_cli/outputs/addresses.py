"""Where things are for whoever is not on the site: whole addresses where the site's own is known, and which pages are worth coming to."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from manifesto_cli.rendering.site import Address, Page, Site, quoted

EDITION = "manifesto.json"
SCHEMA = "manifesto.schema.json"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
WEB_MANIFEST = "site.webmanifest"
"""The files of a website that no person opens."""

UNLISTED = frozenset({"not-found", "redirect"})
"""Kinds of pages that lead nobody anywhere: what stands where nothing is, and what only leads on."""


_AS_IT_IS = "%/:@!$&()*+,;=~"
"""What `quote` shall leave alone in the address of a site: it may be escaped already (RFC 3986, section 2.2)."""


def absolute(url: str, address: Address) -> str:
    """The whole address of a file on a site, in the letters that addresses have; the first page is the site itself."""
    return _root(url) + ("" if address.path == "index.html" else quoted(address.path))


@lru_cache(maxsize=1)
def _root(url: str) -> str:
    return quote(url, safe=_AS_IT_IS)


def known_as(site: Site, page: Page, address: Address) -> str:
    """The address by which machines know something: whole where the site's is known, else as a link from the page that names it."""
    return absolute(site.url, address) if site.url else site.href(page, address)


def listed(site: Site) -> Iterator[Page]:
    """The pages that a reader may come to, in reading order."""
    return (page for page in site.pages.values() if page.kind not in UNLISTED)
