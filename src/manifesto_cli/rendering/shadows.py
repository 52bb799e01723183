"""Templates of a project that take the place of others: what each was made from, and whether that has changed since.

Beside a copied template lies a record of the template that it shadows, in `.shadowed/` of the same theme: one line that says where the
original came from, and below it the original, whole. So it can be compared with what the tool ships now, whatever version that is and
wherever the old one has gone. The line has a hash of the text, so that a record which an editor has tidied up is not believed.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from msgspec import Struct

from manifesto_cli.faults.catalogue import theme_parts as faults_of
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.patterns import pattern
from manifesto_cli.rendering.theme import Theme, ThemeLayer

_HEAD = pattern(
    r"\{# The original of (?P<name>[\w./-]{1,200}), from the theme (?P<theme>[\w-]{1,100}) of manifesto (?P<version>[\w.+-]{1,50}), "
    r"sha256:(?P<hash>[0-9a-f]{64})\. Kept so that `manifesto check` can tell when it changes\. #\}\n"
)
_MOST_LINES = 1_500
"""Of longer templates no differences are shown: to find them takes time that grows with the square."""


class Shadowed(Struct, frozen=True):
    """The template that another one took the place of, as it was then."""

    theme: str
    version: str
    """The version of the tool."""
    text: str


class Place(Struct, frozen=True):
    """A template of the project, and the one that it takes the place of."""

    layer: ThemeLayer
    name: str
    source: SourceFile
    original: SourceFile | None
    """None if there is none, or none any more."""
    below: str
    """The name of the theme that has the original."""


def record_text(name: str, theme: str, version: str, text: str) -> str:
    """The record of an original."""
    text = _same_ends(text)
    return (
        f"{{# The original of {name}, from the theme {theme} of manifesto {version}, sha256:{_hash(text)}. "
        f"Kept so that `manifesto check` can tell when it changes. #}}\n{text}"
    )


def read_record(record: str) -> Shadowed | None:
    """What a record says; None if it is none, or not as it was written."""
    record = _same_ends(record)
    head = _HEAD.match(record)
    if not head or _hash(record[head.end() :]) != head["hash"]:
        return None
    return Shadowed(head["theme"], head["version"], record[head.end() :])


def placed(theme: Theme) -> Iterator[Place]:
    """Every template of the project's own folders, with the one that it takes the place of."""
    for i, layer in enumerate(theme.layers):
        below = Theme(theme.name, theme.layers[i + 1 :])
        for name, source in layer.templates.items() if not layer.shipped else ():
            original = below.template(name)
            holder = next((each.name for each in below.layers if name in each.templates), "")
            yield Place(layer, name, source, original, holder)


def shadow_faults(theme: Theme, version: str) -> Iterator[Diagnostic]:
    """What a project has to know of the templates that it shadows; `version` is that of the tool."""
    for place in placed(theme):
        record = place.layer.shadowed.get(place.name)
        known = read_record(record.text) if record else None
        command = accepting(theme, place)
        if known:
            now = _same_ends(place.original.text) if place.original else None
            if now != known.text:
                differences = _differences(place, known, now, version) if now is not None else ""
                yield faults_of.shadowed_template_changed(
                    place.source.start(), place.name, command, differences, gone=now is None
                )
        elif place.original and (record or (place.layer.header is None and not _builds_on_it(place))):
            yield faults_of.shadow_without_record(
                place.source.start(), f"{place.below}/{place.name}", command, spoilt=record is not None
            )


def accepting(theme: Theme, place: Place) -> str:
    """The command that records the original of a template as it is now."""
    of = folder_name(place.layer)
    return f"manifesto theme shadow {place.name} --accept" + ("" if of == theme.name else f" --theme {of}")


def folder_name(layer: ThemeLayer) -> str:
    """The name of the folder of `themes/` in which a layer lies."""
    return layer.label.rstrip("/").rpartition("/")[2] or layer.name


def _builds_on_it(place: Place) -> bool:
    """Whether a template shows the original itself, so that whatever changes there is seen here."""
    name = re.escape(place.name)
    return bool(
        re.search(
            rf"\{{%[-+]?\s*(?:extends|include|import|from)\s+[\"'][\w-]+/{name}[\"']", place.source.text
        )
    )


def _differences(place: Place, known: Shadowed, now: str, version: str) -> str:
    """What has changed from the old original to the new one, as `diff -u` shows it."""
    from difflib import unified_diff  # noqa: PLC0415 - only a change needs it

    old, new = known.text.splitlines(), now.splitlines()
    if max(len(old), len(new)) > _MOST_LINES:
        return ""
    before, after = f"{known.theme}/{place.name}", f"{place.below}/{place.name}"
    lines = unified_diff(
        old, new, f"{before} (manifesto {known.version})", f"{after} (manifesto {version})", lineterm=""
    )
    return "\n".join(lines)


def _same_ends(text: str) -> str:
    """The text with plain line ends: git may have changed them on its way."""
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
