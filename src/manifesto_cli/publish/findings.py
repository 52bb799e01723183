"""The single things that differ between a site as it should be and as it is live, each in words to be read behind its address."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from manifesto_cli.publish.answers import Seen
from manifesto_cli.publish.ledger import NAME, Ledger
from manifesto_cli.publish.live import NOT_THERE, Found

NOT_FOUND = "404.html"
FOR_HOSTS = frozenset({".nojekyll", "CNAME", "_headers", "_redirects"})
"""What is there for hosts, who need not show it to anybody."""

MISSING = 404
_CLOSED = {401, 403}
_NAMED = 3


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


class Finding(Struct, frozen=True):
    """One thing that differs."""

    kind: Kind
    path: str
    title: str
    """Of the page; empty for what is no page."""
    text: str
    """What is the matter with it, to be read behind its address."""


def files(
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
        elif live is None:
            yield Finding(Kind.differs, path, title, answer.how or "is not as it is here")
        elif theirs.get(path) == answer.digest:
            yield Finding(Kind.differs, path, title, "is of another build")
        else:
            yield Finding(
                Kind.changed, path, title, answer.how or "is neither as it is here nor as it was published"
            )
    for path in dict.fromkeys((*ours.files, *theirs)):
        if answers[path].media_type:
            text = f"is shown as `{answers[path].media_type}`, so browsers do not take it for what it is"
            yield Finding(Kind.media_type, path, _title(path, ours, live), text)


def leftovers(
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


def pages(ours: Ledger, live: Ledger | None, answers: Mapping[str, Seen]) -> Iterator[Finding]:
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


def leading(ours: Ledger, live: Ledger | None, answers: Mapping[str, Seen]) -> Iterator[Finding]:
    """Earlier addresses that do not lead to where they should."""
    for path, target in (live or ours).moved.items():
        answer, title = answers[path], _title(target, ours, live)
        if not answer.there:
            continue  # that it is missing has been said
        if not answers[target].there:
            yield Finding(Kind.moved, path, title, f"leads on to `{target}`, which is not there")
        elif answer.leads_to != target and answer.digest != ours.files.get(path):
            yield Finding(Kind.moved, path, title, f"does not lead on to `{target}`")


def of_wrong(ours: Ledger, live: Ledger | None, answer: Seen, wrong: str) -> Iterator[Finding]:
    """What is the matter with how wrong addresses are answered. Where a theme has no page for them, readers see that of the host."""
    own = {ledger.files[NOT_FOUND] for ledger in (ours, live) if ledger and NOT_FOUND in ledger.files}
    text = ""
    if answer.trouble:
        text = f"stands for all wrong addresses, and {answer.trouble}"
    elif answer.status != MISSING:
        text = f"stands for all wrong addresses, and is answered as if it were a page ({answer.status}, not {MISSING})"
    elif own and answer.digest not in own:
        text = f"stands for all wrong addresses, and readers are not shown `{NOT_FOUND}`"
    if text:
        yield Finding(Kind.wrong_address, wrong, "", text)


def of_list(ours: Ledger, found: Found, differing: Collection[str]) -> Iterator[Finding]:
    """What is the matter with the list of the live site."""
    if found.trouble:
        # The whole sentence names the file and the host once more.
        yield Finding(Kind.list, NAME, "", f"is of no use: {found.trouble.rpartition('cannot be used: ')[2]}")
    elif found.ledger is None:
        yield Finding(
            Kind.list, NAME, "", "is not there: `manifesto build` writes none, `manifesto publish` does"
        )
    elif found.ledger.build != ours.build and not differing:
        yield Finding(Kind.list, NAME, "", "is of another build than the files")


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
