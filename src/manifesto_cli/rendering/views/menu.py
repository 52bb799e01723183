"""The menus that every page has: links to the pages of which there is one, as far as they are there."""

from collections.abc import Iterator

from msgspec import Struct

from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views.elements import LinkView
from manifesto_cli.rendering.views.material import Material


class Entry(Struct, frozen=True):
    """A page that a menu leads to."""

    kind: str
    text: str
    holds: frozenset[str] = frozenset()
    """Kinds of pages that belong to it: on them it is the current entry too."""


MENU = (
    Entry("deals", "Deals", frozenset({"deal"})),
    Entry("case-studies", "Case studies", frozenset({"case-study"})),
    Entry("evidence", "Evidence"),
    Entry("costs", "What it costs"),
    Entry("about", "About"),
)
"""What stands at the top of every page, besides priorities and pledges."""

FOOT = (
    Entry("whole", "The whole manifesto on one page"),
    Entry("accessibility", "Accessibility"),
    Entry("privacy", "Privacy"),
    Entry("imprint", "Imprint and licences"),
)
"""What stands at the foot of every page, below what is in the menu."""

NAMES = {entry.kind: entry.text for entry in (*MENU, *FOOT)}
"""What each of these pages is called."""


def menu_links(of: Material, page: Page, entries: tuple[Entry, ...]) -> tuple[LinkView, ...]:
    """The links from a page to those entries that the site has."""
    return tuple(_links(of, page, entries))


def _links(of: Material, page: Page, entries: tuple[Entry, ...]) -> Iterator[LinkView]:
    for entry in entries:
        if of.site.has(entry.kind):
            current = "page" if page.kind == entry.kind else "true" if page.kind in entry.holds else ""
            yield LinkView(of.href(page, entry.kind), entry.text, current)
