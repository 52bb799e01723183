"""What is live against what is here: the calls behind `verify`."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from manifesto_cli.cli.addresses import address_of
from manifesto_cli.disk.contents import pieces
from manifesto_cli.disk.projects import find_project
from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.loading import load
from manifesto_cli.model.quantity import Day
from manifesto_cli.pipeline import site_url
from manifesto_cli.publish import verifying
from manifesto_cli.publish.answers import Expected, Seen, seen
from manifesto_cli.publish.fetching import fetch, fetch_all
from manifesto_cli.publish.ledger import EMPTY, Ledger
from manifesto_cli.publish.live import NOT_THERE, Found, found_at
from manifesto_cli.publish.making import Publication, made
from manifesto_cli.publish.verifying import Report, State
from manifesto_cli.publish.web import Root, root_of
from manifesto_cli.rendering.files import File
from manifesto_cli.settings import Settings
from manifesto_cli.telling import Tell, told

_MORE = 1 << 20
"""How many bytes a file may have grown on its way: what a host puts into pages is seen, and not just that it does."""
_UNKNOWN = 1 << 24
"""How many bytes are taken of a file that is not here."""


class Verified(Struct, frozen=True):
    """How it went."""

    faults: Faults
    """What stands against a build here; then there is nothing to compare with."""
    report: Report | None
    notes: tuple[str, ...] = ()
    """What to know of the address."""


def verify_site(start: Path, url: str | None, today: Day, tell: Tell) -> Verified:
    """Hold the site that is live against a strict build of the nearest project. `url` is where it is, if not where the manifesto says."""
    project = find_project(start)
    tell("reading")
    loaded = load(project)
    manifesto = loaded.value.manifesto if loaded.value else None
    if manifesto is None:
        return Verified(loaded.faults, None)
    own, given = site_url(manifesto, None), address_of(url)
    address = site_url(manifesto, given)
    if address is None:
        raise ManifestoError(
            "neither the manifesto nor the command says where the site is",
            help="write `url: https://example.org/` under `site:`, or type `manifesto verify https://example.org/`",
            status=Exit.USAGE,
        )
    root = root_of(address)
    tell(f"asking {root.name}")
    found = found_at(root)
    before = found.ledger or EMPTY
    # Some files name the address: what is live may have been made for the manifesto's own, or for the one that was typed.
    tried = dict.fromkeys((own or address, address) if before is not EMPTY else (address,))
    with ExitStack() as stack:
        builds: dict[str, Publication] = {}
        for made_for in tried:
            making = made(project, Settings(today, made_for), lambda _: before, tell, kept=before.kept)
            outcome = stack.enter_context(making)
            if outcome.value is None:
                return Verified(outcome.faults, None)
            builds[made_for] = outcome.value
            if outcome.value.ledger.build == before.build:
                break
        nearest = max(builds, key=lambda made_for: _alike(builds[made_for].ledger, before))
        report = _compared(builds[nearest], found, tell)
    return Verified((), report, _notes(root, found.root, nearest if nearest != own else "", own))


def _alike(one: Ledger, other: Ledger) -> int:
    """How many files two sites have in common."""
    return len(one.files.items() & other.files.items())


def _compared(new: Publication, found: Found, tell: Tell) -> Report:
    contents = {file.path: file.content for file in new.files if isinstance(file, File)}
    expected = Expected(new.ledger, contents, new.imprint)
    if (
        found.ledger is None
        and not found.trouble
        and fetch(found.root, verifying.HOME, _UNKNOWN).status in NOT_THERE
    ):
        return verifying.without_site(State.nothing, expected, found)
    most = {file.path: sum(map(len, pieces(file))) + _MORE for file in new.files}
    wrong = verifying.wrong_address(expected, found.ledger)
    paths = verifying.wanted(expected, found.ledger, wrong)
    answers = _asked(expected, found, {path: most.get(path, _UNKNOWN) for path in paths}, tell)
    others = verifying.respellings(expected, found.ledger, answers)
    found_so = _asked(expected, found, dict.fromkeys({*others.values()}, _UNKNOWN), tell)
    respelt = {path: other for path, other in others.items() if found_so[other].there}
    return verifying.report(expected, found, answers, respelt, wrong)


def _asked(expected: Expected, found: Found, most: Mapping[str, int], tell: Tell) -> dict[str, Seen]:
    """What the host says about each file."""
    answers = fetch_all(found.root, most)
    return {
        path: seen(expected, found.ledger, path, answer)
        for _, (path, answer) in zip(told(tell, "checking", most, "file"), answers, strict=True)
    }


def _notes(asked: Root, found: Root, other: str, own: str | None) -> tuple[str, ...]:
    """What to know of the address: `other` is one that is not the manifesto's own."""
    notes = []
    if other:
        instead = f" in place of `site.url`, {own}," if own else ""
        notes.append(f"what is here was built for {other}{instead} as `--base-url` does")
    if found != asked:
        notes.append(
            f"the host leads on from {asked.url} to {found.url}; better write that as `url:` under `site:`"
        )
    if found.scheme == "http" and not found.near:
        notes.append("without `https`, anybody on the way can read and change what readers get")
    return tuple(notes)
