"""Where a record comes from."""

from typing import Annotated

from msgspec import Meta

from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Reference, Words


class BasedOn(Record, frozen=True, kw_only=True):
    """The document from which an idea, a case study, a priority or a deal was made, in words of one's own."""

    source: Annotated[Reference, Meta(description="The id of the document, from `sources.yaml`.")]
    locator: Annotated[Words | None, Meta(description="Where in the document: a page, section or table.")] = (
        None
    )
