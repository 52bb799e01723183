"""Numbers that have bounds, as recipes for colours are made of them."""

import re
from typing import ClassVar, Self

_NUMBER = r"-?(?:[0-9]{1,3}(?:\.[0-9]{1,6})?|\.[0-9]{1,6})"


class Factor(float):
    """A number between two bounds, written `0.74`, `.74` or `-95`."""

    __slots__ = ()
    lowest: ClassVar[float] = -1000
    highest: ClassVar[float] = 1000
    expected: ClassVar[str] = "a number like 0.74"
    pattern: ClassVar[str] = f"^{_NUMBER}$"
    """What editors go by, who do not look at the bounds."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The number that a text says; ValueError for anything else and for what lies outside the bounds."""
        if not re.fullmatch(_NUMBER, text) or not cls.lowest <= float(text) <= cls.highest:
            raise ValueError(cls.expected)
        return cls(text)


class Lightness(Factor):
    """How light a colour is: 0 is black, 1 is white."""

    __slots__ = ()
    lowest = 0
    highest = 1
    expected = "a number from 0 to 1, such as 0.74"


class Chroma(Factor):
    """How colourful a colour is: 0 is grey; what screens can show ends below 0.33."""

    __slots__ = ()
    lowest = 0
    highest = 0.4
    expected = "a number from 0 to 0.4, such as 0.08"


class Hue(Factor):
    """Where a colour stands in the circle of hues, in degrees."""

    __slots__ = ()
    lowest = -360
    highest = 360
    expected = "degrees from -360 to 360, such as 205"


class Step(Factor):
    """A change of lightness."""

    __slots__ = ()
    lowest = -1
    highest = 1
    expected = "a number from -1 to 1, such as -0.07"


class Ratio(Factor):
    """A contrast as WCAG measures it: 1 is none, 21 is black on white."""

    __slots__ = ()
    lowest = 1
    highest = 21
    expected = "a number from 1 to 21, such as 4.5"
