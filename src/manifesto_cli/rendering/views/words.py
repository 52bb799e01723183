"""Numbers, dates and choices as readers see them."""

import re
from decimal import Decimal
from urllib.parse import urlsplit

from manifesto_cli.merging.dates import MONTHS, WEEKDAYS, in_words
from manifesto_cli.model.case_study import Place
from manifesto_cli.model.claim import Figure
from manifesto_cli.model.imprint import Imprint, Person
from manifesto_cli.model.quantity import Day, Number, PartialDate
from manifesto_cli.patterns import pattern
from manifesto_cli.rendering.views.elements import DayView, FigureView

_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})

POWER = {
    "own": "The office can do this itself",
    "with-partners": "The office can do this with partners",
    "lobby": "The office cannot do this itself, but can press those who can",
}
SHORT_POWER = {"own": "In my power", "with-partners": "With partners", "lobby": "A case to make"}
LEVERS = {
    "commission": "commissioning services",
    "convene": "bringing people together",
    "fund": "paying for it",
    "set-priority": "setting a priority",
    "hold-to-account": "holding others to account",
    "campaign": "campaigning",
    "legislate": "making law",
}
STATUS = {
    "current": "",
    "ended": "It has ended.",
    "renamed": "It now has another name.",
    "planned": "It is planned, not yet running.",
}
STRENGTH = {
    "anecdote": "Reports by people involved",
    "monitoring": "Monitoring figures",
    "evaluation": "An evaluation",
    "review": "A review of several evaluations",
}
INDEPENDENT = frozenset({"charity", "cic"})
"""Kinds of organisation that must not be seen to support a candidate (Charity Commission guidance CC9)."""


def number_words(value: Number | Decimal) -> str:
    """A number with its thousands separated."""
    return f"{value:,f}"


def money(value: Number | Decimal, currency: str) -> str:
    """A sum of money. Pence and cents have two digits wherever there are any."""
    sign = _SIGNS.get(currency)
    whole, point, rest = number_words(value).partition(".")
    amount = f"{whole}{point}{rest.ljust(2, '0')}" if rest else whole
    return f"{sign}{amount}" if sign else f"{amount} {currency}"


def with_unit(value: Number | Decimal, unit: str | None) -> tuple[str, str]:
    """A number, its unit joined to it where that is a sign; and what is left of the unit."""
    if unit in ("percent", "per cent", "%"):
        return f"{number_words(value)}%", ""
    if unit in _SIGNS:
        return money(value, unit), ""
    return number_words(value), unit or ""


_THOUSANDS = pattern(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_NUMBER = pattern(r"(?<![0-9.])([0-9]{1,18}(?:\.[0-9]{1,9})?)(?: ?(thousand|million|billion|k|m|bn)\b)?")
_SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9}
_SMALL = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SPELLED = {
    **{word: Decimal(i) for i, word in enumerate(_SMALL.split(), 2)},
    **{word: Decimal(i * 10) for i, word in enumerate(_TENS.split(), 2)},
}


def says(text: str, value: Decimal) -> bool:
    """Whether a text gives a number: in digits, as so many thousands, millions or billions, or as a word of English.

    Where it does in some other way, this is false: then the number is shown beside the text, and is only said twice.
    """
    digits = (
        Decimal(found[1]).scaleb(_SCALES.get(found[2], 0))
        for found in _NUMBER.finditer(_THOUSANDS.sub("", text))
    )
    spelled = (_SPELLED.get(word) for word in re.findall(r"[a-z]+", text.lower()))
    return abs(value) in digits or abs(value) in spelled


def figure_view(figure: Figure) -> FigureView:
    """A figure, its unit joined to the number where that is a sign."""
    number, unit = with_unit(figure.value, figure.unit)
    return FigureView(number, figure.qualifier or "", unit, figure.label or "")


def date_words(date: Day | PartialDate | None, language: str) -> str:
    """A date as running text has it; empty for none."""
    return in_words(date, language) if date else ""


def day_view(day: Day | None, language: str) -> DayView | None:
    """A day in its parts; in languages whose names are not known only the numbers."""
    if day is None:
        return None
    english = language.startswith("en")
    return DayView(
        words=in_words(day, language),
        weekday=WEEKDAYS[day.weekday()] if english else "",
        day=str(day.day),
        month=MONTHS[day.month - 1] if english else "",
        year=str(day.year),
    )


def host(domain: str | None, url: str | None) -> str:
    """Who keeps a site, as far as its addresses tell; a `domain` is there for GitHub Pages only."""
    return "GitHub" if domain or (url and (urlsplit(url).hostname or "").endswith(".github.io")) else ""


def place_words(place: Place | None) -> str:
    """Where something is: the name and the region."""
    return ", ".join(part for part in (place.name, place.region) if part) if place else ""


def direction(language: str) -> str:
    """Which way a language is written: `ltr` or `rtl`."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def imprint_words(imprint: Imprint, *, printed: bool) -> str:
    """The imprint as one text, in the form that campaigns in the United Kingdom use.

    Name and postal address of the promoter and of everyone on whose behalf it is published (Elections Act 2022,
    part 6, and the Electoral Commission's statutory guidance on digital imprints); on paper also the printer's
    (Representation of the People Act 1983, section 110).
    """
    people = (imprint.promoter, *imprint.on_behalf_of) if imprint.promoter else ()
    addresses = {_address(person) for person in people}
    together = len(people) > 1 and len(addresses) == 1
    names = [person.name if together else _person(person) for person in people]
    parts = []
    if names:
        joint = f", {'both' if len(people) == 2 else 'all'} at {addresses.pop()}" if together else ""  # noqa: PLR2004 - two are both
        behalf = f"{'' if together else ','} on behalf of {'; '.join(names[1:])}" if names[1:] else ""
        parts.append(f"Promoted by {names[0]}{behalf}{joint}.")
    if printed and imprint.printer:
        parts.append(f"Printed by {_person(imprint.printer)}.")
    return " ".join(parts)


def _person(person: Person) -> str:
    return " of ".join(part for part in (person.name, _address(person)) if part)


def _address(person: Person) -> str:
    return (
        " ".join((person.address or "").replace("\n", ", ").split())
        .rstrip(",")
        .replace(" ,", ",")
        .replace(",,", ",")
    )
