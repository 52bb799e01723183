"""Page → what it is in the words of schema.org, for search engines and whoever collects promises.

Each page says all of what it is about and names the rest with its address: nobody can be relied on to follow an address for a name.
"""

from collections.abc import Callable, Iterable, Mapping

from manifesto_cli.merging.edition import EditionPriority
from manifesto_cli.merging.gathering import Basis, CitedCaseStudy, CitedSource, Evidence
from manifesto_cli.model.case_study import Image
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs.addresses import known_as
from manifesto_cli.rendering.linked_data import (
    Article,
    CollectionPage,
    CreativeWork,
    Graph,
    Organization,
    Person,
    Place,
    Thing,
    WebPage,
)
from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views import words
from manifesto_cli.rendering.views.elements import PageView
from manifesto_cli.rendering.views.material import Material, once_a_folder

_NO_PARTY = "Independent"
"""What a ballot paper in the United Kingdom says of who stands for none (Representation of the People Act 1983, schedule 1, rule 6A)."""
_STATUS = {"withdrawn": "Withdrawn", "draft": "Draft"}


def page_graph(of: Material, page: Page, view: PageView) -> Graph:
    """What a page says: its record, or that it is a page of the manifesto."""
    make = _GRAPHS.get(page.kind)
    if make:
        return Graph(graph=make(of, page))
    about = (_person(of, page),) if page.kind == "about" else ()
    return Graph(graph=(*about, _plain(of, page, view)))


def _person(of: Material, page: Page) -> Person:
    candidate = of.edition.manifesto.candidate
    contact, party = candidate.contact, candidate.party
    named = _candidate(of, page)
    return Person(
        id=named.id,
        name=named.name,
        url=named.url,
        image=_picture(of, page, "", candidate.photo),
        email=contact.email if contact else None,
        memberOf=Organization(name=party) if party and party != _NO_PARTY else None,
        sameAs=tuple(link.url for link in contact.links) if contact else (),
    )


def _home(of: Material, page: Page) -> tuple[Thing, ...]:
    manifesto, office = of.edition.manifesto, of.edition.manifesto.office
    named = _candidate(of, page)
    work = CreativeWork(
        id=_manifesto(of, page).id,
        name=manifesto.title,
        alternativeHeadline=manifesto.tagline,
        url=named.url,
        inLanguage=manifesto.language,
        datePublished=_day(manifesto.date),
        author=named,
        about=(Thing(name=office.title),) if office.title else (),
        contentLocation=Place(name=office.area) if office.area else None,
        hasPart=(
            *(
                _part(of, page, "priority", priority.key, priority.priority.title)
                for priority in of.edition.priorities
            ),
            *(_part(of, page, "deal", cited.key, cited.deal.title) for cited in of.edition.deals),
        ),
        isBasedOn=tuple(_library(of, header.id) for header in of.edition.libraries),
    )
    return (_person(of, page), work)


def _priority(of: Material, page: Page) -> tuple[Thing, ...]:
    i = of.priority_at[page.key]
    priority = of.edition.priorities[i]
    return (
        CreativeWork(
            id=_here(of, page),
            url=_here(of, page),
            name=priority.priority.title,
            description=priority.priority.summary,
            inLanguage=of.language,
            position=i + 1,
            author=_candidate(of, page),
            isPartOf=(_manifesto(of, page),),
            hasPart=tuple(
                _part(of, page, "pledge", pledge.key, pledge.idea.title) for pledge in priority.pledges
            ),
            isBasedOn=_bases(of, priority.basis, priority.library),
        ),
    )


def _pledge(of: Material, page: Page) -> tuple[Thing, ...]:
    pledge = of.pledges[of.pledge_at[page.key]]
    idea = pledge.idea
    priority = of.edition.priorities[of.priority_at[page.key]]
    return (
        CreativeWork(
            id=_here(of, page),
            url=_here(of, page),
            name=idea.title,
            abstract=idea.pledge or idea.summary,
            description=idea.summary,
            inLanguage=of.language,
            position=pledge.number,
            dateModified=_day(idea.updated),
            creativeWorkStatus=_STATUS.get(idea.status),
            keywords=idea.tags,
            author=_candidate(of, page),
            about=(Thing(name=priority.priority.title),),
            isPartOf=(
                _manifesto(of, page),
                _whole_of(of, page, priority),
            ),
            isBasedOn=_bases(of, pledge.basis, pledge.library),
            citation=_citations(pledge.evidence),
            mentions=(
                *(_study(of, page, key) for key in pledge.case_studies),
                *_resting(of, page, "pledge", pledge.key),
            ),
        ),
    )


def _case_study(of: Material, page: Page) -> tuple[Thing, ...]:
    cited = of.studies[page.key]
    study = cited.study
    organisation, place = study.organisation, study.place
    return (
        Article(
            id=_here(of, page),
            url=_here(of, page),
            name=study.title,
            description=study.summary,
            inLanguage=of.language,
            keywords=study.tags,
            image=_picture(of, page, cited.home("image"), study.image),
            author=_candidate(of, page),
            about=(Organization(name=organisation.name, url=organisation.url),) if organisation else (),
            contentLocation=Place(name=place.name, address=words.place_words(place)) if place else None,
            isPartOf=(_manifesto(of, page),),
            isBasedOn=_bases(of, cited.basis, cited.library),
            citation=_citations(cited.evidence),
            mentions=_resting(of, page, "case-study", cited.key),
        ),
    )


def _deal(of: Material, page: Page) -> tuple[Thing, ...]:
    from manifesto_cli.rendering.views.deal_words import STATUS  # noqa: PLC0415 - only deals need it

    cited = of.edition.deals[of.deal_at[page.key]]
    deal = cited.deal
    asked = dict.fromkeys(ask.of for ask in deal.asks)
    parties = {party.id: Organization(name=party.organisation, url=party.url) for party in deal.parties}
    return (
        CreativeWork(
            id=_here(of, page),
            url=_here(of, page),
            name=deal.title,
            description=deal.summary,
            inLanguage=of.language,
            position=of.deal_at[page.key] + 1,
            creativeWorkStatus=STATUS[deal.status],
            keywords=deal.tags,
            author=_candidate(of, page),
            about=tuple(parties[party] for party in asked if party in parties),
            contentLocation=Place(name=deal.area) if deal.area else None,
            temporalCoverage=_interval(deal.begins, deal.ends),
            isPartOf=(_manifesto(of, page),),
            isBasedOn=_bases(of, cited.basis, cited.library),
            citation=_citations(cited.evidence, cited.cited.values()),
            mentions=(
                *(each for party, each in parties.items() if party not in asked),
                *(_part(of, page, "pledge", idea.key, idea.title) for idea in cited.ideas if idea.key),
                *(_study(of, page, key) for key in cited.case_studies),
            ),
        ),
    )


def _deals(of: Material, page: Page) -> tuple[Thing, ...]:
    from manifesto_cli.rendering.views.deals import deals_view  # noqa: PLC0415 - as above

    view = deals_view(of, page)
    return (
        CollectionPage(
            id=_here(of, page),
            url=_here(of, page),
            name=view.title,
            description=view.description,
            inLanguage=of.language,
            isPartOf=(_manifesto(of, page),),
            hasPart=tuple(_part(of, page, "deal", cited.key, cited.deal.title) for cited in of.edition.deals),
        ),
    )


def _plain(of: Material, page: Page, view: PageView) -> WebPage:
    return WebPage(
        id=_here(of, page),
        url=_here(of, page),
        name=view.title,
        description=view.description,
        inLanguage=of.language,
        isPartOf=(_manifesto(of, page),),
    )


_GRAPHS: Mapping[str, Callable[[Material, Page], tuple[Thing, ...]]] = {
    "home": _home,
    "priority": _priority,
    "pledge": _pledge,
    "case-study": _case_study,
    "deal": _deal,
    "deals": _deals,
}
"""Kinds of pages that say more than that they are pages."""


def _here(of: Material, page: Page) -> str:
    return known_as(of.site, page, page.address)


@once_a_folder
def _candidate(of: Material, page: Page) -> Person:
    home = known_as(of.site, page, of.site.address("home"))
    return Person(id=f"{home}#candidate", name=of.edition.manifesto.candidate.name, url=home)


@once_a_folder
def _manifesto(of: Material, page: Page) -> CreativeWork:
    home = known_as(of.site, page, of.site.address("home"))
    return CreativeWork(id=f"{home}#manifesto", name=of.edition.manifesto.title)


def _part(of: Material, page: Page, kind: str, key: str, title: str) -> CreativeWork:
    return CreativeWork(id=known_as(of.site, page, of.site.address(kind, key)), name=title)


@once_a_folder
def _whole_of(of: Material, page: Page, priority: EditionPriority) -> CreativeWork:
    """The priority that a pledge is part of."""
    return _part(of, page, "priority", priority.key, priority.priority.title)


@once_a_folder
def _shown(of: Material, page: Page, cited: CitedCaseStudy) -> CreativeWork:
    """A case study that several records point to."""
    return _part(of, page, "case-study", cited.key, cited.study.title)


def _study(of: Material, page: Page, key: str) -> CreativeWork:
    return _shown(of, page, of.studies[key])


def _resting(of: Material, page: Page, kind: str, key: str) -> tuple[CreativeWork, ...]:
    """The deals that rest on a record."""
    deals = of.deals_of.get((kind, key), ())
    return tuple(_part(of, page, "deal", cited.key, cited.deal.title) for cited in deals)


def _picture(of: Material, page: Page, library: str, image: Image | None) -> str | None:
    return known_as(of.site, page, of.site.pictures[library, image.file].address) if image else None


def _bases(of: Material, basis: Basis | None, library: str) -> tuple[CreativeWork, ...]:
    """The document that a record was made from, and the library whose words it has."""
    document = (_document(basis.source),) if basis else ()
    return (*document, _library(of, library)) if library else document


def _library(of: Material, library: str) -> CreativeWork:
    return of.share((_library, library), lambda: _published(of, library))


def _published(of: Material, library: str) -> CreativeWork:
    header = next(header for header in of.edition.libraries if header.id == library)
    return CreativeWork(
        name=header.title,
        url=header.url,
        publisher=Organization(name=header.publisher) if header.publisher else None,
        license=CreativeWork(name=header.licence) if header.licence else None,
    )


def _citations(evidence: Iterable[Evidence], counted: Iterable[CitedSource] = ()) -> tuple[CreativeWork, ...]:
    """Every document that claims rest on, or that numbers were taken from, once."""
    found = {source.key: source for claim in evidence for source in claim.sources}
    found |= {source.key: source for source in counted}
    return tuple(map(_document, found.values()))


def _document(source: CitedSource) -> CreativeWork:
    document = source.document
    return CreativeWork(
        name=document.title,
        url=document.url or document.archive_url,
        publisher=Organization(name=document.publisher) if document.publisher else None,
        datePublished=document.published,
    )


def _interval(begins: str | None, ends: str | None) -> str | None:
    """From when to when, as ISO 8601-2 has it: an end that is not known is two full stops."""
    return f"{begins or '..'}/{ends or '..'}" if begins or ends else None


def _day(day: Day | None) -> str | None:
    return day.isoformat() if day else None
