"""`manifesto.json`: an edition as programs read it, and its JSON Schema. The shape stands in `edition_shape`."""

from pkgutil import get_data
from typing import Any

import msgspec

from manifesto_cli.merging.edition import Edition, EditionPriority, Pledge
from manifesto_cli.merging.gathering import CitedCaseStudy, CitedSource
from manifesto_cli.model.idea import Idea, Measure
from manifesto_cli.model.imprint import Person
from manifesto_cli.model.quantity import Number
from manifesto_cli.outputs import edition_shape as shape
from manifesto_cli.outputs.addresses import EDITION, SCHEMA
from manifesto_cli.outputs.deal_json import deal_part, resting_on_ideas, resting_on_studies
from manifesto_cli.outputs.shared_json import (
    address_words,
    basis_part,
    claim_part,
    day_words,
    key_words,
    link_parts,
    picture_part,
    text_part,
)
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Site
from manifesto_cli.rendering.views.words import imprint_words


def edition_file(edition: Edition, site: Site) -> File:
    """The edition as data."""
    compact = msgspec.json.encode(edition_record(edition, site), enc_hook=_number)
    return File(EDITION, msgspec.json.format(compact, indent=2) + b"\n")


def schema_file() -> File:
    """The schema that it names. It lies beside this module as `make reference` has written it: to make it takes as long as a dozen pages."""
    return File(SCHEMA, get_data(__name__, SCHEMA) or schema_text())


def schema_text() -> bytes:
    """The schema as it is written."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2) + b"\n"


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
    on_idea, on_study = resting_on_ideas(edition.deals), resting_on_studies(edition.deals)
    return shape.Edition(
        schema=SCHEMA,
        format=1,
        title=manifesto.title,
        tagline=manifesto.tagline,
        notice=manifesto.notice,
        language=manifesto.language,
        date=day_words(manifesto.date),
        url=site.url,
        candidate=shape.Candidate(
            name=candidate.name,
            party=candidate.party,
            about=text_part(site, ("about", "", "body")),
            photo=picture_part(site, "", candidate.photo),
            contact=shape.Contact(
                email=candidate.contact.email if candidate.contact else None,
                links=link_parts(candidate.contact.links if candidate.contact else ()),
            ),
        ),
        office=shape.Office(
            role=office.role,
            title=office.title,
            area=office.area,
            election=office.election,
            polling_day=day_words(office.polling_day),
        ),
        imprint=shape.Imprint(
            jurisdiction=imprint.jurisdiction,
            text=imprint_words(imprint, printed=False),
            promoter=_person(imprint.promoter) if imprint.promoter else None,
            on_behalf_of=tuple(map(_person, imprint.on_behalf_of)),
            printer=_person(imprint.printer) if imprint.printer else None,
        ),
        foreword=text_part(site, ("home", "", "foreword")),
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
            _pledge(site, priority, pledge, on_idea.get(pledge.key, ()))
            for priority in edition.priorities
            for pledge in priority.pledges
        ),
        case_studies=tuple(
            _case_study(site, study, on_study.get(study.key, ())) for study in edition.case_studies
        ),
        deals=tuple(deal_part(site, i, deal) for i, deal in enumerate(edition.deals, 1)),
        sources=tuple(_source(i, source) for i, source in enumerate(edition.sources, 1)),
    )


def _priority(site: Site, number: int, priority: EditionPriority) -> shape.Priority:
    return shape.Priority(
        key=key_words(priority),
        id=priority.id,
        library=priority.library or None,
        number=number,
        title=priority.priority.title,
        summary=priority.priority.summary,
        body=text_part(site, ("priority", priority.key, "body")),
        based_on=basis_part(priority.basis),
        pledges=tuple(map(key_words, priority.pledges)),
        address=address_words(site.address("priority", priority.key)),
    )


def _pledge(site: Site, priority: EditionPriority, pledge: Pledge, deals: tuple[str, ...]) -> shape.Pledge:
    idea = pledge.idea
    return shape.Pledge(
        key=key_words(pledge),
        id=pledge.id,
        library=pledge.library or None,
        number=pledge.number,
        priority=key_words(priority),
        title=idea.title,
        statement=idea.pledge or idea.summary,
        summary=idea.summary,
        body=text_part(site, ("pledge", pledge.key, "body")),
        tags=idea.tags,
        offices=idea.offices,
        power=idea.power,
        levers=idea.levers,
        partners=idea.partners,
        measure=_measure(idea.measure) if idea.measure else None,
        cost=_cost(idea),
        claims=tuple(map(claim_part, pledge.evidence)),
        case_studies=tuple(key.removeprefix(":") for key in pledge.case_studies),
        deals=deals,
        based_on=basis_part(pledge.basis),
        status=idea.status,
        withdrawn=(
            shape.Withdrawn(on=str(idea.withdrawn.on), because=idea.withdrawn.because)
            if idea.withdrawn
            else None
        ),
        updated=day_words(idea.updated),
        adapted=tuple(sorted(pledge.overridden)),
        formerly=idea.formerly,
        address=address_words(site.address("pledge", pledge.key)),
    )


def _case_study(site: Site, cited: CitedCaseStudy, deals: tuple[str, ...]) -> shape.CaseStudy:
    study = cited.study
    organisation, place = study.organisation, study.place
    return shape.CaseStudy(
        key=key_words(cited),
        id=cited.id,
        library=cited.library or None,
        title=study.title,
        summary=study.summary,
        body=text_part(site, ("case-study", cited.key, "body")),
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
        claims=tuple(map(claim_part, cited.evidence)),
        picture=picture_part(site, cited.home("image"), study.image),
        tags=study.tags,
        links=link_parts(study.links),
        deals=deals,
        based_on=basis_part(cited.basis),
        adapted=tuple(sorted(cited.overridden)),
        formerly=study.formerly,
        address=address_words(site.address("case-study", cited.key)),
    )


def _source(number: int, source: CitedSource) -> shape.Source:
    document = source.document
    return shape.Source(
        key=key_words(source),
        id=source.id,
        library=source.library or None,
        number=number,
        title=document.title,
        publisher=document.publisher,
        url=document.url,
        archive_url=document.archive_url,
        published=document.published,
        accessed=day_words(document.accessed),
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


def _person(person: Person) -> shape.Person:
    return shape.Person(name=person.name, address=person.address)


def _number(value: Any) -> Any:
    """A number as JSON has it, with the digits that were written."""
    return msgspec.Raw(f"{value:f}".encode()) if isinstance(value, Number) else str(value)


def _number_schema(kind: type) -> dict[str, Any]:
    """How a type of ours looks in JSON. For any other msgspec wants this error, and says in its own which type it was."""
    if kind is Number:
        return {"type": "number"}
    raise NotImplementedError
