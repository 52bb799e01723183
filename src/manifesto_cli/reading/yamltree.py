"""The YAML that people write → a tree of text with places, from the C parser's events.

PyYAML's composer and constructor are never used: composing hides anchors, aliases and tags, guesses types
from the looks of a text (`no`, `12:30`, `1.10`), and crashes the interpreter on deep nesting. Events cost less than either.
"""

import re
from collections.abc import Callable
from typing import Any

import msgspec
import yaml

from manifesto_cli.faults.catalogue import syntax
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.reading.syntax_help import syntax_fault
from manifesto_cli.reading.text import FORBIDDEN, character_name

MAX_DEPTH = 64
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*|\s+|#[^\n]*)*")
"""What may stand before a text that has an anchor or a tag."""
_DIRECTIVE = re.compile(r"^%(?:YAML|TAG)\b", re.MULTILINE)
MAX_NODES = 200_000
_MOST_FAULTS = 100
"""A file with more faults than this has one cause, and shows it well before."""

# The pure parser is the same to the letter but twenty times slower; wheels for every platform we know carry the C one.
_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A text as written. `style` is empty for plain text, else the character that opens it: `'`, `"`, `|`, `>`."""

    text: str
    start: int
    end: int
    style: str

    @property
    def absent(self) -> bool:
        """Whether nothing was written: `name:` with no value is as good as no `name:` at all."""
        return not self.text and not self.style


class Sequence(msgspec.Struct, frozen=True):
    """A list."""

    entries: "tuple[Node, ...]"
    start: int
    end: int


class Entry(msgspec.Struct, frozen=True):
    """A name with its value."""

    key: Scalar
    value: "Node"


class Mapping(msgspec.Struct, frozen=True):
    """Names with values, in the order written; a name given twice keeps its first value."""

    entries: dict[str, Entry]
    start: int
    end: int
    aside: "tuple[Node, ...]" = ()
    """What stands in the file but under no name of its own, such as a name given again and its value. All of it is reported."""


class Broken(msgspec.Struct, frozen=True):
    """A place of which a fault has been reported already; whoever depends on it stays silent."""

    start: int
    end: int


Node = Scalar | Sequence | Mapping | Broken


def read_tree(source: SourceFile) -> Outcome[Node]:
    """The tree of a document, and every fault of its YAML.

    Broken syntax leaves no value. What the format does not allow (anchors, tags, names given twice …) is
    reported and the rest of the tree is still there, so that its faults can be found too.
    """
    faults: list[Diagnostic] = []
    directive = _DIRECTIVE.search(source.text)
    if directive:
        # Looked for before parsing, since the parser compares each of many directives with all before it.
        return Outcome(None, (syntax.yaml_directive(_line_of(source, directive.start())),))
    parser = _Parser(source.text)
    try:
        tree = _document(_Builder(source, parser.get_event, faults))
    except (yaml.YAMLError, ValueError) as fault:  # the pure parser lets `chr` complain of an escape
        return Outcome(None, (*faults, syntax_fault(source, fault)))
    except _TooMuch as stop:
        return Outcome(None, (*faults, *stop.faults))
    finally:
        parser.dispose()
    return Outcome(tree, tuple(faults))


class _TooMuch(Exception):  # noqa: N818 - not an error but the way out of a recursion
    def __init__(self, *faults: Diagnostic) -> None:
        super().__init__()
        self.faults = faults


class _Builder:
    """What the recursion below shares: where events come from and faults go to."""

    __slots__ = ("faults", "next", "nodes", "source")

    def __init__(self, source: SourceFile, events: Callable[[], Any], faults: list[Diagnostic]) -> None:
        self.source = source
        self.next = events
        self.faults = faults
        self.nodes = 0

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
        build.faults.append(syntax.several_documents(build.span(event)))
    if isinstance(tree, Scalar) and tree.absent:
        return Mapping({}, 0, 0)
    return tree


def _node(build: _Builder, event: Any, depth: int) -> Node:
    build.nodes += 1
    if build.nodes > MAX_NODES:
        raise _TooMuch(syntax.too_many_values(build.span(event), MAX_NODES))
    if len(build.faults) > _MOST_FAULTS:
        raise _TooMuch
    kind = type(event)
    if kind is yaml.AliasEvent:
        build.faults.append(syntax.yaml_alias(build.span(event)))
        return Broken(event.start_mark.index, event.end_mark.index)
    if event.anchor is not None or event.tag is not None:
        _marked(build, event)
    if kind is yaml.ScalarEvent:
        return _scalar(build, event)
    if depth == MAX_DEPTH:
        raise _TooMuch(
            syntax.nested_too_deep(
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
    for word in properties.split():
        if word[0] == "&":
            build.faults.append(syntax.yaml_anchor(build.source.span(start, start + len(word)), word))
        elif word[0] == "!":
            build.faults.append(syntax.yaml_tag(build.source.span(start, start + len(word)), word))
        else:
            break
        start += len(word) + 1


def _scalar(build: _Builder, event: Any) -> Scalar:
    start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
    if event.anchor is not None or event.tag is not None:
        start = _PROPERTIES.match(build.source.text, start, end).end()  # type: ignore[union-attr]  # it matches nothing too
    if style == '"' and not event.value.isprintable():
        # An escape can smuggle in what `read_text` has refused as a character.
        found = FORBIDDEN.search(event.value)
        if found:
            build.faults.append(
                syntax.forbidden_escape(build.source.span(start, end), character_name(found.group()))
            )
    return Scalar(event.value, start, end, style)


def _sequence(build: _Builder, event: Any, depth: int) -> Sequence:
    start = event.start_mark.index
    entries = []
    event = build.next()
    while type(event) is not yaml.SequenceEndEvent:
        entries.append(_node(build, event, depth))
        event = build.next()
    end: Any = event.end_mark
    return Sequence(tuple(entries), start, end.index)


def _mapping(build: _Builder, event: Any, depth: int) -> Mapping:
    start = event.start_mark.index
    entries: dict[str, Entry] = {}
    aside: list[Node] = []
    event = build.next()
    while type(event) is not yaml.MappingEndEvent:
        at = build.source.span(event.start_mark.index, event.start_mark.index + 1)
        key = _node(build, event, depth)
        value = _node(build, build.next(), depth)
        if not isinstance(key, Scalar) or key.absent:
            aside += (key, value)
            if not isinstance(key, Broken):
                build.faults.append(syntax.unnamed_value(at))
        elif key.text in entries:
            aside += (key, value)
            first = entries[key.text].key
            build.faults.append(
                syntax.duplicate_key(
                    build.source.span(key.start, key.end), build.source.span(first.start, first.end), key.text
                )
            )
        else:
            entries[key.text] = Entry(key, value)
        event = build.next()
    end: Any = event.end_mark
    return Mapping(entries, start, end.index, tuple(aside))


def _line_of(source: SourceFile, offset: int) -> Span:
    line, column = source.position(offset)
    return source.span(offset, offset + max(len(source.line(line)) - column + 1, 1))
