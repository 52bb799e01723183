"""The commands below `manifesto deal`: each parses, calls, shows and exits."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import (
    ColorOption,
    JsonOption,
    ProjectOption,
    QuietOption,
    group,
    start_of,
)

deal = group("deal")
NameArgument = Annotated[str, typer.Argument(metavar="ID", help="The id of a deal, as `deal list` gives it.")]


@deal.callback()
def about_deals(context: typer.Context, project: ProjectOption = None) -> None:
    """Look at deals, work out what they pay for which outcome, and write to whom they ask.

    \b
    Examples:
      manifesto deal list
      manifesto deal show peterborough-social-impact-bond
      manifesto deal simulate peterborough-social-impact-bond
      manifesto deal letter my-deal
    """
    context.obj = start_of(context, project)


@deal.command("list")
def list_deals(
    context: typer.Context,
    project: ProjectOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """List the deals of the project and of the libraries.

    \b
    Examples:
      manifesto deal list
      manifesto deal list --json
      manifesto deal list | cut -f1
    """
    from manifesto_cli.cli.deal_listing import print_deals
    from manifesto_cli.cli.terminal import Terminal

    print_deals(start_of(context, project), Terminal(quiet=quiet, color=color), json=as_json)


@deal.command("show")
def show_deal(
    context: typer.Context,
    name: NameArgument,
    project: ProjectOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Show all there is of a deal: both sides, what is counted and paid, what came of it, and what could go wrong.

    Where the manifesto picks it, it is shown with the values and changes of that.

    \b
    Examples:
      manifesto deal show peterborough-social-impact-bond
      manifesto deal show safer-deals:peterborough-social-impact-bond
      manifesto deal show safer-deal-template --color always | less -R
    """
    from manifesto_cli.cli.deal_listing import print_deal
    from manifesto_cli.cli.terminal import Terminal

    print_deal(start_of(context, project), name, Terminal(quiet=quiet, color=color), json=as_json)


@deal.command("simulate")
def simulate_deal(
    context: typer.Context,
    name: NameArgument,
    assumed: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="METRIC[.COHORT]=VALUE",
            help="Assume an outcome: a number in the unit of the metric, or a change such as `8.4%`, which is better, or `-2%`, which is worse.",
        ),
    ] = None,
    project: ProjectOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Work out what a deal pays: for what is known, for a table of outcomes, or for the outcomes that you assume.

    A metric that is set without a cohort is that of all cohorts together, each changing by the same percentage.

    \b
    Examples:
      manifesto deal simulate peterborough-social-impact-bond
      manifesto deal simulate peterborough-social-impact-bond --set reconvictions.two=10%
      manifesto deal simulate my-deal --set burglaries=36 --set arson=-2% --json
    """
    from manifesto_cli.cli.simulating import print_simulation
    from manifesto_cli.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet, color=color)
    print_simulation(start_of(context, project), name, assumed or (), terminal, json=as_json)


@deal.command("letter")
def write_letter(
    context: typer.Context,
    name: NameArgument,
    to: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="PARTY", help="The id of the party that is asked, where there are several."
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="The date of the letter; the manifesto's unless given."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write it to this new file, not to the terminal."
        ),
    ] = None,
    project: ProjectOption = None,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Write what a deal asks as a letter in Markdown: what, why, in return for what, how to tell, and what it costs.

    The manifesto must pick the deal. A theme or a project can have a template `letter.md` of its own.

    \b
    Examples:
      manifesto deal letter my-deal
      manifesto deal letter my-deal --to home-office --date 2026-03-01 --output letter.md
      manifesto deal letter my-deal | pandoc --output letter.docx
    """
    from manifesto_cli.cli.building import exit_status
    from manifesto_cli.cli.clock import today
    from manifesto_cli.cli.lettering import Order
    from manifesto_cli.cli.lettering import write_letter as written
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.settings import Settings

    terminal = Terminal(quiet=quiet, color=color)
    order = Order(start_of(context, project), name, to, date, output, Settings(today()))
    faults = written(order, terminal)
    terminal.show(faults, sys.stderr)
    raise typer.Exit(exit_status(faults, strict=False))
