"""Faults of placeholders: `((holes))` that stay open or were not meant."""

from manifesto_cli.faults.diagnostic import Diagnostic, Label, error, warning
from manifesto_cli.faults.mending import renamed, written
from manifesto_cli.faults.source import Span


def unfilled_placeholder(  # noqa: PLR0913 - all that the message says
    at: Span, name: str, question: str, example: str, picked: Span | None, where: str, *, values: bool = True
) -> Diagnostic:
    r"""A placeholder for which there is no value.

    A placeholder such as `((area))` is filled from the `values:` of the pick, then those of the manifesto, then
    from `candidate` and `office` (`((office.area))`).

    Mend it by adding the name and a value under `values:`. If two parentheses are meant, write `\((`.
    """
    others = (Label(picked, f"this manifesto picks the {where}"),) if picked else ()
    return error(
        "unfilled-placeholder",
        f"nothing fills `(({name}))`",
        at,
        "used here",
        others=others,
        help=f"add `{name}: {example or '…'}` under `values:` in `manifesto.yaml`"
        + ("" if values else ", which has no `values:` yet")
        + (f" — {question}" if question else ""),
    )


def unfilled_office(at: Span, name: str, picked: Span | None, where: str) -> Diagnostic:
    """A placeholder asks for a field of `candidate` or `office` that has no value.

    Mend it by filling in that field of `manifesto.yaml`.
    """
    others = (Label(picked, f"this manifesto picks the {where}"),) if picked else ()
    section, _, field = name.partition(".")
    return error(
        "unfilled-office",
        f"nothing fills `(({name}))`",
        at,
        "used here",
        others=others,
        help=f"add `{field}: …` under `{section}:` in `manifesto.yaml`",
    )


def value_no_number(at: Span, name: str, value: str, expected: str) -> Diagnostic:
    """A placeholder stands where a number belongs, and its value is none.

    Sizes, prices and baselines of a deal may be placeholders. What fills them under `values:` has to be a number alone: its
    unit stands in the deal.

    Mend it by writing the number: `baseline: 155`.
    """
    return error(
        "value-no-number",
        f"the value `{name}` stands where a number belongs, and is none",
        at,
        f"filled by `{value[:40]}`",
        help=f"write {expected} for `{name}:` under `values:`, without a unit",
    )


def ill_formed_placeholder(at: Span, meant: str, *, sure: bool) -> Diagnostic:
    r"""Two parentheses that look like a placeholder but are none.

    The name in a placeholder is made of lower-case letters, digits, `_` and `.`, and starts with a letter, without spaces.

    Mend it by writing the name so, or `\((` if the parentheses are meant.
    """
    return warning(
        "ill-formed-placeholder",
        f"`{at.text}` is no placeholder and stays as it is",
        at,
        "looks like a placeholder",
        help=f"write `(({meant}))` for a placeholder, or `\\{at.text}` if the parentheses are meant",
        fix=written(at, f"(({meant}))") if sure else None,
    )


def unused_value(at: Span, name: str, meant: str, *, sure: bool) -> Diagnostic:
    """A value under `values:` that fills no placeholder of what was chosen.

    Most often its name is misspelt, or the idea that needed it is not picked any more.

    Mend it by correcting the name, or by deleting the line.
    """
    return warning(
        "unused-value",
        f"the value `{name}` fills nothing",
        at,
        f"no placeholder `(({name}))` in what was chosen"
        + (f", and nothing fills `(({meant}))`" if meant else ""),
        help=f"did you mean `{meant}:`?" if meant else f"delete `{name}` and its value",
        fix=renamed(at, name, meant) if sure else None,
    )


def empty_value(at: Span, name: str, found: str = "") -> Diagnostic:
    """A value under `values:` is an empty text or only `…`, so its placeholder leaves a gap in the sentence.

    Mend it by writing what belongs there.
    """
    return warning(
        "empty-value",
        f"the value `{name}` is only `{found}`" if found else f"the value `{name}` is empty",
        at,
        "leaves a gap in every text that uses it",
        help=f"write what `(({name}))` stands for: `{name}: …`",
    )


def value_with_placeholder(at: Span, name: str) -> Diagnostic:
    """A value under `values:` holds a placeholder itself.

    A value is text and is put in as it is; placeholders in it are not filled.

    Mend it by writing the words themselves.
    """
    return warning(
        "value-with-placeholder",
        f"the value `{name}` holds a placeholder, which stays open",
        at,
        "a value is put in as it is",
        help="write the words themselves in place of the parentheses and the name",
    )
