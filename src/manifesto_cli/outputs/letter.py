"""The letter: what a deal asks of one party, as a Markdown text, through a template of its own.

It is no publication, and so no format of the manifesto: `manifesto deal letter` makes one where somebody wants to write one.
"""

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.merging.edition import Edition
from manifesto_cli.model.deal import FINISHED
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs.addresses import absolute
from manifesto_cli.outputs.website import address
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.markdown_text import escape_markdown
from manifesto_cli.rendering.markup import ParsedProse
from manifesto_cli.rendering.output import Means, Output, PageByPage
from manifesto_cli.rendering.site import Address, Lead, Page, Site, TextKey
from manifesto_cli.rendering.theme import Theme
from manifesto_cli.rendering.views.letter import asked, letter_view
from manifesto_cli.rendering.views.material import Writer, material
from manifesto_cli.rendering.views.pages import site_view

TEMPLATE = "letter.md"
NAME = "letter.md"


class Letter(Struct, frozen=True):
    """Which letter: about which deal, to whom, and of which day."""

    deal: str
    """The key of the deal."""
    to: str
    """The id of a party to it, of which it asks something."""
    date: Day | None = None
    """That of the manifesto unless given."""


def letter_output(letter: Letter) -> Output:
    """The letter as a form of an edition that has its deal."""
    return Output(
        "letter",
        "",
        NAME,
        linked=False,
        printed=False,
        layout=address,
        page_by_page=partial(_letter, letter),
    )


def letters_of(edition: Edition) -> Iterator[Output]:
    """Every letter that there could be."""
    for cited in edition.deals:
        known = {party.id for party in cited.deal.parties}
        for party in asked(cited) if cited.deal.status not in FINISHED else ():
            if party in known:
                yield letter_output(Letter(cited.key, party))


def _letter(letter: Letter, edition: Edition, site: Site, theme: Theme, means: Means) -> PageByPage:
    return PageByPage({}, {NAME: partial(_text, letter, edition, site, theme, means)})


def _text(letter: Letter, edition: Edition, site: Site, theme: Theme, means: Means) -> Outcome[File]:
    # Imported here because a website does not need what turns tokens back into Markdown.
    from manifesto_cli.rendering.markdown import to_markdown  # noqa: PLC0415

    # Imported here because a check makes no pages, and Jinja takes longer to load than most manifestos to check.
    from manifesto_cli.rendering.render import Press, render  # noqa: PLC0415
    from manifesto_cli.rendering.templates import environment  # noqa: PLC0415

    def write(parsed: ParsedProse, page: Page, text: TextKey) -> str:  # noqa: ARG001 - a letter is one text
        addresses = {target: _whole(site, lead) for target, lead in site.leads[text].items()}
        return to_markdown(parsed, addresses, (), "", _LOWER)

    of, page = material(edition, site, Writer(write, printed=True)), site.pages["deal", letter.deal]
    press = Press(theme, environment(theme, autoescape=False, finalize=escape_markdown, means=means))
    href = absolute(site.url, page.address) if site.url else ""
    view = letter_view(of, page, letter.to, letter.date or edition.manifesto.date, href)
    made = render(press, TEMPLATE, NAME, {"site": site_view(of, page), "page": view}, of.weight("whole"))
    if made.value is None:
        return Outcome(None, made.faults)
    return Outcome(File(NAME, (made.value.decode().strip() + "\n").encode()))


_LOWER = 1
"""How much lower than on a page of its own the headings of a text are: a section of the letter is around it."""


def _whole(site: Site, lead: Lead) -> str | None:
    """Where a link or picture of a text leads for whoever has nothing but the letter: nowhere, where the address of the site is not known."""
    if isinstance(lead, Address):
        anchor = f"#{lead.anchor}" if lead.anchor else ""
        return absolute(site.url, lead) + anchor if site.url else None
    return lead
