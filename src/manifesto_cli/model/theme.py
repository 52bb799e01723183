"""What a theme says of itself."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Colour, HoleName, Slug, Text


class ThemeOption(Record, frozen=True, kw_only=True):
    """Something that a manifesto may set under `site.options`."""

    kind: Annotated[Literal["colour"], Meta(description="What kind of value it takes.")]
    default: Annotated[Colour, Meta(description="Its value where a manifesto does not set it.")]
    about: Annotated[Text, Meta(description="What it changes, in one sentence.")]


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
    options: Annotated[
        dict[HoleName, ThemeOption],
        Meta(description="What a manifesto may set under `site.options`, by name."),
    ] = {}
