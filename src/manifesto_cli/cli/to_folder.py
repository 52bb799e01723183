"""A site → a folder that a host shows: the calls behind `publish --to`."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from manifesto_cli.cli.publication import Order, stopped, what
from manifesto_cli.disk.contents import read_small
from manifesto_cli.disk.projects import seen_from_here
from manifesto_cli.disk.swapping import How, Swapped, refuse_beforehand, swap
from manifesto_cli.disk.wording import told
from manifesto_cli.faults.diagnostic import Faults, in_reading_order, stops
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.publish import guards
from manifesto_cli.publish.changes import between, in_words
from manifesto_cli.publish.host_headers import NAME as HEADERS
from manifesto_cli.publish.host_headers import headers_file
from manifesto_cli.publish.ledger import EMPTY, LARGEST, NAME, Ledger, read_ledger
from manifesto_cli.publish.live import Absence, published_at
from manifesto_cli.publish.making import made
from manifesto_cli.telling import Tell


def to_folder(order: Order, root: Path, folder: Path, tell: Tell) -> tuple[Faults, list[str]]:
    """Publish to a folder; everything that is wrong, and what was done."""
    where = f"the folder {seen_from_here(folder)}"
    there = _listed_in(folder, where)
    kept = {*there.kept, *order.keep}
    notes: list[str] = []

    def earlier(url: str | None) -> Ledger:
        if not order.live:
            return there
        tell("asking the site that is live")
        found, note = _live(url)
        notes.extend(note)
        return found

    with made(root, order.settings, earlier, tell, kept=kept) as outcome:
        new = outcome.value
        if new is None:
            return outcome.faults, [stopped(outcome.faults)]
        gone = guards.pledge_faults(new.edition, new.continued, order.let_go)
        faults = in_reading_order((*outcome.faults, *gone))
        if stops(faults, strict=True):
            return faults, [stopped(faults)]
        guards.refuse_clash(new.files, kept)
        said = [
            *in_words(
                between(new.before, new.ledger, new.files),
                new.before,
                new.ledger,
                new.continued.gone,
                every=order.verbose,
            )
        ]
        if order.dry_run:
            refuse_beforehand(folder, kept=kept, protected=new.ready.project.protected)
            return faults, [f"would publish {what(new)} in {where}", *said, *notes]
        notes += _headers_note(order, new.url)
        files = (
            *new.files,
            *([headers_file([file.path for file in new.files], _path(new.url))] if order.headers else []),
        )
        tell("writing")
        swapped = swap(folder, files, kept=kept, protected=new.ready.project.protected)
    if swapped.how is How.UNCHANGED:
        return faults, [f"{where} is up to date: {what(new)} ({{time}})", *notes]
    return faults, [f"published {what(new)} in {where} ({{time}})", *said, *_how(swapped), *notes]


def _listed_in(folder: Path, where: str) -> Ledger:
    """The site that the folder holds."""
    with told(str(folder)):
        content = read_small(str(folder / NAME), LARGEST)
    if content is None:
        return EMPTY
    return read_ledger(content, where, help=f"delete `{folder / NAME}`, if no address has to go on working")


def _live(url: str | None) -> tuple[Ledger, tuple[str, ...]]:
    """The site that is live, and what is to be said of it."""
    if url is None:
        raise ManifestoError(
            "`--live` asks the site that is live, and its address is not known",
            help="add `url: https://…` under `site:`, or give `--base-url https://…`",
            status=Exit.USAGE,
        )
    found = published_at(url)
    if found is Absence.HOST:
        return EMPTY, (f"there is no host for {url} yet, so no earlier addresses are known",)
    if found is Absence.LIST:
        return EMPTY, (f"{url} has no `{NAME}`, so no earlier addresses are known",)
    return found, ()


def _headers_note(order: Order, url: str | None) -> Iterator[str]:
    if order.headers and _path(url) != "/":
        yield f"hosts heed `{HEADERS}` only at the root of what is deployed, and this site is at {_path(url)}: move the file to the root"


def _path(url: str | None) -> str:
    """The path at which a site is on its host."""
    return urlsplit(url).path if url else "/"


def _how(swapped: Swapped) -> Iterator[str]:
    if swapped.how is How.IN_PLACE:
        yield f"  file by file, because {swapped.why}"
