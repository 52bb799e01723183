"""Changes that a machine can make. Each is made only where the text is what it is taken for, so that no word of a person is lost."""

from manifesto_cli.faults.diagnostic import Fix
from manifesto_cli.faults.source import Edit, Span
from manifesto_cli.patterns import pattern

_LINK = pattern(r"(?:pledge|idea|case-study|priority|deal):|#|media/")


def written(at: Span, text: str) -> Fix:
    """Write a text in the place of what stands there."""
    return Fix((Edit(at.start, at.end, text),))


def renamed(at: Span, old: str, new: str) -> Fix | None:
    """Write `new` for `old` at the end of a place, where it stands alone, in quotes, or behind a library or the kind of a link."""
    quoted = len(at.text) > 1 and at.text[0] in "\"'" and at.text[-1] == at.text[0]
    end = at.end - quoted
    start = end - len(old)
    before = at.source.text[at.start + quoted : max(start, 0)]
    if not new or start < at.start + quoted or at.source.text[start:end] != old:
        return None
    if before and not before.endswith(":"):
        return None
    # A link is looked for in its text; the same letters may stand before it where they are no link.
    if _LINK.match(at.text) and at.source.text[at.start - 1 : at.start] not in ("(", "<"):
        return None
    return Fix((Edit(start, end, new),))


def line_end(at: Span) -> str:
    """How lines end in the file of a place."""
    return "\r\n" if "\r\n" in at.source.text else "\n"


def line_deleted(at: Span, *whole: str) -> Fix | None:
    """Delete the line of a place, if nothing else stands on it than one of these."""
    source = at.source
    number, _ = source.position(at.start)
    if source.line(number).strip() not in whole:
        return None
    start = source.offset(number, 1)
    end = source.text.find("\n", start) + 1
    if not end:  # the last line, and it does not end: the line end before it goes
        start, end = len(source.text[:start].rstrip("\r\n")), len(source.text)
    return Fix((Edit(start, end, ""),))
