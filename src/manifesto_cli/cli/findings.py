"""What `doctor` finds, a line each. It works where the libraries that everything else is made of are missing."""

import os
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class Level(StrEnum):
    """How much a finding matters."""

    ok = "ok"
    note = "note"
    problem = "problem"


class Finding(NamedTuple):
    """One thing looked at. A tuple and no msgspec struct, since msgspec may be what is missing."""

    section: str
    """What it is about, such as `installed`."""
    subject: str
    """What was looked at, such as `jinja2`."""
    level: Level
    text: str
    """What was found."""
    help: str = ""
    """What to type, unless all is well."""


def without_home(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with `~` for the reader's home folder, so that they can be shown to strangers."""
    try:
        homes = {str(Path.home()), os.path.realpath(Path.home())} - {os.sep}
    except RuntimeError:  # nobody lives here
        return [*findings]
    home = re.compile(
        "|".join(re.escape(each) + r"(?![^\\/\s`,;:)'\"])" for each in sorted(homes)) or r"(?!)"
    )
    return [
        finding._replace(text=home.sub("~", finding.text), help=home.sub("~", finding.help))
        for finding in findings
    ]


def has_problem(findings: Iterable[Finding]) -> bool:
    """Whether something is missing or broken that is needed."""
    return any(finding.level is Level.problem for finding in findings)
