"""A deal as JSON in the field names of the INDIGO data standard, and what of it has no place there. The table is `indigo_mapping`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.model.quantity import Number
from manifesto_cli.outputs.indigo_mapping import ORDER, PUBLIC, SOURCES, STATED, TABLE, Row
from manifesto_cli.outputs.indigo_parts import parts
from manifesto_cli.outputs.indigo_paths import Path, form, leaves, nested, said, their_form
from manifesto_cli.outputs.indigo_placed import Placed, plain
from manifesto_cli.outputs.indigo_sources import documents


class LeftOut(Struct, frozen=True):
    """A field that has a value and no place."""

    path: str
    """Where it stands, such as `outcome_metrics[reconvictions].baseline.value`: entries by id, or by number from 1."""
    why: str


class Exported(Struct, frozen=True):
    """A project of the standard, and what of the deal is not in it."""

    document: Mapping[Any, Any]
    left_out: tuple[LeftOut, ...]
    """The largest fields and entries of which nothing has a place, in the order of the deal."""


def export(deal: EditionDeal) -> Exported:
    """The deal as a project of the standard. Whoever asks has seen to it that no placeholder is open: such a number is left out."""
    placed = [*parts(deal)]
    document = nested([*((part.at, part.value) for part in placed), *_statuses(placed)])
    taken = {path for part in placed for path in part.of}
    left = [LeftOut(said(deal.deal, path), _why(form(path), TABLE)) for path in _remaining(deal.deal, taken)]
    for name, source in documents(deal).items():
        here = {path for part in plain(source.document, SOURCES) for path in part.of}
        left += (
            LeftOut(f"sources[{name}].{form(path)}", _why(form(path), SOURCES))
            for path in _remaining(source.document, here)
        )
    return Exported({name: document[name] for name in ORDER if name in document}, tuple(left))


def as_json(document: Mapping[Any, Any]) -> bytes:
    """The document: indented, letters as they are, numbers with the digits that were written."""
    return msgspec.json.format(msgspec.json.encode(document, enc_hook=_number), indent=2) + b"\n"


def _number(value: Any) -> Any:
    return msgspec.Raw(f"{value:f}".encode()) if isinstance(value, Number) else str(value)


def _statuses(placed: Iterable[Placed]) -> Iterator[tuple[Path, str]]:
    """The status of the project, and of each part of it that has one."""
    for part in placed:
        for n in range(len(part.at)):
            if their_form(part.at[:n]) in STATED:
                yield (*part.at[:n], "status"), PUBLIC


def _remaining(record: Any, taken: Iterable[Path]) -> tuple[Path, ...]:
    """The largest parts of a record in which something is written and nothing was taken, in its order."""
    used = {path[:n] for path in taken for n in range(len(path) + 1)}
    return tuple(
        dict.fromkeys(
            next(path[:n] for n in range(1, len(path) + 1) if path[:n] not in used)
            for path, _ in leaves(record)
            if path not in used
        )
    )


def _why(path: str, table: tuple[Row, ...]) -> str:
    """What the table says of a field: in the row of the field, of one that holds it, or of the first inside that has no place."""
    row = next(
        (row for row in table if path == row.ours or path.startswith((f"{row.ours}.", f"{row.ours}[]"))), None
    )
    inside = [row for row in table if row.ours.startswith((f"{path}.", f"{path}[]"))]
    return (row or next((one for one in inside if not one.theirs), inside[0])).note
