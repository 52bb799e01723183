"""Faults of fields: what a record may hold, and of which kind."""

from manifesto_cli.faults.diagnostic import Diagnostic, Fix, error
from manifesto_cli.faults.mending import line_deleted, line_end, renamed, written
from manifesto_cli.faults.nearest import slip
from manifesto_cli.faults.source import Edit, Span


def unknown_field(
    at: Span,
    name: str,
    where: str,
    meant: str,
    known: tuple[str, ...],
    home: str = "",
) -> Diagnostic:
    """A field that this kind of record does not have.

    Unknown fields are refused, because a misspelt one would otherwise be forgotten in silence.

    Mend it by using one of the names that the help line gives, or by deleting the field.
    """
    fix = renamed(at, name, meant) if meant == slip(name, known) else None
    proposal = (
        f"it belongs to {home}; write it there, as far to the right as the other fields"
        if home
        else f"did you mean `{meant}:`?"
        if meant
        else "delete it, or use one of " + ", ".join(f"`{field}:`" for field in known)
    )
    return error(
        "unknown-field",
        f"{where} has no field `{name}`",
        at,
        "not a field here",
        help=proposal,
        fix=fix,
    )


def missing_field(at: Span, name: str, where: str, sentence: str, form: str, *, only: bool) -> Diagnostic:
    """A field that a record cannot do without is not there, or has no value.

    Mend it by adding the field with a value. The help line shows its form; `…` stands for words of your own.
    """
    # Only where the field can take one value and the record starts its line is it sure what to write where.
    alone = only and at.text != name and at.source.position(at.start)[1] == 1
    return error(
        "missing-field",
        f"{where} needs `{name}:`",
        at,
        f"`{name}:` is missing here",
        help=f"add `{name}: {form}` — {_lower(sentence)}",
        fix=Fix((Edit(at.start, at.start, f"{name}: {form}{line_end(at)}"),)) if alone else None,
    )


def wrong_kind(
    at: Span, name: str, found: str, expected: str, example: str, fix: Fix | None = None
) -> Diagnostic:
    """A field holds another kind of thing than it takes: a list where a text belongs, a text where fields belong.

    Mend it by writing the kind of value that the message names; the help line shows its form.
    """
    return error("wrong-kind", f"{name} takes {expected}", at, f"this is {found}", help=example, fix=fix)


def wrong_value(
    at: Span, name: str, found: str, expected: str, meant: str = "", *, sure: bool = False
) -> Diagnostic:
    """A text does not have the form that its field asks for, such as a date, a number or an id.

    Mend it by writing it in the form that the message names.
    """
    return error(
        "wrong-value",
        f"{name} takes {expected}",
        at,
        f"this is `{found}`",
        help=f"write {expected}"
        if not meant
        else f"write `{meant}`" + ("" if sure else ", if that is meant"),
        fix=written(at, meant) if meant and sure else None,
    )


def wrong_choice(at: Span, name: str, found: str, meant: str, choices: tuple[str, ...]) -> Diagnostic:
    """A field that knows only certain words holds another.

    Mend it by choosing one of the words that the message names.
    """
    listed = ", ".join(f"`{choice}`" for choice in choices)
    known = f"one of {listed}" if len(choices) > 1 else listed
    return error(
        "wrong-choice",
        f"{name} takes {known}",
        at,
        f"`{found}` is not known here",
        help=f"did you mean `{meant}`?" if meant else f"write {known}",
        fix=renamed(at, found, meant) if meant == slip(found, choices) else None,
    )


def empty_entry(at: Span, name: str) -> Diagnostic:
    """A list has an entry with nothing in it.

    Mend it by deleting the line, or by writing something after the dash.
    """
    return error(
        "empty-entry",
        f"{name} has an entry with nothing in it",
        at,
        "nothing follows",
        help="delete the line, or write something after the dash",
        fix=line_deleted(at, "-"),
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".") if sentence else ""
