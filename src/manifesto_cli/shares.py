"""What hangs on one file or one text alone, worked out in as many processes as are worth it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from manifesto_cli.disk.workers import dealt, in_shares, jobs_for
from manifesto_cli.reading.library import RECORDS, Folder
from manifesto_cli.reading.said import said
from manifesto_cli.rendering.compiled import Compiled, decoded, encoded
from manifesto_cli.rendering.markup import compiled

T = TypeVar("T")


def sound_files(folder: Folder, jobs: int | None) -> Mapping[str, bytes]:
    """By path, what the files of records say that are sound; none if one process is to read them, which then does so only once."""
    paths = [path for path in folder.files if path.partition("/")[0] in RECORDS]
    found = _in_shares(partial(_said, folder), paths, jobs)
    return {path: what for path, what in found.items() if what is not None}


def _said(folder: Folder, paths: Sequence[str]) -> list[bytes | None]:
    return [said(folder.files[path], RECORDS[path.partition("/")[0]]) for path in paths]


def compiled_texts(texts: Iterable[str], jobs: int | None) -> Callable[[str], Compiled]:
    """What gives the form of each of these Markdown texts, and of any other."""
    known = _in_shares(_forms, [*dict.fromkeys(texts)], jobs)

    def find(text: str) -> Compiled:
        form = known.get(text)
        return (decoded(form) if form is not None else None) or compiled(text)

    return find if known else compiled


def _forms(texts: Sequence[str]) -> list[bytes]:
    return [encoded(compiled(text)) for text in texts]


def _in_shares(
    work: Callable[[Sequence[str]], list[T]], things: Sequence[str], jobs: int | None
) -> dict[str, T]:
    """What comes of each thing, by the thing; nothing where there would be only one share, which nothing is gained by."""
    shares = dealt(things, jobs_for(jobs, len(things)))
    if len(shares) < 2:  # noqa: PLR2004
        return {}
    return {
        thing: result
        for share, results in zip(shares, in_shares(work, shares), strict=True)
        for thing, result in zip(share, results, strict=True)
    }
