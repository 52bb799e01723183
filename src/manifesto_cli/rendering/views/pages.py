"""Site → the views of its pages. A `Writer` says how one kind of output writes texts, so that all outputs share these lines."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from manifesto_cli.merging.edition import Basis, CitedCaseStudy, Edition, EditionPriority, Evidence, Pledge
from manifesto_cli.model.case_study import Image
from manifesto_cli.rendering.markup import ParsedProse
from manifesto_cli.rendering.plan import Address, Page, Site, TextKey
from manifesto_cli.rendering.views import types as view
from manifesto_cli.rendering.views import words


class Writer(Struct, frozen=True):
    """How an output writes the Markdown texts of a page, and whether it is meant for paper."""

    write: Callable[[ParsedProse, Page, TextKey], str]
    printed: bool
    style: Address | None
    """Where its style sheet is, if it has one."""


class Material(Struct, frozen=True):
    """What every view is made from, with the indexes that spare each page a search through all others."""

    edition: Edition
    site: Site
    writer: Writer
    pledges: tuple[Pledge, ...]
    pledge_at: Mapping[str, int]
    """Key → place in `pledges`."""
    priority_at: Mapping[str, int]
    """Key of a priority, or of a pledge in it → place among the edition's priorities."""
    studies: Mapping[str, CitedCaseStudy]
    pledges_of: Mapping[str, tuple[Pledge, ...]]
    """Key of a case study → the pledges that point to it."""
    source_at: Mapping[str, int]
    """Key → place among the edition's sources."""

    @property
    def language(self) -> str:
        """The language that dates are written in."""
        return self.edition.manifesto.language

    def href(self, page: Page, kind: str, key: str = "") -> str:
        """The link from one page to another."""
        return self.site.href(page, self.site.address(kind, key))

    def text(self, page: Page, field: str) -> str | None:
        """A Markdown text of the page's record, ready for the page."""
        key = (page.kind, page.key, field)
        parsed = self.site.texts.get(key)
        return self.writer.write(parsed, page, key) if parsed else None


def material(edition: Edition, site: Site, writer: Writer) -> Material:
    """What the views of one output are made from."""
    pledges_of: dict[str, tuple[Pledge, ...]] = {}
    for pledge in edition.pledges:
        for key in pledge.case_studies:
            pledges_of[key] = (*pledges_of.get(key, ()), pledge)
    return Material(
        edition,
        site,
        writer,
        edition.pledges,
        {pledge.key: i for i, pledge in enumerate(edition.pledges)},
        {
            key: i
            for i, priority in enumerate(edition.priorities)
            for key in (priority.key, *(pledge.key for pledge in priority.pledges))
        },
        {study.key: study for study in edition.case_studies},
        pledges_of,
        {source.key: i for i, source in enumerate(edition.sources)},
    )


def site_view(of: Material, page: Page) -> view.SiteView:
    """What all pages have in common, as this page needs it."""
    manifesto = of.edition.manifesto
    contact = manifesto.candidate.contact
    return view.SiteView(
        title=manifesto.title,
        tagline=manifesto.tagline or "",
        notice=manifesto.notice or "",
        language=manifesto.language,
        direction=words.direction(manifesto.language),
        candidate=manifesto.candidate.name,
        party=manifesto.candidate.party or "",
        office=manifesto.office.title or "",
        area=manifesto.office.area or "",
        polling_day=words.day_view(manifesto.office.polling_day, manifesto.language),
        date=words.date_words(manifesto.date, manifesto.language),
        imprint=words.imprint_words(manifesto.imprint, printed=of.writer.printed),
        home=of.href(page, "home"),
        imprint_page=of.href(page, "imprint"),
        style=of.site.href(page, of.writer.style) if of.writer.style else "",
        priorities=tuple(
            view.LinkView(of.href(page, "priority", priority.key), priority.priority.title)
            for priority in of.edition.priorities
        ),
        email=(contact.email if contact else None) or "",
        links=tuple(view.LinkView(link.url, link.title) for link in contact.links) if contact else (),
    )


def home_view(of: Material, page: Page) -> view.HomeView:
    """The first page."""
    manifesto = of.edition.manifesto
    return view.HomeView(
        title=manifesto.title,
        description=manifesto.tagline or manifesto.title,
        foreword=of.text(page, "foreword"),
        about=of.text(page, "about"),
        photo=_picture(of, page, "", manifesto.candidate.photo),
        priorities=tuple(
            view.PriorityCard(
                number=i,
                title=priority.priority.title,
                summary=priority.priority.summary or "",
                href=of.href(page, "priority", priority.key),
                pledges=tuple(_line(of, page, pledge) for pledge in priority.pledges),
            )
            for i, priority in enumerate(of.edition.priorities, 1)
        ),
        pledge_count=len(of.pledges),
        anchor=page.address.anchor,
    )


def priority_view(of: Material, page: Page) -> view.PriorityView:
    """The page of a priority."""
    all_of_them = of.edition.priorities
    i = of.priority_at[page.key]
    priority = all_of_them[i].priority
    return view.PriorityView(
        title=priority.title,
        description=priority.summary or priority.title,
        number=i + 1,
        summary=priority.summary or "",
        body=of.text(page, "body"),
        based_on=_basis(of, all_of_them[i].basis),
        pledges=tuple(_line(of, page, pledge) for pledge in all_of_them[i].pledges),
        anchor=page.address.anchor,
        previous=_priority_link(of, page, all_of_them[i - 1]) if i else None,
        next=_priority_link(of, page, all_of_them[i + 1]) if i + 1 < len(all_of_them) else None,
    )


def pledge_view(of: Material, page: Page) -> view.PledgeView:
    """The page of a pledge."""
    pledges, i = of.pledges, of.pledge_at[page.key]
    pledge, idea = pledges[i], pledges[i].idea
    priority = of.edition.priorities[of.priority_at[page.key]]
    return view.PledgeView(
        title=idea.title,
        description=idea.pledge or idea.summary,
        number=pledge.number,
        statement=idea.pledge or idea.summary,
        summary=idea.summary if idea.pledge else "",
        body=of.text(page, "body"),
        priority=_priority_link(of, page, priority),
        claims=tuple(_claim(of, evidence) for evidence in pledge.evidence),
        case_studies=tuple(_card(of, page, of.studies[key]) for key in pledge.case_studies),
        measure=_measure(of, pledge),
        cost=_cost(pledge),
        power=words.POWER.get(idea.power or "", ""),
        levers=tuple(words.LEVERS[lever] for lever in idea.levers),
        partners=idea.partners,
        withdrawn=_withdrawn(of, pledge),
        library=_library_title(of.edition, pledge.library),
        adapted=bool(pledge.overridden),
        based_on=_basis(of, pledge.basis),
        anchor=page.address.anchor,
        previous=_pledge_link(of, page, pledges[i - 1]) if i else None,
        next=_pledge_link(of, page, pledges[i + 1]) if i + 1 < len(pledges) else None,
    )


def case_study_view(of: Material, page: Page) -> view.CaseStudyView:
    """The page of a case study."""
    cited = of.studies[page.key]
    study = cited.study
    organisation = study.organisation
    return view.CaseStudyView(
        title=study.title,
        description=study.summary,
        summary=study.summary,
        body=of.text(page, "body"),
        organisation=view.LinkView(organisation.url or "", organisation.name) if organisation else None,
        place=words.place_words(study.place),
        since=words.date_words(study.since, of.language),
        status=words.STATUS[study.status],
        strength=words.STRENGTH.get(study.strength or "", ""),
        claims=tuple(_claim(of, evidence) for evidence in cited.evidence),
        picture=_picture(of, page, cited.home("image"), study.image),
        links=tuple(view.LinkView(link.url, link.title) for link in study.links),
        pledges=tuple(_line(of, page, pledge) for pledge in of.pledges_of.get(page.key, ())),
        disclaimer=_needs_disclaimer(cited),
        library=_library_title(of.edition, cited.library),
        adapted=bool(cited.overridden),
        based_on=_basis(of, cited.basis),
        anchor=page.address.anchor,
    )


def imprint_view(of: Material, page: Page) -> view.ImprintView:
    """The imprint's own page."""
    return view.ImprintView(
        title="Imprint",
        description="Who is responsible for this publication, and where its texts come from",
        libraries=tuple(
            view.LibraryView(header.title, header.publisher or "", header.licence or "", header.url or "")
            for header in of.edition.libraries
        ),
        anchor=page.address.anchor,
    )


def not_found_view(of: Material, page: Page) -> view.NotFoundView:
    """The page that is shown where there is none."""
    return view.NotFoundView(
        "Page not found",
        f"There is no page at this address in {of.edition.manifesto.title}",
        page.address.anchor,
    )


def note_views(of: Material) -> tuple[view.SourceView, ...]:
    """Every source of the edition, for numbered notes."""
    return tuple(_source(of, i, "", "", "") for i in range(len(of.edition.sources)))


PAGE_VIEWS: dict[str, Callable[[Material, Page], view.PageView]] = {
    "home": home_view,
    "priority": priority_view,
    "pledge": pledge_view,
    "case-study": case_study_view,
    "imprint": imprint_view,
    "not-found": not_found_view,
}
"""For each kind of page, what makes its view."""


def _line(of: Material, page: Page, pledge: Pledge) -> view.PledgeLine:
    idea = pledge.idea
    return view.PledgeLine(
        pledge.number,
        idea.title,
        idea.pledge or idea.summary,
        of.href(page, "pledge", pledge.key),
        idea.status == "withdrawn",
    )


def _priority_link(of: Material, page: Page, priority: EditionPriority) -> view.LinkView:
    return view.LinkView(of.href(page, "priority", priority.key), priority.priority.title)


def _pledge_link(of: Material, page: Page, pledge: Pledge) -> view.LinkView:
    return view.LinkView(of.href(page, "pledge", pledge.key), pledge.idea.title)


def _card(of: Material, page: Page, cited: CitedCaseStudy) -> view.CaseStudyCard:
    study = cited.study
    return view.CaseStudyCard(
        study.title,
        study.summary,
        words.place_words(study.place),
        of.href(page, "case-study", cited.key),
        _needs_disclaimer(cited),
    )


def _needs_disclaimer(cited: CitedCaseStudy) -> bool:
    organisation = cited.study.organisation
    return bool(organisation and organisation.kind in words.INDEPENDENT)


def _claim(of: Material, evidence: Evidence) -> view.ClaimView:
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
            _source(of, of.source_at[source.key], *value)
            for source, value in zip(evidence.sources, values, strict=True)
        ),
        as_of=words.date_words(claim.as_of, of.language),
        kind=claim.kind or "",
        note=claim.note or "",
    )


def _basis(of: Material, basis: Basis | None) -> view.SourceView | None:
    return _source(of, of.source_at[basis.source.key], "", basis.locator, "") if basis else None


def _source(of: Material, i: int, value: str, locator: str, note: str) -> view.SourceView:
    document = of.edition.sources[i].document
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
    )


def _measure(of: Material, pledge: Pledge) -> view.MeasureView | None:
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


def _cost(pledge: Pledge) -> view.CostView | None:
    cost = pledge.idea.cost
    if not cost:
        return None
    return view.CostView(
        one_off=words.money(cost.one_off, cost.currency) if cost.one_off is not None else "",
        per_year=words.money(cost.per_year, cost.currency) if cost.per_year is not None else "",
        funded_by=cost.funded_by or "",
    )


def _withdrawn(of: Material, pledge: Pledge) -> str:
    if pledge.idea.status != "withdrawn":
        return ""
    withdrawn = pledge.idea.withdrawn
    return (
        f"Withdrawn ({words.date_words(withdrawn.on, of.language)}): {withdrawn.because}"
        if withdrawn
        else "Withdrawn."
    )


def _library_title(edition: Edition, library: str) -> str:
    return next((header.title for header in edition.libraries if header.id == library), library)


def _picture(of: Material, page: Page, library: str, image: Image | None) -> view.PictureView | None:
    if image is None:
        return None
    address = of.site.pictures[library, image.file].address
    return view.PictureView(of.site.href(page, address), image.alt, image.credit or "")
