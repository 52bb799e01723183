"""What hangs on one file or one text alone, worked out in as many processes as are worth it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.disk.caches import cache_folder
from manifesto_cli.disk.kept import Kept, key_of, nothing_kept, opened, save
from manifesto_cli.disk.this_tool import this_tool
from manifesto_cli.disk.workers import beside, jobs_for, turns
from manifesto_cli.memory import Memory
from manifesto_cli.model.record import Record
from manifesto_cli.reading.library import RECORDS, Folder
from manifesto_cli.reading.said import record_said, said
from manifesto_cli.rendering.compiled import Compiled, decoded, encoded
from manifesto_cli.rendering.markup import compiled

Found = TypeVar("Found")


class _Result(Struct, frozen=True, gc=False):
    """What came of a thing, and under which key it is kept; empty if nothing is."""

    key: bytes
    what: bytes
    value: Any = None
    """The same as a value, if this process has worked it out itself."""


class Work(Struct, frozen=True):
    """How the work of a run is done, which changes nothing of what comes of it."""

    memory: Memory | None = None
    """What this process has worked out before."""
    jobs: int | None = 1
    """Among how many processes work may be divided; None for as many as are worth it."""
    kept: Kept = nothing_kept()
    """What other runs have worked out before."""
    ahead: Callable[[], Mapping[str, _Result]] = dict
    """Waits for the forms of Markdown texts that other processes work out meanwhile, by text."""

    @property
    def is_anew(self) -> bool:
        """Whether there is more to gain than from this process's memory: by dividing the work, or from what other runs have kept."""
        return self.memory is None or bool(self.kept.place)


def kept_for(root: Path) -> Kept:
    """What this tool keeps of a project or library between runs."""
    caches = cache_folder()
    return opened(caches / "kept", os.path.realpath(root), this_tool()) if caches else nothing_kept()


def sound_files(folder: Folder, work: Work) -> Mapping[str, Any]:
    """By path, the records in files that are sound. None of them if nothing is kept and one process is to read them, which then does so only once."""
    paths = [path for path in folder.files if path.partition("/")[0] in RECORDS]
    with _begun(partial(_said, folder), paths, partial(_key_of_file, folder), work) as results:
        found = results()
        if work.kept.place:
            work.kept.files.update({folder.label + path: result.key for path, result in found.items()})
        return {
            path: result.value or record_said(result.what, _model(path)) for path, result in found.items()
        }


def _model(path: str) -> type[Record]:
    return RECORDS[path.partition("/")[0]]


def _key_of_file(folder: Folder, path: str) -> bytes:
    return key_of(path.partition("/")[0].encode(), folder.files[path])


def _said(folder: Folder, path: str) -> tuple[bytes | None, Record | None]:
    return said(folder.files[path], _model(path)) or (None, None)


@contextmanager
def compiling(texts: Iterable[str], work: Work) -> Iterator[Work]:
    """The work of a run that will want the forms of these Markdown texts: others begin with them already, if they are many, and who asks for them helps."""
    wanted = [*dict.fromkeys(texts)]
    if jobs_for(work.jobs, len(wanted)) == 1:
        yield work
        return
    with _begun(_form, wanted, _key_of_text, work) as results:
        yield replace(work, ahead=results)


def compiled_texts(texts: Iterable[str], work: Work) -> Callable[[str], Compiled]:
    """What gives the form of each of these Markdown texts, and of any other."""
    ahead = work.ahead()
    with _begun(
        _form, [*dict.fromkeys(text for text in texts if text not in ahead)], _key_of_text, work
    ) as results:
        known = {**ahead, **results()}

    def find(text: str) -> Compiled:
        form = known.get(text)
        return (form.value or decoded(form.what) if form is not None else None) or compiled(text)

    return find if known else compiled


def _key_of_text(text: str) -> bytes:
    return key_of(b"text", text.encode("utf-8", "surrogatepass"))


def _form(text: str) -> tuple[bytes | None, Compiled]:
    form = compiled(text)
    return encoded(form), form


@contextmanager
def putting_by(work: Work, also: Callable[[], Found]) -> Iterator[Callable[[], Found]]:
    """What waits for what is found `also`, while what is new of what is kept goes to disk; if that is much, by another process. This one has it no more once that is asked for."""
    kept = work.kept
    apart = jobs_for(work.jobs, len(kept.new)) > 1

    def put_by(kept: Kept) -> Found:
        save(kept)
        return also()

    with beside(put_by, [kept] if apart else []) as results:

        @cache
        def found() -> Found:
            there = results()[0] if apart else put_by(kept)
            kept.new.clear()  # as large as all texts
            return there

        yield found
        if apart:
            found()
        elif kept.new:
            save(kept)


@contextmanager
def _begun(
    make: Callable[[str], tuple[bytes | None, Any]],
    things: Sequence[str],
    key: Callable[[str], bytes],
    work: Work,
) -> Iterator[Callable[[], dict[str, _Result]]]:
    """What waits for what comes of each thing, by the thing, as far as anything does: what is kept of it, or is worked out and kept from now on.

    Other processes, if there is enough for them, begin at once. This one helps when it waits.
    """
    kept = work.kept
    known: dict[str, _Result] = {}
    if kept.places:
        keys = ((thing, key(thing)) for thing in things)
        known = {
            thing: _Result(name, found) for thing, name in keys if (found := kept.find(name)) is not None
        }
    missing = [thing for thing in things if thing not in known]
    jobs = jobs_for(work.jobs, len(missing))
    if jobs == 1 and not kept.place:  # one process need not hand anything to itself
        yield lambda: known
        return

    def made(taken: Iterable[int]) -> Iterator[tuple[int, _Result]]:
        for i in taken:
            what, value = make(missing[i])
            if what is not None:
                yield i, _Result(key(missing[i]) if kept.place else b"", what, value)

    def handed(taken: Iterable[int]) -> list[tuple[int, bytes, bytes]]:
        return [(i, result.key, result.what) for i, result in made(taken)]

    with turns(range(len(missing)), jobs) as (own, *others), beside(handed, others) as rest:

        @cache
        def results() -> dict[str, _Result]:
            new = {missing[i]: result for i, result in made(own)}
            new |= {missing[i]: _Result(key, what) for part in rest() for i, key, what in part}
            kept.add({result.key: result.what for result in new.values()})
            return known | new

        yield results
