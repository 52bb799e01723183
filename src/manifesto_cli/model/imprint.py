"""Who is responsible for a publication, as election law asks."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Words


class Person(Record, frozen=True, kw_only=True):
    """A person or organisation with a postal address. Whether an address is needed is up to the jurisdiction."""

    name: Annotated[Words, Meta(description="The full name.")]
    address: Annotated[Words | None, Meta(description="The postal address.")] = None


class Imprint(Record, frozen=True, kw_only=True):
    """Who is responsible for the publication. Which parts are needed is up to the jurisdiction."""

    jurisdiction: Annotated[
        Literal["uk", "none"], Meta(description="Whose rules apply; `none` if no rules do.")
    ]
    promoter: Annotated[
        Person | None, Meta(description="The promoter: who causes the material to be published.")
    ] = None
    on_behalf_of: Annotated[
        tuple[Person, ...], Meta(description="On whose behalf it is published, where that is somebody else.")
    ] = ()
    printer: Annotated[Person | None, Meta(description="Who prints it; needed for whatever is printed.")] = (
        None
    )
