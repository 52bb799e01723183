"""The commands below `manifesto ideas`: each parses, calls, shows and exits."""

from collections.abc import Sequence
from enum import StrEnum
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


class Status(StrEnum):
    """How far an idea has come."""

    draft = "draft"
    ready = "ready"
    withdrawn = "withdrawn"


ideas = group("ideas")


@ideas.callback()
def browse_ideas(context: typer.Context, project: ProjectOption = None) -> None:
    """Browse the ideas that there are to pick from.

    \b
    Examples:
      manifesto ideas list
      manifesto ideas search reoffending
      manifesto ideas show community-payback-panels
    """
    context.obj = start_of(context, project)


@ideas.command("list")
def list_ideas(
    context: typer.Context,
    project: ProjectOption = None,
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", metavar="TAG", help="Only ideas with this tag."),
    ] = None,
    priority: Annotated[
        list[str] | None, typer.Option("--priority", metavar="ID", help="Only ideas of this priority.")
    ] = None,
    office: Annotated[
        list[str] | None,
        typer.Option("--office", metavar="OFFICE", help="Only ideas that this office could carry out."),
    ] = None,
    library: Annotated[
        list[str] | None,
        typer.Option(
            "--library", metavar="ID", help="Only ideas from this library; `.` for the project's own."
        ),
    ] = None,
    status: Annotated[
        list[Status] | None, typer.Option("--status", help="Only ideas that have come this far.")
    ] = None,
    picked: Annotated[
        bool | None,
        typer.Option("--picked/--not-picked", help="Only ideas that the manifesto picks, or does not pick."),
    ] = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """List the ideas of the libraries and of the project. Options that are given more than once mean any of them.

    \b
    Examples:
      manifesto ideas list
      manifesto ideas list --tag youth --tag schools
      manifesto ideas list --priority breaking-the-cycle --not-picked
      manifesto ideas list --office mayor --json
      manifesto ideas list | cut -f1
    """
    from manifesto_cli.cli.listing import print_list
    from manifesto_cli.cli.shelf import browse
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.merging.browsing import Filters

    given = (_typed(names) for names in (tag, priority, office, library, status))
    found = browse(start_of(context, project))
    print_list(found, Filters(picked, *given), Terminal(quiet=quiet, color=color), json=as_json)


@ideas.command("show")
def show_ideas(
    context: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="ID…", help="The ids of ideas, as `list` gives them.")
    ],
    project: ProjectOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Show all there is of an idea: the text, the facts with their sources, what it asks for, whether it is picked.

    \b
    Examples:
      manifesto ideas show work-placements
      manifesto ideas show police-and-crime:work-placements
      manifesto ideas show work-placements --color always | less -R
    """
    from manifesto_cli.cli.listing import print_pages
    from manifesto_cli.cli.shelf import browse
    from manifesto_cli.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet, color=color)
    raise typer.Exit(print_pages(browse(start_of(context, project)), names, terminal, json=as_json))


@ideas.command("search")
def search_ideas(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS…", help="Words that an idea must have, all of them.")
    ],
    project: ProjectOption = None,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Find ideas by words in their titles, ids, tags, summaries, pledges, texts and facts; case and accents do not count.

    \b
    Examples:
      manifesto ideas search reoffending
      manifesto ideas search work farm
      manifesto ideas search cafe --json
    """
    from manifesto_cli.cli.listing import print_hits
    from manifesto_cli.cli.shelf import browse
    from manifesto_cli.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet, color=color)
    print_hits(browse(start_of(context, project)), words, terminal, json=as_json)


def _typed(names: Sequence[str] | None) -> tuple[str, ...]:
    """What was typed after an option, in the form that ids and tags have."""
    return tuple(str(name).strip().lower() for name in names or ())
