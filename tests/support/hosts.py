"""A host on the web as it may be: one that shows a site as it was given, and one that does something else. At the loopback address and only there."""

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from typing import Any
from urllib.parse import unquote, urlsplit


class Asked(BaseHTTPRequestHandler):
    """One question to the host. What answers otherwise than a host should writes to `wfile` itself."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # an answer leaves in one piece

    def __init__(self, *given: Any, host: "Host") -> None:
        self.host = host
        super().__init__(*given)

    def do_GET(self) -> None:
        """The file, the page for wrong addresses, or whatever the host does at this address."""
        path = unquote(urlsplit(self.path).path).removeprefix(self.host.prefix) or "index.html"
        self.host.asked.append(path)
        answer = self.host.answers.get(path, self.host.answer)
        if answer is not None:
            answer(self)
        elif path in self.host.files:
            self.reply(HTTPStatus.OK, self.host.files[path], path)
        else:
            self.reply(HTTPStatus.NOT_FOUND, self.host.files.get("404.html", b"nothing here"), "404.html")

    def reply(self, status: int, body: bytes, path: str = "index.html", **headers: str) -> None:
        """An answer as it should be."""
        self.send_response(status)
        if self.host.gzip and "gzip" in self.headers["Accept-Encoding"]:
            body = gzip.compress(body, 1)
            headers["Content-Encoding"] = "gzip"
        kind = {"Content-Type": guess_type(path)[0] or "application/octet-stream"}
        for name, value in {**kind, **self.host.headers, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


Answers = Callable[[Asked], None]


@dataclass
class Host:
    """What a host shows, and how it behaves; all of it can be changed while it runs."""

    files: dict[str, bytes]
    prefix: str = "/plan/"
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answers] = field(default_factory=dict)
    """What it does at single addresses, in place of showing a file."""
    answer: Answers | None = None
    """What it does everywhere else."""
    gzip: bool = False
    asked: list[str] = field(default_factory=list)
    connections: int = 0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    host: Host

    def get_request(self) -> Any:
        self.host.connections += 1
        return super().get_request()

    def handle_error(self, *_: object) -> None:
        """Whoever asks may go before the answer is there."""


@contextmanager
def hosting(files: dict[str, bytes], certificate: ssl.SSLContext | None = None) -> Iterator[Host]:
    """A host that shows these files below a path, as long as the block runs; by `https` where it has a certificate."""
    host = Host(files)
    server = _Server(("127.0.0.1", 0), partial(Asked, host=host))
    server.host = host
    if certificate:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    host.url = f"http{'s' if certificate else ''}://127.0.0.1:{server.server_port}{host.prefix}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def leading_to(location: str, status: int = 301) -> Answers:
    """An answer that leads on."""
    return lambda asked: asked.reply(status, b"", Location=location)
