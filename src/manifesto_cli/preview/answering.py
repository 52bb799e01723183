"""(What is on show, a path) → the bytes that a browser gets. What a page needs to hear of changes is put in here, and only here."""

import os
from hashlib import blake2b
from html import escape
from http import HTTPStatus
from urllib.parse import quote

from msgspec import Struct

from manifesto_cli.preview.asking import OWN
from manifesto_cli.preview.shown import Shown
from manifesto_cli.rendering.files import Copy, File, Made
from manifesto_cli.rendering.render import META

NOT_FOUND = "404.html"
ASSETS = "assets/"
_UNKNOWN = "application/octet-stream"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
"""By the ending of a name, as hosts send them. The tables that Python reads differ from machine to machine."""


class Marks(Struct, frozen=True):
    """By what a page in a browser can tell whether it would look different now."""

    page: str
    """Of its own words; empty where no page can be made now, so that what is there stays."""
    style: str
    rest: str
    """Of what else it loads: scripts, fonts, and the pictures that it shows."""


class Found(Struct, frozen=True):
    """A file of the site, and how it is sent."""

    kind: str
    content: bytes | Copy
    status: HTTPStatus = HTTPStatus.OK


def kind_of(path: str) -> str:
    """What a file is, in the words of HTTP."""
    if path == "feed.xml":
        return "application/atom+xml; charset=utf-8"
    return _TYPES.get(os.path.splitext(path)[1].lower(), _UNKNOWN)  # noqa: PTH122 - the path of a site, not of a disk


def mark(content: bytes) -> str:
    """A mark that differs if the bytes do."""
    return blake2b(content, digest_size=12).hexdigest()


def stamp(file: File | Copy | Made | None) -> str:
    """The same for a file of a site; of one on disk by its age and size, since pictures are large."""
    if isinstance(file, File):
        return f"{file.path} {mark(file.content)}"
    if file is None:
        return ""
    try:
        status = os.stat(file.original)  # noqa: PTH116 - as fast as it can be: a page may show many
    except OSError:
        return f"{file.path} gone"
    return f"{file.path} {status.st_mtime_ns} {status.st_size}"


def with_client(page: bytes, shown: Shown, marks: Marks, run: str, *, faulty: bool) -> bytes:
    """The page with the script that listens for changes. The policy that is in every page allows it: it comes from the same host."""
    told = {
        "run": run,
        "number": str(shown.number),
        "home": quote(shown.top) if shown.pages else "",
        "page": marks.page,
        "style": marks.style,
        "rest": marks.rest,
        "faulty": "1" if faulty else "",
    }
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in told.items())
    script = f'\n<script src="{OWN}client.js" defer{attributes}></script>'.encode()
    policy = META.encode()
    return page.replace(policy, policy + script, 1)


def _page(title: str, text: str) -> bytes:
    return f"""\
<!doctype html>
<html lang="en">
<head>{META}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
</main>
</body>
</html>
""".encode()


WAITING = _page(
    "Nothing to show yet",
    "There is something to mend first. The page comes by itself once that is done.",
)
"""What is shown where no page has ever been made."""
MISSING = _page(
    "Page not found",
    "There is no page at this address. The theme leaves out the page that would say so: readers see that of the host.",
)
"""What is shown where there is no page, and none that says so."""
