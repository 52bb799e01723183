"""From what a person asked for to what is published, on a branch or in a folder: the calls behind `publish`."""

import sys

import typer

from manifesto_cli.cli.publication import Agree, Order
from manifesto_cli.cli.to_branch import to_branch
from manifesto_cli.cli.to_folder import to_folder
from manifesto_cli.disk.projects import find_project
from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.telling import Tell


def publish_project(order: Order, tell: Tell, agree: Agree) -> tuple[Faults, list[str]]:
    """Publish what was ordered; everything that is wrong, and what was done. With any warning or error, nothing is published."""
    _refuse_contradictions(order)
    root = find_project(order.start)
    if order.folder is not None:
        return to_folder(order, root, order.folder, tell)
    return to_branch(order, root, tell, agree)


def agreed(question: str) -> bool:
    """What the person at the terminal answers; ManifestoError where there is nobody."""
    if not sys.stdin.isatty():
        raise ManifestoError(
            "this is the first publication, and there is nobody to ask",
            help="look at it with `--dry-run`, then give `--yes`",
            status=Exit.USAGE,
        )
    return typer.confirm(question, err=True)


def _refuse_contradictions(order: Order) -> None:
    """ManifestoError for options that mean nothing together, since one of them would be passed over in silence."""
    of_folders = {"--live": order.live, "--headers": order.headers}
    of_branches = {
        "--remote": order.remote is not None,
        "--no-history": not order.history,
        "--drop-domain": order.drop_domain,
    }
    wrong = of_branches if order.folder else of_folders
    given = next((option for option, is_given in wrong.items() if is_given), "")
    if given:
        raise ManifestoError(
            f"`{given}` is for {'branches, and `--to` is for folders' if order.folder else 'folders, and `--to` is missing'}",
            help=f"leave out `{given}`" + ("" if order.folder else ", or add `--to DIR`"),
            status=Exit.USAGE,
        )
    if order.adopt and not order.history:
        raise ManifestoError(
            "`--adopt` with `--no-history` would lose files for good that this tool did not put there",
            help="leave out `--no-history`: then the branch's history keeps them",
            status=Exit.USAGE,
        )
