"""What each jurisdiction asks of an imprint, as values: one profile each, with its source."""

from collections.abc import Mapping

from msgspec import Struct


class Profile(Struct, frozen=True):
    """The rules of one jurisdiction. Not legal advice."""

    source: str
    """Where the rules are written."""
    promoter: bool
    """Whether the imprint must name a promoter, with a postal address."""
    on_behalf_of: bool
    """Whether it must name everyone on whose behalf the promoter publishes, with a postal address."""
    printer: bool
    """Whether it must name the printer, with a postal address, on paper."""


PROFILES: Mapping[str, Profile] = {
    "uk": Profile(
        source="Elections Act 2022, part 6, and the Electoral Commission's statutory guidance on digital imprints; "
        "on paper, Representation of the People Act 1983, section 110, and Political Parties, Elections and Referendums Act 2000, section 143",
        promoter=True,
        on_behalf_of=True,
        printer=True,
    ),
    "none": Profile(source="", promoter=False, on_behalf_of=False, printer=False),
}
"""By the name that `jurisdiction:` takes."""
