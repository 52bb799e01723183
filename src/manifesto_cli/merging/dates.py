"""Dates as people read them."""

from manifesto_cli.model.quantity import Day, PartialDate

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_words(day: Day | PartialDate, language: str) -> str:
    """A date as running text has it: `6 May 2027`, `May 2027` or `2027` in English, else as it was written.

    Month names of other languages are not guessed; the written form is unambiguous everywhere (ISO 8601).
    """
    written = str(day)
    if not language.startswith("en"):
        return written
    year, *rest = written.split("-")
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    return " ".join(part for part in (str(int(rest[1])) if len(rest) > 1 else "", month, year) if part)
