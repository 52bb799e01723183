"""(Edition, site, deal, party) → the letter that asks the party for its part of the deal."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.gathering import CitedSource
from manifesto_cli.model.quantity import Day
from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views import parts, words
from manifesto_cli.rendering.views.deal_parts import DealOnPage
from manifesto_cli.rendering.views.deal_types import DealView, OfferView, ResultView, RiskView
from manifesto_cli.rendering.views.deals import deal_view
from manifesto_cli.rendering.views.elements import ClaimView, LinkView, SourceView
from manifesto_cli.rendering.views.material import Material
from manifesto_cli.rendering.views.metric_types import MetricView
from manifesto_cli.rendering.views.payment_types import PaymentView


class AskedView(Struct, frozen=True):
    """Something that a letter asks for."""

    kind: str
    """What kind of thing it is, in a word."""
    text: str
    """What is asked, in one sentence."""
    because: str
    """Why; may be empty."""
    costs: str
    """What it costs whoever reads the letter, and when; may be empty."""
    rests_on: tuple[str, ...]
    """The offers and outcome metrics in return for which it is asked, in words."""


class LetterView(Struct, frozen=True):
    """A letter that asks a party to a deal for its part. Links in it lead nowhere: only their texts are of use."""

    title: str
    """What the deal is called: the subject."""
    description: str
    """What the deal is, in one sentence."""
    to: str
    """The organisation that is asked."""
    date: str
    """The date of the letter, in words; may be empty."""
    area: str
    """The area that the deal is for; may be empty."""
    status: str
    """How far the deal is, in words, with its date."""
    asks: tuple[AskedView, ...]
    """What is asked of whoever reads it; at least one thing."""
    others: tuple[str, ...]
    """Other organisations of which something is asked."""
    offers: tuple[OfferView, ...]
    """What is offered in return; may be none."""
    metrics: tuple[MetricView, ...]
    """What is counted; may be none."""
    results: tuple[ResultView, ...]
    """What came of it so far; may be none."""
    payment: PaymentView | None
    """What whoever reads it would pay, and for what; none where nothing is to be paid by them."""
    payers: tuple[str, ...]
    """Other organisations that pay."""
    risks: tuple[RiskView, ...]
    """What could go wrong; may be none."""
    if_it_fails: str | None
    """What happens if the outcomes are not reached; ready for the page."""
    claims: tuple[ClaimView, ...]
    """The facts that it rests on; may be none."""
    notes: tuple[SourceView, ...]
    """Every document that the letter cites, numbered from 1 in the order in which it does."""
    href: str
    """The whole address of the deal's page; empty where that is not known."""
    anchor: str


def letter_view(of: Material, page: Page, to: str, date: Day | None, href: str) -> LetterView:
    """The letter about the deal of a page to the party with an id, of which the deal asks something."""
    cited = of.edition.deals[of.deal_at[page.key]]
    of = _citing(of, cited)
    here = DealOnPage(of, page, of.edition.deals[of.deal_at[page.key]])
    deal, whole = cited.deal, deal_view(of, page)
    pays = any(each.party == to for each in deal.outcome_payment_commitments) or any(
        (party.id, party.role) == (to, "outcome_payer") for party in deal.parties
    )
    payers = (each.party for each in deal.outcome_payment_commitments if each.party != to)
    return LetterView(
        title=whole.title,
        description=whole.summary,
        to=here.party(to).text,
        date=words.date_words(date, of.language),
        area=whole.area,
        status=whole.status,
        asks=tuple(
            AskedView(
                shown.kind,
                shown.text,
                shown.because,
                shown.costs,
                tuple(link.text for link in shown.rests_on),
            )
            for ask, shown in zip(deal.asks, whole.asks, strict=True)
            if ask.of == to
        ),
        others=tuple(here.party(name).text for name in asked(cited) if name != to),
        offers=whole.offers,
        metrics=whole.metrics,
        results=whole.results,
        payment=_payment(whole, here.party(to)) if pays else None,
        payers=tuple(here.party(name).text for name in dict.fromkeys(payers)),
        risks=whole.risks,
        if_it_fails=whole.if_it_fails,
        claims=whole.claims,
        notes=tuple(parts.source_view(of, i, "", "", "") for i in range(len(of.edition.sources))),
        href=href,
        anchor="",
    )


def asked(cited: EditionDeal) -> tuple[str, ...]:
    """The ids of the parties of which a deal asks something, each once, in the order of its asks."""
    return tuple(dict.fromkeys(ask.of for ask in cited.deal.asks))


def _payment(whole: DealView, party: LinkView) -> PaymentView | None:
    """What one party pays: prices are those of the deal, sums its own."""
    payment = whole.payment
    if payment is None:
        return None
    return replace(
        payment,
        commitments=tuple(each for each in payment.commitments if each.party == party),
        investments=(),
        cases=tuple(
            replace(case, shares=tuple(each for each in case.shares if each.party == party))
            for case in payment.cases
        ),
    )


def _citing(of: Material, cited: EditionDeal) -> Material:
    """The same as if the edition had no documents but those that the letter cites, so that they are numbered anew."""
    sources = tuple({source.key: source for source in _sources(cited)}.values())
    deals = tuple(replace(each, basis=None) if each.key == cited.key else each for each in of.edition.deals)
    return replace(
        of,
        edition=replace(of.edition, sources=sources, deals=deals),
        source_at={source.key: i for i, source in enumerate(sources)},
    )


def _sources(cited: EditionDeal) -> Iterator[CitedSource]:
    """The documents in the order in which a letter shows what was taken from them."""
    for field in ("outcome_metrics", "results"):
        yield from (source for (where, _), source in cited.cited.items() if where == field)
    for evidence in cited.evidence:
        yield from evidence.sources
