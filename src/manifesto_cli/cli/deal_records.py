"""Deals as programs read them. These shapes are a promise: docs/json.md."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from manifesto_cli.cli.deal_gaps import open_names
from manifesto_cli.cli.deal_rows import DealRow
from manifesto_cli.cli.deals import WantedDeal, markdown_of
from manifesto_cli.cli.records import one_json, place_record
from manifesto_cli.merging.gathering import CitedSource
from manifesto_cli.model.quantity import Number
from manifesto_cli.payments.assuming import Assumptions
from manifesto_cli.payments.breaking_even import break_even
from manifesto_cli.payments.curve import payment_curve, payment_table
from manifesto_cli.payments.simulation import Simulation, standings

_LISTED = ("title", "summary", "area", "status", "status_on", "begins", "ends", "tags")


def simulation_json(wanted: WantedDeal, assumed: Assumptions, worked_out: Simulation) -> str:
    """A deal as `simulate` gives it."""
    deal = wanted.deal.deal
    found = (break_even(deal, metric) for metric in deal.outcome_metrics)
    return one_json(
        {
            "id": wanted.deal.id,
            "title": deal.title,
            "library": wanted.deal.library or None,
            "missing": open_names(wanted),
            "assumed": [
                {"metric": metric, "cohort": cohort or None, **_plain(value)}
                for (metric, cohort), value in assumed.items()
            ],
            "standings": [_plain(standing) for standing in worked_out.standings],
            "payments": [_plain(payment) for payment in worked_out.payments],
            "settlements": [_plain(settled) for settled in worked_out.settlements],
            "curves": [
                {
                    **_plain(payment_curve(deal, metric)),
                    "unit": metric.unit,
                    "table": _plain(payment_table(deal, metric)),
                }
                for metric in deal.outcome_metrics
            ],
            "break_even": [_plain(each) for each in found if each],
        }
    )


def row_record(row: DealRow) -> dict[str, Any]:
    """A deal as `list` gives it."""
    deal = row.entry.record
    return {
        "id": row.id,
        **{name: getattr(deal, name) for name in _LISTED},
        "library": row.entry.library or None,
        "picked": row.picked is not None if row.known else None,
        "picked_at": place_record(row.picked) if row.picked else None,
    }


def deal_json(wanted: WantedDeal) -> str:
    """A deal as `show` gives it: every field of the record as it stands here, and what came of it."""
    found, deal = wanted.deal, wanted.deal.deal
    prose = {"body": markdown_of(found.body), "if_it_fails": markdown_of(found.if_it_fails)}
    return one_json(
        {
            "id": found.id,
            **{name: getattr(deal, name) for name in deal.__struct_fields__},
            **{name: text or None for name, text in prose.items()},
            "library": found.library or None,
            "picked": wanted.picked,
            "picked_at": place_record(found.at) if wanted.picked else None,
            "changed": [name for name in deal.__struct_fields__ if name in found.overridden],
            "missing": open_names(wanted),
            "standings": [_plain(standing) for standing in standings(deal)],
            "sources": [
                {"field": field, "reference": reference, **document_record(cited)}
                for (field, reference), cited in found.cited.items()
            ],
            "file": found.origin.source.path,
        }
    )


def document_record(cited: CitedSource) -> dict[str, Any]:
    """A document that a baseline or a result is taken from."""
    return {
        "id": cited.id,
        "title": cited.document.title,
        "publisher": cited.document.publisher,
        "url": cited.document.url,
    }


def _plain(value: Any) -> Any:
    """A value of `payments` with the names of its fields; decimals as the numbers they are, and null for an empty text."""
    if isinstance(value, Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return Number(value)
    return None if value == "" else value
