"""The website: a page for each record, linked relatively, so that it works from a folder, a host or a path of a host."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.rendering.files import File, Made
from manifesto_cli.rendering.output import Means, Output, PageByPage

if TYPE_CHECKING:
    from manifesto_cli.merging.edition import Edition
    from manifesto_cli.rendering.site import Address, Site
    from manifesto_cli.rendering.theme import Theme

_FOLDERS = {"priority": "priorities", "pledge": "pledges", "case-study": "case-studies", "deal": "deals"}
_SINGLE = {
    "home": "index.html",
    "deals": "deals.html",
    "case-studies": "case-studies.html",
    "evidence": "evidence.html",
    "costs": "costs.html",
    "about": "about.html",
    "whole": "manifesto.html",
    "accessibility": "accessibility.html",
    "privacy": "privacy.html",
    "imprint": "imprint.html",
    "not-found": "404.html",
}


def address(kind: str, name: str) -> "Address":
    """Where a page of the website is."""
    # Imported here and below because to find that nothing has changed it is enough to know what an output is called.
    from manifesto_cli.rendering.site import Address  # noqa: PLC0415

    return Address(_SINGLE[kind] if kind in _SINGLE else f"{_FOLDERS[kind]}/{name}.html")


def place(kind: str, name: str) -> "Address | None":
    """Where a record is on the page that holds the whole manifesto; None for what is not on it."""
    from manifesto_cli.rendering.site import SECTIONS, Address  # noqa: PLC0415

    if name:
        return Address(_SINGLE["whole"], f"{kind}-{name}")
    return Address(_SINGLE["whole"], kind) if kind in SECTIONS else None


def website(edition: "Edition", site: "Site", theme: "Theme", means: Means) -> PageByPage:
    """Every file of the website, each made when it is asked for."""
    # Imported here because a check makes no files.
    from manifesto_cli.outputs.machine_files import machine_files  # noqa: PLC0415
    from manifesto_cli.rendering.theme import STYLE_ADDRESS, assets, style_sheet  # noqa: PLC0415

    options = edition.manifesto.site.options
    of_theme = assets(theme, options)
    files: dict[str, Callable[[], File | Made]] = {
        STYLE_ADDRESS: lambda: File(STYLE_ADDRESS, style_sheet(theme, options)),
        **{path: partial(File, path, content) for path, content in of_theme.items()},
        **machine_files(edition, site, theme, of_theme),
    }
    if site.pictures:
        from manifesto_cli.rendering.pictures import picture_files  # noqa: PLC0415 - many sites have none

        files |= picture_files(site)

    @cache
    def pages() -> Mapping[str, Callable[[], Outcome[File]]]:
        # Imported here because Jinja takes longer to load than most manifestos to check, and another process may make the pages.
        from manifesto_cli.outputs import html  # noqa: PLC0415

        return html.pages(edition, site, place, theme, means, files.keys())

    def page(path: str) -> Outcome[File]:
        return pages()[path]()

    return PageByPage(files, {path: partial(page, path) for path in site.paths})


WEBSITE = Output(
    "html", "public", "index.html", linked=True, printed=False, layout=address, page_by_page=website
)
