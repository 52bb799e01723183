"""Whether the office that a candidate stands for could do what is promised."""

import re
from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined
from manifesto_cli.faults.diagnostic import Diagnostic, Label, note, warning
from manifesto_cli.faults.nearest import slip
from manifesto_cli.patterns import pattern

_PROMISE = pattern(r"\b(?:I|we)(?:\s+(?:will|shall)|['\u2019]ll)\b", re.IGNORECASE)
_MANY = 3
"""So many picks that an office could not carry out are each worth a word."""
_SMALL = ("and", "of", "the", "for")
_ASKING = pattern(
    r"\b(?:ask|appeal|argue|back|bring|call|campaign|challenge|convince|demand|encourage|fight|invite|lobby|make the case|"
    r"persuade|petition|plead|press|propose|push|put (?:it|this|the)|raise|request|seek|speak|stand up|support|take (?:it|this|the case) to|"
    r"tell|urge|work (?:with|to|for)|write)(?:s|es|ed|ing)?\b",
    re.IGNORECASE,
)


def wrong_office(examined: Examined) -> Iterator[Diagnostic]:
    """A manifesto picks an idea that the office it is for could not carry out.

    An idea lists under `offices:` who could carry it out; without a list anyone could. Offices are compared as they are written:
    `police-and-crime-commissioner` is not `pcc`.

    Mend it by writing the office as ideas do; by leaving the idea out; or, if the office can do it where you stand, by writing `offices:` beside the pick.
    """
    edition = examined.edition
    if edition is None:
        return
    role = edition.manifesto.office.role
    named = {office for pledge in edition.pledges for office in pledge.idea.offices}
    meant = _other_name(role, named)
    unable = [pledge for pledge in edition.pledges if pledge.idea.offices and role not in pledge.idea.offices]
    if meant or (role not in named and len(unable) > _MANY):  # one word is wrong, and not each of the picks
        first = next(pledge for pledge in unable if not meant or meant in pledge.idea.offices)
        known = ", ".join(f"`{office}`" for office in sorted(named))
        yield warning(
            "wrong-office",
            f"no idea that is picked knows the office `{role}`",
            edition.origin.at("office", "role"),
            f"ideas call it `{meant}`, or mean another" if meant else f"ideas know {known}",
            others=(Label(first.origin.name("offices"), "such as this one"),),
            help=f"write `role: {meant}` if that is the office"
            if meant
            else "write `role:` as ideas do; if it is another office, leave out what it cannot do, and write "
            f"`offices: [{role}]` beside each pick that it can",
        )
        return
    for pledge in edition.pledges:
        offices = pledge.idea.offices
        if offices and role not in offices:
            could = ", ".join(f"`{office}`" for office in offices)
            yield warning(
                "wrong-office",
                f"the office `{role}` could not carry out `{pledge.id}`",
                pledge.at,
                "picked here",
                others=(Label(pledge.origin.name("offices"), f"only {could} could"),),
                help=f"leave it out, or write `offices: [{role}]` beside the pick if it can be done where you stand",
            )


def _other_name(role: str, named: set[str]) -> str:
    """The name by which ideas seem to know an office, where none of them knows it by its own: `pcc` for `police-and-crime-commissioner`."""
    if role in named:
        return ""
    letters = {
        role,
        "".join(word[0] for word in role.split("-")),
        "".join(word[0] for word in role.split("-") if word not in _SMALL),
    }
    return next(iter(sorted(letters & named)), "") or slip(role, named)


def lobbying_as_own(examined: Examined) -> Iterator[Diagnostic]:
    """A pledge reads as if the office could do by itself what it can only ask for.

    The idea says `power: lobby`, so somebody else decides. "I will change the law" is more than a commissioner can promise; "I will press for a
    change in the law" is not. The sentence is looked through for words such as "ask", "press" or "campaign"; texts in languages other than English are not judged.

    Mend it by saying in `pledge:` who is asked, and how.
    """
    edition = examined.edition
    if edition is None or not edition.manifesto.language.startswith("en"):
        return
    for pledge in edition.pledges:
        field = "pledge" if pledge.idea.pledge else "summary"
        statement = pledge.idea.pledge or pledge.idea.summary
        if pledge.idea.power == "lobby" and _PROMISE.search(statement) and not _ASKING.search(statement):
            yield note(
                "lobbying-as-own",
                f"`{pledge.id}` can only be asked for, and reads like a promise to do it",
                pledge.origin.at(field),
                "says what will be done, not who is asked for it",
                others=(Label(pledge.origin.at("power"), "somebody else decides"),),
                help="write `pledge: I will press … to …`",
            )
