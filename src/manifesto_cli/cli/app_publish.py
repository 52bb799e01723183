"""The commands `publish` and `verify`."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.options import (
    BRANCH,
    BaseUrlOption,
    ColorOption,
    JobsOption,
    JsonOption,
    ProjectOption,
    QuietOption,
    VerboseOption,
    start_of,
)
from manifesto_cli.faults.error import Exit


def publish(
    context: typer.Context,
    project: ProjectOption = None,
    branch: Annotated[
        str, typer.Option("--branch", metavar="NAME", help="The branch that GitHub Pages shows.")
    ] = BRANCH,
    remote: Annotated[
        str | None,
        typer.Option(
            "--remote",
            metavar="NAME",
            help="The git remote to publish to; the one that you push to unless given.",
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="DIR", help="Publish to this folder, for any other host, in place of a branch."
        ),
    ] = None,
    live: Annotated[
        bool,
        typer.Option(
            "--live",
            help="With `--to`: keep the addresses of the site that is live now, not of what is in the folder.",
        ),
    ] = False,
    headers: Annotated[
        bool,
        typer.Option(
            "--headers",
            help="With `--to`: write the file `_headers`, by which Netlify and Cloudflare set headers.",
        ),
    ] = False,
    base_url: BaseUrlOption = None,
    let_go: Annotated[
        list[str] | None,
        typer.Option(
            "--let-go",
            metavar="ID",
            help="Let a published pledge go: its address leads to its priority. `all` for all.",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="PATH",
            help="Keep a file beside the site that the tool did not put there, from now on.",
        ),
    ] = None,
    adopt: Annotated[
        bool,
        typer.Option("--adopt", help="Let the site take the place of files that the tool did not put there."),
    ] = False,
    drop_domain: Annotated[
        bool, typer.Option("--drop-domain", help="Give up the domain that the published site has.")
    ] = False,
    no_history: Annotated[
        bool,
        typer.Option("--no-history", help="Keep only this publication on the branch, and none before it."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help="Say what would change, and publish nothing.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("-y", "--yes", help="Do not ask before the first publication.")
    ] = False,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Publish the website: to a branch for GitHub Pages, or to a folder.

    It is built anew, and warnings stop it. Every address that was ever published goes on working.

    \b
    Examples:
      manifesto publish --dry-run
      manifesto publish
      manifesto publish --to /srv/www/manifesto
    """
    from manifesto_cli.cli.addresses import address_of
    from manifesto_cli.cli.building import exit_status
    from manifesto_cli.cli.clock import today
    from manifesto_cli.cli.publication import Order
    from manifesto_cli.cli.publishing import agreed, publish_project
    from manifesto_cli.cli.terminal import Terminal
    from manifesto_cli.settings import Settings

    terminal = Terminal(quiet, verbose, color)
    order = Order(
        start=start_of(context, project),
        settings=Settings(today(), address_of(base_url), jobs=jobs),
        branch=branch,
        remote=remote,
        folder=to,
        live=live,
        headers=headers,
        let_go=tuple(let_go or ()),
        keep=tuple(keep or ()),
        adopt=adopt,
        drop_domain=drop_domain,
        history=not no_history,
        dry_run=dry_run,
        verbose=verbose,
    )
    started = time.perf_counter()
    with terminal.telling() as tell:
        faults, lines = publish_project(order, tell, (lambda _: True) if yes else agreed)
    terminal.show(faults, sys.stderr)
    terminal.say("\n".join(lines).replace("{time}", f"{time.perf_counter() - started:.2f} s"))
    raise typer.Exit(exit_status(faults, strict=True))


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
