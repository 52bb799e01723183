"""How the script `manifesto` ends: sooner than Python would by itself, and with everything that is to happen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ORDINARY = "from manifesto_cli.cli import main; raise SystemExit(main())"
SHORT = "from manifesto_cli.cli import start; start()"
LATE = """
import atexit, sys, threading, time
atexit.register(print, "registered")
threading.Thread(target=lambda: (time.sleep(0.1), print("waited for"))).start() if "{thread}" else None
"""
WRAPPED = """
def run():
    from manifesto_cli.cli import start
    try:
        start()
    finally:
        print("saw the end")
run()
"""


def ended(script: str, *words: str, to: int = subprocess.PIPE) -> tuple[int, str, str]:
    """The status of a command that a script of Python runs, and what it prints."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, stdout=to, stderr=subprocess.PIPE, text=True, check=False, env=kept)
    return done.returncode, done.stdout or "", done.stderr


@pytest.mark.parametrize(
    "words", [("--version",), ("explain", "codes"), ("explain", "nonsense"), ("build", "--nonsense")]
)
def test_a_short_end_is_like_the_ordinary_one(words: tuple[str, ...]) -> None:
    """The status, and all that is said."""
    assert ended(SHORT, *words) == ended(ORDINARY, *words)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is Linux's")
@pytest.mark.parametrize("words", [("--version",), ("--help",)])
def test_what_cannot_be_written_is_said_in_either_case(words: tuple[str, ...]) -> None:
    """Also if nobody has noticed before the end."""
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        short = ended(SHORT, *words, to=full)
        assert short == ended(ORDINARY, *words, to=full)
    finally:
        os.close(full)
    assert short[0]


@pytest.mark.parametrize("thread", ["", "with a thread"])
def test_what_is_registered_for_the_end_happens(thread: str) -> None:
    """And what other threads still do."""
    late = ["waited for"] if thread else []
    status, said, _ = ended(LATE.format(thread=thread) + SHORT, "--version")
    assert (status, said.splitlines()[1:]) == (0, [*late, "registered"])


def test_what_runs_the_script_inside_itself_sees_the_end() -> None:
    """A profiler has something to say by then."""
    assert ended(WRAPPED, "--version")[1].endswith("saw the end\n")
