"""The manifesto that a new project starts from: answers and picks → a file that explains itself, and what it must say."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, inspect

from manifesto_cli.editing.planning import Pick, holes
from manifesto_cli.editing.scalars import quoted, said
from manifesto_cli.editing.starting import title_of
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.browsing import IdeaRow
from manifesto_cli.merging.references import Shelf, find
from manifesto_cli.model.idea import Question
from manifesto_cli.model.manifesto import Candidate, Manifesto, Office, Website
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.record import Record
from manifesto_cli.reading.hints import described, fits
from manifesto_cli.reading.library import Entry, as_id
from manifesto_cli.reading.schema import schema_line
from manifesto_cli.reading.text import FORBIDDEN, character_name
from manifesto_cli.reading.trees import read_tree

Library = str | Mapping[str, str]
"""A library as a manifesto lists it: an id, or a path."""


class Answers(Struct, frozen=True):
    """What is known of a manifesto before it is started. What is empty is still open."""

    name: str = ""
    party: str = ""
    office: str = "pcc"
    area: str = ""
    polling_day: str = ""
    title: str = ""
    url: str = ""
    domain: str = ""
    language: str = "en-GB"
    theme: str = "civic"
    libraries: tuple[Library, ...] = ("police-and-crime",)


class Asked(Struct, frozen=True):
    """A placeholder of the picked ideas: which of them asks first, what it asks, and the answer if there is one."""

    idea: str
    question: Question | None
    answer: str = ""


NAME, AREA = "[Your name]", "[Your area]"
DRAFT = "This is a draft. What stands in [square brackets] is still to be filled in."
TITLE = "A safer ((office.area))"
OFFICES: Mapping[str, str] = {"pcc": "Police and Crime Commissioner"}
"""The offices whose name in full is not that in short."""

SAMPLE = (
    "safer-neighbourhood-panels",
    "police-drop-ins",
    "shop-worker-crime-as-local-priority",
    "community-payback-panels",
    "work-placements",
)
"""What is picked for somebody who has not said what they want: ideas of `police-and-crime` that show what there is."""
_PRIORITIES, _IDEAS = 3, 2
"""How many priorities, and ideas of each, are picked where there is no such sample."""

_FIELDS: Mapping[str, tuple[type[Record], str]] = {
    "name": (Candidate, "name"),
    "party": (Candidate, "party"),
    "office": (Office, "role"),
    "area": (Office, "area"),
    "polling_day": (Office, "polling_day"),
    "title": (Manifesto, "title"),
    "url": (Website, "url"),
    "domain": (Website, "domain"),
    "language": (Manifesto, "language"),
    "theme": (Website, "theme"),
}


def objection(answer: str, text: str) -> str:
    """Why a text cannot be the answer of that name, in words that follow "it"; empty if it can. The model decides."""
    if not text.strip():
        return "is empty"
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        return f"holds a character that has no place in a text: {character_name(forbidden.group())}"
    if answer not in _FIELDS:
        return ""
    model, name = _FIELDS[answer]
    form = inspect.type_info(model)
    hint = next(
        field.type
        for field in (form.fields if isinstance(form, inspect.StructType) else ())
        if field.encode_name == name
    )
    if not fits(hint, text):
        return f"is not {described(hint)}"
    # The title is tried out in the end; all others fill placeholders, and cannot have any.
    return "starts a placeholder with `((`" if "((" in text and answer != "title" else ""


def office_of(text: str) -> str:
    """The office that was meant, in short, whether it was written in full or in short; empty where that cannot be told."""
    names = {title.casefold(): role for role, title in OFFICES.items()}
    return names.get(" ".join(text.split()).casefold()) or as_id(text)


def domain_of(text: str) -> str:
    """The domain that was meant, without what belongs to an address; empty where that cannot be told."""
    found = text.strip().lower().rpartition("//")[2].partition("/")[0].rstrip(".")
    return "" if objection("domain", found) else found


class Group(Struct, frozen=True):
    """A priority, and those of its ideas that this office could carry out."""

    reference: str
    title: str
    names: frozenset[str]
    """Everything by which it may be asked for."""
    summary: str
    ideas: tuple[IdeaRow, ...]


def groups(shelf: Shelf, rows: tuple[IdeaRow, ...], office: str) -> tuple[Group, ...]:
    """What there is to choose from, in the order of the rows: by library, then by priority."""
    found: dict[tuple[str, str], list[IdeaRow]] = {}
    for row in rows:
        idea = row.entry.record
        if idea.status == "ready" and (not idea.offices or office in idea.offices):
            found.setdefault((row.library, row.priority), []).append(row)
    made: list[Group] = []
    for (library, reference), ideas in found.items():
        at = ideas[0].entry.origin.source.start()
        priority: Entry[Priority] | None = find(shelf, "priority", reference, library, at).value
        if priority is not None:
            record = priority.record
            made.append(
                Group(reference, record.title, ideas[0].priority_names, record.summary or "", tuple(ideas))
            )
    return tuple(made)


def sample(there: tuple[Group, ...]) -> tuple[str, ...]:
    """What to pick for somebody who has not said what they want."""
    ids = {row.id for group in there for row in group.ideas}
    if ids.issuperset(SAMPLE):
        return SAMPLE
    return tuple(row.id for group in there[:_PRIORITIES] for row in group.ideas[:_IDEAS])


def questions(picks: tuple[Pick, ...]) -> Mapping[str, Asked]:
    """The placeholders of the picks. What two ideas ask for is asked once, in the words of the first."""
    found: dict[str, Asked] = {}
    for pick in picks:
        for name, question in holes(pick).items():
            if name not in found or (found[name].question is None and question):
                found[name] = Asked(pick.name, question)
    return found


def manifesto_text(answers: Answers, picks: tuple[Pick, ...], values: Mapping[str, Asked]) -> str:
    """The file. ValueError if it does not say exactly what it should: then nothing must be written."""
    text = "\n".join(_lines(answers, picks, values)) + "\n"
    tree = read_tree(SourceFile("", text))
    if tree.faults or tree.value is None or said(tree.value) != _meant(answers, picks, values):
        message = "the manifesto does not say what it should"
        raise ValueError(message)
    return text


_FOREWORD = "[Your foreword: why you stand, what you have seen, and what would be different a year from now. Two or three paragraphs will do.]"
_TAGLINE = "What I will do, how, and what each promise rests on."
_PROMOTER = {"name": "[Name of the promoter]", "address": "[Postal address of the promoter]"}
_ON_BEHALF = {"name": "((candidate.name))", "address": "[Your postal address]"}


def _meant(answers: Answers, picks: tuple[Pick, ...], values: Mapping[str, Asked]) -> dict[str, Any]:
    candidate = {"name": answers.name or NAME, **_given("party", answers.party)}
    office = {
        "role": answers.office,
        "title": _office(answers.office),
        "area": answers.area or AREA,
        **_given("polling_day", answers.polling_day),
    }
    return {
        "format": "1",
        "title": answers.title or TITLE,
        "tagline": _TAGLINE,
        "notice": DRAFT,
        "language": answers.language,
        "foreword": _FOREWORD + "\n",
        "candidate": candidate,
        "office": office,
        "imprint": {"jurisdiction": "uk", "promoter": _PROMOTER, "on_behalf_of": [_ON_BEHALF]},
        "site": {**_given("url", answers.url), **_given("domain", answers.domain), "theme": answers.theme},
        "libraries": [
            dict(library) if isinstance(library, Mapping) else library for library in answers.libraries
        ],
        **({"values": {name: _value(name, asked) for name, asked in values.items()}} if values else {}),
        "priorities": [{"priority": priority, "ideas": ids} for priority, ids in _by_priority(picks).items()],
    }


def _lines(answers: Answers, picks: tuple[Pick, ...], values: Mapping[str, Asked]) -> Iterator[str]:
    yield schema_line("manifesto", 0)
    yield "# What stands in [square brackets] is for you to fill in: `manifesto check` lists what is left."
    yield "# To see the website while you write, type `manifesto serve --open`; `manifesto build` writes it to public/."
    yield "format: 1"
    yield f"title: {quoted(answers.title or TITLE)}"
    yield f"tagline: {quoted(_TAGLINE)}"
    yield "# A line at the top of every page. Delete it when all is filled in."
    yield f"notice: {quoted(DRAFT)}"
    yield f"language: {quoted(answers.language)}"
    yield "# Longer texts are Markdown: paragraphs, **bold**, lists with dashes, headings that start with `## `."
    yield from ("foreword: |", f"  {_FOREWORD}", "")
    yield "candidate:"
    yield f"  name: {quoted(answers.name or NAME)}"
    yield _or_comment("  party", answers.party, "Independent")
    yield "  # about: A few sentences about yourself."
    yield "office:"
    yield f"  role: {quoted(answers.office)}"
    yield f"  title: {quoted(_office(answers.office))}"
    yield f"  area: {quoted(answers.area or AREA)}"
    yield from (_or_comment("  polling_day", answers.polling_day, "2027-05-06"), "")
    yield "# Who answers for this publication: it is shown on every page, as election law asks. The promoter is"
    yield "# whoever has it published, often the agent; a PO box will do. This is not legal advice."
    yield "imprint:"
    yield "  jurisdiction: uk                      # `none` where no rules ask for an imprint"
    yield "  promoter:"
    yield from (f"    {name}: {quoted(text)}" for name, text in _PROMOTER.items())
    yield "  on_behalf_of:"
    yield f"    - name: {quoted(_ON_BEHALF['name'])}"
    yield f"      address: {quoted(_ON_BEHALF['address'])}"
    yield "  # printer: {name: Who prints it, address: Where}     # for whatever you print"
    yield "site:"
    yield from _address(answers)
    yield "  # How it looks: civic (calm and plain), rally (a poster wall) or broadsheet (a newspaper)."
    yield from (f"  theme: {quoted(answers.theme)}", "")
    yield "# Where ideas come from. `manifesto ideas list` shows them, `manifesto ideas show ID` all there is of one."
    yield from ("libraries:", *(f"  - {_listed(library)}" for library in answers.libraries), "")
    if values:
        yield "# What ideas ask you. Each answer stands where the idea has its name in ((double parentheses))."
        yield "values:"
        for name, asked in values.items():
            yield from _question(asked)
            yield f"  {quoted(name)}: {quoted(_value(name, asked))}"
        yield ""
    yield "# What you promise, in your order. `manifesto pick ID` adds an idea, `manifesto unpick ID` takes it out,"
    yield "# `manifesto new idea ID` starts one of your own. To say something in your own words, write"
    yield "# `- idea: ID`, and below it `pledge: I will …`; the rest stays as the library has it."
    chosen = _by_priority(picks)
    if not chosen:
        yield "priorities: []"
        return
    yield "priorities:"
    for priority, ids in chosen.items():
        yield from (
            f"  - priority: {quoted(priority)}",
            "    ideas:",
            *(f"      - {quoted(idea)}" for idea in ids),
        )


def _address(answers: Answers) -> Iterator[str]:
    yield _or_comment("  url", answers.url, "https://example.org/")
    if answers.domain:
        yield f"  domain: {quoted(answers.domain)}"


def _question(asked: Asked) -> Iterator[str]:
    if asked.question is None:
        return
    example = f" For example: {asked.question.example}" if asked.question.example else ""
    # The name in front is for the reader. It also keeps a library from writing a comment that commands something.
    yield f"  # {asked.idea} asks: {' '.join(f'{asked.question.ask}{example}'.split())}"


def _value(name: str, asked: Asked) -> str:
    return asked.answer or f"[{name.replace('_', ' ').replace('.', ' ')}]"


def _or_comment(name: str, text: str, example: str) -> str:
    if text:
        return f"{name}: {quoted(text)}"
    indent = " " * (len(name) - len(name.lstrip()))
    return f"{indent}# {name.lstrip()}: {example}"


def _given(name: str, text: str) -> dict[str, str]:
    return {name: text} if text else {}


def _office(role: str) -> str:
    return OFFICES.get(role) or title_of(role)


def _listed(library: Library) -> str:
    return quoted(library) if isinstance(library, str) else f"path: {quoted(library['path'])}"


def _by_priority(picks: tuple[Pick, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pick in picks:
        found.setdefault(pick.priority, []).append(pick.name)
    return found
