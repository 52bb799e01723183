"""The page for `man`: it is what the command line says, and every program that shows such pages can read it."""

import re
import shutil
import subprocess

import pytest

from manifesto_cli.faults.error import Exit
from tools.commands import commands, option_names, usage
from tools.manpage import _lines, _text, manual_page
from tools.reference import MANUAL, ROOT

PAGE = (ROOT / MANUAL).read_text(encoding="utf-8")


def test_it_is_what_the_code_says() -> None:
    """A command or option that has changed is described as it is."""
    assert manual_page(ROOT) == PAGE, f"{MANUAL} is stale: run `make reference`"


def test_every_command_and_option_is_in_it() -> None:
    """What many commands have is said once."""
    shown = re.sub(r"\\f[BIR]", "", PAGE).replace("\\-", "-")
    every = list(commands())
    for command in every[1:]:
        assert f"\n.SS {usage(command).replace('…', '...')}\n" in shown
    for param in {param for command in every for param in command.about.params if not param.hidden}:
        if param.param_type_name == "option":
            assert f"\n.TP\n{', '.join(option_names(param))}\n" in shown
    assert shown.count("\n--color") == 1
    for status in Exit:
        assert f"\n.TP\n{int(status)}\n" in shown


def test_every_line_of_it_is_text_or_an_instruction_that_is_known() -> None:
    """Nothing that a sentence happens to begin with is taken for an instruction, and nothing is lost."""
    for line in PAGE.splitlines():
        if line.startswith((".", "'")):
            assert line.split(" ")[0] in ('.\\"', ".TH", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi", ".B"), line
        assert re.sub(r"\\(?:f[BIR]|[-e&])", "", line.removeprefix('.\\"')).count("\\") == 0, line
        assert line.isascii(), line


def test_words_that_look_like_instructions_are_none() -> None:
    """A full stop or an apostrophe at the start of a line, and a backslash anywhere."""
    assert _lines(_text(".manifesto is a folder")) == ["\\&.manifesto is a folder"]
    assert _lines(_text("'tis")) == ["\\&'tis"]
    assert _text("a\\b `--c` [d](e.md)") == "a\\eb \\fB\\-\\-c\\fR d"


def test_it_is_well_formed() -> None:
    """As the program that checks such pages has it; it wants a date, and the same code gives the same page on every day."""
    if not shutil.which("mandoc"):
        pytest.skip("there is no mandoc here")
    result = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "style", ROOT / MANUAL], capture_output=True, text=True, check=False
    )
    complaints = [line for line in result.stdout.splitlines() if "missing date" not in line]
    assert [line for line in complaints if "longer than 80" not in line] == []
