"""The file that a new record starts from: what is required, filled in, and every other field explained."""

from collections.abc import Mapping

from msgspec import inspect

from manifesto_cli.editing.scalars import quoted
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.record import Record
from manifesto_cli.reading.schema import schema_line

MODELS: Mapping[str, type[Record]] = {
    "idea": Idea,
    "case study": CaseStudy,
    "priority": Priority,
    "deal": Deal,
}
FOLDERS = {"idea": "ideas", "case study": "case-studies", "priority": "priorities", "deal": "deals"}

_OPTIONAL = "# All that follows is optional. To use a field, take away the `# ` before its lines."

_BODY = "body: |\n  Say why, how and with whom.\n  - Lists and **bold** words work."
_CLAIMS = "claims:\n  - text: One fact in one sentence.\n    source: an-id-from-sources-yaml\n    as_of: 2026"
_FORMERLY = "formerly: [an-earlier-id]"
_BASED_ON = "based_on: {source: some-report, locator: page 12}"
_TAGS = "tags: [young-people, transport]"
_QUESTIONS = "questions:\n  area: {ask: Which area?, example: Derbyshire}"
_CASE_STUDIES = "case_studies: [an-id-from-case-studies]"

_METRICS = """\
outcome_metrics:
  - id: reconvictions
    title: Reconvictions
    definition: Reconviction events within twelve months of release, per 100 people
    unit: events per 100 people
    direction: reduce  # or increase
    per: 100  # only for a rate: one that is counted per 100 people
    target_population: People released after a sentence of under twelve months
    population_size: 2000
    baseline:
      value: 155
      period: April 2024 to March 2026
      method: comparison-group  # or historical, or national-rate
      source: some-report
      locator: table 3
    target: {value: 140, by: 2030-03}
    triggers:  # the least change in percent that is paid for; any of them will do
      - {level: cohort, change: 10}
      - {level: overall, change: 7.5}
    outcome_validation_method: The university compares those who take part with others like them.
    outcomes_validator: university
    cohorts:  # a cohort can have a `baseline:` of its own, and a `result:` here in place of under `results:`
      - {id: one, period: January to December 2027, size: 1000}
      - {id: two, period: January to December 2028, size: 1000}"""

_DEAL: Mapping[str, str] = {
    "area": "area: Derbyshire",
    "status": "status: proposed  # or negotiating, agreed, live, closed, refused",
    "status_on": "status_on: 2026-11-25",
    "begins": "begins: 2027-04",
    "ends": "ends: 2030-03",
    "body": _BODY,
    "ideas": "ideas: [an-id-from-ideas]",
    "case_studies": _CASE_STUDIES,
    "parties": "parties:  # roles: lead, outcome_payer, service_provider, investor, intermediary, outcomes_validator, partner\n"
    "  - {id: pcc, organisation: Police and Crime Commissioner for Derbyshire, role: lead}\n"
    "  - {id: home-office, organisation: Home Office, role: outcome_payer}\n"
    "  - {id: fund, organisation: Example Social Fund, role: investor}\n"
    "  - {id: university, organisation: Example University, role: outcomes_validator, url: https://www.example.org/}",
    "asks": "asks:\n"
    "  - id: keep-savings\n"
    "    of: home-office  # one of the parties\n"
    "    kind: flexibility  # or power, freedom, funding, data\n"
    "    text: Let us keep what fewer reconvictions save, and spend it on preventing more.\n"
    "    because: Today what we spend is saved by somebody else.\n"
    "    costs: Nothing before 2028, then half of what is saved.\n"
    "    rests_on: [pooled-team, reconvictions]  # offers and outcome metrics",
    "offers": "offers:\n"
    "  - id: pooled-team\n"
    "    by: pcc\n"
    "    kind: delivery  # or match-funding, governance, risk\n"
    "    text: One team of police, probation and housing for everyone who is released.",
    "outcome_metrics": _METRICS,
    "outcome_pricings": "outcome_pricings:\n"
    "  - outcome_metric: reconvictions\n"
    "    currency: GBP\n"
    "    price_per_unit: 5000  # for each one fewer, or more, than the baseline\n"
    "    maximum_price_if_all_targets_achieved: 1500000\n"
    "    paid: within three months of each result",
    "outcome_payment_commitments": "outcome_payment_commitments:\n"
    "  - {party: home-office, currency: GBP, maximum_potential_outcome_payment: 1500000}",
    "investments": "investments:\n"
    "  - party: fund\n"
    "    currency: GBP\n"
    "    investment_commitment: 1000000\n"
    "    maximum_potential_loss: 1000000\n"
    "    maximum_potential_return: 300000  # beyond what it has put in",
    "results": "results:  # without `cohort:`, all together; where only the change is known, `change: 8.4` in place of `value:`\n"
    "  - outcome_metric: reconvictions\n"
    "    cohort: one\n"
    "    result_type: interim  # or final\n"
    "    value: 142\n"
    "    as_of: 2029-06\n"
    "    source: some-report\n"
    "    locator: page 7\n"
    "    note: Two prisons have not reported yet.",
    "risks": "risks:\n"
    "  - text: Fewer people are released than we expect.\n"
    "    borne_by: pcc\n"
    "    then: The cohorts are filled over a longer time, at our cost.",
    "if_it_fails": "if_it_fails: |\n  Nothing is paid, and the team ends in 2030.",
    "claims": _CLAIMS,
    "questions": _QUESTIONS,
    "tags": _TAGS,
    "based_on": _BASED_ON,
    "formerly": _FORMERLY,
}

EXAMPLES: Mapping[type[Record], Mapping[str, str]] = {
    Idea: {
        "pledge": "pledge: I will set up a panel of residents in every part of the county.",
        "body": _BODY,
        "tags": _TAGS,
        "offices": "offices: [pcc, mayor]",
        "power": "power: with-partners",
        "levers": "levers: [commission, convene]",
        "partners": "partners: [Probation Service, District councils]",
        "claims": _CLAIMS,
        "case_studies": _CASE_STUDIES,
        "measure": "measure:\n  metric: Neighbourhoods with a panel\n  baseline: {value: 0, as_of: 2026}\n  target: {value: 12, by: 2029-05}",
        "cost": "cost: {one_off: 40000, per_year: 15000, funded_by: Community safety fund}",
        "questions": _QUESTIONS,
        "requires": "requires: [another-idea]",
        "conflicts": "conflicts: [another-idea]",
        "based_on": _BASED_ON,
        "formerly": _FORMERLY,
        "withdrawn": "withdrawn: {on: 2026-01-31, because: The government has done it.}",
        "updated": "updated: 2026-01-31",
    },
    CaseStudy: {
        "organisation": "organisation: {name: Rhubarb Farm, kind: cic, url: https://www.example.org/}",
        "place": "place: {name: Langwith, region: Derbyshire, country: GB}",
        "since": "since: 2011",
        "status": "status: current",
        "strength": "strength: monitoring",
        "body": _BODY,
        "claims": _CLAIMS,
        "image": "image:\n  file: media/rhubarb-farm.jpg\n  alt: Two people plant beans in a greenhouse.\n  credit: Robin Example\n  licence: CC BY 4.0\n  consent: given",
        "tags": _TAGS,
        "links": "links:\n  - {title: The yearly report, url: https://www.example.org/report}",
        "based_on": _BASED_ON,
        "formerly": _FORMERLY,
    },
    Priority: {
        "summary": "summary: Fewer crimes and fewer victims.",
        "body": _BODY,
        "order": "order: 1",
        "based_on": _BASED_ON,
        "formerly": _FORMERLY,
    },
    Deal: _DEAL,
}
"""An example for each field that may be left out. A test holds each against the model."""


def starting_text(kind: str, title: str, priority: str) -> str:
    """A file that checks clean as it is. Names, order and sentences of its fields are those of the model."""
    model = MODELS[kind]
    given = {"title": title, "priority": priority, "summary": "Replace this with one sentence."}
    if kind == "idea":
        given["status"] = "draft"
    filled: list[str] = []
    open_: list[str] = []
    described = inspect.type_info(model)
    fields = described.fields if isinstance(described, inspect.StructType) else ()
    for field in fields:
        name = field.encode_name
        sentence = f"# {_sentence(field.type)}"
        if field.required or (kind == "idea" and name == "status"):
            filled.append(f"{sentence}\n{name}: {quoted(given[name])}")
        else:
            example = EXAMPLES[model].get(name, f"{name}:")
            open_.append("\n".join((sentence, *(f"# {line}" for line in example.split("\n")))))
    head = schema_line(kind.replace(" ", "-"), 1)
    return "\n\n".join((head, "\n".join(filled), _OPTIONAL, *open_)) + "\n"


def title_of(name: str) -> str:
    """A title to start from: the words of an id."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def _sentence(hint: inspect.Type) -> str:
    schema = hint.extra_json_schema if isinstance(hint, inspect.Metadata) else None
    return str((schema or {}).get("description", ""))
