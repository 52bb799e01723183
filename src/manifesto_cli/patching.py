"""Pages in which only the words of texts are different → these pages, made of what they were, without merging or planning anything again.

Possible where the theme does nothing with texts but put them out, where nothing but pages shows them, and where their headings, links and placeholders
are as before. Then a page is the bytes around each text, which stay, and the HTML of the text. Wherever any of that is in doubt there is no value, and the
build goes the long way.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import escape
from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.checks.endings import says_how_it_ended
from manifesto_cli.checks.stand_ins import stands_in
from manifesto_cli.disk.contents import read_small
from manifesto_cli.disk.kept import Kept, key_of
from manifesto_cli.disk.last_run import Run, Trace, shown_in
from manifesto_cli.disk.projects import label_of
from manifesto_cli.merging.placeholders import FilledProse, hole_marks, with_sentinels
from manifesto_cli.model.case_study import CaseStudy
from manifesto_cli.model.record import Record
from manifesto_cli.model.texts import Holds, text_fields
from manifesto_cli.reading.library import RECORDS
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.said import record_said, said, sound_source
from manifesto_cli.reading.text import MAX_BYTES, first_forbidden
from manifesto_cli.rendering.compiled import Compiled
from manifesto_cli.rendering.files import File, Shown
from manifesto_cli.rendering.markup import compiled, parse, to_html
from manifesto_cli.rendering.visible import without_comments

_LARGEST = 1_000_000
"""A larger page may be more than pages may take together, which only a whole build can tell."""


class Words(Struct, frozen=True):
    """A text before and after its words were changed."""

    before: Compiled
    after: Compiled
    markdown: str


class Patched(Struct, frozen=True):
    """What comes of a change of words."""

    files: tuple[File, ...]
    """The pages that show them, anew."""
    keys: Mapping[str, bytes]
    """By what messages call a file, under which key what it says now is kept."""


def patched(run: Run, trace: Trace, changed: Collection[str], target: Path, kept: Kept) -> Patched | None:
    """The pages that show what has changed in files since a run, if that is nothing but the words of texts."""
    if not trace.patchable:
        return None
    words: dict[tuple[str, str], Words] = {}
    keys: dict[str, bytes] = {}
    told = {label.span.source.path for fault in run.faults for label in (fault.label, *fault.others)}
    for path in changed:
        called = _called(path, run.roots)
        found = _words(path, trace.keys.get(called), kept) if called and called not in told else None
        if found is None:
            return None
        keys[called] = found[0]
        words |= {(called, field): text for field, text in found[1].items()}
    files = []
    for path, encoded in trace.texts.items():
        if not any(called.encode() in encoded for called in keys):
            continue
        page = _page(f"{target}/{path}", shown_in(encoded), words, trace.imprint)
        if page is None:
            return None
        files.append(File(path, page))
    return Patched(tuple(files), keys)


def _called(path: str, roots: Collection[str]) -> str:
    """What messages call the file of a record; empty for any other file."""
    root = next((root for root in sorted(roots, key=len, reverse=True) if path.startswith(root + os.sep)), "")
    rest = path[len(root) + 1 :].replace(os.sep, "/")
    ours = root and rest.count("/") == 1 and rest.partition("/")[0] in RECORDS
    return label_of(Path(root)) + rest if ours else ""


def _words(path: str, old: bytes | None, kept: Kept) -> tuple[bytes, dict[str, Words]] | None:
    """Under which key what a file says is kept, and its texts whose words are others; None if anything else is."""
    folder = os.path.basename(os.path.dirname(path))
    content = read_small(path, MAX_BYTES) or b""
    model = RECORDS[folder]
    before, after = kept.find(old) if old else None, said(content, model)
    if before is None or after is None:
        return None
    found = _differing(record_said(before, model), after[1])
    if found is None:
        return None
    key = key_of(folder.encode(), content)
    kept.add({key: after[0]})
    return key, found


def _differing(before: Record | None, after: Record | None) -> dict[str, Words] | None:
    """Of two states of a record, the texts in which words differ; None if more does, or if a check might say something else of them."""
    if before is None or after is None:
        return None
    fields = [name for name, holds in text_fields(type(after)) if holds is Holds.PROSE]
    both: dict[str, Any] = {name: getattr(after, name) for name in fields}
    if replace(before, **both) != after:
        return None
    found: dict[str, Words] = {}
    for name in fields:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        text = _words_of(old, new) if old and new else None
        if text is None or (isinstance(after, CaseStudy) and not says_how_it_ended(after)):
            return None
        found[name] = text
    return found


def _words_of(old: str, new: str) -> Words | None:
    before, after = compiled(with_sentinels(old)), compiled(with_sentinels(new))
    alike = (
        hole_marks(old) == hole_marks(new)
        and before.headings == after.headings
        and before.within == after.within
        and not (before.doubtful or after.doubtful or stands_in(old) or stands_in(new))
        and [(each.target, each.picture, each.title) for each in before.demands]
        == [(each.target, each.picture, each.title) for each in after.demands]
    )
    return Words(before, after, with_sentinels(new)) if alike else None


def _page(
    place: str, shown: tuple[Shown, ...], words: Mapping[tuple[str, str], Words], imprint: str
) -> bytes | None:
    """A page with the new words."""
    content = read_small(place, _LARGEST)
    changes = []
    for text in shown:
        found = words.get((text.written, text.field))
        if found:
            old, new = (_html(text, form, found.markdown) for form in (found.before, found.after))
            if not content or not old or new is None or first_forbidden(new):
                return None
            start = content.find(old)
            if start < 0 or content.find(old, start + 1) >= 0:
                return None
            changes.append((start, start + len(old), new))
    return _replaced(content, sorted(changes), imprint) if content else None


def _replaced(content: bytes, changes: Sequence[tuple[int, int, bytes]], imprint: str) -> bytes | None:
    """A page with something else in some places, if these are apart and the imprint is around them."""
    around, made, done = b"", b"", 0
    for start, end, new in changes:
        if start < done:
            return None
        around += content[done:start]
        made += content[done:start] + new
        done = end
    if imprint and str(escape(imprint)) not in without_comments((around + content[done:]).decode()):
        return None
    made += content[done:]
    return made if len(made) < _LARGEST else None


def _html(text: Shown, form: Compiled, markdown: str) -> bytes | None:
    """The HTML of a text as a page shows it, of one state of it."""
    prose = FilledProse(markdown, text.values, (), Origin(sound_source("", b"")), (), "")
    parsed = parse(prose, None, lambda _: form).value
    if parsed is None:
        return None
    html = to_html(parsed, text.addresses, text.prefix, text.shift, text.frames)
    return html.encode(errors="surrogatepass")
