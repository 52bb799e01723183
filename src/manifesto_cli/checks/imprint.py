"""What election law asks of an imprint."""

import re
from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined
from manifesto_cli.checks.jurisdictions import PROFILES
from manifesto_cli.faults.diagnostic import Diagnostic, error, warning
from manifesto_cli.merging.placeholders import hole_names
from manifesto_cli.model.imprint import Person
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.origin import Step

_NOT_POSTAL = pattern(
    r"\S+@\S+|(?:https?://|www\.)\S+|\b(?:e-?mail|tel(?:ephone)?|phone|mobile|web(?:site)?)\b", re.IGNORECASE
)
_LETTER = pattern(r"[^\W\d_]")


def imprint_incomplete(examined: Examined) -> Iterator[Diagnostic]:
    """An imprint lacks what the law of its jurisdiction asks for.

    In the United Kingdom digital campaign material carries the name and the postal address of its promoter, and of
    everyone on whose behalf it is published; a PO box will do (Elections Act 2022, part 6; Electoral
    Commission, statutory guidance on digital imprints). This is not legal advice.

    Mend it by adding the name and address under `imprint:`. Where no rules ask for an imprint, write `jurisdiction: none`.
    """
    if examined.edition is None:
        return
    imprint, origin = examined.edition.manifesto.imprint, examined.edition.origin
    profile = PROFILES[imprint.jurisdiction]
    if profile.promoter and imprint.promoter is None:
        yield error(
            "imprint-incomplete",
            "the imprint does not say who promotes the publication",
            origin.name("imprint"),
            "`promoter:` is missing here",
            help="add `promoter:` with `name:` and `address:`",
        )
    for path, person in _people(examined):
        if not (person.address or "").strip():
            who = "the promoter" if path[1] == "promoter" else "everyone on whose behalf it is published"
            yield error(
                "imprint-incomplete",
                f"the imprint needs the postal address of {who}",
                origin.at(*path, "name"),
                "no address for this name",
                help="add `address:` with a postal address; a PO box will do",
            )


def imprint_not_postal(examined: Examined) -> Iterator[Diagnostic]:
    """An address in the imprint is an e-mail address, a website or a telephone number, and none that a letter can reach.

    In the United Kingdom the address must be a postal one: home, office, business, PO box and mailbox services are all
    allowed (Electoral Commission, statutory guidance on digital imprints). This is not legal advice.

    Mend it by writing the postal address; an e-mail address may stand beside it, or under `contact:`.
    """
    if examined.edition is None:
        return
    for path, person in _people(examined):
        if (person.address or "").strip() and not _LETTER.search(_NOT_POSTAL.sub(" ", person.address or "")):
            yield error(
                "imprint-not-postal",
                "an imprint needs an address that a letter can reach",
                examined.edition.origin.at(*path, "address"),
                "not a postal address",
                help="write the postal address; a PO box will do",
            )


def imprint_on_behalf(examined: Examined) -> Iterator[Diagnostic]:
    """An imprint names a promoter who is not the candidate, and nobody on whose behalf the publication is made.

    In the United Kingdom it must name everyone on whose behalf the promoter publishes, with a postal address (Elections Act 2022,
    section 41). For a candidate's manifesto that is nearly always the candidate. This is not legal advice.

    Mend it by adding the candidate or the party under `on_behalf_of:`; if the promoter does publish for nobody
    else, allow it: `allow: [imprint-on-behalf]`.
    """
    if examined.edition is None:
        return
    manifesto, origin = examined.edition.manifesto, examined.edition.origin
    imprint = manifesto.imprint
    if not PROFILES[imprint.jurisdiction].on_behalf_of or imprint.promoter is None or imprint.on_behalf_of:
        return
    if next(hole_names(imprint.promoter.name), None):
        return  # nothing fills the name, which has been said
    names = {manifesto.candidate.name, manifesto.candidate.party or ""}
    if _folded(imprint.promoter.name) not in map(_folded, names):
        yield warning(
            "imprint-on-behalf",
            "the imprint does not say on whose behalf the promoter publishes",
            origin.at("imprint", "promoter", "name"),
            "neither the candidate nor the party",
            help=f'add `on_behalf_of: [{{name: "{manifesto.candidate.name}", address: "…"}}]` under `imprint:`',
        )


def imprint_without_printer(examined: Examined) -> Iterator[Diagnostic]:
    """A publication that is meant for paper does not name its printer.

    In the United Kingdom printed election material carries the printer's name and address beside the promoter's, on its
    first or last page (Representation of the People Act 1983, section 110; Political Parties, Elections and Referendums Act 2000, section 143).
    Whoever prints at home is the printer. This is not legal advice.

    Mend it by adding `printer:` under `imprint:`; if the booklet will never be printed, allow it: `allow: [imprint-without-printer]`.
    """
    if examined.edition is None or not examined.printed:
        return
    imprint, origin = examined.edition.manifesto.imprint, examined.edition.origin
    if not PROFILES[imprint.jurisdiction].printer:
        return
    if imprint.printer is None or not (imprint.printer.address or "").strip():
        yield warning(
            "imprint-without-printer",
            "the imprint of what is printed needs its printer's name and address",
            origin.name("imprint", "printer") if imprint.printer else origin.name("imprint"),
            "no address for the printer" if imprint.printer else "`printer:` is missing here",
            help="add `address:` under `printer:`"
            if imprint.printer
            else "add `printer:` with `name:` and `address:`",
        )


def _people(examined: Examined) -> Iterator[tuple[tuple[Step, ...], Person]]:
    """Those whose postal address the imprint must have, each with the path to it."""
    imprint = examined.edition.manifesto.imprint if examined.edition else None
    if imprint is None:
        return
    profile = PROFILES[imprint.jurisdiction]
    if profile.promoter and imprint.promoter:
        yield ("imprint", "promoter"), imprint.promoter
    if profile.on_behalf_of:
        yield from ((("imprint", "on_behalf_of", i), person) for i, person in enumerate(imprint.on_behalf_of))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
