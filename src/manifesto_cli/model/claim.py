"""A checkable statement of fact, and what it rests on."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.quantity import Day, Number, PartialDate
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Reference, Words


class Figure(Record, frozen=True, kw_only=True):
    """The number of a claim, to be shown large."""

    value: Annotated[Number, Meta(description="The number itself.")]
    unit: Annotated[
        Words | None,
        Meta(
            description="What it counts, such as `people`; `percent` and currencies such as `GBP` are shown as signs."
        ),
    ] = None
    qualifier: Annotated[
        Words | None,
        Meta(description="A word that belongs before it, such as `nearly`, `up to` or `more than`."),
    ] = None
    label: Annotated[
        Words | None,
        Meta(
            description="What it means, to be read after number and unit. A percentage whose label begins with `of` is drawn as part of a whole."
        ),
    ] = None


class SourcedValue(Record, frozen=True, kw_only=True):
    """What one of several sources says, where they disagree."""

    value: Annotated[Number, Meta(description="The number that this source gives.")]
    source: Annotated[Reference, Meta(description="The id of the source, from `sources.yaml`.")]
    locator: Annotated[Words | None, Meta(description="Where in the source: a page, section or table.")] = (
        None
    )
    note: Annotated[Words | None, Meta(description="What a reader should know about this value.")] = None


class Claim(Record, frozen=True, kw_only=True):
    """A statement of fact that a reader can check."""

    text: Annotated[Words, Meta(description="The statement, in one sentence.")]
    figure: Annotated[Figure | None, Meta(description="Its number, to be shown large.")] = None
    source: Annotated[
        Reference | None, Meta(description="The id of the document it rests on, from `sources.yaml`.")
    ] = None
    locator: Annotated[Words | None, Meta(description="Where in the source: a page, section or table.")] = (
        None
    )
    as_of: Annotated[PartialDate | None, Meta(description="The time that it speaks of.")] = None
    kind: Annotated[
        Literal["measured", "planned", "estimate"] | None,
        Meta(description="Whether it was measured, is a plan, or is an estimate."),
    ] = None
    review_by: Annotated[Day | None, Meta(description="When someone should check that it still holds.")] = (
        None
    )
    values: Annotated[
        tuple[SourcedValue, ...], Meta(description="What each source says, where sources disagree.")
    ] = ()
    note: Annotated[Words | None, Meta(description="What a reader should know about it.")] = None
