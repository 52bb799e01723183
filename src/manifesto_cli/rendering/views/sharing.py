"""Links by which a reader passes a page on, without a script and without anything of another site on ours."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from manifesto_cli.rendering.views.elements import LinkView

_WORDS = re.compile(r"[A-Za-z0-9 ._~-]*")


def share_links(text: str, url: str) -> Iterator[LinkView]:
    """A link for each way to pass an address on with a text; none where the address is not known.

    What each of them takes: RFC 6068 for mail; the others as their own pages for developers have it.
    """
    if url:
        text, url = _quoted(text), _quoted(url)
        yield LinkView(f"mailto:?subject={text}&body={text}%0A%0A{url}", "By e-mail")
        yield LinkView(f"https://wa.me/?text={text}%20{url}", "On WhatsApp")
        yield LinkView(f"https://www.facebook.com/sharer/sharer.php?u={url}", "On Facebook")
        yield LinkView(f"https://bsky.app/intent/compose?text={text}%20{url}", "On Bluesky")
        yield LinkView(f"https://x.com/intent/post?text={text}&url={url}", "On X")


def _quoted(text: str) -> str:
    """A text as a part of an address. What is words and nothing else, but for what addresses have, need not be gone through letter by letter."""
    plain = text.replace("://", " ").replace("/", " ")
    if _WORDS.fullmatch(plain):
        return text.replace(" ", "%20").replace("/", "%2F").replace(":", "%3A")
    return quote(text, safe="")
