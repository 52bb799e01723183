"""What a theme says of itself."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.factors import Chroma, Hue, Lightness, Ratio, Step
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import ColourName, ColourReference, HoleName, OptionDefault, Slug, Text


class ThemeOption(Record, frozen=True, kw_only=True):
    """Something that a manifesto may set under `site.options`."""

    kind: Annotated[
        Literal["colour", "choice", "picture"],
        Meta(
            description="What kind of value it takes: a colour, one word of several, or a picture with its description."
        ),
    ]
    default: Annotated[
        OptionDefault | None,
        Meta(
            description="Its value where a manifesto does not set it. A choice must have one, a colour may, a picture has none."
        ),
    ] = None
    values: Annotated[tuple[Slug, ...], Meta(description="The words that a choice is among.")] = ()
    about: Annotated[Text, Meta(description="What it changes, in one sentence.")]


def _as_written(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Shade(Record, frozen=True, kw_only=True, rename=_as_written):
    """How a colour is made, in OKLCH: its fields are applied in the order in which they stand here, and then it is reduced to what screens show (sRGB)."""

    from_: Annotated[
        ColourReference | None,
        Meta(
            description="The colour to start at: an option of kind colour, else another colour of the theme, else one such as `#7a1f5c`."
        ),
    ] = None
    lightness: Annotated[
        Lightness | None, Meta(description="Its lightness, from 0 (black) to 1 (white).")
    ] = None
    chroma: Annotated[
        Chroma | None,
        Meta(
            description="How colourful it is, from 0 (grey) to 0.4. What starts at a grey stays grey unless `hue:` is set too."
        ),
    ] = None
    hue: Annotated[Hue | None, Meta(description="Its hue in degrees.")] = None
    turn: Annotated[Hue | None, Meta(description="Degrees to add to the hue.")] = None
    lighter: Annotated[
        Step | None, Meta(description="What to add to the lightness; less than 0 is darker.")
    ] = None
    chroma_at_most: Annotated[Chroma | None, Meta(description="How colourful it may be at most.")] = None
    contrast: Annotated[
        Ratio | None,
        Meta(
            description="The contrast that it must have (WCAG). Its lightness moves in steps of 0.01 until that is so on all colours of `on:`, or on one of `any-of:`."
        ),
    ] = None
    on: Annotated[
        tuple[ColourReference, ...],
        Meta(description="The colours on which the contrast counts: all of them."),
    ] = ()
    any_of: Annotated[
        tuple[ColourReference, ...],
        Meta(description="The colours on which the contrast counts: at least one of them."),
    ] = ()
    toward: Annotated[
        Literal["dark", "light", "nearest"],
        Meta(description="Which way the lightness moves until the contrast is reached."),
    ] = "nearest"
    away_from: Annotated[
        ColourReference | None, Meta(description="A colour whose lightness it then moves away from.")
    ] = None
    by: Annotated[
        Lightness | None,
        Meta(description="How far the lightness moves away from the colour of `away-from:`."),
    ] = None
    best_of: Annotated[
        tuple[ColourReference, ...],
        Meta(
            description="Instead of all that: colours of which the one is taken whose lowest contrast on those of `on:` is highest."
        ),
    ] = ()


class Recipe(Shade, frozen=True, kw_only=True, rename=_as_written):
    """How a colour is made in one scheme."""

    otherwise: Annotated[
        Shade | None, Meta(description="How it is made where the option in `from:` has no value.")
    ] = None


class ThemeColour(Recipe, frozen=True, kw_only=True, rename=_as_written):
    """A colour of a theme, as a recipe for both schemes or as one for each. Style sheets have it as a custom property."""

    light: Annotated[Recipe | None, Meta(description="How it is made in the light scheme and on paper.")] = (
        None
    )
    dark: Annotated[Recipe | None, Meta(description="How it is made in the dark scheme.")] = None


class ThemePair(Record, frozen=True, kw_only=True):
    """A promise that something can be read: computed for both schemes at every build."""

    text: Annotated[ColourReference, Meta(description="The colour of what is to be read.")]
    on: Annotated[
        tuple[ColourReference, ...],
        Meta(description="The colours that it stands on."),
    ]
    ratio: Annotated[
        Ratio,
        Meta(
            description="The least contrast that it has on each of them (WCAG): 4.5 for text, 7 for long text, 3 for large type and for lines that mean something."
        ),
    ]


LeftOut = Literal[
    "deals",
    "case-studies",
    "evidence",
    "costs",
    "about",
    "whole",
    "accessibility",
    "privacy",
    "imprint",
    "not-found",
    "json",
    "feed",
    "sitemap",
    "robots",
    "web-manifest",
    "linked-data",
]
"""What a site can do without: pages by their kinds, and then what is there for machines."""


class ThemeHeader(Record, frozen=True, kw_only=True):
    """The file `theme.yaml`."""

    title: Annotated[Text, Meta(description="The theme's name for people.")]
    about: Annotated[Text | None, Meta(description="What it is like, in one sentence.")] = None
    api: Annotated[
        Literal["1"], Meta(description="The version of the views that its templates were written for: 1.")
    ]
    extends: Annotated[
        Slug | None, Meta(description="The theme whose templates and styles it builds on.")
    ] = None
    ground: Annotated[
        Literal["true"] | None,
        Meta(
            description="For a theme that is only there for others to build on, and that no manifesto should name: `true`."
        ),
    ] = None
    leaves_out: Annotated[
        tuple[LeftOut, ...] | None,
        Meta(
            description="Pages and files that its sites do without: pages by the names of their templates (such as `evidence`), and `json`, `feed`, `sitemap`, `robots`, `web-manifest` and `linked-data`. Where a theme says nothing of it, the list of the one that it extends counts; `[]` leaves out nothing."
        ),
    ] = None
    options: Annotated[
        dict[HoleName, ThemeOption],
        Meta(description="What a manifesto may set under `site.options`, by name."),
    ] = {}
    colours: Annotated[
        dict[ColourName, ThemeColour],
        Meta(
            description="The colours of the theme by name. They are made from the options at every build, and `--NAME` is each in a style sheet."
        ),
    ] = {}
    pairs: Annotated[
        tuple[ThemePair, ...],
        Meta(
            description="Which colours can be read on which. A build stops where the colours of a manifesto break such a promise."
        ),
    ] = ()
