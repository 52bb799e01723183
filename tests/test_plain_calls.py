"""A call that is read without the library for command lines is read as the library reads it."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from manifesto_cli.cli import everyday
from manifesto_cli.cli.app import app
from manifesto_cli.cli.plain_calls import BUILD, CHECK, VARIABLES, plain_call
from manifesto_cli.faults.error import Exit

VALUES = {
    "project": ["here", ".", "a b", ""],
    "form": ["html", "md", "pdf"],
    "report": ["text", "json", "github", "xml"],
    "output": ["site", "-", "--strict"],
    "base_url": ["https://example.org/", "nonsense"],
    "color": ["auto", "always", "never", "Always", "often"],
    "jobs": ["1", "12", "64", "65", "0", "-1", "two", "1_0"],
}
TABLES = {"build": BUILD, "check": CHECK}


def words(command: str) -> st.SearchStrategy[list[str]]:
    """Options of a command as they may be typed, most of them well."""
    option = st.sampled_from(sorted(TABLES[command])).flatmap(
        lambda name: (
            st.sampled_from(VALUES[TABLES[command][name][0]]).map(lambda value: [name, value])
            if TABLES[command][name][1]
            else st.just([name])
        )
    )
    odd = st.sampled_from([["--help"], ["-qv"], ["--format=md"], ["--"], ["again"], ["--stric"], ["-C"]])
    several = st.lists(st.one_of(option, option, option, odd), max_size=5)
    return several.map(lambda found: [command, *chain.from_iterable(found)])


def read_by(call: Callable[[], Any]) -> object:
    """What a command was asked by a call."""
    heard: list[object] = []

    def hear(asked: object) -> Exit:
        heard.append(asked)
        return Exit.FINE

    with pytest.MonkeyPatch.context() as patch:
        for name in VARIABLES:
            patch.delenv(name, raising=False)
        patch.setattr(everyday, "build", hear)
        patch.setattr(everyday, "check", hear)
        call()
    assert len(heard) == 1
    return heard[0]


def answered(arguments: list[str]) -> None:
    """Do what a call asks that is read here."""
    call = plain_call(arguments, {})
    assert call is not None
    call()


@given(st.sampled_from(sorted(TABLES)).flatmap(words))
def test_both_read_a_call_in_the_same_way(arguments: list[str]) -> None:
    """Whatever is read here is what the library would have made of it; what it would refuse is never read here."""
    if plain_call(arguments, {}) is not None:
        ours = read_by(lambda: answered(arguments))
        assert ours == read_by(lambda: app(arguments, standalone_mode=False)), arguments


@pytest.mark.parametrize(
    "arguments", [["build"], ["check", "-q"], ["build", "-q", "-o", "site", "--format", "md"]]
)
def test_what_is_typed_most_often_is_read_here(arguments: list[str]) -> None:
    """So these calls wait for nothing that they do not need."""
    assert plain_call(arguments, {"PATH": "/bin"}) is not None


@pytest.mark.parametrize("name", VARIABLES)
def test_what_the_environment_asks_is_read_by_the_library(name: str) -> None:
    """It knows which option each variable stands for."""
    assert plain_call(["build"], {name: "1"}) is None


@pytest.mark.parametrize("command", sorted(TABLES))
def test_every_option_is_known_here(command: str) -> None:
    """An option that is added to a command is added to its table, and so is the variable that stands for it."""
    found: Any = get_command(app)
    params = found.commands[command].params
    assert {name for param in params for name in param.opts} == {*TABLES[command]}
    assert {param.envvar for param in params if param.envvar} <= {*VARIABLES}


def test_a_folder_is_a_path() -> None:
    """Where there is none, the project is looked for from here."""
    heard = read_by(lambda: answered(["build"]))
    assert isinstance(heard, everyday.Build)
    assert heard.project == Path()
