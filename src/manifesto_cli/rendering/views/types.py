"""The values that templates see. Every text is plain unless it says that it is ready for the page."""

from typing import Protocol

from msgspec import Struct


class PageView(Protocol):
    """What every page has, whatever else it shows: what templates get as `page`."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def description(self) -> str:
        """What it is about, in one sentence."""


class LinkView(Struct, frozen=True):
    """A link."""

    href: str
    text: str
    current: str = ""
    """In a menu: `page` where it leads to the page that it stands on, `true` where that page belongs to what it leads to."""


class DayView(Struct, frozen=True):
    """A calendar day."""

    words: str
    """As running text has it."""
    weekday: str
    """Empty where the names of the language are not known; so is `month`."""
    day: str
    month: str
    year: str


class SourceView(Struct, frozen=True):
    """A document, as a claim cites it or a record is based on it."""

    number: int
    """Its number among the sources of the whole manifesto, from 1."""
    title: str
    publisher: str
    date: str
    """When it was published, in words; empty if that is not known."""
    locator: str
    """Where in the document."""
    href: str
    """Where it can be read; empty if that is not known."""
    accessed: str
    """When it was read, in words."""
    value: str
    """What this source says, where sources disagree; else empty."""
    note: str
    anchor: str
    """Where it stands on the page of evidence."""


class FigureView(Struct, frozen=True):
    """A number to be shown large."""

    number: str
    """With its unit where that is a sign, such as `50%` or `£800,000`."""
    qualifier: str
    unit: str
    """The unit in words, where the number does not show it."""
    label: str


class ClaimView(Struct, frozen=True):
    """A statement of fact with what it rests on."""

    text: str
    figure: FigureView | None
    sources: tuple[SourceView, ...]
    as_of: str
    kind: str
    """`measured`, `planned`, `estimate` or empty."""
    note: str
    said: bool
    """Whether the text, or what its sources say, gives the figure's number already."""
    href: str
    """Where it stands on the page of evidence; empty where there is no such page."""


class RecordLine(Struct, frozen=True):
    """A record that makes a claim or is based on a document."""

    kind: str
    """`priority`, `pledge` or `case-study`."""
    number: int
    """Its place among the records of its kind, from 1."""
    title: str
    href: str


class PledgeLine(Struct, frozen=True):
    """A pledge as lists show it."""

    number: int
    title: str
    statement: str
    href: str
    withdrawn: bool


class MeasureView(Struct, frozen=True):
    """How anyone could tell that a pledge was kept."""

    metric: str
    baseline: str
    baseline_date: str
    target: str
    target_date: str


class CostView(Struct, frozen=True):
    """What a pledge would cost."""

    one_off: str
    per_year: str
    funded_by: str


class PictureView(Struct, frozen=True):
    """A picture of the site's own."""

    src: str
    alt: str
    credit: str
    width: int
    height: int
    """In pixels; 0 where it is not known."""
    srcset: str
    """The files from which a browser may choose, with their widths; may be empty."""


class CaseStudyCard(Struct, frozen=True):
    """A case study as pages that point to it show it."""

    number: int
    """Its place among the case studies, from 1."""
    title: str
    summary: str
    place: str
    href: str
    disclaimer: bool
    """Whether to say that naming the organisation does not mean that it supports the candidate."""


class PriorityCard(Struct, frozen=True):
    """A priority as the home page shows it."""

    number: int
    title: str
    summary: str
    href: str
    pledges: tuple[PledgeLine, ...]


class LibraryView(Struct, frozen=True):
    """A library that texts of the manifesto were taken from."""

    title: str
    publisher: str
    licence: str
    href: str


class SiteView(Struct, frozen=True):
    """What all pages have in common; its links fit the page it is given to."""

    title: str
    tagline: str
    notice: str
    """A line for the top of every page, such as that this is a draft; else empty."""
    language: str
    direction: str
    """`ltr` or `rtl`."""
    candidate: str
    party: str
    office: str
    area: str
    polling_day: DayView | None
    date: str
    """The date of this edition, in words."""
    imprint: str
    """The imprint, whole; empty where no rules ask for one."""
    home: str
    menu: tuple[LinkView, ...]
    """The main pages besides the first, for the top of every page."""
    foot: tuple[LinkView, ...]
    """What else is to be reached from every page: the imprint and its like."""
    case_studies: str
    """The address of the list of case studies; empty where there are none."""
    about: str
    """The address of the page about the candidate; empty where there is none."""
    whole: str
    """The address of the page that holds the whole manifesto; empty where there is none."""
    style: str
    """The address of the style sheet."""
    priorities: tuple[LinkView, ...]
    email: str
    links: tuple[LinkView, ...]


class HomeView(Struct, frozen=True):
    """The first page."""

    title: str
    description: str
    foreword: str | None
    """Ready for the page."""
    photo: PictureView | None
    priorities: tuple[PriorityCard, ...]
    pledge_count: int
    anchor: str


class PriorityView(Struct, frozen=True):
    """The page of a priority."""

    title: str
    description: str
    number: int
    summary: str
    body: str | None
    """Ready for the page."""
    based_on: SourceView | None
    """The document that it was made from."""
    pledges: tuple[PledgeLine, ...]
    anchor: str
    previous: LinkView | None
    next: LinkView | None


class PledgeView(Struct, frozen=True):
    """The page of a pledge."""

    title: str
    description: str
    number: int
    statement: str
    """The promise in one sentence."""
    summary: str
    """One more sentence about it; empty where it is the promise itself."""
    body: str | None
    """Ready for the page."""
    priority: LinkView
    claims: tuple[ClaimView, ...]
    case_studies: tuple[CaseStudyCard, ...]
    measure: MeasureView | None
    cost: CostView | None
    power: str
    levers: tuple[str, ...]
    partners: tuple[str, ...]
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


class CaseStudyView(Struct, frozen=True):
    """The page of a case study."""

    title: str
    description: str
    number: int
    """Its place among the case studies, from 1."""
    summary: str
    body: str | None
    """Ready for the page."""
    organisation: LinkView | None
    place: str
    since: str
    status: str
    strength: str
    claims: tuple[ClaimView, ...]
    picture: PictureView | None
    links: tuple[LinkView, ...]
    pledges: tuple[PledgeLine, ...]
    """The pledges that point here."""
    disclaimer: bool
    """Whether to say that naming the organisation does not mean that it supports the candidate."""
    library: str
    """The title of the library it comes from; empty for the candidate's own."""
    adapted: bool
    """Whether the candidate has changed the library's text."""
    based_on: SourceView | None
    """The document that the library's text was made from."""
    anchor: str


class CaseStudiesView(Struct, frozen=True):
    """The list of all case studies."""

    title: str
    description: str
    cards: tuple[CaseStudyCard, ...]
    anchor: str


class AboutView(Struct, frozen=True):
    """The page about the candidate."""

    title: str
    description: str
    body: str | None
    """Ready for the page."""
    photo: PictureView | None
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
    anchor: str


class NotFoundView(Struct, frozen=True):
    """The page that is shown where there is none."""

    title: str
    description: str
    anchor: str
