"""Faults of folders and files: what a library or project is made of."""

from manifesto_cli.faults.diagnostic import Diagnostic, Label, error, warning
from manifesto_cli.faults.mending import line_deleted, renamed, written
from manifesto_cli.faults.nearest import slip
from manifesto_cli.faults.source import Span


def file_name(at: Span, found: str, meant: str, ending: str, *, sure: bool = False) -> Diagnostic:
    """A file's name, or that of a source, cannot be the id of a record.

    The id of a record is its file name without `.yaml`, and it becomes part of the record's address: lower-case
    words joined by hyphens, at most 80 characters, and none of the names that Windows keeps for itself (`con`, `aux`, `nul` …).

    Mend it by renaming the file, or the source.
    """
    return error(
        "file-name",
        f"`{found}` cannot be an id",
        at,
        "the id is the file's name" if ending == ".yaml" else "this name is the id",
        help=f"rename it to `{meant}{ending}`"
        if meant
        else f"rename it to lower-case words joined by hyphens, such as `payback-panels{ending}`",
        fix=written(at, meant) if sure else None,
    )


def file_not_read(at: Span, why: str, help: str) -> Diagnostic:
    """A file lies where records are kept but is not read.

    That is so for names that end in `.yml` or in capitals, and for folders inside `ideas/`, `case-studies/` and `priorities/`.

    Mend it by renaming it to end in `.yaml`, or by moving it somewhere else.
    """
    return warning("file-not-read", f"this file is not read: {why}", at, "left out", help=help)


def file_unreadable(at: Span, why: str) -> Diagnostic:
    """A file cannot be read, or must not be.

    Refused are symbolic links that lead out of the folder of their library or project, and whatever is neither
    a file nor a folder. A library may come from a stranger, and nothing in it may reach beyond its own folder.

    Mend it by putting the file itself in the place of the link.
    """
    return error(
        "file-unreadable",
        f"this file cannot be read: {why}",
        at,
        "not read",
        help="make it readable for your account"
        if why == "permission denied"
        else "put the file itself in its place, or delete it",
    )


def unknown_library(at: Span, name: str, meant: str, known: tuple[str, ...]) -> Diagnostic:
    """A manifesto or a reference names a library that is not there.

    A bare name means a library that comes with the tool; a library of your own is named by its folder: `{path: ../our-library}`.
    A reference such as `library:id` names one of the libraries that the manifesto lists.

    Mend it by correcting the name, or by listing the library under `libraries:`.
    """
    listed = ", ".join(f"`{library}`" for library in known)
    proposal = (
        f"did you mean `{meant}`?"
        if meant
        else f"write one of {listed}; a library of your own is named by its folder: `path: ../our-library`"
        if listed
        else "name its folder: `path: ../our-library`"
    )
    # A reference names the library in front of the id.
    whole, _, rest = at.text.partition(":")
    named = at.source.span(at.start, at.start + len(whole)) if rest else at
    return error(
        "unknown-library",
        f"there is no library `{name}`",
        at,
        "not known here",
        help=proposal,
        fix=renamed(named, name, meant) if meant == slip(name, known) else None,
    )


def library_not_found(at: Span, folder: str, meant: str, *, there: bool) -> Diagnostic:
    """The folder of a library does not exist, or has no `library.yaml`.

    Paths are seen from the folder of `manifesto.yaml`.

    Mend it by correcting the path, or by adding a `library.yaml` with `id:` and `title:` to the folder.
    """
    return error(
        "library-not-found",
        f"`{folder}` is not the folder of a library",
        at,
        "no `library.yaml` in this folder" if there else "there is no such folder",
        help=f"did you mean `{meant}`?"
        if meant
        else "correct the path, as seen from the folder of `manifesto.yaml`, or delete the line",
    )


def library_twice(at: Span, first: Span, name: str, *, same: bool) -> Diagnostic:
    """Two of the libraries listed have the same id.

    Mend it by deleting one of the two lines; if they are two libraries, change the `id:` in one of the two `library.yaml` files.
    """
    return error(
        "library-twice",
        f"the library `{name}` is listed twice",
        at,
        "listed again here",
        others=(Label(first, "first listed here"),),
        help=f"delete this line; if they are two libraries, give one another `id:` than `{name}` in its `library.yaml`",
        fix=line_deleted(at, f"- {at.text}", f"- path: {at.text}") if same else None,
    )
