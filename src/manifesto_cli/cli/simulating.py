"""A deal worked out: the calls behind `deal simulate`, and what they print."""

import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from manifesto_cli.cli import deal_words as words
from manifesto_cli.cli.assumptions import assumptions
from manifesto_cli.cli.deal_gaps import gaps
from manifesto_cli.cli.deal_records import simulation_json
from manifesto_cli.cli.deals import wanted_deal
from manifesto_cli.cli.listing import columns, for_people
from manifesto_cli.cli.sheet import Part, Table, below, plain_sheet, sheet
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.model.deal import Deal, OutcomeMetric
from manifesto_cli.payments.assuming import Assumptions
from manifesto_cli.payments.breaking_even import break_even
from manifesto_cli.payments.changes import Assumed
from manifesto_cli.payments.curve import payment_curve, payment_table
from manifesto_cli.payments.parties import Settlement
from manifesto_cli.payments.paying import pricing
from manifesto_cli.payments.simulation import Simulation, Standing, simulate
from manifesto_cli.rendering.views.words import number_words

_HEAD = ("outcome", "change", "payment", "decided by", "")
_NUMBERS = frozenset({0, 2})


def print_simulation(start: Path, name: str, typed: Sequence[str], terminal: Terminal, *, json: bool) -> None:
    """Print what a deal pays for which outcome or, with what is assumed, what follows from that. ManifestoError for what it does not count."""
    wanted = wanted_deal(start, name, "manifesto deal simulate", terminal.say)
    deal = wanted.deal.deal
    assumed = assumptions(deal, typed)
    worked_out = simulate(deal, assumed)
    if json:
        print(simulation_json(wanted, assumed, worked_out))
        return
    every = (
        Part("Not filled in yet", below(gaps(wanted))),
        *simulation_parts(deal, assumed, worked_out),
    )
    parts = [part for part in every if part.lines or part.table]
    if for_people(terminal):
        print(sheet(deal.title, parts, terminal.paint(sys.stdout), columns()))
    else:
        print(plain_sheet(deal.title, parts))


def simulation_parts(deal: Deal, assumed: Assumptions, worked_out: Simulation) -> Iterator[Part]:
    """What is known and what it would take or, if something is assumed, what follows; then who pays, and who gets what."""
    if not deal.outcome_metrics:
        yield Part("", ((0, "The deal counts no outcomes, so nothing is paid for any."),))
        return
    if assumed:
        yield Part("What is assumed", below(_assumed(deal, assumed)))
        yield Part("What follows", tuple(_outcomes(deal, worked_out)))
    else:
        yield Part("What is known", tuple(_outcomes(deal, worked_out)))
        for metric in deal.outcome_metrics:
            yield from _table(deal, metric)
    yield from _settlements(deal, worked_out, always=bool(assumed))
    yield Part("Having the money back", below(_money_back(deal)))


def _assumed(deal: Deal, assumed: Assumptions) -> Iterator[str]:
    for metric in deal.outcome_metrics:
        for cohort in ("", *(each.id for each in metric.cohorts)):
            given = assumed.get((metric.id, cohort))
            if given is None:
                continue
            of = f"cohort {cohort}" if cohort else "all together" if metric.cohorts else ""
            name = f"{words.metric_name(metric)}{', ' if of else ''}{of}"
            if given.value is not None:
                yield f"{name}: {number_words(given.value)} {metric.unit}"
            elif given.change_percent is not None:
                yield f"{name}: {words.change_words(metric, given.change_percent, None)}"


def _outcomes(deal: Deal, worked_out: Simulation) -> Iterator[tuple[int, str]]:
    """Each metric with its outcomes against its triggers, and what is paid for it in all."""
    for metric, payment in zip(deal.outcome_metrics, worked_out.payments, strict=True):
        yield 2, words.metric_name(metric)
        found = [standing for standing in worked_out.standings if standing.metric == metric.id]
        for standing in found:
            yield 4, f"- {outcome_sentence(deal, metric, standing)}"
            if standing.note:
                yield 6, f"Note: {standing.note}"
        if not found:
            yield 4, "- No result yet."
        if not any(trigger.change.hole for trigger in metric.triggers) or found:
            yield from ((4, line) for line in words.paid_in_all(deal, metric, payment))


def outcome_sentence(deal: Deal, metric: OutcomeMetric, standing: Standing) -> str:
    """An outcome against its baseline and its trigger."""
    derived = standing.path[:1] == ("results",) and deal.results[int(standing.path[1])].value is None
    whose = f"Cohort {standing.cohort}" if standing.cohort else ""
    if not standing.cohort and words.has_levels(metric):
        whose = "All together" if standing.level == "overall" else "Cohorts"
    said = words.against_baseline(deal, metric, standing, derived=derived)
    beginning = f"{whose}: {said[0].lower()}{said[1:]}" if whose else said
    how = " (interim)" if standing.result_type == "interim" else ""
    pooled = " Worked out from the cohorts." if standing.pooled else ""
    due = words.what_is_due(deal, metric, standing)
    return f"{beginning.removesuffix('.')}{how}.{pooled}{' ' if due else ''}{due}"


def _table(deal: Deal, metric: OutcomeMetric) -> Iterator[Part]:
    """Outcomes against payments; where no baseline is known, changes against payments."""
    found = pricing(deal, metric)
    if found is None and not metric.triggers:
        return
    heading = f"What is paid: {words.metric_name(metric)}"
    triggers = tuple(Decimal(each.change) for each in metric.triggers if not each.change.hole)
    points, most = payment_table(deal, metric), payment_curve(deal, metric).cap
    full = next((point for point in points if most and point.payment == most), None)
    rows = tuple(
        words.point_cells(deal, metric, point, triggers, full=point is full) for point in points
    ) or tuple(_by_change(deal, metric, triggers))
    alike = "; every cohort does equally well" if len(metric.cohorts) > 1 else ""
    line = (
        f"Counted in: {metric.unit}{alike}."
        if points
        else f"By change, since there is no one baseline{alike}."
    )
    if not rows:
        yield Part(heading, below(["No table: neither a baseline nor a trigger is known."]))
        return
    yield Part(heading, below([line]), table=Table(_HEAD, rows, _NUMBERS))


def _by_change(deal: Deal, metric: OutcomeMetric, triggers: Sequence[Decimal]) -> Iterator[tuple[str, ...]]:
    for change in sorted({Decimal(0), *triggers} if triggers else set()):
        under = simulate(deal, {(metric.id, ""): Assumed(change_percent=change)})
        payment = next(each for each in under.payments if each.metric == metric.id)
        paid = words.due(deal, metric, payable=payment.payable, payment=payment.payment)
        yield (
            "",
            words.change_words(metric, change, None),
            words.NOTHING if payment.payable is False else paid,
            words.decider(metric, payment.payable, payment.trigger, payment.level),
            "trigger just reached" if change in triggers else "baseline",
        )


def _settlements(deal: Deal, worked_out: Simulation, *, always: bool) -> Iterator[Part]:
    names = {party.id: party.organisation for party in deal.parties}
    metrics = {metric.id: words.metric_name(metric) for metric in deal.outcome_metrics}
    several = len(worked_out.settlements) > 1
    for settled in worked_out.settlements:
        if not always and settled.paid is None and settled.most is None:
            continue
        heading = f"Who pays and who gets what{f', in {settled.currency}' if several else ''}"
        yield Part(heading, below(words.settlement_words(settled, metrics, always=always)))
        yield from _parties(settled, names, always=always)


def _parties(settled: Settlement, names: dict[str, str], *, always: bool) -> Iterator[Part]:
    currency = settled.currency
    unknown = words.NOT_KNOWN if always or settled.paid is not None else ""
    payers = tuple(
        (
            names.get(each.party, each.party),
            words.amount(each.pays, currency, unknown),
            words.amount(each.promised, currency, "not public"),
            words.amount(each.most, currency),
        )
        for each in settled.payers
    )
    if payers:
        yield Part(
            "", table=Table(("payer", "pays", "has promised", "pays at most"), payers, frozenset({1, 2, 3}))
        )
    investors = tuple(
        (
            names.get(each.party, each.party),
            words.amount(each.put_in, currency),
            words.amount(each.gets, currency, unknown),
            words.amount(each.gain, currency, unknown),
            words.amount(each.worst, currency),
            words.amount(each.best, currency),
        )
        for each in settled.investors
    )
    if investors:
        head = ("investor", "puts in", "gets", "gain or loss", "gets at worst", "gets at best")
        yield Part("", table=Table(head, investors, frozenset({1, 2, 3, 4, 5})))


def _money_back(deal: Deal) -> Iterator[str]:
    found = [(metric, break_even(deal, metric)) for metric in deal.outcome_metrics]
    there = [(metric, each) for metric, each in found if each is not None]
    for metric, each in there:
        name = f"{words.metric_name(metric)}: " if len(there) > 1 else ""
        yield f"{name}{words.break_even_words(deal, metric, each, alone=len(there) > 1)}"
