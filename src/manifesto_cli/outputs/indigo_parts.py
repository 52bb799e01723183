"""Deal → values of the INDIGO data standard, each with its place there and the fields that it says."""

from collections.abc import Iterator

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.model.deal import Deal
from manifesto_cli.outputs.indigo_mapping import ROLES, TABLE
from manifesto_cli.outputs.indigo_paths import Path, leaves
from manifesto_cli.outputs.indigo_placed import Placed, plain
from manifesto_cli.outputs.indigo_results import results
from manifesto_cli.outputs.indigo_sources import sources
from manifesto_cli.outputs.indigo_words import target_in_words

_SUMS: tuple[tuple[str, tuple[str, ...], Path], ...] = (
    (
        "outcome_pricings",
        ("price_per_unit", "maximum_price_if_all_targets_achieved"),
        ("currency", "value"),
    ),
    (
        "outcome_payment_commitments",
        ("maximum_potential_outcome_payment",),
        ("maximum_potential_outcome_payment", "currency", "value"),
    ),
    ("investments", ("investment_commitment",), ("investment_commitment", "currency", "value")),
)
"""A list, the sums of its entries that have a place, and where the standard has their currency."""


def parts(deal: EditionDeal) -> Iterator[Placed]:
    """Every value of the deal that has a place, in no order that matters."""
    record = deal.deal
    yield from plain(record, TABLE)
    yield from _end(record)
    yield from _currencies(record)
    yield from _targets(record)
    yield from _roles(record)
    yield from results(record)
    yield from sources(deal)


def _end(record: Deal) -> Iterator[Placed]:
    if record.ends:
        which = "actual" if record.status == "closed" else "anticipated"
        yield Placed(("dates", f"{which}_end_date_of_service_provision", "value"), record.ends, (("ends",),))


def _currencies(record: Deal) -> Iterator[Placed]:
    for name, sums, place in _SUMS:
        for i, entry in enumerate(getattr(record, name)):
            if any(getattr(entry, each) is not None for each in sums):
                yield Placed((name, i, *place), entry.currency, ((name, i, "currency"),))


def _targets(record: Deal) -> Iterator[Placed]:
    for i, metric in enumerate(record.outcome_metrics):
        words = target_in_words(metric)
        if words:
            here: Path = ("outcome_metrics", i)
            names = ("direction", "target", "triggers", *(("unit",) if metric.target else ()))
            of = tuple((*here, *path) for path, _ in leaves(metric) if path[0] in names)
            yield Placed((*here, "outcome_metric_target", "value"), words, of)


def _roles(record: Deal) -> Iterator[Placed]:
    """Each party in the list of its role: where it stands there already, or in an entry of its own."""
    there = {
        "outcome_payment_commitments": [entry.party for entry in record.outcome_payment_commitments],
        "investments": [entry.party for entry in record.investments],
    }
    for i, party in enumerate(record.parties):
        name = ROLES.get(party.role)
        if name:
            names = there.setdefault(name, [])
            if party.id not in names:
                names.append(party.id)
            place: Path = (name, names.index(party.id), "organisation_id", "value")
            yield Placed(place, party.id, (("parties", i, "role"),))
