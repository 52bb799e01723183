"""What pages of deals show: the two sides, who takes part, results and risks. Every text is plain unless it says that it is ready for the page."""

from msgspec import Struct

from manifesto_cli.rendering.views.elements import CaseStudyCard, ClaimView, DealCard, LinkView, SourceView
from manifesto_cli.rendering.views.metric_types import MetricView
from manifesto_cli.rendering.views.payment_types import PaymentView


class PartyView(Struct, frozen=True):
    """Who takes part."""

    name: str
    """The organisation."""
    role: str
    """What it does in the deal, in words."""
    href: str
    """Its own site; may be empty."""
    anchor: str
    """Where it stands on the page."""


class AskView(Struct, frozen=True):
    """Something that is asked of the government."""

    kind: str
    """What kind of thing it is, in a word."""
    text: str
    """What is asked, in one sentence."""
    because: str
    """Why; may be empty."""
    costs: str
    """What it costs whoever is asked, and when; may be empty."""
    of: LinkView
    """The party of whom it is asked, in the list of parties; the address may be empty."""
    rests_on: tuple[LinkView, ...]
    """The offers and outcome metrics in return for which it is asked, on the page."""
    anchor: str
    """Where it stands on the page."""


class OfferView(Struct, frozen=True):
    """Something that is done in return."""

    kind: str
    """What kind of thing it is, in a word."""
    text: str
    """What is offered, in one sentence."""
    by: LinkView
    """The party that offers it, in the list of parties; the address may be empty."""
    anchor: str
    """Where it stands on the page."""


class ResultView(Struct, frozen=True):
    """What came of an outcome metric."""

    metric: LinkView
    """The metric, on the page; the address may be empty."""
    cohort: str
    """For whom, in words: a cohort, or all together."""
    kind: str
    """`interim` or `final`."""
    value: str
    """With its unit; empty where only the change is known."""
    against: str
    """What it is compared with, with its unit; may be empty."""
    change: str
    """The change against the baseline, in words; may be empty."""
    number: str
    """The change alone in percent, such as `8.4%`, without a sign; may be empty."""
    trigger: str
    """The trigger that it has to reach, in words; empty where there is none."""
    met: str
    """`yes`, `no`, or empty where that is not known or there is no trigger."""
    verdict: str
    """Whether it is reached, in words."""
    payment: str
    """What is paid for it, in words; may be empty."""
    date: str
    """When it was made known; may be empty."""
    source: SourceView | None
    """The document it is taken from."""
    note: str
    """What a careful reader should know of it; may be empty."""


class RiskView(Struct, frozen=True):
    """What could go wrong."""

    text: str
    """In one sentence."""
    then: str
    """What happens then; may be empty."""
    borne_by: LinkView | None
    """The party that bears it, in the list of parties."""


class DealView(Struct, frozen=True):
    """The page of a deal."""

    title: str
    description: str
    number: int
    """Its place among the deals, from 1."""
    area: str
    """The area that it is for; may be empty."""
    status: str
    """How far it is, in words, with its date."""
    state: str
    """The same as one word of the record: `proposed`, `negotiating`, `agreed`, `live`, `closed` or `refused`."""
    begins: str
    """When it begins or began, in words; may be empty."""
    ends: str
    """When it ends or ended, in words; may be empty."""
    summary: str
    """One sentence that says what it is."""
    body: str | None
    """Ready for the page."""
    asks_title: str
    """What to call what is asked, such as `We ask`; other words for a deal of others, or one that is over."""
    offers_title: str
    """What to call what is offered, such as `We offer`."""
    asks: tuple[AskView, ...]
    """What is asked; may be none."""
    offers: tuple[OfferView, ...]
    """What is offered in return; may be none."""
    parties: tuple[PartyView, ...]
    """Who takes part; may be none."""
    metrics: tuple[MetricView, ...]
    """What is counted; may be none."""
    payment: PaymentView | None
    """None where nothing is said of it."""
    results: tuple[ResultView, ...]
    """What came of it; may be none."""
    risks: tuple[RiskView, ...]
    """What could go wrong; may be none."""
    if_it_fails: str | None
    """What happens if the outcomes are not reached; ready for the page."""
    ideas: tuple[LinkView, ...]
    """The ideas that it rests on; the address is empty where the manifesto has no pledge of it."""
    case_studies: tuple[CaseStudyCard, ...]
    """The case studies that it rests on."""
    claims: tuple[ClaimView, ...]
    """The facts that it rests on."""
    notes: tuple[SourceView, ...]
    """Every document that it rests on, by its number: those of claims, of baselines and results, and the one that it was made from."""
    disclaimer: bool
    """Whether to say that naming organisations does not mean that they support the candidate."""
    library: str
    """The title of the library it comes from; empty for the candidate's own."""
    adapted: bool
    """Whether the candidate has changed the library's text."""
    based_on: SourceView | None
    """The document that the library's text was made from."""
    anchor: str
    previous: LinkView | None
    next: LinkView | None
    share: tuple[LinkView, ...]
    """Links by which a reader passes the page on; none without `site.url`."""
    contents: tuple[LinkView, ...]
    """All deals, this one marked as the current page."""
    marks: tuple[int, ...]
    """Twelve numbers from 0 to 99 for drawings, always the same for the same record."""


class DealsView(Struct, frozen=True):
    """The list of all deals."""

    title: str
    description: str
    cards: tuple[DealCard, ...]
    """All of them, in the order picked."""
    anchor: str
