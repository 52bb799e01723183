"""Names inside a deal: whether each id leads to one party, offer, metric or cohort of the deal."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from manifesto_cli.checks.deal_numbers import Path, deals
from manifesto_cli.checks.examined import Examined, Subject
from manifesto_cli.faults.diagnostic import Diagnostic, Fix, Label, error
from manifesto_cli.faults.mending import renamed
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.model.deal import Deal

_TRIED = 20
"""For so many ids that nothing has it is tried what they might have meant: it takes a while where there are thousands to compare with."""
_SHOWN = 3
"""In so many places an id is shown that nothing has."""


def id_twice(examined: Examined) -> Iterator[Diagnostic]:
    """Two parties, asks, offers or outcome metrics of a deal, or two cohorts of a metric, have the same id.

    The rest of the deal says by the id which of them is meant. Offers and outcome metrics share their ids, since an ask can rest on either.

    Mend it by giving one of the two another id, wherever it is meant.
    """
    for subject, deal in deals(examined):
        for places in _scopes(deal):
            first: dict[str, Path] = {}
            for name, path in places:
                if name not in first:
                    first[name] = path
                    continue
                yield error(
                    "id-twice",
                    f"the id `{name}` is given twice in this deal",
                    subject.origin.at(*path),
                    "given again here",
                    others=(Label(subject.origin.at(*first[name]), "first given here"),),
                    help=f"write another id here, such as `{name}-2`, and wherever this one is meant",
                )


def unlisted_office(examined: Examined) -> Iterator[Diagnostic]:
    """A deal asks something of somebody whom it does not list as a party.

    An ask goes to an office or a department. Readers are told who that is, and what part it has in the deal.

    Mend it by correcting the id after `of:`, or by adding the office under `parties:`.
    """
    for subject, deal in deals(examined):
        parties = {party.id for party in deal.parties}
        for count, (name, asked, named) in enumerate(_unlisted(deal)):
            if asked:
                meant = _meant(subject, name, (*asked, *named), parties, count)
                yield error(
                    "unlisted-office",
                    f"this deal asks something of `{name}`, which is none of its parties",
                    subject.origin.at(*asked[0]),
                    "asked, and not listed",
                    others=(
                        *_also(subject, (*asked, *named)),
                        *_listed(subject, deal.parties, meant, "parties"),
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
    for subject, deal in deals(examined):
        parties = {party.id for party in deal.parties}
        for count, (name, asked, named) in enumerate(_unlisted(deal)):
            if not asked:
                meant = _meant(subject, name, named, parties, count)
                role = _ROLES.get(str(named[0][0]), "partner")
                yield error(
                    "unknown-party",
                    f"there is no party `{name}` in this deal",
                    subject.origin.at(*named[0]),
                    "no party has this id",
                    others=(*_also(subject, named), *_listed(subject, deal.parties, meant, "parties")),
                    help=meant.help
                    or f'add `- {{id: {name}, organisation: "…", role: {role}}}` under `parties:`',
                    fix=meant.fix,
                )


def unknown_metric(examined: Examined) -> Iterator[Diagnostic]:
    """A price or a result is for an outcome metric that the deal does not have.

    Mend it by correcting the id after `outcome_metric:`, or by adding the metric under `outcome_metrics:`.
    """
    for subject, deal in deals(examined):
        metrics = {metric.id for metric in deal.outcome_metrics}
        named: dict[str, list[Path]] = {}
        for field in ("outcome_pricings", "results"):
            for i, each in enumerate(getattr(deal, field)):
                if each.outcome_metric not in metrics:
                    named.setdefault(each.outcome_metric, []).append((field, i, "outcome_metric"))
        for count, (name, paths) in enumerate(named.items()):
            meant = _meant(subject, name, paths, metrics, count)
            yield error(
                "unknown-metric",
                f"there is no outcome metric `{name}` in this deal",
                subject.origin.at(*paths[0]),
                "no outcome metric has this id",
                others=(*_also(subject, paths), *_listed(subject, metrics, meant, "outcome_metrics")),
                help=meant.help
                or f"correct the id, or add a metric with `id: {name}` under `outcome_metrics:`",
                fix=meant.fix,
            )


def unknown_cohort(examined: Examined) -> Iterator[Diagnostic]:
    """A result is for a cohort that its outcome metric does not have.

    Cohorts stand under `cohorts:` of the metric. A result without `cohort:` is for all together.

    Mend it by correcting the id, by adding the cohort, or by deleting `cohort:` if the result is for all.
    """
    for subject, deal in deals(examined):
        places = {
            metric.id: (i, {cohort.id for cohort in metric.cohorts})
            for i, metric in enumerate(deal.outcome_metrics)
        }
        unknown = (
            (i, result.cohort, result.outcome_metric, *places[result.outcome_metric])
            for i, result in enumerate(deal.results)
            # Of a metric that is not there it has been said.
            if result.cohort is not None
            and result.outcome_metric in places
            and result.cohort not in places[result.outcome_metric][1]
        )
        for count, (i, name, metric, number, cohorts) in enumerate(unknown):
            meant = _meant(subject, name, [("results", i, "cohort")], cohorts, count)
            yield error(
                "unknown-cohort",
                f"the outcome metric `{metric}` has no cohort `{name}`",
                subject.origin.at("results", i, "cohort"),
                "no cohort has this id",
                others=_listed(subject, cohorts, meant, "outcome_metrics", number, "cohorts"),
                help=meant.help
                or f"correct the id, add `- {{id: {name}}}` under `cohorts:` of the metric, or delete `cohort:` if the result is for all",
                fix=meant.fix,
            )


def unknown_support(examined: Examined) -> Iterator[Diagnostic]:
    """An ask rests on something that is neither an offer nor an outcome metric of the deal.

    `rests_on:` says what a government gets for what it is asked: something that is done, or something that is counted.

    Mend it by correcting the id, or by adding the offer or the metric.
    """
    for subject, deal in deals(examined):
        supports = {offer.id for offer in deal.offers} | {metric.id for metric in deal.outcome_metrics}
        others = {
            **{party.id: "a party" for party in deal.parties},
            **{ask.id: "an ask" for ask in deal.asks},
        }
        unknown = (
            (i, ask.id, k, name)
            for i, ask in enumerate(deal.asks)
            for k, name in enumerate(ask.rests_on)
            if name not in supports
        )
        for count, (i, ask_id, k, name) in enumerate(unknown):
            meant = _meant(subject, name, [("asks", i, "rests_on", k)], supports, count)
            what = f"this is {others[name]}" if name in others else "neither has this id"
            yield error(
                "unknown-support",
                f"the ask `{ask_id}` rests on `{name}`, which is no offer and no outcome metric",
                subject.origin.at("asks", i, "rests_on", k),
                what,
                help=meant.help
                or (
                    "delete it, or write the id of an offer or an outcome metric in its place"
                    if name in others
                    else f"correct the id, delete it, or add an offer with `id: {name}` under `offers:`"
                ),
                fix=meant.fix,
            )


def _scopes(deal: Deal) -> Iterator[Iterable[tuple[str, Path]]]:
    """The ids that must differ from each other, each with its place."""
    for fields in (("parties",), ("asks",), ("offers", "outcome_metrics")):
        yield ((each.id, (field, i, "id")) for field in fields for i, each in enumerate(getattr(deal, field)))
    for i, metric in enumerate(deal.outcome_metrics):
        yield (
            (cohort.id, ("outcome_metrics", i, "cohorts", k, "id")) for k, cohort in enumerate(metric.cohorts)
        )


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


class _Meant(Struct, frozen=True):
    """What was probably meant by an id that nothing has; all empty where nothing is like it."""

    name: str
    help: str = ""
    fix: Fix | None = None
    """Where it is sure."""


def _meant(subject: Subject, name: str, paths: Sequence[Path], among: Collection[str], count: int) -> _Meant:
    """What was probably meant by an id that stands in some places. Of very many such ids only the first are looked at."""
    meant = nearest(name, among) if count < _TRIED else ""
    if not meant or meant != slip(name, among):
        return _Meant(meant, f"did you mean `{meant}`?" if meant else "")
    spans = [subject.origin.at(*path) for path in paths]
    # A fix is for one file; of an id that a manifesto has replaced, the rest may stand in a library.
    fixes = [renamed(span, name, meant) for span in spans if span.source == spans[0].source]
    edits = tuple(edit for fix in fixes if fix for edit in fix.edits)
    return _Meant(meant, f"did you mean `{meant}`?", Fix(edits) if all(fixes) else None)


def _also(subject: Subject, paths: Sequence[Path]) -> tuple[Label, ...]:
    """The next few places in which the same id stands."""
    return tuple(Label(subject.origin.at(*path), "and here") for path in paths[1:_SHOWN])


def _listed(
    subject: Subject, among: Collection[object], meant: _Meant, *path: int | str
) -> tuple[Label, ...]:
    """Where those are listed of which none is meant; nothing where there are none, or one of them is like it."""
    return (Label(subject.origin.name(*path), "none of these"),) if among and not meant.name else ()
