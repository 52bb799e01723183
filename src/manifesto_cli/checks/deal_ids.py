"""What is said of an id in a deal that leads nowhere: what may be meant, where else it stands, and where the others are listed."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from manifesto_cli.checks.deal_numbers import Path
from manifesto_cli.checks.examined import Subject
from manifesto_cli.faults.diagnostic import Fix, Label
from manifesto_cli.faults.mending import renamed
from manifesto_cli.faults.nearest import nearest, slip

_TRIED = 20
"""For so many ids that nothing has it is tried what they might have meant: it takes a while where there are thousands to compare with."""
_SHOWN = 3
"""In so many places an id is shown that nothing has."""


class Meant(Struct, frozen=True):
    """What was probably meant by an id that nothing has; all empty where nothing is like it."""

    name: str
    help: str = ""
    fix: Fix | None = None
    """Where it is sure."""


def meant_by(subject: Subject, name: str, paths: Sequence[Path], among: Collection[str], count: int) -> Meant:
    """What was probably meant by an id that stands in some places. Of very many such ids only the first are looked at."""
    meant = nearest(name, among) if count < _TRIED else ""
    if not meant or meant != slip(name, among):
        return Meant(meant, f"did you mean `{meant}`?" if meant else "")
    spans = [subject.origin.at(*path) for path in paths]
    fixes = [renamed(span, name, meant) for span in spans]
    # A fix is for one file; of an id in a field that a manifesto has replaced, the rest may stand in a library.
    together = all(span.source == spans[0].source for span in spans)
    edits = tuple(edit for fix in fixes if fix for edit in fix.edits)
    return Meant(meant, f"did you mean `{meant}`?", Fix(edits) if together and all(fixes) else None)


def also(subject: Subject, paths: Sequence[Path]) -> tuple[Label, ...]:
    """The next few places in which the same id stands."""
    return tuple(Label(subject.origin.at(*path), "and here") for path in paths[1:_SHOWN])


def listed(subject: Subject, among: Collection[object], meant: Meant, *path: int | str) -> tuple[Label, ...]:
    """Where those are listed of which none is meant; nothing where there are none, or one of them is like it."""
    return (Label(subject.origin.name(*path), "none of these"),) if among and not meant.name else ()
