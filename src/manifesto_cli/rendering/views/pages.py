"""Site → the views of its pages."""

from msgspec.structs import astuple

from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views import elements, geometry, parts, words
from manifesto_cli.rendering.views import types as view
from manifesto_cli.rendering.views.highlights import DEALS, case_study_cards, headlines
from manifesto_cli.rendering.views.material import Material
from manifesto_cli.rendering.views.menu import FOOT, MENU, menu_links


def site_view(of: Material, page: Page) -> view.SiteView:
    """What all pages have in common, as this page needs it: the same for all of a kind that lie in one folder."""
    return of.share(("site", page.kind, of.site.standing(page)), lambda: _lasting_site_view(of, page))


def _lasting_site_view(of: Material, page: Page) -> view.SiteView:
    """The same, its menus and lists known to last as well: macros are called with these, too."""
    made = _site_view(of, page)
    of.lasting.update({id(each): each for each in astuple(made) if isinstance(each, tuple)})
    return made


def _site_view(of: Material, page: Page) -> view.SiteView:
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
        menu=menu_links(of, page, MENU),
        foot=menu_links(of, page, FOOT),
        case_studies=of.href_if_any(page, "case-studies"),
        deals=of.href_if_any(page, "deals"),
        about=of.href_if_any(page, "about"),
        whole=of.href_if_any(page, "whole"),
        costs=of.href_if_any(page, "costs"),
        total=tuple(map(parts.amount_view, of.costing.total)),
        pledge_count=len(of.pledges),
        style=of.site.href(page, of.writer.look.style) if of.writer.look.style else "",
        script=of.site.href(page, of.writer.look.script) if of.writer.look.script else "",
        options={
            **of.writer.look.choices,
            **{
                name: parts.picture_view(of, page, "", image)
                for name, image in of.writer.look.pictures.items()
            },
        },
        classes=" ".join(
            f"{name}-{choice}".replace("_", "-") for name, choice in of.writer.look.choices.items()
        ),
        formats=tuple(
            elements.LinkView(of.site.href(page, address), text) for address, text in of.writer.look.formats
        ),
        priorities=parts.priority_links(of, page),
        email=(contact.email if contact else None) or "",
        links=tuple(elements.LinkView(link.url, link.title) for link in contact.links) if contact else (),
    )


def home_view(of: Material, page: Page) -> view.HomeView:
    """The first page."""
    manifesto = of.edition.manifesto
    return view.HomeView(
        title=manifesto.title,
        description=manifesto.tagline or manifesto.title,
        foreword=of.text(page, "foreword"),
        photo=parts.picture_view(of, page, "", manifesto.candidate.photo),
        priorities=tuple(
            elements.PriorityCard(
                number=i,
                title=priority.priority.title,
                summary=priority.priority.summary or "",
                href=of.href(page, "priority", priority.key),
                pledges=tuple(parts.pledge_line(of, page, pledge) for pledge in priority.pledges),
                marks=geometry.marks(priority.key.rpartition(":")[2]),
            )
            for i, priority in enumerate(of.edition.priorities, 1)
        ),
        pledge_count=len(of.pledges),
        figures=headlines(of, page),
        case_studies=case_study_cards(of, page),
        deals=_first_deals(of, page),
        filters=of.filters,
        share=parts.share_links(of, page, manifesto.title),
        anchor=page.address.anchor,
        marks=geometry.marks(manifesto.title),
    )


def _first_deals(of: Material, page: Page) -> tuple[elements.DealCard, ...]:
    if not of.edition.deals:
        return ()
    from manifesto_cli.rendering.views.deals import deal_cards  # noqa: PLC0415 - only deals need it

    return deal_cards(of, page, of.edition.deals[:DEALS])


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
        based_on=parts.based_on(of, all_of_them[i].basis),
        pledges=tuple(parts.pledge_line(of, page, pledge) for pledge in all_of_them[i].pledges),
        anchor=page.address.anchor,
        previous=parts.priority_link(of, page, all_of_them[i - 1]) if i else None,
        next=parts.priority_link(of, page, all_of_them[i + 1]) if i + 1 < len(all_of_them) else None,
        share=parts.share_links(of, page, priority.title),
        contents=parts.contents(parts.priority_links(of, page), i),
        marks=geometry.marks(page.key.rpartition(":")[2]),
    )


def pledge_view(of: Material, page: Page) -> view.PledgeView:
    """The page of a pledge."""
    pledges, i = of.pledges, of.pledge_at[page.key]
    pledge, idea = pledges[i], pledges[i].idea
    priority = of.edition.priorities[of.priority_at[page.key]]
    links, here = parts.pledge_links(of, page, priority), pledge.number - priority.pledges[0].number
    return view.PledgeView(
        title=idea.title,
        description=idea.pledge or idea.summary,
        number=pledge.number,
        statement=idea.pledge or idea.summary,
        summary=idea.summary if idea.pledge else "",
        body=of.text(page, "body"),
        priority=parts.priority_link(of, page, priority),
        claims=tuple([parts.claim_view(of, page, evidence) for evidence in pledge.evidence]),
        case_studies=tuple([parts.case_study_card(of, page, of.studies[key]) for key in pledge.case_studies]),
        deals=tuple([parts.deal_link(of, page, deal) for deal in of.deals_of.get(("pledge", page.key), ())]),
        measure=parts.measure_view(of, pledge),
        cost=parts.cost_view(pledge),
        power=words.POWER.get(idea.power or "", ""),
        levers=tuple([words.LEVERS[lever] for lever in idea.levers]),
        partners=idea.partners,
        withdrawn=parts.withdrawn_words(pledge, of.language),
        library=parts.library_title(of.edition, pledge.library),
        adapted=bool(pledge.overridden),
        based_on=parts.based_on(of, pledge.basis),
        anchor=page.address.anchor,
        previous=links[here - 1] if here else _link_to(of, page, i - 1),
        next=links[here + 1] if here + 1 < len(links) else _link_to(of, page, i + 1),
        total=len(pledges),
        by=parts.target_date(of, pledge),
        short_power=words.SHORT_POWER.get(idea.power or "", ""),
        share=parts.share_links(of, page, idea.pledge or idea.summary),
        contents=parts.contents(links, here),
        marks=geometry.marks(pledge.id),
    )


def _link_to(of: Material, page: Page, i: int) -> elements.LinkView | None:
    """The link to the pledge at a place of the manifesto, if there is one."""
    return parts.pledge_link(of, page, of.pledges[i]) if 0 <= i < len(of.pledges) else None


def case_study_view(of: Material, page: Page) -> view.CaseStudyView:
    """The page of a case study."""
    cited = of.studies[page.key]
    study = cited.study
    organisation = study.organisation
    return view.CaseStudyView(
        title=study.title,
        description=study.summary,
        number=of.study_at[page.key] + 1,
        summary=study.summary,
        body=of.text(page, "body"),
        organisation=elements.LinkView(organisation.url or "", organisation.name) if organisation else None,
        place=words.place_words(study.place),
        since=words.date_words(study.since, of.language),
        status=words.STATUS[study.status],
        strength=words.STRENGTH.get(study.strength or "", ""),
        claims=tuple(parts.claim_view(of, page, evidence) for evidence in cited.evidence),
        picture=parts.picture_view(of, page, cited.home("image"), study.image),
        links=tuple(elements.LinkView(link.url, link.title) for link in study.links),
        pledges=tuple(
            parts.shared_pledge_line(of, page, pledge) for pledge in of.pledges_of.get(page.key, ())
        ),
        deals=tuple(
            parts.deal_link(of, page, deal) for deal in of.deals_of.get(("case-study", page.key), ())
        ),
        disclaimer=parts.needs_disclaimer(cited),
        library=parts.library_title(of.edition, cited.library),
        adapted=bool(cited.overridden),
        based_on=parts.based_on(of, cited.basis),
        anchor=page.address.anchor,
        place_name=study.place.name if study.place else "",
        region=(study.place.region if study.place else None) or "",
        share=parts.share_links(of, page, study.title),
        contents=parts.contents(parts.case_study_links(of, page), of.study_at[page.key]),
        marks=geometry.marks(page.key.rpartition(":")[2]),
    )


def case_studies_view(of: Material, page: Page) -> view.CaseStudiesView:
    """The list of all case studies, in the order in which the pledges first point to them."""
    return view.CaseStudiesView(
        title="Case studies",
        description="Where the ideas of this manifesto have been tried, and how it went",
        cards=tuple(parts.case_study_card(of, page, study) for study in of.edition.case_studies),
        anchor=page.address.anchor,
    )


def about_view(of: Material, page: Page) -> view.AboutView:
    """The page about the candidate."""
    candidate = of.edition.manifesto.candidate
    return view.AboutView(
        title=f"About {candidate.name}",
        description=f"Who {candidate.name} is, and how to get in touch",
        body=of.text(page, "body"),
        photo=parts.picture_view(of, page, "", candidate.photo),
        anchor=page.address.anchor,
    )


def accessibility_view(of: Material, page: Page) -> view.StatementView:
    """How the site can be read and used, and by whom."""
    return view.StatementView(
        title="Accessibility",
        description="How this site can be read and used, and how to report a problem",
        scripted=of.writer.look.scripted,
        host=words.host(of.edition.manifesto.site.domain, of.site.url),
        anchor=page.address.anchor,
    )


def privacy_view(of: Material, page: Page) -> view.StatementView:
    """What becomes known of people who read the site."""
    return view.StatementView(
        title="Privacy",
        description="What this site knows about you: nothing",
        scripted=of.writer.look.scripted,
        host=words.host(of.edition.manifesto.site.domain, of.site.url),
        anchor=page.address.anchor,
    )


def imprint_view(of: Material, page: Page) -> view.ImprintView:
    """The imprint's own page."""
    return view.ImprintView(
        title="Imprint",
        description="Who is responsible for this publication, and where its texts come from",
        libraries=tuple(
            elements.LibraryView(header.title, header.publisher or "", header.licence or "", header.url or "")
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
