"""The commands below `manifesto export`: each parses, calls, shows and exits."""

from pathlib import Path
from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import (
    ColorOption,
    ProjectOption,
    QuietOption,
    group,
    start_of,
)

export = group("export")


@export.callback()
def export_records(context: typer.Context, project: ProjectOption = None) -> None:
    """Write a record in the form of a data standard.

    \b
    Examples:
      manifesto export indigo peterborough-social-impact-bond
    """
    context.obj = start_of(context, project)


@export.command("indigo")
def export_indigo(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of a deal.")],
    project: ProjectOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write it to this new file, not to the terminal."
        ),
    ] = None,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Write a deal as JSON in the field names of the INDIGO data standard, and say what has no place there.

    \b
    Examples:
      manifesto export indigo peterborough-social-impact-bond
      manifesto export indigo peterborough-social-impact-bond --output peterborough.json
      manifesto export indigo peterborough-social-impact-bond --quiet | jq .outcome_metrics
    """
    from manifesto_cli.cli.exporting import export_deal
    from manifesto_cli.cli.terminal import Terminal

    export_deal(start_of(context, project), name, output, Terminal(quiet=quiet, color=color))
