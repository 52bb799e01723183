"""Ideas that need each other or cannot stand side by side."""

from collections.abc import Iterator

from manifesto_cli.faults.catalogue.choices import conflicting_ideas, required_idea
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import Span
from manifesto_cli.merging.picks import Choice, ChosenIdea
from manifesto_cli.merging.references import Shelf, find, shortest
from manifesto_cli.model.idea import Idea
from manifesto_cli.reading.library import Entry


def companion_faults(shelf: Shelf, choice: Choice) -> tuple[Diagnostic, ...]:
    """A fault for each idea that is chosen without one it requires, and for each pair chosen that conflicts."""
    faults: list[Diagnostic] = []
    chosen = {idea.key: (i, idea) for i, idea in enumerate(choice.ideas)}
    drafts = {draft.key for draft in choice.drafts}
    pairs: set[tuple[int, int]] = set()
    for i, idea in enumerate(choice.ideas):
        for entry, said in _named(shelf, idea, "requires", faults):
            key = entry.key
            if key not in chosen:
                names = (shortest(shelf, "idea", idea.entry), shortest(shelf, "idea", entry))
                faults.append(required_idea(idea.at, said, names, draft=key in drafts))
        for entry, said in _named(shelf, idea, "conflicts", faults):
            j, other = chosen.get(entry.key, (i, idea))
            pair = (min(i, j), max(i, j))
            if i != j and pair not in pairs:
                pairs.add(pair)
                first, second = (idea, other) if i < j else (other, idea)
                names = (shortest(shelf, "idea", first.entry), shortest(shelf, "idea", second.entry))
                faults.append(conflicting_ideas(second.at, first.at, said, names))
    return tuple(faults)


def _named(
    shelf: Shelf, idea: ChosenIdea, field: str, faults: list[Diagnostic]
) -> Iterator[tuple[Entry[Idea], Span]]:
    """The ideas that a field of an idea names, each with the place where it does."""
    references: tuple[str, ...] = getattr(idea.idea, field)
    for i, reference in enumerate(references):
        said = idea.entry.origin.at(field, i)
        found = find(shelf, "idea", reference, idea.entry.library, said)
        faults += found.faults
        if found.value is not None:
            yield found.value, said
