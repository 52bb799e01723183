"""The line that says what a long command is doing: on a terminal only, after a while, and gone in the end."""

import contextlib
import io
import os
import pty
import sys
import threading
import time
from pathlib import Path

import pytest

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.progress import PATIENCE, telling
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.disk.resting import resting
from manifesto_cli.telling import told, untold

MANIFESTO = """format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc}
imprint: {jurisdiction: none}
"""


class Screen(io.StringIO):
    """A terminal on which everything can be read that was ever shown."""

    def isatty(self) -> bool:
        return True


def wait_for(screen: io.StringIO, text: str) -> None:
    end = time.monotonic() + 20
    while text not in screen.getvalue() and time.monotonic() < end:
        time.sleep(0.01)


def test_it_is_shown_how_far_it_is_and_then_it_is_gone() -> None:
    """Each line takes the place of the one before, and the last one leaves nothing."""
    screen = Screen()
    with telling(screen, patience=0) as tell:
        tell("reading the manifesto")
        wait_for(screen, "\rreading the manifesto …")
        for page in told(tell, "rendering", ["a"] * 1200, "page"):
            assert page == "a"
        wait_for(screen, "1,200 of 1,200")
    lines = screen.getvalue().split("\r")
    assert "reading the manifesto …" in lines
    assert "rendering 1,200 of 1,200 pages …" in lines
    assert lines[-2:] == [" " * len("rendering 1,200 of 1,200 pages …"), ""]
    assert "\n" not in screen.getvalue()


def test_a_shorter_line_covers_a_longer_one() -> None:
    """Nothing of what was said stays behind it."""
    screen = Screen()
    with telling(screen, patience=0) as tell:
        tell("rendering")
        wait_for(screen, "\rrendering …")
        tell("ok")
        wait_for(screen, "\rok …")
    assert "\rok …       " in screen.getvalue()


def test_the_line_makes_room_for_a_question() -> None:
    """Once nothing is told it is gone, at once, and is not drawn over what is typed; then it goes on."""
    screen = Screen()
    with telling(screen, patience=0) as tell:
        tell("asking")
        wait_for(screen, "\rasking …")
        tell("")
        assert screen.getvalue().endswith(f"\r{' ' * len('asking …')}\r")
        screen.write("Password:")
        tell("")
        assert screen.getvalue().endswith("Password:")
        tell("sending")
        wait_for(screen, "sending …")
    assert "Password:\rsending …" in screen.getvalue()


def test_the_line_rests_while_the_process_is_forked() -> None:
    """It is drawn by a thread, and a fork may be made only where there is no other; then it goes on."""
    before = threading.active_count()
    screen = Screen()
    with telling(screen, patience=0) as tell:
        tell("reading")
        wait_for(screen, "reading …")
        with resting() as alone:
            assert threading.active_count() == before
            assert alone is (before == 1)
            tell("writing")
            assert "writing" not in screen.getvalue()
        wait_for(screen, "writing …")
        assert "writing …" in screen.getvalue()
    assert threading.active_count() == before


def test_nothing_is_shown_of_what_is_quick() -> None:
    """Nobody wonders for a second."""
    screen = Screen()
    with telling(screen, patience=PATIENCE) as tell:
        tell("reading")
    assert screen.getvalue() == ""


def test_the_line_goes_also_when_something_stops_the_command() -> None:
    """The message stands on a line of its own."""
    screen = Screen()
    with contextlib.suppress(KeyboardInterrupt), telling(screen, patience=0) as tell:
        tell("reading")
        wait_for(screen, "reading")
        raise KeyboardInterrupt
    assert screen.getvalue().endswith(f"\r{' ' * len('reading …')}\r")


def test_a_terminal_that_has_gone_stops_nothing() -> None:
    """The line is a kindness: where it cannot be written, the command goes on."""

    class Gone(Screen):
        def write(self, text: str) -> int:
            raise OSError(text)

    with telling(Gone(), patience=0) as tell:
        tell("reading")
        time.sleep(0.05)


def test_one_thing_is_one() -> None:
    """Also in a count."""
    said: list[str] = []
    list(told(said.append, "writing", ["a"], "file"))
    assert said == ["writing 1 of 1 file"]


@pytest.mark.parametrize(
    ("terminal", "variable", "shown"),
    [
        (Terminal(), "", True),
        (Terminal(color=Color.never), "NO_COLOR", True),
        (Terminal(quiet=True), "", False),
        (Terminal(), "CI", False),
        (Terminal(), "TERM", False),
    ],
)
def test_only_who_looks_is_told(
    terminal: Terminal, variable: str, monkeypatch: pytest.MonkeyPatch, *, shown: bool
) -> None:
    """Not with `--quiet`, not where a service builds, and not on a terminal that cannot go back in a line."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Screen())
    if variable:
        monkeypatch.setenv(variable, "dumb")
    with terminal.telling() as tell:
        assert (tell is untold) is not shown


def test_nothing_is_told_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command prints into a file is what it has to say."""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with Terminal().telling() as tell:
        assert tell.__name__ == "untold"


IMPATIENT = """
import sys
from manifesto_cli.cli import main, progress
progress.PATIENCE = 0
sys.exit(main(sys.argv[1:]))
"""


FORKING = """
import os, sys
from manifesto_cli.cli import main, progress
progress.PATIENCE = 0
os.environ["MANIFESTO_CACHE"] = ""  # so that nothing is compiled ahead, in a fork of its own
fork, forks = os.fork, [0]
def counted():
    forks[0] += 1
    return fork()
os.fork = counted
status = main(sys.argv[1:])
print(f"{forks[0]} forks")
sys.exit(status)
"""


def on_a_terminal(project: Path, *words: str, script: str = IMPATIENT) -> str:
    """What a terminal shows of a command, to somebody who has no patience at all."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(project)
        os.environ.pop("CI", None)
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, [sys.executable, "-c", script, *words])  # noqa: S606 - our own command
    shown = b""
    with contextlib.suppress(OSError):  # the other side is closed
        while piece := os.read(terminal, 4096):
            shown += piece
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return shown.decode()


def test_a_build_says_what_it_does_and_leaves_its_summary(tmp_path: Path) -> None:
    """From end to end: what is said stays on one line, and is gone before the first word that stays."""
    (tmp_path / "manifesto.yaml").write_text(MANIFESTO, encoding="utf-8")
    shown = on_a_terminal(tmp_path, "build")
    first = shown.split("\r\n", 1)[0]
    assert "…" in first
    assert first.split("\r")[-2].strip() == ""
    assert "…" not in first.split("\r")[-1]
    assert "wrote " in shown
    assert on_a_terminal(tmp_path, "build", "--quiet") == ""


@pytest.mark.skipif(sys.platform != "linux", reason="work is divided where forks are safe")
def test_the_line_keeps_nobody_from_dividing_the_work(tmp_path: Path) -> None:
    """What draws it is a thread, and with another thread no process is forked: while that is done there is none. Then it goes on."""
    (tmp_path / "manifesto.yaml").write_text(MANIFESTO, encoding="utf-8")
    shown = on_a_terminal(tmp_path, "build", "--jobs", "3", script=FORKING)
    assert "2 forks" in shown
    assert "writing " in shown.split("\r\n", 1)[0]
