"""The commands about the tool itself: `doctor` and `completion`. What they call is imported when they run."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import (
    ColorOption,
    JsonOption,
    ProjectOption,
    QuietOption,
    start_of,
)
from manifesto_cli.faults.error import Exit


class Shell(StrEnum):
    """A shell that can be told what to offer."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"
    powershell = "powershell"


def doctor(
    context: typer.Context,
    project: ProjectOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Say what is installed and what is missing.

    It looks at the tool, this machine and the project here, changes nothing, and shows no secrets.

    \b
    Examples:
      manifesto doctor
      manifesto doctor --quiet
      manifesto doctor --json
    """
    from manifesto_cli.cli import doctor as looking
    from manifesto_cli.cli.findings import Level, has_problem
    from manifesto_cli.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet, color=color)
    with terminal.telling() as tell:
        tell("looking around")
        findings = looking.examine(start_of(context, project), terminal)
    if as_json:
        print(looking.as_json(findings))
    elif shown := [finding for finding in findings if not quiet or finding.level is Level.problem]:
        print(looking.as_text(shown, terminal.paint(sys.stdout)))
    terminal.say(looking.counted(findings))
    raise typer.Exit(Exit.WORLD if has_problem(findings) else Exit.FINE)


def completion(
    context: typer.Context,
    shell: Annotated[
        Shell,
        typer.Argument(
            metavar="SHELL", help="The shell that you type in: `bash`, `zsh`, `fish` or `powershell`."
        ),
    ],
    words: Annotated[
        list[str] | None,
        typer.Argument(hidden=True, help="For the script itself: what has been typed so far, behind `--`."),
    ] = None,
) -> None:
    """Print a script that makes Tab complete commands, options and ids.

    \b
    Examples:
      eval "$(manifesto completion bash)"
      eval "$(manifesto completion zsh)"
      manifesto completion fish > ~/.config/fish/completions/manifesto.fish
      manifesto completion powershell | Out-String | Invoke-Expression
    """
    from manifesto_cli.cli.completing import answer
    from manifesto_cli.cli.shells import SCRIPTS

    if words is None:
        print(SCRIPTS[shell.value], end="")
        return
    for line in answer(context.find_root().command, shell.value, words):
        print(line)
