"""Where a deal stands: since when, what came of it, and whether the manifesto goes with it."""

from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined
from manifesto_cli.checks.stand_ins import stands_in
from manifesto_cli.faults.diagnostic import Diagnostic, Label, note
from manifesto_cli.model.deal import FINISHED
from manifesto_cli.telling import count


def undated_status(examined: Examined) -> Iterator[Diagnostic]:
    """A deal is agreed, live, closed or refused, and nothing says since when.

    Readers take what they read for what is so today. With a date they can see that it was so then.

    Mend it by adding `status_on:` with the day, the month or the year.
    """
    for subject, deal in examined.deals:
        if deal.status in FINISHED | {"agreed", "live"} and deal.status_on is None:
            yield note(
                "undated-status",
                f"nothing says since when the deal is {deal.status}",
                subject.origin.at("status"),
                "`status_on:` is missing",
                help="add `status_on:` with a date like 2026, 2026-01 or 2026-01-31",
            )


def results_unsaid(examined: Examined) -> Iterator[Diagnostic]:
    """A deal is closed, and nothing says what came of it.

    A deal is measured by its outcomes. Whoever reads that it is over asks for them first, and takes silence for failure.

    Mend it by adding what was counted under `results:`, with its source, also where it was less than hoped for.
    """
    for subject, deal in examined.deals:
        told = deal.results or any(
            cohort.result for metric in deal.outcome_metrics for cohort in metric.cohorts
        )
        if deal.status == "closed" and deal.outcome_metrics and not told:
            yield note(
                "results-unsaid",
                "the deal is closed, and nothing says what came of it",
                subject.origin.at("status"),
                "`results:` is missing",
                help="add `results:`, such as `- {outcome_metric: "
                f"{deal.outcome_metrics[0].id}, result_type: final, value: …, source: …}}`",
            )


def unpicked_deal(examined: Examined) -> Iterator[Diagnostic]:
    """A deal lies beside a manifesto, and the manifesto does not pick it.

    A file in `deals/` is not published: only what stands under `deals:` is. A deal whose summary is not written yet may wait unsaid.

    Mend it by adding its id under `deals:` in `manifesto.yaml`, or by deleting the file. To keep it for later, allow it: `allow: [unpicked-deal]`.
    """
    if not examined.spare:
        return
    for subject, deal in examined.deals:
        if not stands_in(deal.summary):
            yield note(
                "unpicked-deal",
                f"the manifesto does not pick its own deal `{subject.id}`",
                subject.origin.at("title"),
                "not published",
                help=f"add it in `manifesto.yaml`: `deals: [{subject.id}]`",
            )


def unpledged_idea(examined: Examined) -> Iterator[Diagnostic]:
    """A deal rests on an idea that the manifesto does not pick.

    Who asks a government for something in return for an idea should promise the idea, too. Otherwise the page of the deal names it, and
    leads nowhere. A deal that is closed or was refused is history, and is not asked.

    Mend it by picking the idea, or by taking it out of `ideas:` of the deal.
    """
    for deal in examined.edition.deals if examined.edition else ():
        ideas = [idea for idea in deal.ideas if not idea.key and not idea.draft]
        if not ideas or deal.deal.status in FINISHED:
            continue
        yield note(
            "unpledged-idea",
            f"the deal `{deal.id}` rests on {'an idea' if len(ideas) == 1 else count(len(ideas), 'idea')} that the manifesto does not pick",
            ideas[0].at,
            "not promised",
            others=(
                *(Label(idea.at, "nor this one") for idea in ideas[1:]),
                Label(deal.at, "this manifesto picks the deal"),
            ),
            help=f"pick {'it' if len(ideas) == 1 else 'them'}: `manifesto pick {' '.join(idea.id for idea in ideas)}`; or leave {'it' if len(ideas) == 1 else 'them'} out of `ideas:`",
        )
