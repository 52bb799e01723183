"""Random manifestos with a library, every field of the models drawn, and what a website makes of them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import Struct
from msgspec import inspect as types

from manifesto_cli.disk.shipped import shipped_names
from manifesto_cli.faults.diagnostic import has_errors
from manifesto_cli.loading import load, load_theme
from manifesto_cli.merging.edition import Edition, merge
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.claim import Claim
from manifesto_cli.model.deal import (
    Ask,
    Cohort,
    Deal,
    DealResult,
    Investment,
    Offer,
    OutcomeMetric,
    OutcomePaymentCommitment,
    OutcomePricing,
    Party,
    Risk,
)
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.manifesto import Candidate, Manifesto
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.quantity import Day, Number, OpenNumber, PartialDate
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.pipeline import Prepared, render
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.library import Folder, read_library
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.markup import parse
from manifesto_cli.rendering.plan import edition_texts, plan
from manifesto_cli.rendering.site import Site
from manifesto_cli.rendering.theme import Theme

Records = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
LETTERS = "aZ9 éŵ字🎉אب<>&\"'`*_[](){}|\\/#!-;=\u202e\u00a0\n"
_WORDS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=24).map(lambda text: f"x{text}y")
_PIECES = st.sampled_from(
    [
        "Plain words.",
        "## Heading",
        "**bold** and `code <b>` and ~~gone~~",
        "[a pledge](pledge:one) and [a story](case-study:story#heading)",
        "[elsewhere](https://example.org/?a=b&c=d \"with 'a' title\")",
        "> quoted ((town))",
        "- ((town))\n- two",
        "| a | `((town))` |\n|---|---|\n| ((town)) | b |",
        "```\n((town))\n```",
        "![A hall](media/hall.jpg)",
        "عربي ((town)) עברית",
        "[((town))](https://example.org/((town)))",
    ]
)
PROSE = st.lists(_PIECES, min_size=1, max_size=6).map(
    lambda pieces: "\n\n".join(["## Heading", *(piece for piece in pieces if piece != "## Heading")])
)
_ADDRESSES = ("https://example.org/a?b=c&d=e", "http://example.org/%C5%B5", "https://example.org/ŵ")
_FORMS: dict[str, tuple[str, ...]] = {
    "lower-case words": ("pcc", "some-tag", "a1"),
    "an id such as": ("paper",),
    "an address that starts": _ADDRESSES,
    "an address such as `name@": ("robin@example.org",),
    "a domain name": ("robin.example.org",),
    "an address such as `https": (
        "https://example.org/",
        "https://example.org/repo",
        "https://example.org/ŵ/&a",
    ),
    "a language code": ("en-GB", "cy", "ar", "he-IL", "zh-Hans-CN"),
    "a currency code": ("GBP", "EUR"),
    "a country code": ("GB",),
    "a jpg": ("media/hall.jpg",),
}
"""Examples of texts that have a form, by how what they take begins."""


def _values(hint: types.Type, said: str = "", *, markdown: bool = False) -> st.SearchStrategy[Any]:
    match hint:
        case types.Metadata():
            extra = hint.extra or {}
            return _values(
                hint.type, str(extra.get("expected", said)), markdown=markdown or "markdown" in extra
            )
        case types.UnionType():
            arms = [arm for arm in hint.types if not isinstance(arm, types.NoneType)]
            return st.one_of([_values(arm, said, markdown=markdown) for arm in arms])
        case types.LiteralType():
            return st.sampled_from(hint.values)
        case types.VarTupleType():
            return st.lists(_values(hint.item_type), max_size=2)
        case types.StructType(cls=cls):
            return records(cls)
        case types.CustomType(cls=cls) if cls is Number:
            return st.sampled_from(["0", "1", "-0.5", "1.10", "12,345.00", "999999999999999999"])
        case types.CustomType(cls=cls) if cls is OpenNumber:
            return st.sampled_from(["0", "1", "-0.5", "7.50", "1,000", "999999999999999999", "((count))"])
        case types.CustomType(cls=cls) if cls in (Day, PartialDate):
            days = ["2026-01-31", "1999-12-31"]
            return st.sampled_from(days if cls is Day else [*days, "2026", "2026-02"])
        case _ if markdown:
            return PROSE
    forms = next((forms for start, forms in _FORMS.items() if said.startswith(start)), None)
    return st.sampled_from(forms) if forms else _WORDS


@st.composite
def records(draw: st.DrawFn, model: Any, given: Records | None = None) -> Records:
    """A record of a model with some of its fields; those given are as given, and left out where that is None."""
    fixed = {**_GIVEN.get(model, {}), **(given or {})}
    made: Records = {name: value for name, value in fixed.items() if value is not None}
    info: Any = types.type_info(model)
    for field in info.fields:
        if field.encode_name not in fixed and (field.required or draw(st.booleans())):
            made[field.encode_name] = draw(_values(field.type))
    if model is Claim:
        disagree = [{"value": "1.50", "source": source} for source in ("paper", "other")]
        made |= draw(st.sampled_from([{}, {"source": "paper", "locator": "p. 1"}, {"values": disagree}]))
    return made


_GIVEN: dict[Any, Records] = {
    Claim: {"source": None, "values": None, "locator": None},
    Candidate: {"name": "Robin <Example> & “co”"},
    Ask: {"of": "office", "rests_on": ["work", "first"]},
    Offer: {"by": "area"},
    OutcomeMetric: {"outcomes_validator": "judge", "cohorts": None},
    OutcomePricing: {"currency": "GBP"},
    OutcomePaymentCommitment: {"party": "office", "currency": "GBP"},
    Investment: {"party": "judge", "currency": "GBP"},
    Risk: {"borne_by": "area"},
}
"""Fields that hang together with others."""


@st.composite
def deals(draw: st.DrawFn, ideas: list[str]) -> Records:
    """A deal between three parties, with up to two outcome metrics; what it names is there."""

    def each(model: Any, name: str, ids: tuple[str, ...], **given: Any) -> list[Records]:
        return [draw(records(model, {name: each, **given})) for each in ids if draw(st.booleans())]

    metrics = [
        draw(records(OutcomeMetric, {"id": name, "cohorts": each(Cohort, "id", ("early", "late"))}))
        for name in ("first", "second")[: draw(st.integers(0, 2))]
    ]
    counted = tuple(metric["id"] for metric in metrics)
    results = [
        *each(DealResult, "outcome_metric", counted, cohort=None),
        *(
            draw(records(DealResult, {"outcome_metric": metric["id"], "cohort": cohort["id"]}))
            for metric in metrics
            for cohort in metric["cohorts"]
            if draw(st.booleans())
        ),
    ]
    given: Records = {
        "ideas": ideas[:2],
        "case_studies": ["story"],
        "parties": [draw(records(Party, {"id": name})) for name in ("area", "office", "judge")],
        "asks": each(Ask, "id", ("one", "two")),
        "offers": each(Offer, "id", ("work", "more")),
        "outcome_metrics": metrics,
        "outcome_pricings": each(OutcomePricing, "outcome_metric", counted),
        "results": results,
        "questions": None,
        "formerly": None,
    }
    return draw(records(Deal, given))


@st.composite
def projects(draw: st.DrawFn) -> dict[str, Records]:
    """The files of a project, by path, as what they say."""
    ideas = draw(st.integers(0, 3))
    names = ["one", "two", "three"][:ideas]
    links = {"requires": None, "conflicts": None, "questions": None, "formerly": None, "status": None}
    head = {
        "format": "1",
        "libraries": None,
        "values": {"town": draw(_WORDS), "count": draw(st.sampled_from(["12", "1,000", "0.50"]))},
        "priorities": [{"priority": "first", "ideas": "all"}],
        "case_studies": None,
        "deals": ["pact"] if draw(st.booleans()) else None,
        "allow": None,
        "site": {"url": draw(st.sampled_from(_FORMS["an address such as `https"]))},
    }
    used = {"priority": "first", "case_studies": ["story"], **links}
    files = {
        "manifesto.yaml": draw(records(Manifesto, head)),
        "priorities/first.yaml": draw(records(Priority, {"formerly": None, "order": None})),
        "case-studies/story.yaml": draw(records(CaseStudy, {"formerly": None, "body": draw(PROSE)})),
        "sources.yaml": {"paper": draw(records(SourceDocument)), "other": draw(records(SourceDocument))},
    }
    for name in names:
        files[f"ideas/{name}.yaml"] = draw(records(Idea, used))
    if files["manifesto.yaml"].get("deals"):
        files["deals/pact.yaml"] = draw(deals(names))
    return files


class Published(Struct, frozen=True):
    """What has become of a project."""

    edition: Edition
    site: Site
    files: dict[str, bytes]

    def json(self, path: str) -> Any:
        """A file of it as data."""
        return json.loads(self.files[path])


def publish(files: dict[str, Records], url: str | None) -> Published | None:
    """The website of a project in memory, for a site with or without an address; None where it has an error."""
    held = {path: json.dumps(content, ensure_ascii=False).encode() for path, content in files.items()}
    manifesto_file = held.pop("manifesto.yaml")
    own = read_library(Folder("", held, {"media/hall.jpg": "hall.jpg"})).value
    document = read_document("manifesto.yaml", manifesto_file).value
    assert own
    assert document
    decoded = decode(*document, Manifesto, "a manifesto")
    assert decoded.value, [fault.headline for fault in decoded.faults]
    return publish_from(Shelf(own), decoded.value, Origin(*document), url)


def publish_from(shelf: Shelf, manifesto: Manifesto, origin: Origin, url: str | None) -> Published | None:
    """The same for what has been read."""
    merged = merge(shelf, manifesto, origin)
    assert merged.value
    parsed = {key: parse(prose) for key, prose in edition_texts(merged.value)}
    texts = {key: outcome.value for key, outcome in parsed.items() if outcome.value}
    planned = plan(shelf, merged.value, texts, WEBSITE.layout, url)
    faults = [
        *merged.faults,
        *planned.faults,
        *(fault for outcome in parsed.values() for fault in outcome.faults),
    ]
    if has_errors(faults) or planned.value is None:
        return None
    made = render(Prepared(merged.value, planned.value, civic(), WEBSITE))
    assert made.value is not None, [fault.headline for fault in made.faults]
    return Published(
        merged.value,
        planned.value,
        {file.path: file.content if isinstance(file, File) else b"" for file in made.value},
    )


THEMES = tuple(name for name in shipped_names("themes", "theme.yaml") if name != "base")
"""The themes that ship and can be chosen."""


@cache
def theme_of(name: str) -> Theme:
    """A theme that ships."""
    project = load(ROOT / "examples" / "minimal").value
    assert project
    assert project.manifesto
    site = msgspec.structs.replace(project.manifesto.site, theme=name)
    manifesto = msgspec.structs.replace(project.manifesto, site=site)
    theme = load_theme(msgspec.structs.replace(project, manifesto=manifesto)).value
    assert theme
    return theme


def civic() -> Theme:
    """The theme that a manifesto has unless it asks for another."""
    return theme_of("civic")


@cache
def example(name: str, url: str | None) -> Published:
    """An example that ships, with or without an address."""
    project = load(ROOT / "examples" / name).value
    assert project
    assert project.manifesto
    assert project.origin
    found = publish_from(project.shelf, project.manifesto, project.origin, url)
    assert found
    return found


EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/manifesto.yaml"))
