"""The parts of views: what several pages show, each as templates see it. Every text is plain unless it says that it is ready for the page."""

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
    """What it says."""
    current: str = ""
    """In a menu: `page` where it leads to the page that it stands on, `true` where that page belongs to what it leads to."""


class DayView(Struct, frozen=True):
    """A calendar day."""

    words: str
    """As running text has it."""
    weekday: str
    """Empty where the names of the language are not known; so is `month`."""
    day: str
    """A number."""
    month: str
    year: str
    """A number."""


class SourceView(Struct, frozen=True):
    """A document, as a claim cites it or a record is based on it."""

    number: int
    """Its number among the sources of the whole manifesto, from 1."""
    title: str
    publisher: str
    """Who published it; may be empty."""
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
    """What a reader should know about the value; may be empty."""
    anchor: str
    """Where it stands on the page of evidence."""


class FigureView(Struct, frozen=True):
    """A number to be shown large."""

    number: str
    """With its unit where that is a sign, such as `50%` or `£800,000`."""
    qualifier: str
    """A word that belongs before it, such as `nearly`; may be empty."""
    unit: str
    """The unit in words, where the number does not show it."""
    label: str
    """What it means, to be read after number and unit; may be empty."""
    share: float | None = None
    """Of a percentage: how much of the whole to fill in a drawing, from 0 to 1, a little less where it says `nearly`. None where its label does not begin with `of`: a bar for a change would mislead."""
    count: int | None = None
    """Of a whole number of things: how many to draw. None for percentages and money, and above 300."""


class ClaimView(Struct, frozen=True):
    """A statement of fact with what it rests on."""

    text: str
    """The statement, in one sentence."""
    figure: FigureView | None
    """Its number, to be shown large."""
    sources: tuple[SourceView, ...]
    """What it rests on; may be none."""
    as_of: str
    """The time that it speaks of, in words; may be empty."""
    kind: str
    """`measured`, `planned`, `estimate` or empty."""
    note: str
    """What a reader should know about it; may be empty."""
    said: bool
    """Whether the text, or what its sources say, gives the figure's number already."""
    href: str
    """Where it stands on the page of evidence; empty where there is no such page."""


class RecordLine(Struct, frozen=True):
    """A record that makes a claim or is based on a document."""

    kind: str
    """`priority`, `pledge`, `deal` or `case-study`."""
    number: int
    """Its place among the records of its kind, from 1."""
    title: str
    href: str


class PledgeLine(Struct, frozen=True):
    """A pledge as lists show it."""

    number: int
    """Its place among all pledges, from 1."""
    title: str
    statement: str
    """The promise in one sentence."""
    href: str
    withdrawn: bool
    """Whether it was taken back."""
    priority: str
    """The title of its priority."""
    power: str
    """Who can do it, in two or three words; empty if that is not said."""
    by: str
    """When the target of its measure is to be reached, in words; else empty."""
    filters: tuple[int, ...]
    """The numbers of the filters that keep it in the list."""
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class FilterView(Struct, frozen=True):
    """A way to see fewer pledges."""

    number: int
    """From 1."""
    kind: str
    """`priority` or `subject`."""
    text: str
    """The title of the priority, or the subject."""
    count: int
    """How many pledges it keeps."""


class ScaleView(Struct, frozen=True):
    """The line on which a measure moves. Places on it run from 0 to 100."""

    baseline_at: float
    """Where the baseline is."""
    target_at: float
    """Where the target is."""
    low: str
    """What stands at its start."""
    high: str
    """What stands at its end."""
    ticks: tuple[float, ...]
    """Places of round numbers, both ends among them."""
    baseline_units: int | None
    """How many squares to draw for it: up to 24. None for larger numbers and those that are not whole."""
    target_units: int | None
    """The same for the target."""
    top_units: int | None
    """The larger of the two, where both are known."""


class MeasureView(Struct, frozen=True):
    """How anyone could tell that a pledge was kept."""

    metric: str
    """What is counted."""
    baseline: str
    """Where it stands today, with its unit; may be empty, as may all of these but the metric."""
    baseline_date: str
    """When that was measured, in words."""
    target: str
    """Where it shall stand, with its unit."""
    target_date: str
    """When that shall be reached, in words."""
    baseline_number: str
    """The number without its unit, if that is not a sign; so is `target_number`."""
    target_number: str
    """The number of the target."""
    unit: str
    """The unit in words, where the numbers do not show it."""
    scale: ScaleView | None
    """Where both numbers are known, and differ."""


class CostView(Struct, frozen=True):
    """What a pledge would cost."""

    one_off: str
    per_year: str
    funded_by: str


class PictureView(Struct, frozen=True):
    """A picture of the site's own."""

    src: str
    """Its address."""
    alt: str
    """What it shows, for people who cannot see it."""
    credit: str
    """Who made it; may be empty."""
    width: int
    """In pixels; 0 where it is not known."""
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
    """One sentence about it."""
    place: str
    """Where it is, with the region; may be empty."""
    href: str
    disclaimer: bool
    """Whether to say that naming the organisation does not mean that it supports the candidate."""
    place_name: str
    """The town, village or district alone."""
    region: str
    """The county or region; may be empty."""
    picture: PictureView | None
    """None if it has none: themes draw one from `marks`."""
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class DealCard(Struct, frozen=True):
    """A deal as lists show it."""

    number: int
    """Its place among the deals, from 1."""
    title: str
    summary: str
    """One sentence that says what it is."""
    area: str
    """The area that it is for; may be empty."""
    status: str
    """How far it is, in words, with its date."""
    state: str
    """The same as one word of the record: `proposed`, `negotiating`, `agreed`, `live`, `closed` or `refused`."""
    href: str
    ask_count: int
    """How many things are asked for."""
    offer_count: int
    """How many things are offered in return."""
    asks_title: str
    """What to call what is asked, such as `We ask`."""
    offers_title: str
    """What to call what is offered, such as `We offer`."""
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class PriorityCard(Struct, frozen=True):
    """A priority as the home page shows it."""

    number: int
    """Its place among the priorities, from 1."""
    title: str
    summary: str
    """One sentence about it; may be empty."""
    href: str
    pledges: tuple[PledgeLine, ...]
    """Its pledges, in their order; may be none."""
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class HeadlineView(Struct, frozen=True):
    """A figure to be shown largest, with the pledge that rests on it."""

    claim: ClaimView
    """The claim, which has a figure."""
    pledge: LinkView
    """The pledge that rests on it."""


class AmountView(Struct, frozen=True):
    """Sums in one currency; empty where nothing of the kind is given."""

    currency: str
    """Its code, such as `GBP`."""
    one_off: str
    per_year: str


class LibraryView(Struct, frozen=True):
    """A library that texts of the manifesto were taken from."""

    title: str
    publisher: str
    """Who keeps it; may be empty."""
    licence: str
    """Under which terms its texts may be used; may be empty."""
    href: str
    """Where it is kept; may be empty."""
