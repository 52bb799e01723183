"""(Edition, site whose pages are places in one text) → the view of the whole manifesto."""

from msgspec import Struct

from manifesto_cli.rendering.site import TextKey
from manifesto_cli.rendering.views import pages
from manifesto_cli.rendering.views import types as view
from manifesto_cli.rendering.views.costs import CostsView, costs_of_all
from manifesto_cli.rendering.views.deal_types import DealView
from manifesto_cli.rendering.views.evidence import NoteView, note_views
from manifesto_cli.rendering.views.material import Material

_SHIFTS = {
    "foreword": 1,
    "about": 1,
    "priority": 1,
    "pledge": 2,
    "case-study": 2,
    "deal": 2,
    "if_it_fails": 3,
}


class ChapterView(Struct, frozen=True):
    """A priority in a whole manifesto, with all that belongs to it."""

    priority: view.PriorityView
    """The priority itself."""
    pledges: tuple[view.PledgeView, ...]
    """Its pledges, each with all that its own page has."""


class BookletView(Struct, frozen=True):
    """A whole manifesto in one text: a booklet, or a page of the website."""

    title: str
    description: str
    home: view.HomeView
    """What the first page has."""
    about: view.AboutView | None
    """Where there is something to say about the candidate."""
    chapters: tuple[ChapterView, ...]
    """All priorities, in their order."""
    deals: tuple[DealView, ...]
    """All of them, each with all that its own page has."""
    case_studies: tuple[view.CaseStudyView, ...]
    """All of them, each with all that its own page has."""
    costs: CostsView | None
    """What it costs; where a sum is given."""
    notes: tuple[NoteView, ...]
    """Every document that is cited, by its number."""
    imprint: view.ImprintView
    """What the page of the imprint has."""
    anchor: str


def shift(text: TextKey) -> int:
    """How much lower than on a page of its own the headings of a text are: the title is the only heading of level 1."""
    return _SHIFTS.get(text[2], _SHIFTS.get(text[0], 0))


def booklet_view(of: Material) -> BookletView:
    """The whole manifesto. Where its parts stand is for the site to say."""
    site, home = of.site, of.site.pages["home", ""]
    return BookletView(
        title=of.edition.manifesto.title,
        description=f"The whole manifesto of {of.edition.manifesto.candidate.name} on one page",
        home=pages.home_view(of, home),
        about=pages.about_view(of, site.pages["about", ""]) if site.has("about") else None,
        chapters=tuple(
            ChapterView(
                pages.priority_view(of, site.pages["priority", priority.key]),
                tuple(pages.pledge_view(of, site.pages["pledge", pledge.key]) for pledge in priority.pledges),
            )
            for priority in of.edition.priorities
        ),
        deals=_deals(of),
        case_studies=tuple(
            pages.case_study_view(of, site.pages["case-study", study.key])
            for study in of.edition.case_studies
        ),
        costs=costs_of_all(of, home),
        notes=note_views(of, home),
        imprint=pages.imprint_view(of, site.pages["imprint", ""]),
        anchor="",
    )


def _deals(of: Material) -> tuple[DealView, ...]:
    if not of.edition.deals:
        return ()
    from manifesto_cli.rendering.views.deals import deal_view  # noqa: PLC0415 - only deals need it

    return tuple(deal_view(of, of.site.pages["deal", deal.key]) for deal in of.edition.deals)
