"""An idea at work somewhere."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.claim import Claim
from manifesto_cli.model.provenance import BasedOn
from manifesto_cli.model.quantity import Number, PartialDate
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Country, MediaFile, Prose, Slug, Text, Url, Words


class Organisation(Record, frozen=True, kw_only=True):
    """Who runs something."""

    name: Annotated[Text, Meta(description="The organisation's name.")]
    kind: Annotated[
        Slug | None,
        Meta(
            description="What kind of organisation it is, such as `charity`, `cic`, `co-operative`, `company`, `council`, `police` or `campaign`."
        ),
    ] = None
    url: Annotated[Url | None, Meta(description="The organisation's own site.")] = None


class Place(Record, frozen=True, kw_only=True):
    """Where something is."""

    name: Annotated[Text, Meta(description="The town, village or district.")]
    region: Annotated[Text | None, Meta(description="The county or region.")] = None
    country: Annotated[Country | None, Meta(description="The country's code, such as `GB`.")] = None
    latitude: Annotated[
        Number | None, Meta(description="Degrees north of the equator; negative south of it.")
    ] = None
    longitude: Annotated[
        Number | None, Meta(description="Degrees east of Greenwich; negative west of it.")
    ] = None


class Image(Record, frozen=True, kw_only=True):
    """A picture with all that is needed to publish it."""

    file: Annotated[MediaFile, Meta(description="The picture: a file in the `media` folder.")]
    alt: Annotated[Words, Meta(description="What it shows, for people who cannot see it.")]
    credit: Annotated[Text | None, Meta(description="Who made it.")] = None
    licence: Annotated[Text | None, Meta(description="Under which terms it may be used.")] = None
    consent: Annotated[
        Literal["given", "not-needed", "no"] | None,
        Meta(description="Whether the people shown have agreed to this use."),
    ] = None


class WebLink(Record, frozen=True, kw_only=True):
    """A page elsewhere."""

    title: Annotated[Text, Meta(description="What the link is called.")]
    url: Annotated[Url, Meta(description="Where it leads.")]


class CaseStudy(Record, frozen=True, kw_only=True):
    """One file of `case-studies/`."""

    title: Annotated[Words, Meta(description="What it is called.")]
    summary: Annotated[Words, Meta(description="One sentence that says what happened.")]
    organisation: Annotated[Organisation | None, Meta(description="Who runs it.")] = None
    place: Annotated[Place | None, Meta(description="Where it is.")] = None
    since: Annotated[PartialDate | None, Meta(description="When it began.")] = None
    status: Annotated[
        Literal["current", "ended", "renamed", "planned"], Meta(description="What has become of it.")
    ] = "current"
    strength: Annotated[
        Literal["anecdote", "monitoring", "evaluation", "review"] | None,
        Meta(
            description="How strong the evidence is: one story, figures that were kept, a study of what it did, or a comparison of studies."
        ),
    ] = None
    body: Annotated[Prose | None, Meta(description="The story, in Markdown. Headings start at level 2.")] = (
        None
    )
    claims: Annotated[tuple[Claim, ...], Meta(description="The facts it rests on.")] = ()
    image: Annotated[Image | None, Meta(description="A picture of it.")] = None
    tags: Annotated[tuple[Slug, ...], Meta(description="Words to find it by.")] = ()
    links: Annotated[tuple[WebLink, ...], Meta(description="Pages elsewhere about it.")] = ()
    based_on: Annotated[
        BasedOn | None, Meta(description="The document that it was made from, if it was made from one.")
    ] = None
    formerly: Annotated[
        tuple[Slug, ...], Meta(description="Ids it had before; old addresses go on working.")
    ] = ()
