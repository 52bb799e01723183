"""The parts that several pages show: lines and cards of records, claims with their sources, measures, costs, pictures."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from manifesto_cli.merging.costing import Amount
from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.edition import Edition, EditionPriority, Pledge
from manifesto_cli.merging.gathering import Basis, CitedCaseStudy, Evidence
from manifesto_cli.merging.statements import identity
from manifesto_cli.model.case_study import Image
from manifesto_cli.model.claim import Claim, Figure
from manifesto_cli.rendering.site import Address, Page
from manifesto_cli.rendering.views import elements, geometry, sharing, words
from manifesto_cli.rendering.views.material import Material, once_a_folder
from manifesto_cli.rendering.views.menu import NAMES

CONTENTS = 24
"""How many neighbours a page lists, itself among them, so that a page does not grow with the manifesto."""


def pledge_line(of: Material, page: Page, pledge: Pledge) -> elements.PledgeLine:
    """A pledge as lists on a page show it."""
    idea, key = pledge.idea, pledge.key
    return elements.PledgeLine(
        pledge.number,
        idea.title,
        idea.pledge or idea.summary,
        of.href(page, "pledge", key),
        idea.status == "withdrawn",
        priority=of.edition.priorities[of.priority_at[key]].priority.title,
        power=words.SHORT_POWER.get(idea.power or "", ""),
        by=target_date(of, pledge),
        filters=of.kept_by.get(key, ()),
        marks=geometry.marks(pledge.id),
    )


shared_pledge_line = once_a_folder(pledge_line)
"""The same where several pages of a folder show it: case studies have theirs in common, priorities have not."""


def target_date(of: Material, pledge: Pledge) -> str:
    """When the target of a pledge's measure is to be reached, in words; empty if that is not said."""
    target = pledge.idea.measure.target if pledge.idea.measure else None
    return words.date_words(target.by, of.language) if target else ""


def figure_view(figure: Figure) -> elements.FigureView:
    """A figure with what there is to draw of it."""
    return replace(words.figure_view(figure), share=geometry.share(figure), count=geometry.count(figure))


def amount_view(amount: Amount) -> elements.AmountView:
    """A sum as readers see it."""
    return elements.AmountView(
        amount.currency,
        words.money(amount.one_off, amount.currency) if amount.one_off is not None else "",
        words.money(amount.per_year, amount.currency) if amount.per_year is not None else "",
    )


def share_links(of: Material, page: Page, text: str) -> tuple[elements.LinkView, ...]:
    """Links by which a reader passes a page of a website on; none where its address is not known."""
    url = of.site.url if not of.writer.printed else None
    return tuple(sharing.share_links(text, url + page.address.path.removesuffix("index.html") if url else ""))


def contents(links: Sequence[elements.LinkView], here: int) -> tuple[elements.LinkView, ...]:
    """Of links to records in their order those around a place, up to `CONTENTS` of them, that of the place marked as the current page."""
    start = max(min(here - CONTENTS // 2, len(links) - CONTENTS), 0)
    current = elements.LinkView(links[here].href, links[here].text, "page")
    return (*links[start:here], current, *links[here + 1 : start + CONTENTS])


@once_a_folder
def priority_link(of: Material, page: Page, priority: EditionPriority) -> elements.LinkView:
    """The link from a page to a priority."""
    return elements.LinkView(of.href(page, "priority", priority.key), priority.priority.title)


@once_a_folder
def pledge_link(of: Material, page: Page, pledge: Pledge) -> elements.LinkView:
    """The link from a page to a pledge."""
    return elements.LinkView(of.href(page, "pledge", pledge.key), pledge.idea.title)


@once_a_folder
def priority_links(of: Material, page: Page) -> tuple[elements.LinkView, ...]:
    """The links from a page to all priorities."""
    return tuple(priority_link(of, page, priority) for priority in of.edition.priorities)


@once_a_folder
def pledge_links(of: Material, page: Page, priority: EditionPriority) -> tuple[elements.LinkView, ...]:
    """The links from a page to all pledges of a priority."""
    return tuple(pledge_link(of, page, pledge) for pledge in priority.pledges)


@once_a_folder
def case_study_links(of: Material, page: Page) -> tuple[elements.LinkView, ...]:
    """The links from a page to all case studies."""
    return tuple(
        elements.LinkView(of.href(page, "case-study", cited.key), cited.study.title)
        for cited in of.edition.case_studies
    )


@once_a_folder
def deal_link(of: Material, page: Page, cited: EditionDeal) -> elements.LinkView:
    """The link from a page to a deal."""
    return elements.LinkView(of.href(page, "deal", cited.key), cited.deal.title)


@once_a_folder
def case_study_card(of: Material, page: Page, cited: CitedCaseStudy) -> elements.CaseStudyCard:
    """A case study as a page that points to it shows it."""
    study = cited.study
    return elements.CaseStudyCard(
        of.study_at[cited.key] + 1,
        study.title,
        study.summary,
        words.place_words(study.place),
        of.href(page, "case-study", cited.key),
        needs_disclaimer(cited),
        study.place.name if study.place else "",
        (study.place.region if study.place else None) or "",
        picture_view(of, page, cited.home("image"), study.image),
        geometry.marks(cited.key.rpartition(":")[2]),
    )


def needs_disclaimer(cited: CitedCaseStudy) -> bool:
    """Whether the organisation of a case study must not seem to take sides."""
    organisation = cited.study.organisation
    return bool(organisation and organisation.kind in words.INDEPENDENT)


def claim_view(of: Material, page: Page, evidence: Evidence) -> elements.ClaimView:
    """A statement of fact, on a page, with the documents it rests on."""
    claim = evidence.claim
    unit = claim.figure.unit if claim.figure else None
    values = [("", claim.locator or "", "")] if claim.source else []
    values += [
        (words.with_unit(value.value, unit)[0], value.locator or "", value.note or "")
        for value in claim.values
    ]
    return elements.ClaimView(
        text=claim.text,
        figure=figure_view(claim.figure) if claim.figure else None,
        sources=tuple(
            source_view(of, of.source_at[source.key], *value)
            for source, value in zip(evidence.sources, values, strict=True)
        ),
        as_of=words.date_words(claim.as_of, of.language),
        kind=claim.kind or "",
        note=claim.note or "",
        said=_said(claim),
        href=_place_of_claim(of, page, evidence),
    )


def _said(claim: Claim) -> bool:
    """Whether a reader learns the figure of a claim, if it has one, without having it shown."""
    if claim.figure is None:
        return True
    value = claim.figure.value
    return any(each.value == value for each in claim.values) or words.says(claim.text, value)


def _place_of_claim(of: Material, page: Page, evidence: Evidence) -> str:
    if not of.site.has("evidence"):
        return ""
    address = of.site.address("evidence")
    return of.site.href(page, Address(address.path, of.statements[identity(evidence)].anchor))


def based_on(of: Material, basis: Basis | None) -> elements.SourceView | None:
    """The document that a record was made from, if it was made from one."""
    return source_view(of, of.source_at[basis.source.key], "", basis.locator, "") if basis else None


def source_view(of: Material, i: int, value: str, locator: str, note: str) -> elements.SourceView:
    """A document of the edition by its place, as something cites it."""
    source = of.edition.sources[i]
    document = source.document
    return elements.SourceView(
        number=i + 1,
        title=document.title,
        publisher=document.publisher or "",
        date=words.date_words(document.published, of.language),
        locator=locator,
        href=document.url or document.archive_url or "",
        accessed=words.date_words(document.accessed, of.language),
        value=value,
        note=note,
        anchor=f"source-{'.'.join(part for part in (source.library, source.id) if part)}",
    )


def measure_view(of: Material, pledge: Pledge) -> elements.MeasureView | None:
    """How anyone could tell that a pledge was kept."""
    measure = pledge.idea.measure
    if not measure:
        return None
    unit = f" {measure.unit}" if measure.unit else ""
    baseline, target = measure.baseline, measure.target
    return elements.MeasureView(
        metric=measure.metric,
        baseline=words.number_words(baseline.value) + unit if baseline else "",
        baseline_date=words.date_words(baseline.as_of, of.language) if baseline else "",
        target=words.number_words(target.value) + unit if target else "",
        target_date=words.date_words(target.by, of.language) if target else "",
        baseline_number=words.with_unit(baseline.value, measure.unit)[0] if baseline else "",
        target_number=words.with_unit(target.value, measure.unit)[0] if target else "",
        unit=words.with_unit(Decimal(0), measure.unit)[1],
        scale=geometry.scale(measure),
    )


def cost_view(pledge: Pledge) -> elements.CostView | None:
    """What a pledge would cost."""
    cost = pledge.idea.cost
    if not cost:
        return None
    return elements.CostView(
        one_off=words.money(cost.one_off, cost.currency) if cost.one_off is not None else "",
        per_year=words.money(cost.per_year, cost.currency) if cost.per_year is not None else "",
        funded_by=cost.funded_by or "",
    )


def withdrawn_words(pledge: Pledge, language: str) -> str:
    """When and why a pledge was withdrawn; empty for one that stands."""
    if pledge.idea.status != "withdrawn":
        return ""
    withdrawn = pledge.idea.withdrawn
    return (
        f"Withdrawn ({words.date_words(withdrawn.on, language)}): {withdrawn.because}"
        if withdrawn
        else "Withdrawn."
    )


def title_of(of: Material, kind: str, key: str) -> str:
    """What a page is called: as its record, or as in the menus; the first page as the manifesto."""
    if kind == "priority":
        return of.edition.priorities[of.priority_at[key]].priority.title
    if kind == "pledge":
        return of.pledges[of.pledge_at[key]].idea.title
    if kind == "deal":
        return of.edition.deals[of.deal_at[key]].deal.title
    return (
        of.studies[key].study.title if kind == "case-study" else NAMES.get(kind, of.edition.manifesto.title)
    )


def library_title(edition: Edition, library: str) -> str:
    """What a library of the edition is called; empty for the project itself."""
    for header in edition.libraries:
        if header.id == library:
            return header.title
    return library


def picture_view(of: Material, page: Page, library: str, image: Image | None) -> elements.PictureView | None:
    """A picture as a page shows it."""
    if image is None:
        return None
    picture = of.site.pictures[library, image.file]
    return elements.PictureView(
        of.site.href(page, picture.address),
        image.alt,
        image.credit or "",
        picture.width,
        picture.height,
        of.site.srcset(page, picture),
    )
