"""A preview that runs, for tests: what it says can be waited for."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from manifesto_cli.cli.serving import shown
from manifesto_cli.model.quantity import Day
from manifesto_cli.preview.running import News, Order, previewing
from manifesto_cli.settings import Settings

PATIENCE = 30.0
"""Seconds after which whatever is waited for will not come."""

MANIFESTO = """format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc}
imprint: {jurisdiction: none}
site: {url: https://example.org/repo/}
foreword: |
  First words.
priorities:
  - priority: streets
    ideas: all
"""
PRIORITY = "title: Safer streets\nsummary: What to do.\n"
IDEA = "title: Lights\npriority: streets\nsummary: More light.\npledge: I will mend the lights.\n"


def project(folder: Path) -> Path:
    """A small project in a folder, with one idea of its own."""
    for path, text in {
        "manifesto.yaml": MANIFESTO,
        "priorities/streets.yaml": PRIORITY,
        "ideas/lights.yaml": IDEA,
    }.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


@dataclass
class Answer:
    """What a server says."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Preview:
    """A preview, and what it has said."""

    root: Path
    port: int = 0
    news: list[News] = field(default_factory=list)
    mistakes: list[BaseException] = field(default_factory=list)
    turn: threading.Condition = field(default_factory=threading.Condition)

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def tell(self, told: News | BaseException) -> None:
        with self.turn:
            if isinstance(told, News):
                self.news.append(told)
            else:
                self.mistakes.append(told)
            self.turn.notify_all()

    def wait(self, holds: Callable[[News], bool]) -> News:
        """The first news of which something holds, as soon as there is one."""
        with self.turn:
            assert self.turn.wait_for(lambda: self.mistakes or any(map(holds, self.news)), PATIENCE), (
                self.news
            )
        assert not self.mistakes
        return next(filter(holds, self.news))

    def after(self, change: Callable[[], object]) -> News:
        """The news of a change, as soon as it is on show."""
        last = self.news[-1].number if self.news else 0
        change()
        return self.wait(lambda news: news.number > last)

    def write(self, path: str, text: str) -> None:
        """Save a file as simple editors do."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a word in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def get(self, path: str, method: str = "GET", host: str | None = None, **headers: str) -> Answer:
        """What is answered to a request whose path is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True)
            if host != "":
                connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            return Answer(response.status, dict(response.headers), response.read())
        finally:
            connection.close()


@contextmanager
def previewed(root: Path, port: int = 0) -> Iterator[Preview]:
    """A preview of a project, once there is something to see."""
    preview = Preview(root)
    order = Order(root, lambda: Settings(Day(2026, 11, 25)), port)
    with previewing(order, shown, preview.tell) as preview.port:
        preview.wait(lambda news: news.number > 0)
        yield preview
    assert not preview.mistakes


def page(preview: Preview, path: str = "/repo/pledges/lights.html") -> str:
    """The words of a page, with its tags."""
    return preview.get(path).text


def listen(preview: Preview) -> socket.socket:
    """A connection that hears of changes, once it has been greeted."""
    connection = socket.create_connection(("127.0.0.1", preview.port), PATIENCE)
    connection.sendall(f"GET /_preview/events HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode())
    hear(connection, b"data: ")
    return connection


def hear(connection: socket.socket, wanted: bytes) -> bytes:
    """What is heard until something wanted is."""
    said = b""
    while wanted not in said:
        piece = connection.recv(4096)
        assert piece, said
        said += piece
    return said


def descriptors() -> int:
    """How many files and connections are open; 0 where the system does not say."""
    place = Path("/proc/self/fd")
    return len([*place.iterdir()]) if place.is_dir() else 0


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds that nobody tells of."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)
