"""Kind of page → what makes its view. Of what few manifestos have nothing is loaded before there is such a page."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast

from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views.elements import PageView
from manifesto_cli.rendering.views.material import Material

HOMES = {
    "home": "pages",
    "priority": "pages",
    "pledge": "pages",
    "deals": "deals",
    "deal": "deals",
    "case-study": "pages",
    "case-studies": "pages",
    "evidence": "evidence",
    "costs": "costs",
    "about": "pages",
    "accessibility": "pages",
    "privacy": "pages",
    "imprint": "pages",
    "not-found": "pages",
}
"""The module of each, in which the function is called as the kind is, with `_view` behind it."""


@cache
def view_maker(kind: str) -> Callable[[Material, Page], PageView]:
    """What makes the view of a page of a kind."""
    home = import_module(f"manifesto_cli.rendering.views.{HOMES[kind]}")
    return cast("Callable[[Material, Page], PageView]", getattr(home, f"{kind.replace('-', '_')}_view"))
