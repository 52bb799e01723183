"""Ways to see fewer pledges: those of one priority, or those that share a subject. They are numbered, and pledges know theirs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from manifesto_cli.merging.edition import Edition
from manifesto_cli.rendering.views.elements import FilterView

SUBJECTS = 12
"""How many subjects a list of pledges can be narrowed to: the most frequent ones."""
_FEWEST = 6
"""Below this many pledges nobody needs to narrow a list."""
_MOST_PRIORITIES = 24


def narrowing(edition: Edition) -> tuple[tuple[FilterView, ...], Mapping[str, tuple[int, ...]]]:
    """The ways to narrow the list of all pledges, and for the key of each pledge the numbers of those that keep it. None for a short list."""
    filters: list[FilterView] = []
    kept_by: dict[str, tuple[int, ...]] = {}
    for number, (kind, text, kept) in enumerate(_ways(edition), 1):
        filters.append(FilterView(number, kind, text, len(kept)))
        for key in kept:
            kept_by[key] = (*kept_by.get(key, ()), number)
    return tuple(filters), kept_by


def _ways(edition: Edition) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if len(edition.pledges) < _FEWEST:
        return
    priorities = [priority for priority in edition.priorities if priority.pledges]
    if 1 < len(priorities) <= _MOST_PRIORITIES:
        for priority in priorities:
            yield "priority", priority.priority.title, tuple(pledge.key for pledge in priority.pledges)
    tagged: dict[str, list[str]] = defaultdict(list)
    for pledge in edition.pledges:
        key = pledge.key
        for tag in dict.fromkeys(pledge.idea.tags):
            tagged[tag].append(key)
    shared = Counter({tag: len(keys) for tag, keys in tagged.items() if 1 < len(keys) < len(edition.pledges)})
    for tag in sorted(sorted(shared, key=lambda tag: (-shared[tag], tag))[:SUBJECTS]):
        yield "subject", tag.replace("-", " "), tuple(tagged[tag])
