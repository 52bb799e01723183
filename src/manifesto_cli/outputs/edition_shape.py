"""The shape of `manifesto.json`: every field with its sentence, from which the JSON Schema and the page of it are made.

Every field is always there: what a record does not have is null, or an empty list. So a program that has read one file can read all.
These names are a promise. Fields may be added; none is renamed, and none changes its meaning, while `format` stays the same.
"""

from typing import Annotated, Literal

from msgspec import Meta, field

from manifesto_cli.model.quantity import Number
from manifesto_cli.outputs.deal_shape import Deal
from manifesto_cli.outputs.shared_shape import (
    Adapted,
    Basis,
    Claim,
    FromLibrary,
    Key,
    Link,
    Part,
    Picture,
    Text,
)

DealsOn = Annotated[tuple[str, ...], Meta(description="The `key` of each deal that rests on it.")]


class Contact(Part, frozen=True, kw_only=True):
    """How to reach the candidate."""

    email: Annotated[str | None, Meta(description="An e-mail address.")]
    links: Annotated[tuple[Link, ...], Meta(description="Pages elsewhere.")]


class Candidate(Part, frozen=True, kw_only=True):
    """Who makes the promises."""

    name: Annotated[str, Meta(description="The name as it stands on the ballot paper.")]
    party: Annotated[str | None, Meta(description="The party or description on the ballot paper.")]
    about: Annotated[Text | None, Meta(description="About the candidate.")]
    photo: Annotated[Picture | None, Meta(description="A picture of the candidate.")]
    contact: Annotated[Contact, Meta(description="How to reach the candidate.")]


class Office(Part, frozen=True, kw_only=True):
    """What the candidate stands for."""

    role: Annotated[str, Meta(description="The office in short, such as `pcc` or `mayor`.")]
    title: Annotated[str | None, Meta(description="The name of the office in full.")]
    area: Annotated[str | None, Meta(description="The area that it is for.")]
    election: Annotated[
        str | None, Meta(description="The election's id, such as `pcc.derbyshire.2027-05-06`.")
    ]
    polling_day: Annotated[str | None, Meta(description="The day of the vote, such as `2027-05-06`.")]


class Person(Part, frozen=True, kw_only=True):
    """A person or organisation with a postal address."""

    name: Annotated[str, Meta(description="The full name.")]
    address: Annotated[str | None, Meta(description="The postal address.")]


class Imprint(Part, frozen=True, kw_only=True):
    """Who is responsible for the publication."""

    jurisdiction: Annotated[
        Literal["uk", "none"], Meta(description="Whose rules apply; `none` if no rules do.")
    ]
    text: Annotated[
        str, Meta(description="The imprint as the website shows it; empty where no rules ask for one.")
    ]
    promoter: Annotated[Person | None, Meta(description="Who causes the material to be published.")]
    on_behalf_of: Annotated[
        tuple[Person, ...], Meta(description="On whose behalf it is published, where that is others.")
    ]
    printer: Annotated[Person | None, Meta(description="Who prints it.")]


class Library(Part, frozen=True, kw_only=True):
    """A library that something in the manifesto was taken from."""

    id: Annotated[str, Meta(description="Its id, by which records name it.")]
    title: Annotated[str, Meta(description="Its name.")]
    publisher: Annotated[str | None, Meta(description="Who keeps it.")]
    version: Annotated[str | None, Meta(description="Its version.")]
    licence: Annotated[str | None, Meta(description="Under which terms its texts may be used.")]
    language: Annotated[str, Meta(description="The language of its texts.")]
    url: Annotated[str | None, Meta(description="Where it is kept.")]


class Baseline(Part, frozen=True, kw_only=True):
    """Where a measure stands before anything is done."""

    value: Annotated[Number, Meta(description="The number today.")]
    as_of: Annotated[str | None, Meta(description="When it was measured: a year, a month or a day.")]


class Target(Part, frozen=True, kw_only=True):
    """Where a measure shall stand."""

    value: Annotated[Number, Meta(description="The number to be reached.")]
    by: Annotated[str | None, Meta(description="When it shall be reached: a year, a month or a day.")]


class Measure(Part, frozen=True, kw_only=True):
    """How anyone could tell that a pledge was kept."""

    metric: Annotated[str, Meta(description="What is counted.")]
    unit: Annotated[str | None, Meta(description="The unit of both numbers.")]
    baseline: Annotated[Baseline | None, Meta(description="Where it stands today.")]
    target: Annotated[Target | None, Meta(description="Where it shall stand.")]


class Cost(Part, frozen=True, kw_only=True):
    """What a pledge would cost, and who pays."""

    one_off: Annotated[Number | None, Meta(description="What it costs once.")]
    per_year: Annotated[Number | None, Meta(description="What it costs each year.")]
    currency: Annotated[str, Meta(description="The currency of both sums (ISO 4217).")]
    funded_by: Annotated[str | None, Meta(description="Where the money comes from.")]


class Withdrawn(Part, frozen=True, kw_only=True):
    """When and why a promise was taken back."""

    on: Annotated[str, Meta(description="When: a year, a month or a day.")]
    because: Annotated[str, Meta(description="Why.")]


class Priority(Part, frozen=True, kw_only=True):
    """A priority: a heading with its pledges."""

    key: Key
    id: Annotated[str, Meta(description="Its id.")]
    library: FromLibrary
    number: Annotated[int, Meta(description="Its place among the priorities, from 1.")]
    title: Annotated[str, Meta(description="The heading.")]
    summary: Annotated[str | None, Meta(description="What it is about.")]
    body: Annotated[Text | None, Meta(description="The introduction.")]
    based_on: Annotated[Basis | None, Meta(description="The document that it was made from.")]
    pledges: Annotated[
        tuple[str, ...], Meta(description="The `key` of each of its pledges, in the order shown.")
    ]
    address: Annotated[str, Meta(description="Its page, seen from the root of the website.")]


class Pledge(Part, frozen=True, kw_only=True):
    """A pledge: an idea as the candidate has adopted it."""

    key: Key
    id: Annotated[str, Meta(description="The idea's id.")]
    library: FromLibrary
    number: Annotated[int, Meta(description="Its place in the manifesto, from 1.")]
    priority: Annotated[str, Meta(description="The `key` of the priority it stands under.")]
    title: Annotated[str, Meta(description="Its name, in a few words.")]
    statement: Annotated[str, Meta(description="The promise in one sentence.")]
    summary: Annotated[str, Meta(description="One sentence that says what it is; it may be the promise.")]
    body: Annotated[Text | None, Meta(description="Why, how and with whom.")]
    tags: Annotated[tuple[str, ...], Meta(description="Words to find it by.")]
    offices: Annotated[
        tuple[str, ...], Meta(description="The offices that could carry it out; none means any.")
    ]
    power: Annotated[
        Literal["own", "with-partners", "lobby"] | None,
        Meta(description="Whether the office can do it by itself, with partners, or only ask for it."),
    ]
    levers: Annotated[
        tuple[
            Literal[
                "commission", "convene", "fund", "set-priority", "hold-to-account", "campaign", "legislate"
            ],
            ...,
        ],
        Meta(description="How the office would do it."),
    ]
    partners: Annotated[tuple[str, ...], Meta(description="Who has to take part.")]
    measure: Annotated[Measure | None, Meta(description="How anyone could tell that it was kept.")]
    cost: Annotated[Cost | None, Meta(description="What it would cost, and who pays.")]
    claims: Annotated[tuple[Claim, ...], Meta(description="The facts it rests on.")]
    case_studies: Annotated[
        tuple[str, ...], Meta(description="The `key` of each case study that shows it at work.")
    ]
    deals: DealsOn
    based_on: Annotated[Basis | None, Meta(description="The document that the idea was made from.")]
    status: Annotated[
        Literal["draft", "ready", "withdrawn"],
        Meta(description="Whether it stands. Drafts are there only where the manifesto was built with them."),
    ]
    withdrawn: Annotated[Withdrawn | None, Meta(description="For a withdrawn pledge: when and why.")]
    updated: Annotated[str | None, Meta(description="The day on which it last changed.")]
    adapted: Adapted
    formerly: Annotated[tuple[str, ...], Meta(description="Ids it had before.")]
    address: Annotated[str, Meta(description="Its page, seen from the root of the website.")]


class Organisation(Part, frozen=True, kw_only=True):
    """Who runs something."""

    name: Annotated[str, Meta(description="The organisation's name.")]
    kind: Annotated[str | None, Meta(description="What kind it is, such as `charity` or `council`.")]
    url: Annotated[str | None, Meta(description="The organisation's own site.")]


class Place(Part, frozen=True, kw_only=True):
    """Where something is."""

    name: Annotated[str, Meta(description="The town, village or district.")]
    region: Annotated[str | None, Meta(description="The county or region.")]
    country: Annotated[str | None, Meta(description="The country's code (ISO 3166-1), such as `GB`.")]
    latitude: Annotated[Number | None, Meta(description="Degrees north of the equator.")]
    longitude: Annotated[Number | None, Meta(description="Degrees east of Greenwich.")]


class CaseStudy(Part, frozen=True, kw_only=True):
    """An idea at work somewhere."""

    key: Key
    id: Annotated[str, Meta(description="Its id.")]
    library: FromLibrary
    title: Annotated[str, Meta(description="What it is called.")]
    summary: Annotated[str, Meta(description="What happened, in one sentence.")]
    body: Annotated[Text | None, Meta(description="The story.")]
    organisation: Annotated[Organisation | None, Meta(description="Who runs it.")]
    place: Annotated[Place | None, Meta(description="Where it is.")]
    since: Annotated[str | None, Meta(description="When it began: a year, a month or a day.")]
    status: Annotated[
        Literal["current", "ended", "renamed", "planned"], Meta(description="What has become of it.")
    ]
    strength: Annotated[
        Literal["anecdote", "monitoring", "evaluation", "review"] | None,
        Meta(description="How strong the evidence is."),
    ]
    claims: Annotated[tuple[Claim, ...], Meta(description="The facts it rests on.")]
    picture: Annotated[Picture | None, Meta(description="A picture of it.")]
    tags: Annotated[tuple[str, ...], Meta(description="Words to find it by.")]
    links: Annotated[tuple[Link, ...], Meta(description="Pages elsewhere about it.")]
    deals: DealsOn
    based_on: Annotated[Basis | None, Meta(description="The document that it was made from.")]
    adapted: Adapted
    formerly: Annotated[tuple[str, ...], Meta(description="Ids it had before.")]
    address: Annotated[str, Meta(description="Its page, seen from the root of the website.")]


class Source(Part, frozen=True, kw_only=True):
    """A document that something in the manifesto rests on."""

    key: Key
    id: Annotated[str, Meta(description="Its id.")]
    library: FromLibrary
    number: Annotated[
        int, Meta(description="Its place among the sources, from 1, in the order in which they are cited.")
    ]
    title: Annotated[str, Meta(description="The document's own title.")]
    publisher: Annotated[str | None, Meta(description="Who published it.")]
    url: Annotated[str | None, Meta(description="Where it can be read.")]
    archive_url: Annotated[str | None, Meta(description="Where a copy is kept.")]
    published: Annotated[str | None, Meta(description="When it came out: a year, a month or a day.")]
    accessed: Annotated[str | None, Meta(description="The day on which it was read.")]
    kind: Annotated[
        Literal["report", "statistics", "evaluation", "news", "law", "website", "data"] | None,
        Meta(description="What kind of document it is."),
    ]


class Edition(Part, frozen=True, kw_only=True):
    """The edition as a whole."""

    schema: Annotated[str, Meta(description="The JSON Schema of this file, seen from the file itself.")] = (
        field(name="$schema")
    )
    format: Annotated[Literal[1], Meta(description="The version of this shape: 1.")]
    title: Annotated[str, Meta(description="The manifesto's title.")]
    tagline: Annotated[str | None, Meta(description="One line below the title.")]
    notice: Annotated[
        str | None, Meta(description="A line that every page carries, such as that this is a draft.")
    ]
    language: Annotated[str, Meta(description="The language it is written in (BCP 47).")]
    date: Annotated[str | None, Meta(description="The date of this edition.")]
    url: Annotated[
        str | None,
        Meta(description="The address of the website, ending in `/`; null where it is not known."),
    ]
    candidate: Annotated[Candidate, Meta(description="Who makes the promises.")]
    office: Annotated[Office, Meta(description="What the candidate stands for.")]
    imprint: Annotated[Imprint, Meta(description="Who is responsible for the publication.")]
    foreword: Annotated[Text | None, Meta(description="The foreword.")]
    libraries: Annotated[tuple[Library, ...], Meta(description="The libraries that texts were taken from.")]
    priorities: Annotated[tuple[Priority, ...], Meta(description="The priorities, in the order shown.")]
    pledges: Annotated[tuple[Pledge, ...], Meta(description="All pledges, by number.")]
    case_studies: Annotated[
        tuple[CaseStudy, ...],
        Meta(description="The case studies, in the order in which pledges, then deals first point to them."),
    ]
    deals: Annotated[tuple[Deal, ...], Meta(description="The deals, in the order in which they were picked.")]
    sources: Annotated[tuple[Source, ...], Meta(description="The sources, by number.")]
