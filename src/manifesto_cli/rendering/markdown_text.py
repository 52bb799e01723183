"""Plain text inside Markdown: escaping, and values in the place of their sentinels. Light enough for whoever does not print."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from manifesto_cli.merging.placeholders import FIRST_SENTINEL
from manifesto_cli.patterns import pattern

_SPECIAL = pattern(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)|!(?=\[)")
_AT_START = pattern(r"#{1,6}(?: |$)|[-+](?: |$)|[-=]+ *$|(?:- *){3,}$|[0-9]{1,9}[.)](?: |$)")


class MarkdownText(str):
    """Text that is Markdown already: the counterpart of `Markup` for HTML."""

    __slots__ = ()


def escape_markdown(value: Any) -> str:
    """A value as Markdown that shows exactly its text, on one line. What is Markdown already stays as it is."""
    if isinstance(value, MarkdownText):
        return value
    text = _SPECIAL.sub(r"\\\g<0>", " ".join(str(value).split()))
    if _AT_START.match(text):
        # At the start of a line these would begin a list, a heading or a rule; a digit cannot be escaped, its full stop can.
        digits = len(text) - len(text.lstrip("0123456789"))
        text = f"{text[:digits]}\\{text[digits:]}"
    return text


SENTINELS = f"{chr(FIRST_SENTINEL)}-\U0010ffff"
_HOLE = pattern(f"([{SENTINELS}])([-+=#.)]?)")
_MARKS_ONLY = pattern(rf"[\s>*+\-=#0-9.)\\{SENTINELS}]*")
_START_OF_LINE = 100
_MARK = pattern(r"([0-9]*)([-+=#.)])")


def put_values(text: str, values: Sequence[str], ready: Mapping[str, str] = MappingProxyType({})) -> str:
    """The Markdown with each value in the place of its sentinel, so that none begins a list, a heading or a rule with what stands beside it.

    `ready` has, by sentinel, what stands where text would not be read as text: in code, in addresses, in titles.
    """

    def put(found: re.Match[str]) -> str:
        number = ord(found[1]) - FIRST_SENTINEL
        if found[1] in ready:
            return ready[found[1]] + found[2]
        if number >= len(values):  # it came from an entity, and stands for itself
            return found.group()
        value, following = escape_markdown(values[number]), found[2]
        value = _apart(
            value,
            text[max(0, found.start() - _NEAR) : found.start()],
            text[found.end(1) : found.end(1) + _NEAR],
        )
        start = text.rfind("\n", 0, found.start()) + 1
        if _MARKS_ONLY.fullmatch(text, start, min(found.start(), start + _START_OF_LINE)):
            value = _MARK.sub(r"\1\\\2", value, 1) if _MARK.match(value) else value
            if following and (not value or value.isdecimal()):
                following = "\\" + following
        return value + following

    return _HOLE.sub(put, text)


_NEAR = 40
"""No entity is longer."""
_OPEN_ENTITY = pattern(r"&#?\w*\Z")
_REST_OF_ENTITY = pattern(r"#?\w*;")


def _apart(value: str, before: str, after: str) -> str:
    """An escaped value that makes no link, picture, code, entity or escape together with its neighbours."""
    value = value.replace("\\`", "&#96;")  # a backtick before it would end in an escaped one too
    if before.endswith("]") and value[:1] in ("(", ":"):
        value = "\\" + value
    if value.endswith("!") and after.startswith("["):
        value = value[:-1] + "\\!"
    opened = _OPEN_ENTITY.search(value)
    if opened and _REST_OF_ENTITY.match(after):
        value = f"{value[: opened.start()]}\\{opened.group()}"
    if _OPEN_ENTITY.search(before) and _REST_OF_ENTITY.match(value):
        value = value.replace(";", "\\;", 1)
    if (len(before) - len(before.rstrip("\\"))) % 2:
        value = "\\" + value
    return value
