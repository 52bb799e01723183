"""Ideas as programs read them. These shapes are a promise: docs/json.md."""

from collections.abc import Iterable
from typing import Any

import msgspec

from manifesto_cli.cli.shown import safe_json
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.browsing import IdeaRow
from manifesto_cli.merging.details import Cited, IdeaDetails
from manifesto_cli.merging.searching import Hit
from manifesto_cli.model.quantity import Number, OpenNumber


def as_json(found: Iterable[Any]) -> str:
    """A list as JSON, for people too: indented, letters as they are."""
    compact = msgspec.json.encode(list(found), enc_hook=_number)
    return safe_json(msgspec.json.format(compact, indent=2).decode())


def one_json(found: Any) -> str:
    """One object as JSON, in the same way."""
    return safe_json(msgspec.json.format(msgspec.json.encode(found, enc_hook=_number), indent=2).decode())


def row_record(row: IdeaRow) -> dict[str, Any]:
    """An idea as `list` gives it."""
    idea = row.entry.record
    picking = row.picking
    return {
        "id": row.id,
        "title": idea.title,
        "summary": idea.summary,
        "priority": {"id": row.priority, "title": row.priority_title or None},
        "library": row.entry.library or None,
        "tags": idea.tags,
        "offices": idea.offices,
        "power": idea.power,
        "status": idea.status,
        "picked": picking is not None if row.known else None,
        "picked_by": picking.by if picking else None,
        "picked_at": place_record(picking.at) if picking else None,
        "left_out": row.waiting is not None or (picking is not None and picking.left_out),
        "shadowed": row.shadowed,
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """An idea as `search` gives it."""
    return {**row_record(hit.row), "matches": [msgspec.to_builtins(match) for match in hit.matches]}


def details_record(details: IdeaDetails) -> dict[str, Any]:
    """An idea as `show` gives it."""
    row = details.row
    idea = row.entry.record
    return {
        **row_record(row),
        "pledge": idea.pledge,
        "body": idea.body,
        "based_on": _document(details.based_on) if details.based_on else None,
        "levers": idea.levers,
        "partners": idea.partners,
        "claims": [
            {**_fields(fact.claim, "source", "values"), "sources": [*map(_cited, fact.sources)]}
            for fact in details.facts
        ],
        "case_studies": [
            {
                "id": study.id,
                "title": study.record.title if study.record else None,
                "summary": study.record.summary if study.record else None,
            }
            for study in details.case_studies
        ],
        "deals": details.deals,
        "measure": idea.measure,
        "cost": idea.cost,
        "questions": idea.questions,
        "requires": details.requires,
        "conflicts": details.conflicts,
        "formerly": idea.formerly,
        "withdrawn": idea.withdrawn,
        "updated": idea.updated,
        "changed": row.picking.changed if row.picking else (),
        "file": row.entry.origin.source.path,
        "from": _fields(details.header, "allow") if details.header else None,
    }


def place_record(at: Span) -> dict[str, Any]:
    """Where something is written."""
    line, column = at.source.position(at.start)
    return {"file": at.source.path, "line": line, "column": column}


def _cited(cited: Cited) -> dict[str, Any]:
    value = Number(cited.value) if cited.value is not None else None
    return {**_document(cited), "value": value, "note": cited.note}


def _document(cited: Cited) -> dict[str, Any]:
    document = cited.document
    return {
        "id": cited.id,
        "title": document.title if document else None,
        "publisher": document.publisher if document else None,
        "url": document.url if document else None,
        "locator": cited.locator,
    }


def _fields(record: msgspec.Struct, *without: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__ if name not in without}


def _number(value: Any) -> Any:
    """A number as JSON has it, with the digits that were written; a placeholder for one as text."""
    if isinstance(value, OpenNumber) and value.hole:
        return f"(({value.hole}))"
    return msgspec.Raw(f"{value:f}".encode()) if isinstance(value, Number) else str(value)
