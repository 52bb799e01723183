"""The questions of `init` on a terminal: what is typed is what is written, and Ctrl-C at any of them leaves nothing."""

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.folders import names

ANSWERS = (
    "Zoë Example",
    "mayor",
    "Exampleshire",
    "2027-05-06",
    "3",
    "all",
    "Treatment Trust",
    "Newtown",
    "",
    "",
    "",
)
WIDTH = 80


def typed(
    folder: Path, keys: tuple[str, ...], *more: str, environment: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """How `manifesto init plan` ends, and what the terminal shows, if somebody types these answers. Ctrl-C comes last, if at all."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ.update({"TERM": "xterm", **(environment or {})})
        os.execv(sys.executable, [sys.executable, "-m", "manifesto_cli", "init", "plan", *more])  # noqa: S606 - our own command
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
    shown = b""
    with contextlib.suppress(OSError):  # the other side is closed
        for key in keys:
            while not plain(shown).endswith("): "):
                piece = os.read(terminal, 1000)
                if not piece:
                    break
                shown += piece
            os.write(terminal, key.encode() if key in ("\x03", "\x04") else f"{key}\n".encode())
            shown += b"\n"
        while True:
            # Python may miss a Ctrl-C that comes while it turns to the keyboard; a person would press it again.
            while keys[-1] == "\x03" and not select.select([terminal], [], [], 1)[0]:
                os.write(terminal, b"\x03")
            piece = os.read(terminal, 1000)
            if not piece:
                break
            shown += piece
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode(errors="replace")


def plain(shown: bytes) -> str:
    """What was shown, without colours."""
    text = shown.decode(errors="replace")
    for code in ("0", "1", "2", "33"):
        text = text.replace(f"\x1b[{code}m", "")
    return text.replace("\r\n", "\n")


def test_what_is_typed_is_what_is_written(tmp_path: Path) -> None:
    """Name, office, area, day, priorities, ideas, and the questions of the ideas; an open one is a text in square brackets."""
    status, shown = typed(tmp_path, ANSWERS)
    assert status == 0, shown
    text = (tmp_path / "plan" / "manifesto.yaml").read_text(encoding="utf-8")
    for line in (
        "  name: Zoë Example",
        "  role: mayor",
        "  title: Mayor",
        "  area: Exampleshire",
        "  polling_day: 2027-05-06",
        "  - priority: breaking-the-cycle",
        "      - treatment-for-prolific-shoplifters",
    ):
        assert f"\n{line}\n" in text
    assert text.count("  - priority:") == 1
    assert "Treatment Trust" in text
    assert "next: `cd plan`, then `manifesto build`" in shown
    assert max(map(len, plain(shown.encode()).split("\n"))) <= WIDTH + len(
        " Zoë Example mayor Exampleshire 2027-05-06"
    )


def test_enter_all_the_way_is_the_draft_that_is_written_without_questions(tmp_path: Path) -> None:
    """Whoever knows nothing yet has the same start."""
    status, shown = typed(tmp_path, ("",) * 11)
    assert status == 0, shown
    (tmp_path / "other").mkdir()
    subprocess.run(
        [sys.executable, "-m", "manifesto_cli", "init", "-y", "-q"], cwd=tmp_path / "other", check=True
    )
    asked, unasked = (
        (tmp_path / name / "manifesto.yaml").read_text(encoding="utf-8") for name in ("plan", "other")
    )
    ideas = [
        sorted(line for line in text.splitlines() if line.startswith("      - ")) for text in (asked, unasked)
    ]
    assert ideas[0] == ideas[1]
    assert asked.partition("\nvalues:")[0] == unasked.partition("\nvalues:")[0]


def test_an_answer_that_cannot_be_is_asked_for_again(tmp_path: Path) -> None:
    """At once, with the reason."""
    keys = ("((x))", "Robin", "Police and Crime Commissioner", "", "31 May", "", "9", "none")
    status, shown = typed(tmp_path, keys)
    assert status == 0, shown
    assert "That starts a placeholder with `((`." in shown
    assert "That is not a date like 2026-01-31." in shown
    assert "The list goes from 1 to 5: there is no 9." in shown
    text = (tmp_path / "plan" / "manifesto.yaml").read_text(encoding="utf-8")
    assert "\n  role: pcc\n" in text
    assert "\npriorities: []\n" in text


def test_what_an_option_says_is_not_asked_for(tmp_path: Path) -> None:
    """Only what is open is."""
    options = (
        "--name",
        "Robin",
        "--area",
        "Exampleshire",
        "--polling-day",
        "2027-05-06",
        "--idea",
        "victims-commissioner",
    )
    status, shown = typed(tmp_path, ("mayor",), *options)
    assert status == 0, shown
    assert "Your name" not in shown
    assert "Which priorities?" not in shown


@pytest.mark.parametrize("at", range(len(ANSWERS) - 2))
def test_ctrl_c_at_any_question_leaves_nothing(tmp_path: Path, at: int) -> None:
    """No folder, no hidden one either."""
    status, shown = typed(tmp_path, (*ANSWERS[:at], "\x03"))
    assert status == 130
    assert "interrupted" in shown
    assert names(tmp_path) == []


def test_ctrl_d_is_the_same(tmp_path: Path) -> None:
    """The end of the input is no answer."""
    status, shown = typed(tmp_path, ("Robin", "\x04"))
    assert status == 130
    assert "interrupted" in shown
    assert names(tmp_path) == []


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_without_colour_nothing_is_sent_but_text(tmp_path: Path, environment: dict[str, str]) -> None:
    """A screen reader and an old terminal are told the same words."""
    child, shown = typed(tmp_path, ("",) * 11, environment=environment)
    assert child == 0
    assert "Which priorities?" in shown
    assert "\x1b" not in shown


def test_a_folder_that_will_not_do_is_refused_before_any_question(tmp_path: Path) -> None:
    """Nobody answers for nothing."""
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "notes.txt").write_text("mine\n", encoding="utf-8")
    status, shown = typed(tmp_path, ("",))
    assert status == 2
    assert "Your name" not in shown


def test_nobody_is_asked_who_cannot_answer(tmp_path: Path) -> None:
    """Without a terminal, and with `--yes` on one."""
    command = [sys.executable, "-m", "manifesto_cli", "init"]
    result = subprocess.run(
        [*command, "plan"], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert result.stdout == ""
    assert "next: `cd plan`" in result.stderr


def test_rich_is_loaded_only_to_ask(tmp_path: Path) -> None:
    """Whoever is not asked does not wait for it."""
    script = "import sys; from manifesto_cli.cli import main; main(['init', 'plan', '-y', '-q']); print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "rich.prompt" not in result.stdout.split()
    assert "jinja2" not in result.stdout.split()
