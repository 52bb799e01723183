"""Whatever a document tells people to type exists; and what stands in a fence for a shell is run, from its first line to its last."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from manifesto_cli.cli import main
from manifesto_cli.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
PLAYED = {"tutorial.md", "developing.md"}
"""Pages whose fences `test_guides.py` looks at."""
FENCE = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"(?<!`)`(?:\.venv/bin/)?(manifesto [^`]+)`(?!`)")
NOT_RUN = {
    "python3 -m venv .venv": "`.ci/run` does so",
    ".venv/bin/pip install --quiet .": "needs the network",
    ".venv/bin/pip install --quiet --editable .[dev] --constraint constraints.txt": "`.ci/run` does so",
    ".venv/bin/python -m pytest": "that is this",
}


def fences() -> Iterator[tuple[str, str]]:
    """Each fence for a shell, with its page."""
    for page in PAGES:
        if page.name not in PLAYED:
            yield from ((page.name, fence) for fence in FENCE.findall(page.read_text(encoding="utf-8")))


def inline() -> Iterator[tuple[str, str]]:
    """Each command in running text, with its page."""
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        yield from ((page.name, command) for command in INLINE.findall(text))


def unknown(command: str) -> list[str]:
    """The words of a command that it does not have: subcommands and options. What follows a pipe is another program."""
    at: Any = typer.main.get_command(app)
    options = set(at.context_settings.get("help_option_names", ["--help"]))
    found = []
    # An apostrophe may stand in words that people are to replace.
    for word in re.split(r"\s(?:\\?\||>|&&)\s", command)[0].split()[1:]:
        if hasattr(at, "commands") and not word.startswith("-"):
            if word in at.commands:
                options |= _options(at)
                at = at.commands[word]
            elif word.islower() and word.isalpha():
                found.append(word)
        elif word.startswith("-") and word.split("=")[0] not in options | _options(at):
            found.append(word)
    return found


def _options(command: Any) -> set[str]:
    return {option for known in command.params for option in (*known.opts, *known.secondary_opts)}


def test_every_command_in_the_text_exists() -> None:
    """A command or option that was renamed is renamed in the documents, too."""
    commands = [*inline()]
    assert len(commands) > 50
    assert [(page, command, wrong) for page, command in commands if (wrong := unknown(command))] == []


def test_what_does_not_exist_is_found() -> None:
    """A word that is no command, and an option of another one."""
    assert unknown("manifesto bild --strict") == ["bild", "--strict"]
    assert unknown("manifesto ideas list --dry-run") == ["--dry-run"]
    assert unknown("manifesto -C ideas/x ideas show ID | less -R") == []


@pytest.mark.parametrize(("page", "fence"), [*fences()], ids=[page for page, _ in fences()])
def test_what_is_in_a_fence_can_be_typed(
    page: str, fence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line, in a clone or in a manifesto that has just been started."""
    there = tmp_path / "there"
    if page == "README.md":
        shutil.copytree(ROOT / "examples", there / "examples", ignore=shutil.ignore_patterns("public"))
    elif page == "starting.md":
        there.mkdir()
    else:
        assert main(["init", str(there), "--yes", "--quiet", "--idea", "police-drop-ins"]) == 0
    monkeypatch.chdir(there)
    for line in fence.splitlines():
        for part in line.split(" && "):
            words = shlex.split(part)
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
            elif " ".join(words) not in NOT_RUN:
                assert words[0] in ("manifesto", ".venv/bin/manifesto"), part
                assert main(words[1:]) == 0, part


def test_what_is_not_run_is_somewhere() -> None:
    """No reason stays behind."""
    parts = {
        " ".join(shlex.split(part))
        for _, fence in fences()
        for line in fence.splitlines()
        for part in line.split(" && ")
    }
    assert NOT_RUN.keys() <= parts
