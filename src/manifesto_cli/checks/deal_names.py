"""Ids inside a deal: whether each leads to one offer, metric or cohort of the deal."""

from collections.abc import Iterable, Iterator

from manifesto_cli.checks.deal_ids import also, listed, meant_by
from manifesto_cli.checks.deal_numbers import Path
from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, Label, error
from manifesto_cli.model.deal import Deal


def id_twice(examined: Examined) -> Iterator[Diagnostic]:
    """Two parties, asks, offers or outcome metrics of a deal, or two cohorts of a metric, have the same id.

    The rest of the deal says by the id which of them is meant. Offers and outcome metrics share their ids, since an ask can rest on either.

    Mend it by giving one of the two another id, wherever it is meant.
    """
    for subject, deal in examined.deals:
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


def unknown_metric(examined: Examined) -> Iterator[Diagnostic]:
    """A price or a result is for an outcome metric that the deal does not have.

    Mend it by correcting the id after `outcome_metric:`, or by adding the metric under `outcome_metrics:`.
    """
    for subject, deal in examined.deals:
        metrics = {metric.id for metric in deal.outcome_metrics}
        named: dict[str, list[Path]] = {}
        for field in ("outcome_pricings", "results"):
            for i, each in enumerate(getattr(deal, field)):
                if each.outcome_metric not in metrics:
                    named.setdefault(each.outcome_metric, []).append((field, i, "outcome_metric"))
        for count, (name, paths) in enumerate(named.items()):
            meant = meant_by(subject, name, paths, metrics, count)
            yield error(
                "unknown-metric",
                f"there is no outcome metric `{name}` in this deal",
                subject.origin.at(*paths[0]),
                "no outcome metric has this id",
                others=(*also(subject, paths), *listed(subject, metrics, meant, "outcome_metrics")),
                help=meant.help
                or f"correct the id, or add a metric with `id: {name}` under `outcome_metrics:`",
                fix=meant.fix,
            )


def unknown_cohort(examined: Examined) -> Iterator[Diagnostic]:
    """A result is for a cohort that its outcome metric does not have.

    Cohorts stand under `cohorts:` of the metric. A result without `cohort:` is for all together.

    Mend it by correcting the id, by adding the cohort, or by deleting `cohort:` if the result is for all.
    """
    for subject, deal in examined.deals:
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
            meant = meant_by(subject, name, [("results", i, "cohort")], cohorts, count)
            yield error(
                "unknown-cohort",
                f"the outcome metric `{metric}` has no cohort `{name}`",
                subject.origin.at("results", i, "cohort"),
                "no cohort has this id",
                others=listed(subject, cohorts, meant, "outcome_metrics", number, "cohorts"),
                help=meant.help
                or f"correct the id, add `- {{id: {name}}}` under `cohorts:` of the metric, or delete `cohort:` if the result is for all",
                fix=meant.fix,
            )


def unknown_support(examined: Examined) -> Iterator[Diagnostic]:
    """An ask rests on something that is neither an offer nor an outcome metric of the deal.

    `rests_on:` says what a government gets for what it is asked: something that is done, or something that is counted.

    Mend it by correcting the id, or by adding the offer or the metric.
    """
    for subject, deal in examined.deals:
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
            meant = meant_by(subject, name, [("asks", i, "rests_on", k)], supports, count)
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
