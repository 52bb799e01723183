"""One idea → the page that a person reads of it in a terminal, or the same as plain text for other programs."""

from collections.abc import Iterator

from manifesto_cli.cli.console import Paint
from manifesto_cli.cli.sheet import Part, below, plain_sheet, sheet
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.dates import in_words
from manifesto_cli.merging.details import Cited, Companion, Fact, IdeaDetails, Study
from manifesto_cli.model.idea import Cost, Idea, Measure
from manifesto_cli.model.quantity import Day, Number, PartialDate
from manifesto_cli.rendering.views.words import LEVERS, POWER, figure_view, money, number_words, with_unit

_LANGUAGE = "en"
"""The tool speaks English, whatever the language of the idea."""


def idea_page(details: IdeaDetails, paint: Paint, columns: int, *, project: bool) -> str:
    """The page for a terminal: folded to its width, Markdown laid out, headings bold."""
    return sheet(details.row.entry.record.title, parts(details, project=project), paint, columns)


def plain_page(details: IdeaDetails, *, project: bool) -> str:
    """The page as plain text: nothing folded, Markdown as it was written."""
    return plain_sheet(details.row.entry.record.title, parts(details, project=project))


def parts(details: IdeaDetails, *, project: bool) -> Iterator[Part]:
    """The pieces of the page below the title, in order; what an idea does not have is left out."""
    idea = details.row.entry.record
    facts = tuple(line for fact in details.facts for line in fact_lines(fact))
    studies = tuple(line for study in details.case_studies for line in _study(study))
    every = (
        Part("", tuple((0, line) for line in _head(details))),
        Part("", ((0, idea.summary),)),
        Part("Pledge", below((idea.pledge,) if idea.pledge else ())),
        Part("", markdown=idea.body or ""),
        Part("Who could do it", below(_who(idea))),
        Part("Facts", facts),
        Part("Case studies", studies),
        Part("Deals that rest on it", below(f"- {deal.title} ({deal.id})" for deal in details.deals)),
        Part("How to tell that it was done", below(_measure(idea.measure) if idea.measure else ())),
        Part("Cost", below((_cost(idea.cost),) if idea.cost else ())),
        Part("What it asks for", tuple(_questions(idea))),
        Part("Must be picked with", below(map(_companion, details.requires))),
        Part("Cannot stand beside", below(map(_companion, details.conflicts))),
        Part("In this manifesto", below(_here(details)))
        if details.row.known
        else Part("To pick it", below(_elsewhere(details, project=project))),
    )
    return (part for part in every if part.lines or part.markdown)


def _questions(idea: Idea) -> Iterator[tuple[int, str]]:
    for name, question in idea.questions.items():
        example = f" For example: {question.example}" if question.example else ""
        yield 2, f"(({name}))"
        yield 4, f"{question.ask}{example}"


def _head(details: IdeaDetails) -> Iterator[str]:
    row, header = details.row, details.header
    yield f"Id: {row.id}"
    yield (
        f"Priority: {row.priority_title} ({row.priority})"
        if row.priority_title
        else f"Priority: {row.priority}"
    )
    if header:
        version = f" {header.version}" if header.version else ""
        yield f"Library: {header.title} ({header.id}{version})"
    if details.based_on:
        yield f"Based on: {_cited(details.based_on)}"
    tags = row.entry.record.tags
    if tags:
        yield f"Tags: {', '.join(tags)}"
    status = row.entry.record.status
    if status != "ready":
        withdrawn = row.entry.record.withdrawn
        why = f" ({_date(withdrawn.on)}): {withdrawn.because}" if withdrawn else ""
        yield f"Status: {status}{why}"
    yield f"File: {row.entry.origin.source.path}"


def _who(idea: Idea) -> Iterator[str]:
    if idea.offices:
        yield f"Offices: {', '.join(idea.offices)}"
    if idea.power:
        yield f"{POWER[idea.power]}."
    if idea.levers:
        yield f"How: {', '.join(LEVERS[lever] for lever in idea.levers)}"
    if idea.partners:
        yield f"With: {', '.join(idea.partners)}"


def fact_lines(fact: Fact) -> Iterator[tuple[int, str]]:
    """A claim with its figure and the documents it rests on, as lines below a heading."""
    claim, sources = fact.claim, fact.sources
    yield 2, f"- {claim.text}"
    figure = figure_view(claim.figure) if claim.figure else None
    if figure:
        words = (figure.qualifier, figure.number, figure.unit, figure.label)
        yield 4, f"Figure: {' '.join(word for word in words if word)}"
    said = ", ".join(
        part for part in (claim.kind or "", f"as of {_date(claim.as_of)}" if claim.as_of else "") if part
    )
    if said:
        yield 4, said[0].upper() + said[1:]
    unit = claim.figure.unit if claim.figure else None
    for cited in sources:
        yield from ((4, line) for line in _source(cited, unit))
    if claim.note:
        yield 4, f"Note: {claim.note}"


def _source(cited: Cited, unit: str | None) -> Iterator[str]:
    document = cited.document
    value = f"{with_unit(Number(cited.value), unit)[0]}, says " if cited.value is not None else "Source: "
    yield f"{value}{_cited(cited)}"
    if document and document.url:
        yield document.url
    if cited.note:
        yield f"Note: {cited.note}"


def _cited(cited: Cited) -> str:
    document = cited.document
    publisher = f", {document.publisher}" if document and document.publisher else ""
    locator = f", {cited.locator}" if cited.locator else ""
    return f"{document.title if document else cited.id}{publisher}{locator}"


def _study(study: Study) -> Iterator[tuple[int, str]]:
    if study.record is None:
        yield 2, f"- {study.id}"
        return
    yield 2, f"- {study.record.title} ({study.id})"
    yield 4, study.record.summary


def _measure(measure: Measure) -> Iterator[str]:
    unit = f" {measure.unit}" if measure.unit else ""
    yield measure.metric
    if measure.baseline:
        as_of = f" ({_date(measure.baseline.as_of)})" if measure.baseline.as_of else ""
        yield f"Now: {number_words(measure.baseline.value)}{unit}{as_of}"
    if measure.target:
        by = f" by {_date(measure.target.by)}" if measure.target.by else ""
        yield f"Target: {number_words(measure.target.value)}{unit}{by}"


def _cost(cost: Cost) -> str:
    sums = [f"{money(cost.one_off, cost.currency)} once"] if cost.one_off is not None else []
    sums += [f"{money(cost.per_year, cost.currency)} a year"] if cost.per_year is not None else []
    paid = f"paid from: {cost.funded_by}" if cost.funded_by else ""
    return "; ".join(part for part in (" and ".join(sums), paid) if part)


def _companion(other: Companion) -> str:
    return f"{other.title} ({other.id})" if other.title else other.id


def _here(details: IdeaDetails) -> Iterator[str]:
    """What the manifesto does with the idea."""
    row = details.row
    if row.shadowed:
        yield f"Your own `{row.entry.id}` takes its place; only `{row.id}` means this one."
    if row.picking:
        by = {"id": "", "all": ", by `all`", "tags": ", by a tag"}[row.picking.by]
        yield f"Picked in {_place(row.picking.at)}{by}"
        if row.picking.left_out:
            yield "It is a draft, so builds leave it out."
        if row.picking.changed:
            yield f"With its own: {', '.join(row.picking.changed)}"
    elif row.waiting:
        yield f"A draft, so builds leave it out. {_place(row.waiting)} will choose it once it is ready."
    else:
        yield "Not picked."
        if row.entry.record.status != "withdrawn":
            yield f"To pick it: manifesto pick {row.id}"


def _elsewhere(details: IdeaDetails, *, project: bool) -> Iterator[str]:
    """What to do to have it picked, where no manifesto says what it picks."""
    row = details.row
    if row.entry.library and not project:
        yield f"List its library `{row.entry.library}` under `libraries:` in `manifesto.yaml`, then type:"
    yield f"manifesto pick {row.id}"


def _place(at: Span) -> str:
    return f"{at.source.path}:{at.source.position(at.start)[0]}"


def _date(date: Day | PartialDate) -> str:
    return in_words(date, _LANGUAGE)
