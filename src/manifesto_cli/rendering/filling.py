"""Values in the place of their sentinels: in HTML, in words, in addresses."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from manifesto_cli.merging.placeholders import FIRST_SENTINEL

SENTINEL = re.compile(f"[{chr(FIRST_SENTINEL)}-\U0010ffff]")


def fill(text: str, values: Sequence[str], escape: Callable[[str], str]) -> str:
    """The text with each value in the place of its sentinel."""

    def value(found: re.Match[str]) -> str:
        number = ord(found.group()) - FIRST_SENTINEL
        # Such a character can also be written as an entity (`&#xF0000;`); then it stands for itself.
        return escape(values[number]) if number < len(values) else found.group()

    return SENTINEL.sub(value, text)


def filled_target(target: str, values: Sequence[str]) -> str:
    """Where a link leads once its placeholders are filled.

    A value at the very start is an address, or its beginning, and goes in as it is; anywhere else it is a
    part of one, and characters that could change what the rest means are escaped (RFC 3986, section 2.1).
    """

    def part(found: re.Match[str]) -> str:
        number = ord(found.group()) - FIRST_SENTINEL
        if number >= len(values):
            return found.group()
        return quote(values[number], safe="@") if found.start() else values[number]

    return SENTINEL.sub(part, target)


def escape_html(text: str) -> str:
    """A text as HTML, as markdown-it escapes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escape_everywhere(value: str) -> str:
    """A value as HTML text, safe between tags and inside quotation marks."""
    return escape_html(value).replace("'", "&#39;")
