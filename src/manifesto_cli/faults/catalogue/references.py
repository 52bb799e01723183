"""Faults of references: ids that lead nowhere, or to more than one place."""

from manifesto_cli.faults.diagnostic import Diagnostic, Label, error, warning
from manifesto_cli.faults.mending import renamed
from manifesto_cli.faults.source import Span

_FOLDERS = {"idea": "ideas", "case study": "case-studies", "priority": "priorities", "deal": "deals"}


def unknown_id(at: Span, kind: str, name: str, meant: str, *, sure: bool) -> Diagnostic:
    """An id for which there is no record.

    The id of an idea, a case study, a priority or a deal is its file's name without `.yaml`; the id of a source is
    its name in `sources.yaml`. The project's own records come first, then the libraries in the order listed.

    Mend it by correcting the id, or by adding the record.
    """
    place = f"as `{_FOLDERS[kind]}/{name}.yaml`" if kind in _FOLDERS else "to `sources.yaml`"
    proposal = (
        f"did you mean `{meant}`?" if meant else f"correct the id, delete it, or add the {kind} {place}"
    )
    return error(
        "unknown-id",
        f"there is no {kind} `{name}`",
        at,
        f"no {kind} has this id",
        help=proposal,
        fix=renamed(at, name, meant) if sure else None,
    )


def ambiguous_id(
    at: Span, kind: str, name: str, libraries: tuple[str, ...], places: tuple[Span, ...]
) -> Diagnostic:
    """Two libraries have a record with the same id, and a bare id does not say which is meant.

    Mend it by writing the library's id, a colon, and the record's id.
    """
    choices = " or ".join(f"`{library}:{name}`" for library in libraries)
    return error(
        "ambiguous-id",
        f"more than one library has the {kind} `{name}`",
        at,
        "which of them is meant?",
        others=tuple(
            Label(place, f"this one is `{library}:{name}`")
            for place, library in zip(places, libraries, strict=True)
        ),
        help=f"write {choices}",
    )


def renamed_id(at: Span, kind: str, old: str, new: str) -> Diagnostic:
    """An id that a record had before. It still leads there, since the record lists it under `formerly:`.

    Mend it by writing the new id.
    """
    return warning(
        "renamed-id",
        f"the {kind} `{old}` is called `{new}` now",
        at,
        "an earlier id",
        help=f"write `{new}`",
        fix=renamed(at, old, new),
    )


def former_id_taken(at: Span, first: Span, kind: str, name: str) -> Diagnostic:
    """A record claims an earlier id that is another record's id, or that another record claims too.

    Old addresses go on working, so each can lead to one place only.

    Mend it by taking the id out of `formerly:`.
    """
    return error(
        "former-id-taken",
        f"two records claim the id `{name}`",
        at,
        f"claimed as an earlier id of this {kind}",
        others=(Label(first, "claimed here too"),),
        help=f"delete `{name}` under `formerly:` here",
    )


def same_address(at: Span, first: Span, address: str) -> Diagnostic:
    """Two pages or files of the site would have the same address.

    That happens when ideas with the same id are picked from two libraries, or when two pictures differ only in capitals.

    Mend it by keeping one of the two, or by copying one into the project under a new id. `except: [library:id]` leaves one out of `all`.
    """
    return error(
        "same-address",
        f"two pages want the address `{address}`",
        at,
        "this one",
        others=(Label(first, "and this one"),),
        help="rename one of the two pictures"
        if address.startswith("media/")
        else "delete one of the two, or copy its file into the project under a new name and pick that",
    )
