"""What a person typed → the deal that it means, as it stands here: in a manifesto that picks it, or in a library."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.cli.shelf import shipped_libraries
from manifesto_cli.disk.projects import nearest_project
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.loading import EMPTY, Project, load, load_library
from manifesto_cli.merging.deals import EditionDeal, unpicked_deal
from manifesto_cli.merging.edition import manifesto_values, merge
from manifesto_cli.merging.gathering import Gathering
from manifesto_cli.merging.placeholders import FilledProse, Filling, fill_words, open_numbers
from manifesto_cli.merging.references import Shelf, find, shortest
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.model.picks import overrides
from manifesto_cli.reading.library import Entry

_MANY = 12
_OTHERS = ("idea", "case study", "priority")


class WantedDeal(Struct, frozen=True):
    """A deal, and what is to be known of where it was found."""

    deal: EditionDeal
    picked: bool
    """Whether a manifesto picks it: then the values and changes of that are in it."""
    missing: tuple[str, ...]
    """The names of placeholders in its plain texts and numbers that nothing fills."""
    no_numbers: tuple[str, ...]
    """The names of those that a text fills where a number belongs."""
    shelf: Shelf
    """Where the ids in it lead to."""


def wanted_deal(start: Path, name: str, command: str, say: Callable[[str], None]) -> WantedDeal:
    """The deal that an id means in the nearest project or library; where there is none, in those that come with the tool.

    ManifestoError where it means none, or two. `command` is what was typed before the id; what a reader has to know of where the deal
    is from, mostly nothing, is said.
    """
    found = here(start)
    say(found.place)
    if found.lack:  # also when quiet: it is about what is wrong
        print(found.lack, file=sys.stderr)
    entry, remark = _look_up(found.shelf, name, command)
    say(remark)
    project = found.project
    if project and project.manifesto and project.origin:
        edition = merge(project.shelf, project.manifesto, project.origin).value
        deal = next((deal for deal in edition.deals if deal.key == entry.key), None) if edition else None
        if deal is not None:
            open_ones = _open(entry, *_as_picked(project, entry))
            return WantedDeal(deal, True, *open_ones, found.shelf)
        say(f"`{MANIFESTO}` does not pick `{entry.id}`: this is as it stands before values and changes")
    gathering = Gathering(found.shelf, {}, [], {}, {}, {}, set())
    return WantedDeal(unpicked_deal(gathering, entry), False, *_open(entry, entry.record, {}), found.shelf)


def demand_values(wanted: WantedDeal) -> None:
    """ManifestoError where a placeholder of the deal is open: whatever is made of it would state what nobody has said."""
    if wanted.missing:
        raise ManifestoError(
            f"the deal `{wanted.deal.id}` has no value for {_holes(wanted.missing)}",
            help=value_for(wanted, wanted.missing),
            status=Exit.CONTENT,
        )
    if wanted.no_numbers:
        raise ManifestoError(
            f"the value of {_holes(wanted.no_numbers)} in the deal `{wanted.deal.id}` is no number",
            help="`manifesto check` shows where it is used",
            status=Exit.CONTENT,
        )


def value_for(wanted: WantedDeal, missing: Sequence[str]) -> str:
    """Where to say the first value that is missing: those of `office` and `candidate` are fields of the manifesto."""
    own = [name for name in missing if "." not in name]
    if not wanted.picked:
        values = f"{{deal: {wanted.deal.id}, values: {{{own[0]}: …}}}}" if own else wanted.deal.id
        return f"pick it in a `{MANIFESTO}`, `deals: [{values}]`, and run the same command there"
    group, _, name = ("values", "", own[0]) if own else missing[0].partition(".")
    return f"add `{name}:` under `{group}:` in `{MANIFESTO}`"


def markdown_of(prose: FilledProse | None) -> str:
    """A longer text of a deal as Markdown, values in place; empty for none."""
    # Only a deal that is shown whole needs its texts parsed.
    from manifesto_cli.rendering.as_written import as_written  # noqa: PLC0415
    from manifesto_cli.rendering.markup import parse  # noqa: PLC0415

    parsed = parse(prose).value if prose else None
    return as_written(parsed) if parsed else ""


class Here(Struct, frozen=True):
    """Where deals are looked for from where a person stands."""

    shelf: Shelf
    project: Project | None = None
    place: str = ""
    """What a reader has to know about where this is from; mostly nothing."""
    lack: str = ""
    """What is not known because something is wrong."""


def here(start: Path) -> Here:
    """The nearest project or library; where there is none, the libraries that come with the tool."""
    root = nearest_project(start, library=True)
    if root is None:
        remark = "no manifesto or library here: these are the libraries that come with the tool"
        return Here(Shelf(EMPTY, shipped_libraries()), place=remark)
    if not (root / MANIFESTO).exists():
        library = load_library(root).value or EMPTY
        return Here(Shelf(EMPTY, (library,)) if library.id else Shelf(library))
    project = load(root).value
    if project is None or project.origin is None:
        own = project.shelf.own if project else EMPTY
        lack = f"`{MANIFESTO}` could not be read, and `manifesto check` says why: this is as the libraries have it"
        return Here(Shelf(own, shipped_libraries()), lack=lack)
    lack = f"`{MANIFESTO}` has faults, and `manifesto check` lists them: this is as the libraries have it"
    return Here(project.shelf, project, lack="" if project.manifesto else lack)


def _as_picked(project: Project, entry: Entry[Deal]) -> tuple[Deal, Mapping[str, str]]:
    """The deal with what its pick changes, nothing filled, and the values that fill it."""
    manifesto = project.manifesto
    if manifesto is None:
        return entry.record, {}
    nowhere, values = SourceFile("", "").start(), manifesto_values(manifesto)
    for written in manifesto.deals:
        reference = written if isinstance(written, str) else written.deal
        if find(project.shelf, "deal", reference, "", nowhere).value is entry:
            if isinstance(written, str):
                break
            return replace(entry.record, **overrides(written, Deal)), {**values, **written.values}
    return entry.record, values


def _open(
    entry: Entry[Deal], deal: Deal, values: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The placeholders that nothing fills, and those filled by what is no number."""
    used: set[str] = set()
    faults: list[Diagnostic] = []  # of which `manifesto check` tells
    filled = fill_words(
        replace(deal, questions={}), entry.origin, Filling(values, {}, None, "deal", used), faults
    )
    no_numbers = {number.hole for _, number in open_numbers(filled)} & {*values}
    return tuple(sorted(used - {*values})), tuple(sorted(no_numbers))


def _look_up(shelf: Shelf, name: str, command: str) -> tuple[Entry[Deal], str]:
    wanted = name.strip().lower().removesuffix(".yaml")
    known = Shelf(shelf.own, shelf.libraries)  # what is missing from the shelf has been said
    outcome = find(known, "deal", wanted, "", SourceFile("", "").start())
    if outcome.value is not None:
        return outcome.value, outcome.faults[0].headline if outcome.faults else ""
    if not outcome.faults:
        raise ManifestoError(
            f"the deal `{wanted}` could not be read", help="`manifesto check` says why", status=Exit.CONTENT
        )
    fault = outcome.faults[0]
    headline, help = fault.headline, _instead(known, wanted, fault.code, command)
    kind = next((kind for kind in _OTHERS if _holds(known, kind, wanted)), "")
    if kind and fault.code == "unknown-id":
        headline = f"`{wanted}` is {'an idea' if kind == 'idea' else f'a {kind}'}, not a deal"
        help = f"`manifesto ideas show {wanted}` shows it; {help}" if kind == "idea" else help
    raise ManifestoError(headline, help=help, status=Exit.USAGE)


def _holds(shelf: Shelf, kind: str, wanted: str) -> bool:
    return find(shelf, kind, wanted, "", SourceFile("", "").start()).value is not None


def _instead(shelf: Shelf, wanted: str, code: str, command: str) -> str:
    if code == "ambiguous-id":
        holding = (
            library.id
            for library in shelf.libraries
            if wanted in library.deals or ("deal", wanted) in library.broken
        )
        return " or ".join(f"`{command} {library}:{wanted}`" for library in holding)
    names = [*deal_names(shelf)]
    meant = nearest(wanted, names)
    if meant:
        return f"did you mean `{command} {meant}`?"
    return (
        f"the deals here are {_listed(names)}"
        if names
        else "there are no deals here; `deals/ID.yaml` would be the first"
    )


def deal_names(shelf: Shelf) -> Iterator[str]:
    """What to type for each deal of a shelf."""
    for library in (shelf.own, *shelf.libraries):
        yield from (shortest(shelf, "deal", entry) for entry in library.deals.values())


def deals_from(start: Path) -> tuple[str, ...]:
    """What to type for each deal that there is from where a person stands."""
    return tuple(deal_names(here(start).shelf))


def _holes(names: Collection[str]) -> str:
    return _listed([f"(({name}))" for name in names])


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in [*names][:_MANY])
    return f"{shown}, …" if len(names) > _MANY else shown
