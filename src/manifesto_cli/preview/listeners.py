"""The open pages that want to hear of changes. None of them has a thread: what they are told fits into what the system holds back for them."""

import contextlib
import socket
import threading
from collections.abc import Callable

_MOST = 512
"""With more than this the one that has listened for longest is let go; a page that is looked at comes back."""


class Listeners:
    """Connections that stay open, each for a page that somebody looks at."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._closed = False
        self._open: dict[socket.socket, None] = {}

    def __len__(self) -> int:
        return len(self._open)

    def join(self, connection: socket.socket, greeting: Callable[[], bytes]) -> None:
        """Tell a page how things stand, and from now on of every change. The connection is ours from here on."""
        with self._lock:
            self._sweep()
            while len(self._open) >= self._most:
                self._drop(next(iter(self._open)))
            self._open[connection] = None
            if self._closed:
                self._drop(connection)
                return
            # Asked for under the lock: whatever changes after it is told to this page, too.
            self._send(connection, greeting())

    def tell(self, message: bytes) -> None:
        """Tell all of them. Whoever does not read what was said is let go, and holds nobody up."""
        with self._lock:
            for connection in tuple(self._open):
                self._send(connection, message)

    def sweep(self) -> None:
        """Let go of those that have gone away."""
        with self._lock:
            self._sweep()

    def close(self) -> None:
        """Let go of all of them, and of whoever may still come."""
        with self._lock:
            self._closed = True
            for connection in tuple(self._open):
                self._drop(connection)

    def _sweep(self) -> None:
        for connection in tuple(self._open):
            try:
                gone = not connection.recv(1)
            except BlockingIOError:
                gone = False
            except OSError:
                gone = True
            if gone:
                self._drop(connection)

    def _send(self, connection: socket.socket, message: bytes) -> None:
        try:
            connection.settimeout(0)
            if connection.send(message) == len(message):
                return
        except OSError:
            pass
        self._drop(connection)

    def _drop(self, connection: socket.socket) -> None:
        del self._open[connection]
        with contextlib.suppress(OSError):
            connection.close()
