"""What is remembered of a host's answer about one file, so that its bytes need not be: whether it is as it should be, and what a reader would miss."""

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from markupsafe import escape
from msgspec import Struct

from manifesto_cli.disk.contents import hashed
from manifesto_cli.publish.differences import anchors, how_changed, leads_to, visible
from manifesto_cli.publish.fetching import Answer
from manifesto_cli.publish.ledger import PAGE, Ledger

HEADERS = (
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "X-Frame-Options",
    "Permissions-Policy",
)
"""What a host can send with each page to keep readers safe (OWASP Secure Headers Project)."""

OK = 200
_TYPES = {
    PAGE: ("text/html",),
    ".css": ("text/css",),
    ".js": ("text/javascript", "application/javascript", "application/x-javascript"),
}
"""As what browsers take pages, styles and scripts."""


class Expected(Struct, frozen=True):
    """A site as it should be live."""

    ledger: Ledger
    contents: Mapping[str, bytes]
    """The bytes of its files, but for those that are only on disk, such as pictures."""
    imprint: str
    """What stands on every page; empty where no law asks for anything."""


class Seen(Struct, frozen=True):
    """What is remembered of an answer about one file."""

    status: int
    address: str
    """The address that has answered."""
    trouble: str
    """Why the answer was not taken: what the host does."""
    digest: str
    """The hash of what came."""
    how: str = ""
    """How it differs from what was published, where the host has changed it."""
    media_type: str = ""
    """As what it is shown, where browsers would not take it for what it is."""
    lacking: tuple[str, ...] = ()
    """The anchors that should be there, and are not."""
    signed: bool = True
    """Whether the imprint stands on it, or need not."""
    leads_to: str = ""
    """The page of the site to which it leads on by itself."""
    headers: Mapping[str, str] = {}
    """Those of `HEADERS` that came with it."""

    @property
    def there(self) -> bool:
        """Whether the host shows it."""
        return self.status == OK and not self.trouble


def seen(expected: Expected, live: Ledger | None, path: str, answer: Answer) -> Seen:
    """What is to be remembered of an answer about a file, which the site that is live may list."""
    digest = hashed([answer.body])
    if answer.status != OK or answer.trouble:
        return Seen(answer.status, answer.address, answer.trouble, digest)
    page = visible(answer.body) if path.endswith(PAGE) else ""
    ours, published = expected.contents.get(path), live.files.get(path) if live else None
    changed = ours is not None and ours != answer.body and digest != published
    return Seen(
        answer.status,
        answer.address,
        "",
        digest,
        how_changed(ours, answer.body) if changed and ours is not None else "",
        _media_type(path, answer.headers.get("content-type", "")),
        _lacking(expected, live, path, page),
        not page or not expected.imprint or str(escape(expected.imprint)) in page,
        _inside(path, leads_to(page)),
        {name: answer.headers[name.lower()] for name in HEADERS if name.lower() in answer.headers},
    )


def _lacking(expected: Expected, live: Ledger | None, path: str, page: str) -> tuple[str, ...]:
    """The anchors that the list of the live site has for a page, or else ours, and that are not on it."""
    listed = (live.addresses.get(path) if live else None) or expected.ledger.addresses.get(path)
    if not listed or not listed.anchors:
        return ()
    found = anchors(page)
    return tuple(anchor for anchor in dict.fromkeys(listed.anchors) if anchor not in found)


def _media_type(path: str, said: str) -> str:
    """As what a file is shown, where browsers would not take it for what it is: by its type, or by the letters that it is said to be in."""
    kind, _, parameters = said.lower().partition(";")
    expected = _TYPES.get(posixpath.splitext(path)[1])
    letters = parameters.partition("charset=")[2].partition(";")[0].strip("\"' ")
    if expected is None or (kind.strip() in expected and letters in ("", "utf-8", "utf8")):
        return ""
    return said.strip() or "nothing"


def _inside(path: str, target: str) -> str:
    """The file of the site that a relative link on a page names; empty for a link that leads elsewhere."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
