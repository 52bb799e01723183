"""From an id to a new file in the project or library: the calls behind `new`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from manifesto_cli import loading
from manifesto_cli.disk.projects import find_project, label_of
from manifesto_cli.disk.saving import create, exists_already
from manifesto_cli.editing.desk import unknown
from manifesto_cli.editing.starting import FOLDERS, MODELS, starting_text, title_of
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.references import Shelf, entries, find, shortest
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.library import Entry, as_id, is_id
from manifesto_cli.reading.schema import schema_path
from manifesto_cli.reading.text import FORBIDDEN


class Request(Struct, frozen=True):
    """What is to be started, and where to look for the project or library."""

    kind: str
    id: str
    start: Path
    title: str | None = None
    priority: str | None = None

    @property
    def command(self) -> str:
        """The command that asks for it, but for the id."""
        return f"manifesto new {self.kind.replace(' ', '-')}"


def start_record(request: Request) -> Iterator[str]:
    """Write the file, and say what was done and what to type next. ManifestoError where it would get in the way of anything."""
    kind, name = request.kind, request.id
    if not is_id(name):
        meant = _as_id(name)
        raise ManifestoError(
            f"`{name}` cannot be an id: it takes lower-case letters, digits and single hyphens",
            help=f"did you mean `{request.command} {meant}`?"
            if meant
            else "choose one such as `night-buses`",
            status=Exit.USAGE,
        )
    root = find_project(request.start, library=True)
    project = (root / MANIFESTO).exists()
    shelf, preferred = _project(root) if project else (_library(root), ())
    path = f"{FOLDERS[kind]}/{name}.yaml"
    _refuse_taken(shelf, kind, name, label_of(root) + path)
    priority = _priority(shelf, request, preferred) if kind == "idea" else ""
    title = request.title if request.title is not None else title_of(name)
    text = _text(kind, title.strip(), priority)
    create(root / path, text.encode())
    yield f"wrote {label_of(root)}{path}"
    for library in shelf.libraries:
        if name in entries(library, kind):
            yield f"it takes the place of the {kind} `{library.id}:{name}`"
    yield _next(request, project=project)
    if not (root / schema_path(kind.replace(" ", "-"))).exists():
        yield "your editor can help with the fields: `manifesto schema --write`"


def _as_id(name: str) -> str:
    """The id that was probably meant, also where a whole path was typed."""
    named = name.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")
    return named if is_id(named) else as_id(named)


def _text(kind: str, title: str, priority: str) -> str:
    """The text of the file; ManifestoError for a title that no record can have."""
    text = "" if FORBIDDEN.search(title) or not title else starting_text(kind, title, priority)
    document = read_document("", text.encode()).value
    if not document or decode(*document, MODELS[kind], kind).faults:
        raise ManifestoError(
            "the title is empty or too long, or holds a character that has no place in a text",
            help="write `--title TEXT`",
            status=Exit.USAGE,
        )
    return text


def _next(request: Request, *, project: bool) -> str:
    if request.kind == "priority":
        return f"fill it in, then type `manifesto new idea ID --priority {request.id}`"
    if request.kind == "case study":
        return (
            f"fill it in, name it in an idea with `case_studies: [{request.id}]`, then type `manifesto check`"
        )
    if request.kind == "deal" and project:
        return f"fill it in, list it in {MANIFESTO} with `deals: [{request.id}]`, then type `manifesto check`"
    return f"fill it in, then type `{f'manifesto pick {request.id}' if project else 'manifesto check'}`"


def _project(root: Path) -> tuple[Shelf, tuple[str, ...]]:
    """What a project has to choose from, and the priorities that it picks."""
    project = loading.load(root).value
    if project is None:
        return _library(root), ()
    picks = project.manifesto.priorities if project.manifesto else ()
    return project.shelf, tuple(pick.priority for pick in picks)


def _library(root: Path) -> Shelf:
    library = loading.load_library(root).value
    if library is None:
        raise ManifestoError(
            f"the library in `{root}` cannot be read", help="`manifesto check` says why", status=Exit.CONTENT
        )
    return Shelf(library)


def _refuse_taken(shelf: Shelf, kind: str, name: str, path: str) -> None:
    if name in entries(shelf.own, kind) or (kind, name) in shelf.own.broken:
        raise exists_already(Path(path))
    now = shelf.own.former.get((kind, name))
    if now:
        raise ManifestoError(
            f"`{name}` is what the {kind} `{now}` was called before",
            help="choose another id: old addresses go on leading to that one",
            status=Exit.USAGE,
        )


def _priority(shelf: Shelf, request: Request, preferred: tuple[str, ...]) -> str:
    """The priority that an idea starts under, as it is written there: as asked for, else the first one picked, else the first one."""
    if request.priority is not None:
        found = _found(shelf, request.priority)
        if isinstance(found, ManifestoError):
            raise found
        return shortest(shelf, "priority", found)
    known: list[Entry[Any]] = [
        entry for entry in (_found(shelf, reference) for reference in preferred) if isinstance(entry, Entry)
    ]
    known += (entry for library in (shelf.own, *shelf.libraries) for entry in library.priorities.values())
    if not known:
        raise ManifestoError(
            "there is no priority yet that an idea could belong to",
            help=f"type `manifesto new priority ID` first, then `{request.command} {request.id}`",
            status=Exit.USAGE,
        )
    return shortest(shelf, "priority", known[0])


def _found(shelf: Shelf, reference: str) -> Entry[Any] | ManifestoError:
    outcome = find(shelf, "priority", reference, "", SourceFile("", "").start())
    if outcome.value is not None:
        return outcome.value
    refusal = unknown("priority", reference, outcome.faults)
    return ManifestoError(refusal.headline, help=refusal.help, status=refusal.status)
