"""The shape of a deal in `manifesto.json`. Where the INDIGO data standard (see `model.deal`) has a field, it is called as there."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.deal import Direction, Level
from manifesto_cli.model.quantity import Number
from manifesto_cli.outputs.shared_shape import Adapted, Basis, Claim, FromLibrary, Key, Part, Text

OfParty = Annotated[str, Meta(description="The `id` of the party.")]
OfMetric = Annotated[str, Meta(description="The `id` of the outcome metric.")]
InCurrency = Annotated[str, Meta(description="The currency of its sums (ISO 4217).")]
FromSource = Annotated[
    str | None, Meta(description="The `key` of the source that it is taken from; null where none is given.")
]
InSource = Annotated[str | None, Meta(description="Where in the source: a page, section or table.")]
MadeKnown = Annotated[str | None, Meta(description="When it was made known: a year, a month or a day.")]


class RestedOn(Part, frozen=True, kw_only=True):
    """An idea that a deal rests on."""

    title: Annotated[str, Meta(description="Its name.")]
    pledge: Annotated[
        str | None,
        Meta(description="The `key` of the pledge that it is here; null if the manifesto does not pick it."),
    ]


class Party(Part, frozen=True, kw_only=True):
    """Who takes part in a deal."""

    id: Annotated[str, Meta(description="What it is called in the rest of the deal.")]
    organisation: Annotated[str, Meta(description="The organisation's name.")]
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
    url: Annotated[str | None, Meta(description="The organisation's own site.")]


class Ask(Part, frozen=True, kw_only=True):
    """Something that is asked of the government."""

    id: Annotated[str, Meta(description="What it is called in the rest of the deal.")]
    of: Annotated[str, Meta(description="The `id` of the party of whom it is asked.")]
    kind: Annotated[
        Literal["power", "freedom", "flexibility", "funding", "data"],
        Meta(description="What kind of thing is asked for."),
    ]
    text: Annotated[str, Meta(description="What is asked.")]
    because: Annotated[str | None, Meta(description="Why.")]
    costs: Annotated[str | None, Meta(description="What it costs whoever is asked, and when; in words.")]
    rests_on: Annotated[
        tuple[str, ...],
        Meta(description="The `id` of each offer and outcome metric that it is asked in return for."),
    ]


class Offer(Part, frozen=True, kw_only=True):
    """Something that the area does in return."""

    id: Annotated[str, Meta(description="What it is called in the rest of the deal.")]
    by: Annotated[str, Meta(description="The `id` of the party that offers it.")]
    kind: Annotated[
        Literal["delivery", "match-funding", "governance", "risk"],
        Meta(description="What kind of thing is offered."),
    ]
    text: Annotated[str, Meta(description="What is offered.")]


class MetricBaseline(Part, frozen=True, kw_only=True):
    """Where an outcome metric stands without the deal."""

    value: Annotated[Number, Meta(description="The number, in the unit of the metric.")]
    period: Annotated[str | None, Meta(description="When it was counted, in words.")]
    method: Annotated[
        Literal["historical", "comparison-group", "national-rate"] | None,
        Meta(
            description="What it was taken from: earlier years, a group like this one, or the whole country."
        ),
    ]
    source: FromSource
    locator: InSource


class MetricTarget(Part, frozen=True, kw_only=True):
    """Where an outcome metric shall stand."""

    value: Annotated[Number, Meta(description="The number to be reached, in the unit of the metric.")]
    by: Annotated[str | None, Meta(description="When it shall be reached: a year, a month or a day.")]


class Trigger(Part, frozen=True, kw_only=True):
    """The change from which on a result is paid for."""

    level: Annotated[Level, Meta(description="Whether it counts for one cohort, or for all together.")]
    change: Annotated[
        Number,
        Meta(
            description="The least change against the baseline, in percent, in the direction of the metric."
        ),
    ]


class CohortResult(Part, frozen=True, kw_only=True):
    """What was counted in a cohort."""

    value: Annotated[Number, Meta(description="The number, in the unit of the metric.")]
    as_of: MadeKnown
    source: FromSource
    locator: InSource
    note: Annotated[str | None, Meta(description="What a careful reader should know of it.")]


class Cohort(Part, frozen=True, kw_only=True):
    """A group of people for whom an outcome is counted."""

    id: Annotated[str, Meta(description="What it is called in the rest of the deal.")]
    period: Annotated[str | None, Meta(description="When they were counted, in words.")]
    size: Annotated[Number | None, Meta(description="How many people are in it.")]
    baseline: Annotated[
        MetricBaseline | None,
        Meta(description="What it is compared with, where that is not the baseline of the metric."),
    ]
    result: Annotated[CohortResult | None, Meta(description="What was counted, once it is known.")]


class Standing(Part, frozen=True, kw_only=True):
    """Where an outcome metric stands against a trigger, worked out from the results that count: the last final ones, else the last interim ones."""

    level: Annotated[Level, Meta(description="Whether it is of one cohort, or of all together.")]
    cohort: Annotated[str | None, Meta(description="The `id` of the cohort; null for all together.")]
    baseline: Annotated[
        Number | None, Meta(description="What it is compared with; null where it is not known.")
    ]
    value: Annotated[Number | None, Meta(description="What was counted; null where it is not known.")]
    change: Annotated[
        Number | None,
        Meta(
            description="The change against the baseline, in percent, in the direction of the metric, rounded down at the ninth place; null where it is not known."
        ),
    ]
    trigger: Annotated[
        Number | None, Meta(description="The least change that is paid for; null where there is none.")
    ]
    met: Annotated[
        bool | None,
        Meta(
            description="Whether the trigger is reached, compared exactly; null where there is none, or that is not known."
        ),
    ]
    payable: Annotated[
        bool | None, Meta(description="Whether anything is due for it; null where that is not known.")
    ]
    payment: Annotated[
        Number | None,
        Meta(
            description="What it earns by itself. What all together earn holds what the cohorts have earned. Null where it is not known."
        ),
    ]
    result_type: Annotated[
        Literal["interim", "final"] | None, Meta(description="Whether more is to come, where that is said.")
    ]
    pooled: Annotated[bool, Meta(description="Whether it was worked out from the cohorts.")]
    as_of: MadeKnown
    source: FromSource


class Due(Part, frozen=True, kw_only=True):
    """What is due for an outcome metric in all, for the results so far."""

    payable: Annotated[
        bool | None, Meta(description="Whether anything is due; null where that is not known.")
    ]
    payment: Annotated[
        Number | None,
        Meta(
            description="How much, rounded half up to the smallest unit of the currency; null where that is not known."
        ),
    ]
    currency: Annotated[
        str | None, Meta(description="Its currency (ISO 4217); null where there is no price.")
    ]
    cap: Annotated[
        Number | None, Meta(description="The most that is paid for it; null where that is not known.")
    ]
    capped: Annotated[bool, Meta(description="Whether more was earned than that.")]
    complete: Annotated[bool, Meta(description="Whether no more results are to come.")]


class OutcomeMetric(Part, frozen=True, kw_only=True):
    """What is counted to tell whether a deal works."""

    id: Annotated[str, Meta(description="What it is called in the rest of the deal.")]
    title: Annotated[str | None, Meta(description="Its name in a few words.")]
    definition: Annotated[str, Meta(description="What is counted.")]
    unit: Annotated[str, Meta(description="The unit of its numbers, such as `events per 100 people`.")]
    direction: Annotated[Direction, Meta(description="Whether it shall become less or more.")]
    per: Annotated[Number | None, Meta(description="For a rate: per how many people it is counted.")]
    target_population: Annotated[str | None, Meta(description="For whom it is counted.")]
    population_size: Annotated[Number | None, Meta(description="How many people it is counted for.")]
    baseline: Annotated[MetricBaseline | None, Meta(description="Where it stands without the deal.")]
    target: Annotated[MetricTarget | None, Meta(description="Where it shall stand.")]
    triggers: Annotated[
        tuple[Trigger, ...],
        Meta(description="From which change on a result is paid for; any of them will do."),
    ]
    outcome_validation_method: Annotated[
        str | None, Meta(description="How anyone can tell that the change came about.")
    ]
    outcomes_validator: Annotated[
        str | None, Meta(description="The `id` of the party that says whether it did.")
    ]
    cohorts: Annotated[tuple[Cohort, ...], Meta(description="The groups for whom it is counted.")]
    standings: Annotated[
        tuple[Standing, ...],
        Meta(description="Where it stands against its triggers: cohorts first, then all together."),
    ]
    due: Annotated[
        Due | None, Meta(description="What is due for it in all; null where nothing is paid for it.")
    ]


class OutcomePricing(Part, frozen=True, kw_only=True):
    """What is paid for an outcome."""

    outcome_metric: OfMetric
    currency: InCurrency
    price_per_unit: Annotated[
        Number | None,
        Meta(
            description="What is paid for each one fewer, or more, than the baseline: for one unit of the metric or, if it is a rate (`per`), for one among all people counted. Null where it is not public."
        ),
    ]
    maximum_price_if_all_targets_achieved: Annotated[
        Number | None, Meta(description="The most that is paid for this metric, whatever is reached.")
    ]
    paid: Annotated[str | None, Meta(description="When it is paid, in words.")]


class OutcomePaymentCommitment(Part, frozen=True, kw_only=True):
    """What a party has promised to pay for outcomes."""

    party: OfParty
    currency: InCurrency
    maximum_potential_outcome_payment: Annotated[
        Number | None, Meta(description="The most that it pays. Null where it is not public.")
    ]


class Investment(Part, frozen=True, kw_only=True):
    """What a party puts in before any outcome is known."""

    party: OfParty
    currency: InCurrency
    investment_commitment: Annotated[Number | None, Meta(description="What it has promised to put in.")]
    maximum_potential_loss: Annotated[Number | None, Meta(description="The most that it can lose.")]
    maximum_potential_return: Annotated[
        Number | None, Meta(description="The most that it can get beyond what it puts in.")
    ]


class DealResult(Part, frozen=True, kw_only=True):
    """What came of an outcome metric, as somebody has made it known."""

    outcome_metric: OfMetric
    cohort: Annotated[str | None, Meta(description="The `id` of the cohort; null for all together.")]
    result_type: Annotated[Literal["interim", "final"], Meta(description="Whether more is to come.")]
    value: Annotated[
        Number | None,
        Meta(description="The number, in the unit of the metric; null where only the change is known."),
    ]
    change: Annotated[
        Number | None,
        Meta(
            description="The change against the baseline, in percent, in the direction of the metric, where that is what was made known."
        ),
    ]
    as_of: MadeKnown
    source: FromSource
    locator: InSource
    note: Annotated[str | None, Meta(description="What a careful reader should know of it.")]


class Risk(Part, frozen=True, kw_only=True):
    """What could go wrong in a deal, and what happens then."""

    borne_by: Annotated[str | None, Meta(description="The `id` of the party that bears it.")]
    text: Annotated[str, Meta(description="What could go wrong.")]
    then: Annotated[str | None, Meta(description="What happens then.")]


class Deal(Part, frozen=True, kw_only=True):
    """A deal: what an area asks of a government, what it offers in return, and what is paid for which result."""

    key: Key
    id: Annotated[str, Meta(description="Its id.")]
    library: FromLibrary
    number: Annotated[int, Meta(description="Its place among the deals, from 1.")]
    title: Annotated[str, Meta(description="Its name, in a few words.")]
    area: Annotated[str | None, Meta(description="The area that it is for.")]
    status: Annotated[
        Literal["proposed", "negotiating", "agreed", "live", "closed", "refused"],
        Meta(description="How far it is."),
    ]
    status_on: Annotated[str | None, Meta(description="Since when that is so: a year, a month or a day.")]
    begins: Annotated[str | None, Meta(description="When it begins, or began: a year, a month or a day.")]
    ends: Annotated[str | None, Meta(description="When it ends, or ended: a year, a month or a day.")]
    summary: Annotated[str, Meta(description="One sentence that says what it is.")]
    body: Annotated[Text | None, Meta(description="Why, and how it works.")]
    ideas: Annotated[tuple[RestedOn, ...], Meta(description="The ideas that it rests on.")]
    case_studies: Annotated[
        tuple[str, ...], Meta(description="The `key` of each case study that it rests on.")
    ]
    parties: Annotated[tuple[Party, ...], Meta(description="Who takes part.")]
    asks: Annotated[tuple[Ask, ...], Meta(description="What is asked of the government.")]
    offers: Annotated[tuple[Offer, ...], Meta(description="What the area does in return.")]
    outcome_metrics: Annotated[
        tuple[OutcomeMetric, ...], Meta(description="What is counted to tell whether it works.")
    ]
    outcome_pricings: Annotated[
        tuple[OutcomePricing, ...], Meta(description="What is paid for which outcome.")
    ]
    outcome_payment_commitments: Annotated[
        tuple[OutcomePaymentCommitment, ...], Meta(description="Who has promised to pay for outcomes.")
    ]
    investments: Annotated[
        tuple[Investment, ...], Meta(description="Who puts money in before any outcome is known.")
    ]
    results: Annotated[tuple[DealResult, ...], Meta(description="What came of it.")]
    risks: Annotated[tuple[Risk, ...], Meta(description="What could go wrong, and what happens then.")]
    if_it_fails: Annotated[Text | None, Meta(description="What happens if the outcomes are not reached.")]
    claims: Annotated[tuple[Claim, ...], Meta(description="The facts it rests on.")]
    tags: Annotated[tuple[str, ...], Meta(description="Words to find it by.")]
    based_on: Annotated[Basis | None, Meta(description="The document that it was made from.")]
    adapted: Adapted
    formerly: Annotated[tuple[str, ...], Meta(description="Ids it had before.")]
    address: Annotated[str, Meta(description="Its page, seen from the root of the website.")]
