"""What git leaves in a file when two people changed the same lines: both versions, between lines of marks."""

import re

from manifesto_cli.faults.catalogue.syntax import merge_conflict
from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.patterns import pattern

_MARK = pattern(r"^(?:<{7}|\|{7}|={7}|>{7})(?: [^\r\n]*)?(?=\r?$)", re.MULTILINE)
"""Git writes seven of a character at the very start of a line, where no text of YAML can stand."""
_MOST = 20
"""Whoever has more of them looks for the marks anyway."""


def conflict_faults(source: SourceFile) -> Faults:
    """A fault for each conflict, with the places of its marks; marks that are left alone are a conflict too."""
    if not any(mark * 7 in source.text for mark in "<=>"):
        return ()
    conflicts: list[list[Span]] = []
    for match in _MARK.finditer(source.text):
        at = source.span(*match.span())
        if not conflicts or at.text.startswith("<") or conflicts[-1][-1].text.startswith(">"):
            conflicts.append([])
        conflicts[-1].append(at)
    return tuple(merge_conflict(*marks) for marks in conflicts[:_MOST])
