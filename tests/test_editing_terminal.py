"""Questions on a terminal: asked one by one, left open with Enter, stopped with Ctrl-C."""

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

MANIFESTO = """format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc}
imprint: {jurisdiction: none}
"""
IDEA = """title: Parks
priority: green
summary: A park in ((place)), with ((partner)).
questions:
  place: {ask: Where is it?, example: Mill Lane}
  partner: {ask: Who helps?}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in {
        "manifesto.yaml": MANIFESTO,
        "priorities/green.yaml": "title: Green places\n",
        "ideas/parks.yaml": IDEA,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def typed(project: Path, keys: bytes, *more: str) -> tuple[int, str]:
    """How `manifesto pick parks` ends, and what the terminal shows, if somebody types these keys."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(project)
        # Whoever runs the tests behind something else may have it ignored.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, "-m", "manifesto_cli", "pick", "parks", *more])  # noqa: S606 - our own command
    shown = b""
    for key in keys.split(b"|"):
        while b"open): " not in shown.rsplit(b"\n", 1)[-1]:
            shown += os.read(terminal, 1000)
        os.write(terminal, key)
        shown += b"\n"
    with contextlib.suppress(OSError):  # the other side is closed
        while True:
            # Python may miss a Ctrl-C that comes while it turns to the keyboard; a person would press it again.
            while keys.endswith(b"\x03") and not select.select([terminal], [], [], 1)[0]:
                os.write(terminal, b"\x03")
            piece = os.read(terminal, 1000)
            if not piece:
                break
            shown += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_answers_are_written_beside_the_pick(project: Path) -> None:
    """Each question is asked with its example, and the answers are quoted as they need to be."""
    status, shown = typed(project, b"Mill Lane: north\n|Friends\n")
    assert status == 0
    assert "Where is it? For example: Mill Lane (Enter leaves it open)" in shown
    assert (project / "manifesto.yaml").read_text(encoding="utf-8") == MANIFESTO + (
        "priorities:\n  - priority: green\n    ideas:\n      - idea: parks\n        values:\n"
        "          place: 'Mill Lane: north'\n          partner: Friends\n"
    )


def test_enter_leaves_a_question_open(project: Path) -> None:
    """What is open is named at the end, with what to type; what was set before is not asked for."""
    status, shown = typed(project, b"\n", "--set", "place=Mill Lane")
    assert status == 0
    assert "Where is it?" not in shown
    assert "add to manifesto.yaml under `values:`: `partner: …`" in shown
    assert "place: Mill Lane" in (project / "manifesto.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("keys", [b"\x03", b"Mill Lane\n|\x03", b"Mill Lane\n|\x04"])
def test_ctrl_c_and_ctrl_d_leave_the_file_as_it_was(project: Path, keys: bytes) -> None:
    """Nothing is written, whichever question was open."""
    status, shown = typed(project, keys)
    assert status == 130
    assert "interrupted" in shown
    assert (project / "manifesto.yaml").read_text(encoding="utf-8") == MANIFESTO


def test_nobody_is_asked_who_cannot_answer(project: Path) -> None:
    """Without a terminal the command ends at once, and says what is open."""
    result = subprocess.run(
        [sys.executable, "-m", "manifesto_cli", "pick", "parks"],
        cwd=project,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == ""
    assert "parks needs a value: Where is it? For example: Mill Lane" in result.stderr


def test_no_question_can_command_the_terminal(project: Path) -> None:
    """Nor can it go on where another line of ours might stand."""
    (project / "ideas" / "parks.yaml").write_text(
        IDEA.replace("Where is it?", '"Where\\n\u202eis it?"'), encoding="utf-8"
    )
    status, shown = typed(project, b"\n|\n")
    assert status == 0
    assert "parks: Where \ufffdis it? For example" in shown
    assert "\u202e" not in shown
