"""What the first page shows of the rest: figures from the evidence, and case studies."""

from collections.abc import Iterator

from manifesto_cli.merging.edition import Pledge
from manifesto_cli.merging.gathering import Evidence
from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views import parts
from manifesto_cli.rendering.views.elements import CaseStudyCard, HeadlineView
from manifesto_cli.rendering.views.material import Material

HEADLINES = 3
CASE_STUDIES = 2
DEALS = 3
_LONGEST_NUMBER = 9


def headlines(of: Material, page: Page) -> tuple[HeadlineView, ...]:
    """Up to three figures to be shown largest: measured or estimated, with a source, from as many priorities as can be.

    Priorities come in their order, and give one figure each before any gives a second.
    """
    found: list[HeadlineView] = []
    numbers: set[str] = set()
    for _, _, pledge, evidence in sorted(_figures(of), key=lambda each: each[:2]):
        claim = parts.claim_view(of, page, evidence)
        number = claim.figure.number if claim.figure else ""
        if number not in numbers and len(number) <= _LONGEST_NUMBER:
            numbers.add(number)
            found.append(HeadlineView(claim, parts.pledge_link(of, page, pledge)))
        if len(found) == HEADLINES:
            break
    return tuple(found)


def _figures(of: Material) -> Iterator[tuple[int, int, Pledge, Evidence]]:
    """Every figure that may be shown, with its rank: how many its priority has before it, and the place of the priority."""
    for place, priority in enumerate(of.edition.priorities):
        before = 0
        for pledge in priority.pledges:
            for evidence in pledge.evidence if pledge.idea.status != "withdrawn" else ():
                claim = evidence.claim
                if claim.figure and claim.source and claim.kind != "planned":
                    yield before, place, pledge, evidence
                    before += 1


def case_study_cards(of: Material, page: Page) -> tuple[CaseStudyCard, ...]:
    """The first case studies, those with a place before all others."""
    ranked = sorted(of.edition.case_studies, key=lambda cited: cited.study.place is None)
    return tuple(parts.case_study_card(of, page, cited) for cited in ranked[:CASE_STUDIES])
