"""The documents: the reference is what the code says, nothing is left out of it, and every link leads somewhere."""

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import pytest
import typer

import manifesto_cli.model
from manifesto_cli.checks.manual import FAMILIES, manual
from manifesto_cli.faults.error import Exit
from manifesto_cli.model.picks import NOT_OVERRIDDEN
from manifesto_cli.model.record import Record
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.nodes import Mapping
from manifesto_cli.rendering.study.shapes import PAGES as PAGE_TEMPLATES
from manifesto_cli.rendering.study.shapes import reachable
from manifesto_cli.rendering.views.types import SiteView
from tools.checks import find_cases
from tools.commands import commands, describe, read_variables, usage, variables
from tools.examples import excerpt
from tools.fields import KINDS, PICKS, Kind, Model, own_fields, records, title
from tools.markdown import anchor, anchors, code, entry, headings, links, listed, parse
from tools.reference import FOLDER, PAGES, ROOT
from tools.themes import BASE, SAID_BY_NAME, components, sentences, themes_page
from tools.themes import PAGE as THEMES
from tools.themes import PARTS as THEME_PARTS

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def made(name: str) -> str:
    """A page as it stands in the repository."""
    return (ROOT / FOLDER / name).read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """The text below each heading of a page."""
    lines, tokens = text.splitlines(), parse(text)
    starts = [(heading, tokens[at].map or [0, 0]) for at, heading, _ in headings(tokens)]
    ends = [*(lines[0] for _, lines in starts[1:]), len(lines)]
    return {
        heading: "\n".join(lines[below:end]) for (heading, (_, below)), end in zip(starts, ends, strict=True)
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_code_says(name: str) -> None:
    """A field, fault or command that has changed is described as it is."""
    assert made(name) == PAGES[name](ROOT), f"{FOLDER}/{name} is stale: run `make reference`"


def test_what_templates_may_use_is_what_the_code_says() -> None:
    """The parts of the page on themes that are made from the code."""
    page = ROOT / THEMES
    assert page.read_text(encoding="utf-8") == themes_page(ROOT), f"{THEMES} is stale: run `make reference`"


def test_every_part_of_the_page_on_themes_is_there() -> None:
    """None can be lost by an edit of what stands around them."""
    text = (ROOT / THEMES).read_text(encoding="utf-8")
    assert re.findall(r"<!-- ([\w-]+): written by `make reference` -->", text) == [*THEME_PARTS]


def test_every_field_of_a_view_has_its_sentence() -> None:
    """Below it in the code, unless its name says it; and no name is explained that no view has."""
    views = reachable([SiteView, *PAGE_TEMPLATES.values()])
    said = {(view.__name__, name): sentence for view in views for name, sentence in sentences(view).items()}
    assert [field for field, sentence in said.items() if not sentence] == []
    assert SAID_BY_NAME.keys() - {name for _, name in said} == set()


def test_every_component_says_what_it_shows() -> None:
    """In a comment directly above it, which has its parameters."""
    found = {(each.file, each.name): each for each in components(ROOT)}
    for each in found.values():
        takes = [part.partition("=")[0].strip() for part in each.takes.split(",")]
        given = [part.partition("=")[0].strip() for part in each.given.split(",")]
        assert takes == given, f"{each.file}: {each.name}"
    macros = {
        (path.name, name)
        for path in (ROOT / "themes" / BASE / "templates").glob("*.html")
        for name in re.findall(r"\{%-? macro (\w+)\(", path.read_text(encoding="utf-8"))
    }
    assert macros - found.keys() == set()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_plain_and_its_anchors_are_its_own(name: str) -> None:
    """No heading is there twice, so that no anchor moves when a section is added; nothing is taken for HTML."""
    tokens = parse(made(name))
    counts = Counter(anchor for _, _, anchor in headings(tokens))
    assert [anchor for anchor, count in counts.items() if count > 1] == []
    inline = [
        token.content for block in tokens for token in block.children or () if token.type == "html_inline"
    ]
    assert inline == []
    assert [token.type for token in tokens].count("html_block") == 1


def test_nobody_can_tell_where_a_page_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the terminal nor the environment shows in a page."""
    before = [make(ROOT) for make in PAGES.values()]
    for name, value in (("COLUMNS", "40"), ("TERMINAL_WIDTH", "40"), ("FORCE_COLOR", "1"), ("LANG", "C")):
        monkeypatch.setenv(name, value)
    assert [make(ROOT) for make in PAGES.values()] == before


def test_every_record_has_a_section() -> None:
    """No model is left out: what a person can write is described."""
    models = {
        model
        for module in pkgutil.iter_modules(manifesto_cli.model.__path__, "manifesto_cli.model.")
        for _, model in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        if issubclass(model, Record) and model is not Record
    }
    stood_for = {pick.__base__ for pick in PICKS}
    assert models - stood_for == set(records())
    assert set(PICKS.values()) == set(NOT_OVERRIDDEN)


@pytest.mark.parametrize("model", records(), ids=title)
def test_every_field_is_described(model: Model) -> None:
    """Each field stands in the section of its record, with a sentence that ends."""
    section = sections(made("fields.md"))[title(model)]
    for field in own_fields(model):
        assert re.search(rf"^- \*\*`{field.encode_name}`\*\*: .+\.\\$", section, re.MULTILINE), (
            field.encode_name
        )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.file)
def test_every_example_can_be_read(kind: Kind) -> None:
    """An example is shortened only where that leaves it whole."""
    shown = excerpt((ROOT / kind.example).read_text(encoding="utf-8"), kind.parts)
    document = read_document(kind.example, shown.encode())
    assert document.value
    source, tree = document.value
    assert isinstance(tree, Mapping)
    trees = [entry.value for entry in tree.entries.values()] if kind.file == "sources.yaml" else [tree]
    assert [decode(source, tree, kind.model, "it").faults for tree in trees] == [()] * len(trees)


def test_every_fault_is_described() -> None:
    """Each code has a section with its severity and the page that `explain` prints, and stands in the index."""
    found = sections(made("checks.md"))
    for name, fault in manual().items():
        assert found[name].startswith(f"\n*{fault.severity.name.capitalize()}.*"), name
        assert fault.text in found[name], name
        assert f"(#{name})" in found["By code"], name
    assert found["By family"].count("(#") == len(FAMILIES)


def test_every_command_is_described() -> None:
    """Each command has a section that names each of its options and arguments; so have the exit codes."""
    found = sections(made("commands.md"))
    for command in commands():
        for param in command.about.params:
            name = (
                param.opts[-1] if param.param_type_name == "option" else param.metavar or param.name.upper()
            )
            assert param.hidden or f"`{name}" in found[command.name], f"{command.name} {name}"
            assert param.hidden or param.help, f"{command.name} {name} has no sentence"
    assert re.findall(r"\*\*(\d+)\*\*: \w", found["Exit codes"]) == [str(int(status)) for status in Exit]


def test_the_environment_is_described() -> None:
    """Each variable that the code heeds stands in the table, and no other."""
    table = re.findall(
        r"^\| (`.*?) \|", (ROOT / "docs" / "environment.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(re.findall(r"`(\w+)`", " ".join(table))) == sorted(variables(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_the_documents_leads_somewhere(document: Path) -> None:
    """Files are there, and so are the headings in them."""
    broken = []
    for target in links(document.read_text(encoding="utf-8")):
        parts = urlsplit(target)
        if parts.scheme:
            continue
        place = (document.parent / unquote(parts.path)).resolve() if parts.path else document
        if not place.exists() or (
            parts.fragment and unquote(parts.fragment) not in anchors(place.read_text(encoding="utf-8"))
        ):
            broken.append(target)
    assert broken == []


def test_a_long_list_keeps_its_first_entry_and_a_long_text_its_first_paragraph() -> None:
    """What is cut out of an example leaves no loose end."""
    entries = "".join(f"  - text: {i}\n    more:\n      - inner\n" for i in range(6))
    body = "  One.\n\n" + "  Two.\n" * 12
    text = f"# a comment\ntitle: A\nbody: |\n{body}claims:\n{entries}tags: [a]\n"
    expected = "title: A\nbody: |\n  One.\nclaims:\n  - text: 0\n    more:\n      - inner\ntags: [a]\n"
    assert excerpt(text) == expected
    assert excerpt(text, 1) == "title: A\n"


def test_the_case_that_shows_a_fault_is_the_one_that_shows_little_else(tmp_path: Path) -> None:
    """A reader who wants to see a fault is led to where it can be seen best."""
    page = tmp_path / "page.md"
    page.write_text(
        "# A page\n\n## Both\n\n```console\nerror[a-b]: x\nerror[c]: y\n```\n\n## Only `c`\n\n```console\nnote[c]: y\n```\n",
        encoding="utf-8",
    )
    found = find_cases([page], tmp_path)
    assert {name: (shown.page, shown.title, shown.anchor) for name, shown in found.items()} == {
        "a-b": ("A page", "Both", "both"),
        "c": ("A page", "Only c", "only-c"),
    }


def a_command_line() -> typer.Typer:
    """A small command line with a group in it."""
    app, group = typer.Typer(), typer.Typer(help="Look around.")

    @app.command()
    def take(
        ids: Annotated[list[str], typer.Argument(metavar="ID...", help="What to take.")],
        port: Annotated[int, typer.Option("-p", "--port", envvar="PORT", help="Where.")] = 8000,
        *,
        wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Whether to wait.")] = False,
    ) -> None:
        """Take some.

        In two
        lines.

        \b
        Examples:
          manifesto take a
        """

    @group.command("list")
    def all_of_them() -> None:
        """List all."""

    @app.command(hidden=True)
    def secret() -> None:
        """Say nothing."""

    app.add_typer(group, name="ideas")
    return app


def test_groups_stand_before_their_commands_and_hidden_ones_nowhere() -> None:
    """The index is what a person can type."""
    found = [usage(command) for command in commands(a_command_line())]
    assert found == [
        "manifesto [OPTIONS] COMMAND",
        "manifesto take [OPTIONS] ID…",
        "manifesto ideas COMMAND",
        "manifesto ideas list",
    ]


def test_a_command_is_described_by_its_parameters() -> None:
    """Help is joined to lines of any length, examples stay as they are, and each parameter says what it takes."""
    take = next(command for command in commands(a_command_line()) if command.name == "manifesto take")
    assert list(describe(take))[1:] == [
        "```\nmanifesto take [OPTIONS] ID…\n```",
        "Take some.",
        "In two lines.",
        "Examples:",
        "```sh\nmanifesto take a\n```",
        "Arguments:",
        "- **`ID…`**: What to take.\\\n  may be given several times",
        "Options:",
        "- **`-p`, `--port NUMBER`**: Where.\\\n  `8000` unless given; or `PORT` in the environment\n- **`--wait`, `--no-wait`**: Whether to wait.",
    ]


def test_variables_are_found_however_they_are_read() -> None:
    """By `get`, by name, by `getenv`, by asking whether they are there, and as a name on its own."""
    text = 'os.environ.get("A"); os.environ["B"]; os.getenv("C"); "D" in os.environ; E = "MANIFESTO_E"; x.get("F")'
    assert read_variables(text) == {"A", "B", "C", "D", "MANIFESTO_E"}


def test_words_become_markdown() -> None:
    """Code, lists of words, entries and anchors as GitHub understands them."""
    assert code("a ` b") == "``a ` b``"
    assert listed(["a"]) == "`a`"
    assert listed(["a", "b", "c"], "or") == "`a`, `b` or `c`"
    assert entry("a", "It is.", "more") == "- **a**: It is.\\\n  more"
    assert anchor("`manifesto build`") == "manifesto-build"
    assert anchors("# A b\n\n## A b\n\n<a id='no'></a><a id=\"own\"></a>\n") == {"a-b", "a-b-1", "own"}
