"""Worked examples: shipped files, shortened at places that leave them whole."""

import re
from itertools import islice

_LONG = 12
"""Parts of a file with more lines than this are cut."""
_START = re.compile(r"^(?=[a-z][a-z0-9_-]*:)", re.MULTILINE)
_ENTRY = re.compile(r"^ *- ", re.MULTILINE)


def excerpt(text: str, parts: int | None = None) -> str:
    """A file of fields without its comments and with at most so many top-level parts.

    Of a long list the first entry is kept, of a long text its first paragraph: what comes out is read like any other file.
    """
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    blocks = [block for block in _START.split("\n".join(lines)) if block.strip()]
    return "\n".join(_short(block.rstrip()) for block in islice(blocks, parts)) + "\n"


def _short(block: str) -> str:
    if block.count("\n") < _LONG:
        return block
    first, rest = block.split("\n", 1)
    if first.endswith("|"):
        return first + "\n" + rest.split("\n\n", 1)[0]
    entries = [(found.start(), len(found.group())) for found in _ENTRY.finditer(rest)]
    outer = [start for start, width in entries if width == entries[0][1]]
    return first + "\n" + (rest[: outer[1]].rstrip() if len(outer) > 1 else rest)
