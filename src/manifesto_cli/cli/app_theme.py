"""The commands below `manifesto theme`: each parses, calls, shows and exits. What they call is imported when they run."""

import sys
from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color, Report
from manifesto_cli.cli.options import (
    ColorOption,
    JsonOption,
    ProjectOption,
    QuietOption,
    StrictOption,
    group,
    start_of,
)

theme = group("theme")


@theme.callback()
def look_after_themes(context: typer.Context, project: ProjectOption = None) -> None:
    """Themes decide how the website looks: list them, check them, make one of your own.

    \b
    Examples:
      manifesto theme list
      manifesto theme new ours --extends civic
      manifesto theme check ours
    """
    context.obj = start_of(context, project)


@theme.command("list")
def list_themes(
    context: typer.Context,
    project: ProjectOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """List the themes that a manifesto can name: those that come with the tool, and the project's own.

    \b
    Examples:
      manifesto theme list
      manifesto theme list --json
    """
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.cli.themes import print_themes

    print_themes(start_of(context, project), Terminal(quiet=quiet, color=color), json=as_json)


@theme.command("new")
def new_theme(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="Lower-case words joined by hyphens: the name of the folder."),
    ],
    project: ProjectOption = None,
    extends: Annotated[
        str, typer.Option("--extends", metavar="THEME", help="The theme to build on.")
    ] = "civic",
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="Its name for people; made from NAME unless given."),
    ] = None,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Start a theme in themes/NAME, which builds at once and looks like the one that it extends.

    \b
    Examples:
      manifesto theme new ours
      manifesto theme new ours --extends broadsheet --title "Our own"
    """
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.cli.themes import start_theme

    terminal = Terminal(quiet=quiet, color=color)
    for line in start_theme(start_of(context, project), name, extends, title):
        terminal.say(line)


@theme.command("shadow")
def shadow_template(
    context: typer.Context,
    template: Annotated[
        str, typer.Argument(metavar="TEMPLATE", help="The name of a template, such as `pledge.html`.")
    ],
    project: ProjectOption = None,
    of: Annotated[
        str | None,
        typer.Option(
            "--theme", metavar="THEME", help="The theme it is a template of; the manifesto's unless given."
        ),
    ] = None,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Keep the project's template, and record the original as it is now."),
    ] = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Copy a template of a theme into the project, to change it there. The original is recorded, so that `check` can tell when it changes.

    \b
    Examples:
      manifesto theme shadow pledge.html
      manifesto theme shadow claim.html --theme ours
      manifesto theme shadow pledge.html --accept
    """
    from manifesto_cli.cli.shadowing import accept_original, copy_original
    from manifesto_cli.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet, color=color)
    act = accept_original if accept else copy_original
    for line in act(start_of(context, project), template, of):
        terminal.say(line)


@theme.command("check")
def check_theme(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The theme; the manifesto's unless given.")
    ] = None,
    project: ProjectOption = None,
    report: Annotated[
        Report, typer.Option("--format", help="How to report: for people, as JSON, or as GitHub annotations.")
    ] = Report.text,
    strict: StrictOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Report everything that is wrong with a theme: on sample pages with everything and with nothing, and by reading it.

    Names that nothing gives are found on paths that no sample takes, too; so are parts that nothing uses, and colours that cannot be
    read on each other.

    \b
    Examples:
      manifesto theme check
      manifesto theme check ours --strict
      manifesto theme check rally --format json
    """
    from manifesto_cli.cli.building import exit_status
    from manifesto_cli.cli.console import FORMATS
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.cli.themes import checked_theme

    terminal = Terminal(quiet=quiet, color=color)
    with terminal.telling() as tell:
        faults = checked_theme(start_of(context, project), name, tell)
    if report is Report.text:
        terminal.show(faults, sys.stdout)
        if not faults:
            terminal.say("no faults")
    else:
        text = FORMATS[report.value](faults)
        print(text, end="\n" if text else "")
    raise typer.Exit(exit_status(faults, strict=strict))
