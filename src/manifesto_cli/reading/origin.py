"""Where each part of a record was written: field path → place, also after one record was laid over another."""

from collections.abc import Mapping as Map
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.nodes import Broken, Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.trees import read_tree

Step = str | int
"""One step into a record: the name of a field, or the number of an entry in a list."""


class Origin(Struct, frozen=True):
    """Where a record was written. Kept beside the record, never compared or printed.

    `over` holds the fields that another text has replaced, each with the origin of its new value: an
    overridden field points into the manifesto, an inherited one into the library.
    """

    source: SourceFile
    kept: Node | None = None
    """The tree, where it is at hand. A library of thousands keeps none, since only a fault asks for places."""
    over: Map[str, "Origin"] = {}

    @property
    def tree(self) -> Node:
        """What stands in the file, with places; read again where it was not kept."""
        return self.kept if self.kept is not None else _read_again(self.source)

    def layer(self, path: tuple[Step, ...]) -> "Origin":
        """The origin that the field at the head of the path came from: this one, or the one laid over it."""
        return self.over.get(str(path[0]), self) if path else self

    def at(self, *path: Step) -> Span:
        """The smallest place known for a field: its text, or the name it goes by, or the nearest thing above it."""
        layer = self.layer(path)
        name: Span | None = None
        node = layer.tree
        for step in path:
            if isinstance(node, Mapping) and step in node.entries:
                entry = node.entries[str(step)]
                name = layer.source.span(entry.key.start, entry.key.end)
                node = entry.value
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.entries):
                node = node.entries[step]
                name = None
            else:
                break
        if isinstance(node, Scalar) and not node.absent:
            return _scalar_place(layer.source, node)
        return name or place(layer.source, node)

    def name(self, *path: Step) -> Span:
        """The place of the name of a field, or of `at` where the field has none."""
        layer = self.layer(path)
        parent = _walk(layer.tree, path[:-1])
        if isinstance(parent, Mapping) and path[-1] in parent.entries:
            key = parent.entries[str(path[-1])].key
            return layer.source.span(key.start, key.end)
        return self.at(*path)

    def within(self, path: tuple[Step, ...], start: int, end: int) -> Span:
        """The place of the characters from `start` up to `end` of the text at a path."""
        layer = self.layer(path)
        node = _walk(layer.tree, path)
        return characters(layer.source, node, start, end) if isinstance(node, Scalar) else self.at(*path)

    def written(self, path: tuple[Step, ...]) -> tuple[SourceFile, tuple[int, int] | None, tuple[Step, ...]]:
        """The file that a text at a path is in, and which one there it is: all that `within` looks at."""
        layer = self.layer(path)
        return layer.source, (layer.kept.start, layer.kept.end) if layer.kept is not None else None, path

    def below(self, *path: Step) -> "Origin":
        """The origin of a record that lies inside this one."""
        layer = self.layer(path)
        node = _walk(layer.tree, path)
        return Origin(
            layer.source, node if node is not None else Broken(self.at(*path).start, self.at(*path).end)
        )

    def overlaid(self, upper: "Origin", fields: tuple[str, ...]) -> "Origin":
        """This origin with some fields pointing into another."""
        return Origin(self.source, self.kept, {**self.over, **dict.fromkeys(fields, upper)})


@lru_cache(maxsize=64)
def _read_again(source: SourceFile) -> Node:
    """The tree of a file that was read before and was sound."""
    tree = read_tree(source).value
    return tree if tree is not None else Broken(0, 0)


def place(source: SourceFile, node: Node) -> Span:
    """The place where a reader's eye should go for a node: a text, the first name of a group, the start of a list."""
    if isinstance(node, Scalar):
        return _scalar_place(source, node)
    if isinstance(node, Mapping) and node.entries:
        first = next(iter(node.entries.values())).key
        return source.span(first.start, first.end)
    if isinstance(node, Broken):
        return source.span(node.start, node.end)
    return source.span(node.start, min(node.start + 1, len(source.text)))


def characters(source: SourceFile, scalar: Scalar, start: int, end: int) -> Span:
    """The place of a range of characters of a text as it stands in the file.

    Exact for all five ways to write a text: folding, indentation and chomping only ever move white space,
    so the n-th character of a text that is no white space is the n-th such character in the file, counting
    an escape as what it stands for. White space itself is placed after the character before it.
    """
    if scalar.text == source.text[scalar.start : scalar.end]:
        return source.span(scalar.start + start, scalar.start + end)
    if scalar.style == "|":
        return source.span(_literal_offset(source, scalar, start), _literal_offset(source, scalar, end))
    before, places = _visible(source, scalar)
    length = len(scalar.text)
    first, last = before[min(start, length)], before[min(end, length)]
    found = places[first : max(last, first + 1)]
    return source.span(found[0][0], found[-1][1]) if found else _scalar_place(source, scalar)


def _literal_offset(source: SourceFile, scalar: Scalar, at: int) -> int:
    """Where a character of a block stands whose lines are kept as they are: the same line, further to the right.

    Most long texts are written so, and a library has many places in them to look up: this takes a hundredth of the time.
    """
    above = scalar.text.count("\n", 0, at)
    start = scalar.text.rfind("\n", 0, at) + 1
    end = scalar.text.find("\n", at)
    length = (end if end >= 0 else len(scalar.text)) - start
    number = source.position(scalar.start)[0] + 1 + above
    indent = max(len(source.line(number)) - length, 0)
    return source.offset(number, 1 + indent + at - start)


_BLANK = " \t\r\n"
_SINGLE = pattern(r"''|[^ \t\r\n]")
_DOUBLE = pattern(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|[\s\S])|[^ \t\r\n]")
_DOUBLE_BLANK = pattern(
    r"\\(?:[nrt \t\r\n]|x(?:09|0[aAdD]|20)|u00(?:09|0[aAdD]|20)|U000000(?:09|0[aAdD]|20))"
)
_PLAIN = pattern(r"[^ \t\r\n]")


@lru_cache(maxsize=2)
def _visible(source: SourceFile, scalar: Scalar) -> tuple[list[int], list[tuple[int, int]]]:
    """How many characters that are no white space stand before each of a text, and where in the file each such stands.

    Kept for the text that was asked for last: one with thousands of faults would be gone through for each of them.
    """
    before = accumulate((character not in _BLANK for character in scalar.text), initial=0)
    return [*before], _visible_places(source, scalar)


def _visible_places(source: SourceFile, scalar: Scalar) -> list[tuple[int, int]]:
    start, end = scalar.start, scalar.end
    pattern = _PLAIN
    if scalar.style in ("'", '"'):
        start, end = start + 1, end - 1
        pattern = _SINGLE if scalar.style == "'" else _DOUBLE
    elif scalar.style:
        start = (
            source.text.index("\n", start) + 1
        )  # past the line with the indicator, where a comment may stand
    return [
        match.span()
        for match in pattern.finditer(source.text, start, end)
        if pattern is not _DOUBLE or not _DOUBLE_BLANK.fullmatch(match.group())
    ]


def _scalar_place(source: SourceFile, scalar: Scalar) -> Span:
    if scalar.style in ("|", ">"):
        line, column = source.position(scalar.start)
        return source.span(scalar.start, scalar.start + max(len(source.line(line)) - column + 1, 1))
    return source.span(scalar.start, scalar.end)


def _walk(node: Node, path: tuple[Step, ...]) -> Node | None:
    for step in path:
        if isinstance(node, Mapping) and step in node.entries:
            node = node.entries[str(step)].value
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.entries):
            node = node.entries[step]
        else:
            return None
    return node
