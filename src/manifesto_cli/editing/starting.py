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
        "case_studies": "case_studies: [an-id-from-case-studies]",
        "measure": "measure:\n  metric: Neighbourhoods with a panel\n  baseline: {value: 0, as_of: 2026}\n  target: {value: 12, by: 2029-05}",
        "cost": "cost: {one_off: 40000, per_year: 15000, funded_by: Community safety fund}",
        "questions": "questions:\n  area: {ask: Which area?, example: Derbyshire}",
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
