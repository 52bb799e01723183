"""The comments of a file, which the tree does not hold."""

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.reading.yamltree import Mapping, Node, Scalar, Sequence


class Comment(Struct, frozen=True):
    """A comment: its place from the `#` to the end of the line, and what it says after the `#` and the space."""

    span: Span
    text: str


def comments(source: SourceFile, tree: Node) -> tuple[Comment, ...]:
    """Every comment of a file, in order: each `#` that lies in no text of the tree, up to the end of its line.

    The parser takes such a `#` for a comment even where no space stands before it. Without any comment the tree
    would be the same. Of a second document, which is not in the tree, nothing is said.
    """
    text = source.text
    if "#" not in text:
        return ()
    scalars = sorted(_scalars(tree), key=lambda scalar: scalar.start)
    starts = [scalar.start for scalar in scalars]
    stop = _end_of_document(text, scalars[-1].end if scalars else None)
    found = []
    at = text.find("#", 0, stop)
    while at >= 0:
        i = bisect_right(starts, at) - 1
        if i >= 0 and at < scalars[i].end and not _in_header(text, scalars[i], at):
            at = text.find("#", scalars[i].end, stop)
            continue
        end = text.find("\n", at)
        end = len(text) if end < 0 else end - text.startswith("\r\n", end - 1)
        found.append(Comment(source.span(at, end), text[at:end].lstrip("#").strip()))
        at = text.find("#", end, stop)
    return tuple(found)


def _scalars(node: Node) -> Iterator[Scalar]:
    """Every text that takes up room in the file, also those that the tree keeps aside."""
    if isinstance(node, Scalar):
        if node.end > node.start:
            yield node
    elif isinstance(node, Sequence):
        for entry in node.entries:
            yield from _scalars(entry)
    elif isinstance(node, Mapping):
        for named in node.entries.values():
            yield from _scalars(named.key)
            yield from _scalars(named.value)
        for aside in node.aside:
            yield from _scalars(aside)


def _in_header(text: str, scalar: Scalar, at: int) -> bool:
    """Whether a place in a text is on the line of its `|` or `>`, where nothing but a comment can follow."""
    return scalar.style in ("|", ">") and text.find("\n", scalar.start, at) < 0


def _end_of_document(text: str, last: int | None) -> int:
    """Where the first document ends, given where its last text does."""
    if last is None:
        # A document without any text may still be opened by `---`.
        last = 3 if text.startswith("---") else max(text.find("\n---"), 0) + 4
    ends = [at for mark in ("\n---", "\n...") if (at := text.find(mark, max(last - 1, 0))) >= 0]
    return min(ends, default=len(text))
