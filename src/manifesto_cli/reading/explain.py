"""Why a tree does not fit its model: every fault at once, each at the smallest place, in a reader's words."""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

import msgspec
from msgspec import inspect

from manifesto_cli.faults.catalogue import fields
from manifesto_cli.faults.diagnostic import Diagnostic, Faults
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.model.record import Record
from manifesto_cli.reading.origin import place
from manifesto_cli.reading.plain import parse_own_type, plain
from manifesto_cli.reading.yamltree import Broken, Mapping, Node, Scalar, Sequence

_MOST = 100
"""A file with more faults than this has one cause, and shows it well before."""
_SHOWN = 40
"""A longer text is cut in messages."""


def model_faults(source: SourceFile, tree: Node, model: type[Record], where: str) -> Faults:
    """Every place at which the tree is not what the model asks for. Empty only if some part is `Broken`."""
    faults = _node(source, tree, inspect.type_info(model), where, place(source, tree))
    return tuple(islice(faults, _MOST))


def _node(source: SourceFile, node: Node, hint: inspect.Type, name: str, at: Span) -> Iterator[Diagnostic]:
    """The faults of one node; `at` is the name it goes by, for when the node itself is a poor place to point at."""
    hint, expected = bare(hint)
    if isinstance(node, Broken):
        return
    if isinstance(hint, inspect.UnionType):
        yield from _union(source, node, hint, name, at)
    elif not _takes(hint, node):
        yield _kind(source, node, hint, name, at)
    elif isinstance(hint, inspect.StructType) and isinstance(node, Mapping):
        yield from _fields(source, node, hint, name)
    elif isinstance(hint, inspect.VarTupleType) and isinstance(node, Sequence):
        yield from _entries(source, node, hint, name)
    elif isinstance(hint, inspect.DictType) and isinstance(node, Mapping):
        yield from _names(source, node, hint, name)
    elif isinstance(node, Scalar):
        yield from _leaf(source, node, hint, name, expected)


def _fields(source: SourceFile, node: Mapping, hint: inspect.StructType, where: str) -> Iterator[Diagnostic]:
    known = {field.encode_name: field for field in hint.fields}
    misspelt: set[str] = set()
    for name, entry in node.entries.items():
        at = source.span(entry.key.start, entry.key.end)
        if name not in known:
            meant = nearest(
                name.replace("-", "_").lower(), [field for field in known if field not in node.entries]
            )
            misspelt.add(meant)
            yield fields.unknown_field(at, _shown(name), where, meant, tuple(known))
        elif not (isinstance(entry.value, Scalar) and entry.value.absent):
            yield from _node(source, entry.value, known[name].type, f"`{name}:`", at)
    for name, field in known.items():
        if field.required and name not in misspelt:
            given = node.entries.get(name)
            if given is None or (isinstance(given.value, Scalar) and given.value.absent):
                at = source.span(given.key.start, given.key.end) if given is not None else place(source, node)
                yield fields.missing_field(at, name, where, _sentence(field.type))


def _entries(
    source: SourceFile, node: Sequence, hint: inspect.VarTupleType, name: str
) -> Iterator[Diagnostic]:
    for entry in node.entries:
        at = place(source, entry)
        if isinstance(entry, Scalar) and entry.absent:
            dash = source.text.rfind("-", node.start, entry.start)
            yield fields.empty_entry(source.span(dash, dash + 1) if dash >= 0 else at, name)
        else:
            yield from _node(source, entry, hint.item_type, f"an entry of {name}", at)


def _names(source: SourceFile, node: Mapping, hint: inspect.DictType, name: str) -> Iterator[Diagnostic]:
    for entry in node.entries.values():
        at = source.span(entry.key.start, entry.key.end)
        yield from _node(source, entry.key, hint.key_type, f"a name in {name}", at)
        if not (isinstance(entry.value, Scalar) and entry.value.absent):
            yield from _node(source, entry.value, hint.value_type, f"`{entry.key.text}:`", at)


def _union(
    source: SourceFile, node: Node, hint: inspect.UnionType, name: str, at: Span
) -> Iterator[Diagnostic]:
    arms = [arm for arm in hint.types if not isinstance(arm, inspect.NoneType) and not _is_unset(arm)]
    fitting = [arm for arm in arms if _takes(bare(arm)[0], node)]
    if fitting and len(arms) > 1 and isinstance(node, Scalar) and _is_other_word(fitting[0], node.text):
        # One word that stands for something, where otherwise a list belongs: this is not that word misspelt.
        yield _kind(source, node, inspect.UnionType(tuple(arms)), name, at)
    elif fitting or len(arms) == 1:
        yield from _node(source, node, (fitting or arms)[0], name, at)
    else:
        yield _kind(source, node, inspect.UnionType(tuple(arms)), name, at)


def _is_other_word(hint: inspect.Type, text: str) -> bool:
    """Whether a text is none of the words that a type knows, nor like one of them."""
    words = bare(hint)[0]
    return (
        isinstance(words, inspect.LiteralType)
        and text not in words.values
        and not nearest(text.lower(), [str(value) for value in words.values])
    )


def _leaf(
    source: SourceFile, node: Scalar, hint: inspect.Type, name: str, expected: str
) -> Iterator[Diagnostic]:
    if isinstance(hint, inspect.LiteralType):
        if node.text not in hint.values:
            choices = tuple(str(value) for value in hint.values)
            meant = nearest(node.text, choices, 0.5)
            yield fields.wrong_choice(place(source, node), name, _shown(node.text), meant, choices)
        return
    try:
        msgspec.convert(plain(node, []), _type_of(hint), dec_hook=parse_own_type)
    except msgspec.ValidationError:
        words = expected or getattr(getattr(hint, "cls", None), "expected", "") or "another form of text"
        yield fields.wrong_value(place(source, node), name, _shown(node.text), words)


def _kind(source: SourceFile, node: Node, hint: inspect.Type, name: str, at: Span) -> Diagnostic:
    found = {Scalar: "a text", Sequence: "a list", Mapping: "a group of fields"}[type(node)]
    spot = place(source, node) if isinstance(node, Scalar) else at
    return fields.wrong_kind(spot, name, found, described(hint), _example(hint, name))


def described(hint: inspect.Type) -> str:
    """What a field takes, in words that follow "takes"."""
    hint, expected = bare(hint)
    if isinstance(hint, inspect.UnionType):
        *most, last = [described(arm) for arm in hint.types]
        return f"{', '.join(most)} or {last}" if most else last
    if isinstance(hint, inspect.LiteralType):
        return " or ".join(f"`{value}`" for value in hint.values)
    if isinstance(hint, inspect.StructType):
        required = [f"`{field.encode_name}:`" for field in hint.fields if field.required]
        return "fields such as " + " and ".join(required or [f"`{hint.fields[0].encode_name}:`"])
    if isinstance(hint, inspect.VarTupleType):
        return "a list"
    if isinstance(hint, inspect.DictType):
        return "names with values"
    return expected or getattr(getattr(hint, "cls", None), "expected", "") or "a text"


def _example(hint: inspect.Type, name: str) -> str:
    hint, _ = bare(hint)
    if isinstance(hint, inspect.VarTupleType):
        return "write one entry a line, each after `- `"
    if isinstance(hint, inspect.StructType | inspect.DictType):
        return f"write one field a line below {name}, each with its name and a colon"
    return f"write {described(hint)}"


def _takes(hint: inspect.Type, node: Node) -> bool:
    if isinstance(hint, inspect.StructType | inspect.DictType):
        return isinstance(node, Mapping)
    if isinstance(hint, inspect.VarTupleType):
        return isinstance(node, Sequence)
    return isinstance(node, Scalar)


def bare(hint: inspect.Type) -> tuple[inspect.Type, str]:
    """The type without its sentence and without "or nothing", and what it expects in words."""
    expected = ""
    while True:
        if isinstance(hint, inspect.Metadata):
            expected = str((hint.extra or {}).get("expected", expected))
            hint = hint.type
        elif isinstance(hint, inspect.UnionType):
            arms = [arm for arm in hint.types if not isinstance(arm, inspect.NoneType) and not _is_unset(arm)]
            if len(arms) != 1:
                return hint, expected
            hint = arms[0]
        else:
            return hint, expected


def _sentence(hint: inspect.Type) -> str:
    return (
        str((hint.extra_json_schema or {}).get("description", ""))
        if isinstance(hint, inspect.Metadata)
        else ""
    )


def _is_unset(hint: inspect.Type) -> bool:
    return isinstance(hint, inspect.CustomType) and hint.cls is msgspec.UnsetType


def _type_of(hint: inspect.Type) -> Any:
    """The type that a leaf's description was made from."""
    if isinstance(hint, inspect.CustomType):
        return hint.cls
    if isinstance(hint, inspect.StrType) and (hint.pattern or hint.min_length or hint.max_length):
        return Annotated[
            str, msgspec.Meta(pattern=hint.pattern, min_length=hint.min_length, max_length=hint.max_length)
        ]
    return str


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
