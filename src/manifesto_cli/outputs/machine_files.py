"""The files of a website that no person opens: for programs, feed readers, search engines and hosts."""

from collections.abc import Collection

from manifesto_cli.merging.edition import Edition
from manifesto_cli.outputs.edition_json import edition_files
from manifesto_cli.outputs.feed import feed, robots, sitemap
from manifesto_cli.outputs.web_manifest import web_manifest
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Site
from manifesto_cli.rendering.theme import ICON, Theme


def machine_files(edition: Edition, site: Site, theme: Theme, assets: Collection[str]) -> tuple[File, ...]:
    """All of them; those that name whole addresses only where the site's own is known."""
    manifesto, url = edition.manifesto, site.url
    files = [
        File(".nojekyll", b""),
        *edition_files(edition, site),
        web_manifest(manifesto, theme, icon=ICON in assets),
    ]
    if manifesto.site.domain:
        files.append(File("CNAME", f"{manifesto.site.domain}\n".encode()))
    if url:
        news = feed(edition, site, url)
        files += [sitemap(edition, site, url), robots(url), *([news] if news else [])]
    return tuple(files)
