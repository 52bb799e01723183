"""What a candidate wrote: choices and changes, not yet resolved against any library."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import UNSET, Meta, UnsetType

from manifesto_cli.model.case_study import Image, WebLink
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.imprint import Imprint
from manifesto_cli.model.priority import Priority
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

NOT_OVERRIDDEN = {
    Idea: frozenset({"priority", "questions", "requires", "conflicts", "formerly"}),
    Priority: frozenset({"order", "formerly"}),
}
"""Fields that a pick cannot replace: they say how a record stands among others, and that is the library's to say."""


class IdeaChoice(Record, frozen=True, kw_only=True):
    """An idea picked with local changes."""

    idea: Annotated[Reference, Meta(description="The id of the idea.")]
    values: Annotated[
        dict[HoleName, Text],
        Meta(description="Values for placeholders of this idea, before those of the manifesto."),
    ] = {}


if TYPE_CHECKING:
    IdeaPick = IdeaChoice
else:

    def _with_overrides(choice: type[Record], record: type[Record]) -> type[Record]:
        """The choice with every field of the record that may be replaced, absent unless written."""
        fields = [
            (name, hint | UnsetType, UNSET)
            for name, hint in get_type_hints(record, include_extras=True).items()
            if name not in NOT_OVERRIDDEN[record]
        ]
        return msgspec.defstruct(
            choice.__name__, fields, bases=(choice,), frozen=True, kw_only=True, forbid_unknown_fields=True
        )

    IdeaPick = _with_overrides(IdeaChoice, Idea)


class PriorityChoice(Record, frozen=True, kw_only=True):
    """A priority and the ideas chosen for it, in the order in which they are shown."""

    priority: Annotated[Reference, Meta(description="The id of the priority.")]
    ideas: Annotated[
        tuple[Reference | IdeaPick, ...],
        Meta(description="The ideas picked: ids, or ids with local changes."),
    ] = ()


if TYPE_CHECKING:
    PriorityPick = PriorityChoice
else:
    PriorityPick = _with_overrides(PriorityChoice, Priority)


def overrides(pick: Record, record: type[Record]) -> Mapping[str, Any]:
    """The fields of a record that a pick replaces, with their new values."""
    found = {}
    for name in record.__struct_fields__:
        value = getattr(pick, name, UNSET) if name not in NOT_OVERRIDDEN[record] else UNSET
        if value is not UNSET:
            found[name] = value
    return found


class Contact(Record, frozen=True, kw_only=True):
    """How to reach the candidate."""

    email: Annotated[Email | None, Meta(description="An e-mail address that may be published.")] = None
    links: Annotated[tuple[WebLink, ...], Meta(description="Pages elsewhere.")] = ()


class Candidate(Record, frozen=True, kw_only=True):
    """Who promises."""

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
    title: Annotated[Words | None, Meta(description="The office in full.")] = None
    area: Annotated[Words | None, Meta(description="The area it is for.")] = None
    election: Annotated[
        str | None, Meta(description="The election's id, such as `pcc.derbyshire.2027-05-06`.")
    ] = None
    polling_day: Annotated[Day | None, Meta(description="The day of the vote.")] = None


class Website(Record, frozen=True, kw_only=True):
    """How it is published."""

    url: Annotated[SiteUrl | None, Meta(description="The address at which the site will be found.")] = None
    domain: Annotated[Domain | None, Meta(description="The custom domain, for GitHub Pages.")] = None
    theme: Annotated[Slug, Meta(description="The theme's name.")] = "civic"
    options: Annotated[dict[HoleName, Text], Meta(description="The theme's options.")] = {}


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
    language: Annotated[Language, Meta(description="The language it is written in.")] = "en-GB"
    foreword: Annotated[
        Prose | None, Meta(description="The foreword, in Markdown. Headings start at level 2.")
    ] = None
    candidate: Annotated[Candidate, Meta(description="Who promises.")]
    office: Annotated[Office, Meta(description="What the candidate stands for.")]
    imprint: Annotated[
        Imprint, Meta(description="Who is responsible for the publication, as election law asks.")
    ]
    site: Annotated[Website, Meta(description="How it is published.")] = Website()
    libraries: Annotated[
        tuple[Slug | LibraryByPath, ...],
        Meta(description="The libraries to choose from: ids of shipped ones, or folders."),
    ] = ()
    values: Annotated[dict[HoleName, Text], Meta(description="Values for placeholders.")] = {}
    priorities: Annotated[
        tuple[PriorityPick, ...],
        Meta(description="The chosen priorities, in the order in which they are shown."),
    ] = ()
