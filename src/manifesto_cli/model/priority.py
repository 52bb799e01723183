"""A heading under which ideas are grouped."""

from typing import Annotated

from msgspec import Meta

from manifesto_cli.model.provenance import BasedOn
from manifesto_cli.model.quantity import Number
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Prose, Slug, Words


class Priority(Record, frozen=True, kw_only=True):
    """One file of `priorities/`."""

    title: Annotated[Words, Meta(description="The heading.")]
    summary: Annotated[Words | None, Meta(description="One sentence that says what it is about.")] = None
    body: Annotated[
        Prose | None, Meta(description="The introduction, in Markdown. Headings start at level 2.")
    ] = None
    order: Annotated[
        Number | None,
        Meta(description="Its place among the library's priorities; the lowest number comes first."),
    ] = None
    based_on: Annotated[
        BasedOn | None, Meta(description="The document that it was made from, if it was made from one.")
    ] = None
    formerly: Annotated[
        tuple[Slug, ...], Meta(description="Ids it had before; old addresses go on working.")
    ] = ()
