"""(Site, theme) → every page of the website. Loaded by a build only: Jinja takes longer to load than most manifestos to check."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.merging.edition import Edition
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.markup import ParsedProse, to_html
from manifesto_cli.rendering.redirect import redirect_page
from manifesto_cli.rendering.render import Press, render, safe_page
from manifesto_cli.rendering.site import Address, Page, Redirect, Site, TextKey, anchor_prefix
from manifesto_cli.rendering.templates import environment
from manifesto_cli.rendering.theme import STYLE_ADDRESS, Theme, has_scripts
from manifesto_cli.rendering.views.booklet import booklet_view, shift
from manifesto_cli.rendering.views.material import Material, Writer, material
from manifesto_cli.rendering.views.pages import PAGE_VIEWS, site_view
from manifesto_cli.rendering.views.parts import title_of
from manifesto_cli.rendering.views.types import LinkView


class _Website(Struct, frozen=True):
    """What its pages are made from."""

    press: Press
    of: Material
    whole: Material
    """The same, with all records on one page."""


def pages(edition: Edition, site: Site, together: Site, theme: Theme, cache: Any) -> Iterator[Outcome[File]]:
    """Every page, or what is wrong with its template; then the pages at earlier addresses.

    `together` is the site with all records on one page.
    """
    scripted = has_scripts(theme)
    # A foreword stands below a heading of the first page, so its own headings are one level lower.
    apart = _writer(site, lambda text: int(text[2] == "foreword"), scripted=scripted)
    made = _Website(
        Press(theme, environment(theme, autoescape=True, cache=cache)),
        material(edition, site, apart),
        material(edition, together, _writer(together, shift, scripted=scripted)),
    )
    yield from (_page(made, page) for page in site.pages.values())
    yield from (Outcome(_redirect(made.of, redirect)) for redirect in site.redirects)


def _writer(site: Site, lower: Callable[[TextKey], int], *, scripted: bool) -> Writer:
    def write(parsed: ParsedProse, page: Page, text: TextKey) -> str:
        return to_html(parsed, site.addresses(page, text), anchor_prefix(page.address, text), lower(text))

    return Writer(write, printed=False, style=Address(STYLE_ADDRESS), scripted=scripted)


def _page(made: _Website, page: Page) -> Outcome[File]:
    template, common = f"{page.kind}.html", site_view(made.of, page)
    view = booklet_view(made.whole) if page.kind == "whole" else PAGE_VIEWS[page.kind](made.of, page)
    html = render(made.press, template, {"site": common, "page": view}, made.of.weight(page.kind))
    if html.value is None:
        return Outcome(None, html.faults)
    safe = safe_page(made.press, template, page.address.path, html.value, common.imprint)
    return Outcome(File(page.address.path, safe.value.encode()) if safe.value else None, safe.faults)


def _redirect(of: Material, redirect: Redirect) -> File:
    to = LinkView(
        of.site.href(redirect.page, redirect.to.address), title_of(of, redirect.to.kind, redirect.to.key)
    )
    canonical = of.site.url + quote(redirect.to.address.path) if of.site.url else ""
    html = redirect_page(site_view(of, redirect.page), to, canonical)
    return File(redirect.page.address.path, html.encode())
