"""What several shapes of `manifesto.json` have in common: texts, pictures, claims with their sources, and what tells records apart.

`edition_shape` says what holds for all of them.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from manifesto_cli.model.quantity import Number

Key = Annotated[
    str,
    Meta(
        description="What tells it from all others of its kind: `library:id`, or the id alone for the project's own."
    ),
]
FromLibrary = Annotated[
    str | None, Meta(description="The id of the library it comes from; null for the project's own.")
]
Adapted = Annotated[
    tuple[str, ...], Meta(description="The fields for which the manifesto has words of its own, sorted.")
]


class Part(Struct, frozen=True, kw_only=True):
    """A group of fields in `manifesto.json`."""


class LinkedPlace(Part, frozen=True, kw_only=True):
    """Where a link or picture in a text leads."""

    target: Annotated[
        str, Meta(description="Where it wants to lead, as the Markdown has it, such as `pledge:ID`.")
    ]
    address: Annotated[
        str | None,
        Meta(
            description="Where it leads on the website, seen from its root, or elsewhere on the web; null where it is shown as plain text."
        ),
    ]


class Text(Part, frozen=True, kw_only=True):
    """A text in Markdown."""

    markdown: Annotated[
        str,
        Meta(
            description="The text as it was written, with placeholders filled. CommonMark with tables and strikethrough, without HTML; headings start at level 2."
        ),
    ]
    links: Annotated[
        tuple[LinkedPlace, ...],
        Meta(description="Every place that the text's links and pictures lead to, once each."),
    ]


class Picture(Part, frozen=True, kw_only=True):
    """A picture on the website."""

    address: Annotated[str, Meta(description="Its file, seen from the root of the website.")]
    alt: Annotated[str, Meta(description="What it shows.")]
    credit: Annotated[str | None, Meta(description="Who made it.")]
    licence: Annotated[str | None, Meta(description="Under which terms it may be used.")]
    width: Annotated[int | None, Meta(description="How wide it is, in pixels.")]
    height: Annotated[int | None, Meta(description="How high it is, in pixels.")]


class Link(Part, frozen=True, kw_only=True):
    """A page elsewhere."""

    title: Annotated[str, Meta(description="What the link is called.")]
    url: Annotated[str, Meta(description="Where it leads.")]


class Basis(Part, frozen=True, kw_only=True):
    """The document that a record was made from."""

    source: Annotated[str, Meta(description="The `key` of the source.")]
    locator: Annotated[str | None, Meta(description="Where in it: a page, section or table.")]


class Figure(Part, frozen=True, kw_only=True):
    """The number of a claim."""

    value: Annotated[Number, Meta(description="The number, with the digits that were written.")]
    unit: Annotated[str | None, Meta(description="What it counts, such as `people`, `percent` or `GBP`.")]
    qualifier: Annotated[str | None, Meta(description="A word that belongs before it, such as `nearly`.")]
    label: Annotated[str | None, Meta(description="What it means, to be read after number and unit.")]


class Citation(Part, frozen=True, kw_only=True):
    """A document that a claim rests on."""

    source: Annotated[str, Meta(description="The `key` of the source.")]
    locator: Annotated[str | None, Meta(description="Where in it: a page, section or table.")]
    value: Annotated[
        Number | None,
        Meta(description="The number that this source gives, where sources disagree; else null."),
    ]
    note: Annotated[str | None, Meta(description="What a reader should know about this value.")]


class Claim(Part, frozen=True, kw_only=True):
    """A statement of fact that a reader can check."""

    text: Annotated[str, Meta(description="The statement.")]
    figure: Annotated[Figure | None, Meta(description="Its number.")]
    kind: Annotated[
        Literal["measured", "planned", "estimate"] | None,
        Meta(description="Whether it was measured, is a plan, or is an estimate."),
    ]
    as_of: Annotated[
        str | None, Meta(description="The time that it speaks of: a year, a month or a day, as in ISO 8601.")
    ]
    note: Annotated[str | None, Meta(description="What a reader should know about it.")]
    sources: Annotated[
        tuple[Citation, ...],
        Meta(description="The documents it rests on. Where they disagree, each has its own `value`."),
    ]
