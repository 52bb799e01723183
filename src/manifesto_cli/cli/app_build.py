"""The commands that make or look at what a manifesto says: `build`, `check`, `clean`, and `explain` for what they say. What they call is imported when they run."""

import sys
from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color, Format, Report
from manifesto_cli.cli.options import (
    BaseUrlOption,
    ColorOption,
    DraftsOption,
    JobsOption,
    OutputOption,
    ProjectOption,
    QuietOption,
    StrictOption,
    VerboseOption,
    start_of,
)


def build(
    context: typer.Context,
    project: ProjectOption = None,
    form: Annotated[
        Format, typer.Option("--format", help="What to make: the website or the Markdown booklet.")
    ] = Format.html,
    output: OutputOption = None,
    base_url: BaseUrlOption = None,
    strict: StrictOption = False,
    drafts: DraftsOption = False,
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Write the website, or the booklet.

    \b
    Examples:
      manifesto build
      manifesto build --format md
      manifesto build --output site --base-url https://example.org/derbyshire/
    """
    from manifesto_cli.cli import everyday

    asked = everyday.Build(
        project=start_of(context, project),
        form=form,
        output=output,
        base_url=base_url,
        strict=strict,
        drafts=drafts,
        dry_run=dry_run,
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
        color=color,
    )
    raise typer.Exit(everyday.build(asked))


def check(
    context: typer.Context,
    project: ProjectOption = None,
    report: Annotated[
        Report, typer.Option("--format", help="How to report: for people, as JSON, or as GitHub annotations.")
    ] = Report.text,
    strict: StrictOption = False,
    drafts: DraftsOption = False,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Report everything that is wrong with a manifesto or a library, at once.

    \b
    Examples:
      manifesto check
      manifesto check --strict
      manifesto check --format json
    """
    from manifesto_cli.cli import everyday

    asked = everyday.Check(
        project=start_of(context, project),
        report=report,
        strict=strict,
        drafts=drafts,
        jobs=jobs,
        quiet=quiet,
        verbose=verbose,
        color=color,
    )
    raise typer.Exit(everyday.check(asked))


def explain(
    code: Annotated[
        str | None,
        typer.Argument(help="The code of a fault, such as `unfilled-placeholder`; all of them unless given."),
    ] = None,
    color: ColorOption = Color.auto,
) -> None:
    """Print the manual page of a fault.

    \b
    Examples:
      manifesto explain unfilled-placeholder
      manifesto explain
    """
    from manifesto_cli.cli.pages import contents, page
    from manifesto_cli.cli.terminal import Terminal

    paint = Terminal(color=color).paint(sys.stdout)
    print(page(code.strip("[]`"), paint) if code is not None else contents(paint))


def clean(
    context: typer.Context,
    project: ProjectOption = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Delete what `build` wrote, and nothing else.

    \b
    Examples:
      manifesto clean
      manifesto clean --output site
    """
    from manifesto_cli.cli.building import clean_folders
    from manifesto_cli.cli.terminal import Terminal

    terminal = Terminal(quiet=quiet, color=color)
    for line in clean_folders(start_of(context, project), output, verbose=verbose):
        terminal.say(line)
