"""Links by which a reader passes a page on, without a script and without anything of another site on ours."""

from collections.abc import Iterator
from urllib.parse import quote

from manifesto_cli.rendering.views.elements import LinkView

# What each of them takes: RFC 6068 for mail; the others as their own pages for developers have it.
_PLACES = (
    ("By e-mail", "mailto:?subject={text}&body={text}%0A%0A{url}"),
    ("On WhatsApp", "https://wa.me/?text={text}%20{url}"),
    ("On Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("On Bluesky", "https://bsky.app/intent/compose?text={text}%20{url}"),
    ("On X", "https://x.com/intent/post?text={text}&url={url}"),
)


def share_links(text: str, url: str) -> Iterator[LinkView]:
    """A link for each way to pass an address on with a text; none where the address is not known."""
    if url:
        text, url = quote(text, safe=""), quote(url, safe="")
        for words, link in _PLACES:
            yield LinkView(link.format(text=text, url=url), words)
