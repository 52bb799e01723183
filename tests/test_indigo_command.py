"""`manifesto export indigo` beyond what its cases show: where deals are looked for, and files that it must leave alone."""

import json
import os
from pathlib import Path

import pytest
from typer.main import get_command

from manifesto_cli.cli import main
from manifesto_cli.cli.app import app
from manifesto_cli.cli.completing import completions
from manifesto_cli.cli.deals import deals_from

MANIFESTO = """\
format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: mayor, area: Exampleshire}
imprint: {jurisdiction: none}
libraries: [{path: north}, {path: south}]
deals: [north:bond, {deal: lamps, title: "Say ((word))", investments: [{party: a, investment_commitment: ((sum))}]}]
values: {word: "“((word))”", sum: "1,200.50"}
"""
LIBRARY = "id: %s\ntitle: A library\npublisher: A group\nversion: 0.1.0\nlicence: CC0-1.0\n"
DEAL = "title: %s\nsummary: It is short.\n"
LAMPS = """\
title: Lamps
summary: Write \\((this)) as it is.
body: ((nobody)) fills this.
questions: {word: {ask: Which word?}}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a deal of its own, and two libraries with a deal of the same id."""
    files = {
        "manifesto.yaml": MANIFESTO,
        "deals/lamps.yaml": LAMPS,
        "north/library.yaml": LIBRARY % "north",
        "north/deals/bond.yaml": DEAL % "North" + "formerly: [first-bond]\n",
        "south/library.yaml": LIBRARY % "south",
        "south/deals/bond.yaml": DEAL % "South",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def title(capsys: pytest.CaptureFixture[str]) -> str:
    """The name in the document that was printed."""
    return str(json.loads(capsys.readouterr().out)["name"]["value"])


@pytest.mark.usefixtures("project")
def test_a_library_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    """As in a manifesto; an id that two libraries have needs it, and both are proposed."""
    assert main(["export", "indigo", "south:bond"]) == 0
    assert title(capsys) == "South"
    assert main(["export", "indigo", "bond"]) == 2
    assert (
        "`manifesto export indigo north:bond` or `manifesto export indigo south:bond`"
        in capsys.readouterr().err
    )


@pytest.mark.usefixtures("project")
def test_an_earlier_id_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    """It leads to the deal, with a word on what it is called now."""
    assert main(["export", "indigo", "first-bond"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["name"]["value"] == "North"
    assert "first-bond" in printed.err


@pytest.mark.usefixtures("project")
def test_only_what_is_exported_must_be_filled(capsys: pytest.CaptureFixture[str]) -> None:
    """Not the text, which has no place; and what looks like a placeholder in a value or was meant as it is, is none."""
    assert main(["export", "indigo", "lamps"]) == 0
    document = json.loads(capsys.readouterr().out, parse_float=str)
    assert document["investments"][0]["investment_commitment"]["amount"] == {"exact": {"value": "1200.50"}}
    assert document["name"] == {"value": "Say “((word))”"}
    assert document["notes"]["value"] == "Write ((this)) as it is."


def test_what_ships_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is no manifesto, in the libraries that come with the tool, which is said."""
    monkeypatch.chdir(tmp_path)
    for name in deals_from(Path()):
        assert main(["export", "indigo", name]) in (0, 1), name
        printed = capsys.readouterr()
        assert "the libraries that come with the tool" in printed.err
        assert not printed.out or json.loads(printed.out)["status"] == "PUBLIC"
    assert main(["export", "indigo", "no-such-deal"]) == 2
    assert "the libraries that come with the tool" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_tab_offers_deals() -> None:
    """By the shortest name that means them."""
    offers = completions(get_command(app), ["manifesto", "export", "indigo", ""])
    assert [offer.word for offer in offers] == ["lamps", "north:bond", "south:bond"]
    assert [offer.word for offer in completions(get_command(app), ["manifesto", "export", ""])] == ["indigo"]


def test_no_terminal_is_sent_what_it_obeys(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A title from a stranger is the same title in the document, written with an escape where a terminal would turn the line round."""
    (project / "deals/lamps.yaml").write_text(DEAL % '"turned \u202e round"', encoding="utf-8")
    (project / "manifesto.yaml").write_text(MANIFESTO.partition("libraries")[0], encoding="utf-8")
    assert main(["export", "indigo", "lamps"]) == 0
    printed = capsys.readouterr()
    assert "\u202e" not in printed.out + printed.err
    assert json.loads(printed.out)["name"]["value"] == "turned \u202e round"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_is_nothing_to_write_through(project: Path) -> None:
    """Neither one that leads to a file nor one that leads nowhere; a folder behind a link is a folder."""
    (project / "kept.txt").write_text("kept", encoding="utf-8")
    (project / "to-file.json").symlink_to("kept.txt")
    (project / "to-nothing.json").symlink_to("nothing.json")
    (project / "elsewhere").mkdir()
    (project / "folder").symlink_to("elsewhere")
    for name in ("to-file.json", "to-nothing.json"):
        assert main(["export", "indigo", "north:bond", "-o", name]) == 2
    assert (project / "kept.txt").read_text(encoding="utf-8") == "kept"
    assert not (project / "nothing.json").exists()
    assert main(["export", "indigo", "north:bond", "-o", "folder/bond.json"]) == 0
    assert json.loads((project / "elsewhere/bond.json").read_bytes())["name"]["value"] == "North"


def test_what_cannot_be_written_leaves_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where a folder should be: it is said, and nothing was begun."""
    (project / "a-file").write_text("kept", encoding="utf-8")
    before = sorted(path.name for path in project.iterdir())
    assert main(["export", "indigo", "north:bond", "-o", "a-file/bond.json"]) == 3
    assert "a-file" in capsys.readouterr().err
    assert sorted(path.name for path in project.iterdir()) == before
