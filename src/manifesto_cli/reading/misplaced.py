"""A line that does not fit the lines around it → why, and where it should stand."""

import re

from manifesto_cli.faults.catalogue import misreadings, syntax
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import Edit, SourceFile, Span
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.trying import MAX_LINE, mended, proposal

_ABOVE = 200
"""How far up a line's neighbours are looked for."""
_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that are no spaces to YAML."""
ODD = pattern(f"[{_ODD}]")
_ODD_SPACE = pattern(rf" *(?P<indent>[{_ODD}][ {_ODD}]*)| *(?:- +)*(?:-|[\w.-]+:)(?P<behind>[{_ODD}]+)")
_HEADER = pattern(r"(?:^|[\s:-])[|>][+\-1-9]*(?:\s+#.*)?$")
_DASH = pattern(r"^ *(-)(?=[^\s\-])")
_NO_COLON = pattern(
    rf"^ *(?:- +)?(?P<name>[^\W\d][\w-]*)(?:(?P<mark> *[\uff1a\ufe55\ufe13] *| +:|:[{_ODD}]*)|(?P<dash>[ {_ODD}]+[\u2014\u2013=] +| *= *| +))(?=[^\s/:=\u2014\u2013])"
)
_FIELD = pattern(r"^ *(?:- +)?[\w.-]+ *:(?:\s|$)")


def line_fault(at: Span) -> Diagnostic:
    """The fault of the line at which the parser stopped, or of the one above it, which it took for a text."""
    source = at.source
    number = source.position(at.start)[0]
    above = _previous(source, number)
    for n in (number, above):
        fault = n and (odd_space(source, n) or no_dash_space(source, n) or no_colon(source, n))
        if fault:
            return fault
    return (
        _of_block(source, number)
        or _list_below(source, number, above)
        or _unquoted(at, above)
        or _aligned(at)
    )


def odd_space(source: SourceFile, number: int) -> Diagnostic | None:
    """A no-break space, or another that YAML takes for a letter, at the start of a line or behind its name or dash."""
    line = source.line(number)
    if line.isascii() or len(line) > MAX_LINE:
        return None
    found = _ODD_SPACE.match(line)
    if not found:
        return None
    first = source.offset(number, 1)
    start, end = (first + at for at in found.span(found.lastgroup or 0))
    plain = Edit(start, end, " " * (end - start))
    return syntax.yaml_space(
        source.span(start, end), *proposal("type plain spaces", mended(source, plain), indented=True)
    )


def no_dash_space(source: SourceFile, number: int) -> Diagnostic | None:
    """An entry of a list without a space after its dash."""
    line = source.line(number)
    found = _DASH.match(line)
    if not found or len(line) > MAX_LINE:
        return None
    end = source.offset(number, 1) + found.end(1)
    mend = mended(source, Edit(end, end, " "))
    return syntax.yaml_dash(source.span(end - 1, end), *proposal("put a space after it", mend, indented=True))


def no_colon(source: SourceFile, number: int) -> Diagnostic | None:
    """A name that is followed by something like a colon and a space, but not by both."""
    line = source.line(number)
    found = _NO_COLON.match(line) if len(line) <= MAX_LINE and not _FIELD.match(line) else None
    if not found:
        return None
    if found["dash"] and found["name"] not in _field_names():
        return None
    first = source.offset(number, 1)
    start, end = (first + at for at in found.span(found.lastgroup or 0))
    mend = mended(source, Edit(start, end, ": "))
    return (
        syntax.yaml_no_colon(source.span(start, end), *proposal("write a colon and a space", mend))
        if mend or found["mark"]
        else None
    )


def _field_names() -> frozenset[str]:
    """The names of all fields: a line that starts with another word is not taken for one without a clear sign."""
    # Imported here because only a faulty file needs them.
    from manifesto_cli.model import case_study, deal, idea, library_header, manifesto, theme  # noqa: PLC0415
    from manifesto_cli.model.record import Record  # noqa: PLC0415

    # Lines of texts may well start with the words that only recipes of colours have, such as `from` and `on`.
    inside = (model for model in Record.__subclasses__() if model.__module__ != theme.__name__)
    models: list[type[Record]] = [
        case_study.CaseStudy, deal.Deal, idea.Idea, library_header.LibraryHeader, manifesto.Manifesto, theme.ThemeHeader, *inside
    ]  # fmt: skip
    return frozenset(name for model in models for name in model.__struct_encode_fields__)


def open_quote(opened: Span) -> Diagnostic:
    """A quotation mark that is not closed, with the line that closes it where that is at its end."""
    source = opened.source
    number = source.position(opened.start)[0]
    end = source.offset(number, 1) + len(source.line(number).rstrip())
    mend = mended(source, Edit(end, end, opened.text)) if opened.text else None
    return syntax.yaml_quote(
        opened, proposal(f"add the closing `{opened.text}` at the end of the text", mend)[0]
    )


def opened_above(at: Span, mark: str) -> Span | None:
    """The quotation mark that opened a text on a line above, if the one before a place is what closed it."""
    source = at.source
    number, column = source.position(at.start)
    if source.line(number)[: column - 1].count(mark) != 1:
        return None
    for n in range(number - 1, max(number - _ABOVE, 0), -1):
        found = (
            re.match(rf" *(?:- +)*(?:[\w.-]+ *: +)?(?={mark})", source.line(n)) if source.line(n) else None
        )
        if found and source.line(n).count(mark) == 1:
            start = source.offset(n, 1) + found.end()
            return source.span(start, start + 1)
    return None


def _of_block(source: SourceFile, number: int) -> Diagnostic | None:
    """A line of a block of text that is not indented like the others."""
    line = source.line(number)
    indent = _indent(line)
    first = None
    for n in range(number - 1, max(number - _ABOVE, 0), -1):
        above = source.line(n)
        if not above.strip():
            continue
        if _HEADER.search(above) and _indent(above) <= indent and not above.lstrip().startswith("#"):
            wanted = _indent(source.line(first)) if first else _indent(above) + 2
            if wanted <= indent:
                return None
            at = source.offset(number, 1)
            mend = mended(source, Edit(at, at, " " * (wanted - indent)))
            help = f"indent it by {wanted} spaces" + (f": `{' ' * wanted}{line.strip()}`" if mend else "")
            return syntax.yaml_block(
                source.span(at + indent, at + len(line)), _shown(above), help, mend.fix if mend else None
            )
        if _indent(above) <= indent and not _prose(above):
            return None
        first = n
    return None


def is_field(source: SourceFile, number: int, above: int) -> bool:
    """Whether a line is a field that is not inside what was opened on a line above."""
    return bool(_FIELD.match(source.line(number))) and _indent(source.line(number)) <= _indent(
        source.line(above)
    )


def _list_below(source: SourceFile, number: int, above: int) -> Diagnostic | None:
    """A list that starts below a text, so that the name above would have two values."""
    line, name = source.line(number), source.line(above)
    if not line.lstrip().startswith("- ") or not _FIELD.match(name) or name.rstrip().endswith(":"):
        return None
    if _indent(line) < _indent(name):
        return None
    return list_below(source, number, above)


def list_below(source: SourceFile, number: int, above: int) -> Diagnostic:
    """A list whose first entry is on one line, below the text on another."""
    line, name = source.line(number), source.line(above)
    first = source.offset(number, 1) + _indent(line)
    field = re.match(r" *(?:- +)?([\w.-]+ *:)", name)
    if not field:
        return misreadings.yaml_list(
            source.span(first, first + 1), "an entry", "put the text above in quotes to its end"
        )
    return misreadings.yaml_list(
        source.span(first, first + 1),
        f"`{field[1]}`",
        f"for a list, leave nothing behind the colon in the line above: `{field[1]}`; for a text, put all of it in quotes",
    )


def _shown(line: str) -> str:
    return line.strip() if len(line) <= MAX_LINE else "the line above"


def _unquoted(at: Span, above: int) -> Diagnostic | None:
    """A colon in a text that goes on over several lines."""
    source = at.source
    number = source.position(at.start)[0]
    line = source.line(number)
    if at.text != ":" or not _prose(line) or not _indent(line):
        return None
    first = above
    while first and _indent(source.line(first)) >= _indent(line):
        first = _previous(source, first)
    found = (
        re.match(r" *(?:- +)*(?:[\w.-]+ *: +)?(?=[^\s|>\[{\"'&*!#])", source.line(first)) if first else None
    )
    if not found or not found.group().strip():
        return None
    last = number
    while last < number + _ABOVE and _indent(source.line(last + 1)) >= _indent(line):
        last += 1
    start = source.offset(first, 1) + found.end()
    end = source.offset(last, 1) + len(source.line(last).rstrip())
    text = source.text[start:end]
    mark = "'" if '"' in text or "\\" in text else '"'
    mend = None if mark in text else mended(source, Edit(start, start, mark), Edit(end, end, mark))
    help = (
        f"put the whole text in quotes, from `{mend.line.strip()}` to the end of `{source.line(last).strip()}`"
        if mend
        else "put the whole text in quotes, from its first line to its last"
    )
    return syntax.yaml_colon(at, help, mend.fix if mend else None)


def _aligned(at: Span) -> Diagnostic:
    """The nearest column of a line above in which this line can be read."""
    source = at.source
    number = source.position(at.start)[0]
    line = source.line(number)
    indent = _indent(line)
    columns: list[int] = []
    n = _previous(source, number)
    while n and number - n < _ABOVE:
        column = _indent(source.line(n))
        columns += [] if column in columns else [column]
        entry = re.match(r" *- +", source.line(n))
        columns += [] if not entry or entry.end() in columns else [entry.end()]
        n = _previous(source, n)
    start = source.offset(number, 1)
    if _prose(line):
        mend = mended(source, Edit(start, start + indent, " " * (indent + 2)))
        if mend:
            help = f"to go on with the text above, indent the line: `{' ' * (indent + 2)}{line.strip()}`"
            return syntax.yaml_indentation(
                at, f"{help}; for a field, write a colon and a space after its name"
            )
    for column in sorted(columns, key=lambda column: (abs(column - indent), -column))[:4]:
        mend = mended(source, Edit(start, start + indent, " " * column)) if column != indent else None
        if mend:
            return syntax.yaml_indentation(at, _columns(line, column))
    return syntax.yaml_indentation(at)


def _columns(line: str, column: int) -> str:
    """The line as it would stand in a column, in words and to be typed."""
    shown = f"`{' ' * column}{line.strip()}`"
    many = {0: "no spaces", 1: "one space"}.get(column, f"{column} spaces")
    return f"start it with {many}: {shown}"


def _previous(source: SourceFile, number: int) -> int:
    """The nearest line above that says something; 0 if there is none."""
    for n in range(number - 1, max(number - _ABOVE, 0), -1):
        line = source.line(n)
        if line.strip() and not line.lstrip().startswith("#"):
            return n
    return 0


def _prose(line: str) -> bool:
    """Whether a line looks like a part of a text, and not like a field or an entry."""
    return bool(line.strip()) and not _FIELD.match(line) and not line.lstrip().startswith("- ")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" ")) if line.strip() else -1
