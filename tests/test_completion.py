"""What Tab offers: the words that fit, in shells as they are, and nothing that a shell would obey."""

import contextlib
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.main import get_command

from manifesto_cli.cli.app import app
from manifesto_cli.cli.completing import _OFFERS, answer, completions
from manifesto_cli.cli.shells import SCRIPTS

MANIFESTO = """format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc}
imprint: {jurisdiction: none}
libraries: [{path: north}, {path: south}]
priorities:
  - priority: green
    ideas: [ponds]
"""
IDEA = "title: An idea\npriority: green\nsummary: A sentence.\ntags: [water]\noffices: [pcc]\n"
LIBRARY = "id: {}\ntitle: A library\npublisher: A group\nversion: 0.1.0\nlicence: CC-BY-4.0\n"
COMMAND = get_command(app)
HERE = Path(sys.executable).parent


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that picks one idea, and two libraries that have one of the same id."""
    files = {
        "manifesto.yaml": MANIFESTO,
        "priorities/green.yaml": "title: Green places\n",
        "ideas/ponds.yaml": IDEA,
        "ideas/paths.yaml": IDEA,
        "north/library.yaml": LIBRARY.format("north"),
        "north/ideas/trees.yaml": IDEA,
        "south/library.yaml": LIBRARY.format("south"),
        "south/ideas/trees.yaml": IDEA,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TERM", "xterm")
    return tmp_path


def offered(line: str) -> list[str]:
    """The words that are offered where a line ends."""
    return [offer.word for offer in completions(COMMAND, line.split(" "))]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("manifesto expl", ["explain"]),
        ("manifesto ideas s", ["show", "search"]),
        ("manifesto explain unfilled-p", ["unfilled-placeholder"]),
        ("manifesto pick ", ["paths", "north:trees", "south:trees"]),
        ("manifesto pick paths no", ["north:trees"]),
        ("manifesto pick paths pa", []),
        ("manifesto unpick ", ["ponds"]),
        ("manifesto ideas show po", ["ponds"]),
        ("manifesto ideas list --tag ", ["water"]),
        ("manifesto ideas list --tag=w", ["--tag=water"]),
        ("manifesto ideas list --office ", ["pcc"]),
        ("manifesto ideas list --library n", ["north"]),
        ("manifesto pick paths -p ", ["green"]),
        ("manifesto new idea --priority ", ["green"]),
        ("manifesto build --color a", ["auto", "always"]),
        ("manifesto check --format ", ["text", "json", "github"]),
        ("manifesto build --strict --col", ["--color"]),
        ("manifesto schema ide", ["idea"]),
        ("manifesto completion ", [*SCRIPTS]),
        ("manifesto theme ch", ["check"]),
        ("manifesto theme check civ", ["civic"]),
        ("manifesto theme check ba", []),
        ("manifesto theme new ours --extends ba", ["base"]),
        ("manifesto theme shadow pledge.", ["pledge.html"]),
        ("manifesto theme shadow pledge.html --theme ci", ["civic"]),
        ("manifesto build --output ", []),
        ("manifesto nonsense ", []),
        ("manifesto pick -- --col", []),
    ],
)
def test_what_fits_is_offered(line: str, expected: list[str]) -> None:
    """Commands, options, their values, and ids: for `pick` those not yet picked, for `unpick` the others."""
    assert [word for word in offered(line) if "ideas list" not in line or word != "."] == expected


def test_the_project_of_the_command_line_counts(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are those of the project that the command would work in."""
    monkeypatch.chdir(project.parent)
    assert offered(f"manifesto -C {project} unpick ") == ["ponds"]
    assert offered(f"manifesto unpick --project={project} po") == ["ponds"]
    monkeypatch.setenv("MANIFESTO_PROJECT", str(project))
    assert offered("manifesto unpick ") == ["ponds"]


def test_nothing_is_offered_that_a_shell_would_obey(project: Path) -> None:
    """Whatever a library calls its records, a word is letters, digits, hyphens, dots and colons."""
    (project / "north" / "ideas" / "a;reboot.yaml").write_text(IDEA, encoding="utf-8")
    (project / "north" / "ideas" / "$(reboot).yaml").write_text(IDEA, encoding="utf-8")
    (project / "north" / "ideas" / "trees.yaml").write_text(IDEA + "title: `reboot`\n", encoding="utf-8")
    for shell in SCRIPTS:
        assert "reboot" not in "".join(
            answer(COMMAND, shell, ["manifesto pick "] * 2 + ["manifesto", "pick", ""])
        )
    assert not [word for word in offered("manifesto pick ") if "reboot" in word]


def test_a_manifesto_that_cannot_be_read_says_nothing(project: Path) -> None:
    """Whoever presses Tab wants a word and no complaint."""
    (project / "manifesto.yaml").write_text("title: [", encoding="utf-8")
    assert "paths" in offered("manifesto pick ")
    assert offered("manifesto -C nowhere pick ") == []


def test_every_offer_is_for_something_that_can_be_typed() -> None:
    """A command or option that is renamed takes its offers along."""
    every = [COMMAND]
    for command in every:
        every += getattr(command, "commands", {}).values()
    typed = {(command.name, param.name) for command in every for param in command.params}
    known = typed | {("", param) for _, param in typed}
    assert [key for key in _OFFERS if key not in known] == []


def test_the_start_of_a_word_before_a_colon_stays_in_bash() -> None:
    """Bash takes the colon for the end of a word, unless it has been told otherwise."""
    assert list(answer(COMMAND, "bash", ["manifesto build --color=al", " :="])) == ["always"]
    assert list(answer(COMMAND, "bash", ["manifesto build --color=al", " "])) == ["--color=always"]
    assert list(answer(COMMAND, "bash", ['manifesto build --output "a b" --qu', " :="])) == ["--quiet"]
    assert "build" in list(answer(COMMAND, "bash", ["manifesto 'bui", " :="]))


def test_completing_does_not_load_what_builds() -> None:
    """Tab answers at once."""
    script = "import sys; from manifesto_cli.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    words = ("completion", "fish", "--", "manifesto", "pick", "")
    result = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True
    )
    assert not {"jinja2", "mdformat", "rich", "platformdirs"} & set(result.stdout.split())


def in_a_shell(shell: list[str], setup: str, keys: str, until: str) -> str:
    """What a terminal shows if somebody types these keys into a shell."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(shell[0], shell)  # noqa: S606 - a shell is what is tested
    shown = b""

    def read(until: bytes) -> None:
        nonlocal shown
        end = time.monotonic() + 20
        while until not in shown and time.monotonic() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                with contextlib.suppress(OSError):
                    shown += os.read(terminal, 4096)

    os.write(terminal, f"{setup}; echo rea''dy\n".encode())
    read(b"ready\r")
    shown = b""
    os.write(terminal, keys.encode())
    read(until.encode())
    os.write(terminal, b"\x03\nexit\n")
    os.close(terminal)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return shown.decode(errors="replace")


SETUP = 'eval "$(manifesto completion bash)"'


def needs(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell} here")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("keys", "until"),
    [
        ("manifesto unp\tpo\t", "manifesto unpick ponds "),
        ("manifesto explain unfilled-pl\t", "unfilled-placeholder "),
        ("manifesto pick north:t\t", "north:trees "),
    ],
)
def test_bash_completes(keys: str, until: str) -> None:
    """As it is typed, in a bash without settings."""
    needs("bash")
    shown = in_a_shell(["bash", "--norc", "--noprofile", "-i"], SETUP, keys, until)
    assert until in shown


@pytest.mark.usefixtures("project")
def test_bash_offers_files_where_files_are_wanted() -> None:
    """Nothing of ours fits behind `--output`, so the shell's own folders do."""
    needs("bash")
    shown = in_a_shell(
        ["bash", "--norc", "--noprofile", "-i"],
        SETUP,
        "manifesto build -o prior\t",
        "priorities/",
    )
    assert "build -o priorities/" in shown


@pytest.mark.usefixtures("project")
def test_zsh_completes() -> None:
    """As it is typed, in a zsh without settings but `compinit`."""
    needs("zsh")
    setup = 'autoload -Uz compinit; compinit -u -D; eval "$(manifesto completion zsh)"'
    assert "unpick ponds" in in_a_shell(["zsh", "-f", "-i"], setup, "manifesto unpick po\t", "unpick ponds")
    assert "north:trees" in in_a_shell(["zsh", "-f", "-i"], setup, "manifesto pick n\t", "trees")


def test_zsh_completes_from_a_file(project: Path) -> None:
    """As packages of a system install it: found by its first line, loaded when it is needed."""
    needs("zsh")
    (project / "functions").mkdir()
    (project / "functions" / "_manifesto").write_text(SCRIPTS["zsh"], encoding="utf-8")
    setup = "fpath+=$PWD/functions; autoload -Uz compinit; compinit -u -D"
    assert "unpick ponds" in in_a_shell(["zsh", "-f", "-i"], setup, "manifesto unpick po\t", "unpick ponds")


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("manifesto unpick ", "ponds\n"),
        ("manifesto pick no", "north:trees\n"),
        ("manifesto exp", "explain\tPrint the manual page of a fault.\n"),
        ("manifesto build -o prior", "priorities/"),
    ],
)
def test_fish_completes(line: str, expected: str) -> None:
    """As fish itself answers what it would offer."""
    needs("fish")
    script = f"source (manifesto completion fish | psub); complete --do-complete '{line}'"
    result = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.startswith(expected), result.stderr


def test_a_shell_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the names of those that are."""
    from manifesto_cli.cli import main  # noqa: PLC0415 - the command itself

    assert main(["completion", "tcsh"]) == 2
    assert "bash" in capsys.readouterr().err
