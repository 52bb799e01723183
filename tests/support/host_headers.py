"""What Netlify and Cloudflare Pages make of a `_headers` file, and a server that shows a folder as they do.

Both are told apart where they differ: how `*` counts, what becomes of a header that two blocks name, and how much is read.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

Host = Literal["netlify", "cloudflare"]
HOSTS: tuple[Host, ...] = ("netlify", "cloudflare")
RULES, LINE = 100, 2000
_PATH = re.compile(r"[^\s]+://|/")


class InvalidRuleError(Exception):
    """A line that a host refuses, or leaves out without a word."""


def rules(text: str, host: Host) -> list[tuple[str, list[tuple[str, str]]]]:
    """The blocks of a file: a pattern, and its headers in their order. InvalidRuleError for whatever one of the hosts does not take."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if len(raw) > LINE:
            raise _invalid(number, "is too long")
        if _PATH.match(line):
            star = line.find("*")
            if host == "netlify" and star not in (-1, len(line) - 1):
                raise _invalid(number, "has something after `*`")
            if line.count("*") > 1 or re.search(r":\w", line):
                raise _invalid(number, "has a second `*`, or a placeholder")
            found.append((line, []))
            continue
        name, colon, value = line.partition(":")
        if not found or not colon or not re.fullmatch(r"[A-Za-z0-9-]+", name) or not value.strip():
            raise _invalid(number, "is no header")
        found[-1][1].append((name, value.strip()))
    if len(found) > RULES:
        raise _invalid(0, "there are too many blocks")
    return found


def _invalid(number: int, what: str) -> InvalidRuleError:
    message = f"line {number} {what}"
    return InvalidRuleError(message)


def headers_for(text: str, path: str, host: Host) -> dict[str, str]:
    """The headers of an address. What two blocks name is joined by Cloudflare; at Netlify the block that says more of the path counts."""
    found: dict[str, tuple[int, str]] = {}
    for pattern, headers in rules(text, host):
        if not re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path):
            continue
        for name, value in headers:
            exactness, before = found.get(name.lower(), (-1, ""))
            if host == "cloudflare" and before:
                found[name.lower()] = (len(pattern), f"{before}, {value}")
            elif len(pattern) >= exactness:
                found[name.lower()] = (len(pattern), value)
    return {name: value for name, (_, value) in found.items()}


class _Handler(SimpleHTTPRequestHandler):
    """Files with their headers; `_headers` itself is shown to nobody; pages are found without their ending, too."""

    def __init__(self, *given: Any, folder: Path, host: Host) -> None:
        self._folder, self._host = folder, host
        super().__init__(*given)

    def do_GET(self) -> None:
        """A file, or the page that says that there is none."""
        path = urlsplit(self.path).path
        # A browser asks every host for its icon of its own accord, where a page names none.
        if path == "/favicon.ico":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
            return
        wanted = self._folder / (unquote(path).lstrip("/") or "index.html")
        tried = (wanted, wanted.with_name(f"{wanted.name}.html"))
        file = next((file for file in tried if file.is_file() and file.name != "_headers"), None)
        shown = file or self._folder / "404.html"
        content = shown.read_bytes()
        self.send_response(HTTPStatus.OK if file else HTTPStatus.NOT_FOUND)
        sent = {
            "content-type": self.guess_type(shown),
            "cache-control": "public, max-age=0, must-revalidate",
            **headers_for((self._folder / "_headers").read_text(encoding="utf-8"), path, self._host),
        }
        for name, value in sent.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def hosted(folder: Path, host: Host) -> Iterator[str]:
    """The address at which a folder is shown with the headers that its `_headers` asks for."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, folder=folder, host=host))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
