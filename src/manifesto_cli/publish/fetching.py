"""Asking one host for the files of one site: a few connections that stay open, and a bound on everything that comes back.

Whatever a host says is a value; where nothing can be heard of it, the command ends with a sentence. Proxies are taken from the environment as git
and pip take them, since where one is needed there is no other way out; hosts on this machine are asked directly.
"""

import contextlib
import http.client
import queue
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from functools import cache
from time import monotonic
from urllib.parse import urlsplit

from msgspec import Struct

from manifesto_cli import __version__
from manifesto_cli.publish.proxies import Proxy, proxy_for
from manifesto_cli.publish.unpacking import unpacked
from manifesto_cli.publish.web import PORTS, AstrayError, Root, is_public, led_on
from manifesto_cli.publish.web_refusals import CutOffError, EndlessError, busy, slow, worded

_HEADERS = {
    "User-Agent": f"manifesto-cli/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    # What is kept on the way is to be compared with the host's own first (RFC 9111, section 5.2.1.4). Not every host heeds it.
    "Cache-Control": "no-cache",
}
_LEADING = {301, 302, 303, 307, 308}
_BUSY = {429, 502, 503, 504}
_PIECE = 1 << 16


class Limits(Struct, frozen=True):
    """How much is waited for."""

    connections: int = 8
    patience: float = 20
    """Seconds until the next bytes must come."""
    longest: float = 600
    """Seconds that one answer may take as a whole, though its bytes come: large pictures on a slow line take long."""
    whole: float = 3600
    """Seconds that all answers may take together."""
    hops: int = 5
    """How often a host may lead on before it answers."""


LIMITS = Limits()


class Answer(Struct, frozen=True):
    """What a host has said about one address."""

    status: int
    headers: Mapping[str, str]
    """By their names in lower case."""
    body: bytes
    """As it was before it was packed for the way; empty where there is trouble."""
    address: str
    """The whole address that has answered: another than the one asked for if the host has led on."""
    trouble: str = ""
    """Why the answer is not taken: what the host does, such as `leads on to another host`."""


def fetch(root: Root, path: str, most: int, limits: Limits = LIMITS) -> Answer:
    """The answer about one file, of which `most` bytes are taken; ManifestoError where there is none."""
    return next(answer for _, answer in fetch_all(root, {path: most}, limits))


def fetch_all(root: Root, wanted: Mapping[str, int], limits: Limits = LIMITS) -> Iterator[tuple[str, Answer]]:
    """The files with the answers about them, in the order in which they come; of each, as many bytes are taken as `wanted` says.

    The first address about which there is no answer ends it: ManifestoError. Threads that wait for a host die with the command: no host can keep it alive.
    """
    paths, turn = iter(wanted.items()), threading.Lock()
    answers: queue.SimpleQueue[tuple[str, Answer] | BaseException] = queue.SimpleQueue()
    visits = [_Visit(root, limits) for _ in range(min(limits.connections, len(wanted)))]
    # Whoever asks may be slower than the host: no more answers wait than this.
    room, over = threading.Semaphore(2 * len(visits)), threading.Event()

    def work(visit: _Visit) -> None:
        while True:
            room.acquire()
            with turn:
                path, most = next(paths, ("", 0))
            if over.is_set() or not path:
                visit.close()
                return
            try:
                answers.put((path, visit.fetch(path, most)))
            except BaseException as fault:  # noqa: BLE001 - raised again by whoever waits for the answer
                visit.close()
                answers.put(fault)
                return

    until = monotonic() + limits.whole
    for visit in visits:
        threading.Thread(target=work, args=(visit,), daemon=True).start()
    try:
        for _ in wanted:
            patience = min(limits.longest + limits.patience, max(until - monotonic(), 0))
            try:
                got = answers.get(timeout=patience)
            except queue.Empty:
                raise slow(root.name, patience or limits.whole) from None
            if isinstance(got, BaseException):
                raise got
            room.release()
            yield got
    finally:
        over.set()
        for visit in visits:
            visit.close()
        room.release(len(visits) + 1)


class _Visit:
    """The connections of one thread to a host and its neighbour: with `www.` and without, with `https` and without."""

    def __init__(self, root: Root, limits: Limits) -> None:
        self._root, self._limits = root, limits
        self._open: dict[str, http.client.HTTPConnection] = {}
        self._ended = False
        self._numbers = set[str]()
        """Of the host that was asked for; no other is led to unless everybody can reach it."""

    def close(self) -> None:
        """End all connections, so that whoever waits for one waits no more."""
        self._ended = True
        for connection in [*self._open.values()]:
            with contextlib.suppress(OSError, AttributeError):
                connection.sock.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError, AttributeError):
                connection.close()

    def fetch(self, path: str, most: int) -> Answer:
        """What the host says about a file, once it leads on no more."""
        address, until = self._root.at(path), monotonic() + self._limits.longest
        answer = Answer(0, {}, b"", address)
        for _ in range(self._limits.hops + 1):
            try:
                answer = self._ask(address, most, until)
                if answer.status in _BUSY:
                    raise busy(urlsplit(address).netloc, answer.status)
                if answer.status not in _LEADING or "location" not in answer.headers or answer.trouble:
                    return answer
                address = led_on(address, answer.headers["location"])
            except AstrayError as fault:
                return Answer(answer.status, answer.headers, b"", address, str(fault))
        return Answer(answer.status, answer.headers, b"", address, "leads on and on, and never to a page")

    def _ask(self, address: str, most: int, until: float) -> Answer:
        """The answer of an address. A connection that breaks is made once more: hosts close those that have been quiet for a while."""
        parts = urlsplit(address)
        broken = 0
        while True:
            connection = self._connection(address)
            fresh = connection.sock is None
            try:
                if fresh:
                    self._connect(connection, parts.hostname or "")
                return self._answer(connection, address, most, until)
            except (ConnectionError, CutOffError, http.client.IncompleteRead, ssl.SSLEOFError) as fault:
                connection.close()
                # A connection that had served before may have been closed meanwhile: that says nothing about the host.
                broken += fresh
                if broken > 1 or self._ended or isinstance(fault, ConnectionRefusedError):
                    raise worded(
                        fault, _who(connection, parts.netloc, fault), self._limits.patience
                    ) from fault
            except ssl.SSLError as fault:
                connection.close()
                raise worded(fault, parts.netloc, self._limits.patience) from fault
            except (OSError, http.client.HTTPException, UnicodeError) as fault:
                connection.close()
                raise worded(fault, _who(connection, parts.netloc, fault), self._limits.patience) from fault

    def _connection(self, address: str) -> http.client.HTTPConnection:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._open:
            host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
            proxy = proxy_for(parts.scheme, host)
            self._open[origin] = _connection(parts.scheme, (host, port), proxy, self._limits.patience)
        return self._open[origin]

    def _connect(self, connection: http.client.HTTPConnection, host: str) -> None:
        connection.connect()
        if isinstance(connection, _ThroughProxy | _ThroughTunnel):
            return
        number = connection.sock.getpeername()[0]
        if host == self._root.host:
            self._numbers.add(number)
        elif number not in self._numbers and not is_public(number):
            connection.close()
            raise AstrayError(f"leads on to `{host}`, which is in a network of its own ({number})")

    def _answer(
        self, connection: http.client.HTTPConnection, address: str, most: int, until: float
    ) -> Answer:
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = dict(_HEADERS)
        if isinstance(connection, _ThroughProxy):
            target, headers = address, {**headers, **connection.credentials}
        connection.request("GET", target, headers=headers)
        with contextlib.closing(connection.getresponse()) as answer:
            said = {name.lower(): value for name, value in answer.headers.items()}
            packing = said.get("content-encoding", "").strip().lower()
            try:
                body = unpacked(_pieces(answer, until), packing, most)
            except AstrayError as fault:
                connection.close()  # there is more, and nobody wants it
                return Answer(answer.status, said, b"", address, str(fault))
            return Answer(answer.status, said, body, address)


class _ThroughProxy(http.client.HTTPConnection):
    """A connection to a proxy that is asked for addresses of `http`."""

    credentials: Mapping[str, str] = {}


class _ThroughTunnel(http.client.HTTPSConnection):
    """A connection through a proxy that cannot read along: what it leads to is the proxy's to decide."""


def _connection(
    scheme: str, there: tuple[str, int], proxy: Proxy | None, patience: float
) -> http.client.HTTPConnection:
    host, port = there
    if proxy is None:
        if scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=patience, context=_trust())
        return http.client.HTTPConnection(host, port, timeout=patience)
    if scheme == "https":
        tunnel = _ThroughTunnel(proxy.host, proxy.port, timeout=patience, context=_trust())
        tunnel.set_tunnel(host, port, headers=dict(proxy.credentials))
        return tunnel
    through = _ThroughProxy(proxy.host, proxy.port, timeout=patience)
    through.credentials = proxy.credentials
    return through


def _who(connection: http.client.HTTPConnection, host: str, fault: Exception) -> str:
    """Who it is that does not answer: the host, or the proxy before it."""
    proxied = isinstance(connection, _ThroughProxy | _ThroughTunnel)
    return f"{connection.host}:{connection.port}" if proxied and "Tunnel" not in str(fault) else host


@cache
def _trust() -> ssl.SSLContext:
    """Whom this machine trusts; read once, since it takes a while."""
    return ssl.create_default_context()


def _pieces(answer: http.client.HTTPResponse, until: float) -> Iterator[bytes]:
    """The body as it comes, to its end."""
    while piece := answer.read1(_PIECE):
        if monotonic() > until:
            raise EndlessError
        yield piece
    if answer.length:
        raise CutOffError
