"""What a deal's page says of payment: prices and what is paid for which change, who pays, who invests, and the best and worst case."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from manifesto_cli.model.deal import Deal, OutcomeMetric
from manifesto_cli.model.quantity import Number
from manifesto_cli.payments.parties import Settlement
from manifesto_cli.payments.paying import pricing
from manifesto_cli.payments.simulation import MetricPayment, Simulation, simulate
from manifesto_cli.rendering.views import deal_words, words
from manifesto_cli.rendering.views import payment_types as view
from manifesto_cli.rendering.views.curve_geometry import curve_view
from manifesto_cli.rendering.views.deal_parts import DealOnPage

_WORTH = {"reduce": "fewer", "increase": "more"}


def payment_view(here: DealOnPage) -> view.PaymentView | None:
    """What is paid, by whom, and who bears what; None where the deal says nothing of it."""
    deal = here.deal
    worked_out = simulate(deal, {})
    priced = [each for each in worked_out.payments if each.paid_for]
    if not (priced or deal.outcome_payment_commitments or deal.investments):
        return None
    metrics = {metric.id: metric for metric in deal.outcome_metrics}
    return view.PaymentView(
        pricings=tuple(_pricing(here, metrics[each.metric], each) for each in priced),
        commitments=tuple(
            view.CommitmentView(
                here.party(each.party), _money(each.maximum_potential_outcome_payment, each.currency)
            )
            for each in deal.outcome_payment_commitments
        ),
        investments=tuple(
            view.InvestmentView(
                here.party(each.party),
                _money(each.investment_commitment, each.currency),
                _money(each.maximum_potential_loss, each.currency),
                _money(each.maximum_potential_return, each.currency),
            )
            for each in deal.investments
        ),
        cases=tuple(_cases(here, worked_out)),
    )


def _pricing(here: DealOnPage, metric: OutcomeMetric, payment: MetricPayment) -> view.PricingView:
    found = pricing(here.deal, metric)
    price = _money(found.price_per_unit, found.currency) if found else ""
    among = " among all people counted" if metric.per is not None else ""
    starts = (
        f"{deal_words.change_words(trigger.change, metric.direction)} {deal_words.LEVEL[trigger.level]}"
        for trigger in metric.triggers
    )
    return view.PricingView(
        metric=here.metric(metric.id),
        price=f"{price} for each one {_WORTH[metric.direction]}{among}" if price else "",
        most=_most(payment),
        starts=", or ".join(starts),
        paid=(found.paid if found else None) or "",
        due=_due(payment, found.price_per_unit if found else None)
        if any(_results(here.deal, metric.id))
        else "",
        curve=curve_view(here.deal, metric, mirrored=words.direction(here.of.language) == "rtl"),
    )


def _results(deal: Deal, metric: str) -> Iterator[bool]:
    yield from (True for result in deal.results if result.outcome_metric == metric)
    for each in deal.outcome_metrics:
        yield from (True for cohort in each.cohorts if each.id == metric and cohort.result)


def _most(payment: MetricPayment) -> str:
    most = _money(payment.cap, payment.currency)
    return f"{most}, for all outcomes together" if most and payment.cap_by == "commitments" else most


def _due(payment: MetricPayment, price: Number | None) -> str:
    if payment.payable is None:
        return ""
    if not payment.payable:
        return "Nothing so far"
    if payment.payment is None:
        return f"A payment; {deal_words.no_sum(price)}"
    return words.money(payment.payment, payment.currency)


def _cases(here: DealOnPage, worked_out: Simulation) -> Iterator[view.MoneyCase]:
    """The best and the worst case in each currency in which there is anything to tell."""
    for each in worked_out.settlements:
        many = f" ({each.currency})" if len(worked_out.settlements) > 1 else ""
        if each.most is not None and (each.payers or each.investors):
            yield _case(here, each, f"If as much is paid as can be{many}", each.most, best=True)
            yield _case(here, each, f"If nothing is paid{many}", Decimal(0), best=False)


def _case(here: DealOnPage, each: Settlement, title: str, total: Decimal, *, best: bool) -> view.MoneyCase:
    pays = ((payer.party, payer.most if best else Decimal(0)) for payer in each.payers)
    gets = ((investor.party, investor.best if best else investor.worst) for investor in each.investors)
    return view.MoneyCase(
        title,
        words.money(total, each.currency),
        (*_shares(here, pays, "pays", each.currency), *_shares(here, gets, "gets back", each.currency)),
    )


def _shares(
    here: DealOnPage, sums: Iterable[tuple[str, Decimal | None]], does: str, currency: str
) -> Iterator[view.CaseShare]:
    for party, amount in sums:
        yield view.CaseShare(here.party(party), does, _money(amount, currency))


def _money(amount: Decimal | None, currency: str) -> str:
    return words.money(amount, currency) if amount is not None else ""
