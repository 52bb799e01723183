"""What can be wrong with records that can be read: one function a check, grouped by family."""

from collections.abc import Callable, Iterable

from manifesto_cli.checks.case_studies import status_unsaid
from manifesto_cli.checks.costs import mixed_currencies
from manifesto_cli.checks.deal_amounts import impossible_amount
from manifesto_cli.checks.deal_money import (
    commitments_differ,
    price_over_cap,
    priced_twice,
    returns_over_commitments,
)
from manifesto_cli.checks.deal_names import (
    id_twice,
    unknown_cohort,
    unknown_metric,
    unknown_support,
)
from manifesto_cli.checks.deal_parties import contradicting_role, unknown_party, unlisted_office
from manifesto_cli.checks.deal_results import (
    result_without_number,
    results_disagree,
    unsourced_baseline,
    unsourced_result,
)
from manifesto_cli.checks.deal_terms import (
    unmeasurable_metric,
    unsupported_ask,
    wrong_side,
)
from manifesto_cli.checks.deals import results_unsaid, undated_status, unpicked_deal, unpledged_idea
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
    id_twice,
    unlisted_office,
    unknown_party,
    unknown_metric,
    unknown_cohort,
    unknown_support,
    unsupported_ask,
    unmeasurable_metric,
    wrong_side,
    contradicting_role,
    impossible_amount,
    priced_twice,
    price_over_cap,
    commitments_differ,
    returns_over_commitments,
    unsourced_result,
    unsourced_baseline,
    result_without_number,
    results_disagree,
    undated_status,
    results_unsaid,
    unpicked_deal,
    unpledged_idea,
    mixed_currencies,
    polling_day_past,
    domain_contradicts_url,
)
"""All of them. A check's name is its code, its docstring is the code's manual page."""
