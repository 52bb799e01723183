"""What a person typed → the idea that it means, or why it means none and what to type instead."""

from manifesto_cli.cli.shelf import Browsing, shipped_libraries
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.browsing import OWN, IdeaRow, Unknown
from manifesto_cli.merging.references import Shelf, find, shortest
from manifesto_cli.model.layout import MANIFESTO

_MANY = 12
_MISSING = {
    "tag": "no idea here has the tag",
    "priority": "there is no priority",
    "office": "no idea here names the office",
    "library": "there is no library",
}


def look_up(found: Browsing, name: str) -> tuple[IdeaRow, str]:
    """The idea that an id means, and what is to be said about the id; ManifestoError where it means none, or two."""
    wanted = name.strip().lower().removesuffix(".yaml")
    # What is missing from the shelf has been said; here an id is known or it is not.
    shelf = Shelf(found.shelf.own, found.shelf.libraries)
    at = SourceFile("", "").start()
    outcome = find(shelf, "idea", wanted, "", at)
    if outcome.value is not None:
        key = outcome.value.key
        row = next(row for row in found.rows if row.key == key)
        return row, outcome.faults[0].headline if outcome.faults else ""
    if not outcome.faults:
        raise ManifestoError(
            f"the idea `{wanted}` could not be read", help="`manifesto check` says why", status=Exit.CONTENT
        )
    fault = outcome.faults[0]
    proposal = (fault.code == "unknown-id" and _of_another_kind(found, shelf, wanted)) or (
        fault.headline,
        _instead(found, wanted, fault),
    )
    raise ManifestoError(proposal[0], help=proposal[1], status=Exit.USAGE)


def unknown_filter(found: Browsing, strange: Unknown) -> ManifestoError:
    """What to say about something asked for that nothing here has."""
    kind, name = strange.kind, strange.name
    if kind == "library" and found.project and name in {library.id for library in shipped_libraries()}:
        return ManifestoError(
            f"`{MANIFESTO}` does not list the library `{name}`",
            help=f"add `{name}` to its `libraries:`",
            status=Exit.USAGE,
        )
    known = [f"`{each}`" for each in strange.known if each != OWN][:_MANY]
    more = ", …" if len(strange.known) > _MANY else ""
    plural = {"priority": "priorities", "library": "libraries"}.get(kind, f"{kind}s")
    if strange.meant:
        proposal = f"did you mean `--{kind} {strange.meant}`?"
    elif known:
        proposal = f"the {plural} here are {', '.join(known)}{more}"
    else:
        proposal = f"leave out `--{kind}`: there are no {plural} here"
    return ManifestoError(f"{_MISSING[kind]} `{name}`", help=proposal, status=Exit.USAGE)


def _of_another_kind(found: Browsing, shelf: Shelf, wanted: str) -> tuple[str, str] | None:
    """What to say of an id that is not an idea's but another record's."""
    at = SourceFile("", "").start()
    study = find(shelf, "case study", wanted, "", at).value
    if study:
        name = shortest(shelf, "case study", study)
        pointing = [
            row.id
            for row in found.rows
            for reference in row.entry.record.case_studies
            if find(shelf, "case study", reference, row.entry.library, at).value is study
        ]
        shown = f"`manifesto ideas show {pointing[0]}` shows an idea that it illustrates" if pointing else ""
        return f"`{name}` is a case study, not an idea", shown or f"read {study.origin.source.path}"
    deal = find(shelf, "deal", wanted, "", at).value
    if deal:
        name = shortest(shelf, "deal", deal)
        return f"`{name}` is a deal, not an idea", f"`manifesto deal show {name}` shows it"
    priority = find(shelf, "priority", wanted, "", at).value
    if priority:
        name = shortest(shelf, "priority", priority)
        return (
            f"`{name}` is a priority, not an idea",
            f"`manifesto ideas list --priority {name}` lists its ideas",
        )
    return None


def _instead(found: Browsing, wanted: str, fault: Diagnostic) -> str:
    if fault.code == "ambiguous-id":
        holding = (
            library.id
            for library in found.shelf.libraries
            if wanted in library.ideas or ("idea", wanted) in library.broken
        )
        return " or ".join(f"`manifesto ideas show {library}:{wanted}`" for library in holding)
    meant = nearest(wanted, [*(row.id for row in found.rows), *(row.key.lstrip(":") for row in found.rows)])
    if meant:
        return f"did you mean `manifesto ideas show {meant}`?"
    return "`manifesto ideas list` lists every id; `manifesto ideas search WORD` looks for words"
