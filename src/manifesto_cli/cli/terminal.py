"""The terminal a command talks to: what may be said on it, and in which colours."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TextIO

from msgspec import Struct

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.console import Paint, as_text, coloured, error_text, plain
from manifesto_cli.cli.shown import safe
from manifesto_cli.faults.diagnostic import Faults, Severity
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.telling import Tell, untold


class Terminal(Struct, frozen=True):
    """How much to say, and in which colours."""

    quiet: bool = False
    verbose: bool = False
    color: Color = Color.auto

    def paint(self, stream: TextIO) -> Paint:
        """How to colour what goes to a stream. A flag comes before the environment, `NO_COLOR` before `FORCE_COLOR`."""
        if self.color is not Color.auto:
            return coloured if self.color is Color.always else plain
        if os.environ.get("NO_COLOR"):
            return plain
        if os.environ.get("FORCE_COLOR"):
            return coloured
        return coloured if stream.isatty() and os.environ.get("TERM") != "dumb" else plain

    def show(self, faults: Faults, stream: TextIO) -> None:
        """Say what is wrong. Quiet leaves out all that stops nothing."""
        shown = tuple(fault for fault in faults if not self.quiet or fault.severity is Severity.ERROR)
        if shown:
            print(as_text(shown, self.paint(stream)), file=stream)
            if stream.isatty():
                self.say(explained(shown))

    def say(self, text: str) -> None:
        """Say how it went, unless asked to be quiet."""
        if text and not self.quiet:
            print(safe(text), file=sys.stderr)

    def telling(self) -> AbstractContextManager[Tell]:
        """Where to tell what is being done: shown on a terminal that somebody looks at, and nowhere else."""
        quiet = self.quiet or os.environ.get("CI") or os.environ.get("TERM") == "dumb"
        if quiet or not sys.stderr.isatty():
            return nullcontext(untold)
        from manifesto_cli.cli.progress import PATIENCE, telling  # noqa: PLC0415 - only where somebody looks

        return telling(sys.stderr, patience=PATIENCE)

    def complain(self, fault: ManifestoError) -> None:
        """Say what stopped the command."""
        print(error_text(fault, self.paint(sys.stderr)), file=sys.stderr)


def explained(faults: Faults) -> str:
    """What to type to learn more of what is wrong; of notes there is nothing that must be known."""
    worst = max(faults, key=lambda fault: fault.severity)
    if worst.severity is Severity.NOTE:
        return ""
    if len({fault.code for fault in faults}) == 1:
        return f"`manifesto explain {worst.code}` says more"
    return f"`manifesto explain CODE` says more, such as `manifesto explain {worst.code}`"
