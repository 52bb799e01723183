"""The two documents that the shipped libraries were made from, passage by passage, in words of our own."""

from msgspec import Struct


class Passage(Struct, frozen=True):
    """A place in a document."""

    locator: str
    """How `based_on` and claims name it."""
    about: str
    """What stands there."""


class Document(Struct, frozen=True):
    """A document with all of its passages, in order."""

    source: str
    """Its id in `sources.yaml`."""
    title: str
    passages: tuple[Passage, ...]


class Quoted(Struct, frozen=True):
    """A figure that a passage gives."""

    figure: str
    """The figure and what it counts."""
    locator: str
    value: str
    """The number in the `figure` of a claim."""
    words: str
    """How a claim says it in its text: a pattern."""


BOOKLET = Document(
    "pcc-ideas-booklet",
    "Ideas for your PCC election manifesto",
    (
        Passage("introduction", "What co-operative values could mean for policing."),
        Passage("section 1", "Heading: policing that can be seen and that answers to people."),
        Passage(
            "section 1, opening paragraph",
            "Neighbourhood policing has shrunk; put money back, and let residents speak.",
        ),
        Passage(
            "section 1, first bullet point",
            "Neighbourhood panels, other forums, and informal drop-ins with officers.",
        ),
        Passage("section 1, second bullet point", "Forums and panels in which young people are heard."),
        Passage(
            "section 1, third bullet point",
            "Shared budgets for safety, which help neighbourhood and speed watches.",
        ),
        Passage("section 2", "Heading: violence is no part of a shop worker's job."),
        Passage(
            "section 2, opening paragraph",
            "How many retail workers meet violence, whom it hurts, and who campaigns.",
        ),
        Passage(
            "section 2, first bullet point",
            "A campaign for better protection in law and for heavier penalties.",
        ),
        Passage(
            "section 2, second bullet point",
            "Make reporting easier for shops, and record what happens correctly.",
        ),
        Passage(
            "section 2, third bullet point",
            "Make crime against shop workers a priority; most plans leave it out.",
        ),
        Passage("section 3", "Heading: stopping people from offending again."),
        Passage(
            "section 3, opening paragraph",
            "How many people offend again, and a retailer that pays for drug treatment.",
        ),
        Passage(
            "section 3, first bullet point", "Residents help to choose the unpaid work of community payback."
        ),
        Passage(
            "section 3, second bullet point",
            "A farm with work for people with convictions, and co-operatives abroad.",
        ),
        Passage("section 3, third bullet point", "A change in probation as a chance for a community's say."),
        Passage("section 4", "Heading: money and time for young people."),
        Passage(
            "section 4, first opening paragraph",
            "Youth crime as a whole goes down, crime with knives goes up.",
        ),
        Passage(
            "section 4, second opening paragraph",
            "How far youth services were cut, and where knife crime rose most.",
        ),
        Passage(
            "section 4, first bullet point", "Football in the holidays, run by shops, police and guards."
        ),
        Passage(
            "section 4, second bullet point", "Free gyms in the open, and a programme for careers and skills."
        ),
        Passage("section 5", "Heading: people come first."),
        Passage("section 5, opening paragraph", "Share power, and let people shape plans and priorities."),
        Passage(
            "section 5, first bullet point", "Forums in which residents set the priorities, tried in Newham."
        ),
        Passage(
            "section 5, second bullet point", "A service for victims of domestic abuse that they help to run."
        ),
        Passage("section 5, third bullet point", "A commissioner who speaks for victims in London."),
    ),
)

ARTICLE = Document(
    "safer-deals-article",
    "The forgotten partner – Safer Deals to complement City Deals",
    (
        Passage("title", "Safer Deals as a companion to City Deals."),
        Passage("paragraph 1", "A councillor of Westminster puts forward a local model for justice."),
        Passage("paragraph 2", "New commissioners as a chance for councils with large plans."),
        Passage("paragraph 3", "Worries about turnout and fairness, set against a vote on policing."),
        Passage("paragraph 4", "What councils do against the causes of crime, and what holds them back."),
        Passage("paragraph 5", "A new model is announced."),
        Passage(
            "paragraph 6",
            "How a deal works: councils and commissioner ask government for freedoms, and must cut crime.",
        ),
        Passage("paragraph 7", "Payment by results, with the bond for Peterborough prison as the example."),
        Passage("paragraph 8", "Why local areas have earned more freedom."),
        Passage("paragraph 9", "An invitation to an event, with its speakers."),
    ),
)

DOCUMENTS = (BOOKLET, ARTICLE)

FIGURES = (
    Quoted(
        "250 retail workers a day",
        "section 2, opening paragraph",
        "250",
        r"\b250\b.{0,40}\b(?:workers|staff|incidents)\b",
    ),
    Quoted("63% of police and crime plans", "section 2, third bullet point", "63", r"\b63 ?(?:%|per ?cent)"),
    Quoted(
        "nearly half offend again within a year", "section 3, opening paragraph", "50", r"\bnearly half\b"
    ),
    Quoted(
        "40% less for youth services", "section 4, second opening paragraph", "40", r"\b40 ?(?:%|per ?cent)"
    ),
    Quoted("91% less in some places", "section 4, second opening paragraph", "91", r"\b91 ?(?:%|per ?cent)"),
    Quoted(
        "up to 40 young people over six weeks",
        "section 4, first bullet point",
        "40",
        r"\b40 (?:young|children|pupils)",
    ),
    Quoted("20 community gyms", "section 4, second bullet point", "20", r"\b20\b.{0,20}\bgyms\b"),
)
"""The figures of the booklet."""
