"""What several records of `manifesto.json` have in common, as `shared_shape` has it."""

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.edition import EditionPriority, Pledge
from manifesto_cli.merging.gathering import Basis, CitedCaseStudy, CitedSource, Evidence
from manifesto_cli.model.case_study import Image, WebLink
from manifesto_cli.model.quantity import Day, Number
from manifesto_cli.outputs import shared_shape as shape
from manifesto_cli.rendering.as_written import as_written
from manifesto_cli.rendering.site import Address, Lead, Site, TextKey


def claim_part(evidence: Evidence) -> shape.Claim:
    """A claim with the documents it rests on, each by its key."""
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
            shape.Citation(source=key_words(source), locator=locator, value=value, note=note)
            for source, (locator, value, note) in zip(evidence.sources, values, strict=True)
        ),
    )


def basis_part(basis: Basis | None) -> shape.Basis | None:
    """The document that a record was made from, if it was made from one."""
    return shape.Basis(source=key_words(basis.source), locator=basis.locator or None) if basis else None


def link_parts(links: tuple[WebLink, ...]) -> tuple[shape.Link, ...]:
    """Pages elsewhere."""
    return tuple(shape.Link(title=link.title, url=link.url) for link in links)


def picture_part(site: Site, library: str, image: Image | None) -> shape.Picture | None:
    """A picture of a record of a library, if it has one."""
    if image is None:
        return None
    picture = site.pictures[library, image.file]
    return shape.Picture(
        address=address_words(picture.address),
        alt=image.alt,
        credit=image.credit,
        licence=image.licence,
        width=picture.width or None,
        height=picture.height or None,
    )


def text_part(site: Site, key: TextKey) -> shape.Text | None:
    """A Markdown text of the edition, if there is any, with where its links lead."""
    parsed = site.texts.get(key)
    if parsed is None:
        return None
    return shape.Text(
        markdown=as_written(parsed).rstrip("\n"),
        links=tuple(
            shape.LinkedPlace(target=target, address=_lead(site, lead))
            for target, lead in site.leads[key].items()
        ),
    )


def _lead(site: Site, lead: Lead) -> str | None:
    if not isinstance(lead, Address):
        return lead
    there = all(page.address.path != lead.path for page in site.left_out.values())
    return address_words(lead) if there else None


def address_words(address: Address) -> str:
    """A place on the website, seen from its root."""
    return address.path + (f"#{address.anchor}" if address.anchor else "")


def key_words(record: EditionPriority | Pledge | CitedCaseStudy | EditionDeal | CitedSource) -> str:
    """What tells a record from all others of its kind."""
    return record.key.removeprefix(":")


def day_words(day: Day | None) -> str | None:
    """A day as ISO 8601 has it."""
    return day.isoformat() if day else None
