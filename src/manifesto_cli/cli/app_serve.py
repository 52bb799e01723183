"""The command `serve`: it parses, calls and shows. What it calls is imported when it runs."""

from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import (
    ColorOption,
    DraftsOption,
    ProjectOption,
    QuietOption,
    VerboseOption,
    start_of,
)


def serve(
    context: typer.Context,
    project: ProjectOption = None,
    port: Annotated[
        int | None,
        typer.Option(
            "-p",
            "--port",
            envvar="MANIFESTO_PORT",
            metavar="NUMBER",
            min=0,
            max=65535,
            help="The port of this machine; unless given 8000, or the next that is free. 0 takes any.",
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the site in a browser.")] = False,
    drafts: DraftsOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Show the website while you write: each save is there at once, and what is wrong is shown on the page.

    \b
    Examples:
      manifesto serve
      manifesto serve --open
      manifesto serve --port 8080 --drafts
    """
    from manifesto_cli.cli.serving import Wish, keep_serving
    from manifesto_cli.cli.terminal import Terminal

    keep_serving(
        Wish(start_of(context, project), port, drafts, open_browser), Terminal(quiet, verbose, color)
    )
