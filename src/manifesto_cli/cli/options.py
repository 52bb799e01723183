"""The options that commands share."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from manifesto_cli.cli.choices import MOST_JOBS, Color

ProjectOption = Annotated[
    Path | None,
    typer.Option(
        "-C",
        "--project",
        envvar="MANIFESTO_PROJECT",
        metavar="DIR",
        help="Work in this folder, not in the nearest with a manifesto.yaml.",
    ),
]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Say only what is wrong.")]
VerboseOption = Annotated[
    bool,
    typer.Option("-v", "--verbose", help="Say more about what was done."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print JSON, for programs; its shape is documented.")
]
ColorOption = Annotated[Color, typer.Option("--color", help="When to use colour.")]
DraftsOption = Annotated[bool, typer.Option("--drafts", help="Take in ideas that are still drafts.")]
StrictOption = Annotated[
    bool, typer.Option("-s", "--strict", envvar="MANIFESTO_STRICT", help="Count warnings as errors.")
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        envvar="MANIFESTO_OUTPUT",
        metavar="DIR",
        help="The folder to write to; `public` or `booklet` unless given.",
    ),
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "-u",
        "--base-url",
        envvar="MANIFESTO_BASE_URL",
        metavar="URL",
        help="The address of the site, in place of `site.url`.",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        envvar="MANIFESTO_JOBS",
        metavar="N",
        min=1,
        max=MOST_JOBS,
        help="Divide the work among so many processes; unless given, one for each core and 8 at most, if they are worth it.",
    ),
]
BRANCH = "gh-pages"
"""The branch that GitHub Pages shows where nobody has said otherwise."""
DryRunOption = Annotated[
    bool, typer.Option("-n", "--dry-run", help="Show what would change, and write nothing.")
]


def group(name: str, **settings: Any) -> typer.Typer:
    """What commands are added to: theirs, or as a whole."""
    return typer.Typer(
        name=name,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )


def start_of(context: typer.Context, project: Path | None) -> Path:
    """Where to start looking for the project: the nearest `-C` that was typed, the environment, or here."""
    source = context.get_parameter_source("project")
    typed = source is not None and source.name == "COMMANDLINE"
    return (project if typed else context.obj or project) or Path()


def defaults_of(group: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed before the name of a command, as the defaults of every command that knows such options."""
    return {
        name: defaults_of(command, given) if hasattr(command, "commands") else dict(given)
        for name, command in group.commands.items()
    }
