"""The booklet: the whole manifesto in one Markdown file, through a template of its own."""

from functools import partial
from typing import TYPE_CHECKING

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.output import Means, Output, PageByPage

if TYPE_CHECKING:
    from manifesto_cli.merging.edition import Edition
    from manifesto_cli.rendering.markup import ParsedProse
    from manifesto_cli.rendering.site import Address, Page, Site, TextKey
    from manifesto_cli.rendering.theme import Theme

NAME = "manifesto.md"


def address(kind: str, name: str) -> "Address | None":
    """Where a section of the booklet is: all in one file.

    There is a full stop in every anchor. GitHub makes anchors from headings too, and a link leads to the first that fits; in those that it
    makes there is none (docs/decisions/anchors-in-booklets.md).
    """
    # Imported here and below because to find that nothing has changed it is enough to know what an output is called.
    from manifesto_cli.rendering.site import SECTIONS, Address  # noqa: PLC0415

    if name:
        return Address(NAME, f"{kind}.{name}")
    return Address(NAME, f"part.{kind}") if kind in SECTIONS else None


def booklet(edition: "Edition", site: "Site", theme: "Theme", means: Means) -> PageByPage:
    """The booklet and the pictures in it."""
    from manifesto_cli.rendering.pictures import picture_files  # noqa: PLC0415

    return PageByPage(picture_files(site), {NAME: partial(_text, edition, site, theme, means)})


def _text(edition: "Edition", site: "Site", theme: "Theme", means: Means) -> Outcome[File]:
    # Imported here because a website does not need what turns tokens back into Markdown.
    from manifesto_cli.rendering.markdown import to_markdown  # noqa: PLC0415
    from manifesto_cli.rendering.markdown_text import escape_markdown  # noqa: PLC0415

    # Imported here because a check makes no pages, and Jinja takes longer to load than most manifestos to check.
    from manifesto_cli.rendering.render import Press, render  # noqa: PLC0415
    from manifesto_cli.rendering.site import Address, anchor_prefix  # noqa: PLC0415
    from manifesto_cli.rendering.templates import environment  # noqa: PLC0415
    from manifesto_cli.rendering.views.booklet import booklet_view, shift  # noqa: PLC0415
    from manifesto_cli.rendering.views.material import Writer, material  # noqa: PLC0415
    from manifesto_cli.rendering.views.pages import site_view  # noqa: PLC0415

    anchors = {
        lead.anchor for leads in site.leads.values() for lead in leads.values() if isinstance(lead, Address)
    }

    def write(parsed: "ParsedProse", page: "Page", text: "TextKey") -> str:
        prefix = anchor_prefix(page.address, text)
        return to_markdown(parsed, site.addresses(page, text), anchors, prefix, shift(text))

    of = material(edition, site, Writer(write, printed=True))
    press = Press(theme, environment(theme, autoescape=False, finalize=escape_markdown, means=means))
    values = {"site": site_view(of, site.pages["home", ""]), "page": booklet_view(of)}
    made = render(press, "booklet.md", NAME, values, of.weight("whole"))
    if made.value is None:
        return Outcome(None, made.faults)
    text = made.value.decode().strip() + "\n"
    return Outcome(File(NAME, text.encode()))


BOOKLET = Output("md", "booklet", NAME, linked=False, printed=True, layout=address, page_by_page=booklet)
