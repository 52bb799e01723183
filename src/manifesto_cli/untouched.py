"""Which pages stay as they are although files have changed: those that show none of the texts of which only the words are different."""

import os
from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any

import msgspec

from manifesto_cli.disk.kept import Kept
from manifesto_cli.disk.last_run import Trace, shown_in
from manifesto_cli.merging.placeholders import hole_marks, with_sentinels
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.record import Record
from manifesto_cli.model.texts import Holds, text_fields
from manifesto_cli.reading.library import RECORDS, Entry
from manifesto_cli.rendering.files import TextName
from manifesto_cli.rendering.markup import compiled

_KINDS = {"priorities": "priority", "ideas": "pledge", "case-studies": "case-study", "deals": "deal"}
"""By folder, the kind of page that its records have."""


def untouched_pages(
    shelf: Shelf, pages: Collection[str], changed: Collection[str], trace: Trace, kept: Kept
) -> frozenset[str]:
    """Those of the pages that are as they were when the trace was left, though these files have changed since; none where that cannot be told.

    A page is made of the whole edition, but of Markdown texts only through the writer, which notes which it writes where. So if only their words
    have changed, a page that shows none of them is the same.
    """
    names: set[TextName] = set()
    for path in changed:
        name = _only_words_differ(shelf, path, trace, kept)
        if name is None:
            return frozenset()
        names.add(name)
    return frozenset(
        path
        for path in pages
        if path in trace.texts and names.isdisjoint(shown.name for shown in shown_in(trace.texts[path]))
    )


def _only_words_differ(shelf: Shelf, path: str, trace: Trace, kept: Kept) -> TextName | None:
    """The record of a file in which nothing but words of its Markdown texts has changed; None for any other file."""
    entry, folder = _entry(shelf, path)
    called = entry.origin.source.path if entry else ""
    old, now = trace.keys.get(called), kept.files.get(called)
    before, after = kept.find(old) if old else None, kept.find(now) if now else None
    if entry is None or before is None or after is None:
        return None
    faces = {face(what, RECORDS[folder]) for what in (before, after)}
    return (_KINDS[folder], entry.key) if len(faces) == 1 else None


def _entry(shelf: Shelf, path: str) -> tuple[Entry[Any] | None, str]:
    """The record of a file, and the folder that it is in."""
    folder, name = os.path.basename(os.path.dirname(path)), os.path.basename(path)
    real = os.path.realpath(path)
    for library in chain((shelf.own,), shelf.libraries):
        groups: dict[str, Mapping[str, Entry[Any]]] = {
            "priorities": library.priorities,
            "ideas": library.ideas,
            "case-studies": library.case_studies,
            "deals": library.deals,
        }
        entry = groups.get(folder, {}).get(name.removesuffix(".yaml"))
        if entry and os.path.realpath(entry.origin.source.path) == real:
            return entry, folder
    return None, folder


def face(what: bytes, model: type[Record]) -> bytes:
    """Of what a file says, all but the words of its Markdown texts, of which their headings stay: they may be linked to from elsewhere."""
    tree = msgspec.msgpack.decode(what)
    texts: list[object] = []
    for name, holds in text_fields(model):
        text = tree.pop(name, None) if holds is Holds.PROSE else None
        if text is not None:
            # A heading is all that a link from elsewhere can lead to; it may have placeholders.
            headings = compiled(with_sentinels(text)).headings
            texts.append((name, bool(text), headings, hole_marks(text) if headings else ()))
    return msgspec.msgpack.encode((tree, texts))
