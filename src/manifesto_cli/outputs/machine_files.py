"""The files of a website that no person opens: for programs, feed readers, search engines and hosts."""

from collections.abc import Collection

from manifesto_cli.outputs.edition_json import edition_files
from manifesto_cli.outputs.feed import feed, has_feed, robots, sitemap
from manifesto_cli.outputs.web_manifest import web_manifest
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.theme import ICON, Theme
from manifesto_cli.rendering.views.material import Material


def machine_files(of: Material, theme: Theme, assets: Collection[str]) -> tuple[File, ...]:
    """All of them; those that name whole addresses only where the site's own is known."""
    manifesto, url = of.edition.manifesto, of.site.url
    files = [
        File(".nojekyll", b""),
        *edition_files(of.edition, of.site),
        web_manifest(manifesto, theme, icon=ICON in assets),
    ]
    if manifesto.site.domain:
        files.append(File("CNAME", f"{manifesto.site.domain}\n".encode()))
    if url:
        files += [sitemap(of, url), robots(url)]
    if url and has_feed(of):
        files.append(feed(of, url))
    return tuple(files)
