"""The command line as a whole: what may stand before the name of a command, and where each command is. It is loaded when it is called, so that one does not wait for all."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from manifesto_cli import __version__
from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import (
    ColorOption,
    ProjectOption,
    QuietOption,
    VerboseOption,
    defaults_of,
    group,
)

HOMES = {
    "init": "app_init",
    "build": "app_build",
    "serve": "app_serve",
    "check": "app_build",
    "pick": "app_editing",
    "unpick": "app_editing",
    "publish": "app_publish",
    "verify": "app_publish",
    "explain": "app_build",
    "clean": "app_build",
    "schema": "app_schema",
    "doctor": "app_setup",
    "completion": "app_setup",
    "ideas": "app_ideas",
    "new": "app_editing",
    "theme": "app_theme",
    "deal": "app_deal",
    "export": "app_export",
}
"""The module of each command, in the order of the help. It has the function, or the group, under the name of the command."""


class _Commands(Mapping[str, Any]):
    """The commands by name, each loaded when it is asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            self._loaded[name] = _command(name, HOMES[name])
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(HOMES)

    def __len__(self) -> int:
        return len(HOMES)


class _Group(TyperGroup):
    """All commands; Typer alone would make every one of them, with all their options, before it looks which is called."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast("MutableMapping[str, Any]", _Commands())


def _command(name: str, home: str) -> Any:
    found = getattr(import_module(f"manifesto_cli.cli.{home}"), name)
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = group(name)
    alone.command()(found)
    return get_command(alone)


app = group("manifesto", cls=_Group)


def _version(*, wanted: bool) -> None:
    if wanted:
        print(f"manifesto {__version__}")
        raise typer.Exit


@app.callback()
def manifesto(
    context: typer.Context,
    project: ProjectOption = None,
    version: Annotated[  # noqa: ARG001 - its callback has done all there is to do
        bool,
        typer.Option(
            "-V",
            "--version",
            callback=lambda value: _version(wanted=value),
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Keep a manifesto as YAML, choose ideas from shared libraries, publish it.

    \b
    Examples:
      manifesto init my-manifesto
      manifesto check
      manifesto build
      manifesto build --format md
    """
    context.obj = project
    typed = {"quiet": quiet, "verbose": verbose, "color": color.value}
    given = {name: value for name, value in typed.items() if value not in (False, Color.auto)}
    context.default_map = defaults_of(context.command, given) if given else None
