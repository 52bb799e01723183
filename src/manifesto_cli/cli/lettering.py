"""The letter that asks a party to a deal for its part: the call behind `deal letter`, and what it prints."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.cli.deals import WantedDeal, value_for, wanted_deal
from manifesto_cli.cli.new_file import written
from manifesto_cli.cli.shown import safe
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.disk.projects import find_project
from manifesto_cli.faults.diagnostic import Faults, Outcome, in_reading_order
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.making import files, making
from manifesto_cli.model.deal import FINISHED
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs.letter import Letter, letter_output
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.views.letter import asked
from manifesto_cli.settings import Settings

_COMMAND = "manifesto deal letter"


class Order(Struct, frozen=True):
    """Which letter to write, as it was typed."""

    start: Path
    name: str
    to: str | None
    date: str | None
    output: Path | None
    settings: Settings


def write_letter(order: Order, terminal: Terminal) -> Faults:
    """Print or write the letter; everything that is wrong with the manifesto. With an error nothing is written.

    ManifestoError where there is no such letter: nobody picks the deal, it is over, or nothing is asked of whom it should go to.
    """
    heard: list[str] = []
    wanted = wanted_deal(order.start, order.name, _COMMAND, heard.append)
    _demand_open(wanted)
    letter = Letter(wanted.deal.key, _addressee(wanted, order.to), _day(order.date))
    root, output = find_project(order.start), letter_output(letter)
    with (
        terminal.telling() as tell,
        making(root, output, replace(order.settings, jobs=1), tell, strict=False) as ready,
    ):
        made = files(ready.value, tell) if ready.value else Outcome(())
        text = b"".join(file.content for file in made.value or () if isinstance(file, File))
    for line in heard:
        terminal.say(line)
    if text and order.output:
        terminal.say(written(order.output, text, f"{wanted.deal.id}.md"))
    elif text:
        print(safe(text.decode()), end="")
    return in_reading_order((*ready.faults, *made.faults))


def _demand_open(wanted: WantedDeal) -> None:
    """ManifestoError where the manifesto does not pick the deal, or nothing is asked in it any more."""
    name, status = wanted.deal.id, wanted.deal.deal.status
    if not wanted.picked:
        raise ManifestoError(
            f"only a deal that a manifesto picks can become a letter, and none picks `{name}` here",
            help=value_for(wanted, wanted.missing),
            status=Exit.USAGE,
        )
    if status in FINISHED:
        raise ManifestoError(
            f"the deal `{name}` is {status}, so there is nothing to ask any more",
            help=f"if it goes on, write `status: negotiating` for it under `deals:` in `{MANIFESTO}`",
            status=Exit.CONTENT,
        )
    if not wanted.deal.deal.asks:
        raise ManifestoError(
            f"the deal `{name}` asks nothing of anybody, so there is no letter to write",
            help="add what is asked under `asks:` of the deal; `manifesto new deal ID` shows how",
            status=Exit.CONTENT,
        )


def _addressee(wanted: WantedDeal, to: str | None) -> str:
    """The id of the party that the letter goes to; ManifestoError where that is not said, or nothing is asked of it."""
    parties = asked(wanted.deal)
    lines = _listed([f"{_COMMAND} {wanted.deal.id} --to {party}" for party in parties])
    if to is None:
        if len(parties) == 1:
            return parties[0]
        raise ManifestoError(
            f"the deal `{wanted.deal.id}` asks something of {len(parties)} parties, and a letter goes to one",
            help=f"write {lines}",
            status=Exit.USAGE,
        )
    if to in parties:
        return to
    known = [party.id for party in wanted.deal.deal.parties]
    if to in known:
        headline, help = f"the deal `{wanted.deal.id}` asks nothing of `{to}`", f"write {lines}"
    else:
        headline = f"there is no party `{to}` in the deal `{wanted.deal.id}`"
        meant = nearest(to, parties)
        help = f"did you mean `--to {meant}`?" if meant else f"write {lines}"
    raise ManifestoError(headline, help=help, status=Exit.USAGE)


def _day(written: str | None) -> Day | None:
    try:
        return Day.parse(written) if written is not None else None
    except ValueError:
        raise ManifestoError(
            f"`{written}` is not {Day.expected}", help="write `--date 2026-01-31`", status=Exit.USAGE
        ) from None


def _listed(lines: Sequence[str]) -> str:
    return " or ".join(f"`{line}`" for line in lines)
