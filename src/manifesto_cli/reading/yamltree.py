"""The YAML that people write → a tree of text with places, from the C parser's events.

PyYAML's composer and constructor are never used: composing hides anchors, aliases and tags, guesses types
from the looks of a text (`no`, `12:30`, `1.10`), and crashes the interpreter on deep nesting. Events cost less than either.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml

from manifesto_cli.faults.catalogue import misreadings
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Fix, Outcome
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.patterns import pattern
from manifesto_cli.reading import traps
from manifesto_cli.reading.conflicts import conflict_faults
from manifesto_cli.reading.misplaced import ODD
from manifesto_cli.reading.nodes import Broken, Entry, Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.parser import GIVES_UP, Parser
from manifesto_cli.reading.syntax_help import braces_help, character, directive_fault, syntax_fault
from manifesto_cli.reading.text import FORBIDDEN, character_name
from manifesto_cli.reading.trying import proposal, text_in_quotes

MAX_DEPTH = 64
_PROPERTIES = pattern(r"(?:[&!][^\s,\[\]{}]*|\s+|#[^\n]*)*")
"""What may stand before a text that has an anchor or a tag."""
_WORD = pattern(r"\S+")
_DIRECTIVE = pattern(r"^%(?:YAML|TAG)\b", re.MULTILINE)
MAX_NODES = 200_000
_BLOCKS = ("|", ">")
_MOST_FAULTS = 100
"""A file with more faults than this has one cause, and shows it well before."""


def tree_at_length(source: SourceFile) -> Outcome[Node]:
    """The tree of a document, as the parser reads it, and every fault of its YAML.

    Broken syntax leaves no value. What the format does not allow (anchors, tags, names given twice …) is
    reported and the rest of the tree is still there, so that its faults can be found too.
    """
    conflicts = conflict_faults(source)
    if conflicts:
        return Outcome(None, conflicts)
    faults: list[Diagnostic] = []
    directive = _DIRECTIVE.search(source.text)
    if directive:
        # Looked for before parsing, since the parser compares each of many directives with all before it.
        return Outcome(None, (directive_fault(source, directive.start()),))
    parser = Parser(source.text)
    try:
        tree = _document(_Builder(source, parser.get_event, faults))
    except GIVES_UP as fault:
        return Outcome(None, _with_last(faults, syntax_fault(source, fault)))
    except _TooMuch as stop:
        return Outcome(None, (*faults, *stop.faults))
    finally:
        parser.dispose()
    return Outcome(None if isinstance(tree, Broken) else tree, tuple(faults))


def _with_last(faults: list[Diagnostic], last: Diagnostic) -> Faults:
    """The faults with the one at which the parser stopped, without what has the same cause."""
    number = last.label.span.source.position(last.label.span.start)[0]
    kept = [fault for fault in faults if fault.label.span.start < last.label.span.start]
    same_line = kept and kept[-1].label.span.source.position(kept[-1].label.span.start)[0] == number
    return tuple(kept) if same_line else (*kept, last)


class _TooMuch(Exception):  # noqa: N818 - not an error but the way out of a recursion
    def __init__(self, *faults: Diagnostic) -> None:
        super().__init__()
        self.faults = faults


class _Builder:
    """What the recursion below shares: where events come from and faults go to."""

    __slots__ = ("before", "cut", "faults", "indent", "next", "nodes", "odd", "source", "told")

    def __init__(self, source: SourceFile, events: Callable[[], Any], faults: list[Diagnostic]) -> None:
        self.source = source
        self.next = events
        self.faults = faults
        self.nodes = 0
        self.cut = -1
        """Where the last text starts that was found to be cut by commas."""
        self.told = 0
        """The number of the fault that says so."""
        self.before = -1
        """Where the last text in brackets starts that can have been cut."""
        self.indent = -1
        """The column of the innermost list or group of fields that is not in brackets."""
        self.odd = not source.text.isascii() and ODD.search(source.text) is not None

    def span(self, event: Any) -> Span:
        return self.source.span(event.start_mark.index, event.end_mark.index)


def _document(build: _Builder) -> Node:
    build.next()  # the start of the stream
    event = build.next()
    if type(event) is yaml.StreamEndEvent:
        return Mapping({}, 0, 0)
    tree = _node(build, build.next(), 0)
    build.next()  # the end of the document
    event = build.next()
    if type(event) is not yaml.StreamEndEvent:
        build.faults.append(misreadings.several_documents(build.span(event)))
    if isinstance(tree, Scalar) and tree.absent:
        return Mapping({}, 0, 0)
    fault = (
        traps.whole_file(build.source, tree.start) if isinstance(tree, Scalar) and not tree.style else None
    )
    return _broken(build, fault, tree.start, tree.end) if fault else tree


def _broken(build: _Builder, fault: Diagnostic, start: int, end: int) -> Broken:
    if not build.faults or build.faults[-1] != fault:  # a line is looked at for its name and for its text
        build.faults.append(fault)
    return Broken(start, end)


def _node(build: _Builder, event: Any, depth: int) -> Node:
    build.nodes += 1
    if build.nodes > MAX_NODES:
        raise _TooMuch(misreadings.too_many_values(build.span(event), MAX_NODES))
    if len(build.faults) > _MOST_FAULTS:
        raise _TooMuch
    kind = type(event)
    if kind is yaml.AliasEvent:
        at = build.span(event)
        words = "write the value itself, or put the text in quotes if it is one"
        return _broken(
            build,
            misreadings.yaml_alias(at, proposal(words, text_in_quotes(at.source, at.start))[0]),
            at.start,
            at.end,
        )
    if event.anchor is not None or event.tag is not None:
        _marked(build, event)
    if kind is yaml.ScalarEvent:
        return _scalar(build, event)
    if depth == MAX_DEPTH:
        raise _TooMuch(
            misreadings.nested_too_deep(
                build.source.span(event.start_mark.index, event.start_mark.index + 1), MAX_DEPTH
            )
        )
    return (
        _mapping(build, event, depth + 1)
        if kind is yaml.MappingStartEvent
        else _sequence(build, event, depth + 1)
    )


def _marked(build: _Builder, event: Any) -> None:
    start = event.start_mark.index
    properties = build.source.text[start : start + 200].split("\n", 1)[0]
    help = proposal(
        "delete it, or put the text in quotes if it is one", text_in_quotes(build.source, start), "delete it"
    )[0]
    for word in _WORD.finditer(properties):
        make = {"&": misreadings.yaml_anchor, "!": misreadings.yaml_tag}.get(word.group()[0])
        if make is None:
            break
        build.faults.append(make(build.source.span(start + word.start(), start + word.end()), help))


def _scalar(build: _Builder, event: Any) -> Scalar | Broken:
    start, end, style, text = event.start_mark.index, event.end_mark.index, event.style or "", event.value
    if event.anchor is not None or event.tag is not None:
        start = _PROPERTIES.match(build.source.text, start, end).end()  # type: ignore[union-attr]  # it matches nothing too
    if style == '"' and not text.isprintable():
        # An escape can smuggle in what `read_text` has refused as a character.
        found = FORBIDDEN.search(text)
        if found:
            build.faults.append(
                misreadings.forbidden_escape(build.source.span(start, end), character_name(found.group()))
            )
    if style in _BLOCKS or (not style and end - start == len(text) and not build.odd):
        return Scalar(text, start, end, style)  # nearly all are such, and none of these is a trap
    fault = _trap(build, event, start, end, style)
    return _broken(build, fault, start, end) if fault else Scalar(text, start, end, style)


def _trap(build: _Builder, event: Any, start: int, end: int, style: str) -> Diagnostic | None:
    """Why a text is most probably not what was meant. Looked for only where the text can be such a one."""
    if not style:
        if end - start != len(event.value):
            return traps.lines_of_text(build.source, start, end)
        return traps.odd_text(build.source, start) if build.odd else None
    if event.start_mark.line != event.end_mark.line:
        fault = traps.swallowed(build.source, start, end, build.indent)
        if fault:
            raise _TooMuch(fault)
    return traps.windows_path(build.source, start) if style == '"' else None


def _sequence(build: _Builder, event: Any, depth: int) -> Sequence:
    start, outer, flow = event.start_mark.index, build.indent, event.flow_style
    if not flow:
        build.indent = event.start_mark.column
    entries: list[Node] = []
    event = build.next()
    while type(event) is not yaml.SequenceEndEvent:
        entry = _node(build, event, depth)
        if flow and entries and _halves(entries[-1], entry):
            _cut(build, entries[-1].start, entry)
            entry = Broken(entries.pop().start, entry.end)
        entries.append(entry)
        event = build.next()
    build.indent = outer
    end: Any = event.end_mark
    return Sequence(tuple(entries), start, end.index)


def _halves(before: Node, after: Node) -> bool:
    """Whether two entries are the halves of a placeholder with a comma in it."""
    return (
        isinstance(before, Scalar)
        and isinstance(after, Scalar)
        and not before.style
        and "((" in before.text
        and "))" not in before.text
        and "))" in after.text
        and "((" not in after.text
    )


def _cut(build: _Builder, first: int, after: Node) -> None:
    """Report a part in brackets that belongs to the text before its comma, which starts at `first`, if there is one (else -1)."""
    source, start = build.source, after.start
    unspaced = traps.no_space(source, after.start, after.end)
    if unspaced:
        build.told = len(build.faults)
        build.faults.append(unspaced)
        build.before = build.cut = unspaced.label.span.end
        return
    if first >= 0 and build.cut == first:
        start = build.faults[build.told].label.span.start
        del build.faults[build.told :]  # one text in many parts is one fault, whatever its parts look like
    build.told = len(build.faults)
    build.faults.append(traps.cut_in_two(source, first, start, after.end))
    build.cut = first


def _mapping(build: _Builder, event: Any, depth: int) -> Mapping | Broken:
    start, outer, flow = event.start_mark.index, build.indent, event.flow_style
    if flow:
        build.before = -1
    else:
        build.indent = event.start_mark.column
    entries: dict[str, Entry] = {}
    aside: list[Node] = []
    event = build.next()
    while type(event) is not yaml.MappingEndEvent:
        known = len(build.faults)
        first, kind = event.start_mark.index, type(event)
        key = _node(build, event, depth)
        value = _node(build, build.next(), depth)
        nested = kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent
        if nested or not isinstance(key, Scalar) or key.absent:
            if nested:
                del build.faults[known:]  # of what stands where it cannot be, no more is said
            if nested or (isinstance(key, Scalar) and len(build.faults) == known):
                at = character(build.source, first)
                build.faults.append(misreadings.unnamed_value(at, *_placeholder_help(at)))
            aside += (key, value)
        elif (flow or key.text in entries) and _refused(build, key, value, entries, flow=flow):
            aside += (key, value)
        else:
            entries[key.text] = Entry(key, value)
            if flow:
                build.before = value.start if isinstance(value, Scalar) and value.text else -1
        event = build.next()
    build.indent = outer
    build.before = -1  # what is in here is no part of a text around it
    end: Any = event.end_mark
    if flow and aside and not entries:  # in `{{name}}` nothing is a field
        return Broken(start, end.index)
    return Mapping(entries, start, end.index, tuple(aside))


def _refused(build: _Builder, key: Scalar, value: Node, entries: dict[str, Entry], *, flow: bool) -> bool:
    """Whether a name cannot be taken, as has then been reported: it is no name, or it is given again."""
    source = build.source
    if flow and source.text[key.start - 1 : key.start] == "?":
        build.faults.append(traps.question_mark(source, key.start, key.end))
    elif flow and isinstance(value, Scalar) and value.absent and _without_colon(source.text, key.end):
        _cut(build, build.before, key)
    elif key.text in entries:
        first = entries[key.text].key
        at = source.span(key.start, key.end)
        build.faults.append(misreadings.duplicate_key(at, source.span(first.start, first.end), key.text))
    else:
        return False
    return True


def _placeholder_help(at: Span) -> tuple[str, Fix | None]:
    mend = braces_help(at)
    return proposal("a placeholder is written in round brackets", mend) if mend else ("", None)


def _without_colon(text: str, end: int) -> bool:
    """Whether a name in brackets has no colon behind it."""
    return text[end : end + 1] != ":" and not text[end : end + 200].lstrip().startswith(":")
