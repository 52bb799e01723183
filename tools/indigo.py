"""The page of what a deal is called in the INDIGO data standard, from the table that the export goes by."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from manifesto_cli.outputs.indigo_mapping import (
    DATABASE,
    DOCUMENTS,
    OUTCOME_LEVEL,
    PUBLIC,
    SCHEMA,
    SEEN,
    SOURCES,
    TABLE,
    VERSION,
    WORDS,
    Row,
)
from tools.markdown import code, entry, listed, page

_READING = f"""\
What [`manifesto export indigo`](../indigo.md) makes of each field of a deal: where it stands in a project of the [INDIGO data standard]({DOCUMENTS}), or why it stands nowhere.

The standard is version {VERSION} of the Government Outcomes Lab, University of Oxford. The names are those of its [project schema]({SCHEMA}), as seen on {SEEN}. It keeps organisations apart from projects; `organisations` stands here as in [the database that publishes it]({DATABASE}).

- `[]` is each entry of a list. Dots lead into our records, as in [the fields](fields.md), strokes into theirs.
- A row without a place also speaks for all that stands below its field.
- What has several places stands at each of them, or at the one that the sentence says."""

_FIXED = f"""\
- `status` is {code(PUBLIC)}, for the project and each part of it that has one: a manifesto is written to be read by everybody, and of what has another status the database publishes nothing.
- `results[]/result_level/value` is {code(OUTCOME_LEVEL)}: results of a deal are of one outcome metric, never of the project as a whole.
- `sources[]/id` is the id of the source, with the library in front where two have the same. `source_ids` are such ids, joined by commas."""


def indigo_page(_: Path) -> str:
    """The page."""
    return page(
        "A deal in the INDIGO data standard",
        _READING,
        "## Fields of a deal",
        "\n".join(_entries(TABLE)),
        "## Fields of a source",
        "\n".join(_entries(SOURCES)),
        "## Words",
        "Where the standard has words of its own. What is not here has none there, and is named as left out.",
        "\n".join(_words()),
        "## What a deal does not say",
        _FIXED,
    )


def _entries(table: Iterable[Row]) -> Iterator[str]:
    for row in table:
        place = listed(row.theirs, "or" if row.ours == "ends" else "and") if row.theirs else "no place"
        yield entry(code(row.ours), place, row.note)


def _words() -> Iterator[str]:
    for theirs, words in WORDS.items():
        yield entry(code(theirs), "; ".join(f"{code(ours)} is {code(word)}" for ours, word in words.items()))
