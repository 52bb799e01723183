"""The files of a website that no person opens: for programs, feed readers, search engines and hosts."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial

from manifesto_cli.merging.edition import Edition
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.outputs.addresses import EDITION, FEED, ROBOTS, SCHEMA, SITEMAP, WEB_MANIFEST
from manifesto_cli.outputs.feed import dated, feed, robots, sitemap
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Site
from manifesto_cli.rendering.theme import ICON, Theme


def machine_files(
    edition: Edition, site: Site, theme: Theme, assets: Collection[str]
) -> Mapping[str, Callable[[], File]]:
    """What makes each of them, by path; those that name whole addresses only where the site's own is known, and none that the theme leaves out."""
    readable = _readable(edition, site, theme, assets)
    domain = edition.manifesto.site.domain
    return {
        ".nojekyll": partial(File, ".nojekyll", b""),
        **({"CNAME": partial(File, "CNAME", f"{domain}\n".encode())} if domain else {}),
        **{path: make for name, path, make in readable if name not in theme.leaves_out},
    }


def _readable(
    edition: Edition, site: Site, theme: Theme, assets: Collection[str]
) -> Iterator[tuple[str, str, Callable[[], File]]]:
    """The files that programs read: what a theme calls each, its path, and what makes it."""
    yield "json", EDITION, partial(_edition, edition, site)
    yield "json", SCHEMA, _schema
    yield "web-manifest", WEB_MANIFEST, partial(_web_manifest, edition.manifesto, theme, icon=ICON in assets)
    url = site.url
    if url:
        yield "sitemap", SITEMAP, partial(sitemap, edition, site, url)
        yield "robots", ROBOTS, partial(robots, url, mapped="sitemap" not in theme.leaves_out)
        if dated(edition):
            yield "feed", FEED, partial(feed, edition, site, url)


def _edition(edition: Edition, site: Site) -> File:
    from manifesto_cli.outputs.edition_json import edition_file  # noqa: PLC0415 - a theme may leave it out

    return edition_file(edition, site)


def _schema() -> File:
    from manifesto_cli.outputs.edition_json import schema_file  # noqa: PLC0415 - as above

    return schema_file()


def _web_manifest(manifesto: Manifesto, theme: Theme, *, icon: bool) -> File:
    from manifesto_cli.outputs.web_manifest import web_manifest  # noqa: PLC0415 - as above

    return web_manifest(manifesto, theme, icon=icon)
