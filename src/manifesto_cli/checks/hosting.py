"""Whether what a manifesto says of where its website will be fits together."""

from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, Label, warning
from manifesto_cli.reading.hosts import same_host


def domain_contradicts_url(examined: Examined) -> Iterator[Diagnostic]:
    """`site.domain` and `site.url` name different hosts.

    GitHub Pages shows a website at its `domain`, and at no other address. `url` is what the feed, the map for search engines and the page for wrong addresses go by: with
    another host in it, they lead readers away from the website. The same name with and without `www.` counts as one, since GitHub
    leads from one to the other.

    Mend it by writing the address that readers are to see into both, such as `url: https://www.example.org/` and `domain: www.example.org`; or delete `domain:` if the website is kept elsewhere.
    """
    if examined.edition is None:
        return
    site = examined.edition.manifesto.site
    if not site.domain or not site.url or same_host(site.url, site.domain):
        return
    origin = examined.edition.origin
    yield warning(
        "domain-contradicts-url",
        f"the domain is `{site.domain}`, and the address of the site is elsewhere",
        origin.at("site", "domain"),
        "the website would be shown here",
        others=(Label(origin.at("site", "url"), "and readers would be led there"),),
        help=f"write `url: https://{site.domain}/`, or delete the line `domain: {site.domain}`",
    )
