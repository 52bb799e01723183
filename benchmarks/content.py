"""The content that all generators are given: ideas and case studies as values, always the same for the same number and seed.

The words are invented, and mean little. They are plain letters, so that no generator has typography to add to them.
"""

import datetime as dt
import random
import re
from collections.abc import Sequence

from msgspec import Struct

from benchmarks.sayings import KINDS, PEOPLE, PLACES, REASONS, STEPS, SUBJECTS, THINGS, TIMES

TITLE = "What We Would Do"
TAGLINE = "Plans that have been tried somewhere, for a county that has waited long enough."
URL = "https://example.org/"
PROMOTER = ("Robin Example", "4 Sample Row, Anytown ZZ1 1ZZ")
IMPRINT = f"Promoted by {PROMOTER[0]} of {PROMOTER[1]}."
LINKS = {
    "Come to a meeting": "https://example.org/meetings/",
    "Knock on doors with us": "https://example.org/doors/",
    "Correct a mistake": "https://example.org/mistakes/",
    "Give five pounds": "https://example.org/give/",
    "Ask for an interview": "https://example.org/interviews/",
}
"""Words → address of the links at the foot of every page."""
PRIORITIES = {
    "care": "Care and Health",
    "climate": "Climate and Energy",
    "culture": "Culture and Sport",
    "farming": "Farming and Food",
    "homes": "Homes and Planning",
    "learning": "Learning and Skills",
    "liberties": "Liberties and Courts",
    "nature": "Nature and Rivers",
    "safety": "Safety and Policing",
    "services": "Services Online",
    "travel": "Travel and Streets",
    "work": "Work and Wages",
}
"""Id → title, in the order of the ids: the one in which every generator shows them."""
HOLE = "((region))"
"""What the body of every tenth idea has in it; other generators get its value in its place."""
REGION = "the north of the county"
SPREAD = 10
_FIRST_DAY = dt.date(2023, 1, 1)
_DAYS = 900


class CaseStudy(Struct, frozen=True):
    """An idea at work somewhere."""

    id: str
    title: str
    place: str
    since: dt.date
    summary: str
    body: str


class Idea(Struct, frozen=True):
    """One idea."""

    id: str
    title: str
    priority: str
    tags: tuple[str, ...]
    partners: tuple[str, ...]
    updated: dt.date
    summary: str
    body: str
    """Markdown; `HOLE` may be in it."""
    case_studies: tuple[str, ...]
    """Ids."""

    @property
    def regional(self) -> bool:
        """Whether its body has the placeholder."""
        return HOLE in self.body


class Content(Struct, frozen=True):
    """Everything that a site is made from."""

    ideas: tuple[Idea, ...]
    case_studies: tuple[CaseStudy, ...]

    @property
    def pages(self) -> int:
        """How many pages a site of it has: one for each record and each priority that has ideas, and the first."""
        return len(self.ideas) + len(self.case_studies) + len(self.priorities) + 1

    @property
    def priorities(self) -> tuple[str, ...]:
        """The ids of the priorities that have ideas."""
        return tuple(sorted({idea.priority for idea in self.ideas}))


def content(ideas: int, seed: int = 1) -> Content:
    """So many ideas and a fifth as many case studies, at least one, of which each is shown by at least one idea."""
    studies = tuple(_case_study(_chance(seed, "case study", i), i) for i in range(max(ideas // 5, 1)))
    return Content(tuple(_idea(_chance(seed, "idea", i), i, studies) for i in range(ideas)), studies)


def filled(text: str, region: str = REGION) -> str:
    """A text with the value in the place of its placeholder."""
    return text.replace(HOLE, region)


def _chance(seed: int, kind: str, i: int) -> random.Random:
    """The chance that makes one record. Each has its own, so that more records leave the earlier ones as they are."""
    return random.Random(f"{seed} {kind} {i}")  # noqa: S311 - the same words each time are what is wanted


def _idea(chance: random.Random, i: int, studies: Sequence[CaseStudy]) -> Idea:
    title = f"{_one(chance, STEPS).capitalize()} {_one(chance, KINDS)} {_one(chance, THINGS)} for {_one(chance, PEOPLE)}"
    others = (chance.randrange(len(studies)) for _ in range(chance.randrange(3)))
    return Idea(
        id=f"{_slug(title)}-{i:05}",
        title=title,
        priority=_one(chance, tuple(PRIORITIES)),
        tags=tuple(sorted(chance.sample(SUBJECTS, chance.choice((2, 3))))),
        partners=tuple(sorted(chance.sample(PEOPLE, chance.choice((2, 3))))),
        updated=_FIRST_DAY + dt.timedelta(chance.randrange(_DAYS)),
        summary=f"We would {_plan(chance)} {_one(chance, TIMES)}, {_one(chance, REASONS)}.",
        body=_body(chance, f" It would begin in {HOLE}." if i % SPREAD == 0 else ""),
        # In turn, so that none is left over, and up to two more.
        case_studies=tuple(dict.fromkeys(studies[j].id for j in (i % len(studies), *others))),
    )


def _case_study(chance: random.Random, i: int) -> CaseStudy:
    place = _one(chance, PLACES)
    return CaseStudy(
        id=f"{_slug(place)}-{i:05}",
        title=f"{place}: how {_one(chance, PEOPLE)} came to {_one(chance, STEPS)} {_one(chance, KINDS)} {_one(chance, THINGS)}",
        place=place,
        since=_FIRST_DAY + dt.timedelta(chance.randrange(_DAYS)),
        summary=f"In {place} they chose to {_plan(chance)}, {_one(chance, REASONS)}.",
        body=_body(chance, ""),
    )


def _body(chance: random.Random, addition: str) -> str:
    """About 180 words: a paragraph, a list, a quotation and another paragraph."""
    first = (
        f"{_sentence(chance)}{addition} Of the **{_one(chance, KINDS)} {_one(chance, THINGS)}** that there are, most serve "
        f"*{_one(chance, PEOPLE)}* alone, and nobody has asked the {_one(chance, PEOPLE)}. {_sentence(chance)}"
    )
    points = "\n".join(f"- {_plan(chance).capitalize()}" for _ in range(3))
    quote = f"> {_sentence(chance)} That is what {_one(chance, PEOPLE)} told us when we asked them."
    report = f"{URL}papers/{_slug(_one(chance, THINGS))}-{chance.randrange(100, 1000)}/"
    last = (
        f"{_sentence(chance)} A [paper on {_one(chance, KINDS)} {_one(chance, THINGS)}]({report}) gives the "
        f"*price and the order of work*, and **what has been done is counted** each spring."
    )
    return f"{first}\n\n{points}\n\n{quote}\n\n{last}\n"


def _sentence(chance: random.Random) -> str:
    return f"We would {_plan(chance)} {_one(chance, TIMES)}, {_one(chance, REASONS)}."


def _plan(chance: random.Random) -> str:
    return (
        f"{_one(chance, STEPS)} {_one(chance, KINDS)} {_one(chance, THINGS)} and {_one(chance, THINGS)} "
        f"for {_one(chance, PEOPLE)}"
    )


def _one(chance: random.Random, words: Sequence[str]) -> str:
    return words[int(chance.random() * len(words))]


def _slug(text: str) -> str:
    return re.sub("[^a-z]+", "-", text.lower())
