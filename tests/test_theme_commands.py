"""The commands for themes, where a page cannot show it: outside a project, on disks, and with themes of strangers."""

import json
import os
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.disk import founding
from manifesto_cli.editing.theming import theme_files
from manifesto_cli.rendering.shadows import read_record, record_text, shadow_faults
from support.themes import SHIPPED, shipped, theme

MANIFESTO = "format: 1\ntitle: A plan\ncandidate: {name: Robin Example}\noffice: {role: pcc}\nimprint: {jurisdiction: none}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "plan"
    folder.mkdir()
    (folder / "manifesto.yaml").write_text(MANIFESTO, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "120")
    return folder


def below(folder: Path) -> set[str]:
    """The paths of all files in a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def lay(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def test_outside_a_project_there_are_the_themes_that_ship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They can be listed and checked; nothing can be started there."""
    monkeypatch.chdir(tmp_path)
    assert main(["theme", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == [name for name in SHIPPED if not shipped(name).ground]
    assert {row["shipped"] for row in rows} == {True}
    assert {row["in_use"] for row in rows} == {False}
    assert main(["theme", "check", "-q"]) == 2
    assert main(["theme", "new", "ours"]) == 2
    assert main(["theme", "shadow", "pledge.html"]) == 2
    assert below(tmp_path) == set()


@pytest.mark.parametrize("name", SHIPPED)
def test_themes_that_ship_have_no_fault(name: str, capsys: pytest.CaptureFixture[str], project: Path) -> None:
    """On pages with everything and with nothing, in all their colours, and on every path."""
    del project
    assert main(["theme", "check", name, "--format", "json", "--strict"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_theme_is_started_whole_or_not_at_all(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that stops in the middle leaves nothing behind, also of folders that were not there before."""
    before = below(project)

    def full(_: str, __: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as broken:
        broken.setattr(founding, "write_new", full)
        assert main(["theme", "new", "ours"]) == 3
    assert below(project) == before
    assert not (project / "themes").exists()
    assert main(["theme", "new", "ours", "-q"]) == 0
    assert below(project) - before == {f"themes/ours/{path}" for path in theme_files("", "", template=True)}


def test_nothing_is_written_through_a_link_out_of_the_project(project: Path, tmp_path: Path) -> None:
    """Whoever puts such a link into a repository does not get a file of ours elsewhere."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (project / "themes").symlink_to(elsewhere)
    assert main(["theme", "new", "ours"]) == 3
    assert main(["theme", "shadow", "pledge.html"]) == 3
    (project / "themes").unlink()
    (project / "themes" / "civic" / "templates").mkdir(parents=True)
    (project / "themes" / "civic" / ".shadowed").symlink_to(elsewhere)
    assert main(["theme", "shadow", "pledge.html"]) != 0
    (project / "themes" / "civic" / ".shadowed").unlink()
    (project / "themes" / "civic" / "templates").rmdir()
    (project / "themes" / "civic" / "templates").symlink_to(elsewhere)
    assert main(["theme", "shadow", "pledge.html"]) != 0
    assert below(elsewhere) == set()


@pytest.mark.parametrize(
    "name", ["../manifesto.yaml", "pledge", "a/../../x.html", "", "Pledge.html", "x" * 300]
)
def test_a_template_is_called_by_its_name(name: str, project: Path) -> None:
    """Nothing else is ever read or written."""
    before = below(project)
    assert main(["theme", "shadow", name]) == 2
    assert below(project) == before


@pytest.mark.parametrize("template", ["pledge.html", "menu.html", "claim.html", "booklet-pledge.md"])
def test_a_copied_template_changes_nothing(template: str, project: Path) -> None:
    """The site is the same to the byte until somebody changes the copy, and `check` has nothing to say."""
    for folder in ("before", "after"):
        assert main(["build", "-q", "-o", str(project.parent / folder)]) == 0
        assert main(["build", "-q", "--format", "md", "-o", str(project.parent / f"{folder}-md")]) == 0
        if folder == "before":
            assert main(["theme", "shadow", "-q", template]) == 0
    for ending in ("", "-md"):
        before, after = project.parent / f"before{ending}", project.parent / f"after{ending}"
        assert {path: (before / path).read_bytes() for path in below(before)} == {
            path: (after / path).read_bytes() for path in below(after)
        }
    assert main(["check", "-q", "--strict"]) == 0


@pytest.mark.parametrize(
    "text", ["", "one\n", "one\r\ntwo\r\n", "ŵ ŷ {# #} {% raw %}\n", "\n\n\nlast line is open"]
)
def test_a_record_gives_the_original_back(text: str) -> None:
    """Line ends apart, which git changes on its way to Windows; and so it may change those of the record."""
    record = record_text("pledge.html", "base", "1.2.3rc1", text)
    for found in (read_record(record), read_record(record.replace("\n", "\r\n"))):
        assert found
        assert (found.theme, found.version, found.text) == ("base", "1.2.3rc1", text.replace("\r\n", "\n"))
    assert read_record(record + " ") is None
    assert read_record(record[1:]) is None


def test_the_record_of_an_upgrade_shows_what_is_new() -> None:
    """The old original is nowhere else any more."""
    now = shipped("civic").template("claim.html")
    assert now
    old = now.text.replace("No source is given.", "No source is named.")
    record = record_text("claim.html", "base", "0.0.1", old)
    found = theme({"claim.html": now.text, ".shadowed/claim.html": record})
    (fault,) = shadow_faults(found, "9.9")
    assert fault.code == "shadowed-template-changed"
    lines = fault.diff.splitlines()
    assert lines[:2] == ["--- base/claim.html (manifesto 0.0.1)", "+++ base/claim.html (manifesto 9.9)"]
    assert [line.strip() for line in lines[3:] if line[0] in "+-"] == [
        '-    <p class="sources">No source is named.</p>',
        '+    <p class="sources">No source is given.</p>',
    ]


def test_a_record_of_a_stranger_takes_no_time() -> None:
    """A text made to be hard to compare is not compared, and a record that is none is only that."""
    hard = "".join(f"{i % 7}\n" for i in range(5_000))
    found = theme({"claim.html": "x", ".shadowed/claim.html": record_text("claim.html", "base", "1", hard)})
    (fault,) = shadow_faults(found, "2")
    assert fault.diff == ""
    found = theme({"claim.html": "x", ".shadowed/claim.html": "{# The original of " + "x" * 100_000})
    assert [fault.code for fault in shadow_faults(found, "2")] == ["shadow-without-record"]


def test_a_hostile_theme_is_harmless_when_checked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It runs in the sandbox with its meters, as in a build, and its words cannot command a terminal."""
    lay(
        project / "themes" / "bad",
        {
            "theme.yaml": "title: Bad\napi: 1\nextends: civic\n",
            "templates/pledge.html": "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}",
            "templates/home.html": "{{ ''.__class__.__mro__ }}",
            "templates/priority.html": "{{ page['\\x1b[31mred'] }}",
            "templates/about.html": '{% include "../../../manifesto.yaml" %}',
        },
    )
    assert main(["theme", "check", "bad"]) == 1
    printed = capsys.readouterr().out
    for code in (
        "template-too-much",
        "template-refused",
        "template-undefined",
        "template-missing",
    ):
        assert f"error[{code}]" in printed, code
    assert "\x1b" not in printed


def test_a_theme_that_cannot_be_read_is_listed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever broke it looks for it there, and `theme check` says what is wrong."""
    lay(project / "themes" / "broken", {"theme.yaml": "titel: x\n"})
    assert main(["theme", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["broken"]["title"] is None
    assert main(["theme", "list", "--color", "always"]) == 0
    assert "cannot be read" in capsys.readouterr().out
    assert main(["theme", "check", "broken"]) == 1
    assert "unknown-field" in capsys.readouterr().out


def test_a_theme_with_colours_that_cannot_be_read_is_found(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its own defaults: nothing has to be set."""
    lay(
        project / "themes" / "pale",
        {
            "theme.yaml": "title: Pale\napi: 1\nextends: civic\ncolours:\n  faint: {from: '#cccccc'}\n"
            "pairs:\n  - {text: faint, on: ['#ffffff'], ratio: 4.5}\n"
        },
    )
    assert main(["theme", "check", "pale", "--format", "json"]) == 1
    assert "low-contrast" in {fault["code"] for fault in json.loads(capsys.readouterr().out)}


def test_templates_of_the_project_are_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A theme that comes with the tool is still its theme."""
    assert main(["theme", "shadow", "-q", "claim.html"]) == 0
    assert main(["theme", "list", "--json"]) == 0
    row = next(row for row in json.loads(capsys.readouterr().out) if row["name"] == "civic")
    assert (row["shipped"], row["in_use"], row["templates_of_project"]) == (True, True, ["claim.html"])
    assert main(["theme", "list", "--color", "always"]) == 0
    assert "with 1 template of the project, in use" in capsys.readouterr().out
    del project


def test_a_template_of_the_ground_can_be_shadowed_for_every_theme(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder `themes/base` counts for whatever builds on it, and its record is looked for there."""
    assert main(["theme", "shadow", "-q", "claim.html", "--theme", "base"]) == 0
    assert below(project / "themes") == {"base/templates/claim.html", "base/.shadowed/claim.html"}
    assert main(["check", "-q", "--strict"]) == 0
    (project / "themes" / "base" / ".shadowed" / "claim.html").unlink()
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "`manifesto theme shadow claim.html --accept --theme base`" in capsys.readouterr().out
