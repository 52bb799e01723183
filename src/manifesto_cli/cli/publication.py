"""What is to be published, and the words for what was: shared by branches and folders."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Faults, has_errors
from manifesto_cli.publish.making import Publication
from manifesto_cli.settings import Settings
from manifesto_cli.telling import count

Agree = Callable[[str], bool]
"""Whether a person agrees to what the question says."""

STOPPED = "nothing was published"


class Order(Struct, frozen=True):
    """What to publish, and where."""

    start: Path
    settings: Settings
    branch: str
    remote: str | None
    folder: Path | None
    live: bool
    headers: bool
    let_go: tuple[str, ...]
    keep: tuple[str, ...]
    adopt: bool
    drop_domain: bool
    history: bool
    dry_run: bool
    verbose: bool


def stopped(faults: Faults) -> str:
    """Why nothing was published."""
    return STOPPED if has_errors(faults) else f"{STOPPED}: warnings stop it, since everybody would read it"


def what(new: Publication) -> str:
    """How much is published, and which build it is."""
    pages = count(len(new.ledger.addresses), "page")
    return f"{pages} (build {new.ledger.build[:12]})"
