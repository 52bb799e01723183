"""Words of schema.org, as far as we use them. Encoded, they are JSON-LD: the class is the type, and what is absent is not written."""

from msgspec import Struct, field


class Thing(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", tag=True):
    """Anything with a name."""

    id: str | None = field(name="@id", default=None)
    """What tells it from everything else on the web."""
    name: str | None = None
    url: str | None = None
    description: str | None = None


class Organization(Thing, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", tag=True):
    """A party, a charity, a council, a publisher."""


class Place(Thing, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", tag=True):
    """A town or an area."""

    address: str | None = None


class Person(Thing, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", tag=True):
    """The candidate."""

    image: str | None = None
    email: str | None = None
    memberOf: Organization | None = None  # noqa: N815 - the words of schema.org, here and below
    sameAs: tuple[str, ...] = ()  # noqa: N815


class CreativeWork(Thing, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", tag=True):
    """The manifesto, a part of it, or something that it rests on."""

    alternativeHeadline: str | None = None  # noqa: N815
    abstract: str | None = None
    inLanguage: str | None = None  # noqa: N815
    position: int | None = None
    datePublished: str | None = None  # noqa: N815
    dateModified: str | None = None  # noqa: N815
    creativeWorkStatus: str | None = None  # noqa: N815
    keywords: tuple[str, ...] = ()
    image: str | None = None
    author: Person | None = None
    publisher: Organization | None = None
    license: "CreativeWork | None" = None
    about: tuple[Thing, ...] = ()
    contentLocation: Place | None = None  # noqa: N815
    temporalCoverage: str | None = None  # noqa: N815
    isPartOf: "tuple[CreativeWork, ...]" = ()  # noqa: N815
    hasPart: "tuple[CreativeWork, ...]" = ()  # noqa: N815
    isBasedOn: "tuple[CreativeWork, ...]" = ()  # noqa: N815
    citation: "tuple[CreativeWork, ...]" = ()
    mentions: tuple[Thing, ...] = ()


class Article(CreativeWork, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", tag=True):
    """A case study."""


class WebPage(CreativeWork, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", tag=True):
    """A page that is none of these, such as the imprint."""


class CollectionPage(WebPage, frozen=True, kw_only=True, omit_defaults=True, tag_field="@type", tag=True):
    """A list of what has pages of its own."""


class Graph(Struct, frozen=True, kw_only=True):
    """Everything that one page says."""

    context: str = field(name="@context", default="https://schema.org")
    graph: tuple[Thing, ...] = field(name="@graph")
