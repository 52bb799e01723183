"""The booklet: the whole manifesto in one Markdown file, through a template of its own."""

from typing import Any

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.merging.edition import Edition
from manifesto_cli.rendering.files import Copy, File
from manifesto_cli.rendering.markdown_text import escape_markdown
from manifesto_cli.rendering.markup import ParsedProse
from manifesto_cli.rendering.output import Files, Output
from manifesto_cli.rendering.plan import Address, Page, Site, TextKey, anchor_prefix
from manifesto_cli.rendering.theme import Theme
from manifesto_cli.rendering.views import pages
from manifesto_cli.rendering.views.material import Writer, material
from manifesto_cli.rendering.views.types import BookletView, ChapterView

NAME = "manifesto.md"
_SHIFTS = {
    "foreword": 1,
    "about": 1,
    ("priority", "body"): 1,
    ("pledge", "body"): 2,
    ("case-study", "body"): 2,
}
"""How much lower than in a page of its own the headings of a text are: the booklet's title is its only heading of level 1."""


_SECTIONS = ("home", "imprint")
"""Of the things of which there is one, those that the booklet has with an anchor of their own."""


def address(kind: str, name: str) -> Address | None:
    """Where a section of the booklet is: all in one file."""
    if not name and kind not in _SECTIONS:
        return None
    return Address(NAME, f"{kind}-{name}" if name else kind)


def booklet(edition: Edition, site: Site, theme: Theme, cache: Any) -> Outcome[Files]:
    """The booklet and the pictures in it."""
    # Imported here because a website does not need what turns tokens back into Markdown.
    from manifesto_cli.rendering.markdown import to_markdown  # noqa: PLC0415

    # Imported here because a check makes no pages, and Jinja takes longer to load than most manifestos to check.
    from manifesto_cli.rendering.render import Press, render  # noqa: PLC0415
    from manifesto_cli.rendering.templates import environment  # noqa: PLC0415

    anchors = {
        lead.anchor for leads in site.leads.values() for lead in leads.values() if isinstance(lead, Address)
    }

    def write(parsed: ParsedProse, page: Page, text: TextKey) -> str:
        shift = _SHIFTS.get(text[2], _SHIFTS.get((text[0], text[2]), 0))
        prefix = anchor_prefix(page.address, text)
        return to_markdown(parsed, site.addresses(page, text), anchors, prefix, shift)

    of = material(edition, site, Writer(write, printed=True, style=None))
    press = Press(theme, environment(theme, autoescape=False, finalize=escape_markdown, cache=cache))
    home = site.pages["home", ""]
    view = BookletView(
        home=pages.home_view(of, home),
        chapters=tuple(
            ChapterView(
                pages.priority_view(of, site.pages["priority", priority.key]),
                tuple(pages.pledge_view(of, site.pages["pledge", pledge.key]) for pledge in priority.pledges),
            )
            for priority in edition.priorities
        ),
        case_studies=tuple(
            pages.case_study_view(of, site.pages["case-study", study.key]) for study in edition.case_studies
        ),
        notes=pages.note_views(of),
        imprint=pages.imprint_view(of, site.pages["imprint", ""]),
    )
    made = render(press, "booklet.md", {"site": pages.site_view(of, home), "page": view})
    if made.value is None:
        return Outcome(None, made.faults)
    text = made.value.strip() + "\n"
    copies = (Copy(picture.address.path, picture.original) for picture in site.pictures.values())
    return Outcome((File(NAME, text.encode()), *copies))


BOOKLET = Output("md", "booklet", NAME, linked=False, printed=True, layout=address, files=booklet)
