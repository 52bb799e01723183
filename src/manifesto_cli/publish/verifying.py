"""What is live against what is here: a site as it should be + what a host has answered → what differs. It asks nobody itself."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from itertools import islice

from msgspec import Struct

from manifesto_cli.disk.paths import folded
from manifesto_cli.publish.answers import Expected, Seen
from manifesto_cli.publish.ledger import NAME, Ledger
from manifesto_cli.publish.live import NOT_THERE, Found

HOME = "index.html"
NOT_FOUND = "404.html"
FOR_HOSTS = frozenset({".nojekyll", "CNAME", "_headers", "_redirects"})
"""What is there for hosts, who need not show it to anybody."""

_MISSING, _CLOSED = 404, {401, 403}
_NAMED = 3
_TRIED = 100


class Kind(StrEnum):
    """What can differ, in the order in which it concerns readers."""

    missing = "missing"
    imprint = "imprint"
    differs = "differs"
    changed = "changed"
    media_type = "type"
    anchor = "anchor"
    moved = "moved"
    wrong_address = "wrong-address"
    extra = "extra"
    list = "list"


_KINDS = [*Kind]


class State(StrEnum):
    """What is live, as a whole."""

    same = "same"
    other = "other"
    """Another build, and all of it as it was published."""
    broken = "broken"
    """Half published, or changed at the host."""
    unlisted = "unlisted"
    """There is a site, and no list of what was published that can be used."""
    nothing = "nothing"
    """There is no site."""


class Finding(Struct, frozen=True):
    """One thing that differs."""

    kind: Kind
    path: str
    title: str
    """Of the page; empty for what is no page."""
    text: str
    """What is the matter with it, to be read behind its address."""


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
        if answers[path].status == _MISSING and path not in FOR_HOSTS
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
    findings = [
        *_files(ours, live, answers, differing, respelt),
        *_leftovers(ours, live, answers, contradicting),
        *_pages(ours, live, answers),
        *_leading(ours, live, answers),
        *_of_wrong(ours, live, answers[wrong], wrong),
        *_of_list(found),
    ]
    return Report(
        _state(ours, found, differing, contradicting),
        found.root.url,
        ours.build,
        live.build if live else "",
        *_counts(ours),
        len({*contradicting} & {*ours.files} - {*differing}),
        tuple(sorted(findings, key=lambda finding: (_KINDS.index(finding.kind), finding.path))),
        answers[HOME].headers if HOME in answers else {},
        next(filter(None, (_led(found.root.at(path), answer) for path, answer in answers.items())), None),
    )


def nothing(expected: Expected, found: Found) -> Report:
    """What there is to say where nothing was published yet."""
    ours = expected.ledger
    return Report(State.nothing, found.root.url, ours.build, "", *_counts(ours), 0, (), {}, None)


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
    there = answer.there or (path == NOT_FOUND and answer.status == _MISSING and not answer.trouble)
    return there and answer.digest == digest


def _state(ours: Ledger, found: Found, differing: Collection[str], contradicting: Collection[str]) -> State:
    if found.ledger is None:
        return State.unlisted
    if found.ledger.build == ours.build:
        return State.broken if differing else State.same
    return State.broken if contradicting else State.other


def _files(
    ours: Ledger,
    live: Ledger | None,
    answers: Mapping[str, Seen],
    differing: Collection[str],
    respelt: Mapping[str, str],
) -> Iterator[Finding]:
    """What should be there and is not, or is not as it is here."""
    theirs = live.files if live else {}
    for path in differing:
        answer, title = answers[path], _title(path, ours, live)
        if path in respelt:
            yield Finding(
                Kind.missing, path, title, f"is there as `{respelt[path]}`, and hosts tell capitals apart"
            )
        elif not answer.there:
            yield Finding(Kind.missing, path, title, _absent(answer))
        elif live is None or theirs.get(path) == answer.digest:
            yield Finding(Kind.differs, path, title, answer.how or "is another")
        else:
            yield Finding(
                Kind.changed, path, title, answer.how or "is neither as it is here nor as it was published"
            )
    for path in dict.fromkeys((*ours.files, *theirs)):
        if answers[path].media_type:
            text = f"is shown as `{answers[path].media_type}`, so browsers do not take it for what it is"
            yield Finding(Kind.media_type, path, _title(path, ours, live), text)


def _leftovers(
    ours: Ledger, live: Ledger | None, answers: Mapping[str, Seen], contradicting: Collection[str]
) -> Iterator[Finding]:
    """What is said to be there, and is nothing that is here."""
    if live is None:
        return
    for path in dict.fromkeys((*live.files, *live.addresses, *live.moved)):
        answer, title = answers[path], _title(path, ours, live)
        if path in ours.files or path == NAME or path in FOR_HOSTS:
            continue
        if not answer.there:
            yield Finding(Kind.missing, path, title, f"was published, and {_absent(answer)}")
        elif path in contradicting:
            yield Finding(Kind.changed, path, title, "is not as it was published")
        else:
            yield Finding(Kind.extra, path, title, "is there, and here it is no more")


def _pages(ours: Ledger, live: Ledger | None, answers: Mapping[str, Seen]) -> Iterator[Finding]:
    """What a reader would miss on a page."""
    for path in dict.fromkeys((*ours.files, *(live.files if live else ()))):
        answer, title = answers[path], _title(path, ours, live)
        if not answer.signed:
            yield Finding(Kind.imprint, path, title, "does not carry the imprint as it is here")
        if answer.lacking:
            named = ", ".join(f"`#{anchor}`" for anchor in answer.lacking[:_NAMED])
            more = f" and {len(answer.lacking) - _NAMED:,} more" if len(answer.lacking) > _NAMED else ""
            yield Finding(
                Kind.anchor,
                path,
                title,
                f"has no place {named}{more}, to which links from elsewhere may lead",
            )


def _leading(ours: Ledger, live: Ledger | None, answers: Mapping[str, Seen]) -> Iterator[Finding]:
    """Earlier addresses that do not lead to where they should."""
    for path, target in (live or ours).moved.items():
        answer, title = answers[path], _title(target, ours, live)
        if not answer.there:
            continue  # that it is missing has been said
        if not answers[target].there:
            yield Finding(Kind.moved, path, title, f"leads on to `{target}`, which is not there")
        elif answer.leads_to != target and answer.digest != ours.files.get(path):
            yield Finding(Kind.moved, path, title, f"does not lead on to `{target}`")


def _of_wrong(ours: Ledger, live: Ledger | None, answer: Seen, wrong: str) -> Iterator[Finding]:
    """What is the matter with how wrong addresses are answered."""
    own = {ledger.files.get(NOT_FOUND) for ledger in (ours, live) if ledger}
    text = ""
    if answer.trouble:
        text = f"stands for all wrong addresses, and {answer.trouble}"
    elif answer.status != _MISSING:
        text = f"stands for all wrong addresses, and is answered as if it were a page ({answer.status}, not {_MISSING})"
    elif answer.digest not in own:
        text = f"stands for all wrong addresses, and readers are not shown `{NOT_FOUND}`"
    if text:
        yield Finding(Kind.wrong_address, wrong, "", text)


def _of_list(found: Found) -> Iterator[Finding]:
    if found.trouble:
        yield Finding(Kind.list, NAME, "", f"is of no use: {found.trouble}")
    elif found.ledger is None:
        yield Finding(
            Kind.list, NAME, "", "is not there: `manifesto build` writes none, `manifesto publish` does"
        )


def _absent(answer: Seen) -> str:
    if answer.trouble:
        return answer.trouble
    if answer.status in _CLOSED:
        return f"is closed to readers ({answer.status})"
    return "is not there" if answer.status in NOT_THERE else f"is answered with {answer.status}"


def _title(path: str, *ledgers: Ledger | None) -> str:
    """What a page is called; empty for what is no page."""
    listed = (ledger.addresses[path] for ledger in ledgers if ledger and path in ledger.addresses)
    return next((page.title for page in listed), "")
