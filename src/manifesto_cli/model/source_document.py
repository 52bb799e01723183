"""A document that a claim rests on."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.quantity import Day, PartialDate
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Text, Url


class SourceDocument(Record, frozen=True, kw_only=True):
    """One entry of `sources.yaml`. What was not seen is left out, never invented."""

    title: Annotated[Text, Meta(description="The document's own title.")]
    publisher: Annotated[Text | None, Meta(description="Who published it.")] = None
    url: Annotated[Url | None, Meta(description="Where it can be read.")] = None
    archive_url: Annotated[
        Url | None, Meta(description="Where a copy is kept, for when the address no longer answers.")
    ] = None
    published: Annotated[
        PartialDate | None, Meta(description="When it came out: a year, a month or a day.")
    ] = None
    accessed: Annotated[Day | None, Meta(description="The day on which it was read.")] = None
    kind: Annotated[
        Literal["report", "statistics", "evaluation", "news", "law", "website", "data"] | None,
        Meta(description="What kind of document it is."),
    ] = None
