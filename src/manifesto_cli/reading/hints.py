"""What the types of a model say: bare, in words, as a form to fill in, and which texts they take."""

from typing import Annotated, Any

import msgspec
from msgspec import inspect

from manifesto_cli.reading.plain import parse_own_type


def taken_apart(hint: inspect.Type) -> tuple[inspect.Type, str]:
    """The type without its sentence and without "or nothing", and what it expects in words."""
    expected = ""
    while True:
        if isinstance(hint, inspect.Metadata):
            expected = str((hint.extra or {}).get("expected", expected))
            hint = hint.type
        elif isinstance(hint, inspect.UnionType):
            arms = [arm for arm in hint.types if not isinstance(arm, inspect.NoneType) and not is_unset(arm)]
            if len(arms) != 1:
                return hint, expected
            hint = arms[0]
        else:
            return hint, expected


def bare(hint: inspect.Type) -> inspect.Type:
    """The type alone."""
    return taken_apart(hint)[0]


def is_unset(hint: inspect.Type) -> bool:
    """Whether a type stands for a field that is left out."""
    return isinstance(hint, inspect.CustomType) and hint.cls is msgspec.UnsetType


def is_leaf(hint: inspect.Type) -> bool:
    """Whether a type is that of one text."""
    return not isinstance(
        hint, inspect.StructType | inspect.VarTupleType | inspect.DictType | inspect.UnionType
    )


def described(hint: inspect.Type) -> str:
    """What a field takes, in words that follow "takes"."""
    hint, expected = taken_apart(hint)
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


def form(hint: inspect.Type) -> str:
    """How a value of a type looks, with `…` for whatever is up to the writer."""
    hint = bare(hint)
    if isinstance(hint, inspect.StructType):
        required = [f"{field.encode_name}: {form(field.type)}" for field in hint.fields if field.required]
        return "{" + ", ".join(required or [f"{hint.fields[0].encode_name}: …"]) + "}"
    if isinstance(hint, inspect.VarTupleType):
        return f"[{form(hint.item_type)}]"
    if isinstance(hint, inspect.DictType):
        return f"{{name: {form(hint.value_type)}}}"
    if isinstance(hint, inspect.LiteralType) and len(hint.values) == 1:
        return str(hint.values[0])
    return "…"


def fits(hint: inspect.Type, text: str) -> bool:
    """Whether a leaf takes a text."""
    hint = bare(hint)
    if isinstance(hint, inspect.LiteralType):
        return text in hint.values
    try:
        msgspec.convert(text, _type_of(hint), dec_hook=parse_own_type)
    except msgspec.ValidationError:
        return False
    return True


def _type_of(hint: inspect.Type) -> Any:
    """The type that a leaf's description was made from."""
    if isinstance(hint, inspect.CustomType):
        return hint.cls
    if isinstance(hint, inspect.StrType) and (hint.pattern or hint.min_length or hint.max_length):
        return Annotated[
            str, msgspec.Meta(pattern=hint.pattern, min_length=hint.min_length, max_length=hint.max_length)
        ]
    return str
