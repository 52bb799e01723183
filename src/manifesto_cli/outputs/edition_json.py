"""`manifesto.json`: an edition as programs read it, and its JSON Schema. The shape stands in `edition_shape`."""

from typing import Any

import msgspec

from manifesto_cli.merging.edition import Edition, EditionPriority, Pledge
from manifesto_cli.merging.gathering import Basis, CitedCaseStudy, CitedSource, Evidence
from manifesto_cli.model.case_study import Image, WebLink
from manifesto_cli.model.idea import Idea, Measure
from manifesto_cli.model.imprint import Person
from manifesto_cli.model.quantity import Day, Number
from manifesto_cli.outputs import edition_shape as shape
from manifesto_cli.rendering.as_written import as_written
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Address, Lead, Site, TextKey
from manifesto_cli.rendering.views.words import imprint_words

NAME = "manifesto.json"
SCHEMA_NAME = "manifesto.schema.json"


def edition_file(edition: Edition, site: Site) -> File:
    """The edition as data."""
    compact = msgspec.json.encode(edition_record(edition, site), enc_hook=_number)
    return File(NAME, msgspec.json.format(compact, indent=2) + b"\n")


def schema_file() -> File:
    """The schema that it names."""
    return File(SCHEMA_NAME, msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `manifesto.json`, from its shape."""
    _, components = msgspec.json.schema_components(
        (shape.Edition,), schema_hook=_number_schema, ref_template="#/$defs/{name}"
    )
    whole = components.pop(shape.Edition.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": "A manifesto",
        "$defs": dict(sorted(components.items())),
    }


def edition_record(edition: Edition, site: Site) -> shape.Edition:
    """Everything that an edition says, with where on the website it is."""
    manifesto = edition.manifesto
    candidate, office, imprint = manifesto.candidate, manifesto.office, manifesto.imprint
    return shape.Edition(
        schema=SCHEMA_NAME,
        format=1,
        title=manifesto.title,
        tagline=manifesto.tagline,
        notice=manifesto.notice,
        language=manifesto.language,
        date=_day(manifesto.date),
        url=site.url,
        candidate=shape.Candidate(
            name=candidate.name,
            party=candidate.party,
            about=_text(site, ("about", "", "body")),
            photo=_picture(site, "", candidate.photo),
            contact=shape.Contact(
                email=candidate.contact.email if candidate.contact else None,
                links=_links(candidate.contact.links if candidate.contact else ()),
            ),
        ),
        office=shape.Office(
            role=office.role,
            title=office.title,
            area=office.area,
            election=office.election,
            polling_day=_day(office.polling_day),
        ),
        imprint=shape.Imprint(
            jurisdiction=imprint.jurisdiction,
            text=imprint_words(imprint, printed=False),
            promoter=_person(imprint.promoter) if imprint.promoter else None,
            on_behalf_of=tuple(map(_person, imprint.on_behalf_of)),
            printer=_person(imprint.printer) if imprint.printer else None,
        ),
        foreword=_text(site, ("home", "", "foreword")),
        libraries=tuple(
            shape.Library(
                id=header.id,
                title=header.title,
                publisher=header.publisher,
                version=header.version,
                licence=header.licence,
                language=header.language,
                url=header.url,
            )
            for header in edition.libraries
        ),
        priorities=tuple(_priority(site, i, priority) for i, priority in enumerate(edition.priorities, 1)),
        pledges=tuple(
            _pledge(site, priority, pledge) for priority in edition.priorities for pledge in priority.pledges
        ),
        case_studies=tuple(_case_study(site, study) for study in edition.case_studies),
        sources=tuple(_source(i, source) for i, source in enumerate(edition.sources, 1)),
    )


def _priority(site: Site, number: int, priority: EditionPriority) -> shape.Priority:
    return shape.Priority(
        key=_key(priority),
        id=priority.id,
        library=priority.library or None,
        number=number,
        title=priority.priority.title,
        summary=priority.priority.summary,
        body=_text(site, ("priority", priority.key, "body")),
        based_on=_basis(priority.basis),
        pledges=tuple(map(_key, priority.pledges)),
        address=_address(site.address("priority", priority.key)),
    )


def _pledge(site: Site, priority: EditionPriority, pledge: Pledge) -> shape.Pledge:
    idea = pledge.idea
    return shape.Pledge(
        key=_key(pledge),
        id=pledge.id,
        library=pledge.library or None,
        number=pledge.number,
        priority=_key(priority),
        title=idea.title,
        statement=idea.pledge or idea.summary,
        summary=idea.summary,
        body=_text(site, ("pledge", pledge.key, "body")),
        tags=idea.tags,
        offices=idea.offices,
        power=idea.power,
        levers=idea.levers,
        partners=idea.partners,
        measure=_measure(idea.measure) if idea.measure else None,
        cost=_cost(idea),
        claims=tuple(map(_claim, pledge.evidence)),
        case_studies=tuple(key.removeprefix(":") for key in pledge.case_studies),
        based_on=_basis(pledge.basis),
        status=idea.status,
        withdrawn=(
            shape.Withdrawn(on=str(idea.withdrawn.on), because=idea.withdrawn.because)
            if idea.withdrawn
            else None
        ),
        updated=_day(idea.updated),
        adapted=tuple(sorted(pledge.overridden)),
        formerly=idea.formerly,
        address=_address(site.address("pledge", pledge.key)),
    )


def _case_study(site: Site, cited: CitedCaseStudy) -> shape.CaseStudy:
    study = cited.study
    organisation, place = study.organisation, study.place
    return shape.CaseStudy(
        key=_key(cited),
        id=cited.id,
        library=cited.library or None,
        title=study.title,
        summary=study.summary,
        body=_text(site, ("case-study", cited.key, "body")),
        organisation=(
            shape.Organisation(name=organisation.name, kind=organisation.kind, url=organisation.url)
            if organisation
            else None
        ),
        place=(
            shape.Place(
                name=place.name,
                region=place.region,
                country=place.country,
                latitude=place.latitude,
                longitude=place.longitude,
            )
            if place
            else None
        ),
        since=study.since,
        status=study.status,
        strength=study.strength,
        claims=tuple(map(_claim, cited.evidence)),
        picture=_picture(site, cited.home("image"), study.image),
        tags=study.tags,
        links=_links(study.links),
        based_on=_basis(cited.basis),
        adapted=tuple(sorted(cited.overridden)),
        formerly=study.formerly,
        address=_address(site.address("case-study", cited.key)),
    )


def _claim(evidence: Evidence) -> shape.Claim:
    claim = evidence.claim
    said = [(claim.locator, None, None)] if claim.source else []
    values: list[tuple[str | None, Number | None, str | None]] = [
        *said,
        *((value.locator, value.value, value.note) for value in claim.values),
    ]
    figure = claim.figure
    return shape.Claim(
        text=claim.text,
        figure=(
            shape.Figure(value=figure.value, unit=figure.unit, qualifier=figure.qualifier, label=figure.label)
            if figure
            else None
        ),
        kind=claim.kind,
        as_of=claim.as_of,
        note=claim.note,
        sources=tuple(
            shape.Citation(source=_key(source), locator=locator, value=value, note=note)
            for source, (locator, value, note) in zip(evidence.sources, values, strict=True)
        ),
    )


def _source(number: int, source: CitedSource) -> shape.Source:
    document = source.document
    return shape.Source(
        key=_key(source),
        id=source.id,
        library=source.library or None,
        number=number,
        title=document.title,
        publisher=document.publisher,
        url=document.url,
        archive_url=document.archive_url,
        published=document.published,
        accessed=_day(document.accessed),
        kind=document.kind,
    )


def _measure(measure: Measure) -> shape.Measure:
    baseline, target = measure.baseline, measure.target
    return shape.Measure(
        metric=measure.metric,
        unit=measure.unit,
        baseline=shape.Baseline(value=baseline.value, as_of=baseline.as_of) if baseline else None,
        target=shape.Target(value=target.value, by=target.by) if target else None,
    )


def _cost(idea: Idea) -> shape.Cost | None:
    cost = idea.cost
    return (
        shape.Cost(
            one_off=cost.one_off, per_year=cost.per_year, currency=cost.currency, funded_by=cost.funded_by
        )
        if cost
        else None
    )


def _basis(basis: Basis | None) -> shape.Basis | None:
    return shape.Basis(source=_key(basis.source), locator=basis.locator or None) if basis else None


def _person(person: Person) -> shape.Person:
    return shape.Person(name=person.name, address=person.address)


def _links(links: tuple[WebLink, ...]) -> tuple[shape.Link, ...]:
    return tuple(shape.Link(title=link.title, url=link.url) for link in links)


def _picture(site: Site, library: str, image: Image | None) -> shape.Picture | None:
    if image is None:
        return None
    picture = site.pictures[library, image.file]
    return shape.Picture(
        address=_address(picture.address),
        alt=image.alt,
        credit=image.credit,
        licence=image.licence,
        width=picture.width or None,
        height=picture.height or None,
    )


def _text(site: Site, key: TextKey) -> shape.Text | None:
    parsed = site.texts.get(key)
    if parsed is None:
        return None
    return shape.Text(
        markdown=as_written(parsed).rstrip("\n"),
        links=tuple(
            shape.LinkedPlace(target=target, address=_lead(lead)) for target, lead in site.leads[key].items()
        ),
    )


def _lead(lead: Lead) -> str | None:
    return _address(lead) if isinstance(lead, Address) else lead


def _address(address: Address) -> str:
    return address.path + (f"#{address.anchor}" if address.anchor else "")


def _key(record: EditionPriority | Pledge | CitedCaseStudy | CitedSource) -> str:
    return record.key.removeprefix(":")


def _day(day: Day | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: Any) -> Any:
    """A number as JSON has it, with the digits that were written."""
    return msgspec.Raw(f"{value:f}".encode()) if isinstance(value, Number) else str(value)


def _number_schema(kind: type) -> dict[str, Any]:
    """How a type of ours looks in JSON. For any other msgspec wants this error, and says in its own which type it was."""
    if kind is Number:
        return {"type": "number"}
    raise NotImplementedError
