"""What can be wrong with an edition that can be read: one function a check, grouped by family."""

from collections.abc import Callable, Iterable

from manifesto_cli.checks.imprint import imprint_incomplete
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.merging.edition import Edition

Check = Callable[[Edition], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (imprint_incomplete,)
"""All of them. A check's name is its code, its docstring is the code's manual page."""
