"""Numbers and dates as people write them, exact: own types, so that no YAML or float rule gets in between.

They subclass what they are made of and are not dataclasses, which msgspec would take apart by itself.
"""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from manifesto_cli.patterns import pattern

_NUMBER = pattern(r"-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.[0-9]{1,9})?")
_HOLE = pattern(r"\(\(([a-z][a-z0-9_.]*)\)\)")
_DATE = pattern(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:0[1-9]|[12][0-9]|3[01])"


class Number(Decimal):
    """An exact decimal number, written `12`, `-0.5` or `1,000`."""

    expected: ClassVar[str] = "a number like 12, 0.5 or 1000"
    pattern: ClassVar[str] = f"^{_NUMBER.pattern}$"
    """What editors go by."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number that a text says; ValueError for anything else, `1e3`, `NaN` and digits of other scripts included."""
        if not _NUMBER.fullmatch(text):
            raise ValueError(cls.expected)
        return cls(text.replace(",", ""))


class OpenNumber(Number):
    """A number, or a placeholder that is filled by one: until then it is 0, and `hole` is the placeholder's name."""

    expected: ClassVar[str] = "a number like 12, 0.5 or 1000, or a placeholder for one such as `((baseline))`"
    pattern: ClassVar[str] = rf"^(?:{_NUMBER.pattern}|{_HOLE.pattern})$"
    """What editors go by."""
    hole: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number or placeholder that a text says; ValueError for anything else."""
        match = _HOLE.fullmatch(text)
        if match is None:
            return super().parse(text)
        number = cls(0)
        number.hole = match[1]
        return number

    def __eq__(self, other: object) -> bool:
        """A placeholder is no number yet, not even the number 0."""
        return self.hole == getattr(other, "hole", "") and super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        """Decimal answers this by itself, and knows no placeholders."""
        return not self == other

    __hash__ = Number.__hash__


class Day(date):
    """A calendar day, written `2026-01-31`."""

    expected: ClassVar[str] = "a date like 2026-01-31"
    pattern: ClassVar[str] = f"^[0-9]{{4}}-{_MONTH}-{_DAY}$"
    """What editors go by, who have no calendar."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The day that a text says; ValueError for anything else and for days that no calendar has."""
        match = _DATE.fullmatch(text)
        if not match or not match[3]:
            raise ValueError(cls.expected)
        return cls(int(match[1]), int(match[2]), int(match[3]))


class PartialDate(str):
    """A year, a month or a day, written `2026`, `2026-01` or `2026-01-31`. As text, dates of one kind sort by time."""

    __slots__ = ()
    expected: ClassVar[str] = "a date like 2026, 2026-01 or 2026-01-31"
    pattern: ClassVar[str] = f"^[0-9]{{4}}(?:-{_MONTH}(?:-{_DAY})?)?$"
    """What editors go by, who have no calendar."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The date that a text says; ValueError for anything else and for dates that no calendar has."""
        match = _DATE.fullmatch(text)
        if not match:
            raise ValueError(cls.expected)
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        return cls(text)
