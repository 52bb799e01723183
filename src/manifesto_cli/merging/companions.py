"""Ideas that need each other or cannot stand side by side."""

from collections.abc import Iterator

from manifesto_cli.faults.catalogue.choices import conflicting_ideas, required_idea
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.merging.picks import ChosenIdea
from manifesto_cli.merging.references import Shelf, find, shortest


def companion_faults(shelf: Shelf, ideas: tuple[ChosenIdea, ...]) -> Iterator[Diagnostic]:
    """A fault for each idea that is chosen without one it requires, and for each pair chosen that conflicts."""
    chosen = {idea.key: i for i, idea in enumerate(ideas)}
    reported: set[tuple[int, int]] = set()
    for i, idea in enumerate(ideas):
        name = shortest(shelf, "idea", idea.entry)
        for k, reference in enumerate(idea.idea.requires):
            said = idea.entry.origin.at("requires", k)
            found = find(shelf, "idea", reference, idea.entry.library, said)
            yield from found.faults
            if found.value and f"{found.value.library}:{found.value.id}" not in chosen:
                yield required_idea(idea.at, said, name, shortest(shelf, "idea", found.value))
        for k, reference in enumerate(idea.idea.conflicts):
            said = idea.entry.origin.at("conflicts", k)
            found = find(shelf, "idea", reference, idea.entry.library, said)
            yield from found.faults
            key = f"{found.value.library}:{found.value.id}" if found.value else ""
            if key not in chosen:
                continue
            j = chosen[key]
            pair = (min(i, j), max(i, j))
            if i == j or pair in reported:
                continue
            reported.add(pair)
            first, second = ideas[pair[0]], ideas[pair[1]]
            names = (shortest(shelf, "idea", first.entry), shortest(shelf, "idea", second.entry))
            yield conflicting_ideas(second.at, first.at, said, names)
