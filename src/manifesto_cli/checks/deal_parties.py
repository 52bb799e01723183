"""Parties of a deal: whether those that it names are there, and whether what they do goes with their roles."""

from collections.abc import Iterator

from manifesto_cli.checks.deal_ids import also, listed, meant_by
from manifesto_cli.checks.deal_numbers import Path
from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, Label, error, note
from manifesto_cli.model.deal import Deal


def unlisted_office(examined: Examined) -> Iterator[Diagnostic]:
    """A deal asks something of somebody whom it does not list as a party.

    An ask goes to an office or a department. Readers are told who that is, and what part it has in the deal.

    Mend it by correcting the id after `of:`, or by adding the office under `parties:`.
    """
    for subject, deal in examined.deals:
        parties = {party.id for party in deal.parties}
        for count, (name, asked, named) in enumerate(_unlisted(deal)):
            if asked:
                meant = meant_by(subject, name, (*asked, *named), parties, count)
                yield error(
                    "unlisted-office",
                    f"this deal asks something of `{name}`, which is none of its parties",
                    subject.origin.at(*asked[0]),
                    "asked, and not listed",
                    others=(
                        *also(subject, (*asked, *named)),
                        *listed(subject, deal.parties, meant, "parties"),
                    ),
                    help=meant.help
                    or f'add `- {{id: {name}, organisation: "…", role: outcome_payer}}` under `parties:`',
                    fix=meant.fix,
                )


def unknown_party(examined: Examined) -> Iterator[Diagnostic]:
    """A deal names a party that it does not list.

    Who offers, pays, invests, validates or bears a risk is one of the `parties:` of the deal, by its `id:`.

    Mend it by correcting the id, or by adding the party under `parties:`.
    """
    for subject, deal in examined.deals:
        parties = {party.id for party in deal.parties}
        for count, (name, asked, named) in enumerate(_unlisted(deal)):
            if not asked:
                meant = meant_by(subject, name, named, parties, count)
                role = _ROLES.get(str(named[0][0]), "partner")
                yield error(
                    "unknown-party",
                    f"there is no party `{name}` in this deal",
                    subject.origin.at(*named[0]),
                    "no party has this id",
                    others=(*also(subject, named), *listed(subject, deal.parties, meant, "parties")),
                    help=meant.help
                    or f'add `- {{id: {name}, organisation: "…", role: {role}}}` under `parties:`',
                    fix=meant.fix,
                )


def contradicting_role(examined: Examined) -> Iterator[Diagnostic]:
    """A party does something in a deal that does not go with its role.

    Readers see the role first, and judge by it. Three things go badly together:

    - Outcomes are validated by whoever is paid for them or gains by them: a lead, a service provider, an investor or an intermediary.
    - Outcomes are paid for by an investor, a service provider or a validator.
    - Money is put in by an outcome payer or a validator.

    A party has one role; where it has two in truth, choose the one that readers must know of, and allow this.

    Mend it by naming another party, or by correcting `role:`.
    """
    for subject, deal in examined.deals:
        roles = {party.id: (party.role, i) for i, party in enumerate(deal.parties)}
        validating = (
            (metric.outcomes_validator, ("outcome_metrics", i, "outcomes_validator"), "validates outcomes")
            for i, metric in enumerate(deal.outcome_metrics)
        )
        paying = (
            (each.party, ("outcome_payment_commitments", i, "party"), "pays for outcomes")
            for i, each in enumerate(deal.outcome_payment_commitments)
        )
        investing = (
            (each.party, ("investments", i, "party"), "puts money in")
            for i, each in enumerate(deal.investments)
        )
        for name, path, does in (*validating, *paying, *investing):
            role, place = roles.get(name or "", ("", 0))
            if role in _AT_ODDS[does]:
                yield note(
                    "contradicting-role",
                    f"`{name}` {does}, and its role is `{role}`",
                    subject.origin.at(*path),
                    f"{does} here",
                    others=(Label(subject.origin.at("parties", place, "role"), "its role"),),
                    help=f"name another party here, or write `role: {_FITTING[does]}`",
                )


_AT_ODDS = {
    "validates outcomes": ("lead", "service_provider", "investor", "intermediary"),
    "pays for outcomes": ("investor", "service_provider", "outcomes_validator"),
    "puts money in": ("outcome_payer", "outcomes_validator"),
}
_FITTING = {
    "validates outcomes": "outcomes_validator",
    "pays for outcomes": "outcome_payer",
    "puts money in": "investor",
}


def _named_parties(deal: Deal) -> Iterator[tuple[str, Path]]:
    """Every party that a deal names but in its asks, with the place."""
    yield from ((offer.by, ("offers", i, "by")) for i, offer in enumerate(deal.offers))
    for i, metric in enumerate(deal.outcome_metrics):
        if metric.outcomes_validator is not None:
            yield metric.outcomes_validator, ("outcome_metrics", i, "outcomes_validator")
    for i, commitment in enumerate(deal.outcome_payment_commitments):
        yield commitment.party, ("outcome_payment_commitments", i, "party")
    yield from ((each.party, ("investments", i, "party")) for i, each in enumerate(deal.investments))
    for i, risk in enumerate(deal.risks):
        if risk.borne_by is not None:
            yield risk.borne_by, ("risks", i, "borne_by")


_ROLES = {
    "outcome_metrics": "outcomes_validator",
    "outcome_payment_commitments": "outcome_payer",
    "investments": "investor",
}
"""The field in which a party is named → the role that it most likely has."""


def _unlisted(deal: Deal) -> Iterator[tuple[str, list[Path], list[Path]]]:
    """Each party that is named and not listed, once: where it is asked, and where it is named otherwise."""
    listed = {party.id for party in deal.parties}
    asked: dict[str, list[Path]] = {}
    named: dict[str, list[Path]] = {}
    for i, ask in enumerate(deal.asks):
        asked.setdefault(ask.of, []).append(("asks", i, "of"))
    for name, path in _named_parties(deal):
        named.setdefault(name, []).append(path)
    for name in dict.fromkeys((*asked, *named)):
        if name not in listed:
            yield name, asked.get(name, []), named.get(name, [])
