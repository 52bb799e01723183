"""What is said on a terminal besides what was asked for: what to type next, and nothing in a pipe."""

import io
from typing import TextIO

import pytest

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.run import _colour
from manifesto_cli.cli.terminal import Terminal, explained
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Severity, error, note, warning
from manifesto_cli.faults.source import SourceFile

AT = SourceFile("manifesto.yaml", "title: A plan\n").start()
MAKERS = {Severity.NOTE: note, Severity.WARNING: warning, Severity.ERROR: error}


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def fault(code: str, severity: Severity) -> Diagnostic:
    return MAKERS[severity](code, "something is wrong", at=AT, label="here", help="mend it")


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        ((fault("a", Severity.NOTE),), ""),
        ((fault("a", Severity.WARNING),), "`manifesto explain a` says more"),
        ((fault("a", Severity.ERROR),) * 2, "`manifesto explain a` says more"),
        (
            (fault("n", Severity.NOTE), fault("w", Severity.WARNING), fault("e", Severity.ERROR)),
            "`manifesto explain CODE` says more, such as `manifesto explain e`",
        ),
    ],
)
def test_the_worst_fault_is_the_example(faults: Faults, expected: str) -> None:
    """Of notes there is nothing that must be known."""
    assert explained(faults) == expected


@pytest.mark.parametrize(
    ("stream", "quiet", "said"),
    [(Screen(), False, True), (Screen(), True, False), (io.StringIO(), False, False)],
)
def test_only_people_are_told_what_to_type_next(
    stream: TextIO, capsys: pytest.CaptureFixture[str], *, quiet: bool, said: bool
) -> None:
    """Not whoever asked for quiet, and no program that reads along."""
    Terminal(quiet=quiet).show((fault("a", Severity.ERROR),), stream)
    assert ("explain a" in capsys.readouterr().err) is said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["build", "--color", "always"], Color.always),
        (["build", "--color=never"], Color.never),
        (["build", "--color"], Color.auto),
        (["build", "--color", "red"], Color.auto),
        (["build", "always"], Color.auto),
    ],
)
def test_colour_is_as_typed_however_the_command_ends(words: list[str], expected: Color) -> None:
    """A command may stop before it has read its options."""
    assert _colour(words) is expected
