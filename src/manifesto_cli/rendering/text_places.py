"""Tokens of a text → where in it they were written."""

import re


class Places:
    """Finds what a token was made from. The parser says lines for blocks; inside them the text is searched in order."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown
        self.lines: list[int] = []
        self.next = 0
        self.block = (0, 0)

    def enter(self, first: int, last: int) -> None:
        """Go on in the block of these lines."""
        self.block = (first, last)

    def line(self) -> tuple[int, int]:
        """The first line of the block, without the space before it."""
        start, end = self._bounds()
        text = self.markdown[start:end].split("\n", 1)[0]
        return start + len(text) - len(text.lstrip()), start + len(text)

    def _bounds(self) -> tuple[int, int]:
        if not self.lines:
            text = self.markdown
            self.lines = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
        first, last = self.block
        return self.lines[min(first, len(self.lines) - 1)], self.lines[min(last, len(self.lines) - 1)]

    def find(self, written: str) -> tuple[int, int]:
        """The next place where something is written in the block, else anywhere, else the start of the block."""
        start, end = self._bounds()
        text = self.markdown
        at = text.find(written, max(start, self.next), end) if written else -1
        if at < 0 and written:
            at = text.find(written)
        if at < 0:
            at, written = start, text[start:end].split("\n", 1)[0] or text[start : start + 1]
        self.next = at + len(written)
        return at, at + len(written.partition("\n")[0])
