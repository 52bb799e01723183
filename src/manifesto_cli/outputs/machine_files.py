"""The files of a website that no person opens: for programs, feed readers, search engines and hosts."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from manifesto_cli.merging.edition import Edition
from manifesto_cli.outputs import edition_json
from manifesto_cli.outputs.feed import FEED, ROBOTS, SITEMAP, dated, feed, robots, sitemap
from manifesto_cli.outputs.web_manifest import WEB_MANIFEST, web_manifest
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Site
from manifesto_cli.rendering.theme import ICON, Theme


def machine_files(
    edition: Edition, site: Site, theme: Theme, assets: Collection[str]
) -> Mapping[str, Callable[[], File]]:
    """What makes each of them, by path; those that name whole addresses only where the site's own is known."""
    manifesto, url = edition.manifesto, site.url
    files: dict[str, Callable[[], File]] = {
        ".nojekyll": partial(File, ".nojekyll", b""),
        edition_json.NAME: partial(edition_json.edition_file, edition, site),
        edition_json.SCHEMA_NAME: edition_json.schema_file,
        WEB_MANIFEST: partial(web_manifest, manifesto, theme, icon=ICON in assets),
    }
    if manifesto.site.domain:
        files["CNAME"] = partial(File, "CNAME", f"{manifesto.site.domain}\n".encode())
    if url:
        files[SITEMAP] = partial(sitemap, edition, site, url)
        files[ROBOTS] = partial(robots, url)
        if dated(edition):
            files[FEED] = partial(feed, edition, site, url)
    return files
