"""The schemas agree with how we read: what we take they take, and what we refuse for its form they refuse."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.cli import main
from manifesto_cli.disk.schemas import write_schemas
from manifesto_cli.reading.schema import KINDS, Kind, schema, schema_files, schema_line, schema_text
from support.folders import everything, refused
from support.written import YamlNew, YamlOld, faults_of, in_cases, kind_of, shipped

VALIDATORS = {kind.name: jsonschema.Draft7Validator(schema(kind)) for kind in KINDS}
FORMS = {"unknown-field", "missing-field", "wrong-choice", "wrong-kind"}
"""The faults that a schema can see as well as we can. It cannot count days in a month, nor tell two sources from one."""


def marks(path: str, text: str, loader: type[YamlOld] = YamlNew) -> list[str]:
    """What the schema finds wrong with a file."""
    kind = kind_of(path)
    assert kind
    read = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    found = VALIDATORS[kind.name].iter_errors({} if read is None else read)
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in found]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_schema_is_a_schema(kind: Kind) -> None:
    """Editors get what the standard for schemas allows, patterns included."""
    jsonschema.Draft7Validator.check_schema(schema(kind))
    assert json.loads(schema_text(kind)) == schema(kind)
    assert schema_text(kind).endswith("}\n")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_command_prints_the_schema_and_nothing_else(
    kind: Kind, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is printed can be piped into a file or another program."""
    assert main(["schema", kind.name]) == 0
    assert capsys.readouterr() == (schema_text(kind), "")


@pytest.mark.parametrize("loader", [YamlOld, YamlNew])
def test_what_ships_is_taken(loader: type[YamlOld]) -> None:
    """No file of ours is marked, whichever YAML the editor speaks."""
    found = {path: marks(path, text, loader) for path, text in shipped()}
    assert len(found) > 10
    assert {path: marked for path, marked in found.items() if marked} == {}


@pytest.mark.parametrize("loader", [YamlOld, YamlNew])
def test_what_the_cases_take_is_taken(loader: type[YamlOld]) -> None:
    """A file of the specification that we read without a fault is not marked."""
    good = [(path, text) for path, text in in_cases() if not faults_of(path, text)]
    assert len(good) > 50
    assert {path: marks(path, text, loader) for path, text in good if marks(path, text, loader)} == {}


def test_what_the_cases_refuse_is_refused() -> None:
    """A file of the specification whose form is wrong is marked."""
    wrong = [
        (path, text) for path, text in in_cases() if FORMS & {fault.code for fault in faults_of(path, text)}
    ]
    assert len(wrong) > 8
    assert [path for path, text in wrong if not marks(path, text)] == []


RECORDS: dict[str, dict[str, Any]] = {
    "ideas/a.yaml": {
        "title": "Panels",
        "priority": "breaking-the-cycle",
        "summary": "Residents choose.",
        "tags": ["a", "b"],
        "power": "own",
        "levers": ["fund"],
        "partners": ["Councils"],
        "claims": [
            {
                "text": "Half.",
                "figure": {"value": "50", "unit": "percent"},
                "as_of": "2020",
                "kind": "measured",
                "review_by": "2027-01-01",
                "values": [{"value": "1,000", "source": "a"}],
            }
        ],
        "measure": {"metric": "Panels", "target": {"value": "1,000", "by": "2029-05"}},
        "cost": {"one_off": "5", "currency": "GBP"},
        "questions": {"area": {"ask": "Which?"}},
        "status": "ready",
        "withdrawn": {"on": "2026", "because": "No money."},
        "updated": "2026-11-23",
    },
    "manifesto.yaml": {
        "format": "1",
        "title": "A plan",
        "language": "cy",
        "candidate": {"name": "Robin", "photo": {"file": "media/a.jpg", "alt": "Robin", "consent": "no"}},
        "office": {"role": "pcc", "polling_day": "2027-05-06"},
        "imprint": {"jurisdiction": "none", "on_behalf_of": [{"name": "Robin"}]},
        "site": {"url": "https://example.org/", "options": {"accent": "red"}},
        "libraries": ["a", {"path": "../b"}],
        "values": {"area": "Exampleshire"},
        "priorities": [
            {"priority": "a", "ideas": "all"},
            {
                "priority": "b",
                "title": "B",
                "ideas": ["c", {"idea": "d", "tags": ["e"], "claims": [{"text": "f"}]}],
            },
            {"priority": "g", "ideas": {"tagged": ["h"], "except": ["i"]}},
        ],
        "case_studies": [{"case_study": "j", "place": {"name": "k", "latitude": "53.2", "country": "NO"}}],
    },
    "sources.yaml": {"a": {"title": "A", "published": "2020", "kind": "law"}, "b": {"title": "B"}},
    "themes/a/theme.yaml": {
        "title": "A",
        "api": "1",
        "options": {"b": {"kind": "colour", "default": "#fff", "about": "c"}},
    },
}
PLAIN = (
    "", "x", "a b", "own", "all", "12", "1", "-1", "1.10", "01234", "1,000", "1e3", "0x1f", ".inf", "NaN", "٣", "no", "yes", "on", "Off",
    "NO", "true", "12:30", "2026", "2026-05", "2026-05-04", "2026-13-45", "2026-02-30", "a.b", "A", "Ŵyn", "日本", "🎉", "1_000",
)  # fmt: skip
JUNK = st.sampled_from(
    [*PLAIN, [], {}, ["x"], ["2026", "no"], {"value": "x"}, {"text": ["y"]}, {"idea": "x"}, {"x": "y"}]
)


def written(value: Any, indent: str = "") -> str:
    """A value as a person writes it: no quotes where none are needed."""
    if isinstance(value, dict) and value:
        return "".join(f"\n{indent}{name}:{written(inner, indent + '  ')}" for name, inner in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{indent}-{written(inner, indent + '    ')}" for inner in value)
    if isinstance(value, dict | list):
        return f" {value}"
    return f" {value}" if value in PLAIN or value.replace(" ", "").isalnum() else f" {json.dumps(value)}"


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything inside a value."""
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield (*here, key)
        yield from paths(inner, (*here, key))


CHANGES = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["set", "rename", "delete"]), JUNK), min_size=1, max_size=3
)


def changed(value: Any, changes: list[tuple[int, str, Any]]) -> str:
    """The text of a record after some accidents."""
    value = json.loads(json.dumps(value))
    for number, accident, junk in changes:
        found = list(paths(value))
        *above, last = found[number % len(found)]
        inside = value
        for step in above:
            inside = inside[step]
        if accident == "set" or isinstance(inside, list):
            inside[last] = json.loads(json.dumps(junk))
        elif len(inside) > 1:
            kept = inside.pop(last)
            if accident == "rename":
                inside[f"{last}x"] = kept
    return written(value).lstrip("\n") + "\n"


@pytest.mark.parametrize("path", RECORDS)
@given(CHANGES)
def test_what_we_take_is_taken_and_what_has_no_form_is_refused(
    path: str, changes: list[tuple[int, str, Any]]
) -> None:
    """Whatever happens to a record, editors mark it where we miss its form, and never where we read it."""
    text = changed(RECORDS[path], changes)
    faults = faults_of(path, text)
    if not faults:
        assert marks(path, text, YamlNew) == []
        assert marks(path, text, YamlOld) == []
    if FORMS & {fault.code for fault in faults}:
        assert marks(path, text)


@pytest.mark.parametrize("path", RECORDS)
def test_the_records_to_which_accidents_happen_are_sound(path: str) -> None:
    """Otherwise the law above would say little."""
    text = changed(RECORDS[path], [])
    assert faults_of(path, text) == ()
    assert marks(path, text) == []


def test_a_name_with_nothing_after_it_is_marked_only_where_it_is_needed() -> None:
    """An empty field is as good as none: fine where it may be left out, missing where it may not."""
    path, required = "ideas/a.yaml", "title: A\npriority: b\nsummary: c\n"
    empty = "".join(f"{name}:\n" for name in schema(KINDS[2])["properties"] if name not in required)
    for fields in (empty, "questions: {area: }\n", "cost: {one_off: }\n"):
        assert faults_of(path, required + fields) == ()
        assert marks(path, required + fields) == []
    assert marks(path, required.replace("title: A", "title:")) != []


@pytest.mark.parametrize(
    ("kind", "depth", "line"),
    [
        ("manifesto", 0, "# yaml-language-server: $schema=.manifesto/manifesto.schema.json"),
        ("idea", 1, "# yaml-language-server: $schema=../.manifesto/idea.schema.json"),
        ("theme", 2, "# yaml-language-server: $schema=../../.manifesto/theme.schema.json"),
    ],
)
def test_a_file_names_its_schema_by_a_comment(kind: str, depth: int, line: str) -> None:
    """The line leads from the file's usual place to the schema."""
    assert schema_line(kind, depth) == line
    assert next(known.depth for known in KINDS if known.name == kind) == depth


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    """A schema that is as it should be keeps its time and place."""
    assert write_schemas(tmp_path, schema_files()) == tuple(schema_files())
    before = (
        (tmp_path / ".manifesto/library.schema.json").stat().st_mtime_ns
    )  # not the time of reading, which reading changes
    (tmp_path / ".manifesto/idea.schema.json").write_text("old")
    assert write_schemas(tmp_path, schema_files()) == (".manifesto/idea.schema.json",)
    assert (tmp_path / ".manifesto/library.schema.json").stat().st_mtime_ns == before
    found = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / ".manifesto").iterdir()}
    assert found == {Path(path).name: text for path, text in schema_files().items()}


def test_no_schema_is_written_through_a_folder_that_is_a_link_outside(tmp_path: Path) -> None:
    """A stranger's repository cannot make us write elsewhere."""
    (tmp_path / "project").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "project/.manifesto").symlink_to("../elsewhere")
    before = everything(tmp_path)
    refused(lambda: write_schemas(tmp_path / "project", schema_files()), "leads out of")
    assert everything(tmp_path) == before


def test_a_link_where_a_schema_belongs_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """What it led to stays as it was."""
    (tmp_path / ".manifesto").mkdir()
    (tmp_path / "precious.txt").write_text("precious")
    (tmp_path / ".manifesto/idea.schema.json").symlink_to("../precious.txt")
    write_schemas(tmp_path, schema_files())
    assert (tmp_path / "precious.txt").read_text() == "precious"
    assert not (tmp_path / ".manifesto/idea.schema.json").is_symlink()


def test_what_cannot_be_replaced_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """A folder that stands where a schema belongs is no traceback, and no half-written file stays."""
    (tmp_path / ".manifesto/idea.schema.json/inside").mkdir(parents=True)
    refused(lambda: write_schemas(tmp_path, {".manifesto/idea.schema.json": "x"}), "failed")
    assert [path.name for path in (tmp_path / ".manifesto").iterdir()] == ["idea.schema.json"]


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    """It may be somebody's, so it stays."""
    (tmp_path / ".manifesto").write_text("mine")
    refused(lambda: write_schemas(tmp_path, schema_files()), "is not a folder")
    assert (tmp_path / ".manifesto").read_text() == "mine"
