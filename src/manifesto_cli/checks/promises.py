"""Whether an idea or a deal asks for what it needs, and whether a promise that was taken back says why."""

from collections.abc import Iterator

from manifesto_cli.checks.examined import Examined, Subject
from manifesto_cli.checks.stand_ins import stands_in
from manifesto_cli.faults.diagnostic import Diagnostic, note, warning
from manifesto_cli.merging.placeholders import hole_places, texts
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.picks import IdeaPick
from manifesto_cli.reading.origin import Step


def withdrawn_unexplained(examined: Examined) -> Iterator[Diagnostic]:
    """A pledge is withdrawn, and nothing says when and why; or something does, and the pledge is not withdrawn.

    A withdrawn pledge keeps its page, so that nobody can say that it was dropped in silence. The page says when and why.

    Mend it by adding `withdrawn: {on: …, because: …}`, or by writing `status: withdrawn`.
    """
    for subject, idea in _ideas(examined):
        if idea.status == "withdrawn" and idea.withdrawn is None:
            yield warning(
                "withdrawn-unexplained",
                f"`{subject.id}` is withdrawn, and nothing says when and why",
                subject.origin.at("status"),
                "`withdrawn:` is missing",
                help='add `withdrawn: {on: 2026-11, because: "…"}`',
            )
        elif idea.status != "withdrawn" and idea.withdrawn:
            yield warning(
                "withdrawn-unexplained",
                f"`{subject.id}` says why it is withdrawn, and is not",
                subject.origin.name("withdrawn"),
                f"its status is `{idea.status}`",
                help="write `status: withdrawn`, or delete `withdrawn:`",
            )


def unwritten_text(examined: Examined) -> Iterator[Diagnostic]:
    """A text that will be published is only a stand-in for words that somebody meant to write later.

    Such are `…`, `TODO` and `TBC`, whatever stands in square brackets as a whole (`[Your name]`), and the sentence with which
    `manifesto new` starts a file. What fills placeholders is looked at, too.

    Mend it by writing the text, by deleting the field if it may be left out, or by writing `status: draft` in the idea.
    """
    edition = examined.edition
    if edition is None:
        return
    records = [(subject.record, subject.origin) for subject in examined.subjects]
    for record, origin in (*records, (edition.manifesto, edition.origin)):
        filling = _fillings(record) if isinstance(record, Manifesto) else ()
        for path, text in (*texts(record), *filling):
            # What a placeholder has filled is said where its value is written.
            if stands_in(text) and "((" not in origin.at(*path).text:
                yield warning(
                    "unwritten-text",
                    f"`{path[-1]}:` stands for a text that is not written yet"
                    if isinstance(path[-1], str)
                    else "an entry stands for a text that is not written yet",
                    origin.at(*path),
                    "would be published as it is",
                    help="write the text, or delete the field if it may be left out",
                )


def _fillings(manifesto: Manifesto) -> Iterator[tuple[tuple[Step, ...], str]]:
    """The path and the words of whatever fills placeholders. What is empty or `…` has been said, as an `empty-value`."""
    for path, text in _values(manifesto):
        if text.strip(" .…"):
            yield path, text


def _values(manifesto: Manifesto) -> Iterator[tuple[tuple[Step, ...], str]]:
    yield from ((("values", name), text) for name, text in manifesto.values.items())
    for i, priority in enumerate(manifesto.priorities):
        for j, pick in enumerate(priority.ideas if isinstance(priority.ideas, tuple) else ()):
            values = pick.values if isinstance(pick, IdeaPick) else {}
            at = ("priorities", i, "ideas", j, "values")
            yield from (((*at, name), text) for name, text in values.items())
    for i, choice in enumerate(manifesto.case_studies):
        yield from ((("case_studies", i, "values", name), text) for name, text in choice.values.items())
    for i, deal in enumerate(manifesto.deals):
        values = {} if isinstance(deal, str) else deal.values
        yield from ((("deals", i, "values", name), text) for name, text in values.items())


def unpicked_idea(examined: Examined) -> Iterator[Diagnostic]:
    """An idea lies beside a manifesto, and the manifesto does not pick it.

    A file in `ideas/` is not a promise yet: only what stands under `priorities:` is published. Drafts may wait unsaid.

    Mend it by picking the idea, by writing `status: draft` until it is wanted, or by deleting the file. To keep many to choose from,
    allow it: `allow: [unpicked-idea]`.
    """
    if not examined.spare:
        return
    for subject, idea in _ideas(examined):
        if idea.status == "ready":
            yield note(
                "unpicked-idea",
                f"the manifesto does not pick its own idea `{subject.id}`",
                subject.origin.at("title"),
                "not published",
                help=f"pick it: `manifesto pick {subject.id}`; or write `status: draft` until it is wanted",
            )


def unused_question(examined: Examined) -> Iterator[Diagnostic]:
    """An idea or a deal asks for a placeholder that it does not have.

    Whoever picks it would be asked a question whose answer goes nowhere.

    Mend it by writing the placeholder where the answer belongs, or by deleting the question.
    """
    if examined.edition is not None:  # a text that a manifesto has replaced need not use every answer
        return
    for subject, record in _asking(examined):
        used = {name for name, _ in hole_places(record, subject.origin)} if record.questions else set()
        for name in record.questions:
            if name not in used:
                yield warning(
                    "unused-question",
                    f"the question `{name}` has no placeholder",
                    subject.origin.name("questions", name),
                    f"no `(({name}))` in this {subject.kind}",
                    help=f"write `(({name}))` where the answer belongs, or delete the question",
                )


def unasked_placeholder(examined: Examined) -> Iterator[Diagnostic]:
    """A library's idea or deal has a placeholder for which it asks no question.

    Whoever picks it should learn what is wanted of them. Placeholders such as `((office.area))` need no question.

    Mend it by adding its name under `questions:`.
    """
    if not examined.library:
        return
    for subject, record in _asking(examined):
        asked = {*record.questions}
        for name, at in hole_places(record, subject.origin):
            if name in asked or name.startswith(("candidate.", "office.")):
                continue
            asked.add(name)
            yield warning(
                "unasked-placeholder",
                f"no question asks for `(({name}))`",
                at,
                "used here",
                help=f'add `{name}: {{ask: "…"}}` under `questions:`',
            )


def _asking(examined: Examined) -> Iterator[tuple[Subject, Idea | Deal]]:
    """The records that can ask for what they need."""
    for subject in examined.subjects:
        if isinstance(subject.record, Idea | Deal):
            yield subject, subject.record


def _ideas(examined: Examined) -> Iterator[tuple[Subject, Idea]]:
    return ((subject, subject.record) for subject in examined.subjects if isinstance(subject.record, Idea))
