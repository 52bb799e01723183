"""Whether the election is still to come."""

from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, note


def polling_day_past(examined: Examined) -> Iterator[Diagnostic]:
    """The polling day of a manifesto has passed.

    A manifesto may well stay published after the vote: it is what was promised. This is only a note.

    Mend it by writing the day of the next vote; if the manifesto is kept as it was, allow it: `allow: [polling-day-past]`.
    """
    if examined.edition is None:
        return
    day = examined.edition.manifesto.office.polling_day
    if day and day < examined.today:
        yield note(
            "polling-day-past",
            "the polling day has passed",
            examined.edition.origin.at("office", "polling_day"),
            "this day has passed",
            help="write the day of the next vote, or `allow: [polling-day-past]` to keep the manifesto as it was",
        )
