"""What a candidate wrote: choices and changes, not yet resolved against any library."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.case_study import Image, WebLink
from manifesto_cli.model.imprint import Imprint
from manifesto_cli.model.picks import CaseStudyPick, DealPick, PriorityPick
from manifesto_cli.model.quantity import Day
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import (
    Domain,
    Email,
    HoleName,
    Language,
    Prose,
    Reference,
    SiteUrl,
    Slug,
    Text,
    Words,
)


class Contact(Record, frozen=True, kw_only=True):
    """How to reach the candidate."""

    email: Annotated[Email | None, Meta(description="An e-mail address that may be published.")] = None
    links: Annotated[
        tuple[WebLink, ...], Meta(description="Pages elsewhere, such as an account on a network.")
    ] = ()


class Candidate(Record, frozen=True, kw_only=True):
    """Who makes the promises."""

    name: Annotated[Words, Meta(description="The name as it stands on the ballot paper.")]
    party: Annotated[Words | None, Meta(description="The party or description on the ballot paper.")] = None
    photo: Annotated[Image | None, Meta(description="A picture of the candidate.")] = None
    about: Annotated[
        Prose | None, Meta(description="About the candidate, in Markdown. Headings start at level 2.")
    ] = None
    contact: Annotated[Contact | None, Meta(description="How to reach the candidate.")] = None


class Office(Record, frozen=True, kw_only=True):
    """What the candidate stands for."""

    role: Annotated[Slug, Meta(description="The office in short, such as `pcc` or `mayor`.")]
    title: Annotated[Words | None, Meta(description="The name of the office in full.")] = None
    area: Annotated[Words | None, Meta(description="The area that it is for, such as `Derbyshire`.")] = None
    election: Annotated[
        str | None, Meta(description="The election's id, such as `pcc.derbyshire.2027-05-06`.")
    ] = None
    polling_day: Annotated[Day | None, Meta(description="The day of the vote.")] = None


class Website(Record, frozen=True, kw_only=True):
    """Where the website will be, and how it looks."""

    url: Annotated[
        SiteUrl | None,
        Meta(
            description="The address at which the site will be found. Without it, the site has relative links only."
        ),
    ] = None
    domain: Annotated[Domain | None, Meta(description="A domain of your own, for GitHub Pages.")] = None
    theme: Annotated[Slug, Meta(description="The name of the theme, which decides how the site looks.")] = (
        "civic"
    )
    options: Annotated[
        dict[HoleName, Text | Image],
        Meta(
            description="Settings of the theme, such as `accent`; a picture is written with its fields, as everywhere. The `theme.yaml` of the theme lists the settings that it has."
        ),
    ] = {}


class LibraryByPath(Record, frozen=True, kw_only=True):
    """A library that is kept in a folder."""

    path: Annotated[
        str,
        Meta(
            description="The library's folder, seen from the manifesto's.",
            min_length=1,
            extra={"expected": "the path of a folder"},
        ),
    ]


class Manifesto(Record, frozen=True, kw_only=True):
    """The file `manifesto.yaml`."""

    format: Annotated[Literal["1"], Meta(description="The version of this format: 1.")]
    title: Annotated[Words, Meta(description="The manifesto's title.")]
    date: Annotated[Day | None, Meta(description="The date of this edition.")] = None
    tagline: Annotated[Words | None, Meta(description="One line below the title.")] = None
    notice: Annotated[
        Words | None,
        Meta(description="A line at the top of every page, such as that this is a draft or an example."),
    ] = None
    language: Annotated[Language, Meta(description="The language it is written in.")] = "en-GB"
    foreword: Annotated[
        Prose | None, Meta(description="The foreword, in Markdown. Headings start at level 2.")
    ] = None
    candidate: Annotated[Candidate, Meta(description="Who makes the promises.")]
    office: Annotated[Office, Meta(description="What the candidate stands for.")]
    imprint: Annotated[
        Imprint, Meta(description="Who is responsible for the publication, as election law asks.")
    ]
    site: Annotated[Website, Meta(description="Where the website will be, and how it looks.")] = Website()
    libraries: Annotated[
        tuple[Slug | LibraryByPath, ...],
        Meta(
            description="The libraries to choose from: those that come with the tool by id, others by folder."
        ),
    ] = ()
    values: Annotated[
        dict[HoleName, Text],
        Meta(description="What stands in the place of placeholders: a value for each name."),
    ] = {}
    priorities: Annotated[
        tuple[PriorityPick, ...],
        Meta(description="The chosen priorities, in the order in which they are shown."),
    ] = ()
    case_studies: Annotated[
        tuple[CaseStudyPick, ...],
        Meta(description="Local changes to case studies that pledges or deals point to."),
    ] = ()
    deals: Annotated[
        tuple[Reference | DealPick, ...],
        Meta(
            description="Deals that the candidate puts to a government, or learns from: a list of ids, or of ids with local changes."
        ),
    ] = ()
    allow: Annotated[
        tuple[Slug, ...],
        Meta(description="Codes of warnings and notes that this project has decided to live with."),
    ] = ()
