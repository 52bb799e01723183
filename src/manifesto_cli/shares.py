"""What hangs on one file or one text alone, worked out in as many processes as are worth it."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from manifesto_cli.disk.caches import cache_folder
from manifesto_cli.disk.kept import Kept, key_of, nothing_kept, opened
from manifesto_cli.disk.this_tool import this_tool
from manifesto_cli.disk.workers import dealt, in_shares, jobs_for
from manifesto_cli.memory import Memory
from manifesto_cli.reading.library import RECORDS, Folder
from manifesto_cli.reading.said import said
from manifesto_cli.rendering.compiled import Compiled, decoded, encoded
from manifesto_cli.rendering.markup import compiled


class Work(Struct, frozen=True):
    """How the work of a run is done, which changes nothing of what comes of it."""

    memory: Memory | None = None
    """What this process has worked out before."""
    jobs: int | None = 1
    """Among how many processes work may be divided; None for as many as are worth it."""
    kept: Kept = nothing_kept()
    """What other runs have worked out before."""

    @property
    def is_anew(self) -> bool:
        """Whether there is more to gain than from this process's memory: by dividing the work, or from what other runs have kept."""
        return self.memory is None or bool(self.kept.place)


def kept_for(root: Path) -> Kept:
    """What this tool keeps of a project or library between runs."""
    caches = cache_folder()
    return opened(caches / "kept", os.path.realpath(root), this_tool()) if caches else nothing_kept()


def sound_files(folder: Folder, work: Work) -> Mapping[str, bytes]:
    """By path, what the files of records say that are sound. None of them if nothing is kept and one process is to read them, which then does so only once."""
    paths = [path for path in folder.files if path.partition("/")[0] in RECORDS]
    found = _worked_out(partial(_said, folder), paths, partial(_key_of_file, folder), work)
    if work.kept.place:
        work.kept.files.update({folder.label + path: result.key for path, result in found.items()})
    return {path: result.what for path, result in found.items()}


def _key_of_file(folder: Folder, path: str) -> bytes:
    return key_of(path.partition("/")[0].encode(), folder.files[path])


def _said(folder: Folder, paths: Sequence[str]) -> list[bytes | None]:
    return [said(folder.files[path], RECORDS[path.partition("/")[0]]) for path in paths]


def compiled_texts(texts: Iterable[str], work: Work) -> Callable[[str], Compiled]:
    """What gives the form of each of these Markdown texts, and of any other."""
    known = _worked_out(_forms, [*dict.fromkeys(texts)], _key_of_text, work)

    def find(text: str) -> Compiled:
        form = known.get(text)
        return (decoded(form.what) if form is not None else None) or compiled(text)

    return find if known else compiled


def _key_of_text(text: str) -> bytes:
    return key_of(b"text", text.encode("utf-8", "surrogatepass"))


def _forms(texts: Sequence[str]) -> list[bytes | None]:
    return [encoded(compiled(text)) for text in texts]


class _Result(Struct, frozen=True, gc=False):
    """What came of a thing, and under which key it is kept; empty if nothing is."""

    key: bytes
    what: bytes


def _worked_out(
    function: Callable[[Sequence[str]], Sequence[bytes | None]],
    things: Sequence[str],
    key: Callable[[str], bytes],
    work: Work,
) -> dict[str, _Result]:
    """What comes of each thing, by the thing, as far as anything does: what is kept of it, or worked out now and kept from now on."""
    kept = work.kept
    known: dict[str, _Result] = {}
    if not kept.is_empty:
        keys = ((thing, key(thing)) for thing in things)
        known = {
            thing: _Result(name, found) for thing, name in keys if (found := kept.find(name)) is not None
        }
    missing = [thing for thing in things if thing not in known]
    shares = dealt(missing, jobs_for(work.jobs, len(missing)))
    if len(shares) < 2 and not kept.place:  # noqa: PLR2004 - one process need not hand anything to itself
        return {}

    def results(share: Sequence[str]) -> list[tuple[bytes, bytes | None]]:
        found = zip(share, function(share), strict=True)
        return [(key(thing) if kept.place else b"", what) for thing, what in found]

    new = {
        thing: _Result(name, what)
        for share, found in zip(shares, in_shares(results, shares), strict=True)
        for thing, (name, what) in zip(share, found, strict=True)
        if what is not None
    }
    kept.add({result.key: result.what for result in new.values()})
    return known | new
