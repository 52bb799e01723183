"""The page that shows what has become of each passage of the documents that the libraries were made from."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct

from manifesto_cli.loading import load_library
from manifesto_cli.model.claim import Claim
from manifesto_cli.reading.library import Library
from tools.markdown import page
from tools.passages import BOOKLET, DOCUMENTS, FIGURES, Document, Quoted

_READING = """\
The shipped libraries were made from two documents. Here is every passage of both, with what was made from it and what else cites it, so that anyone can see that nothing was left out.

- **Made from it**: records that name the passage in `based_on`.
- **Cited in**: records that have a claim which names the passage as its place.

The passages are told in words of our own. Both documents are in `sources.yaml`, with what is known of them."""
_FOLDERS = {"priority": "priorities", "idea": "ideas", "case study": "case-studies", "deal": "deals"}


class Traced(Struct, frozen=True):
    """A record, and the passages that it names."""

    file: str
    """Its path in the repository."""
    kind: str
    title: str
    based_on: tuple[str, str] | None
    """The document and the place in it; a place that is not given is empty."""
    claims: tuple[Claim, ...]


class Row(Struct, frozen=True):
    """A passage, and the records that name it."""

    made: tuple[Traced, ...]
    citing: tuple[Traced, ...]


def coverage_page(root: Path) -> str:
    """The page, from the libraries of the checkout at `root`."""
    records = traced(root)
    parts: list[str] = []
    for document in DOCUMENTS:
        parts += [
            f"## {document.title}",
            f"In `sources.yaml`: `{document.source}`.",
            _table(document, records),
        ]
    figures = [line for quoted in FIGURES for line in _figure(quoted, records)]
    parts += ["## The figures of the booklet", "Each with the claims in which it stands.", "\n".join(figures)]
    return page("From document to library", _READING, *parts)


def traced(root: Path) -> tuple[Traced, ...]:
    """Every record of every shipped library, in library order."""
    found: list[Traced] = []
    for folder in sorted(path.parent for path in (root / "ideas").glob("*/library.yaml")):
        library = load_library(folder).value
        if library:
            found += _records(library, f"ideas/{folder.name}")
    return tuple(found)


def row(document: Document, locator: str, records: Iterable[Traced]) -> Row:
    """What names a passage."""
    place = (document.source, locator)
    known = tuple(records)
    return Row(
        tuple(record for record in known if record.based_on == place),
        tuple(record for record in known if any(place in cited(claim) for claim in record.claims)),
    )


def cited(claim: Claim) -> frozenset[tuple[str, str]]:
    """The documents that a claim cites, each with the place in it; a place that is not given is empty."""
    places: list[Any] = [claim, *claim.values]
    return frozenset((_bare(place.source), place.locator or "") for place in places if place.source)


def strays(records: Iterable[Traced]) -> Iterator[str]:
    """What is wrong with how records name the documents: places that are not passages, and a heading where a passage is meant."""
    passages = {(document.source, passage.locator) for document in DOCUMENTS for passage in document.passages}
    sources = {document.source for document in DOCUMENTS}
    for record in records:
        places = [("`based_on`", record.based_on)] if record.based_on else []
        places += [
            (f"claim {i}", place)
            for i, claim in enumerate(record.claims, 1)
            for place in sorted(cited(claim))
        ]
        for where, (source, locator) in places:
            if source in sources and (source, locator) not in passages:
                yield f"{record.file}, {where}: `{source}` has no passage `{locator}`; tools/passages.py lists them"
        if record.based_on and re.fullmatch(r"section \d", record.based_on[1]) and record.kind != "priority":
            yield f"{record.file}, `based_on`: `{record.based_on[1]}` is a heading, which only a priority is made from"


def claims_with(quoted: Quoted, records: Iterable[Traced]) -> Iterator[tuple[Traced, Claim]]:
    """Each claim in which a figure stands: as its number, where it cites the passage, or in its words."""
    place, value = (BOOKLET.source, quoted.locator), Decimal(quoted.value)
    for record in records:
        for claim in record.claims:
            numbers = [other.value for other in claim.values] + ([claim.figure.value] if claim.figure else [])
            if (place in cited(claim) and value in numbers) or re.search(
                quoted.words, claim.text, re.IGNORECASE
            ):
                yield record, claim


def _records(library: Library, folder: str) -> Iterator[Traced]:
    groups: dict[str, Any] = {
        "priority": library.priorities,
        "idea": library.ideas,
        "case study": library.case_studies,
        "deal": library.deals,
    }
    for kind, entries in groups.items():
        for entry in entries.values():
            record, based_on = entry.record, entry.record.based_on
            yield Traced(
                f"{folder}/{_FOLDERS[kind]}/{entry.id}.yaml",
                kind,
                record.title,
                (_bare(based_on.source), based_on.locator or "") if based_on else None,
                getattr(record, "claims", ()),
            )


def _bare(source: str) -> str:
    """The id of a document without the library in front of it."""
    return source.rpartition(":")[2]


def _table(document: Document, records: Iterable[Traced]) -> str:
    lines = ["| Passage | What stands there | Made from it | Cited in |", "|---|---|---|---|"]
    for passage in document.passages:
        found = row(document, passage.locator, records)
        cells = (passage.locator, passage.about, _links(found.made), _links(found.citing))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _figure(quoted: Quoted, records: Iterable[Traced]) -> Iterator[str]:
    yield f"- **{quoted.figure}** ({quoted.locator})"
    for record, claim in claims_with(quoted, records):
        yield f"  - {claim.text} {_link(record)}"


def _links(records: Iterable[Traced]) -> str:
    return "; ".join(f"{record.kind} {_link(record)}" for record in records)


def _link(record: Traced) -> str:
    return f"[{record.title}](../../{record.file})"
