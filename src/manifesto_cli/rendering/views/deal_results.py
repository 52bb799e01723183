"""What a deal's page says of results: each against its trigger, with its date and its source."""

from manifesto_cli.payments.exact import readable
from manifesto_cli.rendering.views import deal_types as view
from manifesto_cli.rendering.views import deal_words, words
from manifesto_cli.rendering.views.deal_outcomes import Came, came_of
from manifesto_cli.rendering.views.deal_parts import DealOnPage

_MET = {True: "yes", False: "no", None: ""}


def result_views(here: DealOnPage) -> tuple[view.ResultView, ...]:
    """Every result of a deal, by metric, in the order in which they are written."""
    return tuple(
        _result(here, came, metric.unit)
        for metric in here.deal.outcome_metrics
        for came in came_of(here.deal, metric)
    )


def _result(here: DealOnPage, came: Came, unit: str) -> view.ResultView:
    direction = here.direction(came.metric)
    change = None if came.change is None else readable(came.change, came.trigger)
    against = came.baseline if came.given is not None else None
    return view.ResultView(
        metric=here.metric(came.metric),
        cohort=came.title,
        kind="interim" if came.result_type == "interim" else "final",
        value=deal_words.with_unit(came.given, unit) if came.given is not None else "",
        against=deal_words.with_unit(readable(against), unit) if against is not None else "",
        change=deal_words.change_words(change, direction) if change is not None else "",
        number=deal_words.percent(abs(change)) if change is not None else "",
        trigger=deal_words.change_words(came.trigger, direction) if came.trigger is not None else "",
        met=_MET[came.met],
        verdict=_verdict(came),
        payment=_payment(here, came),
        date=here.date(came.as_of),
        source=here.source(came.field, came.source, came.locator),
        note=came.note or ("Worked out from the cohorts." if came.standing and came.standing.pooled else ""),
    )


def _verdict(came: Came) -> str:
    if came.met is None:
        return "" if came.trigger is None else "Not known"
    return "Trigger reached" if came.met else "Trigger not reached"


def _payment(here: DealOnPage, came: Came) -> str:
    """What is due for a result that counts; of one that a later one has taken the place of nothing is said."""
    standing = came.standing
    if standing is None or standing.payable is None or not (standing.currency or came.trigger is not None):
        return ""
    if not standing.payable:
        return "No payment"
    if standing.payment is None:
        prices = {each.outcome_metric: each.price_per_unit for each in here.deal.outcome_pricings}
        return f"Payment due; {deal_words.no_sum(prices.get(came.metric))}"
    return f"{words.money(standing.payment, standing.currency)} earned"
