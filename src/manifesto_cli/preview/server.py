"""The server of the preview: this machine alone can ask it, for files of the site and nothing else."""

import contextlib
import io
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, quote

from manifesto_cli.disk.contents import pieces
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.preview.answering import Found
from manifesto_cli.preview.asking import OWN, Refused, asked_path, refused_host
from manifesto_cli.preview.showing import Showing

HOST = "127.0.0.1"
_SECONDS = 10.0
"""How long a request may take to arrive, and a part of an answer to be taken. Idle connections are let go, too."""
_MOST = 256
"""Connections that are answered at a time."""
_CROWDED = 48
"""From here on a connection ends with its answer, so that those that are idle do not keep others out."""
_CLIENT = Path(__file__).with_name("client.js")
_PLAIN = "text/plain; charset=utf-8"


class PreviewServer(ThreadingHTTPServer):
    """A thread for each connection that is being answered; open pages that only listen have none."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int, showing: Showing, failed: Callable[[BaseException], None]) -> None:
        self.showing = showing
        self.failed = failed
        self.client = _CLIENT.read_bytes()
        self._open: set[Any] = set()
        self._swept = 0.0
        self._count = threading.Lock()
        super().__init__((HOST, port), _Answer)

    def server_bind(self) -> None:
        """Take the port. Python's own way asks the network what this machine is called, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, unless far too many are being answered."""
        with self._count:
            full = len(self._open) >= _MOST
            if not full:
                self._open.add(request)
        if full:
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The thread itself."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._count:
                self._open.discard(request)

    @property
    def crowded(self) -> bool:
        """Whether so many connections are open that each should end with its answer."""
        return len(self._open) > _CROWDED

    def end(self) -> None:
        """Answer nobody any more. Threads that wait for a request find their connection closed."""
        self.shutdown()
        with self._count:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.showing.listeners.close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - as socketserver has it
        """Whoever breaks a connection off is no news; all else is a mistake of ours, and ends the preview."""
        fault = sys.exception()
        if fault is not None and not isinstance(fault, OSError):
            self.failed(fault)

    def service_actions(self) -> None:
        """Now and then: let go of pages that have been closed."""
        if time.monotonic() > self._swept + 1:
            self._swept = time.monotonic()
            self.showing.listeners.sweep()


class _Patient(io.RawIOBase):
    """What comes in on a connection, as long as it comes within a time: a request in single bytes must not hold a thread for ever."""

    def __init__(self, connection: socket.socket) -> None:
        self.until = time.monotonic() + _SECONDS
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Answer(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: PreviewServer

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._coming = _Patient(self.connection)
        self.rfile = io.BufferedReader(self._coming)

    def handle_one_request(self) -> None:
        self._coming.until = time.monotonic() + _SECONDS
        super().handle_one_request()

    def version_string(self) -> str:
        return "manifesto"

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal shows how things stand, not who asks."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """What Python finds wrong with a request, in our form; a method that it does not know is one that we do not have."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._refuse(Refused(HTTPStatus.METHOD_NOT_ALLOWED, "the preview can only be read"))
        else:
            self.close_connection = True
            self._refuse(Refused(HTTPStatus(code), message or HTTPStatus(code).phrase))

    def do_GET(self) -> None:
        """Answer with a file of the site, or of the preview itself."""
        if self.headers.get("Content-Length") or self.headers.get("Transfer-Encoding") or self.server.crowded:
            self.close_connection = True
        asked = refused_host(self.headers.get_all("Host", []), self.server.server_port) or asked_path(
            self.path
        )
        if isinstance(asked, Refused):
            self._refuse(asked)
        elif asked.startswith(OWN):
            self._own(asked.removeprefix(OWN))
        else:
            self._site(asked)

    def do_HEAD(self) -> None:
        """The same without its content."""
        self.do_GET()

    def _site(self, path: str) -> None:
        showing = self.server.showing
        top = showing.first().shown.top
        if path in ("/", top.rstrip("/")) and path != top:
            self._head(HTTPStatus.TEMPORARY_REDIRECT, _PLAIN, 0, {"Location": quote(top)})
            return
        self._send(showing.answer(path))

    def _own(self, name: str) -> None:
        if name == "client.js":
            self._send(Found("text/javascript; charset=utf-8", self.server.client))
        elif name == "state":
            asked = parse_qs(self.path.partition("?")[2]).get("page", [""])[0]
            page = asked_path(asked)
            if isinstance(page, Refused):
                self._refuse(page)
            else:
                self._send(Found("application/json; charset=utf-8", self.server.showing.state(page)))
        elif name == "events" and self.command == "GET":
            self._listen()
        else:
            self._refuse(Refused(HTTPStatus.NOT_FOUND, "the preview has no such file"))

    def _listen(self) -> None:
        """Hand the connection over to those that hear of changes; this thread is done with it."""
        self.close_connection = True
        self._head(HTTPStatus.OK, "text/event-stream; charset=utf-8", None, {})
        connection = socket.socket(fileno=self.connection.detach())
        self.server.showing.listeners.join(connection, self.server.showing.greeting)

    def _refuse(self, refused: Refused) -> None:
        more = {"Allow": "GET, HEAD"} if refused.status is HTTPStatus.METHOD_NOT_ALLOWED else {}
        if self.command not in ("GET", "HEAD"):
            self.close_connection = True  # whatever was to be sent with it is not read
        content = f"{refused.why}\n".encode()
        self._head(refused.status, _PLAIN, len(content), more)
        self._write((content,))

    def _send(self, found: Found) -> None:
        if isinstance(found.content, bytes):
            self._head(found.status, found.kind, len(found.content), {})
            self._write((found.content,))
            return
        try:
            parts = tuple(pieces(found.content))
        except ManifestoError as fault:
            self._refuse(Refused(HTTPStatus.NOT_FOUND, fault.headline))
            return
        self._head(found.status, found.kind, sum(map(len, parts)), {})
        self._write(parts)

    def _head(self, status: HTTPStatus, kind: str, length: int | None, more: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        for name, value in more.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.connection.settimeout(_SECONDS)
        self.end_headers()

    def _write(self, parts: Iterable[bytes]) -> None:
        if self.command == "HEAD":
            return
        for part in parts:
            self.wfile.write(part)
