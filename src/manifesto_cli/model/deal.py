"""A deal: what a local area asks of a government, what it offers in return, and what is paid for which result.

Where the INDIGO data standard for outcome-based contracts (Government Outcomes Lab, University of Oxford) has a field, it is called as there.
"""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.claim import Claim
from manifesto_cli.model.idea import Question
from manifesto_cli.model.provenance import BasedOn
from manifesto_cli.model.quantity import Number, OpenNumber, PartialDate
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Currency, HoleName, Prose, Reference, Slug, Text, Url, Words

Direction = Literal["reduce", "increase"]
Level = Literal["cohort", "overall"]
FINISHED = frozenset({"closed", "refused"})
"""The statuses in which nothing can be agreed on any longer."""


class Party(Record, frozen=True, kw_only=True):
    """Who takes part in a deal."""

    id: Annotated[Slug, Meta(description="What it is called in the rest of the deal.")]
    organisation: Annotated[Words, Meta(description="The organisation's name.")]
    role: Annotated[
        Literal[
            "lead",
            "outcome_payer",
            "service_provider",
            "investor",
            "intermediary",
            "outcomes_validator",
            "partner",
        ],
        Meta(description="What it does in the deal."),
    ]
    url: Annotated[Url | None, Meta(description="The organisation's own site.")] = None


class Ask(Record, frozen=True, kw_only=True):
    """Something that is asked of the government."""

    id: Annotated[Slug, Meta(description="What it is called in the rest of the deal.")]
    of: Annotated[Slug, Meta(description="The id of the party of whom it is asked.")]
    kind: Annotated[
        Literal["power", "freedom", "flexibility", "funding", "data"],
        Meta(description="What kind of thing is asked for."),
    ]
    text: Annotated[Words, Meta(description="What is asked, in one sentence.")]
    because: Annotated[Words | None, Meta(description="Why, in one or two sentences.")] = None
    costs: Annotated[
        Words | None, Meta(description="What it costs whoever is asked, and when; in words.")
    ] = None
    rests_on: Annotated[
        tuple[Slug, ...],
        Meta(description="Ids of the offers and outcome metrics that it is asked in return for."),
    ] = ()


class Offer(Record, frozen=True, kw_only=True):
    """Something that the area does in return."""

    id: Annotated[Slug, Meta(description="What it is called in the rest of the deal.")]
    by: Annotated[Slug, Meta(description="The id of the party that offers it.")]
    kind: Annotated[
        Literal["delivery", "match-funding", "governance", "risk"],
        Meta(description="What kind of thing is offered."),
    ]
    text: Annotated[Words, Meta(description="What is offered, in one sentence.")]


class MetricBaseline(Record, frozen=True, kw_only=True):
    """Where an outcome metric stands without the deal."""

    value: Annotated[OpenNumber, Meta(description="The number, in the unit of the metric.")]
    period: Annotated[Words | None, Meta(description="When it was counted.")] = None
    method: Annotated[
        Literal["historical", "comparison-group", "national-rate"] | None,
        Meta(
            description="What it was taken from: earlier years, a group like this one, or the whole country."
        ),
    ] = None
    source: Annotated[Reference | None, Meta(description="The id of the source it is taken from.")] = None
    locator: Annotated[Text | None, Meta(description="Where in the source.")] = None


class MetricTarget(Record, frozen=True, kw_only=True):
    """Where an outcome metric shall stand."""

    value: Annotated[OpenNumber, Meta(description="The number to be reached, in the unit of the metric.")]
    by: Annotated[PartialDate | None, Meta(description="When it shall be reached.")] = None


class Trigger(Record, frozen=True, kw_only=True):
    """The change from which on a result is paid for."""

    level: Annotated[Level, Meta(description="Whether it counts for one cohort, or for all together.")]
    change: Annotated[
        OpenNumber,
        Meta(
            description="The least change against the baseline, in percent, in the direction of the metric: 10 is ten percent fewer where the metric shall fall."
        ),
    ]


class CohortResult(Record, frozen=True, kw_only=True):
    """What was counted in a cohort."""

    value: Annotated[Number, Meta(description="The number, in the unit of the metric.")]
    as_of: Annotated[PartialDate | None, Meta(description="When it was made known.")] = None
    source: Annotated[Reference | None, Meta(description="The id of the source it is taken from.")] = None
    locator: Annotated[Text | None, Meta(description="Where in the source.")] = None
    note: Annotated[Words | None, Meta(description="What a careful reader should know of it.")] = None


class Cohort(Record, frozen=True, kw_only=True):
    """A group of people for whom the outcome is counted."""

    id: Annotated[Slug, Meta(description="What it is called in the rest of the deal.")]
    period: Annotated[Words | None, Meta(description="When they were counted.")] = None
    size: Annotated[OpenNumber | None, Meta(description="How many people are in it.")] = None
    baseline: Annotated[
        MetricBaseline | None,
        Meta(description="What it is compared with, where that is not the baseline of the metric."),
    ] = None
    result: Annotated[CohortResult | None, Meta(description="What was counted, once it is known.")] = None


class OutcomeMetric(Record, frozen=True, kw_only=True):
    """What is counted to tell whether the deal works."""

    id: Annotated[Slug, Meta(description="What it is called in the rest of the deal.")]
    title: Annotated[
        Words | None, Meta(description="Its name in a few words; the definition unless given.")
    ] = None
    definition: Annotated[
        Words, Meta(description="What is counted, so that two people would count the same.")
    ]
    unit: Annotated[Words, Meta(description="The unit of its numbers, such as `events per 100 people`.")]
    direction: Annotated[Direction, Meta(description="Whether it shall become less or more.")]
    per: Annotated[
        OpenNumber | None,
        Meta(
            description="For a rate: per how many people it is counted, such as 100 for `events per 100 people`. A price is then for each one fewer, or more, among all people counted."
        ),
    ] = None
    target_population: Annotated[Words | None, Meta(description="For whom it is counted.")] = None
    population_size: Annotated[
        OpenNumber | None,
        Meta(description="How many people it is counted for; the cohorts together unless given."),
    ] = None
    baseline: Annotated[MetricBaseline | None, Meta(description="Where it stands without the deal.")] = None
    target: Annotated[MetricTarget | None, Meta(description="Where it shall stand.")] = None
    triggers: Annotated[
        tuple[Trigger, ...],
        Meta(description="From which change on a result is paid for; any of them will do."),
    ] = ()
    outcome_validation_method: Annotated[
        Words | None, Meta(description="How anyone can tell that the change came about.")
    ] = None
    outcomes_validator: Annotated[
        Slug | None, Meta(description="The id of the party that says whether it did.")
    ] = None
    cohorts: Annotated[tuple[Cohort, ...], Meta(description="The groups for whom it is counted.")] = ()


class OutcomePricing(Record, frozen=True, kw_only=True):
    """What is paid for an outcome."""

    outcome_metric: Annotated[Slug, Meta(description="The id of the metric.")]
    currency: Annotated[Currency, Meta(description="The currency of both sums.")] = "GBP"
    price_per_unit: Annotated[
        OpenNumber | None,
        Meta(
            description="What is paid for each one fewer, or more, than the baseline: for one unit of the metric or, if it is a rate (`per`), for one among all people counted. Left out where it is not public."
        ),
    ] = None
    maximum_price_if_all_targets_achieved: Annotated[
        OpenNumber | None, Meta(description="The most that is paid for this metric, whatever is reached.")
    ] = None
    paid: Annotated[
        Words | None, Meta(description="When it is paid, such as `within three months of each result`.")
    ] = None


class OutcomePaymentCommitment(Record, frozen=True, kw_only=True):
    """What a party has promised to pay for outcomes."""

    party: Annotated[Slug, Meta(description="The id of the party that pays.")]
    currency: Annotated[Currency, Meta(description="The currency of the sum.")] = "GBP"
    maximum_potential_outcome_payment: Annotated[
        OpenNumber | None, Meta(description="The most that it pays. Left out where it is not public.")
    ] = None


class Investment(Record, frozen=True, kw_only=True):
    """What a party puts in before any outcome is known."""

    party: Annotated[Slug, Meta(description="The id of the party that invests.")]
    currency: Annotated[Currency, Meta(description="The currency of all three sums.")] = "GBP"
    investment_commitment: Annotated[
        OpenNumber | None, Meta(description="What it has promised to put in.")
    ] = None
    maximum_potential_loss: Annotated[OpenNumber | None, Meta(description="The most that it can lose.")] = (
        None
    )
    maximum_potential_return: Annotated[
        OpenNumber | None, Meta(description="The most that it can get beyond what it puts in.")
    ] = None


class DealResult(Record, frozen=True, kw_only=True):
    """What came of an outcome metric, as somebody has made it known."""

    outcome_metric: Annotated[Slug, Meta(description="The id of the metric.")]
    cohort: Annotated[Slug | None, Meta(description="The id of the cohort; left out for all together.")] = (
        None
    )
    result_type: Annotated[Literal["interim", "final"], Meta(description="Whether more is to come.")]
    value: Annotated[
        Number | None,
        Meta(description="The number, in the unit of the metric; left out where only the change is known."),
    ] = None
    change: Annotated[
        Number | None,
        Meta(
            description="The change against the baseline, in percent, in the direction of the metric, where that is what is known."
        ),
    ] = None
    as_of: Annotated[PartialDate | None, Meta(description="When it was made known.")] = None
    source: Annotated[Reference | None, Meta(description="The id of the source it is taken from.")] = None
    locator: Annotated[Text | None, Meta(description="Where in the source.")] = None
    note: Annotated[Words | None, Meta(description="What a careful reader should know of it.")] = None


class Risk(Record, frozen=True, kw_only=True):
    """What could go wrong, and what happens then."""

    borne_by: Annotated[Slug | None, Meta(description="The id of the party that bears it.")] = None
    text: Annotated[Words, Meta(description="What could go wrong, in one sentence.")]
    then: Annotated[Words | None, Meta(description="What happens then, and who bears it.")] = None


class Deal(Record, frozen=True, kw_only=True):
    """One file of `deals/`: an ask, an offer, and payment by results."""

    title: Annotated[Words, Meta(description="Its name, in a few words.")]
    area: Annotated[Words | None, Meta(description="The area that it is for.")] = None
    status: Annotated[
        Literal["proposed", "negotiating", "agreed", "live", "closed", "refused"],
        Meta(description="How far it is."),
    ] = "proposed"
    status_on: Annotated[PartialDate | None, Meta(description="Since when that is so.")] = None
    begins: Annotated[PartialDate | None, Meta(description="When it begins, or began.")] = None
    ends: Annotated[PartialDate | None, Meta(description="When it ends, or ended.")] = None
    summary: Annotated[Words, Meta(description="One sentence that says what it is.")]
    body: Annotated[
        Prose | None, Meta(description="Why, and how it works, in Markdown. Headings start at level 2.")
    ] = None
    ideas: Annotated[tuple[Reference, ...], Meta(description="Ids of ideas that it rests on.")] = ()
    case_studies: Annotated[
        tuple[Reference, ...], Meta(description="Ids of case studies that it rests on.")
    ] = ()
    parties: Annotated[tuple[Party, ...], Meta(description="Who takes part.")] = ()
    asks: Annotated[tuple[Ask, ...], Meta(description="What is asked of the government.")] = ()
    offers: Annotated[tuple[Offer, ...], Meta(description="What the area does in return.")] = ()
    outcome_metrics: Annotated[
        tuple[OutcomeMetric, ...], Meta(description="What is counted to tell whether it works.")
    ] = ()
    outcome_pricings: Annotated[
        tuple[OutcomePricing, ...], Meta(description="What is paid for which outcome.")
    ] = ()
    outcome_payment_commitments: Annotated[
        tuple[OutcomePaymentCommitment, ...], Meta(description="Who has promised to pay for outcomes.")
    ] = ()
    investments: Annotated[
        tuple[Investment, ...], Meta(description="Who puts money in before any outcome is known.")
    ] = ()
    results: Annotated[tuple[DealResult, ...], Meta(description="What came of it.")] = ()
    risks: Annotated[tuple[Risk, ...], Meta(description="What could go wrong, and what happens then.")] = ()
    if_it_fails: Annotated[
        Prose | None, Meta(description="What happens if the outcomes are not reached, in Markdown.")
    ] = None
    claims: Annotated[tuple[Claim, ...], Meta(description="The facts it rests on.")] = ()
    questions: Annotated[
        dict[HoleName, Question],
        Meta(description="The placeholders it needs, each with the question to ask."),
    ] = {}
    tags: Annotated[tuple[Slug, ...], Meta(description="Words to find it by.")] = ()
    based_on: Annotated[
        BasedOn | None, Meta(description="The document that it was made from, if it was made from one.")
    ] = None
    formerly: Annotated[
        tuple[Slug, ...], Meta(description="Ids it had before; old addresses go on working.")
    ] = ()
