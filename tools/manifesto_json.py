"""The page of `manifesto.json`: every group of fields, from the shape that writes it."""

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import inspect as types

from manifesto_cli.outputs.addresses import EDITION, SCHEMA
from manifesto_cli.outputs.edition_shape import Edition
from manifesto_cli.outputs.shared_shape import Part
from tools.markdown import anchor, code, entry, fence, listed, page

Shape = type[Part]

_READING = f"""\
Every website has its whole content as data, in the file `{EDITION}` at its root: for people who compare manifestos, count pledges or check
facts. Its JSON Schema lies beside it as `{SCHEMA}`. Both are written by `manifesto build`.

- The file is UTF-8, and the same manifesto gives the same bytes.
- Every field is always there. What a record does not have is null, or an empty list.
- Fields may be added. None is renamed, and none changes its meaning, while `format` is 1.
- **Text** is plain. Markdown stands in groups of their own, [Text](#text), which also say where its links lead. Placeholders are filled in both.
- **Numbers** have the digits that were written: `1.10` is not shortened. Read them as decimals where that matters.
- **Dates** are text: `2026`, `2026-01` or `2026-01-31`, as far as they are known.
- **Addresses** of pages and pictures are seen from the root of the website. Put `url` before them for whole ones.
- What is said of one record by another is said with its `key`."""


def manifesto_json_page(_: Path) -> str:
    """The page."""
    return page(
        "The edition as data",
        _READING,
        "## The whole",
        _fields(Edition),
        "An example, shortened:",
        fence(_EXAMPLE, "json"),
        "## Groups of fields",
        *(part for shape in shapes() if shape is not Edition for part in _section(shape)),
    )


_EXAMPLE = """\
{
  "$schema": "manifesto.schema.json",
  "format": 1,
  "title": "A plan for Exampleshire",
  "pledges": [
    {
      "key": "police-and-crime:work-placements",
      "id": "work-placements",
      "library": "police-and-crime",
      "number": 1,
      "statement": "I will find work placements for people on probation.",
      "address": "pledges/work-placements.html"
    }
  ]
}"""


def shapes() -> tuple[Shape, ...]:
    """Every group of fields, in the order in which a reader meets them."""
    found: list[Shape] = []
    _meet(Edition, found)
    return tuple(found)


def title(shape: Shape) -> str:
    """What a group is called in headings: "Case study" for `CaseStudy`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", shape.__name__).capitalize()


def fields(shape: Shape) -> tuple[types.Field, ...]:
    """The fields of a group."""
    made: Any = types.type_info(shape)
    return tuple(made.fields)


def takes(hint: types.Type) -> str:
    """What a field holds, in a reader's words."""
    match hint:
        case types.Metadata():
            return takes(hint.type)
        case types.UnionType():
            *held, last = sorted(hint.types, key=lambda arm: isinstance(arm, types.NoneType))
            return f"{', '.join(map(takes, held))} or {takes(last)}"
        case types.NoneType():
            return "null"
        case types.LiteralType():
            return listed(map(str, hint.values), "or")
        case types.VarTupleType():
            return f"a list; each entry: {takes(hint.item_type)}"
        case types.StructType(cls=cls) if issubclass(cls, Part):
            return f"the fields of [{title(cls)}](#{anchor(title(cls))})"
        case types.IntType():
            return "a whole number"
        case types.BoolType():
            return "true or false"
        case types.CustomType():
            return "a number"
        case _:
            return "text"


def _section(shape: Shape) -> Iterator[str]:
    yield f"### {title(shape)}"
    where = "; ".join(
        f"{listed(names)} of {f'[{title(parent)}](#{anchor(title(parent))})' if parent is not Edition else 'the whole'}"
        for parent, names in _parents(shape).items()
    )
    yield f"{inspect.cleandoc(shape.__doc__ or '')} Stands in: {where}."
    yield _fields(shape)


def _fields(shape: Shape) -> str:
    return "\n".join(
        entry(code(field.encode_name), _sentence(field.type), takes(field.type)) for field in fields(shape)
    )


def _sentence(hint: types.Type) -> str:
    found = hint.extra_json_schema if isinstance(hint, types.Metadata) else None
    return str((found or {}).get("description", ""))


def _meet(shape: Shape, found: list[Shape]) -> None:
    if shape not in found:
        found.append(shape)
        for field in fields(shape):
            for inner in _inside(field.type):
                _meet(inner, found)


def _parents(shape: Shape) -> Mapping[Shape, list[str]]:
    """The groups in which a group stands, and in which of their fields."""
    places: dict[Shape, list[str]] = {}
    for parent in shapes():
        for field in fields(parent):
            if shape in _inside(field.type):
                places.setdefault(parent, []).append(field.encode_name)
    return places


def _inside(hint: types.Type) -> list[Shape]:
    match hint:
        case types.StructType(cls=cls) if issubclass(cls, Part):
            return [cls]
        case types.Metadata():
            return _inside(hint.type)
        case types.UnionType():
            return [inner for arm in hint.types for inner in _inside(arm)]
        case types.VarTupleType():
            return _inside(hint.item_type)
        case _:
            return []
