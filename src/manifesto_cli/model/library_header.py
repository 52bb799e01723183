"""What a library says of itself."""

from typing import Annotated

from msgspec import Meta

from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Language, Slug, Text, Url


class LibraryHeader(Record, frozen=True, kw_only=True):
    """The file `library.yaml`."""

    id: Annotated[Slug, Meta(description="The library's id, by which manifestos name it.")]
    title: Annotated[Text, Meta(description="Its name for people.")]
    summary: Annotated[Text | None, Meta(description="One sentence that says what is in it.")] = None
    publisher: Annotated[Text | None, Meta(description="Who keeps it.")] = None
    version: Annotated[Text | None, Meta(description="Its version, for people to read.")] = None
    licence: Annotated[Text | None, Meta(description="Under which terms its texts may be used.")] = None
    language: Annotated[
        Language,
        Meta(
            description="The language of its texts. Those in another language go into a library of their own."
        ),
    ] = "en-GB"
    offices: Annotated[tuple[Slug, ...], Meta(description="The offices it is written for.")] = ()
    url: Annotated[Url | None, Meta(description="The address where it is kept.")] = None
    allow: Annotated[
        tuple[Slug, ...],
        Meta(description="Codes of warnings and notes that its keepers have decided to live with."),
    ] = ()
