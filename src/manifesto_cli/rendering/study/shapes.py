"""What kinds of values templates meet, from the types of the views. Whatever cannot be told is `UNKNOWN`, and nothing is said of it."""

import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from manifesto_cli.rendering.views.booklet import BookletView, booklet_view
from manifesto_cli.rendering.views.kinds import HOMES, view_maker
from manifesto_cli.rendering.views.letter import LetterView
from manifesto_cli.rendering.views.types import SiteView


class Shape(Struct, frozen=True):
    """What is known of a value."""

    kind: Literal[
        "unknown", "text", "number", "truth", "none", "view", "list", "mapping", "options", "module", "macro"
    ]
    view: type[Struct] | None = None
    """The type of a view."""
    of: tuple["Shape", ...] = ()
    """What a list or mapping holds: any of these."""
    name: str = ""
    """The key of a macro, or the path of the template that a module is."""


UNKNOWN, TEXT, NUMBER, TRUTH, NONE = (
    Shape("unknown"),
    Shape("text"),
    Shape("number"),
    Shape("truth"),
    Shape("none"),
)
Shapes = tuple[Shape, ...]
"""A value that has one of several shapes, each once. A value of which nothing is known has the one shape `UNKNOWN`."""

ANYTHING: Shapes = (UNKNOWN,)
_MOST = 40
_DEEPEST = 3
"""More than these, and nothing is known of a value."""


def either(*several: Shapes) -> Shapes:
    """One of all these shapes."""
    found = dict.fromkeys(shape for shapes in several for shape in shapes)
    return ANYTHING if UNKNOWN in found or len(found) > _MOST else tuple(found)


def listed(entries: Shapes) -> Shapes:
    """A list of such values. Of lists in lists in lists nothing is known: a macro could put its own list into another one for ever."""
    return (Shape("list", of=ANYTHING if _deep(entries, _DEEPEST) else entries),)


def _deep(shapes: Shapes, left: int) -> bool:
    return left == 0 or any(_deep(shape.of, left - 1) for shape in shapes if shape.of)


def entries(shapes: Shapes) -> Shapes:
    """What a loop over such a value meets."""
    met: list[Shapes] = []
    for shape in shapes:
        if shape.kind == "list":
            met.append(shape.of)
        elif shape.kind in ("text", "mapping"):
            met.append((TEXT,))
        elif shape.kind != "none":
            return ANYTHING
    return either(*met) if met else ANYTHING


@cache
def shapes_of(hint: Any) -> Shapes:
    """The shapes of a value whose type is written so."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return either(*map(shapes_of, inner))
    if origin is tuple:
        return listed(either(*(shapes_of(each) for each in inner if each is not Ellipsis)))
    if origin in (list, frozenset, set):
        return listed(shapes_of(inner[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return (Shape("mapping", of=shapes_of(inner[1])),)
    if not isinstance(hint, type):
        return ANYTHING
    known = {bool: TRUTH, int: NUMBER, float: NUMBER, str: TEXT, types.NoneType: NONE}
    if issubclass(hint, Struct):
        return (Shape("view", view=hint),)
    return (known[hint],) if hint in known else ANYTHING


@cache
def fields(view: type[Struct]) -> Mapping[str, Shapes]:
    """The fields of a view and what each holds, in the order in which they are written."""
    hints = get_type_hints(view)
    return {name: shapes_of(hints[name]) for name in view.__struct_fields__}


def _made(maker: Any) -> type[Struct]:
    view: type[Struct] = get_type_hints(maker)["return"]
    return view


SITE: Shapes = shapes_of(SiteView)
PAGES: Mapping[str, type[Struct]] = {
    **{f"{kind}.html": _made(view_maker(kind)) for kind in HOMES},
    "whole.html": _made(booklet_view),
    "booklet.md": BookletView,
    "letter.md": LetterView,
}
"""Every template that makes a page by itself, and the view that it gets as `page`."""


def reachable(starts: Iterable[type[Struct]]) -> tuple[type[Struct], ...]:
    """These views and all that are met in their fields, in the order in which a reader meets them."""
    found: dict[type[Struct], None] = {}
    waiting = list(starts)
    while waiting:
        view = waiting.pop(0)
        if view not in found:
            found[view] = None
            waiting += (inner for shapes in fields(view).values() for inner in _views(shapes))
    return tuple(found)


def _views(shapes: Shapes) -> Iterable[type[Struct]]:
    for shape in shapes:
        if shape.view:
            yield shape.view
        yield from _views(shape.of)
