"""From what a person asked for to what is published, on a branch or in a folder: the calls behind `publish`."""

import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import typer
from msgspec import Struct

from manifesto_cli import pipeline
from manifesto_cli.cli.terminal import count
from manifesto_cli.disk.projects import find_project
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, has_errors, in_reading_order
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.making import stops
from manifesto_cli.publish import guards
from manifesto_cli.publish.branch import Tip, content, push, tip
from manifesto_cli.publish.changes import in_words
from manifesto_cli.publish.commits import commit, compare
from manifesto_cli.publish.git import Repository, repository
from manifesto_cli.publish.github import github
from manifesto_cli.publish.ledger import EMPTY, LARGEST, NAME, Ledger, read_ledger
from manifesto_cli.publish.making import Publication, made
from manifesto_cli.publish.remotes import Remote, remote
from manifesto_cli.publish.source import Source, source
from manifesto_cli.telling import Tell

Agree = Callable[[str], bool]
"""Whether a person agrees to what the question says."""


class Order(Struct, frozen=True):
    """What to publish, and where."""

    start: Path
    settings: pipeline.Settings
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


def publish_project(order: Order, tell: Tell, agree: Agree) -> tuple[Faults, list[str]]:
    """Publish what was ordered; everything that is wrong, and what was done. With any warning or error, nothing is published."""
    _refuse_contradictions(order)
    root = find_project(order.start)
    return _to_branch(order, root, tell, agree)


def agreed(question: str) -> bool:
    """What the person at the terminal answers; ManifestoError where there is nobody."""
    if not sys.stdin.isatty():
        raise ManifestoError(
            "this is the first publication, and there is nobody to ask",
            help="look at it with `--dry-run`, then give `--yes`",
            status=Exit.USAGE,
        )
    return typer.confirm(question, err=True)


_STOPPED = "nothing was published"
_LONGEST_DOMAIN = 300


def _stopped(faults: Faults) -> str:
    return _STOPPED if has_errors(faults) else f"{_STOPPED}: warnings stop it, since everybody would read it"


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


def _to_branch(order: Order, root: Path, tell: Tell, agree: Agree) -> tuple[Faults, list[str]]:
    here = repository(root, asks=sys.stdin.isatty())
    to = remote(here, order.remote)
    tell(f"asking {to.name}")
    there = tip(here, to, order.branch)
    where = f"the branch `{order.branch}` of {to.shown}"
    listed = content(here, there.files[NAME], LARGEST) if NAME in there.files else None
    before = _before(order, listed, there, where)
    kept = _kept(order, before, there.entries, where)
    with made(root, order.settings, before, tell, kept=kept) as outcome:
        new = outcome.value
        if new is None:
            return outcome.faults, [_stopped(outcome.faults)]
        domain = _domain(here, there)
        faults = in_reading_order((*outcome.faults, *_guarded(order, new, to, domain)))
        if stops(faults, strict=True):
            return faults, [_stopped(faults)]
        guards.refuse_clash(new.files, kept)
        tell("comparing")
        changes = compare(here, there, new.files, kept)
        changed = changes.added or changes.changed or changes.removed
        if not changed and order.history:
            return faults, [f"{where} is up to date: {_what(new)} ({{time}})"]
        said = [*in_words(changes, before, new.ledger, new.continued.gone, every=order.verbose)]
        said += _domains(domain, new)
        if order.dry_run:
            return faults, [f"would publish {_what(new)} on {where}", *said]
        if NAME not in there.entries and not agree(
            f"Publish {_what(new)} on {where}, for everybody to read?"
        ):
            return faults, [_STOPPED]
        of = source(here)
        tell("writing")
        made_of = commit(here, there, new.files, kept, _message(new, of), history=order.history)
        tell(f"sending to {to.name}")
        push(here, to, order.branch, made_of, there)
    lines = [f"published {_what(new)} on {where} ({{time}})", *said, *_uncommitted(of)]
    return faults, [*lines, *_next(order, new, to, first=NAME not in there.entries)]


def _before(order: Order, listed: bytes | None, there: Tip, where: str) -> Ledger:
    """The site that was published last. ManifestoError where there is what is not ours, and nobody said what is to become of it."""
    help = "put the branch back to an earlier publication, or take it over with `--adopt`"
    try:
        before = read_ledger(listed, where, help=help) if listed is not None else EMPTY
    except ManifestoError:
        if not order.adopt:
            raise
        before = EMPTY
    foreign = guards.foreign_files(there.entries, before, order.keep)
    if not order.adopt:
        guards.refuse_foreign(foreign, where)
    return guards.with_adopted(before, foreign)


def _kept(order: Order, before: Ledger, there: Collection[str], where: str) -> Collection[str]:
    """The files of others that stay beside the site. ManifestoError where one that is to be kept is not there."""
    missing = [path for path in order.keep if path not in there]
    if missing:
        raise ManifestoError(
            f"there is no `{missing[0]}` in {where}",
            help="write the path as it is there, such as `--keep google1234.html`",
            status=Exit.USAGE,
        )
    return {*before.kept, *order.keep} & {*there}


def _guarded(order: Order, new: Publication, to: Remote, domain: str) -> Iterator[Diagnostic]:
    repository = github(to.address)
    if repository and order.settings.url is None:  # an address that is typed is meant
        yield from guards.address_faults(new.edition, new.url, *repository)
    if not order.drop_domain:
        yield from guards.domain_faults(new.edition, domain)
    yield from guards.pledge_faults(new.edition, new.continued, order.let_go)


def _domain(here: Repository, there: Tip) -> str:
    """The domain that the branch names; empty for none."""
    blob = there.files.get(guards.CNAME)
    named = content(here, blob, _LONGEST_DOMAIN) if blob else None
    return named.decode(errors="replace").strip() if named else ""


def _domains(before: str, new: Publication) -> Iterator[str]:
    now = new.edition.manifesto.site.domain or ""
    if before and before != now:
        yield (
            f"  the domain {before} is given up"
            if not now
            else f"  the domain changes from {before} to {now}"
        )


def _what(new: Publication) -> str:
    pages = count(len(new.ledger.addresses), "page")
    return f"{pages} (build {new.ledger.build[:12]})"


def _message(new: Publication, of: Source) -> str:
    """What the history of the branch says."""
    title = " ".join(new.edition.manifesto.title.split())
    made_from = f"From {of.commit}" if of.commit else "From files that are in no commit"
    changed = ", with changes that are in no commit" if of.commit and of.changed else ""
    return f"Publish {title}\n\n{made_from}{changed}.\nBuild {new.ledger.build}.\n"


def _uncommitted(of: Source) -> Iterator[str]:
    if of.changed:
        first = of.changed[0]
        others = f" and {count(len(of.changed) - 1, 'other file')}" if len(of.changed) > 1 else ""
        yield f"what was published is not in git yet: `{first}`{others}; `git commit` keeps it"


def _next(order: Order, new: Publication, to: Remote, *, first: bool) -> Iterator[str]:
    repository = github(to.address)
    if first and repository:
        owner, name = repository
        yield f"next: on https://github.com/{owner}/{name}/settings/pages choose “Deploy from a branch”, then `{order.branch}` and `/ (root)`"
    if new.url:
        yield f"it will be at {new.url}, in a minute or two: `manifesto verify` says when it is"
