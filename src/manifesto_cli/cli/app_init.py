"""The command `init`: a new project. What it calls is imported when it runs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import ColorOption, QuietOption


def init(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where to start it; made if it is not there.")
    ] = Path(),
    name: Annotated[
        str | None, typer.Option("--name", metavar="TEXT", help="Your name, as on the ballot paper.")
    ] = None,
    office: Annotated[
        str | None,
        typer.Option("--office", metavar="OFFICE", help="The office in short; `pcc` unless given."),
    ] = None,
    area: Annotated[
        str | None, typer.Option("--area", metavar="TEXT", help="The area that the office is for.")
    ] = None,
    party: Annotated[
        str | None,
        typer.Option("--party", metavar="TEXT", help="The party or description on the ballot paper."),
    ] = None,
    polling_day: Annotated[
        str | None,
        typer.Option("--polling-day", metavar="DATE", help="The day of the vote, such as 2027-05-06."),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option("--title", metavar="TEXT", help="The title; guessed from the git remote unless given."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", metavar="URL", help="The site's address; guessed from the git remote unless given."
        ),
    ] = None,
    domain: Annotated[
        str | None,
        typer.Option(
            "--domain",
            metavar="NAME",
            help="A domain of your own for GitHub Pages, such as www.example.org; the address follows from it.",
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language", metavar="CODE", help="The language; guessed from the locale unless given."
        ),
    ] = None,
    theme: Annotated[
        str | None,
        typer.Option("--theme", metavar="NAME", help="How the site looks; `civic` unless given."),
    ] = None,
    library: Annotated[
        list[str] | None,
        typer.Option("--library", metavar="ID", help="A library to pick from, by id or path; repeatable."),
    ] = None,
    priority: Annotated[
        list[str] | None,
        typer.Option(
            "--priority",
            metavar="ID",
            help="A priority to pick; repeatable. All of its ideas, unless one is named.",
        ),
    ] = None,
    idea: Annotated[
        list[str] | None, typer.Option("--idea", metavar="ID", help="An idea to pick; repeatable.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("-y", "--yes", help="Ask nothing: what is open can be filled in later.")
    ] = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Start a manifesto in a folder: a draft that builds at once, with real ideas, for you to fill in.

    \b
    Examples:
      manifesto init my-manifesto
      manifesto init my-manifesto --name "Robin Example" --area Exampleshire --yes
      manifesto init --priority breaking-the-cycle --idea police-drop-ins
    """
    from manifesto_cli.cli.clock import today
    from manifesto_cli.cli.console import plain
    from manifesto_cli.cli.founding import Wanted, start_project
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.settings import Settings

    typed = {
        "name": name,
        "office": office,
        "area": area,
        "party": party,
        "polling_day": polling_day,
        "title": title,
        "url": url,
        "domain": domain,
        "language": language,
        "theme": theme,
    }
    answers = {option: text for option, text in typed.items() if text is not None}
    chosen = (tuple(given or ()) for given in (library, priority, idea))
    terminal, talk = Terminal(quiet=quiet, color=color), None
    if sys.stdin.isatty() and sys.stderr.isatty() and not yes and not quiet:
        from manifesto_cli.cli.wizard import on_terminal

        talk = on_terminal(painted=terminal.paint(sys.stderr) is not plain)
    for line in start_project(Wanted(_start(context) / folder, answers, *chosen), Settings(today()), talk):
        terminal.say(line)


def _start(context: typer.Context) -> Path:
    """Where a relative folder is seen from: the `-C` before the command. `MANIFESTO_PROJECT` names a project that is there."""
    above = context.parent
    source = above.get_parameter_source("project") if above else None
    return context.obj if source is not None and source.name == "COMMANDLINE" else Path()
