"""A site → a branch of a git remote: the calls behind `publish` for GitHub Pages."""

import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from manifesto_cli.cli.publication import STOPPED, Agree, Order, stopped, what
from manifesto_cli.editing.surroundings import WORKFLOW_PATH
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, in_reading_order, stops
from manifesto_cli.faults.error import Exit, ManifestoError
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
from manifesto_cli.telling import Tell, count

_LONGEST_DOMAIN = 300


def to_branch(order: Order, root: Path, tell: Tell, agree: Agree) -> tuple[Faults, list[str]]:
    """Publish to a branch; everything that is wrong, and what was done."""
    here = repository(root, asks=sys.stdin.isatty())
    to = remote(here, order.remote)
    # Where git may ask for a password, nothing is drawn over its question.
    tell("" if here.asks else f"asking {to.name}")
    there = tip(here, to, order.branch)
    where = f"the branch `{order.branch}` of {to.shown}"
    listed = content(here, there.files[NAME], LARGEST) if NAME in there.files else None
    before = _before(order, listed, there, where)
    kept = _kept(order, before, there.entries, where)
    with made(root, order.settings, lambda _: before, tell, kept=kept) as outcome:
        new = outcome.value
        if new is None:
            return outcome.faults, [stopped(outcome.faults)]
        domain = _domain(here, there)
        faults = in_reading_order((*outcome.faults, *_guarded(order, new, to, domain)))
        if stops(faults, strict=True):
            return faults, [stopped(faults)]
        guards.refuse_clash(new.files, kept)
        tell("comparing")
        changes = compare(here, there, new.files, kept)
        changed = changes.added or changes.changed or changes.removed
        if not changed and order.history:
            return faults, [f"{where} is up to date: {what(new)} ({{time}})"]
        said = [*in_words(changes, before, new.ledger, new.continued.gone, every=order.verbose)]
        said += _domains(domain, new)
        if order.dry_run:
            return faults, [f"would publish {what(new)} on {where}", *said]
        tell("")
        if NAME not in there.entries and not agree(f"Publish {what(new)} on {where}, for everybody to read?"):
            return faults, [STOPPED]
        of = source(here)
        tell("writing")
        made_of = commit(here, there, new.files, kept, _message(new, of), history=order.history)
        if made_of == there.commit:
            return faults, [f"{where} is up to date: {what(new)} ({{time}})"]
        tell("" if here.asks else f"sending to {to.name}")
        push(here, to, order.branch, made_of, there)
    lines = [f"published {what(new)} on {where} ({{time}})", *said, *_uncommitted(of)]
    return faults, [*lines, *_next(order, new, to, here, first=NAME not in there.entries)]


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


def _next(order: Order, new: Publication, to: Remote, here: Repository, *, first: bool) -> Iterator[str]:
    on_github = github(to.address)
    if first and on_github:
        owner, name = on_github
        yield f"next: on https://github.com/{owner}/{name}/settings/pages choose “Deploy from a branch”, then `{order.branch}` and `/ (root)`"
        if (Path(here.top) / WORKFLOW_PATH).is_file():
            yield f"  and delete `{WORKFLOW_PATH}`, which publishes with each push: GitHub shows one or the other"
    if new.url:
        yield f"it will be at {new.url}, in a minute or two: `manifesto verify` says when it is"
