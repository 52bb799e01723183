"""Faults of choosing: which ideas a manifesto takes, and how they go together."""

from manifesto_cli.faults.diagnostic import Diagnostic, Fix, Label, error, note, warning
from manifesto_cli.faults.source import Span


def picked_twice(at: Span, first: Span, kind: str, name: str, *, selected: bool = False) -> Diagnostic:
    """A manifesto picks the same idea, priority or deal twice, or changes the same case study twice.

    Each pledge, priority, deal and case study has one page, so each stands once. An idea that a priority takes by
    `all` or by its tags cannot be listed elsewhere too.

    Mend it by deleting one of the two picks, or by leaving the idea out of `all` or `tagged` with `except:`.
    """
    done = "changed" if kind == "case study" else "picked"
    return error(
        "picked-twice",
        f"the {kind} `{name}` is {done} twice",
        at,
        f"{done} again here",
        others=(Label(first, f"first {done} here"),),
        help=f"keep one of the two; `except: [{name}]` leaves it out of a choice by `all` or `tagged`"
        if selected
        else "keep one of the two",
    )


def empty_choice(at: Span, what: str, help: str, fix: Fix | None = None) -> Diagnostic:
    """A choice that chooses nothing: a tag that no idea of the priority has, an exception that was not chosen anyway.

    `all`, `tagged` and `except` choose among the ideas whose `priority:` is this one, in all libraries listed.

    Mend it by correcting the tag or id, or by deleting it.
    """
    return warning("empty-choice", what, at, "makes no difference", help=help, fix=fix)


def draft_left_out(at: Span, status: Span, name: str) -> Diagnostic:
    """A manifesto picks an idea that is still a draft, so it is left out.

    Drafts are published only when asked for: `manifesto build --drafts` and `manifesto check --drafts` take them in.
    Drafts that `all` or `tagged` would choose are left out without a word.

    Mend it by writing `status: ready` in the idea, or beside the pick if the idea is a library's.
    """
    return warning(
        "draft-left-out",
        f"the idea `{name}` is a draft and is left out",
        at,
        "not in the manifesto yet",
        others=(Label(status, "a draft"),),
        help="write `status: ready`, or ask for drafts with `--drafts`",
    )


def required_idea(at: Span, needed: Span, names: tuple[str, str], *, draft: bool) -> Diagnostic:
    """An idea is picked that does not work without another one, which is not picked.

    An idea lists under `requires:` what must stand beside it.

    Mend it by picking the other idea too, or by leaving this one out.
    """
    return error(
        "required-idea",
        f"the idea `{names[0]}` needs the idea `{names[1]}` beside it",
        at,
        "picked, and the other one is a draft" if draft else "picked without it",
        others=(Label(needed, "needed according to this"),),
        help=f"write `status: ready` in `{names[1]}` once it is, or leave this one out: `manifesto unpick {names[0]}`"
        if draft
        else f"pick it too: `manifesto pick {names[1]}`",
    )


def conflicting_ideas(at: Span, first: Span, said: Span, names: tuple[str, str]) -> Diagnostic:
    """Two ideas are picked that contradict each other.

    An idea lists under `conflicts:` what cannot stand beside it.

    Mend it by keeping one of the two.
    """
    return error(
        "conflicting-ideas",
        f"the ideas `{names[0]}` and `{names[1]}` cannot stand side by side",
        at,
        "picked here",
        others=(Label(first, "beside this one"), Label(said, "according to this")),
        help=f"keep one of the two: `manifesto unpick {names[1]}`",
    )


def withdrawn_by_library(at: Span, status: Span, name: str) -> Diagnostic:
    """The library has withdrawn an idea that `all` or `tagged` chooses.

    Its page says that it is withdrawn, since whoever made the promise owes an explanation. If you never made it, it should not be there.

    Mend it by leaving it out with `except:`; keep it if you had promised it.
    """
    return note(
        "withdrawn-by-library",
        f"the idea `{name}` has been withdrawn by its library",
        at,
        "chosen here",
        others=(Label(status, "withdrawn"),),
        help=f"leave it out with `except: [{name}]` if you never promised it",
    )


def unused_change(at: Span, name: str) -> Diagnostic:
    """A manifesto changes a case study that none of its pledges and deals points to.

    Mend it by deleting the change, or by adding the case study to the `case_studies:` of a pledge or a deal.
    """
    return warning(
        "unused-change",
        f"no pledge and no deal points to the case study `{name}`",
        at,
        "changed here, shown nowhere",
        help="delete it, or add the case study to the `case_studies:` of a pledge or a deal",
    )
