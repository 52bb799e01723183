"""Every record that ships, library by library and example by example, with the texts that readers see."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from manifesto_cli.loading import load, load_library
from manifesto_cli.merging.placeholders import texts
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.record import Record
from manifesto_cli.model.texts import Holds, text_fields
from manifesto_cli.reading.library import Library
from manifesto_cli.reading.origin import Origin
from support.plain_english import Block, blocks, plain

ROOT = Path(__file__).resolve().parent.parent.parent
_NAMES = frozenset({"title", "name", "area", "party", "partners", "address", "example", "organisation"})
_LABELS = frozenset(
    {"unit", "qualifier", "label", "metric", "funded_by", "alt", "period", "target_population"}
)
_NOT_SENTENCES = _NAMES | _LABELS
"""Fields that hold a name or a few words. They are measured for words, not for sentences."""


class Piece(Struct, frozen=True):
    """A text that readers see."""

    field: str
    """Which it is: `claims 2, note`."""
    place: str
    """File and line."""
    blocks: tuple[Block, ...]
    prose: bool
    """Whether it is made of sentences."""

    def __str__(self) -> str:
        return f"{self.place} ({self.field})"


class Written(Struct, frozen=True):
    """A record as people wrote it."""

    id: str
    """The library or example and the record: `police-and-crime/work-placements`."""
    kind: str
    """`priority`, `idea`, `case study`, `deal`, `library` or `manifesto`."""
    record: Any
    pieces: tuple[Piece, ...]
    shipped: bool
    """Whether it stands in a library that ships."""
    file: str


@cache
def libraries() -> tuple[Path, ...]:
    """The folders of the libraries that ship."""
    return tuple(sorted(path.parent for path in (ROOT / "ideas").glob("*/library.yaml")))


@cache
def examples() -> tuple[Path, ...]:
    """The folders of the examples."""
    return tuple(sorted(path.parent for path in (ROOT / "examples").glob("*/manifesto.yaml")))


@cache
def everything() -> tuple[Written, ...]:
    """Each record of each library and each example."""
    found: list[Written] = []
    for folder in libraries():
        library = load_library(folder).value
        assert library, f"{folder.name} cannot be read: run `manifesto check` in it"
        found += records_of(library, f"ideas/{folder.name}/", shipped=True)
    for folder in examples():
        project, where = load(folder).value, f"examples/{folder.name}/"
        assert project, f"{folder.name} cannot be read: run `manifesto check` in it"
        assert project.manifesto, f"{folder.name} cannot be read: run `manifesto check` in it"
        assert project.origin
        found.append(_written("manifesto", project.manifesto, project.origin, f"{where}manifesto.yaml"))
        found += records_of(project.shelf.own, where, shipped=False)
    return tuple(found)


def records_of(library: Library, where: str, *, shipped: bool) -> Iterator[Written]:
    """The records of a library whose files lie below `where`, a path that ends in `/`."""
    if library.header and library.origin:
        yield _written("library", library.header, library.origin, f"{where}library.yaml", shipped=shipped)
    groups: tuple[tuple[str, str, Any], ...] = (
        ("priority", "priorities", library.priorities),
        ("idea", "ideas", library.ideas),
        ("case study", "case-studies", library.case_studies),
        ("deal", "deals", library.deals),
    )
    for kind, below, entries in groups:
        for entry in entries.values():
            file = f"{where}{below}/{entry.id}.yaml"
            yield _written(kind, entry.record, entry.origin, file, shipped=shipped)


def _written(kind: str, record: Any, origin: Origin, file: str, *, shipped: bool = False) -> Written:
    name = re.sub(
        r"^(?:ideas|examples)/(?=.+/)|(?<=/)(?:priorities|ideas|case-studies|deals)/|\.yaml$", "", file
    )
    return Written(name, kind, record, tuple(pieces(record, origin, file)), shipped, file)


def pieces(record: Any, origin: Origin, file: str) -> Iterator[Piece]:
    """The texts of a record that readers see, in the order of its fields, and the questions that it asks of a candidate."""
    for above, part in _parts(record):
        for path, text in [*texts(part), *_plain_texts(part)]:
            field = [step for step in path if isinstance(step, str)][-1]
            if field == "locator" or (field == "unit" and text.isupper()):
                continue  # a place in what somebody else has written; a currency, which is shown as a sign
            line, _ = origin.source.position(origin.at(*above, *path).start)
            seen = tuple(blocks(text)) if _is_markdown(part, path) else plain(text)
            yield Piece(_name((*above, *path)), f"{file}:{line}", seen, field not in _NOT_SENTENCES)


def _parts(record: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """A record; of a manifesto also each change that it makes to what it picks, with where that stands."""
    if not isinstance(record, Manifesto):
        yield (), record
        return
    yield (), structs.replace(record, priorities=(), case_studies=(), deals=())
    for i, priority in enumerate(record.priorities):
        yield ("priorities", i), structs.replace(priority, ideas=())
        for k, pick in enumerate(priority.ideas if isinstance(priority.ideas, tuple) else ()):
            if not isinstance(pick, str):
                yield ("priorities", i, "ideas", k), pick
    for i, study in enumerate(record.case_studies):
        yield ("case_studies", i), study
    for i, deal in enumerate(record.deals):
        if not isinstance(deal, str):
            yield ("deals", i), deal


def _name(path: tuple[str | int, ...]) -> str:
    """A field in a reader's words: `claims 2, note`."""
    steps = [f" {step + 1}" if isinstance(step, int) else f", {step}" for step in path]
    return "".join(steps).removeprefix(", ")


def _plain_texts(record: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Texts for people that take no placeholders: questions, and what a library says of itself."""
    for name, question in (getattr(record, "questions", None) or {}).items():
        yield ("questions", name, "ask"), question.ask
        if question.example:
            yield ("questions", name, "example"), question.example
    if type(record).__name__ == "LibraryHeader":
        yield ("title",), record.title
        if record.summary:
            yield ("summary",), record.summary


def _is_markdown(record: Record, path: tuple[str | int, ...]) -> bool:
    inner: Any = record
    for step in path[:-1]:
        inner = inner[step] if isinstance(step, int) or isinstance(inner, dict) else getattr(inner, step)
    return isinstance(inner, Record) and (path[-1], Holds.PROSE) in tuple(text_fields(type(inner)))
