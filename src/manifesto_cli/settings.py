"""What a run is told."""

from msgspec import Struct

from manifesto_cli.model.quantity import Day


class Settings(Struct, frozen=True):
    """What a run is told beyond what the project says."""

    today: Day
    """The day on which it is looked at: whether a date has passed is only ever a note."""
    url: str | None = None
    """The address of the site, before the manifesto's own."""
    drafts: bool = False
    """Whether drafts are taken in."""
    jobs: int | None = None
    """Among how many processes work may be divided; None for as many as are worth it."""
