"""What the YAML parser says when it gives up → a fault in a reader's words, with the line to type instead."""

import re

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
    if "mapping values are not allowed" in problem:
        return _colon(at)
    if at.text == "\t" or "tab character" in problem:
        return syntax.yaml_tab(at)
    if "unexpected end of stream" in problem:
        return syntax.yaml_quote(opened, f"`{opened.text}`")
    if "tag handle" in problem:
        return syntax.yaml_tag(at, at.text)
    if "escape" in problem:
        return syntax.yaml_escape(at)
    if "did not find expected ',' or" in problem:
        return syntax.yaml_bracket(opened, _OPENERS.get(opened.text, "bracket"))
    if "cannot start any token" in problem or "expected node content" in problem or "alphabetic or numeric" in problem:
        return _start(at if "alphabetic" not in problem else opened)
    if "block sequence entries are not allowed" in problem:
        return _start(at)
    if "expected key" in problem and _before(at).rstrip().endswith(("'", '"')):
        return _after_quote(at)
    if "expected" in problem and ("key" in problem or "':'" in problem or "'-'" in problem or "document start" in problem):
        return syntax.yaml_indentation(opened if "':'" in problem else at)
    return syntax.yaml_syntax(at, problem)


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
    return syntax.yaml_start(at, f"put the text in quotes: {quoted}" if quoted else "put the text in double quotes")


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
