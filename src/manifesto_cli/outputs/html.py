"""(Site, theme) → every page of the website. Loaded by a build only: Jinja takes longer to load than most manifestos to check."""

from collections.abc import Callable, Collection, Mapping
from functools import cache as kept
from functools import partial
from threading import get_ident
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.merging.edition import Edition
from manifesto_cli.outputs.addresses import EDITION, FEED, absolute
from manifesto_cli.outputs.page_heads import page_head
from manifesto_cli.rendering.files import File, Shown
from manifesto_cli.rendering.head import head_tags
from manifesto_cli.rendering.markup import ParsedProse, to_html
from manifesto_cli.rendering.output import Means
from manifesto_cli.rendering.render import Press, render, safe_page
from manifesto_cli.rendering.site import (
    Address,
    Layout,
    Page,
    Redirect,
    Site,
    TextKey,
    anchor_prefix,
    gathered,
)
from manifesto_cli.rendering.templates import environment
from manifesto_cli.rendering.theme import SCRIPT, STYLE_ADDRESS, Theme, choices, has_scripts, pictures
from manifesto_cli.rendering.told_apart import told_apart
from manifesto_cli.rendering.views.elements import LinkView, PageView
from manifesto_cli.rendering.views.kinds import view_maker
from manifesto_cli.rendering.views.material import Look, Material, Writer, material
from manifesto_cli.rendering.views.pages import site_view
from manifesto_cli.rendering.views.parts import title_of

FORMATS = ((EDITION, "As data for programs (JSON)"), (FEED, "Changes, as a feed (Atom)"))
"""What other forms of the manifesto a reader may want, if the site has them."""


_Written = dict[tuple[int, str], list[Shown]]
"""By thread and path of a page that is being made, the texts that were written on it so far."""


class _Website(Struct, frozen=True):
    """What its pages are made from."""

    press: Press
    written: "_Written"
    of: Callable[[], Material]
    whole: Callable[[], Material]
    """The same, with all records on one page."""
    files: Collection[str]
    """The paths of all other files of the site."""
    linked: bool
    """Whether pages say to machines what they are."""
    templates: bytes
    """Tells the templates of the theme from any others."""
    in_place: Mapping[str, bytes] | None
    """As in `Means`."""


def pages(
    edition: Edition,
    site: Site,
    place: Layout,
    theme: Theme,
    means: Means,
    files: Collection[str],
) -> Mapping[str, Callable[[], Outcome[File]]]:
    """What makes each page or finds what is wrong with its template, by path; then what makes the pages at earlier addresses.

    `place` says where a record is on the page that holds all of them; `files` are the paths of all other files.
    """
    look = _look(edition, theme, files)
    lasting: dict[int, Any] = {}
    written: _Written = {}

    @kept
    def of() -> Material:
        # A foreword stands below a heading of the first page, so its own headings are one level lower.
        writer = _writer(site, lambda text: int(text[2] == "foreword"), look, written)
        return replace(material(edition, site, writer), lasting=lasting)

    @kept
    def whole() -> Material:
        from manifesto_cli.rendering.views.booklet import shift  # noqa: PLC0415 - a theme may leave it out

        together = gathered(site, place)
        return replace(of(), site=together, writer=_writer(together, shift, look, written), shared={})

    run = environment(theme, autoescape=True, pages=len(site.pages), means=means, lasting=lasting)
    press = Press(theme, run)
    linked = "linked-data" not in theme.leaves_out
    asked = means.in_place is not None
    templates = told_apart([(layer.name, layer.templates) for layer in theme.layers]) if asked else b""
    # Where the templates cannot be told from others, nor can what is made with them.
    made = _Website(
        press, written, of, whole, files, linked, templates, means.in_place if templates else None
    )
    return {
        **{page.address.path: partial(_page, made, page) for page in site.pages.values()},
        **{each.page.address.path: partial(_redirect, of, each) for each in site.redirects},
    }


def _look(edition: Edition, theme: Theme, files: Collection[str]) -> Look:
    """How the pages look: what the theme brings, and which other forms of the manifesto there are."""
    options = edition.manifesto.site.options
    return Look(
        style=Address(STYLE_ADDRESS),
        script=Address(SCRIPT) if SCRIPT in files else None,
        scripted=has_scripts(theme),
        choices=choices(theme, options),
        pictures=pictures(theme, options),
        formats=tuple((Address(path), text) for path, text in FORMATS if path in files),
    )


def _writer(site: Site, lower: Callable[[TextKey], int], look: Look, written: "_Written") -> Writer:
    def write(parsed: ParsedProse, page: Page, text: TextKey) -> str:
        prefix, lowered = anchor_prefix(page.address, text), lower(text)
        addresses, frames = site.addresses(page, text), site.frames(page, text)
        prose = parsed.prose
        source = prose.origin.layer(prose.path).source.path
        shown = Shown(text[:2], text[2], source, prose.values, addresses, prefix, lowered, frames)
        written.setdefault((get_ident(), page.address.path), []).append(shown)
        return to_html(parsed, addresses, prefix, lowered, frames)

    return Writer(write, printed=False, look=look)


def _page(made: _Website, page: Page) -> Outcome[File]:
    of, template, path = made.of(), f"{page.kind}.html", page.address.path
    here = (get_ident(), path)
    made.written.pop(here, None)  # what was written before the page was given up
    common = site_view(of, page)
    view = _whole(made) if page.kind == "whole" else view_maker(page.kind)(of, page)
    head = head_tags(page_head(of, page, view, made.files, linked=made.linked))
    # All that a page hangs on: templates see nothing but views.
    made_from = told_apart((made.templates, path, common, view, head)) if made.in_place is not None else b""
    if made.in_place and made_from and made.in_place.get(path) == made_from:
        return Outcome(File(path, b"", tuple(made.written.pop(here, ())), made_from, in_place=True))
    html = render(made.press, template, path, {"site": common, "page": view}, of.weight(page.kind))
    if html.value is None:
        return Outcome(None, html.faults)
    safe = safe_page(made.press, template, path, html.value, common.imprint, head)
    if safe.value is None:
        return Outcome(None, safe.faults)
    return Outcome(File(path, safe.value, tuple(made.written.pop(here, ())), made_from))


def _whole(made: _Website) -> PageView:
    from manifesto_cli.rendering.views.booklet import booklet_view  # noqa: PLC0415 - as above

    return booklet_view(made.whole())


def _redirect(made_from: Callable[[], Material], redirect: Redirect) -> Outcome[File]:
    from manifesto_cli.rendering.redirect import redirect_page  # noqa: PLC0415 - most sites have none

    of = made_from()
    to = LinkView(
        of.site.href(redirect.page, redirect.to.address), title_of(of, redirect.to.kind, redirect.to.key)
    )
    canonical = absolute(of.site.url, redirect.to.address) if of.site.url else ""
    html = redirect_page(site_view(of, redirect.page), to, canonical, gone=redirect.gone)
    return Outcome(File(redirect.page.address.path, html.encode()))
