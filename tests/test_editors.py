"""What people see in an editor, asked of the language server that most editors use for YAML.

It comes from npm, so it is not there on every machine: `MANIFESTO_YAML_LANGUAGE_SERVER` says where. On CI it has to be there.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest
from msgspec.structs import fields

from manifesto_cli.disk.schemas import write_schemas
from manifesto_cli.model.claim import Claim
from manifesto_cli.model.idea import Cost, Idea
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.picks import IdeaSelection, PriorityChoice
from manifesto_cli.model.record import Record
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.reading.schema import KINDS, schema_files, schema_line, schema_path
from support.language_server import LanguageServer
from support.written import faults_of, in_cases, shipped

VARIABLE = "MANIFESTO_YAML_LANGUAGE_SERVER"
HOW = f"install it with `npm install --prefix FOLDER yaml-language-server` and set {VARIABLE} to FOLDER/node_modules/.bin/yaml-language-server"


class Editor:
    """A folder with schemas, and a server that looks at texts as if they lay in it."""

    def __init__(self, server: LanguageServer, folder: Path) -> None:
        self.server = server
        self.folder = folder

    def marks(self, texts: dict[str, str]) -> dict[str, list[tuple[int, str]]]:
        """What is marked in each of several texts: line and message."""
        for path, text in texts.items():
            self.server.open(self.folder / path, text)
        found = {path: sorted(self.server.faults(self.folder / path)) for path in texts}
        for path in texts:
            self.server.close(self.folder / path)
        return found

    def hover(self, path: str, text: str) -> str:
        """What is shown for the character after the mark `¦` in a text."""
        place = self._opened(path, text)
        shown = self.server.hover(self.folder / path, *place)
        self.server.close(self.folder / path)
        return shown

    def offers(self, path: str, text: str) -> list[str]:
        """What is offered at the mark `¦` in a text."""
        place = self._opened(path, text)
        offered = self.server.completions(self.folder / path, *place)
        self.server.close(self.folder / path)
        return offered

    def _opened(self, path: str, text: str) -> tuple[int, int]:
        before, after = text.split("¦")
        self.server.open(self.folder / path, before + after)
        return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One server for all tests, which asks the network for nothing."""
    command = os.environ.get(VARIABLE)
    if not command and not os.environ.get("CI"):
        pytest.skip(f"there is no language server: {HOW}")
    assert command, f"on CI the language server has to be there: {HOW}"
    folder = tmp_path_factory.mktemp("project")
    write_schemas(folder, schema_files())
    associations = {(folder / schema_path(kind.name)).as_uri(): [f"**/{kind.pattern}"] for kind in KINDS}
    offline = {"schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False}}
    settings = {"yaml": {**offline, "schemas": associations}, "http": {}, "[yaml]": {}, "editor": {}}
    with LanguageServer([command, "--stdio"], folder, settings) as server:
        yield Editor(server, folder)


def test_no_file_that_ships_is_marked(editor: Editor) -> None:
    """The libraries, examples and themes are what people learn from."""
    found = editor.marks(dict(shipped()))
    assert len(found) > 10
    assert {path: marked for path, marked in found.items() if marked} == {}


def test_no_file_of_the_cases_that_we_read_is_marked(editor: Editor) -> None:
    """Whatever the specification says we take, an editor takes."""
    found = editor.marks({path: text for path, text in in_cases() if not faults_of(path, text)})
    assert len(found) > 50
    assert {path: marked for path, marked in found.items() if marked} == {}


IDEA = "title: A\npriority: b\nsummary: c\n"
PLAN = "format: 1\ntitle: A\ncandidate: {name: B}\noffice: {role: pcc}\nimprint: {jurisdiction: none}\n"
PICKS = f"{PLAN}priorities:\n  - priority: a\n    ideas:\n"


SOUND = [
    ("ideas/a.yaml", f"{IDEA}pledge: 2026\nbody: yes\ntags: [2024, no]\nupdated: 2026-05-04\n"),
    ("ideas/a.yaml", f"{IDEA}pledge:\ntags:\nclaims:\ncost:\nquestions:\npower:\nupdated:\n"),
    ("ideas/a.yaml", f"{IDEA}questions:\n  area:\n"),
    ("ideas/a.yaml", f"{IDEA}cost: {{one_off: '1,000', per_year: 0.5}}\nwithdrawn: {{on: 2026, because: c}}\n"),
    ("ideas/a.yaml", f"# a comment\n\n{IDEA}".replace("\n", "\r\n")),
    ("ideas/a.yaml", f"\ufeff{IDEA}"),
    ("manifesto.yaml", PLAN.replace("1", '"1"', 1)),
    ("manifesto.yaml", f"{PLAN}values: {{a: 1, b: yes, c: 2026-05-04, d: }}\nlibraries: [a, {{path: ../b}}]\n"),
    ("manifesto.yaml", PICKS.replace("ideas:", "ideas: all")),
    ("manifesto.yaml", PICKS.replace("ideas:", "ideas: {tagged: [b], except: [c]}")),
    ("manifesto.yaml", f"{PICKS}      - b\n      - idea: c\n        cost: {{one_off: 5}}\n"),
    ("sources.yaml", "a:\n  title: Ŵyn 日本 🎉\n  published: 2020\n"),
    ("sources.yaml", "# none yet\n"),
]  # fmt: skip
"""Files that we read without a fault."""

FAULTS = [
    ("ideas/a.yaml", f"{IDEA}titel: A\n", 4, "titel"),
    ("ideas/a.yaml", f"{IDEA}power: owner\n", 4, "`power:` takes one of `lobby`, `own`, `with-partners`"),
    ("ideas/a.yaml", "title: A\npriority: b\n", 1, "summary"),
    ("ideas/a.yaml", f"{IDEA}pledge: [a]\n", 4, "`pledge:` takes a text"),
    ("ideas/a.yaml", f"{IDEA}tags: a\n", 4, "`tags:` takes a list"),
    ("ideas/a.yaml", f"{IDEA}tags:\n  - a\n  - Bad Tag\n", 6, "lower-case words joined by hyphens"),
    ("ideas/a.yaml", f"{IDEA}updated: 4 May\n", 4, "a date like 2026-01-31"),
    ("ideas/a.yaml", f"{IDEA}claims:\n  - text: a\n    figure:\n      value: many\n", 7, "a number like 12"),
    ("ideas/a.yaml", f"{IDEA}claims:\n  - text: a\n  - kind: planned\n", 6, "text"),
    ("ideas/a.yaml", f"{IDEA}cost: 5\n", 4, "`cost:` takes fields"),
    ("ideas/a.yaml", f"{IDEA}questions:\n  Area: {{ask: a}}\n", 5, "a name of lower-case letters"),
    ("ideas/a.yaml", IDEA.replace("summary: c", "summary:"), 3, "`summary:`"),
    ("manifesto.yaml", PLAN.replace("1", "2", 1), 1, "`format:` takes `1`"),
    ("manifesto.yaml", PLAN.replace("none", "scotland"), 5, "`uk`"),
    ("manifesto.yaml", f"{PLAN}site:\n  url: example.org\n", 7, "`https://example.org/`"),
    ("manifesto.yaml", f"{PLAN}values:\n  Area: a\n", 7, "a name of lower-case letters"),
    ("manifesto.yaml", PICKS.replace("ideas:", "ideas: some"), 8, "`all`, a list or fields"),
    ("manifesto.yaml", f"{PICKS}      - b\n      - idea: c\n        tags: d\n", 11, "`tags:` takes a list"),
    ("manifesto.yaml", f"{PICKS}      - b\n      - idea: c\n        pledg: d\n", 11, "pledg"),
    ("manifesto.yaml", f"{PICKS}      - idea: c\n        power: d\n", 10, "`with-partners`"),
    ("sources.yaml", "a:\n  title: A\nB c:\n  title: B\n", 3, "lower-case words joined by hyphens"),
    ("sources.yaml", "a:\n  title: A\nb:\n  url: https://example.org/\n", 3, "title"),
    ("case-studies/a.yaml", "title: A\nsummary: b\nplace:\n  name: c\n  country: Wales\n", 5, "two capitals"),
    ("priorities/a.yaml", "title: A\norder: first\n", 2, "a number like 12"),
    ("library.yaml", "id: a\ntitle: b\nlanguage: english\n", 3, "a language code"),
    ("themes/a/theme.yaml", "title: A\napi: 2\n", 2, "`api:` takes `1`"),
]  # fmt: skip
"""Files with one fault: its line, and words of what is said of it."""

Marks = dict[tuple[str, str], list[tuple[int, str]]]


@pytest.fixture(scope="module")
def marks(editor: Editor) -> Marks:
    """What is marked in each of these files. The server waits a while before it looks, so all are shown to it at once."""
    files = [*SOUND, *((path, text) for path, text, _, _ in FAULTS)]
    found = editor.marks({f"{i}/{path}": text for i, (path, text) in enumerate(files)})
    return dict(zip(files, found.values(), strict=True))


@pytest.mark.parametrize(("path", "text"), SOUND)
def test_nothing_is_marked_that_we_read(marks: Marks, path: str, text: str) -> None:
    """What YAML makes of a plain text is no fault, and neither is a field that is not filled yet."""
    assert faults_of(path, text) == ()
    assert marks[path, text] == []


@pytest.mark.parametrize(("path", "text", "line", "words"), FAULTS)
def test_a_fault_is_marked_at_its_line(marks: Marks, path: str, text: str, line: int, words: str) -> None:
    """What is wrong is seen while it is typed, in our words where the server lets us have them."""
    assert faults_of(path, text)
    marked = marks[path, text]
    assert [number for number, _ in marked] == [line]
    assert words in marked[0][1]


def sentence(model: type[Record], field: str) -> str:
    """What the model says of a field."""
    described = next(known for known in fields(model) if known.encode_name == field)
    found = get_type_hints(model, include_extras=True)[described.name].__metadata__
    return next(str(meta.description) for meta in found if meta.description)


@pytest.mark.parametrize(
    ("path", "text", "model", "field"),
    [
        ("ideas/a.yaml", "¦title: A\n", Idea, "title"),
        ("ideas/a.yaml", f"{IDEA}¦tags: [a]\n", Idea, "tags"),
        ("ideas/a.yaml", f"{IDEA}¦power: own\n", Idea, "power"),
        ("ideas/a.yaml", f"{IDEA}¦updated:\n", Idea, "updated"),
        ("ideas/a.yaml", f"{IDEA}¦cost:\n  one_off: 5\n", Idea, "cost"),
        ("ideas/a.yaml", f"{IDEA}cost:\n  ¦one_off: 5\n", Cost, "one_off"),
        ("ideas/a.yaml", f"{IDEA}claims:\n  - text: a\n    ¦source: b\n", Claim, "source"),
        ("ideas/a.yaml", f"{IDEA}claims:\n  - ¦text: 2026\n", Claim, "text"),
        ("manifesto.yaml", f"¦{PLAN}", Manifesto, "format"),
        ("manifesto.yaml", f"{PLAN}¦values: {{a: b}}\n", Manifesto, "values"),
        ("manifesto.yaml", f"{PICKS.replace('    ideas:', '    ¦ideas: all')}", PriorityChoice, "ideas"),
        ("manifesto.yaml", f"{PICKS.replace('    ideas:', '    ¦ideas: [b]')}", PriorityChoice, "ideas"),
        ("manifesto.yaml", f"{PICKS.replace('ideas:', 'ideas: {¦except: [b]}')}", IdeaSelection, "except"),
        ("manifesto.yaml", f"{PICKS}      - idea: c\n        ¦pledge: d\n", Idea, "pledge"),
        ("sources.yaml", "a:\n  ¦title: A\n", SourceDocument, "title"),
    ],
)  # fmt: skip
def test_a_field_is_explained(editor: Editor, path: str, text: str, model: type[Record], field: str) -> None:
    """Whoever points at a field reads the model's sentence, once and without escapes."""
    shown = editor.hover(path, text)
    assert shown.count(sentence(model, field)) == 1
    assert "||" not in shown


@pytest.mark.parametrize(
    ("path", "text", "offered"),
    [
        ("ideas/a.yaml", f"{IDEA}power: ¦\n", {"own", "with-partners", "lobby"}),
        ("ideas/a.yaml", f"{IDEA}levers:\n  - ¦\n", {"commission", "convene", "fund", "set-priority"}),
        ("ideas/a.yaml", f"{IDEA}¦\n", {"pledge", "body", "tags", "claims", "measure"}),
        ("ideas/a.yaml", f"{IDEA}claims:\n  - text: a\n    ¦\n", {"source", "locator", "as_of"}),
        ("ideas/a.yaml", f"{IDEA}cost:\n  ¦\n", {"one_off", "per_year", "currency"}),
        ("manifesto.yaml", "format: ¦\n", {"1"}),
        ("manifesto.yaml", f"{PICKS.replace('ideas:', 'ideas: ¦')}", {"all", "a list", "tagged: …"}),
        ("manifesto.yaml", f"{PICKS}      ¦\n", {"tagged", "except"}),
        ("manifesto.yaml", f"{PICKS}      - idea: a\n        ¦\n", {"pledge", "values", "case_studies"}),
        ("sources.yaml", "a:\n  title: A\n  ¦\n", {"publisher", "url", "accessed"}),
    ],
)  # fmt: skip
def test_what_could_follow_is_offered(editor: Editor, path: str, text: str, offered: set[str]) -> None:
    """Names of fields and choices; nothing that only YAML would think of."""
    found = set(editor.offers(path, text))
    assert offered <= found
    assert not found & {"null", "true", "false"}


@pytest.mark.parametrize(
    "field", ["pledge", "tags", "claims", "cost", "questions", "updated", "case_studies"]
)
def test_nothing_useless_is_offered_for_a_text(editor: Editor, field: str) -> None:
    """What YAML makes of plain texts is let in without being proposed."""
    assert not {"null", "true", "false"} & set(editor.offers("ideas/a.yaml", f"{IDEA}{field}: ¦\n"))


def test_a_comment_is_enough_to_find_the_schema(editor: Editor) -> None:
    """A file that no setting knows is looked at because of its first line."""
    text = f"{schema_line('idea', 1)}\n{IDEA}power: owner\n"
    assert [line for line, _ in editor.marks({"drafts/a.yaml": text})["drafts/a.yaml"]] == [5]
