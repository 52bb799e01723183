"""A line of YAML that reads otherwise than it was meant → the line to type instead, tried before it is proposed."""

import re

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Fix
from manifesto_cli.faults.source import Edit, SourceFile, apply_edits
from manifesto_cli.patterns import pattern

MAX_LINE = 1_000
"""In a longer line nobody would find the place."""
_MAX_TRIED = 100_000
"""Each proposal is tried on the whole file, which a larger one would make slow."""
_LINE = pattern(
    r"""(?P<lead>[ ]*(?:-[ ]+)*)
        (?:(?P<name>[\w.-]+|"[^"]*"|'[^']*')[ ]*:[ \t]+)?
        (?P<text>\S.*?)
        (?:[ \t]+\#(?:[ \t\#!].*)?|[ \t]*)$""",
    re.VERBOSE,
)
_PIECE = pattern(
    r"""\(\([^()]*\)\)|(?<![^\s\[{,:])"(?:[^"\\]|\\.)*"|(?<![^\s\[{,:])'(?:[^']|'')*'|: |[\[{,}\]]|."""
)
_CURLED = pattern(r"[“„«]([^“”„«»]*)[”“»]")


class Mended(Struct, frozen=True):
    """A change that lets the parser go on, and the line that comes of it."""

    line: str
    """As it is typed, with its indentation."""
    fix: Fix


def mended(source: SourceFile, *edits: Edit) -> Mended | None:
    """The file with changes made, if the parser then gets past them."""
    if not edits:
        return None
    start = min(edit.start for edit in edits)
    line = source.position(start)[0]
    last = source.position(max(edit.end for edit in edits))[0]
    if len(source.text) > _MAX_TRIED or any(len(source.line(n)) > MAX_LINE for n in (line, last)):
        return None
    after = SourceFile(source.path, apply_edits(source.text, edits))
    if after.text == source.text:
        return None
    from manifesto_cli.reading.parser import first_problem  # noqa: PLC0415 - only what is wrong needs the parser

    problem = first_problem(after.text)
    if problem is not None and after.position(problem)[0] <= last:
        return None
    return Mended(after.line(line), Fix(edits))


def proposal(
    words: str, mend: Mended | None, without: str = "", *, indented: bool = False
) -> tuple[str, Fix | None]:
    """What to say and what to offer: the words with the line to type, or others where none was found.

    The line is shown with its indentation only where that is part of the change.
    """
    if mend is None:
        return without or words, None
    return f"{words}: `{mend.line.rstrip() if indented else mend.line.strip()}`", mend.fix


def text_in_quotes(source: SourceFile, at: int) -> Mended | None:
    """The line with its text in quotes: all behind the name or dash, or in brackets the part that a place lies in."""
    found = text_of_line(source, at)
    if found is None:
        return None
    start, end = found
    if source.text[start] in "[{":
        part = _part(source.text, start, end, at)
        if part:
            in_part = in_quotes(source, *part)
            if in_part:
                return in_part
    return in_quotes(source, start, end)


def in_quotes(source: SourceFile, start: int, end: int) -> Mended | None:
    """The file with quotation marks around a text; marks that were meant to be such are taken for it."""
    text = source.text[start:end]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    curled = _CURLED.fullmatch(text)
    return mended(source, Edit(start, end, as_quoted(curled[1] if curled else text)))


def as_quoted(text: str) -> str:
    """A text as YAML that needs no look at what surrounds it."""
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def text_of_line(source: SourceFile, at: int) -> tuple[int, int] | None:
    """The place of the text in a line: what stands behind its name, or else behind its dash, up to a comment."""
    number, column = source.position(at)
    line = source.line(number)
    if len(line) > MAX_LINE:
        return None
    found = _LINE.match(line)
    if not found or (found["name"] is None and "-" not in found["lead"]):
        return None
    first = at - column + 1
    return first + found.start("text"), first + found.end("text")


def _part(text: str, start: int, end: int, at: int) -> tuple[int, int] | None:
    """The place of the text that a place lies in, in a list or group in brackets."""
    first = start
    for piece in _PIECE.finditer(text, start, end):
        if piece.group() not in (": ", "[", "{", ",", "}", "]"):
            continue
        if piece.start() >= at and piece.group() != ": ":
            return _stripped(text, first, piece.start())
        if piece.start() < at:
            first = piece.end()
    return _stripped(text, first, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    end -= len(part) - len(part.rstrip())
    return (start, end) if start < end else None
