"""What is wrong, as a value: code, severity, headline, labelled places, help. Only the console knows how it looks."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Generic, TypeVar

from msgspec import Struct

from manifesto_cli.faults.source import Edit, Span

T = TypeVar("T")


class Severity(IntEnum):
    """How bad it is: only errors stop a build, and only errors and warnings can fail a strict one."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


class Label(Struct, frozen=True):
    """A place and what is to be said about it there."""

    span: Span
    text: str


class Fix(Struct, frozen=True):
    """A change that a machine can make, in the file of the span where the fault was found."""

    edits: tuple[Edit, ...]


class Diagnostic(Struct, frozen=True):
    """One fault. The headline stands alone; the first label says what is wrong where; only `help` proposes."""

    code: str
    severity: Severity
    headline: str
    label: Label
    others: tuple[Label, ...] = ()
    """The other parties to the quarrel."""
    help: str = ""
    fix: Fix | None = None
    diff: str = ""
    """What differs between two texts that the fault is about, as `diff -u` shows it."""


Faults = tuple[Diagnostic, ...]


class Outcome(Struct, Generic[T], frozen=True):
    """A value and what was wrong on the way to it. No value means that some fault is an error."""

    value: T | None
    faults: Faults = ()


def in_reading_order(faults: Iterable[Diagnostic]) -> Faults:
    """The faults by file, place and code, each once: with its fix, if one of those that say the same has one."""

    def place(fault: Diagnostic) -> tuple[str, int, int, str, str]:
        span = fault.label.span
        return span.source.path, span.start, -fault.severity, fault.code, fault.headline

    unique = {(*place(fault), fault.label.text): fault for fault in sorted(faults, key=_has_fix)}
    return tuple(sorted(unique.values(), key=place))


def _has_fix(fault: Diagnostic) -> bool:
    return fault.fix is not None


def stops(faults: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Whether any of the faults stops a build: an error, or with `strict` a warning."""
    least = Severity.WARNING if strict else Severity.ERROR
    return any(fault.severity >= least for fault in faults)


def has_errors(faults: Iterable[Diagnostic]) -> bool:
    """Whether any of them stops a build."""
    return any(fault.severity is Severity.ERROR for fault in faults)


def error(
    code: str,
    headline: str,
    at: Span,
    label: str,
    *,
    help: str = "",
    others: tuple[Label, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A fault that stops the build."""
    return Diagnostic(code, Severity.ERROR, headline, Label(at, label), others, help, fix)


def warning(
    code: str,
    headline: str,
    at: Span,
    label: str,
    *,
    help: str = "",
    others: tuple[Label, ...] = (),
    fix: Fix | None = None,
    diff: str = "",
) -> Diagnostic:
    """A fault that stops only a strict build."""
    return Diagnostic(code, Severity.WARNING, headline, Label(at, label), others, help, fix, diff)


def note(
    code: str,
    headline: str,
    at: Span,
    label: str,
    *,
    help: str = "",
    others: tuple[Label, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """Something worth knowing that never stops anything."""
    return Diagnostic(code, Severity.NOTE, headline, Label(at, label), others, help, fix)
