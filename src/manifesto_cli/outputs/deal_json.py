"""A deal as `manifesto.json` has it: every field, sources by their keys, numbers with the digits that were written."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.model import deal as model
from manifesto_cli.model.quantity import Number
from manifesto_cli.outputs import deal_shape as shape
from manifesto_cli.outputs.shared_json import address_words, basis_part, claim_part, key_words, text_part
from manifesto_cli.rendering.site import Site

if TYPE_CHECKING:
    from manifesto_cli.payments.simulation import MetricPayment, Simulation, Standing


def resting_on_ideas(deals: Iterable[EditionDeal]) -> Mapping[str, tuple[str, ...]]:
    """Key of a pledge → the deals that rest on it, as `manifesto.json` names them."""
    return _inverted((key_words(deal), [idea.key for idea in deal.ideas if idea.key]) for deal in deals)


def resting_on_studies(deals: Iterable[EditionDeal]) -> Mapping[str, tuple[str, ...]]:
    """Key of a case study → the deals that rest on it, as `manifesto.json` names them."""
    return _inverted((key_words(deal), deal.case_studies) for deal in deals)


def _inverted(named: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for deal, keys in named:
        for key in dict.fromkeys(keys):
            found[key] = (*found.get(key, ()), deal)
    return found


def deal_part(site: Site, number: int, of: EditionDeal) -> shape.Deal:
    """A deal, with its place among all, and where on the website it is."""
    from manifesto_cli.payments.simulation import simulate  # noqa: PLC0415 - only deals need it

    deal, worked_out = of.deal, simulate(of.deal, {})
    return shape.Deal(
        key=key_words(of),
        id=of.id,
        library=of.library or None,
        number=number,
        title=deal.title,
        area=deal.area,
        status=deal.status,
        status_on=deal.status_on,
        begins=deal.begins,
        ends=deal.ends,
        summary=deal.summary,
        body=text_part(site, ("deal", of.key, "body")),
        ideas=tuple(
            shape.RestedOn(title=idea.title, pledge=idea.key.removeprefix(":") or None) for idea in of.ideas
        ),
        case_studies=tuple(key.removeprefix(":") for key in of.case_studies),
        parties=tuple(
            shape.Party(id=party.id, organisation=party.organisation, role=party.role, url=party.url)
            for party in deal.parties
        ),
        asks=tuple(map(_ask, deal.asks)),
        offers=tuple(
            shape.Offer(id=offer.id, by=offer.by, kind=offer.kind, text=offer.text) for offer in deal.offers
        ),
        outcome_metrics=tuple(_metric(of, metric, worked_out) for metric in deal.outcome_metrics),
        outcome_pricings=tuple(map(_pricing, deal.outcome_pricings)),
        outcome_payment_commitments=tuple(map(_commitment, deal.outcome_payment_commitments)),
        investments=tuple(map(_investment, deal.investments)),
        results=tuple(_result(of, result) for result in deal.results),
        risks=tuple(
            shape.Risk(borne_by=risk.borne_by, text=risk.text, then=risk.then) for risk in deal.risks
        ),
        if_it_fails=text_part(site, ("deal", of.key, "if_it_fails")),
        claims=tuple(map(claim_part, of.evidence)),
        tags=deal.tags,
        based_on=basis_part(of.basis),
        adapted=tuple(sorted(of.overridden)),
        formerly=deal.formerly,
        address=address_words(site.address("deal", of.key)),
    )


def _ask(ask: model.Ask) -> shape.Ask:
    return shape.Ask(
        id=ask.id,
        of=ask.of,
        kind=ask.kind,
        text=ask.text,
        because=ask.because,
        costs=ask.costs,
        rests_on=ask.rests_on,
    )


def _metric(of: EditionDeal, metric: model.OutcomeMetric, worked_out: "Simulation") -> shape.OutcomeMetric:
    standings = (each for each in worked_out.standings if each.metric == metric.id)
    payments = (each for each in worked_out.payments if each.metric == metric.id and each.paid_for)
    return shape.OutcomeMetric(
        id=metric.id,
        title=metric.title,
        definition=metric.definition,
        unit=metric.unit,
        direction=metric.direction,
        per=metric.per,
        target_population=metric.target_population,
        population_size=metric.population_size,
        baseline=_baseline(of, metric.baseline),
        target=(
            shape.MetricTarget(value=metric.target.value, by=metric.target.by) if metric.target else None
        ),
        triggers=tuple(
            shape.Trigger(level=trigger.level, change=trigger.change) for trigger in metric.triggers
        ),
        outcome_validation_method=metric.outcome_validation_method,
        outcomes_validator=metric.outcomes_validator,
        cohorts=tuple(_cohort(of, cohort) for cohort in metric.cohorts),
        standings=tuple(_standing(of, standing) for standing in standings),
        due=next(map(_due, payments), None),
    )


def _standing(of: EditionDeal, standing: "Standing") -> shape.Standing:
    field = str(standing.path[0]) if standing.path else ""
    return shape.Standing(
        level=standing.level,
        cohort=standing.cohort or None,
        baseline=_number(standing.baseline),
        value=_number(standing.value),
        change=_number(standing.change_percent),
        trigger=_number(standing.trigger),
        met=standing.met,
        payable=standing.payable,
        payment=_number(standing.payment),
        result_type=standing.result_type if standing.result_type in ("interim", "final") else None,
        pooled=standing.pooled,
        as_of=standing.as_of,
        source=_source(of, field, standing.source),
    )


def _due(payment: "MetricPayment") -> shape.Due:
    return shape.Due(
        payable=payment.payable,
        payment=_number(payment.payment),
        currency=payment.currency or None,
        cap=_number(payment.cap),
        capped=payment.capped,
        complete=payment.complete,
    )


def _number(worked_out: Decimal | None) -> Number | None:
    return None if worked_out is None else Number(worked_out)


def _cohort(of: EditionDeal, cohort: model.Cohort) -> shape.Cohort:
    result = cohort.result
    return shape.Cohort(
        id=cohort.id,
        period=cohort.period,
        size=cohort.size,
        baseline=_baseline(of, cohort.baseline),
        result=(
            shape.CohortResult(
                value=result.value,
                as_of=result.as_of,
                source=_source(of, "outcome_metrics", result.source),
                locator=result.locator,
                note=result.note,
            )
            if result
            else None
        ),
    )


def _baseline(of: EditionDeal, baseline: model.MetricBaseline | None) -> shape.MetricBaseline | None:
    if baseline is None:
        return None
    return shape.MetricBaseline(
        value=baseline.value,
        period=baseline.period,
        method=baseline.method,
        source=_source(of, "outcome_metrics", baseline.source),
        locator=baseline.locator,
    )


def _result(of: EditionDeal, result: model.DealResult) -> shape.DealResult:
    return shape.DealResult(
        outcome_metric=result.outcome_metric,
        cohort=result.cohort,
        result_type=result.result_type,
        value=result.value,
        change=result.change,
        as_of=result.as_of,
        source=_source(of, "results", result.source),
        locator=result.locator,
        note=result.note,
    )


def _source(of: EditionDeal, field: str, reference: str | None) -> str | None:
    return key_words(of.cited[field, reference]) if reference else None


def _pricing(pricing: model.OutcomePricing) -> shape.OutcomePricing:
    return shape.OutcomePricing(
        outcome_metric=pricing.outcome_metric,
        currency=pricing.currency,
        price_per_unit=pricing.price_per_unit,
        maximum_price_if_all_targets_achieved=pricing.maximum_price_if_all_targets_achieved,
        paid=pricing.paid,
    )


def _commitment(commitment: model.OutcomePaymentCommitment) -> shape.OutcomePaymentCommitment:
    return shape.OutcomePaymentCommitment(
        party=commitment.party,
        currency=commitment.currency,
        maximum_potential_outcome_payment=commitment.maximum_potential_outcome_payment,
    )


def _investment(investment: model.Investment) -> shape.Investment:
    return shape.Investment(
        party=investment.party,
        currency=investment.currency,
        investment_commitment=investment.investment_commitment,
        maximum_potential_loss=investment.maximum_potential_loss,
        maximum_potential_return=investment.maximum_potential_return,
    )
