r"""The kinds of text that fields are made of.

Every pattern ends in `$(?!\n)`, because in Python `$` alone lets a line end slip through.
"""

from typing import Annotated

from msgspec import Meta

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"

Text = Annotated[str, Meta(max_length=10_000, extra={"expected": "a text of at most 10,000 characters"})]
"""Plain text as written."""

Words = Annotated[Text, Meta(extra={"holes": True})]
"""Plain text for readers: no Markdown; placeholders are filled."""

Prose = Annotated[
    str,
    Meta(
        max_length=100_000,
        extra={"holes": True, "markdown": True, "expected": "a text of at most 100,000 characters"},
    ),
]
"""Markdown for readers; placeholders are filled."""

Slug = Annotated[
    str,
    Meta(
        pattern=rf"^{_SLUG}$(?!\n)",
        extra={"expected": "lower-case words joined by hyphens, such as `payback-panels`"},
    ),
]
"""A tag, an id or any other short name that a machine compares."""

Reference = Annotated[
    str,
    Meta(
        pattern=rf"^(?:{_SLUG}:)?{_SLUG}$(?!\n)",
        extra={"expected": "an id such as `rhubarb-farm`, or `library:id` to name the library too"},
    ),
]
"""The id of a record, with the library in front where a bare id would not do."""

HoleName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_.]*$(?!\n)",
        extra={"expected": "a name of lower-case letters, digits, `_` and `.`, such as `partner_farm`"},
    ),
]
"""What stands between the parentheses of a placeholder."""

Url = Annotated[
    str,
    Meta(
        pattern=r"""^https?://[^\s<>"'`\\]+$(?!\n)""",
        max_length=2000,
        extra={"expected": "an address that starts with `https://`"},
    ),
]
"""An address on the web."""

Email = Annotated[
    str,
    Meta(
        pattern=r"""^[^\s@<>"]{1,64}@(?:[^\s@<>".]{1,63}\.)+[^\s@<>".]{2,63}$(?!\n)""",
        extra={"expected": "an address such as `name@example.org`"},
    ),
]
"""An e-mail address."""

Domain = Annotated[
    str,
    Meta(
        pattern=r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$(?!\n)",
        max_length=253,
        extra={"expected": "a domain name such as `www.example.org`"},
    ),
]
"""The name of a host."""

SiteUrl = Annotated[
    str,
    Meta(
        pattern=r"""^https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[^\s<>"'`\\?#\[\]]*)?$(?!\n)""",
        max_length=500,
        extra={"expected": "an address such as `https://example.org/`, without `?` and `#`"},
    ),
]
"""The address of a site."""

Language = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$(?!\n)",
        extra={"expected": "a language code such as `en-GB` or `cy`"},
    ),
]
"""A language tag (BCP 47)."""

Currency = Annotated[
    str,
    Meta(pattern=r"^[A-Z]{3}$(?!\n)", extra={"expected": "a currency code of three capitals, such as `GBP`"}),
]
"""A currency code (ISO 4217)."""

ColourName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$(?!\n)",
        extra={"expected": "lower-case words joined by hyphens, such as `accent-ink`"},
    ),
]
"""The name of a colour of a theme."""

ColourReference = Annotated[
    str,
    Meta(
        pattern=r"^(?:#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[a-z][a-z0-9_.-]*)$(?!\n)",
        extra={"expected": "the name of a colour, or a colour such as `#7a1f5c`, in quotes"},
    ),
]
"""A colour by name or as style sheets write it."""

OptionDefault = Annotated[
    str,
    Meta(
        pattern=rf"^(?:#(?:[0-9a-fA-F]{{3}}|[0-9a-fA-F]{{6}})|{_SLUG})$(?!\n)",
        extra={"expected": "a colour such as `#7a1f5c`, in quotes, or one of `values:`"},
    ),
]
"""What an option of a theme is where nobody sets it."""

Country = Annotated[
    str, Meta(pattern=r"^[A-Z]{2}$(?!\n)", extra={"expected": "a country code of two capitals, such as `GB`"})
]
"""A country code (ISO 3166-1)."""

MediaFile = Annotated[
    str,
    Meta(
        pattern=r"^media/(?!.*(?:^|/)\.)[A-Za-z0-9._/-]+\.(?:[jJ][pP][eE]?[gG]|[pP][nN][gG]|[wW][eE][bB][pP]|[aA][vV][iI][fF]|[gG][iI][fF])$(?!\n)",
        extra={
            "expected": "a jpg, png, webp, avif or gif in the media folder, without spaces, such as `media/rhubarb-farm.jpg`"
        },
    ),
]
"""A picture in the `media` folder of the project or library, by its path there. Cameras write `IMG_1234.JPG`."""
