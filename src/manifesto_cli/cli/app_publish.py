"""The commands `publish` and `verify`."""

import sys
from typing import Annotated

import typer

from manifesto_cli.cli.options import (
    Color,
    ColorOption,
    JsonOption,
    ProjectOption,
    QuietOption,
    VerboseOption,
    start_of,
)
from manifesto_cli.faults.error import Exit


def verify(
    context: typer.Context,
    url: Annotated[
        str | None,
        typer.Argument(
            metavar="URL", envvar="MANIFESTO_BASE_URL", help="Where the site is; at `site.url` unless given."
        ),
    ] = None,
    project: ProjectOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Look whether the site that is live is what a build makes here: every page, every address ever published, the imprint.

    It changes nothing, here or there. What safety headers the host sends is told, too, and is never a fault.

    \b
    Examples:
      manifesto verify
      manifesto verify https://example.org/derbyshire/
      manifesto verify --json
    """
    from manifesto_cli.cli import live_report
    from manifesto_cli.cli.clock import today
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.cli.verifying import verify_site

    terminal = Terminal(quiet, verbose, color)
    with terminal.telling() as tell:
        found = verify_site(start_of(context, project), url, today(), tell)
    if found.report is None:
        terminal.show(found.faults, sys.stderr)
        terminal.say("nothing was compared: mend what is wrong here first")
        raise typer.Exit(Exit.CONTENT)
    if as_json:
        print(live_report.as_json(found.report, found.notes))
    elif text := live_report.as_text(
        found.report, found.notes, terminal.paint(sys.stdout), quiet=quiet, every=verbose
    ):
        print(text)
    raise typer.Exit(Exit.FINE if live_report.all_well(found.report) else Exit.CONTENT)
