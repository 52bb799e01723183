"""The website: a page for each record, linked relatively, so that it works from a folder, a host or a path of a host."""

from typing import Any

from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.merging.edition import Edition
from manifesto_cli.rendering.files import Copy, File
from manifesto_cli.rendering.markup import ParsedProse, to_html
from manifesto_cli.rendering.output import Files, Output
from manifesto_cli.rendering.plan import Address, Page, Site, TextKey, anchor_prefix
from manifesto_cli.rendering.theme import STYLE_ADDRESS, Theme, assets, style_sheet
from manifesto_cli.rendering.views.material import Writer, material
from manifesto_cli.rendering.views.pages import PAGE_VIEWS, site_view

_FOLDERS = {"priority": "priorities", "pledge": "pledges", "case-study": "case-studies"}
_SINGLE = {
    "home": "index.html",
    "case-studies": "case-studies.html",
    "imprint": "imprint.html",
    "not-found": "404.html",
}
_SHIFTS = {"foreword": 1, "about": 1}
"""Texts that stand under a heading of the page: their own headings are one level lower."""


def address(kind: str, name: str) -> Address:
    """Where a page of the website is."""
    return Address(_SINGLE[kind] if kind in _SINGLE else f"{_FOLDERS[kind]}/{name}.html")


def website(edition: Edition, site: Site, theme: Theme, cache: Any) -> Outcome[Files]:
    """Every file of the website."""
    # Imported here because a check makes no pages, and Jinja takes longer to load than most manifestos to check.
    from manifesto_cli.outputs.machine_files import machine_files  # noqa: PLC0415
    from manifesto_cli.outputs.page_heads import page_head  # noqa: PLC0415
    from manifesto_cli.rendering.head import head_tags  # noqa: PLC0415
    from manifesto_cli.rendering.render import Press, render, safe_page  # noqa: PLC0415
    from manifesto_cli.rendering.templates import environment  # noqa: PLC0415

    def write(parsed: ParsedProse, page: Page, text: TextKey) -> str:
        return to_html(
            parsed, site.addresses(page, text), anchor_prefix(page.address, text), _SHIFTS.get(text[2], 0)
        )

    of = material(edition, site, Writer(write, printed=False, style=Address(STYLE_ADDRESS)))
    press = Press(theme, environment(theme, autoescape=True, cache=cache))
    options = edition.manifesto.site.options
    of_theme = assets(theme, options)
    files: list[File | Copy] = [
        File(STYLE_ADDRESS, style_sheet(theme, options)),
        *(File(path, content) for path, content in of_theme.items()),
        *machine_files(of, theme, of_theme),
        *(Copy(picture.address.path, picture.original) for picture in site.pictures.values()),
    ]
    paths = frozenset(file.path for file in files)
    faults: list[Diagnostic] = []
    for page in site.pages.values():
        template = f"{page.kind}.html"
        common, view = site_view(of, page), PAGE_VIEWS[page.kind](of, page)
        made = render(press, template, {"site": common, "page": view})
        head = head_tags(page_head(of, page, view, paths))
        safe = (
            safe_page(press, template, page.address.path, made.value, common.imprint, head)
            if made.value is not None
            else made
        )
        faults += made.faults or safe.faults
        if safe.value is not None:
            files.append(File(page.address.path, safe.value.encode()))
    return Outcome(None if faults else tuple(files), tuple(faults))


WEBSITE = Output("html", "public", "index.html", linked=True, printed=False, layout=address, files=website)
