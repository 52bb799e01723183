"""Page → what its head says to machines: where it is, what it is called where it is shared, and what else the site has."""

from collections.abc import Collection, Iterator, Mapping

from manifesto_cli.outputs.addresses import EDITION, FEED, UNLISTED, WEB_MANIFEST, absolute
from manifesto_cli.rendering.head import Head
from manifesto_cli.rendering.site import Address, Page
from manifesto_cli.rendering.theme import ICON
from manifesto_cli.rendering.views.elements import PageView
from manifesto_cli.rendering.views.material import Material


def page_head(of: Material, page: Page, view: PageView, files: Collection[str], *, linked: bool) -> Head:
    """The head of a page of a site that has these files; with what the page is in the words of schema.org, if data is to be linked."""
    first, others = of.share(
        ("head", page.kind, of.site.standing(page)),
        lambda: (tuple(_icon(of, page, files)), tuple(_others(of, page, files))),
    )
    if page.kind in UNLISTED:
        return Head(links=first, named={"robots": "noindex"})
    graph = None
    if linked:
        from manifesto_cli.outputs.page_graphs import page_graph  # noqa: PLC0415 - a theme may leave it out

        graph = page_graph(of, page, view)
    return Head(
        links=(*first, *_canonical(of, page), *others),
        properties=_open_graph(of, page, view),
        graph=graph,
    )


def _canonical(of: Material, page: Page) -> tuple[Mapping[str, str], ...]:
    return ({"rel": "canonical", "href": absolute(of.site.url, page.address)},) if of.site.url else ()


def _icon(of: Material, page: Page, files: Collection[str]) -> Iterator[Mapping[str, str]]:
    if ICON in files:
        yield {"rel": "icon", "type": "image/svg+xml", "href": of.site.href(page, Address(ICON))}


def _others(of: Material, page: Page, files: Collection[str]) -> Iterator[Mapping[str, str]]:
    """What stands behind the page's own address: the same for all of a kind that lie in one folder."""
    title = of.edition.manifesto.title
    if of.site.url and WEB_MANIFEST in files:
        # From a folder, browsers refuse it with an error; and who keeps a page that lies in a folder on a phone's first screen?
        yield {"rel": "manifest", "href": of.site.href(page, Address(WEB_MANIFEST))}
    if FEED in files:
        feed = of.site.href(page, Address(FEED))
        yield {"rel": "alternate", "type": "application/atom+xml", "title": title, "href": feed}
    if page.kind == "home" and EDITION in files:
        data = of.site.href(page, Address(EDITION))
        yield {"rel": "alternate", "type": "application/json", "title": title, "href": data}


def _open_graph(of: Material, page: Page, view: PageView) -> Mapping[str, str]:
    """What a network shows of a link (ogp.me). Addresses must be whole, so without one there is none."""
    manifesto = of.edition.manifesto
    language, _, country = manifesto.language.partition("-")
    said = {
        "og:type": "website" if page.kind == "home" else "article",
        "og:title": view.title,
        "og:description": view.description,
        "og:site_name": manifesto.title,
    }
    if len(country) == len("GB"):
        said["og:locale"] = f"{language}_{country.upper()}"
    if of.site.url:
        said["og:url"] = absolute(of.site.url, page.address)
        photo = manifesto.candidate.photo
        if photo:
            picture = of.site.pictures["", photo.file]
            said["og:image"] = absolute(of.site.url, picture.address)
            if picture.width:
                said["og:image:width"] = str(picture.width)
                said["og:image:height"] = str(picture.height)
            said["og:image:alt"] = photo.alt
    return said
