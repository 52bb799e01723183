"""What can be wrong with records that can be read: one function a check, grouped by family."""

from collections.abc import Callable, Iterable, Iterator

from manifesto_cli.checks.case_studies import status_unsaid
from manifesto_cli.checks.costs import mixed_currencies
from manifesto_cli.checks.election import polling_day_past
from manifesto_cli.checks.evidence import lone_value, review_due, unsourced_claim, unsourced_figure
from manifesto_cli.checks.examined import Examined
from manifesto_cli.checks.hosting import domain_contradicts_url
from manifesto_cli.checks.imprint import (
    imprint_incomplete,
    imprint_not_postal,
    imprint_on_behalf,
    imprint_without_printer,
)
from manifesto_cli.checks.pictures import consent_refused, consent_unsaid
from manifesto_cli.checks.powers import lobbying_as_own, wrong_office
from manifesto_cli.checks.promises import (
    unasked_placeholder,
    unpicked_idea,
    unused_question,
    unwritten_text,
    withdrawn_unexplained,
)
from manifesto_cli.faults.diagnostic import Diagnostic

Check = Callable[[Examined], Iterable[Diagnostic]]


def checks_of_deals(examined: Examined) -> Iterator[Diagnostic]:
    """What every check of deals finds. They are loaded where there are deals."""
    if examined.deals:
        from manifesto_cli.checks.deal_checks import DEAL_CHECKS  # noqa: PLC0415 - as it says

        for check in DEAL_CHECKS:
            yield from check(examined)


CHECKS: tuple[Check, ...] = (
    imprint_incomplete,
    imprint_not_postal,
    imprint_on_behalf,
    imprint_without_printer,
    unsourced_figure,
    unsourced_claim,
    lone_value,
    review_due,
    status_unsaid,
    consent_refused,
    consent_unsaid,
    wrong_office,
    lobbying_as_own,
    withdrawn_unexplained,
    unpicked_idea,
    unwritten_text,
    unused_question,
    unasked_placeholder,
    checks_of_deals,
    mixed_currencies,
    polling_day_past,
    domain_contradicts_url,
)
"""All of them, those of deals as one. A check's name is its code, its docstring is the code's manual page."""
