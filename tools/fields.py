"""The page of all fields: every kind of file and every record inside, from the models."""

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct
from msgspec import inspect as types

from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.picks import NOT_OVERRIDDEN, CaseStudyPick, DealPick, IdeaPick, PriorityPick
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import HoleName, Prose, Reference, Slug, Text
from manifesto_cli.reading import schema
from tools.examples import excerpt
from tools.markdown import anchor, code, entry, fence, listed, page

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


_SHOWN: Mapping[str, tuple[str, str, int | None]] = {
    "manifesto": ("Manifesto", "examples/minimal/manifesto.yaml", None),
    "library": ("Library", "ideas/police-and-crime/library.yaml", None),
    "idea": ("Idea", "ideas/police-and-crime/ideas/community-payback-panels.yaml", None),
    "case-study": ("Case study", "ideas/police-and-crime/case-studies/rhubarb-farm.yaml", None),
    "priority": ("Priority", "ideas/police-and-crime/priorities/breaking-the-cycle.yaml", None),
    "deal": ("Deal", "ideas/safer-deals/deals/safer-deal-template.yaml", None),
    "sources": ("Source", "ideas/police-and-crime/sources.yaml", 2),
    "theme": ("Theme", "themes/civic/theme.yaml", None),
}
"""For each kind: its heading, the example, and how much of it is shown."""

KINDS = tuple(
    Kind(title, kind.pattern, kind.model, example, parts)
    for kind in schema.KINDS
    for title, example, parts in (_SHOWN[kind.name],)
)

PICKS: Mapping[Any, Model] = {
    IdeaPick: Idea,
    CaseStudyPick: CaseStudy,
    DealPick: Deal,
    PriorityPick: Priority,
}
"""What a manifesto takes → whose fields it may replace."""


def _expected(hint: Any) -> str:
    """What a kind of text says that it takes."""
    info: Any = types.type_info(hint)
    return str(info.extra["expected"])


_NAMED = {_expected(Text): "text", _expected(Slug): "a short name", _expected(Reference): "an id"}
"""Kinds of text that stand in so many places that the page explains them once, at the top."""

_READING = f"""\
Each kind of file has a section, and so has each group of fields inside it. Below the sentence of a field stands what it takes, and whether it is required.

- **Text** is taken as it is written: {_expected(Text)}.
- **Text, placeholders filled**, is the same, but for readers: in it `((name))` is replaced by the value of that name. `\\((` stands for two parentheses that are meant.
- **Markdown, placeholders filled**, is {_expected(Prose)}, with paragraphs, headings, lists and links. HTML is [not allowed](checks.md#raw-html).
- **A short name** is made of {_expected(Slug)}.
- **An id** leads to another record. It is the name of that record's file without `.yaml`, or its name in `sources.yaml`. Where two libraries have the same id, `library:id` says which is meant.
- **Names** with values: each name is {_expected(HoleName)}.

A field without a value counts as a field that is not there. A field that is not listed here is [a fault](checks.md#unknown-field), so that a misspelt one is not passed over."""


def fields_page(root: Path) -> str:
    """The page; examples are read from the checkout at `root`."""
    sections: list[str] = []
    told = {kind.model for kind in KINDS}
    parents = _parents()
    for kind in KINDS:
        sections += _kind(kind, (root / kind.example).read_text(encoding="utf-8"))
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


def records() -> tuple[Model, ...]:
    """The models that the page has sections for, in their order."""
    told = {kind.model for kind in KINDS}
    return tuple(model for kind in KINDS for model in (kind.model, *_inside(kind.model, told)))


def own_fields(model: Model) -> tuple[types.Field, ...]:
    """The fields that a record's section lists: of a pick, those that are not replacements; else those that its base does not have."""
    info: Any = types.type_info(model)
    base: Any = model.__base__
    if model in PICKS:
        return tuple(field for field in info.fields if field.name in base.__struct_fields__)
    return tuple(field for field in info.fields if field.name not in base.__struct_fields__)


def _base(model: Model) -> Model | None:
    """The record that a record has all fields of, besides its own."""
    base: Any = model.__base__
    return base if model not in PICKS and base.__struct_fields__ else None


def takes(hint: types.Type, extra: Mapping[str, Any] | None = None) -> str:
    """What a field of this type takes, in a reader's words. `extra` is what has been said around the type."""
    extra = extra or {}
    match hint:
        case types.Metadata():
            return takes(hint.type, {**extra, **(hint.extra or {})})
        case types.UnionType():
            # A list comes last, since what can stand in it may be a choice again.
            arms = sorted(hint.types, key=lambda arm: isinstance(arm, types.VarTupleType))
            return ", or ".join(takes(arm, extra) for arm in arms if not _is_absence(arm))
        case types.LiteralType():
            # msgspec sorts them; the model has them in an order of meaning.
            known = [str(value) for value in hint.values]
            return listed(sorted(known, key=[*extra.get("order", known)].index), "or")
        case types.VarTupleType():
            return f"a list; each entry: {takes(hint.item_type, extra)}"
        case types.DictType():
            return f"names with values; each value: {takes(hint.value_type, extra)}"
        case types.StructType(cls=cls) if issubclass(cls, Record):
            return f"the fields of {_link(cls)}"
        case types.CustomType():
            return str(getattr(hint.cls, "expected", "text"))
    if "holes" in extra:
        return f"{'Markdown' if 'markdown' in extra else 'text'}, placeholders filled"
    expected = str(extra.get("expected", "text"))
    return _NAMED.get(expected, expected)


def _kind(kind: Kind, example: str) -> Iterator[str]:
    yield f"## {kind.title}"
    yield _introduction(kind.model)
    yield _list(kind.model)
    shown = excerpt(example, kind.parts)
    how = "from" if shown == example else "shortened from"
    yield f"An example, {how} [{kind.example}](../../{kind.example}):"
    yield fence(shown, "yaml")


def _record(model: Model, parents: list[tuple[Model, str]]) -> Iterator[str]:
    yield f"### {title(model)}"
    places: dict[Model, list[str]] = {}
    for parent, name in parents:
        places.setdefault(parent, []).append(name)
    where = "; ".join(f"{listed(names)} of {_link(parent)}" for parent, names in places.items())
    yield f"{_introduction(model)} Stands in: {where}."
    yield _list(model)
    base = _base(model)
    if base:
        yield f"Besides these it may have any field of {_link(base)}."
    if model in PICKS:
        record = PICKS[model]
        kept = listed(sorted(NOT_OVERRIDDEN[record]), "or")
        yield (
            f"Besides these it may have any field of {_link(record)}, but not {kept}. Such a field replaces the "
            'library\'s as a whole: nothing is merged inside it. An empty text (`""`) or list (`[]`) is a value, too.'
        )


def _introduction(model: Model) -> str:
    described = model.__base__ if model in PICKS and model.__base__ else model
    return inspect.cleandoc(described.__doc__ or "")


def _list(model: Model) -> str:
    hints = get_type_hints(model, include_extras=True)
    return "\n".join(
        entry(
            code(field.encode_name),
            _sentence(field.type),
            f"{takes(field.type, {'order': tuple(_declared(hints[field.name]))})} ({_need(field)})",
        )
        for field in own_fields(model)
    )


def _declared(hint: Any) -> Iterator[str]:
    """The words to choose from in the order of the model, which is one of meaning; msgspec gives that of the alphabet."""
    if get_origin(hint) is Literal:
        yield from get_args(hint)
    else:
        for inner in get_args(hint):
            yield from _declared(inner)


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
    base = _base(model)
    if base and base not in told:
        told.add(base)
        yield base
        yield from _inside(base, told)
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
        case types.StructType(cls=cls) if issubclass(cls, Record):
            yield cls
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
