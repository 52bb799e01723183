"""One deal → the page that a person reads of it in a terminal."""

from collections.abc import Iterator

from manifesto_cli.cli import deal_words as words
from manifesto_cli.cli.deal_gaps import gaps
from manifesto_cli.cli.deals import WantedDeal, markdown_of
from manifesto_cli.cli.idea_page import fact_lines
from manifesto_cli.cli.sheet import Part, below
from manifesto_cli.cli.simulating import outcome_sentence
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.dates import in_words
from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.details import Cited, Fact
from manifesto_cli.merging.gathering import Evidence
from manifesto_cli.merging.references import find
from manifesto_cli.model.deal import Deal, MetricBaseline, OutcomeMetric
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.model.quantity import Number, OpenNumber, PartialDate
from manifesto_cli.payments.simulation import Standing, simulate
from manifesto_cli.rendering.views.words import money, number_words

_LANGUAGE = "en"
"""The tool speaks English, whatever the language of the deal."""
STATUS = {
    "proposed": "proposed",
    "negotiating": "being negotiated",
    "agreed": "agreed",
    "live": "live",
    "closed": "closed",
    "refused": "refused",
}
ROLES = {
    "lead": "leads",
    "outcome_payer": "pays for outcomes",
    "service_provider": "provides the service",
    "investor": "invests",
    "intermediary": "brings the others together",
    "outcomes_validator": "says whether outcomes came about",
    "partner": "takes part",
}
METHODS = {
    "historical": "from earlier years",
    "comparison-group": "from a group like this one",
    "national-rate": "from the whole country",
}


def deal_parts(wanted: WantedDeal) -> Iterator[Part]:
    """The pieces of the page below the title, in order; what a deal does not have is left out."""
    found, deal = wanted.deal, wanted.deal.deal
    every = (
        Part("", tuple((0, line) for line in _head(found))),
        Part("", ((0, deal.summary),)),
        Part("Not filled in yet", below(gaps(wanted) if wanted.picked else ())),
        Part("Who takes part", below(_parties(deal))),
        Part("What is asked", tuple(_asks(deal))),
        Part("What is offered", tuple(_offers(deal))),
        Part("", markdown=markdown_of(found.body)),
        Part("What is counted", tuple(_metrics(found))),
        Part("What is paid", tuple(_terms(deal))),
        Part("What came of it", tuple(_results(found))),
        Part("What could go wrong", tuple(_risks(deal))),
        Part("If it fails", markdown=markdown_of(found.if_it_fails)),
        Part("Facts", tuple(line for each in found.evidence for line in fact_lines(_fact(each)))),
        Part("What it rests on", tuple(_ground(wanted))),
        Part("What it asks for", tuple(_questions(wanted))),
        Part("In this manifesto" if wanted.picked else "To pick it", below(_picking(wanted))),
    )
    return (part for part in every if part.lines or part.markdown)


def _head(found: EditionDeal) -> Iterator[str]:
    deal = found.deal
    yield f"Id: {found.id}"
    if found.library:
        yield f"Library: {found.library}"
    if deal.area:
        yield f"Area: {deal.area}"
    since = f", since {_date(deal.status_on)}" if deal.status_on else ""
    yield f"How far: {STATUS[deal.status]}{since}"
    times = [f"from {_date(deal.begins)}"] if deal.begins else []
    times += [f"to {_date(deal.ends)}"] if deal.ends else []
    if times:
        yield f"When: {' '.join(times)}"
    if found.basis:
        locator = f", {found.basis.locator}" if found.basis.locator else ""
        yield f"Based on: {found.basis.source.document.title}{locator}"
    if deal.tags:
        yield f"Tags: {', '.join(deal.tags)}"
    yield f"File: {found.origin.source.path}"


def _parties(deal: Deal) -> Iterator[str]:
    for party in deal.parties:
        yield f"- {party.organisation} ({party.id}): {ROLES[party.role]}"


def _asks(deal: Deal) -> Iterator[tuple[int, str]]:
    names = _names(deal)
    for ask in deal.asks:
        yield 2, f"- {ask.text} ({ask.kind}; of {names.get(ask.of, ask.of)})"
        if ask.because:
            yield 4, f"Why: {ask.because}"
        if ask.costs:
            yield 4, f"What it costs: {ask.costs}"
        if ask.rests_on:
            yield 4, f"In return for: {', '.join(ask.rests_on)}"


def _offers(deal: Deal) -> Iterator[tuple[int, str]]:
    names = _names(deal)
    for offer in deal.offers:
        yield 2, f"- {offer.text} ({offer.kind}; by {names.get(offer.by, offer.by)}; {offer.id})"


def _metrics(found: EditionDeal) -> Iterator[tuple[int, str]]:
    deal, names = found.deal, _names(found.deal)
    for metric in deal.outcome_metrics:
        yield 2, f"- {words.metric_name(metric)}"
        if metric.title:
            yield 4, metric.definition
        yield (
            4,
            f"Counted in: {metric.unit}; it shall become {'less' if metric.direction == 'reduce' else 'more'}",
        )
        if metric.target_population:
            yield 4, f"For whom: {metric.target_population}"
        yield from ((4, line) for line in _levels(found, metric))
        if metric.outcome_validation_method:
            yield 4, f"How to tell: {metric.outcome_validation_method}"
        if metric.outcomes_validator:
            yield 4, f"Who says so: {names.get(metric.outcomes_validator, metric.outcomes_validator)}"


def _levels(found: EditionDeal, metric: OutcomeMetric) -> Iterator[str]:
    if metric.baseline:
        yield f"Without the deal: {_baseline(metric.baseline)}"
        yield from _document(found, "outcome_metrics", metric.baseline.source, metric.baseline.locator)
    if metric.target:
        by = f" by {_date(metric.target.by)}" if metric.target.by else ""
        yield f"Target: {_number(metric.target.value)}{by}"
    for trigger in metric.triggers:
        yield f"Paid for from {_number(trigger.change)}% on: {words.LEVELS[trigger.level]}"
    for cohort in metric.cohorts:
        size = f"{_number(cohort.size)} people" if cohort.size is not None else ""
        own = f"compared with {_baseline(cohort.baseline)}" if cohort.baseline else ""
        said = "; ".join(part for part in (cohort.period or "", size, own) if part)
        yield f"Cohort {cohort.id}{': ' if said else ''}{said}"
        if cohort.baseline:
            yield from _document(found, "outcome_metrics", cohort.baseline.source, cohort.baseline.locator)


def _baseline(baseline: MetricBaseline) -> str:
    how = METHODS[baseline.method] if baseline.method else ""
    said = ", ".join(part for part in (baseline.period or "", how) if part)
    return f"{_number(baseline.value)}{f' ({said})' if said else ''}"


def _terms(deal: Deal) -> Iterator[tuple[int, str]]:
    names = _names(deal)
    for price in deal.outcome_pricings:
        yield 2, f"- For {price.outcome_metric}"
        yield 4, f"For each one: {_sum(price.price_per_unit, price.currency)}"
        if price.maximum_price_if_all_targets_achieved is not None:
            yield 4, f"At most: {_sum(price.maximum_price_if_all_targets_achieved, price.currency)}"
        if price.paid:
            yield 4, f"When: {price.paid}"
    for promise in deal.outcome_payment_commitments:
        most = _sum(promise.maximum_potential_outcome_payment, promise.currency)
        yield 2, f"- Promised by {names.get(promise.party, promise.party)}, at most: {most}"
    for stake in deal.investments:
        put_in = _sum(stake.investment_commitment, stake.currency)
        yield 2, f"- Put in by {names.get(stake.party, stake.party)}: {put_in}"
        if stake.maximum_potential_loss is not None:
            yield 4, f"To lose at most: {_sum(stake.maximum_potential_loss, stake.currency)}"
        if stake.maximum_potential_return is not None:
            yield 4, f"To gain at most: {_sum(stake.maximum_potential_return, stake.currency)}"


def _results(found: EditionDeal) -> Iterator[tuple[int, str]]:
    deal = found.deal
    worked_out = simulate(deal, {})
    for metric, payment in zip(deal.outcome_metrics, worked_out.payments, strict=True):
        known = [
            standing
            for standing in worked_out.standings
            if standing.metric == metric.id
            and (standing.value is not None or standing.change_percent is not None)
        ]
        if not known:
            continue
        yield 2, words.metric_name(metric)
        for standing in known:
            yield 4, f"- {outcome_sentence(deal, metric, standing)}"
            yield from ((6, line) for line in _cited(found, standing))
        yield from ((4, line) for line in words.paid_in_all(deal, metric, payment))


def _cited(found: EditionDeal, standing: Standing) -> Iterator[str]:
    if standing.as_of:
        yield f"As of {_date(standing.as_of)}"
    if standing.path:
        yield from _document(found, str(standing.path[0]), standing.source, standing.locator)
    if standing.note:
        yield f"Note: {standing.note}"


def _document(found: EditionDeal, field: str, reference: str | None, locator: str | None) -> Iterator[str]:
    """The document that a number is taken from, if it names one."""
    if not reference:
        return
    cited = found.cited.get((field, reference))
    document = cited.document if cited else None
    publisher = f", {document.publisher}" if document and document.publisher else ""
    place = f", {locator}" if locator else ""
    yield f"Source: {document.title if document else reference}{publisher}{place}"
    if document and document.url:
        yield document.url


def _risks(deal: Deal) -> Iterator[tuple[int, str]]:
    names = _names(deal)
    for risk in deal.risks:
        borne = f" (borne by {names.get(risk.borne_by, risk.borne_by)})" if risk.borne_by else ""
        yield 2, f"- {risk.text}{borne}"
        if risk.then:
            yield 4, f"Then: {risk.then}"


def _ground(wanted: WantedDeal) -> Iterator[tuple[int, str]]:
    for rested, name in zip(wanted.deal.ideas, wanted.deal.deal.ideas, strict=False):
        yield 2, f"- {rested.title} ({name})"
    nowhere = SourceFile("", "").start()
    for key in wanted.deal.case_studies:
        study = find(wanted.shelf, "case study", key, "", nowhere).value
        if study:
            yield 2, f"- {study.record.title} ({study.id})"
            yield 4, study.record.summary


def _questions(wanted: WantedDeal) -> Iterator[tuple[int, str]]:
    """What has to be answered before it can be published; where a manifesto picks it, what is open still."""
    for name, question in wanted.deal.deal.questions.items():
        if wanted.picked and name not in wanted.missing:
            continue
        example = f" For example: {question.example}" if question.example else ""
        yield 2, f"(({name}))"
        yield 4, f"{question.ask}{example}"


def _picking(wanted: WantedDeal) -> Iterator[str]:
    found = wanted.deal
    if wanted.picked:
        line, _ = found.at.source.position(found.at.start)
        yield f"Picked in {found.at.source.path}:{line}"
        if found.overridden:
            changed = [name for name in Deal.__struct_fields__ if name in found.overridden]
            yield f"With its own: {', '.join(changed)}"
        return
    yield f"Write its id under `deals:` in `{MANIFESTO}`: `deals: [{found.id}]`"


def _fact(evidence: Evidence) -> Fact:
    """A claim as the page of an idea has it."""
    claim = evidence.claim
    documents = {source.id: source.document for source in evidence.sources}
    cited = [
        Cited(value.source, documents.get(_bare(value.source)), value.locator, f"{value.value}", value.note)
        for value in claim.values
    ]
    if claim.source:
        cited.insert(0, Cited(claim.source, documents.get(_bare(claim.source)), claim.locator, None, None))
    return Fact(claim, tuple(cited))


def _bare(reference: str) -> str:
    """An id without the library in front of it."""
    return reference.rpartition(":")[2]


def _names(deal: Deal) -> dict[str, str]:
    return {party.id: party.organisation for party in deal.parties}


def _number(value: Number) -> str:
    hole = value.hole if isinstance(value, OpenNumber) else ""
    return f"(({hole}))" if hole else number_words(value)


def _sum(value: OpenNumber | None, currency: str) -> str:
    if value is None:
        return "not public"
    return f"(({value.hole}))" if value.hole else money(value, currency)


def _date(date: PartialDate) -> str:
    return in_words(date, _LANGUAGE)
