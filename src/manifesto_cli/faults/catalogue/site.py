"""Faults of publishing: what a site should know about where it will be."""

from manifesto_cli.faults.diagnostic import Diagnostic, note
from manifesto_cli.faults.source import Span


def site_without_url(at: Span, *, section: bool) -> Diagnostic:
    """A manifesto does not say at which address its site will be found.

    The site works all the same: its links are relative. Only the page that is shown for wrong addresses (`404.html`) cannot know
    where the site starts, so away from the root of a host it is shown without its styles. What needs whole addresses is left out: the
    feed of changes, the map of all pages for search engines (`sitemap.xml`, `robots.txt`), and the lines that networks and phones go by.

    Mend it by adding `site: {url: https://…}`, or with `--base-url` when building.
    """
    return note(
        "site-without-url",
        "the address of the site is not known",
        at,
        "`site.url` is not set",
        help=("add `url: https://…` under `site:` in" if section else "add `site: {url: https://…}` to")
        + " `manifesto.yaml`, or build with `--base-url https://…`",
    )
