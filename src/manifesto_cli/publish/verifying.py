"""What is live against what is here: a site as it should be + what a host has answered → what differs. It asks nobody itself."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from itertools import islice

from msgspec import Struct

from manifesto_cli.disk.paths import folded
from manifesto_cli.publish.answers import Expected, Seen
from manifesto_cli.publish.findings import (
    FOR_HOSTS,
    MISSING,
    NOT_FOUND,
    Finding,
    Kind,
    files,
    leading,
    leftovers,
    of_list,
    of_wrong,
    pages,
)
from manifesto_cli.publish.ledger import NAME, Ledger
from manifesto_cli.publish.live import Found

HOME = "index.html"
_TRIED = 100


class State(StrEnum):
    """What is live, as a whole."""

    same = "same"
    other = "other"
    """Another build, and all of it as it was published."""
    broken = "broken"
    """Half published, or changed at the host."""
    unlisted = "unlisted"
    """There is a site, and no list of what was published that can be used."""
    foreign = "foreign"
    """There is another site: no file is as it is here."""
    nothing = "nothing"
    """There is no site."""


class Report(Struct, frozen=True):
    """What is live against what is here."""

    state: State
    url: str
    """Where the site is."""
    here: str
    """The build that is here."""
    live: str
    """The build that is live, as it says itself; empty where it does not."""
    pages: int
    addresses: int
    """How many pages there are here, and how many addresses, with those that lead on."""
    arrived: int
    """How many of the files that are not as the live list has them are as they are here: then the host may still be at it."""
    findings: tuple[Finding, ...]
    headers: Mapping[str, str]
    """The headers for safety that the host sends with the first page, and what they say."""
    led: tuple[str, str] | None
    """An address that leads on at the host, and the one that it leads to."""


def wanted(expected: Expected, live: Ledger | None, wrong: str) -> tuple[str, ...]:
    """Every path to ask for: what should be there, what is said to be there, and one at which there is nothing."""
    paths: dict[str, None] = {}
    for ledger in filter(None, (expected.ledger, live)):
        paths |= dict.fromkeys((*ledger.files, *ledger.addresses, *ledger.moved, *ledger.moved.values()))
    paths.pop(NAME, None)
    return (*paths, wrong)


def wrong_address(expected: Expected, live: Ledger | None) -> str:
    """A path at which there is nothing; in a folder, since the page for wrong addresses must work there as well."""
    name = f"pledges/nothing-{expected.ledger.build[:8]}"
    while any(f"{name}.html" in ledger.files for ledger in filter(None, (expected.ledger, live))):
        name += "-"
    return f"{name}.html"


def respellings(expected: Expected, live: Ledger | None, answers: Mapping[str, Seen]) -> Mapping[str, str]:
    """For files that are not there, in which other letters they could be: people's own disks often do not tell capitals apart, hosts do."""
    theirs = {folded(path): path for path in (live.files if live else ()) if answers[path].there}
    tried = {
        path: theirs.get(folded(path), path.lower())
        for path in expected.ledger.files
        if answers[path].status == MISSING and path not in FOR_HOSTS
    }
    return dict(islice(((path, other) for path, other in tried.items() if other != path), _TRIED))


def report(
    expected: Expected, found: Found, answers: Mapping[str, Seen], respelt: Mapping[str, str], wrong: str
) -> Report:
    """What differs, with what concerns readers most first. There is an answer for each path that was wanted.

    `respelt` are the files that are there in other letters.
    """
    ours, live = expected.ledger, found.ledger
    differing = _not_as(ours, answers)
    contradicting = _not_as(live, answers) if live else ()
    state = _state(ours, found, differing, contradicting)
    if state is State.foreign:
        return without_site(state, expected, found)
    findings = [
        *files(ours, live, answers, differing, respelt),
        *leftovers(ours, live, answers, contradicting),
        *pages(ours, live, answers),
        *leading(ours, live, answers),
        *of_wrong(ours, live, answers[wrong], wrong),
        *of_list(ours, found, differing),
    ]
    kinds = [*Kind]
    return Report(
        state,
        found.root.url,
        ours.build,
        live.build if live else "",
        *_counts(ours),
        len({*contradicting} & {*ours.files} - {*differing}),
        tuple(sorted(findings, key=lambda found: (kinds.index(found.kind), not found.title, found.path))),
        answers[HOME].headers if HOME in answers else {},
        next(filter(None, (_led(found.root.at(path), answer) for path, answer in answers.items())), None),
    )


def without_site(state: State, expected: Expected, found: Found) -> Report:
    """What there is to say where there is nothing of the site, and so no end of things that differ."""
    ours = expected.ledger
    return Report(state, found.root.url, ours.build, "", *_counts(ours), 0, (), {}, None)


def _counts(ours: Ledger) -> tuple[int, int]:
    return len(ours.addresses), len({*ours.addresses, *ours.moved})


def _led(asked: str, answer: Seen) -> tuple[str, str] | None:
    return (asked, answer.address) if answer.there and answer.address != asked else None


def _not_as(ledger: Ledger, answers: Mapping[str, Seen]) -> tuple[str, ...]:
    """What the host does not show as a list has it: files, and addresses that are gone."""
    pages = {*ledger.addresses, *ledger.moved} - {*ledger.files}
    return (
        *(
            path
            for path, digest in ledger.files.items()
            if path != NAME and not _as_listed(path, digest, answers[path])
        ),
        *sorted(path for path in pages if not answers[path].there),
    )


def _as_listed(path: str, digest: str, answer: Seen) -> bool:
    if path in FOR_HOSTS and not answer.there:
        return True
    # Some hosts say of the page for wrong addresses, wherever it is, that it is none.
    there = answer.there or (path == NOT_FOUND and answer.status == MISSING and not answer.trouble)
    return there and answer.digest == digest


def _state(ours: Ledger, found: Found, differing: Collection[str], contradicting: Collection[str]) -> State:
    if found.ledger is None:
        readable = {*ours.files} - FOR_HOSTS
        return State.foreign if readable <= {*differing} else State.unlisted
    if found.ledger.build == ours.build:
        return State.broken if differing else State.same
    return State.broken if contradicting else State.other
