"""Faults of allowances: codes that a project has decided to live with, and need not."""

from manifesto_cli.faults.diagnostic import Diagnostic, warning
from manifesto_cli.faults.mending import renamed
from manifesto_cli.faults.source import Span


def unknown_allowance(at: Span, code: str, meant: str, *, sure: bool) -> Diagnostic:
    """An allowance names a code that does not exist.

    Under `allow:` in `manifesto.yaml`, or in a comment `# allow: code` at the end of a line, stand the codes of warnings and notes that are to be kept quiet.

    Mend it by correcting the code; `manifesto explain` lists all of them.
    """
    return warning(
        "unknown-allowance",
        f"there is no fault `{code}` to allow",
        at,
        "not a code",
        help=f"did you mean `{meant}`?" if meant else "`manifesto explain` lists all codes",
        fix=renamed(at, code, meant) if sure else None,
    )


def unused_allowance(at: Span, code: str) -> Diagnostic:
    """An allowance that keeps nothing quiet.

    What it was for has been mended, or stands on another line. Left in place, it would hide the next fault of its kind.

    Mend it by deleting it.
    """
    return warning(
        "unused-allowance",
        f"nothing here needs `{code}` to be allowed",
        at,
        "keeps nothing quiet",
        help="delete it",
    )


def allowed_error(at: Span, code: str) -> Diagnostic:
    """An allowance names an error.

    Warnings and notes can be lived with. An error cannot: what it is about cannot be published as it stands, or must not be.

    Mend it by deleting the allowance, and by mending the error itself where there is one.
    """
    return warning(
        "allowed-error",
        f"`{code}` is an error and cannot be allowed",
        at,
        "has no effect",
        help=f"delete it; `manifesto explain {code}` says how to mend the error",
    )
