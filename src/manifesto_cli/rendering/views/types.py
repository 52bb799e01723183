"""The views of pages: the values that templates see as `site` and `page`. Every text is plain unless it says that it is ready for the page."""

from collections.abc import Mapping

from msgspec import Struct

from manifesto_cli.rendering.views.elements import (
    AmountView,
    CaseStudyCard,
    ClaimView,
    CostView,
    DayView,
    DealCard,
    FilterView,
    HeadlineView,
    LibraryView,
    LinkView,
    MeasureView,
    PictureView,
    PledgeLine,
    PriorityCard,
    SourceView,
)


class SiteView(Struct, frozen=True):
    """What all pages have in common; its links fit the page it is given to."""

    title: str
    """The manifesto's title."""
    tagline: str
    """The line below the title; may be empty, as may all texts here but the title, the language and the candidate."""
    notice: str
    """A line for the top of every page, such as that this is a draft; else empty."""
    language: str
    """Its code, such as `en-GB`."""
    direction: str
    """`ltr` or `rtl`."""
    candidate: str
    """The candidate's name."""
    party: str
    office: str
    """The name of the office in full."""
    area: str
    """The area that the office is for."""
    polling_day: DayView | None
    """None if that is not known."""
    date: str
    """The date of this edition, in words."""
    imprint: str
    """The imprint, whole; empty where no rules ask for one."""
    home: str
    """The address of the first page."""
    menu: tuple[LinkView, ...]
    """The main pages besides the first, for the top of every page."""
    foot: tuple[LinkView, ...]
    """What else is to be reached from every page: the imprint and its like."""
    case_studies: str
    """The address of the list of case studies; empty where there is none."""
    deals: str
    """The address of the list of deals; empty where there is none."""
    about: str
    """The address of the page about the candidate; empty where there is none."""
    whole: str
    """The address of the page that holds the whole manifesto; empty where there is none."""
    costs: str
    """The address of the page that says what it costs; empty where there is none."""
    total: tuple[AmountView, ...]
    """What it costs in all, one for each currency."""
    pledge_count: int
    """How many pledges there are."""
    style: str
    """The address of the style sheet."""
    script: str
    """The address of the theme's script; empty where there is none."""
    options: Mapping[str, str | PictureView | None]
    """Every option of the theme that is a choice or a picture, by name: the choice made, or the picture if there is one."""
    classes: str
    """The choices made as classes for the whole page, such as `corner-square density-airy`."""
    formats: tuple[LinkView, ...]
    """The same manifesto in other formats."""
    priorities: tuple[LinkView, ...]
    """All priorities, in their order."""
    email: str
    """The candidate's address for e-mail."""
    links: tuple[LinkView, ...]
    """Pages of the candidate elsewhere."""


class HomeView(Struct, frozen=True):
    """The first page."""

    title: str
    description: str
    foreword: str | None
    """Ready for the page."""
    photo: PictureView | None
    """The picture of the candidate."""
    priorities: tuple[PriorityCard, ...]
    """All of them, in their order."""
    pledge_count: int
    """How many pledges there are."""
    figures: tuple[HeadlineView, ...]
    """Up to three figures from the evidence."""
    case_studies: tuple[CaseStudyCard, ...]
    """The first one or two."""
    deals: tuple[DealCard, ...]
    """The first deals, up to three."""
    filters: tuple[FilterView, ...]
    """Ways to narrow the list of all pledges; none for a short list."""
    share: tuple[LinkView, ...]
    """Links by which a reader passes the page on; none without `site.url`."""
    anchor: str
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class PriorityView(Struct, frozen=True):
    """The page of a priority."""

    title: str
    description: str
    number: int
    """Its place among the priorities, from 1."""
    summary: str
    """One sentence about it; may be empty."""
    body: str | None
    """Ready for the page."""
    based_on: SourceView | None
    """The document that it was made from."""
    pledges: tuple[PledgeLine, ...]
    """Its pledges, in their order; may be none."""
    anchor: str
    previous: LinkView | None
    next: LinkView | None
    share: tuple[LinkView, ...]
    """Links by which a reader passes the page on; none without `site.url`."""
    contents: tuple[LinkView, ...]
    """All priorities, this one marked as the current page."""
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class PledgeView(Struct, frozen=True):
    """The page of a pledge."""

    title: str
    description: str
    number: int
    """Its place among all pledges, from 1."""
    statement: str
    """The promise in one sentence."""
    summary: str
    """One more sentence about it; empty where it is the promise itself."""
    body: str | None
    """Ready for the page."""
    priority: LinkView
    """The priority that it belongs to."""
    claims: tuple[ClaimView, ...]
    """The facts that it rests on."""
    case_studies: tuple[CaseStudyCard, ...]
    """Those that show it at work."""
    deals: tuple[LinkView, ...]
    """The deals that rest on it."""
    measure: MeasureView | None
    """None if nothing is to be measured."""
    cost: CostView | None
    """None if nothing is said of it."""
    power: str
    """Who can do it, as a sentence without its full stop; empty if that is not said."""
    levers: tuple[str, ...]
    """How it would be done, such as `paying for it`: each goes on from “by”."""
    partners: tuple[str, ...]
    """Who has to take part."""
    withdrawn: str
    """When and why it was withdrawn; else empty."""
    library: str
    """The title of the library it comes from; empty for the candidate's own."""
    adapted: bool
    """Whether the candidate has changed the library's text."""
    based_on: SourceView | None
    """The document that the library's text was made from."""
    anchor: str
    previous: LinkView | None
    next: LinkView | None
    total: int
    """How many pledges there are in all."""
    by: str
    """When the target of its measure is to be reached, in words; else empty."""
    short_power: str
    """Who can do it, in two or three words; empty if that is not said."""
    share: tuple[LinkView, ...]
    """Links by which a reader passes the page on; none without `site.url`."""
    contents: tuple[LinkView, ...]
    """The pledges of its priority, this one marked as the current page."""
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class CaseStudyView(Struct, frozen=True):
    """The page of a case study."""

    title: str
    description: str
    number: int
    """Its place among the case studies, from 1."""
    summary: str
    """One sentence about it."""
    body: str | None
    """Ready for the page."""
    organisation: LinkView | None
    """Who runs it; the address may be empty."""
    place: str
    """Where it is, with the region."""
    since: str
    """When it began, in words; empty if that is not known."""
    status: str
    """A sentence if it has ended, has another name or is only planned; else empty."""
    strength: str
    """What kind of evidence there is, in words; empty if that is not said."""
    claims: tuple[ClaimView, ...]
    """The facts that it rests on."""
    picture: PictureView | None
    links: tuple[LinkView, ...]
    """Pages elsewhere about it."""
    pledges: tuple[PledgeLine, ...]
    """The pledges that point here."""
    deals: tuple[LinkView, ...]
    """The deals that rest on it."""
    disclaimer: bool
    """Whether to say that naming the organisation does not mean that it supports the candidate."""
    library: str
    """The title of the library it comes from; empty for the candidate's own."""
    adapted: bool
    """Whether the candidate has changed the library's text."""
    based_on: SourceView | None
    """The document that the library's text was made from."""
    anchor: str
    place_name: str
    """The town, village or district alone."""
    region: str
    """The county or region; may be empty."""
    share: tuple[LinkView, ...]
    """Links by which a reader passes the page on; none without `site.url`."""
    contents: tuple[LinkView, ...]
    """All case studies, this one marked as the current page."""
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class CaseStudiesView(Struct, frozen=True):
    """The list of all case studies."""

    title: str
    description: str
    cards: tuple[CaseStudyCard, ...]
    """All of them, in the order in which pledges point to them."""
    anchor: str


class AboutView(Struct, frozen=True):
    """The page about the candidate."""

    title: str
    description: str
    body: str | None
    """Ready for the page."""
    photo: PictureView | None
    """The picture of the candidate."""
    anchor: str


class StatementView(Struct, frozen=True):
    """What is true of the site as a whole: of how it can be used, or of what becomes of those who read it."""

    title: str
    description: str
    scripted: bool
    """Whether the theme has scripts. Nothing else can run on the pages."""
    host: str
    """Who keeps the site and sees who asks for its pages, such as `GitHub`; empty if that is not known."""
    anchor: str


class ImprintView(Struct, frozen=True):
    """The imprint's own page, and where the texts come from."""

    title: str
    description: str
    libraries: tuple[LibraryView, ...]
    """The libraries that pledges were taken from."""
    anchor: str


class NotFoundView(Struct, frozen=True):
    """The page that is shown where there is none."""

    title: str
    description: str
    anchor: str
