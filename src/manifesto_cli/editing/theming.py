"""The first files of a theme of one's own: each says what it is for, and all together look like the theme that they build on."""

from collections.abc import Mapping

from manifesto_cli.editing.scalars import quoted
from manifesto_cli.reading.schema import schema_line

FIRST = "pledge.html"
"""The template that a new theme begins with: the page that there are most of."""


def theme_files(title: str, extends: str, *, template: bool) -> Mapping[str, str]:
    """The files of a theme that builds on another, by path; `template` says whether that one has the first template."""
    files = {"theme.yaml": _header(title, extends), "assets/style.css": _style(extends)}
    return {**files, f"templates/{FIRST}": _template(extends)} if template else files


def _header(title: str, extends: str) -> str:
    return f"""\
{schema_line("theme", 2)}
# What this theme says of itself. What it does not say or have is taken from `{extends}`.
title: {quoted(title)}
# about: One sentence that says what it is like.
api: 1
extends: {extends}
# What a manifesto can set under `site: options:`. The options of `{extends}` are there too; one of the same name takes its place,
# for example to begin with another colour.
# options:
#   accent: {{kind: colour, default: "#7a1f5c", about: The colour of links and bars.}}
"""


def _style(extends: str) -> str:
    return f"""\
/* The styles of this theme. They come after those of `{extends}`, so where both speak of the same thing, these count.
   Fonts and pictures lie in this folder too; no page loads anything from elsewhere. */

h1 {{
  text-wrap: balance;
}}
"""


def _template(extends: str) -> str:
    return f"""\
{{# The page of a pledge. It shows that of `{extends}`; what stands before `super()` or after it comes above it or below it.
   To change the page itself, copy it here: delete this file, then type `manifesto theme shadow {FIRST}`. #}}
{{% extends "{extends}/{FIRST}" %}}
{{% block main %}}
{{{{ super() }}}}
{{% endblock %}}
"""
