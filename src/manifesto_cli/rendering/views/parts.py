"""The parts that several pages show: lines and cards of records, claims with their sources, measures, costs, pictures."""

from manifesto_cli.merging.edition import Basis, CitedCaseStudy, Edition, EditionPriority, Evidence, Pledge
from manifesto_cli.merging.statements import identity
from manifesto_cli.model.case_study import Image
from manifesto_cli.model.claim import Claim
from manifesto_cli.rendering.site import Address, Page
from manifesto_cli.rendering.views import types as view
from manifesto_cli.rendering.views import words
from manifesto_cli.rendering.views.material import Material


def pledge_line(of: Material, page: Page, pledge: Pledge) -> view.PledgeLine:
    """A pledge as lists on a page show it."""
    idea = pledge.idea
    return view.PledgeLine(
        pledge.number,
        idea.title,
        idea.pledge or idea.summary,
        of.href(page, "pledge", pledge.key),
        idea.status == "withdrawn",
    )


def priority_link(of: Material, page: Page, priority: EditionPriority) -> view.LinkView:
    """The link from a page to a priority."""
    return view.LinkView(of.href(page, "priority", priority.key), priority.priority.title)


def pledge_link(of: Material, page: Page, pledge: Pledge) -> view.LinkView:
    """The link from a page to a pledge."""
    return view.LinkView(of.href(page, "pledge", pledge.key), pledge.idea.title)


def case_study_card(of: Material, page: Page, cited: CitedCaseStudy) -> view.CaseStudyCard:
    """A case study as a page that points to it shows it."""
    study = cited.study
    return view.CaseStudyCard(
        of.study_at[cited.key] + 1,
        study.title,
        study.summary,
        words.place_words(study.place),
        of.href(page, "case-study", cited.key),
        needs_disclaimer(cited),
    )


def needs_disclaimer(cited: CitedCaseStudy) -> bool:
    """Whether the organisation of a case study must not seem to take sides."""
    organisation = cited.study.organisation
    return bool(organisation and organisation.kind in words.INDEPENDENT)


def claim_view(of: Material, page: Page, evidence: Evidence) -> view.ClaimView:
    """A statement of fact, on a page, with the documents it rests on."""
    claim = evidence.claim
    unit = claim.figure.unit if claim.figure else None
    values = [("", claim.locator or "", "")] if claim.source else []
    values += [
        (words.with_unit(value.value, unit)[0], value.locator or "", value.note or "")
        for value in claim.values
    ]
    return view.ClaimView(
        text=claim.text,
        figure=words.figure_view(claim.figure) if claim.figure else None,
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


def based_on(of: Material, basis: Basis | None) -> view.SourceView | None:
    """The document that a record was made from, if it was made from one."""
    return source_view(of, of.source_at[basis.source.key], "", basis.locator, "") if basis else None


def source_view(of: Material, i: int, value: str, locator: str, note: str) -> view.SourceView:
    """A document of the edition by its place, as something cites it."""
    source = of.edition.sources[i]
    document = source.document
    return view.SourceView(
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


def measure_view(of: Material, pledge: Pledge) -> view.MeasureView | None:
    """How anyone could tell that a pledge was kept."""
    measure = pledge.idea.measure
    if not measure:
        return None
    unit = f" {measure.unit}" if measure.unit else ""
    baseline, target = measure.baseline, measure.target
    return view.MeasureView(
        metric=measure.metric,
        baseline=words.number_words(baseline.value) + unit if baseline else "",
        baseline_date=words.date_words(baseline.as_of, of.language) if baseline else "",
        target=words.number_words(target.value) + unit if target else "",
        target_date=words.date_words(target.by, of.language) if target else "",
    )


def cost_view(pledge: Pledge) -> view.CostView | None:
    """What a pledge would cost."""
    cost = pledge.idea.cost
    if not cost:
        return None
    return view.CostView(
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
    """What a record is called."""
    if kind == "priority":
        return of.edition.priorities[of.priority_at[key]].priority.title
    return of.studies[key].study.title if kind == "case-study" else of.pledges[of.pledge_at[key]].idea.title


def library_title(edition: Edition, library: str) -> str:
    """What a library of the edition is called; empty for the project itself."""
    return next((header.title for header in edition.libraries if header.id == library), library)


def picture_view(of: Material, page: Page, library: str, image: Image | None) -> view.PictureView | None:
    """A picture as a page shows it."""
    if image is None:
        return None
    picture = of.site.pictures[library, image.file]
    return view.PictureView(
        of.site.href(page, picture.address),
        image.alt,
        image.credit or "",
        picture.width,
        picture.height,
        of.site.srcset(page, picture),
    )
