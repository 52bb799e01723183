"""Links by which a reader passes a page on, without a script and without anything of another site on ours."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from manifesto_cli.rendering.views.elements import LinkView

_WORDS = re.compile(r"[A-Za-z0-9._~ !'(),/:;?-]*")
_SIGNS = {sign: quote(sign, safe="") for sign in " !'(),/:;?"}


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
    """A text as a part of an address. One of words and the commonest signs is not gone through letter by letter."""
    if not _WORDS.fullmatch(text):
        return quote(text, safe="")
    for sign, written in _SIGNS.items():
        text = text.replace(sign, written)
    return text
