"""What the YAML parser says when it gives up → a fault in a reader's words, with the line to type instead."""

import re
from collections.abc import Callable

import yaml

from manifesto_cli.faults.catalogue import syntax
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import SourceFile, Span

_FIELD = re.compile(r"(?P<name>[ ]*(?:- +)*[\w.-]+:) +(?P<text>\S.*?)\s*$")
_OPENERS = {"[": "`]`", "{": "`}`"}


def syntax_fault(source: SourceFile, fault: Exception) -> Diagnostic:
    """The fault for which the parser stopped, at the character where a person would look for it."""
    if not isinstance(fault, yaml.MarkedYAMLError) or fault.problem_mark is None:
        return syntax.yaml_syntax(source.start(), "not readable")
    problem = fault.problem or ""
    at = _character(source, fault.problem_mark.index)
    opened = _character(source, fault.context_mark.index) if fault.context_mark else at
    if at.text == "\t":
        return syntax.yaml_tab(at)
    for words, explain in _KNOWN:
        if words in problem:
            return explain(at, opened)
    return syntax.yaml_syntax(at, problem)


def _missing_key(at: Span, _: Span) -> Diagnostic:
    return _after_quote(at) if _before(at).rstrip().endswith(("'", '"')) else syntax.yaml_indentation(at)


def _colon(at: Span) -> Diagnostic:
    quoted = _quoted_line(at)
    before = _before(at)
    if not quoted or not before.strip():
        return syntax.yaml_indentation(at)
    if len(_FIELD.match(_line(at)).group("name")) >= len(before) + 1:  # type: ignore[union-attr]  # `quoted` says that it matches
        # The first colon of its line: not the text is wrong but the line's place.
        return syntax.yaml_indentation(at)
    return syntax.yaml_colon(at, f"put the text in quotes: {quoted}")


def _start(at: Span) -> Diagnostic:
    quoted = _quoted_line(at)
    return syntax.yaml_start(
        at, f"put the text in quotes: {quoted}" if quoted else "put the text in double quotes"
    )


def _after_quote(at: Span) -> Diagnostic:
    field = _FIELD.match(_line(at))
    if not field:
        return syntax.yaml_after_quote(at, "quote the whole text")
    text = field["text"]
    inner = text[1:].removesuffix(text[0])
    return syntax.yaml_after_quote(at, f"quote the whole text: {_as_field(field['name'], inner)}")


def _quoted_line(at: Span) -> str:
    field = _FIELD.match(_line(at))
    return _as_field(field["name"], field["text"]) if field else ""


def _as_field(name: str, text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'`{name.strip()} "{escaped}"`'


def _line(at: Span) -> str:
    return at.source.line(at.source.position(at.start)[0])


def _before(at: Span) -> str:
    return _line(at)[: at.source.position(at.start)[1] - 1]


def _character(source: SourceFile, index: int) -> Span:
    return source.span(index, min(index + 1, len(source.text)))


_KNOWN: tuple[tuple[str, Callable[[Span, Span], Diagnostic]], ...] = (
    ("mapping values are not allowed", lambda at, _: _colon(at)),
    ("tab character", lambda at, _: syntax.yaml_tab(at)),
    ("unexpected end of stream", lambda _, opened: syntax.yaml_quote(opened, f"`{opened.text}`")),
    ("tag handle", lambda at, _: syntax.yaml_tag(at, at.text)),
    ("escape", lambda at, _: syntax.yaml_escape(at)),
    (
        "did not find expected ',' or",
        lambda _, opened: syntax.yaml_bracket(opened, _OPENERS.get(opened.text, "bracket")),
    ),
    ("cannot start any token", lambda at, _: _start(at)),
    ("expected node content", lambda at, _: _start(at)),
    ("alphabetic or numeric", lambda _, opened: _start(opened)),
    ("block sequence entries are not allowed", lambda at, _: _start(at)),
    ("did not find expected key", _missing_key),
    ("expected ':'", lambda _, opened: syntax.yaml_indentation(opened)),
    ("expected '-'", lambda at, _: syntax.yaml_indentation(at)),
    ("document start", lambda at, _: syntax.yaml_indentation(at)),
)
"""What libyaml says, in the order in which it is looked for: first the place where it stopped, then where it had begun."""
