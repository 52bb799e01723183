"""The commands that change what a person wrote: `pick`, `unpick` and `new`. What they call is imported when they run."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import (
    ColorOption,
    DryRunOption,
    ProjectOption,
    QuietOption,
    group,
    start_of,
)

IdeasArgument = Annotated[
    list[str], typer.Argument(metavar="ID…", help="Ids of ideas; `library:id` where a bare id would not do.")
]
IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="Lower-case words joined by hyphens: the name of the file.")
]
TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", help="Its title; made from the id unless given.")
]

new = group("new")


def pick(
    context: typer.Context,
    ids: IdeasArgument,
    project: ProjectOption = None,
    priority: Annotated[
        str | None,
        typer.Option("-p", "--priority", metavar="ID", help="Pick under this priority, not under its own."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Fill a placeholder of the ideas; repeatable."),
    ] = None,
    with_required: Annotated[
        bool, typer.Option("--with-required", help="Pick what these ideas require, too.")
    ] = False,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Add ideas to manifesto.yaml. Everything else in the file stays as it is.

    \b
    Examples:
      manifesto pick work-placements
      manifesto pick work-placements --set "placement_partner=Sample Farm"
      manifesto pick north:parks south:trams --priority places --dry-run
    """
    from manifesto_cli.cli.changing import Order, pick_ideas, show
    from manifesto_cli.cli.terminal import Terminal

    asking = sys.stdin.isatty() and sys.stderr.isatty() and not quiet and not dry_run
    order = Order(start_of(context, project), tuple(ids), dry_run)
    result = pick_ideas(
        order, priority, tuple(values or ()), with_required=with_required, ask=_ask if asking else None
    )
    raise typer.Exit(show(result, Terminal(quiet=quiet, color=color)))


def unpick(
    context: typer.Context,
    ids: IdeasArgument,
    project: ProjectOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Take ideas out of manifesto.yaml. Everything else in the file stays as it is.

    \b
    Examples:
      manifesto unpick work-placements
      manifesto unpick work-placements community-payback-panels --dry-run
    """
    from manifesto_cli.cli.changing import Order, show, unpick_ideas
    from manifesto_cli.cli.terminal import Terminal

    result = unpick_ideas(Order(start_of(context, project), tuple(ids), dry_run))
    raise typer.Exit(show(result, Terminal(quiet=quiet, color=color)))


@new.callback()
def start_a_file() -> None:
    """Start a file for an idea, a case study, a priority or a deal, with every field explained.

    \b
    Examples:
      manifesto new idea night-buses
      manifesto new priority getting-around
      manifesto new case-study rhubarb-farm
      manifesto new deal safer-streets
    """


@new.command("idea")
def new_idea(
    context: typer.Context,
    name: IdArgument,
    project: ProjectOption = None,
    title: TitleOption = None,
    priority: Annotated[
        str | None,
        typer.Option(
            "-p", "--priority", metavar="ID", help="The priority it belongs to; the first unless given."
        ),
    ] = None,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Start a file in ideas/.

    \b
    Examples:
      manifesto new idea night-buses
      manifesto new idea night-buses --title "Buses at night" --priority getting-around
    """
    _start("idea", start_of(context, project), name, title, priority, quiet, color)


@new.command("case-study")
def new_case_study(
    context: typer.Context,
    name: IdArgument,
    project: ProjectOption = None,
    title: TitleOption = None,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Start a file in case-studies/.

    \b
    Examples:
      manifesto new case-study rhubarb-farm
    """
    _start("case study", start_of(context, project), name, title, None, quiet, color)


@new.command("priority")
def new_priority(
    context: typer.Context,
    name: IdArgument,
    project: ProjectOption = None,
    title: TitleOption = None,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Start a file in priorities/.

    \b
    Examples:
      manifesto new priority getting-around
    """
    _start("priority", start_of(context, project), name, title, None, quiet, color)


@new.command("deal")
def new_deal(
    context: typer.Context,
    name: IdArgument,
    project: ProjectOption = None,
    title: TitleOption = None,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Start a file in deals/: what is asked of a government, what is offered, and what is paid for which result.

    \b
    Examples:
      manifesto new deal safer-streets
      manifesto new deal safer-streets --title "A Safer Deal for Derbyshire"
    """
    _start("deal", start_of(context, project), name, title, None, quiet, color)


def _start(
    kind: str, start: Path, name: str, title: str | None, priority: str | None, quiet: bool, color: Color
) -> None:
    from manifesto_cli.cli.creating import Request, start_record
    from manifesto_cli.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet, color=color)
    for line in start_record(Request(kind, name, start, title, priority)):
        terminal.say(line)


def _ask(question: str) -> str:
    """The answer to a question on the terminal; Enter leaves it open, Ctrl-C stops the command."""
    from manifesto_cli.cli.shown import on_one_line

    answer: str = typer.prompt(on_one_line(question), default="", show_default=False, err=True)
    return answer.strip()
