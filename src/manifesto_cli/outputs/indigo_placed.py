"""Values at their places in a document of the INDIGO data standard, and those that go there as they are."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from manifesto_cli.outputs.indigo_mapping import TEXTS, WORDS, Row
from manifesto_cli.outputs.indigo_paths import Path, form, leaves
from manifesto_cli.outputs.indigo_words import digits


class Placed(Struct, frozen=True):
    """A value at its place in the document."""

    at: Path
    value: Any
    of: tuple[Path, ...] = ()
    """The fields of the deal that it says."""


def plain(record: Any, table: Iterable[Row], under: Path = ()) -> Iterator[Placed]:
    """The values of a record that go to their place as they are, or in a word of the standard. A number that is still open goes nowhere.

    `under` are the numbers of the entries in which the record stands in the document.
    """
    rows = {row.ours: row.theirs[0] for row in table if row.plain}
    for path, value in leaves(record):
        theirs = rows.get(form(path), "")
        words = WORDS.get(theirs)
        if not theirs or getattr(value, "hole", None) or (words and value not in words):
            continue
        said = words[value] if words else digits(value) if theirs in TEXTS else value
        yield Placed(
            _numbered(theirs, (*under, *(step for step in path if isinstance(step, int)))), said, (path,)
        )


def _numbered(theirs: str, numbers: Path) -> Path:
    """A place of the mapping with the numbers of its entries; the first entry where there is no number."""
    path: list[str | int] = []
    rest = iter(numbers)
    for step in theirs.split("/"):
        path.append(step.removesuffix("[]"))
        if step.endswith("[]"):
            path.append(next(rest, 0))
    return tuple(path)
