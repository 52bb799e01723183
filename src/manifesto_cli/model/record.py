"""What all records have in common."""

import msgspec


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping of fields as a person writes it. A field that does not exist is a fault, never ignored."""
