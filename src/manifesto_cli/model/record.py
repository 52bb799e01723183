"""What all records have in common."""

from collections.abc import Mapping
from inspect import get_annotations
from typing import Any

import msgspec


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping of fields as a person writes it. A field that does not exist is a fault, never ignored."""


def hints(model: type[Record]) -> Mapping[str, Any]:
    """The type of every field as it is written, those of what a model builds on first. None is written as a text, so none need be evaluated, which takes twice as long."""
    return {name: hint for each in reversed(model.__mro__) for name, hint in get_annotations(each).items()}
