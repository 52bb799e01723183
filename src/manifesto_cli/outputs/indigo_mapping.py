"""The one table of what a deal is called in the INDIGO data standard: our field → its field, or no place and why.

Source: the project schema of the INDIGO data standard, 4.1.0 (2023-10-19 in its list of versions, tagged 2024-04-19), by the Government
Outcomes Lab, University of Oxford, and Open Data Services; seen on 2026-11-28 at commit f034d75. Of `organisations`, which the standard keeps
apart from projects: the database that publishes it, commit c5f5eb1 of 2024-02-21, `TYPE_PROJECT_AND_PIPELINE_ORGANISATION_LIST`.
"""

from collections.abc import Mapping

from msgspec import Struct

VERSION = "4.1.0"
SEEN = "2026-11-28"
SCHEMA = "https://github.com/INDIGO-Initiative/indigo-data-standard/blob/f034d757ca756bd0a03ba4df69be81f9eee7d416/schema/project.json"
DATABASE = "https://github.com/INDIGO-Initiative/database-app/blob/c5f5eb1618b250d1be6281c6cf032e90738dcc50/indigo/__init__.py"
DOCUMENTS = "https://indigo-data-standard.readthedocs.io/en/4.1/"


class Row(Struct, frozen=True):
    """What becomes of a field. `[]` stands for each entry of a list; a row without a place also speaks for all below its field."""

    ours: str
    theirs: tuple[str, ...] = ()
    note: str = ""
    """Why there is no place, or what has to be known of it: when there is one, and in which form."""
    plain: bool = False
    """Whether the value goes there as it is, or by `WORDS`, at the same place of a list; otherwise a function makes it."""


def _same(ours: str, theirs: str, note: str = "") -> Row:
    return Row(ours, (theirs,), note, plain=True)


_PARTY = "the id in the deal: those of the standard (`INDIGO-ORG-…`) are given by the Government Outcomes Lab"
_SUM = "there it is a share of what was put in, in percent; here it is a sum"
_IN_WORDS = "in words, with the unit: the standard has a text there, not a number"
_BASELINE = "the standard has no place for what a metric is compared with"
_SOURCE = "each document once; one that is not found is left out"
_WHERE = "the standard names a source, not the place in it"
_WORDED = "only in the words of targets, triggers and results; there is no field of its own"

TABLE: tuple[Row, ...] = (
    _same("title", "name/value"),
    _same("area", "delivery_locations[]/location_name/value"),
    _same(
        "status",
        "stage_development/value",
        "the stages of the standard begin with a signed contract; that all has been paid (`Complete`) is nothing that a deal says",
    ),
    Row("status_on", note="a stage has no date there"),
    _same(
        "begins",
        "dates/start_date_of_service_provision/value",
        "as the start of the service; when contracts were signed is nothing that a deal says",
    ),
    Row(
        "ends",
        (
            "dates/actual_end_date_of_service_provision/value",
            "dates/anticipated_end_date_of_service_provision/value",
        ),
        "the actual end if the deal is `closed`, else the anticipated one",
    ),
    _same("summary", "notes/value", "as a note on the project, which has no summary there"),
    Row("body", note="the standard has no place for a long text"),
    Row("ideas", note="the standard knows projects, not the ideas behind them"),
    Row("case_studies", note="its `documents` are addresses; a case study is a record"),
    Row("parties[].id", ("organisations[]/id",), _PARTY, plain=True),
    _same("parties[].organisation", "organisations[]/name/value"),
    Row(
        "parties[].role",
        (
            "service_provisions[]/organisation_id/value",
            "outcome_payment_commitments[]/organisation_id/value",
            "investments[]/organisation_id/value",
            "intermediary_services[]/organisation_id/value",
            "results[]/outcomes_validator_organisation_ids/value",
        ),
        "an organisation has the role of the list that names it; none is for `lead` and `partner`, and a validator stands beside results",
    ),
    _same("parties[].url", "organisations[]/website/value"),
    Row("asks", note="the standard has no place for what is asked of a government"),
    Row("offers", note="the standard has no place for what an area offers besides outcomes"),
    _same("outcome_metrics[].id", "outcome_metrics[]/id"),
    Row("outcome_metrics[].title", note="a metric has a definition there, and no name"),
    _same("outcome_metrics[].definition", "outcome_metrics[]/definition/value"),
    Row(
        "outcome_metrics[].unit",
        ("outcome_metrics[]/outcome_metric_target/value", "results[]/outcomes_achieved/value"),
        _WORDED,
    ),
    Row(
        "outcome_metrics[].direction",
        ("outcome_metrics[]/outcome_metric_target/value", "results[]/outcomes_achieved/value"),
        _WORDED,
    ),
    Row("outcome_metrics[].per", note="the standard does not tell rates from counts"),
    _same("outcome_metrics[].target_population", "outcome_metrics[]/target_population/value"),
    _same(
        "outcome_metrics[].population_size",
        "outcome_metrics[]/targeted_number_of_service_users_or_beneficiaries_total/value",
    ),
    Row("outcome_metrics[].baseline.value", note=_BASELINE),
    Row("outcome_metrics[].baseline.period", note=_BASELINE),
    Row("outcome_metrics[].baseline.method", note=_BASELINE),
    Row("outcome_metrics[].baseline.source", ("outcome_metrics[]/source_ids", "sources[]/id"), _SOURCE),
    Row("outcome_metrics[].baseline.locator", note=_WHERE),
    Row("outcome_metrics[].target.value", ("outcome_metrics[]/outcome_metric_target/value",), _IN_WORDS),
    Row("outcome_metrics[].target.by", ("outcome_metrics[]/outcome_metric_target/value",), _IN_WORDS),
    Row("outcome_metrics[].triggers[].level", ("outcome_metrics[]/outcome_metric_target/value",), _IN_WORDS),
    Row("outcome_metrics[].triggers[].change", ("outcome_metrics[]/outcome_metric_target/value",), _IN_WORDS),
    _same("outcome_metrics[].outcome_validation_method", "outcome_metrics[]/outcome_validation_method/value"),
    Row(
        "outcome_metrics[].outcomes_validator",
        ("results[]/outcomes_validator_organisation_ids/value",),
        "beside each result of the metric: without a result there is no place",
    ),
    Row(
        "outcome_metrics[].cohorts[].id",
        ("results[]/outcomes_achieved/value",),
        "only in the words of a result",
    ),
    Row("outcome_metrics[].cohorts[].period", note="the standard has no cohorts"),
    Row("outcome_metrics[].cohorts[].size", note="the standard has no cohorts"),
    Row("outcome_metrics[].cohorts[].baseline.value", note=_BASELINE),
    Row("outcome_metrics[].cohorts[].baseline.period", note=_BASELINE),
    Row("outcome_metrics[].cohorts[].baseline.method", note=_BASELINE),
    Row(
        "outcome_metrics[].cohorts[].baseline.source",
        ("outcome_metrics[]/source_ids", "sources[]/id"),
        _SOURCE,
    ),
    Row("outcome_metrics[].cohorts[].baseline.locator", note=_WHERE),
    Row(
        "outcome_metrics[].cohorts[].result.value",
        ("results[]/outcomes_achieved/value",),
        "in words, unless `results` has one of the cohort, which counts before it",
    ),
    Row(
        "outcome_metrics[].cohorts[].result.as_of",
        note="a result has no date there on which it was made known",
    ),
    Row("outcome_metrics[].cohorts[].result.source", ("results[]/source_ids", "sources[]/id"), _SOURCE),
    Row("outcome_metrics[].cohorts[].result.locator", note=_WHERE),
    Row(
        "outcome_metrics[].cohorts[].result.note",
        ("results[]/notes",),
        "unless `results` has a result of the cohort, which counts before it",
    ),
    _same("outcome_pricings[].outcome_metric", "outcome_pricings[]/outcome_metric_id/value"),
    Row("outcome_pricings[].currency", ("outcome_pricings[]/currency/value",), "only with a sum"),
    _same("outcome_pricings[].price_per_unit", "outcome_pricings[]/price_per_unit/amount/value"),
    _same(
        "outcome_pricings[].maximum_price_if_all_targets_achieved",
        "outcome_pricings[]/maximum_price_if_all_targets_achieved/amount/value",
        "as text, since the schema asks for one",
    ),
    _same("outcome_pricings[].paid", "outcome_pricings[]/notes"),
    _same(
        "outcome_payment_commitments[].party",
        "outcome_payment_commitments[]/organisation_id/value",
        _PARTY,
    ),
    Row(
        "outcome_payment_commitments[].currency",
        ("outcome_payment_commitments[]/maximum_potential_outcome_payment/currency/value",),
        "only with a sum",
    ),
    _same(
        "outcome_payment_commitments[].maximum_potential_outcome_payment",
        "outcome_payment_commitments[]/maximum_potential_outcome_payment/amount/value",
    ),
    _same("investments[].party", "investments[]/organisation_id/value", _PARTY),
    Row(
        "investments[].currency",
        ("investments[]/investment_commitment/currency/value",),
        "only with a sum",
    ),
    _same("investments[].investment_commitment", "investments[]/investment_commitment/amount/exact/value"),
    Row("investments[].maximum_potential_loss", note=_SUM),
    Row("investments[].maximum_potential_return", note=_SUM),
    _same("results[].outcome_metric", "results[]/outcome_metric_id/value"),
    Row(
        "results[].cohort",
        ("results[]/outcomes_achieved/value",),
        "only in words: the standard has no cohorts",
    ),
    _same("results[].result_type", "results[]/result_type/value"),
    Row("results[].value", ("results[]/outcomes_achieved/value",), _IN_WORDS),
    Row("results[].change", ("results[]/outcomes_achieved/value",), "in words"),
    Row("results[].as_of", note="a result has no date there on which it was made known"),
    Row("results[].source", ("results[]/source_ids", "sources[]/id"), _SOURCE),
    Row("results[].locator", note=_WHERE),
    _same("results[].note", "results[]/notes"),
    Row("risks", note="the standard has no place for risks"),
    Row("if_it_fails", note="the standard has no place for what happens then"),
    Row(
        "claims",
        ("sources[]/id",),
        "the standard has no place for facts; the documents that they rest on are among the sources",
    ),
    Row("questions", note="they ask for values, and ask nobody once these are there"),
    Row("tags", note="its policy sectors are a list of its own"),
    Row("based_on.source", ("sources[]/id",), _SOURCE),
    Row("based_on.locator", note=_WHERE),
    Row("formerly", note="ids that a deal had are for its addresses"),
)
"""Of each field of a deal, in the order of the model."""

SOURCES: tuple[Row, ...] = (
    _same(
        "title",
        "sources[]/notes",
        "a source has no title there; its `name` is the person or institution that told",
    ),
    _same("publisher", "sources[]/publishing_organisation_ids/value", "as a name"),
    _same("url", "sources[]/url/value"),
    _same("archive_url", "sources[]/archive_url/value"),
    _same("published", "sources[]/publication_date/value"),
    _same("accessed", "sources[]/accessed_date/value"),
    _same("kind", "sources[]/type/value", "there is none there for statistics, laws and data"),
)
"""Of each field of an entry of `sources.yaml`. Its id is `sources[]/id`, with the library in front where two have the same."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "stage_development/value": {
        "agreed": "Contracted",
        "live": "Implementation",
        "closed": "Service delivery complete",
    },
    "results[]/result_type/value": {"interim": "Interim", "final": "Final"},
    "sources[]/type/value": {
        "report": "Report",
        "evaluation": "Evaluation report",
        "news": "News piece",
        "website": "Website",
    },
}
"""A field of the standard with words of its own → our word → its word. For a word that is not here there is none."""

TEXTS = frozenset({"outcome_pricings[]/maximum_price_if_all_targets_achieved/amount/value"})
"""Fields that are text in the schema though what they hold is a number."""

ROLES: Mapping[str, str] = {
    "service_provider": "service_provisions",
    "outcome_payer": "outcome_payment_commitments",
    "investor": "investments",
    "intermediary": "intermediary_services",
}
"""A role → the list whose entries have it."""

OUTCOME_LEVEL = "Outcome level"
"""`results[]/result_level/value` of each result: those of a deal are of one outcome metric, never of the project."""

PUBLIC = "PUBLIC"
"""The status of all that is exported: a manifesto is written to be read by everybody."""

STATED = frozenset(
    {
        "",
        "stage_development",
        "dates/start_date_of_service_provision",
        "dates/actual_end_date_of_service_provision",
        "dates/anticipated_end_date_of_service_provision",
        "notes",
        "delivery_locations[]",
        "sources[]",
        "service_provisions[]",
        "outcome_payment_commitments[]",
        "outcome_payment_commitments[]/maximum_potential_outcome_payment/currency",
        "investments[]",
        "intermediary_services[]",
        "outcome_metrics[]",
        "outcome_pricings[]",
        "results[]",
    }
)
"""What has a status: the database publishes none of it that is not `PUBLIC`."""

ORDER = (
    "status",
    "name",
    "stage_development",
    "dates",
    "notes",
    "delivery_locations",
    "sources",
    "organisations",
    "service_provisions",
    "outcome_payment_commitments",
    "investments",
    "intermediary_services",
    "outcome_metrics",
    "outcome_pricings",
    "results",
)
"""The fields of a document that a deal can fill, in the order of the schema."""
