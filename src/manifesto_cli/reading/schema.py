"""Model → JSON Schema, by which editors complete, explain and check what people write.

The schema is made for the Red Hat language server for YAML (`yaml-language-server`), which most editors use, and is looser than
the model where YAML guesses at types and we do not: `title: 2026` is a number to YAML and a text to us. Two rules keep it so.

- An arm `{"not": {"type": […]}}` lets in what YAML makes of plain texts. Naming these types under `type` would do the same, but then
  the server offers `true`, `false` and `null` for every text.
- "Nothing" is let in where a field may be left out. A required field that is bare, or has the unquoted word `null`, is marked: the one
  place where a file that we read may be marked, for the sake of marking the many that somebody forgot to fill.

Lengths are left out: the server counts the halves of an emoji, and we do not.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, inspect

from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.library_header import LibraryHeader
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.record import Record
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.model.text import Slug
from manifesto_cli.model.theme import ThemeHeader
from manifesto_cli.reading.hints import bare, described, taken_apart

Schema = dict[str, Any]

FOLDER = ".manifesto"
"""Where a project or library keeps its schemas."""


class Kind(Struct, frozen=True):
    """A kind of file that people write."""

    name: str
    pattern: str
    """Where such files lie, seen from the folder of the project or library."""
    sentence: str
    model: type[Record]
    many: bool = False
    """Whether the file maps ids to records, rather than being one."""

    @property
    def depth(self) -> int:
        """How many folders deep such a file lies."""
        return self.pattern.count("/")


KINDS = (
    Kind(
        "manifesto", "manifesto.yaml", "What a candidate promises: choices, and changes to them.", Manifesto
    ),
    Kind("library", "library.yaml", "What a library says of itself.", LibraryHeader),
    Kind("idea", "ideas/*.yaml", "A policy idea that many candidates share.", Idea),
    Kind("case-study", "case-studies/*.yaml", "An idea at work somewhere.", CaseStudy),
    Kind(
        "deal",
        "deals/*.yaml",
        "What an area asks of a government, what it offers, and what is paid for which result.",
        Deal,
    ),
    Kind("priority", "priorities/*.yaml", "A heading under which ideas are grouped.", Priority),
    Kind("sources", "sources.yaml", "The documents that claims rest on, by id.", SourceDocument, many=True),
    Kind("theme", "themes/*/theme.yaml", "What a theme says of itself.", ThemeHeader),
)


def schema_path(kind: str) -> str:
    """Where the schema of a kind lies, seen from the folder of the project or library."""
    return f"{FOLDER}/{kind}.schema.json"


def schema_line(kind: str, depth: int) -> str:
    """The comment by which a file of this kind names its schema; `depth` is how many folders deep it lies."""
    return f"# yaml-language-server: $schema={'../' * depth}{schema_path(kind)}"


def schema_files(kinds: Iterable[Kind] = KINDS) -> Mapping[str, str]:
    """The path of the schema of each kind, and its text."""
    return {schema_path(kind.name): schema_text(kind) for kind in kinds}


def schema_text(kind: Kind) -> str:
    """The schema as a file: the same bytes each time, fields in the order of the model."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def schema(kind: Kind) -> Schema:
    """The JSON Schema (draft 7) of a kind of file."""
    shared: dict[str, Schema] = {}
    model = inspect.type_info(kind.model)
    title = kind.name.replace("-", " ").capitalize()
    if kind.many:
        ids = inspect.type_info(Slug)
        made = {"type": "object", **_named(ids, _entry(model, "a source", shared), "`sources.yaml`", "id")}
    else:
        made = _record(model, shared)
    made = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **_told(kind.sentence),
        **{key: value for key, value in made.items() if key not in ("title", *_TOLD)},
    }
    return {**made, "definitions": dict(sorted(shared.items()))} if shared else made


_TOLD = ("description", "markdownDescription")
_ALL = ("array", "boolean", "null", "number", "object", "string")

_READ_AS = {
    "boolean": "true True TRUE false False FALSE yes Yes YES no No NO on On ON off Off OFF y Y n N",
    "number": "7 42 365 2026 01234 -1 1.5 1.10 1e3 0x1f .inf 12:30 1_000",
}
"""Plain texts of which some version of YAML makes another type."""


def _record(model: inspect.Type, shared: dict[str, Schema]) -> Schema:
    """A mapping with the fields of a model and no others."""
    assert isinstance(model, inspect.StructType)  # noqa: S101 - for mypy; callers have looked
    required = [field.encode_name for field in model.fields if field.required]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.cls.__name__)
    return {
        "title": words.capitalize(),
        **_told(_first_paragraph(model.cls)),
        "type": "object",
        "properties": {field.encode_name: _field(field, shared) for field in model.fields},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _field(field: inspect.Field, shared: dict[str, Schema]) -> Schema:
    """What may follow the name of a field, and what a reader is told about it."""
    told = _told((getattr(field.type, "extra_json_schema", None) or {}).get("description", ""))
    name = f"`{field.encode_name}:`"
    hint = bare(field.type)
    if isinstance(hint, inspect.StructType):
        made = _record(hint, shared)
        made = made if field.required else _or_nothing(made, "object", name, hint)
    elif isinstance(hint, inspect.VarTupleType):
        made = _or_nothing(_list(hint, name, shared), "array", name, hint)
    else:
        made = _value(field.type, name, told, shared, nothing=not field.required)
        made |= _starts(_alternatives(field.type))
    if isinstance(field.default, str) and field.default:
        made["default"] = field.default
    # The field's own sentence says more than that of the record it holds.
    return told | {key: value for key, value in made.items() if key not in _TOLD or not told}


def _or_nothing(made: Schema, kind: str, name: str, hint: inspect.Type) -> Schema:
    """A list or record, or nothing. Completion goes by `properties` and `items`, so they stay on top."""
    others = [other for other in _ALL if other not in (kind, "null")]
    refused = {"type": kind, "errorMessage": f"{name} takes {_expected(hint)}"}
    kept = {key: value for key, value in made.items() if key != "type"}
    return {**kept, "if": {"type": others}, "then": refused}


def _list(hint: inspect.VarTupleType, name: str, shared: dict[str, Schema]) -> Schema:
    return {"type": "array", "items": _entry(hint.item_type, f"an entry of {name}", shared)}


def _entry(hint: inspect.Type, name: str, shared: dict[str, Schema]) -> Schema:
    """What stands in a list or below a name: records are defined once and referred to, as many fields hold them."""
    kept = bare(hint)
    if isinstance(kept, inspect.StructType):
        key = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kept.cls.__name__).lower()
        if key not in shared:
            shared[key] = {}  # its place is taken before what is inside asks for it
            shared[key] = _record(kept, shared)
        return {"$ref": f"#/definitions/{key}"}
    return _value(hint, name, {}, shared, nothing=False)


def _value(
    hint: inspect.Type, name: str, told: Schema, shared: dict[str, Schema], *, nothing: bool
) -> Schema:
    """One of several kinds of value; what YAML may make of them is let in by an arm of its own."""
    message = f"{name} takes {_expected(hint)}"
    arms: list[Schema] = []
    also: set[str] = {"null"} if nothing else set()
    for arm in _alternatives(hint):
        made, types = _arm(arm, name, message, shared)
        arms += made
        also |= types
    if also:
        arms.append(_let_in(also, told or _told(message)))
    return {"anyOf": arms} if len(arms) > 1 else arms[0]


def _let_in(types: set[str], told: Schema) -> Schema:
    """Values of these types and no others, without naming them.

    The sentences tell the arm from its neighbours: the server takes arms that look the same for one, and shows "A || A".
    """
    refused = [kind for kind in _ALL if kind not in types]
    return {**told, "not": {"description": "What YAML makes of no text that fits here.", "type": refused}}


def _arm(
    hint: inspect.Type, name: str, message: str, shared: dict[str, Schema]
) -> tuple[list[Schema], set[str]]:
    """What one type takes as written, and which other types YAML may make of it."""
    kept = bare(hint)
    if isinstance(kept, inspect.StructType):
        return [_entry(kept, name, shared)], set()
    if isinstance(kept, inspect.VarTupleType):
        return [_list(kept, name, shared)], set()
    if isinstance(kept, inspect.DictType):
        value = _value(kept.value_type, f"a value of {name}", {}, shared, nothing=True)
        return [{"type": "object", "errorMessage": message, **_named(kept.key_type, value, name)}], set()
    if isinstance(kept, inspect.LiteralType):
        return _choices([str(value) for value in kept.values], message)
    pattern = getattr(kept, "pattern", None) or getattr(getattr(kept, "cls", None), "pattern", None)
    text: Schema = {"type": "string", "errorMessage": message}
    if pattern:
        # `(?!\n)` mends a quirk that only Python has.
        text |= {"pattern": pattern.removesuffix(r"(?!\n)"), "patternErrorMessage": message}
    return [text], _types_of(pattern or "")


def _choices(choices: list[str], message: str) -> tuple[list[Schema], set[str]]:
    """Certain words. A number among them is offered as people write it, and taken in quotes too."""
    numbers = [choice for choice in choices if choice.isdecimal()]
    offered = [int(choice) if choice in numbers else choice for choice in choices]
    arms: list[Schema] = [{"enum": offered, "errorMessage": message}]
    if len(offered) == 1:
        arms[0]["default"] = offered[0]
    if numbers:
        quoted = {"description": "The same in quotes.", "pattern": f"^(?:{'|'.join(numbers)})$"}
        arms.append({"type": "string", **quoted, "errorMessage": message})
    return arms, _types_of(f"^(?:{'|'.join(map(re.escape, choices))})$") - {"number"}


def _starts(alternatives: tuple[inspect.Type, ...]) -> Schema:
    """What an editor offers to begin with, where a field takes a list or fields among other things."""
    offered: list[Schema] = []
    for kept in map(bare, alternatives if len(alternatives) > 1 else ()):
        if isinstance(kept, inspect.VarTupleType):
            offered.append({"label": "a list", "bodyText": "\n  - $1"})
        elif isinstance(kept, inspect.StructType):
            first = kept.fields[0]
            value = "\n    - $1" if isinstance(bare(first.type), inspect.VarTupleType) else " $1"
            offered.append(
                {"label": f"{first.encode_name}: …", "bodyText": f"\n  {first.encode_name}:{value}"}
            )
    return {"defaultSnippets": offered} if offered else {}


def _named(key: inspect.Type, value: Schema, name: str, title: str = "name") -> Schema:
    """Names that people choose, each with a value."""
    kept, expected = taken_apart(key)
    message = f"a name in {name} takes {expected}"
    pattern = getattr(kept, "pattern", "").removesuffix(r"(?!\n)")
    names = {"title": title, **_told(f"{expected[:1].upper()}{expected[1:]}.")}
    return {
        "propertyNames": {**names, "pattern": pattern, "patternErrorMessage": message},
        "additionalProperties": value,
    }


def _types_of(pattern: str) -> set[str]:
    """The types that YAML may make of plain texts which fit the pattern."""
    fits = re.compile(pattern).search
    return {kind for kind, texts in _READ_AS.items() if any(map(fits, texts.split()))}


def _expected(hint: inspect.Type) -> str:
    kept = bare(hint)
    if isinstance(kept, inspect.LiteralType) and len(kept.values) > 1:
        return "one of " + ", ".join(f"`{value}`" for value in kept.values)
    return described(hint)


def _alternatives(hint: inspect.Type) -> tuple[inspect.Type, ...]:
    kept = bare(hint)
    if not isinstance(kept, inspect.UnionType):
        return (hint,)
    return tuple(arm for arm in kept.types if not isinstance(arm, inspect.NoneType))


def _told(sentence: str) -> Schema:
    """A sentence for readers; where it has marks of Markdown, once more as Markdown, since editors escape them else."""
    if not sentence:
        return {}
    return {
        "description": sentence,
        **({"markdownDescription": sentence} if re.search(r"[`*_\[\]#+!]", sentence) else {}),
    }


def _first_paragraph(model: type) -> str:
    # A pick is made from the class that has the docstring, and has none of its own.
    text = next((found.__doc__ for found in model.__mro__ if found.__doc__), "")
    return " ".join(text.split("\n\n", 1)[0].split())
