"""The page of all fields: every kind of file and every record inside, from the models."""

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec import inspect as types

from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.library_header import LibraryHeader
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.picks import NOT_OVERRIDDEN, CaseStudyPick, IdeaPick, PriorityPick
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.record import Record
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.model.theme import ThemeHeader
from tools.examples import excerpt
from tools.markdown import anchor, choices, code, entry, fence, page

Model = type[Record]


class Kind(Struct, frozen=True):
    """A kind of file that people write."""

    title: str
    file: str
    model: Model
    example: str
    """A shipped file of the kind."""
    parts: int | None = None
    """How much of it is shown, where a part shows all there is to see."""


KINDS = (
    Kind("Manifesto", "manifesto.yaml", Manifesto, "examples/minimal/manifesto.yaml"),
    Kind("Idea", "ideas/*.yaml", Idea, "ideas/police-and-crime/ideas/community-payback-panels.yaml"),
    Kind(
        "Case study",
        "case-studies/*.yaml",
        CaseStudy,
        "ideas/police-and-crime/case-studies/rhubarb-farm.yaml",
    ),
    Kind(
        "Priority", "priorities/*.yaml", Priority, "ideas/police-and-crime/priorities/breaking-the-cycle.yaml"
    ),
    Kind("Source", "sources.yaml", SourceDocument, "ideas/police-and-crime/sources.yaml", 2),
    Kind("Library", "library.yaml", LibraryHeader, "ideas/police-and-crime/library.yaml"),
    Kind("Theme", "theme.yaml", ThemeHeader, "themes/civic/theme.yaml"),
)

PICKS: Mapping[Any, Model] = {IdeaPick: Idea, CaseStudyPick: CaseStudy, PriorityPick: Priority}
"""What a manifesto takes → whose fields it may replace."""

_READING = """\
Each kind of file has a section, and so has each group of fields inside it. Below the sentence of a field stands what it takes, and whether it is required.

- **Text, placeholders filled** is plain text for readers: `((name))` is replaced by the value of that name, and `\\((` is two parentheses that are meant.
- **Markdown, placeholders filled** is a longer text with paragraphs, headings, lists and links. HTML is not allowed in it.
- **Text** is taken as it is written.
- **An id** is the name of a file without `.yaml`, or for a source its name in `sources.yaml`: lower-case words joined by hyphens.
- **Names** are made of lower-case letters, digits, `_` and `.`, and start with a letter.
- An empty field is a field that is not there. A field that is not listed here is a fault, so that a slip of the pen is not overlooked."""


def fields_page(root: Path) -> str:
    """The page; examples are read from the checkout at `root`."""
    sections: list[str] = []
    told: set[Model] = set()
    parents = _parents()
    for kind in KINDS:
        sections += _kind(kind, (root / kind.example).read_text(encoding="utf-8"))
        told.add(kind.model)
        for model in _inside(kind.model, told):
            sections += _record(model, parents[model])
    files = "\n".join(
        f"- {code(kind.file)}: {_link(kind.model)}" + (", by id" if kind.file == "sources.yaml" else "")
        for kind in KINDS
    )
    return page("Fields", _READING, "## Files", files, *sections)


def title(model: Model) -> str:
    """What a record is called in headings: "Case study" for `CaseStudy`."""
    known = {kind.model: kind.title for kind in KINDS}
    words = re.findall(r"[A-Z][a-z]*", model.__name__)
    return known.get(model) or " ".join([words[0], *(word.lower() for word in words[1:])])


def records() -> frozenset[Model]:
    """Every model that the page has a section for."""
    told = {kind.model for kind in KINDS}
    for kind in KINDS:
        list(_inside(kind.model, told))
    return frozenset(told)


def own_fields(model: Model) -> tuple[types.Field, ...]:
    """The fields that a record's section lists: of a pick, those that are not replacements."""
    info = types.type_info(model)
    assert isinstance(info, types.StructType)
    base: Any = model.__base__
    own = base.__struct_fields__ if model in PICKS else model.__struct_fields__
    return tuple(field for field in info.fields if field.name in own)


def takes(hint: types.Type, extra: Mapping[str, Any] | None = None) -> str:
    """What a field of this type takes, in a reader's words."""
    extra = extra or {}
    match hint:
        case types.Metadata():
            return takes(hint.type, {**extra, **(hint.extra or {})})
        case types.UnionType():
            return ", or ".join(takes(arm, extra) for arm in hint.types if not _is_absence(arm))
        case types.LiteralType():
            return choices(str(value) for value in hint.values)
        case types.VarTupleType():
            return f"a list; each entry: {takes(hint.item_type)}"
        case types.DictType():
            return f"names with values; each value: {takes(hint.value_type)}"
        case types.StructType():
            return f"the fields of {_link(hint.cls)}"
        case types.CustomType():
            return str(hint.cls.expected)
    if "markdown" in extra:
        return "Markdown, placeholders filled"
    if "holes" in extra:
        return "text, placeholders filled"
    expected = str(extra.get("expected", "text"))
    return "text" if expected.startswith("a text of at most") else expected


def _kind(kind: Kind, example: str) -> Iterator[str]:
    yield f"## {kind.title}"
    yield _introduction(kind.model)
    yield _list(kind.model)
    yield f"An example, shortened from [{kind.example}](../../{kind.example}):"
    yield fence(excerpt(example, kind.parts), "yaml")


def _record(model: Model, parents: list[tuple[Model, str]]) -> Iterator[str]:
    yield f"### {title(model)}"
    places: dict[Model, list[str]] = {}
    for parent, name in parents:
        places.setdefault(parent, []).append(code(name))
    where = "; ".join(f"{' and '.join(names)} of {_link(parent)}" for parent, names in places.items())
    yield f"{_introduction(model)} Stands in: {where}."
    yield _list(model)
    if model in PICKS:
        record = PICKS[model]
        kept = choices(sorted(NOT_OVERRIDDEN[record]))
        yield (
            f"Besides these it may have any field of {_link(record)}, but not {kept}. Such a field replaces the "
            "library's as a whole: nothing is merged inside it. An empty text (`\"\"`) or list (`[]`) is a value, too."
        )


def _introduction(model: Model) -> str:
    described = model.__base__ if model in PICKS and model.__base__ else model
    return inspect.cleandoc(described.__doc__ or "")


def _list(model: Model) -> str:
    return "\n".join(
        entry(code(field.encode_name), _sentence(field.type), f"{takes(field.type)} ({_need(field)})")
        for field in own_fields(model)
    )


def _need(field: types.Field) -> str:
    if field.required:
        return "required"
    given = isinstance(field.default, str) and field.default
    return f"{code(str(field.default))} unless written" if given else "optional"


def _sentence(hint: types.Type) -> str:
    found = hint.extra_json_schema if isinstance(hint, types.Metadata) else None
    return str((found or {}).get("description", ""))


def _link(model: Model) -> str:
    return f"[{title(model)}](#{anchor(title(model))})"


def _inside(model: Model, told: set[Model]) -> Iterator[Model]:
    """The records inside a record that have not been told of yet, in the order in which a reader meets them."""
    for field in own_fields(model):
        for inner in _structs(field.type):
            if inner not in told:
                told.add(inner)
                yield inner
                yield from _inside(inner, told)


def _parents() -> Mapping[Model, list[tuple[Model, str]]]:
    """Where each record stands: in which field of which other."""
    found: dict[Model, list[tuple[Model, str]]] = {}
    for parent in sorted(records(), key=title):
        for field in own_fields(parent):
            for inner in _structs(field.type):
                found.setdefault(inner, []).append((parent, field.encode_name))
    return found


def _structs(hint: types.Type) -> Iterator[Model]:
    match hint:
        case types.StructType():
            yield hint.cls
        case types.Metadata():
            yield from _structs(hint.type)
        case types.UnionType():
            for arm in hint.types:
                yield from _structs(arm)
        case types.VarTupleType():
            yield from _structs(hint.item_type)
        case types.DictType():
            yield from _structs(hint.value_type)


def _is_absence(hint: types.Type) -> bool:
    return isinstance(hint, types.NoneType) or (
        isinstance(hint, types.CustomType) and hint.cls is msgspec.UnsetType
    )
