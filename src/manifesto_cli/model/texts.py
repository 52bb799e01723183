"""Which fields of a record hold text for readers: derived from the model, where each field says so."""

from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from manifesto_cli.model.quantity import OpenNumber
from manifesto_cli.model.record import Record, hints


class Holds(Enum):
    """What a field holds, as far as text for readers and placeholders go."""

    WORDS = 1
    PROSE = 2
    MANY_WORDS = 3
    RECORD = 4
    MANY_RECORDS = 5
    NAMED_RECORDS = 6
    NUMBER = 7
    """One for which a placeholder may stand."""


@cache
def text_fields(model: type[Record]) -> tuple[tuple[str, Holds], ...]:
    """The fields of a model that hold text for readers or may hold a placeholder, directly or in records inside."""
    found = ((name, _holds(hint)) for name, hint in hints(model).items())
    return tuple((name, holds) for name, holds in found if holds)


def _holds(hint: Any) -> Holds | None:
    origin = get_origin(hint)
    if origin is Annotated:
        kept, *notes = get_args(hint)
        extra = {key for meta in notes if isinstance(meta, msgspec.Meta) for key in meta.extra or {}}
        if "holes" in extra:
            return Holds.PROSE if "markdown" in extra else Holds.WORDS
        return _holds(kept)
    if origin in (Union, UnionType):
        return next((found for found in map(_holds, get_args(hint)) if found), None)
    if origin is tuple:
        inside = _holds(get_args(hint)[0])
        return (
            {Holds.WORDS: Holds.MANY_WORDS, Holds.RECORD: Holds.MANY_RECORDS}.get(inside) if inside else None
        )
    if origin is dict:
        return Holds.NAMED_RECORDS if _holds(get_args(hint)[1]) is Holds.RECORD else None
    if isinstance(hint, type) and issubclass(hint, OpenNumber):
        return Holds.NUMBER
    if isinstance(hint, type) and issubclass(hint, Record) and text_fields(hint):
        return Holds.RECORD
    return None
