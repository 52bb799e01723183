"""All checks that look at deals alone."""

from collections.abc import Callable, Iterable

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
from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic

DEAL_CHECKS: tuple[Callable[[Examined], Iterable[Diagnostic]], ...] = (
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
)
"""In the order in which they are made."""
