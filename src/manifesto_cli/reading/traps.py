"""What YAML reads without complaint, but otherwise than it was meant: found while the tree is built."""

from manifesto_cli.faults.catalogue import misreadings, syntax
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import Edit, SourceFile
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.misplaced import list_below, no_colon, no_dash_space, odd_space, open_quote
from manifesto_cli.reading.syntax_help import single_quotes
from manifesto_cli.reading.trying import as_quoted, in_quotes, mended, proposal, text_in_quotes

_DASHED = pattern(r" *-[^\s\-]")
_ENTRY = pattern(r" *- +\S")
_FIELD = pattern(r"(?P<indent> *)(?:- +)*[\w.-]+:(?:\s|$)")
_UNSPACED = pattern(r"[a-z][a-z_]*:(?=[^\s/:])")
_DRIVE = pattern(r'"[A-Za-z]:\\[A-Za-z]')


def whole_file(source: SourceFile, start: int) -> Diagnostic | None:
    """Why a file is nothing but one text: its first line is no field, but for a missing space or colon."""
    number = source.position(start)[0]
    return odd_space(source, number) or no_dash_space(source, number) or no_colon(source, number)


def lines_of_text(source: SourceFile, start: int, end: int) -> Diagnostic | None:
    """A text without quotes over several lines in which one looks like an entry of a list."""
    first, last = source.position(start)[0], source.position(max(end - 1, start))[0]
    if source.text[start : start + 1] == "-" and all(
        _DASHED.match(source.line(n)) for n in range(first, last + 1)
    ):
        dashes = [source.offset(n, 1) + source.line(n).index("-") for n in range(first, last + 1)]
        mend = mended(source, *(Edit(at + 1, at + 1, " ") for at in dashes))
        help, fix = proposal("put a space after each dash", mend, indented=True)
        return syntax.yaml_dash(source.span(start, start + 1), help, fix)
    for n in range(first, last + 1):
        fault = odd_space(source, n) if n > first or _starts(source, n, start) else None
        if fault:
            return fault
    for n in range(first + 1, last + 1):
        if _ENTRY.match(source.line(n)):
            return list_below(source, n, first)
    return None


def odd_text(source: SourceFile, start: int) -> Diagnostic | None:
    """A no-break space around a name, or at the start of a text."""
    return odd_space(source, source.position(start)[0])


def swallowed(source: SourceFile, start: int, end: int, indent: int) -> Diagnostic | None:
    """A text in quotes that runs on over fields to the left of it: its closing mark was forgotten."""
    first, last = source.position(start)[0], source.position(end)[0]
    for n in range(first + 1, last + 1):
        found = _FIELD.match(source.line(n))
        if found and len(found["indent"]) <= indent:
            return open_quote(source.span(start, start + 1))
    return None


def windows_path(source: SourceFile, start: int) -> Diagnostic | None:
    """A path of Windows in double quotes, whose backslashes are read as escapes."""
    if not _DRIVE.match(source.text, start):
        return None
    return syntax.yaml_escape(source.span(start + 3, start + 5), *single_quotes(source, start))


def question_mark(source: SourceFile, start: int, end: int) -> Diagnostic:
    """In brackets, a text that starts with `?`, which the parser drops."""
    mend = in_quotes(source, start - 1, end)
    return syntax.yaml_start(source.span(start - 1, start), *proposal("put the text in quotes", mend))


def no_space(source: SourceFile, start: int, end: int) -> Diagnostic | None:
    """A field in brackets whose colon no space follows."""
    found = _UNSPACED.match(source.text, start, end)
    if not found:
        return None
    mend = mended(source, Edit(found.end(), found.end(), " "))
    at = source.span(found.end() - 1, found.end())
    return syntax.yaml_no_colon(at, *proposal("write a space after the colon", mend))


def cut_in_two(source: SourceFile, first: int, start: int, end: int) -> Diagnostic:
    """A part in brackets that belongs to the text before its comma, given where that text starts; it may be none (-1)."""
    if first < 0:
        words = "write a colon and a value after it, or put the text in quotes if it is one"
        return syntax.yaml_no_colon(
            source.span(start, end), proposal(words, text_in_quotes(source, start - 1))[0]
        )
    whole = source.text[first:end]
    space = " " if source.text[first - 1 : first] == ":" else ""
    mend = None
    if "\n" not in whole and whole[0] not in "\"'":
        mend = mended(source, Edit(first, end, space + as_quoted(whole)))
    without = "put the whole text in quotes"
    return misreadings.yaml_comma(source.span(start, end), *proposal("put the text in quotes", mend, without))


def _starts(source: SourceFile, number: int, start: int) -> bool:
    """Whether a text is the first thing on its line."""
    return not source.text[source.offset(number, 1) : start].strip()
