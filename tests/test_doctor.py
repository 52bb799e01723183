"""What `doctor` says: what is there, what is missing, what to type, and nothing that is nobody's business."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from manifesto_cli import __version__
from manifesto_cli.cli import main
from manifesto_cli.cli.console import plain
from manifesto_cli.cli.doctor import VARIABLES, as_text
from manifesto_cli.cli.findings import Finding, Level, without_home
from manifesto_cli.cli.installation import installation, library, python, requirements, within

MANIFESTO = """format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc}
imprint: {jurisdiction: none}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The smallest manifesto, which is where the command runs."""
    (tmp_path / "manifesto.yaml").write_text(MANIFESTO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def doctor(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """How the command ends, and what it found, by section and subject."""
    status = main(["doctor", "--json", *more])
    found = json.loads(capsys.readouterr().out)
    return status, {f"{one['section']} {one['subject']}": one for one in found}


@pytest.mark.usefixtures("project")
def test_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Versions, where things are, and the manifesto here."""
    status, found = doctor(capsys)
    assert status == 0
    assert not [one for one in found.values() if one["level"] == "problem"]
    assert found["manifesto version"]["text"].startswith(__version__)
    assert found["installed msgspec"]["text"] == f"{metadata.version('msgspec')} (>=0.21,<1)"
    assert "police-and-crime, safer-deals in " in found["shipped libraries"]["text"]
    assert found["here check"]["level"] == "ok"
    assert found["here theme"]["text"].startswith("civic in ")


def test_every_library_of_the_project_is_looked_at(checkout: Path) -> None:
    """With the range that stands in pyproject.toml, and none that only developers need."""
    declared = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    expected = [re.match(r"([\w.-]+)(.*)", line) for line in declared["dependencies"]]
    assert dict(requirements()) == {found[1]: found[2] for found in expected if found}


def test_every_range_is_one_that_is_understood() -> None:
    """Ranges are made of `>=` and `<`: what else there may be is not read."""
    for name, bounds in requirements():
        assert re.fullmatch(r">=[0-9.]+,<[0-9.]+", bounds), name


@pytest.mark.parametrize(
    ("version", "bounds", "expected"),
    [
        ("3.1.5", ">=3.1.5,<4", True),
        ("3.1.4", ">=3.1.5,<4", False),
        ("4", ">=3.1.5,<4", False),
        ("4.0.0", ">=3.1.5,<4", False),
        ("4.0.0rc1", ">=3.1.5,<4", False),
        ("3.10", ">=3.9,<4", True),
        ("3.13.0+local", ">=3.11", True),
        ("unknown", ">=3.11", False),
        ("1", "", True),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, bounds: str, *, expected: bool) -> None:
    """Not as texts, and a version is as long as it likes."""
    assert within(version, bounds) is expected


def test_a_library_is_missing_or_of_the_wrong_version() -> None:
    """Each is a problem, with the line to type."""
    missing = library("no-such-library", ">=1,<2")
    assert (missing.level, missing.text) == (Level.problem, "missing; >=1,<2 is needed")
    assert missing.help == f'type `{sys.executable} -m pip install --upgrade "no-such-library>=1,<2"`'
    old = library("msgspec", ">=99,<100")
    assert (old.level, old.text) == (Level.problem, f"{metadata.version('msgspec')}; >=99,<100 is needed")
    assert python("3.9.2").level is Level.problem
    assert python("3.11.0").level is Level.ok


@pytest.mark.parametrize("command", ["doctor", "check"])
def test_a_broken_installation_is_explained(command: str) -> None:
    """Whatever is typed: what cannot be loaded, and how to mend it; no traceback, and nothing else that needs it is tried."""
    script = "import sys; sys.modules['msgspec'] = None; from manifesto_cli.cli import main; sys.exit(main(sys.argv[1:]))"
    result = subprocess.run(
        [sys.executable, "-c", script, command], capture_output=True, text=True, check=False
    )
    assert result.returncode == 3
    assert result.stderr.startswith("error: `msgspec` cannot be loaded\n")
    assert '-m pip install --force-reinstall "msgspec>=0.21,<1"`' in result.stderr
    assert "Traceback" not in result.stderr


def test_a_library_that_does_not_fit_is_explained() -> None:
    """One that is too old may fail in any way while the command line is loaded."""
    script = (
        "import sys, types; from importlib import metadata; version = metadata.version;"
        "metadata.version = lambda name: '0.9.0' if name == 'typer' else version(name);"
        "sys.modules['typer'] = types.SimpleNamespace(__name__='typer', __spec__=None);"
        "from manifesto_cli.cli import main; sys.exit(main(['doctor']))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 3
    assert "typer: 0.9.0; >=0.26,<0.29 is needed" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_fault_of_our_own_stays_one() -> None:
    """Only what others wrote can be missing: a wrong import of ours is not blamed on them."""
    script = "import sys; sys.modules['manifesto_cli.cli.run'] = None; from manifesto_cli.cli import main; main(['check'])"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "ModuleNotFoundError" in result.stderr


def test_the_home_of_a_person_is_not_shown(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report is pasted where strangers read it."""
    monkeypatch.setenv("HOME", str(project))
    monkeypatch.delenv("XDG_CACHE_HOME")
    _, found = doctor(capsys)
    assert str(project) not in json.dumps(found)
    assert found["here manifesto"]["text"] == "~"
    assert found["cache templates"]["text"] == "~/.cache/manifesto/templates"


def test_a_folder_that_only_begins_like_home_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """`/home/rob` is not in `/home/robin`."""
    monkeypatch.setenv("HOME", "/home/rob")
    shown = without_home([Finding("a", "b", Level.ok, "/home/robin/x, /home/rob/x and `/home/rob`")])
    assert shown[0].text == "/home/robin/x, ~/x and `~`"


@pytest.mark.usefixtures("project")
def test_no_secret_is_shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a password in an address nor the value of a variable that is not ours."""
    monkeypatch.setenv("MANIFESTO_BASE_URL", "https://robin:hush@example.org/plan/?token=hush#hush")
    monkeypatch.setenv("MANIFESTO_TOKEN", "hush")
    monkeypatch.setenv("MANIFESTO_OUTPT", "hush")
    status, found = doctor(capsys)
    assert "hush" not in json.dumps(found)
    assert found["environment MANIFESTO_BASE_URL"]["text"] == "https://example.org/plan/"
    assert found["environment MANIFESTO_OUTPT"]["help"] == "did you mean `MANIFESTO_OUTPUT`?"
    assert found["environment MANIFESTO_TOKEN"]["level"] == "note"
    assert status == 0


def test_every_variable_of_ours_is_shown(checkout: Path) -> None:
    """What is documented is what is looked at; `TERM` shows in what it does."""
    table = (checkout / "docs" / "environment.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) - {"TERM"} == set(VARIABLES)


@pytest.mark.usefixtures("project")
def test_a_date_that_is_none_is_a_problem(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Since nothing can be checked or built with it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    status, found = doctor(capsys)
    assert status == 3
    assert found["environment SOURCE_DATE_EPOCH"]["help"] == "set it to whole seconds since 1970, or unset it"


def test_faults_of_the_manifesto_are_not_the_machines(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are counted, and the command that lists them is named."""
    (project / "manifesto.yaml").write_text(MANIFESTO + "colour: red\n", encoding="utf-8")
    status, found = doctor(capsys)
    assert status == 0
    assert found["here check"]["level"] == "note"
    assert found["here check"]["text"] == "1 error: it does not build"
    assert found["here check"]["help"] == "type `manifesto check`"


def test_a_library_that_is_not_there_is_a_problem(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By path, as the manifesto lists it."""
    (project / "manifesto.yaml").write_text(MANIFESTO + "libraries: [{path: ../ours}]\n", encoding="utf-8")
    status, found = doctor(capsys)
    assert status == 3
    assert found["here library"]["level"] == "problem"
    assert found["here library"]["text"].startswith("../ours is not there: no library.yaml in ")


def test_without_a_manifesto(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There need not be one; but a folder that was named has to be there."""
    monkeypatch.chdir(tmp_path)
    status, found = doctor(capsys)
    assert status == 0
    assert found["here project"]["level"] == "note"
    status, found = doctor(capsys, "-C", "nowhere")
    assert status == 3
    assert found["here project"]["text"] == "there is no folder `nowhere`"


def test_a_cache_that_cannot_be_written_is_a_note(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Builds only take longer. An empty variable is a wish, not a fault."""
    monkeypatch.setenv("MANIFESTO_CACHE", str(project / "manifesto.yaml"))
    status, found = doctor(capsys)
    assert (status, found["cache templates"]["level"]) == (0, "note")
    monkeypatch.setenv("MANIFESTO_CACHE", "")
    assert doctor(capsys)[1]["cache templates"]["level"] == "ok"


def test_nothing_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither here nor in the folder for caches."""
    doctor(capsys)
    assert [path.name for path in project.iterdir()] == ["manifesto.yaml"]
    assert not Path(os.environ["XDG_CACHE_HOME"]).exists()


@pytest.mark.usefixtures("project")
def test_it_reads_well(capsys: pytest.CaptureFixture[str]) -> None:
    """Under headings, a line each; what to type below; the count last. Quiet is what is missing."""
    assert main(["doctor"]) == 0
    shown = capsys.readouterr()
    assert re.search(r"^The tool\n  ok       version +0\.1\.0, in ", shown.out)
    assert "\nHere\n  ok       manifesto" in shown.out
    assert shown.err.startswith("nothing that is needed is missing")
    assert main(["doctor", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    problem = Finding("here", "library", Level.problem, "north\x1b[2J is not there", "type `manifesto check`")
    assert as_text([problem], plain) == (
        "Here\n  problem  library  north\ufffd[2J is not there\n                    = help: type `manifesto check`"
    )


def test_nothing_but_python_is_needed_to_see_what_is_missing() -> None:
    """The part that explains a broken installation stands on nothing that may be broken."""
    script = "import sys; import manifesto_cli.cli.installation; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"typer", "jinja2", "yaml", "msgspec", "markdown_it", "rich"} & set(result.stdout.split())
    assert installation()
