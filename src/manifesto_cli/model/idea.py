"""A policy idea that many candidates share."""

from typing import Annotated, Literal

from msgspec import Meta

from manifesto_cli.model.claim import Claim
from manifesto_cli.model.provenance import BasedOn
from manifesto_cli.model.quantity import Day, Number, PartialDate
from manifesto_cli.model.record import Record
from manifesto_cli.model.text import Currency, HoleName, Prose, Reference, Slug, Text, Words


class Baseline(Record, frozen=True, kw_only=True):
    """Where a measure stands before anything is done."""

    value: Annotated[Number, Meta(description="The number today.")]
    as_of: Annotated[PartialDate | None, Meta(description="When the number was measured.")] = None


class Target(Record, frozen=True, kw_only=True):
    """Where a measure shall stand."""

    value: Annotated[Number, Meta(description="The number to be reached.")]
    by: Annotated[PartialDate | None, Meta(description="When it shall be reached.")] = None


class Measure(Record, frozen=True, kw_only=True):
    """How anyone could tell that it was done."""

    metric: Annotated[Words, Meta(description="What is counted.")]
    unit: Annotated[
        Words | None, Meta(description="The unit of both numbers, where the metric does not say it.")
    ] = None
    baseline: Annotated[Baseline | None, Meta(description="Where it stands today.")] = None
    target: Annotated[Target | None, Meta(description="Where it shall stand.")] = None


class Cost(Record, frozen=True, kw_only=True):
    """What it would cost, and who pays."""

    one_off: Annotated[Number | None, Meta(description="What it costs once, to set it up.")] = None
    per_year: Annotated[Number | None, Meta(description="What it costs each year, to run it.")] = None
    currency: Annotated[Currency, Meta(description="The currency of both sums.")] = "GBP"
    funded_by: Annotated[Words | None, Meta(description="Where the money comes from.")] = None


class Question(Record, frozen=True, kw_only=True):
    """A placeholder that an idea needs, as it is asked for when the idea is picked."""

    ask: Annotated[Text, Meta(description="The question to the candidate.")]
    example: Annotated[Text | None, Meta(description="An example of an answer.")] = None


class Withdrawn(Record, frozen=True, kw_only=True):
    """When and why a promise was taken back."""

    on: Annotated[PartialDate, Meta(description="When it was taken back.")]
    because: Annotated[Words, Meta(description="Why, in one sentence.")]


class Idea(Record, frozen=True, kw_only=True):
    """One file of `ideas/`. Picked and adapted by a candidate it becomes a pledge."""

    title: Annotated[Words, Meta(description="Its name, in a few words.")]
    priority: Annotated[Reference, Meta(description="The id of the priority it belongs to.")]
    summary: Annotated[Words, Meta(description="One sentence that says what it is.")]
    pledge: Annotated[
        Words | None,
        Meta(description="The promise in the first person; where it is missing, the summary is the promise."),
    ] = None
    body: Annotated[
        Prose | None, Meta(description="Why, how and with whom, in Markdown. Headings start at level 2.")
    ] = None
    tags: Annotated[tuple[Slug, ...], Meta(description="Words to find it by; `tagged` chooses by them.")] = ()
    offices: Annotated[
        tuple[Slug, ...],
        Meta(description="The offices that could carry it out, such as `pcc`; none means any."),
    ] = ()
    power: Annotated[
        Literal["own", "with-partners", "lobby"] | None,
        Meta(description="Whether the office can do it by itself, with partners, or only ask for it."),
    ] = None
    levers: Annotated[
        tuple[
            Literal[
                "commission", "convene", "fund", "set-priority", "hold-to-account", "campaign", "legislate"
            ],
            ...,
        ],
        Meta(description="How the office would do it."),
    ] = ()
    partners: Annotated[tuple[Words, ...], Meta(description="Who has to take part.")] = ()
    claims: Annotated[tuple[Claim, ...], Meta(description="The facts it rests on.")] = ()
    case_studies: Annotated[
        tuple[Reference, ...], Meta(description="Ids of case studies that show it at work.")
    ] = ()
    measure: Annotated[Measure | None, Meta(description="How anyone could tell that it was done.")] = None
    cost: Annotated[Cost | None, Meta(description="What it would cost, and who pays.")] = None
    questions: Annotated[
        dict[HoleName, Question],
        Meta(description="The placeholders it needs, each with the question to ask."),
    ] = {}
    requires: Annotated[
        tuple[Reference, ...], Meta(description="Ids of ideas that must be picked with it.")
    ] = ()
    conflicts: Annotated[
        tuple[Reference, ...], Meta(description="Ids of ideas that cannot stand beside it.")
    ] = ()
    based_on: Annotated[
        BasedOn | None, Meta(description="The document that it was made from, if it was made from one.")
    ] = None
    formerly: Annotated[
        tuple[Slug, ...], Meta(description="Ids it had before; old addresses go on working.")
    ] = ()
    status: Annotated[
        Literal["draft", "ready", "withdrawn"],
        Meta(
            description="How far it is: a draft is published only when asked for, a withdrawn pledge keeps a page that says so."
        ),
    ] = "ready"
    withdrawn: Annotated[Withdrawn | None, Meta(description="For a withdrawn pledge: when and why.")] = None
    updated: Annotated[Day | None, Meta(description="When it last changed, for the feed.")] = None
