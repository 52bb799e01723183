"""The list of what is published, as the live site shows it."""

from enum import Enum
from urllib.parse import urlsplit

from msgspec import Struct

from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.publish.fetching import LIMITS, Answer, Limits, fetch
from manifesto_cli.publish.ledger import LARGEST, NAME, Ledger, read_ledger
from manifesto_cli.publish.web import Root, root_of
from manifesto_cli.publish.web_refusals import NoHostError

MOST = 20_000
"""How many addresses and files of a list are believed: a site of a thousand ideas has some two thousand. Each of them would be asked for."""

THERE, NOT_THERE = 200, frozenset({404, 410})


class Absence(Enum):
    """Why there is no list."""

    LIST = "list"
    """The host is there, and shows none: nothing was published there, or not by `publish`."""
    HOST = "host"
    """There is no host of this name: nothing can be live there, or this machine is not connected."""


class Found(Struct, frozen=True):
    """What a site says of itself."""

    root: Root
    """Where the site is: the host may have led on from where it was looked for."""
    ledger: Ledger | None
    trouble: str = ""
    """Why the list that there is cannot be used; empty where there is none."""


def published_at(url: str, limits: Limits = LIMITS) -> Ledger | Absence:
    """The list at a site's address, or why there is none. ManifestoError where that cannot be known, or the list cannot be used."""
    root = root_of(url)
    try:
        answer = _asked(root, limits)
    except NoHostError:
        return Absence.HOST
    return Absence.LIST if answer.status in NOT_THERE else _read(answer)


def found_at(root: Root, limits: Limits = LIMITS) -> Found:
    """What the site there says of itself. ManifestoError where nothing answers, or leads away from the host."""
    answer = _asked(root, limits)
    place, _, name = answer.address.rpartition("/")
    settled = root_of(f"{place}/") if name == NAME else root
    if answer.status in NOT_THERE:
        return Found(settled, None)
    try:
        return Found(settled, _read(answer))
    except ManifestoError as fault:
        return Found(settled, None, fault.headline)


def _asked(root: Root, limits: Limits) -> Answer:
    answer = fetch(root, NAME, LARGEST, limits)
    if answer.trouble or answer.status not in {THERE, *NOT_THERE}:
        what = answer.trouble or f"answers with {answer.status}"
        raise ManifestoError(
            f"`{answer.address}` {what}",
            help=f"open `{root.url}` in a browser, and correct the address or what the host does",
        )
    return answer


def _read(answer: Answer) -> Ledger:
    where = urlsplit(answer.address).netloc
    help = "publish the site anew with `manifesto publish`"
    ledger = read_ledger(answer.body, where, help=help)
    if len({*ledger.files, *ledger.addresses, *ledger.moved}) > MOST:
        raise ManifestoError(
            f"`{NAME}` of {where} cannot be used: it lists more than {MOST:,} addresses", help=help
        )
    return ledger
