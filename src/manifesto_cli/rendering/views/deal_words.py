"""What the choices and numbers of a deal are called where readers see them."""

from decimal import Decimal

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.model.deal import FINISHED, Direction, OutcomeMetric
from manifesto_cli.model.quantity import Number
from manifesto_cli.rendering.views import words

STATUS = {
    "proposed": "Proposed",
    "negotiating": "Being negotiated",
    "agreed": "Agreed",
    "live": "Running",
    "closed": "Closed",
    "refused": "Refused",
}
ROLE = {
    "lead": "Leads the deal",
    "outcome_payer": "Pays for results",
    "service_provider": "Does the work",
    "investor": "Puts in the money beforehand",
    "intermediary": "Brings the others together",
    "outcomes_validator": "Says whether results are reached",
    "partner": "Takes part",
}
ASK = {
    "power": "A power",
    "freedom": "A freedom",
    "flexibility": "A flexibility",
    "funding": "Money",
    "data": "Data",
}
OFFER = {
    "delivery": "Work",
    "match-funding": "Money of our own",
    "governance": "Governance",
    "risk": "A share of the risk",
}
OFFER_OF_OTHERS = {**OFFER, "match-funding": "Money of their own"}
METHOD = {
    "historical": "from earlier years",
    "comparison-group": "from a group like this one, without the deal",
    "national-rate": "from the whole country",
}
DIRECTION = {"reduce": "It shall become less", "increase": "It shall become more"}
LEVEL = {"cohort": "for a cohort", "overall": "for all together"}
_WORD = {
    ("reduce", True): "fewer",
    ("reduce", False): "more",
    ("increase", True): "more",
    ("increase", False): "fewer",
}


def status_words(cited: EditionDeal, language: str) -> str:
    """How far a deal is, with the date since when."""
    deal = cited.deal
    return ", since ".join(
        part for part in (STATUS[deal.status], words.date_words(deal.status_on, language)) if part
    )


def own(cited: EditionDeal) -> bool:
    """Whether the candidate speaks in a deal: it is their own, or was made to be filled in. One that a library tells is others'."""
    return not cited.library or bool(cited.deal.questions)


def sides(cited: EditionDeal) -> tuple[str, str]:
    """What to call what is asked, and what is offered: in the first person where the candidate speaks, in the past where it is over."""
    over = cited.deal.status in FINISHED
    if own(cited):
        return ("We asked", "We offered") if over else ("We ask", "We offer")
    return ("What was asked", "What was offered") if over else ("What is asked", "What is offered")


def metric_title(metric: OutcomeMetric) -> str:
    """Its name, or what is counted."""
    return metric.title or metric.definition.rstrip(".")


def cohort_title(cohort: str) -> str:
    """What a cohort is called, by its id; with an empty one all of them together."""
    return f"Cohort “{cohort.replace('-', ' ')}”" if cohort else "All together"


def change_words(change: Decimal, direction: Direction) -> str:
    """A change against the baseline that is better where it is above 0, as what became of the number."""
    if change == 0:
        return "no change"
    return f"{percent(abs(change))} {_WORD[direction, change > 0]}"


def no_sum(price: Number | None) -> str:
    """Why there is no sum although something is paid: its price is not public or, if it is, something else is not known."""
    return "the amount is not public" if price is None else "the amount is not known yet"


def percent(number: Decimal) -> str:
    """A number of percent, without zeros at its end."""
    minus = "\N{MINUS SIGN}" if number < 0 else ""
    return f"{minus}{words.number_words(_bare(abs(number)))}%"


def with_unit(value: Number | Decimal, unit: str) -> str:
    """A number of a metric with its unit."""
    return " ".join(part for part in words.with_unit(_bare(value), unit) if part)


def _bare(number: Decimal) -> Decimal:
    """The number without zeros at the end of its decimal places."""
    return number if number == number.to_integral_value() else number.normalize()
