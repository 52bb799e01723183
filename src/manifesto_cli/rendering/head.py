"""What the head of a page says to machines. It is put in after the template has run, so no theme can break or forget it.

A data block is not a script: browsers look at its type and leave it alone before any policy is asked (HTML, "prepare the script
element", step 9), so `script-src 'self'` holds nothing against it. What is in it has no `<`, so nothing in it can end or open a tag.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup, escape
from msgspec import Struct

if TYPE_CHECKING:
    from manifesto_cli.rendering.linked_data import Graph

# In JSON these are parts of texts only, and an escape says the same. The last two end a line in what reads JSON as a script.
_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class Head(Struct, frozen=True):
    """What is said about one page."""

    links: tuple[Mapping[str, str], ...] = ()
    """The attributes of each `<link>`."""
    named: Mapping[str, str] = {}
    """Name → content of each `<meta name=…>`."""
    properties: Mapping[str, str] = {}
    """Property → content of each `<meta property=…>`, which is how Open Graph has it."""
    graph: "Graph | None" = None
    """What the page is, for search engines."""


def head_tags(head: Head) -> Markup:
    """The tags, each on a line of its own."""
    tags = [
        *[_link(attributes) for attributes in head.links],
        *[f'<meta name="{name}" content="{_value(content)}">' for name, content in head.named.items()],
        *[f'<meta property="{name}" content="{_value(said)}">' for name, said in head.properties.items()],
    ]
    if head.graph:
        tags.append(f'<script type="application/ld+json">{data_block(head.graph)}</script>')
    return Markup("\n".join(tags))  # noqa: S704 - made of escaped parts


def data_block(value: Any) -> str:
    """A value as JSON that can stand inside a `<script>`, whatever its texts say."""
    text = msgspec.json.encode(value, enc_hook=str).decode()
    if not any(character in text for character in _ESCAPES):
        return text  # most have none, and it is quicker to ask for five than to look for any of them
    return re.sub("[<>&\u2028\u2029]", lambda found: _ESCAPES[found.group()], text)


def _link(attributes: Mapping[str, str]) -> str:
    """A tag whose attributes are ours; what is said in them is escaped, and on one line."""
    written = "".join([f' {key}="{_value(value)}"' for key, value in attributes.items()])
    return f"<link{written}>"


@lru_cache(maxsize=256)
def _value(text: str) -> str:
    """A text as the value of an attribute. Most of those in a head are the same on every page."""
    # Of all white space only spaces can be printed; and few texts have two of them side by side.
    if not text.isprintable() or "  " in text or text.strip() != text:
        text = " ".join(text.split())
    return str(escape(text))
