"""(Edition, site) → the pages of deals, and what other pages show of deals."""

from collections.abc import Iterable

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views import deal_types as view
from manifesto_cli.rendering.views import deal_words, elements, geometry, parts, words
from manifesto_cli.rendering.views.deal_metrics import metric_view
from manifesto_cli.rendering.views.deal_parts import DealOnPage
from manifesto_cli.rendering.views.deal_payment import payment_view
from manifesto_cli.rendering.views.deal_results import result_views
from manifesto_cli.rendering.views.material import Material, once_a_folder


def deal_view(of: Material, page: Page) -> view.DealView:
    """The page of a deal."""
    deals, i = of.edition.deals, of.deal_at[page.key]
    cited, deal = deals[i], deals[i].deal
    here = DealOnPage(of, page, cited)
    asks_title, offers_title = deal_words.sides(cited)
    return view.DealView(
        title=deal.title,
        description=deal.summary,
        number=i + 1,
        area=deal.area or "",
        status=deal_words.status_words(cited, of.language),
        state=deal.status,
        begins=words.date_words(deal.begins, of.language),
        ends=words.date_words(deal.ends, of.language),
        summary=deal.summary,
        body=of.text(page, "body"),
        asks_title=asks_title,
        offers_title=offers_title,
        asks=_asks(here),
        offers=_offers(here),
        parties=_parties(here),
        metrics=tuple(metric_view(here, metric) for metric in deal.outcome_metrics),
        payment=payment_view(here),
        results=result_views(here),
        risks=tuple(
            view.RiskView(risk.text, risk.then or "", here.party(risk.borne_by) if risk.borne_by else None)
            for risk in deal.risks
        ),
        if_it_fails=of.text(page, "if_it_fails"),
        ideas=tuple(
            elements.LinkView(of.href(page, "pledge", rested.key) if rested.key else "", rested.title)
            for rested in cited.ideas
        ),
        case_studies=tuple(parts.case_study_card(of, page, of.studies[key]) for key in cited.case_studies),
        claims=tuple(parts.claim_view(of, page, evidence) for evidence in cited.evidence),
        notes=tuple(parts.source_view(of, place, "", "", "") for place in _documents(of, cited)),
        disclaimer=bool(deal.parties),
        library=parts.library_title(of.edition, cited.library),
        adapted=bool(cited.overridden),
        based_on=parts.based_on(of, cited.basis),
        anchor=page.address.anchor,
        previous=parts.deal_link(of, page, deals[i - 1]) if i else None,
        next=parts.deal_link(of, page, deals[i + 1]) if i + 1 < len(deals) else None,
        share=parts.share_links(of, page, deal.title),
        contents=parts.contents(_links(of, page), i),
        marks=geometry.marks(cited.id),
    )


def deals_view(of: Material, page: Page) -> view.DealsView:
    """The list of all deals, in the order picked."""
    return view.DealsView(
        title="Deals",
        description="What a government is asked for, what is offered in return, and what is paid for which result",
        cards=deal_cards(of, page, of.edition.deals),
        anchor=page.address.anchor,
    )


def deal_cards(of: Material, page: Page, deals: Iterable[EditionDeal]) -> tuple[elements.DealCard, ...]:
    """Deals as a page that leads to them shows them."""
    return tuple(_card(of, page, cited) for cited in deals)


@once_a_folder
def _links(of: Material, page: Page) -> tuple[elements.LinkView, ...]:
    return tuple(parts.deal_link(of, page, cited) for cited in of.edition.deals)


@once_a_folder
def _card(of: Material, page: Page, cited: EditionDeal) -> elements.DealCard:
    deal = cited.deal
    asks_title, offers_title = deal_words.sides(cited)
    return elements.DealCard(
        number=of.deal_at[cited.key] + 1,
        title=deal.title,
        summary=deal.summary,
        area=deal.area or "",
        status=deal_words.status_words(cited, of.language),
        state=deal.status,
        href=of.href(page, "deal", cited.key),
        ask_count=len(deal.asks),
        offer_count=len(deal.offers),
        asks_title=asks_title,
        offers_title=offers_title,
        marks=geometry.marks(cited.id),
    )


def _documents(of: Material, cited: EditionDeal) -> list[int]:
    """The places among all sources of those that a deal rests on."""
    claimed = [source for evidence in cited.evidence for source in evidence.sources]
    based = [cited.basis.source] if cited.basis else []
    return sorted({of.source_at[source.key] for source in (*claimed, *cited.cited.values(), *based)})


def _asks(here: DealOnPage) -> tuple[view.AskView, ...]:
    return tuple(
        view.AskView(
            kind=deal_words.ASK[ask.kind],
            text=ask.text,
            because=ask.because or "",
            costs=ask.costs or "",
            of=here.party(ask.of),
            rests_on=tuple(here.reason(name) for name in ask.rests_on),
            anchor=here.anchor("ask", ask.id),
        )
        for ask in here.deal.asks
    )


def _offers(here: DealOnPage) -> tuple[view.OfferView, ...]:
    kinds = deal_words.OFFER if deal_words.own(here.cited) else deal_words.OFFER_OF_OTHERS
    return tuple(
        view.OfferView(
            kind=kinds[offer.kind],
            text=offer.text,
            by=here.party(offer.by),
            anchor=here.anchor("offer", offer.id),
        )
        for offer in here.deal.offers
    )


def _parties(here: DealOnPage) -> tuple[view.PartyView, ...]:
    return tuple(
        view.PartyView(
            party.organisation, deal_words.ROLE[party.role], party.url or "", here.anchor("party", party.id)
        )
        for party in here.deal.parties
    )
