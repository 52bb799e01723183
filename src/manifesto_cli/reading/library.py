"""Files → Library: every record with its id and origin, and which ids are broken."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from msgspec import Struct

from manifesto_cli.faults.catalogue import libraries as faults_of
from manifesto_cli.faults.catalogue.fields import wrong_kind
from manifesto_cli.faults.catalogue.references import former_id_taken
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Outcome
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.memory import Memory, recalled
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.layout import FOLDERS, HEADER, SOURCES
from manifesto_cli.model.library_header import LibraryHeader
from manifesto_cli.model.priority import Priority
from manifesto_cli.model.record import Record
from manifesto_cli.model.source_document import SourceDocument
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.nodes import Mapping as Tree
from manifesto_cli.reading.nodes import Node
from manifesto_cli.reading.origin import Origin, place
from manifesto_cli.reading.said import sound_source
from manifesto_cli.reading.text import without_accents

R = TypeVar("R", bound=Record)

RECORDS: Mapping[str, type[Record]] = dict(zip(FOLDERS, (Priority, Idea, CaseStudy, Deal), strict=True))
"""What the files in each folder hold."""

_ID = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BARE = pattern(r"[A-Za-z0-9]+(?:[ _-]+[A-Za-z0-9]+)*")
"""Names that only capitals and what joins their parts keep from being ids."""
_MAX_ID = 80
_WINDOWS_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


class Folder(Struct, frozen=True):
    """A library's or project's files as read: paths are relative to it, with `/` between the parts."""

    label: str
    """How its reader knows it: what stands before the paths of its files in messages, `""` or ending in `/`."""
    files: Mapping[str, bytes]
    """The YAML files that hold records."""
    media: Mapping[str, str]
    """The pictures: path in the folder → absolute path on this machine."""
    unread: tuple[tuple[str, str, str], ...] = ()
    """Files that lie where records are kept but are not read, by carelessness: path, why, what to do."""
    refused: tuple[tuple[str, str], ...] = ()
    """Files that must not be read: path and why."""


class Entry(Struct, Generic[R], frozen=True):
    """A record in its library."""

    id: str
    library: str
    """The library's id; empty for the project's own."""
    key: str
    """What tells it from every other record of its kind, in whichever library."""
    record: R
    origin: Origin


class Library(Struct, frozen=True):
    """Every record by id, in library order. An id in `broken` exists but could not be read; of it all has been said."""

    id: str
    header: LibraryHeader | None
    """What the library says of itself; a project's own records have no header."""
    origin: Origin | None
    """Where the header was written."""
    priorities: Mapping[str, Entry[Priority]]
    ideas: Mapping[str, Entry[Idea]]
    case_studies: Mapping[str, Entry[CaseStudy]]
    deals: Mapping[str, Entry[Deal]]
    sources: Mapping[str, Entry[SourceDocument]]
    broken: frozenset[tuple[str, str]]
    """Kind (`priority`, `idea`, `case study`, `deal`, `source`) and id."""
    former: Mapping[tuple[str, str], str]
    """Kind and an id that a record had before → the id it has now. Ids in use are never among them."""
    media: Mapping[str, str]


def read_library(
    folder: Folder, memory: Memory | None = None, sound: Mapping[str, Any] = MappingProxyType({})
) -> Outcome[Library]:
    """The library in a folder, and every fault of its files. Whatever is wrong, there is a library of what is sound.

    `sound` are the records that `said` found in files of it, by path: they are not read again.
    """
    faults: list[Diagnostic] = [
        *(
            faults_of.file_not_read(SourceFile(folder.label + path, "").start(), why, help)
            for path, why, help in folder.unread
        ),
        *(
            faults_of.file_unreadable(SourceFile(folder.label + path, "").start(), why)
            for path, why in folder.refused
        ),
    ]
    broken: set[tuple[str, str]] = set()
    header, origin = _header(folder, faults)
    name = header.id if header else ""
    gathered = _Gathered(folder, name, memory, sound, faults, broken)
    priorities = _in_order(_records(gathered, "priorities", Priority, "priority"))
    ideas = dict(_records(gathered, "ideas", Idea, "idea"))
    studies = dict(_records(gathered, "case-studies", CaseStudy, "case study"))
    deals = dict(_records(gathered, "deals", Deal, "deal"))
    sources = _sources(gathered)
    groups: dict[str, Mapping[str, Entry[Any]]] = {
        "priority": priorities,
        "idea": ideas,
        "case study": studies,
        "deal": deals,
    }
    former = {(kind, old): new for kind, group in groups.items() for old, new in _former(kind, group, faults)}
    library = Library(
        name,
        header,
        origin,
        priorities,
        ideas,
        studies,
        deals,
        sources,
        frozenset(broken),
        former,
        folder.media,
    )
    return Outcome(library, tuple(faults))


def _header(folder: Folder, faults: list[Diagnostic]) -> tuple[LibraryHeader | None, Origin | None]:
    if HEADER not in folder.files:
        return None, None
    document = read_document(folder.label + HEADER, folder.files[HEADER])
    faults += document.faults
    if document.value is None:
        return None, None
    header = decode(*document.value, LibraryHeader, "`library.yaml`")
    faults += header.faults
    return header.value, Origin(*document.value)


class _Gathered(Struct, frozen=True):
    """What the records of one library are read from, and where what is wrong with them goes."""

    folder: Folder
    library: str
    memory: Memory | None
    sound: Mapping[str, Any]
    faults: list[Diagnostic]
    broken: set[tuple[str, str]]


def _records(gathered: _Gathered, below: str, model: type[R], kind: str) -> Iterator[tuple[str, Entry[R]]]:
    folder, broken = gathered.folder, gathered.broken
    for path in sorted(path for path in folder.files if path.startswith(below + "/")):
        name = path.removeprefix(below + "/").removesuffix(".yaml")
        if not is_id(name):
            source = SourceFile(folder.label + path, "")
            gathered.faults.append(faults_of.file_name(source.start(), name, as_id(name), ".yaml"))
            broken.add((kind, as_id(name) or name))  # whoever names it so means this file
            continue
        read = _read(gathered, path, model, (kind, name, gathered.library))
        gathered.faults.extend(read.faults)
        if read.value is None:
            broken.add((kind, name))
        else:
            yield name, read.value


def _read(
    gathered: _Gathered, path: str, model: type[Any], named: tuple[str, str, str]
) -> Outcome[Entry[Any]]:
    """The record in a file, from memory or from what is known of a sound file, if it is."""
    asked = (gathered.folder.label + path, gathered.folder.files[path], model, *named)
    work = partial(_known, gathered.sound.get(path), asked)
    return gathered.memory.answer((_record, asked), work) if gathered.memory else work()


def _known(record: Any, asked: tuple[str, bytes, type[Any], str, str, str]) -> Outcome[Entry[Any]]:
    """The record of a sound file, or what reading the file gives if there is none."""
    if record is None:
        return _record(*asked)
    path, content, _, _, name, library = asked
    return Outcome(Entry(name, library, _key(library, name), record, Origin(sound_source(path, content))))


def _record(
    path: str, content: bytes, model: type[Any], kind: str, name: str, library: str
) -> Outcome[Entry[Any]]:
    """The record in a file, and every fault of it."""
    document = read_document(path, content)
    if document.value is None:
        return Outcome(None, document.faults)
    record = decode(*document.value, model, f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}")
    faults = (*document.faults, *record.faults)
    if record.value is None:
        return Outcome(None, faults)
    origin = Origin(document.value[0])
    return Outcome(Entry(name, library, _key(library, name), record.value, origin), faults)


def _key(library: str, name: str) -> str:
    return f"{library}:{name}"


def _sources(gathered: _Gathered) -> Mapping[str, Entry[SourceDocument]]:
    folder = gathered.folder
    if SOURCES not in folder.files:
        return {}
    sources, faults, broken = recalled(
        gathered.memory, _listed, folder.label + SOURCES, folder.files[SOURCES], gathered.library
    )
    gathered.faults.extend(faults)
    gathered.broken.update(broken)
    return sources


def _listed(
    path: str, content: bytes, library: str
) -> tuple[Mapping[str, Entry[SourceDocument]], Faults, frozenset[tuple[str, str]]]:
    """The sources in a file that lists them, every fault of it, and which ids are broken."""
    faults: list[Diagnostic] = []
    broken: set[tuple[str, str]] = set()
    document = read_document(path, content)
    faults += document.faults
    sources = dict(_sources_in(document.value, library, faults, broken)) if document.value else {}
    if document.value is None:
        broken.add(("source", ""))  # no id can be looked up, so none is reported as unknown
    return sources, tuple(faults), frozenset(broken)


def _sources_in(
    document: tuple[SourceFile, Node], library: str, faults: list[Diagnostic], broken: set[tuple[str, str]]
) -> Iterator[tuple[str, Entry[SourceDocument]]]:
    source, tree = document
    if not isinstance(tree, Tree):
        faults.append(
            wrong_kind(
                place(source, tree),
                "`sources.yaml`",
                "a list",
                "ids with fields below them",
                "write each source's id and a colon, such as `report-2026:`, and its fields below, such as `  title: …`",
            )
        )
        broken.add(("source", ""))
        return
    wrapped = tree.entries.get("sources")
    if (
        wrapped
        and len(tree.entries) == 1
        and isinstance(wrapped.value, Tree)
        and _holds_records(wrapped.value)
    ):
        faults.append(
            wrong_kind(
                source.span(wrapped.key.start, wrapped.key.end),
                "`sources.yaml`",
                "a name for all of them",
                "ids with fields below them",
                "delete this line, and start the line of each id without spaces",
            )
        )
        broken.add(("source", ""))
        return
    for name, entry in tree.entries.items():
        if not is_id(name):
            at, meant = source.span(entry.key.start, entry.key.end), as_id(name)
            sure = bool(_BARE.fullmatch(name)) and bool(meant) and meant not in tree.entries
            faults.append(faults_of.file_name(at, name, meant, ":", sure=sure))
            broken.add(("source", meant or name))
            continue
        outcome = decode(source, entry.value, SourceDocument, "a source")
        faults += outcome.faults
        if outcome.value is None:
            broken.add(("source", name))
        else:
            origin = Origin(source, entry.value)
            yield name, Entry(name, library, _key(library, name), outcome.value, origin)


def _holds_records(tree: Tree) -> bool:
    return all(isinstance(entry.value, Tree) for entry in tree.entries.values())


def _former(
    kind: str, group: Mapping[str, Entry[Any]], faults: list[Diagnostic]
) -> Iterator[tuple[str, str]]:
    claimed: dict[str, Span] = {}
    for entry in group.values():
        for i, old in enumerate(entry.record.formerly):
            at = entry.origin.at("formerly", i)
            first = group[old].origin.at("title") if old in group else claimed.get(old)
            if first is not None:
                faults.append(former_id_taken(at, first, kind, old))
            else:
                claimed[old] = at
                yield old, entry.id


def is_id(name: str) -> bool:
    """Whether a name can be an id, and so part of an address and of a file's name on any system."""
    return bool(_ID.fullmatch(name)) and len(name) <= _MAX_ID and name not in _WINDOWS_NAMES


def as_id(name: str) -> str:
    """The id that a name was probably meant to be, or nothing where none can be made of it, or where it is one."""
    proposal = "-".join(re.findall(r"[a-z0-9]+", without_accents(name)))[:_MAX_ID].strip("-")
    return proposal if is_id(proposal) and proposal != name else ""


def _in_order(records: Iterator[tuple[str, Entry[Priority]]]) -> Mapping[str, Entry[Priority]]:
    def place(record: tuple[str, Entry[Priority]]) -> tuple[bool, object, str]:
        name, entry = record
        return entry.record.order is None, entry.record.order or 0, name

    return dict(sorted(records, key=place))
