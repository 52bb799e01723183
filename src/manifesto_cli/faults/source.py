"""Text that a person wrote, places in it, and edits to it."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct


class SourceFile(Struct, frozen=True, dict=True):
    """A file's text and the name under which its reader knows it.

    The text is as the editor shows it, line ends included, but without a byte order mark; `bom` remembers
    whether there was one, so that what is written back starts as it did. Two files are equal only if all
    of that is equal.
    """

    path: str
    text: str
    bom: bool = False

    @cached_property
    def _line_starts(self) -> tuple[int, ...]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1; a column is a character, not a byte or a cell."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column counted from 1: the inverse of `position`, held inside the text."""
        start = self._line_starts[min(max(line, 1), len(self._line_starts)) - 1]
        return min(start + max(column, 1) - 1, len(self.text))

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its line end; empty past the last line."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def span(self, start: int, end: int) -> "Span":
        """The place from one offset up to another."""
        return Span(self, start, end)

    def start(self) -> "Span":
        """The empty place at the top, for what concerns the file as a whole."""
        return Span(self, 0, 0)

    def encode(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode("utf-8-sig" if self.bom else "utf-8")


class Span(Struct, frozen=True):
    """A place in a source: offsets into its text, the end not included. Lines and columns exist only on screen."""

    source: SourceFile
    start: int
    end: int

    @property
    def text(self) -> str:
        """What stands there."""
        return self.source.text[self.start : self.end]


class Edit(Struct, frozen=True):
    """Replace the characters from `start` up to `end` with `text`."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; every character outside them stays as it was.

    Offsets refer to the text before any edit. Edits may touch but not overlap; two insertions at one place
    go in as given. Raises ValueError for edits that overlap or leave the text.
    """
    ordered = sorted(edits, key=attrgetter("start", "end"))
    for edit in ordered:
        if not 0 <= edit.start <= edit.end <= len(text):
            message = f"{edit} leaves a text of {len(text)} characters"
            raise ValueError(message)
    for before, after in pairwise(ordered):
        if before.end > after.start:
            message = f"{before} and {after} overlap"
            raise ValueError(message)
    pieces = []
    done = 0
    for edit in ordered:
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])
