"""Faults of a file's bytes and characters, before anything is parsed."""

from manifesto_cli.faults.diagnostic import Diagnostic, error
from manifesto_cli.faults.mending import written
from manifesto_cli.faults.source import Span


def file_too_large(at: Span, size: int, limit: int) -> Diagnostic:
    """A file is larger than any file that a person writes.

    Every YAML file may hold up to two mebibytes, which is about 300,000 words. The size is checked before
    the file is parsed, so that a file made to fill the memory does no harm.

    Mend it by splitting the text over several records.
    """
    return error(
        "file-too-large",
        f"this file has {size:,} bytes, more than the {limit:,} that are read",
        at,
        "not read",
        help="split it into several files, one record each",
    )


def not_utf8(at: Span) -> Diagnostic:
    """A file is not UTF-8, the encoding in which all text is read.

    Some editors, mostly on Windows, still save letters such as `é` or `ŵ` in an older encoding.

    Mend it by saving the file again as UTF-8; a byte order mark at the start is allowed.
    """
    return error(
        "not-utf8",
        "this file is not UTF-8",
        at,
        "these bytes are no letter in UTF-8",
        help="open the file in an editor, save it again with “Save as”, and choose UTF-8 as its encoding",
    )


def forbidden_character(at: Span, name: str, meant: str | None) -> Diagnostic:
    """A file holds a character that has no place in a text.

    Refused are control characters (but for tabs and line ends), the three characters that YAML takes for
    line ends but editors do not (U+0085, U+2028, U+2029), a carriage return that stands alone, and
    private-use characters, which have no agreed meaning. They come from copying out of other programs and are usually invisible.

    Mend it by deleting the character, or by typing a plain space or line end in its place.
    """
    return error(
        "forbidden-character",
        f"the character {name} has no place in a text",
        at,
        "here, though it may be invisible",
        help="delete it, or type a plain space or line end in its place"
        if meant is None
        else "delete it"
        if not meant
        else "type a line end in its place"
        if meant == "\n"
        else f"type `{meant}` in its place",
        fix=written(at, meant) if meant is not None else None,
    )
