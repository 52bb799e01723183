"""The Atom feed (RFC 4287) of what has changed, and the sitemap (sitemaps.org, 0.9): whoever knows a site's address finds all of it.

No clock is asked: what is new is what records say of themselves.
"""

from markupsafe import Markup, escape
from msgspec import Struct

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.edition import Edition, Pledge
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs.addresses import FEED, ROBOTS, SITEMAP, absolute, listed
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Address, Site
from manifesto_cli.rendering.views import parts, words
from manifesto_cli.rendering.xml import document, element


class Entry(Struct, frozen=True):
    """Something that has changed. Its page's address is its id, since addresses are kept for good."""

    day: str
    title: str
    summary: str
    page: str


def entries(edition: Edition, site: Site, url: str) -> tuple[Entry, ...]:
    """Every pledge and deal that says when it last changed, newest first; else the manifesto as a whole, if it has a date."""
    found = [
        Entry(
            day,
            pledge.idea.title,
            _summary(pledge, edition.manifesto.language),
            absolute(url, site.address("pledge", pledge.key)),
        )
        for pledge in edition.pledges
        if (day := changed(pledge))
    ]
    found += [
        Entry(
            day,
            cited.deal.title,
            _deal_summary(cited, edition.manifesto.language),
            absolute(url, site.address("deal", cited.key)),
        )
        for cited in edition.deals
        if (day := deal_changed(cited))
    ]
    # Sorting keeps the order of what is equal: what changed on one day stays in the order of the manifesto.
    found.sort(key=lambda entry: entry.day, reverse=True)
    manifesto = edition.manifesto
    if not found and manifesto.date:
        page = absolute(url, site.address("home"))
        found.append(
            Entry(manifesto.date.isoformat(), manifesto.title, manifesto.tagline or manifesto.title, page)
        )
    return tuple(found)


def changed(pledge: Pledge) -> str:
    """The last day on which a pledge changed, or was withdrawn; empty if it says of neither."""
    updated, withdrawn = pledge.idea.updated, pledge.idea.withdrawn
    day = updated.isoformat() if updated else ""
    return max(day, withdrawn.on) if withdrawn and len(withdrawn.on) == len("2026-01-31") else day


def deal_changed(cited: EditionDeal) -> str:
    """The day on which a deal of the candidate's came to be as far as it is; empty if it does not say. What others agreed years ago is no news."""
    day = cited.deal.status_on
    if day is None or len(day) != len("2026-01-31"):
        return ""
    from manifesto_cli.rendering.views.deal_words import own  # noqa: PLC0415 - only deals need it

    return str(day) if own(cited) else ""


def dated(edition: Edition) -> bool:
    """Whether any day of any change is known, without which there is no feed."""
    if edition.manifesto.date is not None:
        return True
    return any(map(changed, edition.pledges)) or any(map(deal_changed, edition.deals))


def feed(edition: Edition, site: Site, url: str) -> File:
    """The feed of a site with this address. The edition must be `dated`."""
    found = entries(edition, site, url)
    manifesto = edition.manifesto
    home = absolute(url, site.address("home"))
    about = " ".join(filter(None, (manifesto.notice, manifesto.tagline)))
    imprint = words.imprint_words(manifesto.imprint, printed=False)
    root = element(
        "feed",
        element("id", home),
        element("title", manifesto.title),
        *([element("subtitle", about)] if about else []),
        element("updated", _moment(found[0].day)),
        _link("self", absolute(url, Address(FEED)), "application/atom+xml"),
        _link("alternate", home, "text/html"),
        element("author", element("name", manifesto.candidate.name), element("uri", home)),
        *([element("rights", imprint)] if imprint else []),
        *map(_entry, found),
        attributes={"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": manifesto.language},
    )
    return File(FEED, document(root))


def sitemap(edition: Edition, site: Site, url: str) -> File:
    """Every page that a reader may come to, with the day of its last change where that is known."""
    days = {site.address("pledge", pledge.key).path: changed(pledge) for pledge in edition.pledges}
    days |= {site.address("deal", cited.key).path: deal_changed(cited) for cited in edition.deals}
    date: Day | None = edition.manifesto.date
    days[site.address("home").path] = date.isoformat() if date else ""
    places = [_place(absolute(url, page.address), days.get(page.address.path, "")) for page in listed(site)]
    root = element(
        "urlset",
        Markup("\n".join(places)),  # noqa: S704 - made of escaped parts
        attributes={"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"},
    )
    return File(SITEMAP, document(root))


def robots(url: str, *, mapped: bool) -> File:
    """Everybody may read everything (RFC 9309), and where the sitemap is, if there is one."""
    place = f"\nSitemap: {absolute(url, Address(SITEMAP))}\n" if mapped else ""
    return File(ROBOTS, f"User-agent: *\nAllow: /\n{place}".encode())


def _place(address: str, day: str) -> str:
    """As `element` would write it, which takes five times as long: it knows nothing of addresses and days."""
    changed = f"\n<lastmod>{day}</lastmod>" if day else ""
    return f"<url>\n<loc>{escape(address)}</loc>{changed}\n</url>"


def _entry(entry: Entry) -> Markup:
    return element(
        "entry",
        element("id", entry.page),
        element("title", entry.title),
        element("updated", _moment(entry.day)),
        _link("alternate", entry.page, "text/html"),
        element("summary", entry.summary),
    )


def _link(rel: str, href: str, kind: str) -> Markup:
    return element("link", attributes={"rel": rel, "type": kind, "href": href})


def _moment(day: str) -> str:
    """A day as Atom has it: the moment at which it begins."""
    return f"{day}T00:00:00Z"


def _deal_summary(cited: EditionDeal, language: str) -> str:
    from manifesto_cli.rendering.views.deal_words import status_words  # noqa: PLC0415 - as above

    return f"{status_words(cited, language)}. {cited.deal.summary}"


def _summary(pledge: Pledge, language: str) -> str:
    return " ".join(
        filter(None, (parts.withdrawn_words(pledge, language), pledge.idea.pledge or pledge.idea.summary))
    )
