"""What the YAML parser says when it gives up → a fault in a reader's words, with the line to type instead."""

import re
from collections.abc import Callable

import yaml

from manifesto_cli.faults.catalogue import misreadings, syntax
from manifesto_cli.faults.diagnostic import Diagnostic, Fix
from manifesto_cli.faults.source import Edit, SourceFile, Span
from manifesto_cli.patterns import pattern
from manifesto_cli.reading import misplaced
from manifesto_cli.reading.trying import (
    MAX_LINE,
    Mended,
    as_quoted,
    mended,
    proposal,
    text_in_quotes,
    text_of_line,
)

_CLOSERS = {"[": "]", "{": "}"}
_DASHES = pattern(r"([\[,]\s*)-\s+")
_DASHED = pattern(r"(?<=: )- ([^,{}\[\]\s](?:[^,{}\[\]]*[^,{}\[\]\s])?)(?=\s*[,}])")
_BRACES = pattern(r"\{\{\s*([a-z][a-z0-9_.]*)\s*\}\}")
_PLAIN_FIELD = pattern(r"(?P<lead> *(?:- +)*)(?P<name>[\w.-]+:) +[^\s|>\[{\"'&*!#]")
_NO_TEXT = pattern(r" *(?:- |[\w.-]+:(?:\s|$)|#(?!#)|$)")
_BLANKS = 4
"""A text hardly leaves more lines empty."""
_HASH = pattern(r"(?<![^\s\[{,])#[^\s#!]")


def syntax_fault(source: SourceFile, fault: Exception) -> Diagnostic:
    """The fault for which the parser stopped, at the character where a person would look for it."""
    if not isinstance(fault, yaml.MarkedYAMLError) or fault.problem_mark is None:
        return syntax.yaml_syntax(source.start(), "not readable")
    problem = fault.problem or ""
    at = character(source, fault.problem_mark.index)
    opened = character(source, fault.context_mark.index) if fault.context_mark else at
    if at.text == "\t":
        return _tab(at)
    if "tag" in (fault.context or ""):
        words = "delete it, or put the text in quotes if it is one"
        return misreadings.yaml_tag(opened, proposal(words, text_in_quotes(source, opened.start))[0])
    for words, explain in _KNOWN:
        if words in problem:
            return explain(at, opened)
    return syntax.yaml_syntax(at, problem)


def character(source: SourceFile, index: int) -> Span:
    """The place of one character."""
    return source.span(index, min(index + 1, len(source.text)))


def braces_help(at: Span) -> Mended | None:
    """The line with `{{name}}` written as placeholders are, if that is what stands around a place."""
    number, column = at.source.position(at.start)
    line = at.source.line(number)
    first = at.start - column + 1
    edits = [
        Edit(first + found.start(), first + found.end(), f"(({found[1]}))")
        for found in _BRACES.finditer(line)
    ]
    return mended(at.source, *edits)


def directive_fault(source: SourceFile, at: int) -> Diagnostic:
    """The fault of a line that is a directive, which can be deleted with the `---` below it."""
    number = source.position(at)[0]
    start, end = source.offset(number, 1), source.offset(number, 1) + len(source.line(number))
    below = source.offset(number + (2 if source.line(number + 1) == "---" else 1), 1)
    mend = mended(source, Edit(start, max(below, end), ""))
    return syntax.yaml_directive(source.span(start, max(end, start + 1)), mend.fix if mend else None)


def _tab(at: Span) -> Diagnostic:
    """Tabs that stand where spaces should: those before the first character of the line, or the one that was met."""
    number, column = at.source.position(at.start)
    line = at.source.line(number)
    words = "replace the tab with spaces, two for each step"
    if len(line) > MAX_LINE:
        return syntax.yaml_tab(at, words)
    indent = len(line) - len(line.lstrip(" \t"))
    first = at.start - column + 1
    places = [i for i in range(indent) if line[i] == "\t"] if column <= indent else [column - 1]
    mend = mended(at.source, *(Edit(first + i, first + i + 1, "  ") for i in places))
    return syntax.yaml_tab(at, *proposal(words, mend, indented=True))


def _missing_key(at: Span) -> Diagnostic:
    before = _before(at).rstrip()
    found = text_of_line(at.source, at.start)
    if before.endswith(("'", '"')):
        above = misplaced.opened_above(at, before[-1])
        return misplaced.open_quote(above) if above else _after_quote(at)
    if before.endswith(("]", "}")) and found and at.source.text[found[0]] in "[{":
        if at.text in "]}":
            mend = mended(at.source, Edit(at.start, at.end, ""))
            return syntax.yaml_brackets(at, "no bracket is open here", *proposal("delete it", mend))
        return _start(character(at.source, found[0]))
    if at.text == ":" and _nameless(at):
        return misreadings.unnamed_value(at)
    return misplaced.line_fault(at)


def _colon(at: Span) -> Diagnostic:
    if _nameless(at) and text_of_line(at.source, at.start) is None:
        return misreadings.unnamed_value(at)
    found = text_of_line(at.source, at.start)
    if found is None or at.start < found[0] or not _before(at).strip():
        return misplaced.line_fault(at)
    return _quoting(syntax.yaml_colon, at)


def _nameless(at: Span) -> bool:
    """Whether nothing that could be a name stands before a colon."""
    return not _before(at).rstrip() or _before(at).rstrip()[-1] in "-?,[{"


def _start(at: Span) -> Diagnostic:
    if not at.text.strip():
        return _bracket(at)
    if at.text == ":" and _nameless(at) and not at.source.text.startswith((":", "x"), at.end):
        following = at.source.text[at.end : at.end + 1]
        if following in ("", " ", "\n", "\r", ",", "}", "]"):
            return misreadings.unnamed_value(at)
    if at.text == "." and _before(at) == "":
        return misreadings.several_documents(at)
    if at.text == "-":
        return _dash_in_line(at)
    return _quoting(syntax.yaml_start, at)


def _dash_in_line(at: Span) -> Diagnostic:
    """A dash that starts no line: a list in brackets, a list that should stand below, or a text."""
    number, column = at.source.position(at.start)
    line = at.source.line(number)
    if len(line) > MAX_LINE:
        return syntax.yaml_start(at, "write a list below its name, one entry a line, and a text in quotes")
    first = at.start - column + 1
    edits = [Edit(first + found.end(1), first + found.end(), "") for found in _DASHES.finditer(line)]
    without = mended(at.source, *edits)
    if without:
        return syntax.yaml_start(at, *proposal("delete the dashes, brackets make the list", without))
    mend = text_in_quotes(at.source, at.start)
    below = f"to make a list, write `{line[column - 1 :].strip()}` on the next line, indented by two spaces"
    if "{" in _before(at):
        lists = mended(
            at.source,
            *(
                Edit(first + found.start(), first + found.end(), f"[{found[1]}]")
                for found in _DASHED.finditer(line)
            ),
        )
        if lists:
            return syntax.yaml_start(at, *proposal("inside brackets a list has brackets too", lists))
        return syntax.yaml_start(at, "inside brackets write a list as `[one, two]`, and a text in quotes")
    return syntax.yaml_start(at, proposal(f"{below}; if it is a text, put it in quotes", mend)[0])


def _quoting(make: Callable[..., Diagnostic], at: Span) -> Diagnostic:
    """A fault that quotation marks around the text mend."""
    field = _goes_on(at)
    if field:
        return make(
            at, f"write `{field} |`, and the whole text on the lines below it, indented by two spaces more"
        )
    mend = text_in_quotes(at.source, at.start)
    return make(at, *proposal("put the text in quotes", mend, "put the text in double quotes"))


def _goes_on(at: Span) -> str:
    """The name, with its colon, of the field of a text that goes on below the line of a place; nothing if it does not."""
    source = at.source
    number = source.position(at.start)[0]
    field = _PLAIN_FIELD.match(source.line(number))
    below = number + 1
    while field and below < number + _BLANKS and not source.line(below).strip():
        below += 1
    line = source.line(below) if field else ""
    deeper = field and len(line) - len(line.lstrip(" ")) > len(field["lead"])
    return field["name"] if field and deeper and not _NO_TEXT.match(line) else ""


def _after_quote(at: Span) -> Diagnostic:
    found = text_of_line(at.source, at.start)
    if not found:
        return syntax.yaml_after_quote(at, "quote the whole text")
    text = at.source.text[slice(*found)]
    if len(text) > 1 and text[0] == text[-1]:
        text = text[1:-1].replace('\\"', '"') if text[0] == '"' else text[1:-1]
    mend = mended(at.source, Edit(*found, as_quoted(text)))
    return syntax.yaml_after_quote(at, *proposal("quote the whole text", mend))


def _escape(at: Span, opened: Span) -> Diagnostic:
    return syntax.yaml_escape(at, *single_quotes(at.source, opened.start))


def single_quotes(source: SourceFile, opened: int) -> tuple[str, Fix | None]:
    """What to say and to offer for a text in double quotes in which backslashes are meant as such."""
    without = "write `\\\\` for a backslash, or use single quotes"
    end = source.text.find('"', opened + 1)
    if source.text[opened : opened + 1] != '"' or end < 0:
        return without, None
    text = source.text[opened + 1 : end]
    if "'" in text or "\n" in text:
        return without, None
    return proposal("use single quotes", mended(source, Edit(opened, end + 1, f"'{text}'")), without)


def _bracket(opened: Span) -> Diagnostic:
    """A bracket that is not closed, because it was forgotten or because a `#` cut the rest of the line off."""
    source = opened.source
    number = source.position(opened.start)[0]
    for n in range(number, max(number - 20, 0), -1):
        line = source.line(n)
        cut = _HASH.search(line)
        if cut and ("[" in line[: cut.start()] or "{" in line[: cut.start()]):
            first = source.offset(n, 1)
            mend = _hashes_quoted(source, first, line)
            at = source.span(first + cut.start(), first + len(line))
            return misreadings.yaml_comment(at, *proposal("put the text in quotes", mend))
    closer = _CLOSERS.get(opened.text)
    if not closer:
        return syntax.yaml_bracket(opened, "add the closing bracket")
    end = source.offset(number, 1) + len(source.line(number).rstrip())
    mend = mended(source, Edit(end, end, closer))
    return syntax.yaml_bracket(opened, proposal(f"add the closing `{closer}`", mend)[0])


def _hashes_quoted(source: SourceFile, first: int, line: str) -> Mended | None:
    """A line with everything in its brackets that starts with `#` in quotes."""
    pieces = re.finditer(r"(?<![^\s\[{,:])#[^\s,\]}]+", line)
    edits = [Edit(first + piece.start(), first + piece.end(), as_quoted(piece.group())) for piece in pieces]
    return mended(source, *edits)


def _in_brackets(at: Span, opened: Span) -> Diagnostic:
    """Something that does not fit into a list or group in brackets; often the bracket was not meant to reach so far."""
    source = at.source
    number, above = source.position(at.start)[0], source.position(opened.start)[0]
    if at.text == ":" and number != above and not misplaced.is_field(source, number, above):
        return syntax.yaml_brackets(
            at, "in brackets a name and its colon stand on one line", "write both on one line"
        )
    if not at.text.strip() or number != above:
        return _bracket(opened)
    if at.text == ":":
        return _quoting(syntax.yaml_colon, at)
    if _before(at).rstrip().endswith(("'", '"')):
        return syntax.yaml_after_quote(at, "quote the whole text")
    return syntax.yaml_brackets(
        at, "this does not fit into the brackets", "put a comma before it, or the text in quotes"
    )


def _before(at: Span) -> str:
    number, column = at.source.position(at.start)
    return at.source.line(number)[: column - 1]


def _document(at: Span) -> Diagnostic:
    """Something behind what should be all; a second document if the line above ends the first."""
    number = at.source.position(at.start)[0]
    above = at.source.line(number - 1)
    return misreadings.several_documents(at) if above.startswith("...") else misplaced.line_fault(at)


_KNOWN: tuple[tuple[str, Callable[[Span, Span], Diagnostic]], ...] = (
    ("mapping values are not allowed", lambda at, _: _colon(at)),
    ("tab character", lambda at, _: _tab(at)),
    ("unexpected end of stream", lambda _, opened: misplaced.open_quote(opened)),
    ("document indicator", lambda _, opened: misplaced.open_quote(opened)),
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("directive", lambda at, _: directive_fault(at.source, at.start)),
    ("did not find expected ',' or", _in_brackets),
    ("cannot start any token", lambda at, _: _start(at)),
    ("expected node content", lambda at, _: _start(at)),
    ("alphabetic or numeric", lambda _, opened: _start(opened)),
    ("block sequence entries are not allowed", lambda at, _: _start(at)),
    ("mapping keys are not allowed", lambda at, _: _start(at)),
    ("comment or line break", lambda _, opened: _start(opened)),
    ("indentation indicator", lambda _, opened: _start(opened)),
    ("did not find expected key", lambda at, _: _missing_key(at)),
    ("unexpected ':'", lambda at, _: _quoting(syntax.yaml_colon, at)),
    ("expected ':'", lambda _, opened: misplaced.line_fault(opened)),
    ("expected '-'", lambda at, _: misplaced.line_fault(at)),
    ("document start", lambda at, _: _document(at)),
)
"""What libyaml says, in the order in which it is looked for: first the place where it stopped, then where it had begun."""
