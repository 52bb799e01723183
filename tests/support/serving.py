"""Folders as a host on the web shows them, at the loopback address and only there."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class _Handler(SimpleHTTPRequestHandler):
    """Files by path. An address at which there is nothing gets the site's own page for that, as on GitHub Pages."""

    def __init__(self, *given: Any, folders: dict[str, Path]) -> None:
        self._folders = folders
        super().__init__(*given)

    def do_GET(self) -> None:
        """A file, or the page that says that there is none."""
        path = unquote(urlsplit(self.path).path)
        prefix = next((prefix for prefix in self._folders if path.startswith(prefix)), None)
        if prefix is None:
            # A browser asks every host for its icon of its own accord, where a page names none.
            self.send_response(HTTPStatus.NO_CONTENT if path == "/favicon.ico" else HTTPStatus.NOT_FOUND)
            self.end_headers()
            return
        folder = self._folders[prefix]
        file = folder / (path.removeprefix(prefix) or "index.html")
        found = file.is_file() and file.resolve().is_relative_to(folder.resolve())
        shown = file if found else folder / "404.html"
        content = shown.read_bytes()
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", self.guess_type(shown))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def serving(folders: dict[str, Path]) -> Iterator[str]:
    """The address of a server that shows each folder under its path, such as `/some/repo/`. Folders may be added while it runs."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, folders=folders))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def addresses(host: str, folders: Mapping[str, Path], *endings: str) -> dict[str, Path]:
    """The address of every file with one of these endings, and the file."""
    return {
        f"{host}{prefix}{path.relative_to(folder).as_posix()}": path
        for prefix, folder in folders.items()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in endings and ".manifesto" not in path.parts
    }
