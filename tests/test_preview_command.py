"""The command `serve`: how it begins and ends, what it says, and its options."""

import contextlib
import fcntl
import gc
import io
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.cli.serving import Wish, keep_serving
from manifesto_cli.cli.terminal import Terminal
from support.previews import (
    IDEA,
    PATIENCE,
    Preview,
    listen,
    project,
)


class Running:
    """The command, and what it says line by line."""

    def __init__(self, root: Path, *words: str) -> None:
        self.command = subprocess.Popen(
            [sys.executable, "-m", "manifesto_cli", "serve", "-C", str(root), *words],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.command.stderr
        self.said = self.command.stderr

    def port(self) -> int:
        """The port, once the site is there."""
        line = self.said.readline()
        found = re.match(r"http://127\.0\.0\.1:(\d+)/", line)
        assert found, line + self.said.read()
        return int(found[1])

    def end(self, signal_number: int) -> tuple[int, str]:
        """How it ends, and what it says in the end."""
        self.command.send_signal(signal_number)
        said = self.said.read()
        return self.command.wait(PATIENCE), said


@contextlib.contextmanager
def running(root: Path, *words: str) -> Iterator[Running]:
    """The command while it runs; it is ended in any case."""
    found = Running(root, *words)
    try:
        yield found
    finally:
        found.command.kill()
        found.command.wait()
        found.said.close()


def test_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    """Also while pages are open and somebody has begun a request; with the exit code for that, and one word."""
    with running(project(tmp_path), "-p", "0") as serving:
        preview = Preview(tmp_path, serving.port())
        pages = [listen(preview) for _ in range(5)]
        pages.append(socket.create_connection(("127.0.0.1", preview.port), PATIENCE))
        pages[-1].sendall(b"GET / HT")
        assert serving.end(signal.SIGINT) == (130, "interrupted\n")
        for connection in pages:
            with contextlib.suppress(ConnectionResetError):
                while connection.recv(100):
                    pass
            connection.close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", preview.port), PATIENCE)


def test_ctrl_c_before_anything_is_there(tmp_path: Path) -> None:
    """Whoever has started it in the wrong place need not wait."""
    with running(project(tmp_path), "-p", "0") as serving:
        assert serving.end(signal.SIGINT)[0] in (130, -signal.SIGINT)


def test_what_ends_programs_in_the_background_ends_it_too(tmp_path: Path) -> None:
    """As services and containers do."""
    with running(project(tmp_path), "-p", "0") as serving:
        serving.port()
        assert serving.end(signal.SIGTERM) == (143, "")


def test_each_change_is_a_line_where_there_is_no_terminal(tmp_path: Path) -> None:
    """With the first fault and its place, so that a log can be read."""
    root = project(tmp_path)
    with running(root, "-p", "0") as serving:
        serving.port()
        (root / "ideas" / "lights.yaml").write_text(IDEA.replace("mend", "change"))
        line = serving.said.readline()
        assert re.fullmatch(
            r"\d\d:\d\d:\d\d .*ideas/lights\.yaml changed; no faults \(\d\.\d\d s\)\n", line
        ), line
        (root / "ideas" / "lights.yaml").write_text(IDEA.replace("pledge:", "pledg:"))
        line = serving.said.readline()
        assert "ideas/lights.yaml changed; 1 error, 1 warning, first " in line
        assert "ideas/lights.yaml:4:1: " in line


def test_quiet_says_only_what_is_wrong(tmp_path: Path) -> None:
    """Not even where the site is."""
    root = project(tmp_path)
    (root / "ideas" / "lights.yaml").write_text(IDEA.replace("pledge:", "pledg:"))
    with running(root, "-p", "0", "-q") as serving:
        assert "first " in serving.said.readline()
        (root / "ideas" / "lights.yaml").write_text(IDEA)
        (root / "ideas" / "lights.yaml").write_text(IDEA + "x: y\n")
        assert ":5:1: " in serving.said.readline()


def busy(ports: Iterable[int]) -> list[socket.socket]:
    """Take ports, those that are not taken already."""
    taken = []
    for port in ports:
        other = socket.socket()
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", port))
            other.listen()
        except OSError:
            other.close()
            continue
        taken.append(other)
    return taken


def test_a_port_that_is_asked_for_and_busy_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The help can be typed, and names a port that is free; also where the environment asks."""
    project(tmp_path)
    with contextlib.closing(busy([0])[0]) as other:
        port = other.getsockname()[1]
        assert main(["serve", "-C", str(tmp_path), "-p", str(port)]) == 2
        said = capsys.readouterr().err
        assert f"error: port {port} is in use\n  = help: type `manifesto serve --port " in said
        free = int(said.rpartition("--port ")[2].rstrip("`\n"))
        assert free != port
        socket.create_server(("127.0.0.1", free)).close()
        monkeypatch.setenv("MANIFESTO_PORT", str(port))
        assert main(["serve", "-C", str(tmp_path)]) == 2
        assert f"port {port} is in use" in capsys.readouterr().err


def test_where_none_is_asked_for_the_next_one_is_taken_and_said(tmp_path: Path) -> None:
    """Two previews side by side need no options."""
    taken = busy([8000])
    try:
        with running(project(tmp_path)) as serving:
            line = serving.said.readline()
            found = re.fullmatch(r"port 8000 is in use, so this is port (80[012]\d)\n", line)
            assert found, line
            assert serving.port() == int(found[1])
    finally:
        for other in taken:
            other.close()


def test_where_all_of_them_are_busy_it_says_what_to_type(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twenty others are tried."""
    project(tmp_path)
    taken = busy(range(8000, 8021))
    try:
        assert main(["serve", "-C", str(tmp_path)]) == 3
        assert "error: the ports 8000 to 8020 are all in use" in capsys.readouterr().err
    finally:
        for other in taken:
            other.close()


@pytest.mark.parametrize("port", ["-1", "65536", "http", "80.0"])
def test_what_is_no_port_is_a_wrong_call(
    tmp_path: Path, port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "-C", str(project(tmp_path)), "-p", port]) == 2
    assert "--port" in capsys.readouterr().err


def test_where_there_is_no_manifesto_nothing_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As with every command."""
    assert main(["serve", "-C", str(tmp_path), "-p", "0"]) == 2
    assert "there is no `manifesto.yaml`" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "status"), [((), 404), (("--drafts",), 200)])
def test_drafts_are_shown_to_who_asks_for_them(tmp_path: Path, words: tuple[str, ...], status: int) -> None:
    """As in a build."""
    root = project(tmp_path)
    (root / "ideas" / "benches.yaml").write_text(IDEA.replace("Lights", "Benches") + "status: draft\n")
    with running(root, "-p", "0", *words) as serving:
        assert Preview(root, serving.port()).get("/repo/pledges/benches.html").status == status


class EnoughError(Exception):
    """Whoever looks has seen enough."""


def test_a_browser_is_opened_once_the_site_is_there(tmp_path: Path) -> None:
    """At the address of the site; where there is no browser, that is said."""
    opened = []
    seen = io.StringIO()

    def browse(address: str) -> bool:
        opened.append(address)
        return False

    def write(text: str) -> int:
        if "no browser" in text:
            raise EnoughError
        return len(text)

    seen.write = write  # type: ignore[method-assign]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", seen)
        with pytest.raises(EnoughError):
            keep_serving(Wish(project(tmp_path), 0, drafts=False, open=True), Terminal(), browse)
    gc.unfreeze()  # the command has taken it for the end of the program
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/repo/", opened[0])


def test_on_a_terminal_one_block_is_written_anew(tmp_path: Path) -> None:
    """Where the site is, how it stands and what is wrong, in full; nothing of what was before is left."""
    root = project(tmp_path)
    child, terminal = pty.fork()
    if child == 0:
        os.environ.pop("CI", None)
        os.environ.update({"TERM": "xterm", "NO_COLOR": "1"})
        os.chdir(root)
        os.execv(sys.executable, [sys.executable, "-m", "manifesto_cli", "serve", "-p", "0"])  # noqa: S606 - our own command
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    screen = Screen(terminal)
    try:
        screen.until(lambda lines: any("no faults" in line for line in lines))
        assert len(screen.lines()) == 3
        (root / "ideas" / "lights.yaml").write_text(IDEA.replace("pledge:", "pledg:"))
        screen.until(lambda lines: any("pledg: I will" in line for line in lines))
        lines = screen.lines()
        assert lines[0].startswith("http://127.0.0.1:")
        assert any(line.startswith("error[unknown-field]") for line in lines)
        (root / "ideas" / "lights.yaml").write_text(IDEA)
        screen.until(lambda lines: any("no faults" in line for line in lines))
        assert len(screen.lines()) == 3
    finally:
        os.write(terminal, b"\x03")
        with contextlib.suppress(OSError):
            while os.read(terminal, 4096):
                pass
        os.close(terminal)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 130


class Screen:
    """What a terminal shows that knows two things besides text: going up, and clearing what is below."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._rows: list[str] = [""]
        self._row = 0

    def lines(self) -> list[str]:
        """The rows with something on them."""
        return [row for row in self._rows if row]

    def until(self, holds: Callable[[list[str]], bool]) -> None:
        """Read on until something holds of what is shown."""
        end = time.monotonic() + PATIENCE
        while not holds(self.lines()):
            assert time.monotonic() < end, self._rows
            if select.select([self._terminal], [], [], 0.1)[0]:
                self._take(os.read(self._terminal, 65536).decode())

    def _take(self, text: str) -> None:
        for part in re.findall(r"\x1b\[\d*[A-Z]|\r\n|\r|\n|[^\x1b\r\n]+", text):
            if part.endswith("A") and part.startswith("\x1b"):
                self._row -= int(part[2:-1])
                assert self._row >= 0
            elif part == "\x1b[J":
                del self._rows[self._row :]
                self._rows.append("")
            elif part in ("\r\n", "\n"):
                self._row += 1
                if self._row == len(self._rows):
                    self._rows.append("")
            elif part != "\r":
                self._rows[self._row] += part
