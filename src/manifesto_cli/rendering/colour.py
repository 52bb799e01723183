"""Arithmetic of colours: between sRGB and OKLCH, into what screens show, and how well one can be read on another.

OKLCH and its matrices are Björn Ottosson's (https://bottosson.github.io/posts/oklab/, public domain), as CSS Color 4 has
them; contrast is that of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). A colour is a text such as `#7a1f5c`.
"""

import math
from collections.abc import Callable, Iterable
from functools import lru_cache

from msgspec import Struct

STEP = 0.01
"""How far the lightness moves at a time."""
_GREY = 0.004
"""Below this chroma a colour is taken for a grey: its hue is what rounding to whole numbers has left."""
_SLACK = 1e-6
_HALVINGS = 14
"""Enough for eight bits: 0.4 halved so often is 0.00003."""


class Oklch(Struct, frozen=True):
    """A colour by how it looks."""

    lightness: float
    """0 is black, 1 is white."""
    chroma: float
    hue: float
    """In degrees. Means nothing where the colour is a grey."""

    @property
    def is_grey(self) -> bool:
        """Whether it has no hue worth the name."""
        return self.chroma < _GREY


@lru_cache(maxsize=4096)
def to_oklch(colour: str) -> Oklch:
    """The OKLCH of an sRGB colour."""
    red, green, blue = map(_linear, channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


@lru_cache(maxsize=65536)
def to_srgb(colour: Oklch) -> str:
    """The sRGB colour of the same lightness and hue, with as much of the chroma as screens can show."""
    if colour.lightness >= 1 or colour.lightness <= 0:
        return "#ffffff" if colour.lightness >= 1 else "#000000"
    chroma = _shown(colour.lightness, colour.chroma, colour.hue)
    found = (_encoded(value) for value in _linear_srgb(colour.lightness, chroma, colour.hue))
    return "#" + "".join(f"{round(255 * value):02x}" for value in found)


def fitted(colour: Oklch) -> Oklch:
    """The colour with its chroma reduced until it is one that screens show; lightness and hue stay."""
    lightness = min(max(colour.lightness, 0), 1)
    chroma = _shown(lightness, colour.chroma, colour.hue) if 0 < lightness < 1 else 0
    return Oklch(lightness, chroma, colour.hue)


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of a colour, from 0 to 1. `#abc` is `#aabbcc`."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004 - the short form
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def written_out(colour: str) -> str:
    """The colour with six small digits."""
    return "#" + "".join(f"{round(255 * value):02x}" for value in channels(colour))


@lru_cache(maxsize=65536)
def luminance(colour: str) -> float:
    """How much light a colour gives, from 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = map(_linear, channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, whichever is the text (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str, grounds: Iterable[str]) -> float:
    """The contrast of a colour on that of several grounds on which it is lowest; 21 where there is none."""
    return min((contrast(colour, ground) for ground in grounds), default=21)


def most_contrast(colour: str, grounds: Iterable[str]) -> float:
    """The contrast of a colour on that of several grounds on which it is highest; 1 where there is none."""
    return max((contrast(colour, ground) for ground in grounds), default=1)


def moved(
    start: Oklch, passes: Callable[[str], bool], toward: str = "nearest", by: float = STEP
) -> Oklch | None:
    """The colour of the nearest lightness that passes, in steps of 0.01 or of `by`, or None if none does.

    `toward` is `dark`, `light` or `nearest`. Of two that are equally near, the darker one counts. Chroma is kept as far as it can be shown.
    """
    ways = {"dark": (-by,), "light": (by,)}.get(toward, (-by, by))
    for step in range(round(1 / by) + 2):
        for way in ways if step else (by,):
            lightness = start.lightness + step * way
            if -by < lightness < 1 + by:
                colour = Oklch(min(max(lightness, 0), 1), start.chroma, start.hue)
                if passes(to_srgb(colour)):
                    return fitted(colour)
    return None


def _linear(value: float) -> float:
    # IEC 61966-2-1, as CSS Color 4 has it. WCAG writes 0.03928, which differs for no colour of eight bits.
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _encoded(value: float) -> float:
    value = min(max(value, 0), 1)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055  # noqa: PLR2004


def _linear_srgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _shown(lightness: float, chroma: float, hue: float) -> float:
    """The chroma, or the highest below it that screens can show at this lightness and hue."""

    def inside(chroma: float) -> bool:
        return all(-_SLACK <= value <= 1 + _SLACK for value in _linear_srgb(lightness, chroma, hue))

    if inside(chroma):
        return chroma
    low, high = 0.0, chroma
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle) else (low, middle)
    return low
