"""Faults of folders and files: what a library or project is made of."""

from manifesto_cli.faults.diagnostic import Diagnostic, Label, error, warning
from manifesto_cli.faults.source import Span


def file_name(at: Span, found: str, meant: str) -> Diagnostic:
    """A file's name cannot be the id of a record.

    The id of a record is its file name without `.yaml`, and it becomes part of the record's address: lower-case
    words joined by hyphens, at most 80 characters, and none of the names that Windows keeps for itself (`con`, `aux`, `nul` …).

    Mend it by renaming the file.
    """
    return error(
        "file-name",
        f"`{found}` cannot be an id",
        at,
        "the id is the file's name",
        help=f"rename it to `{meant}`"
        if meant
        else "choose a short name of lower-case words joined by hyphens",
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
        help="put a plain file in its place",
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
        else f"known here: {listed}"
        if listed
        else "name a folder: `{path: ../our-library}`"
    )
    return error("unknown-library", f"there is no library `{name}`", at, "not known here", help=proposal)


def library_not_found(at: Span, folder: str) -> Diagnostic:
    """The folder of a library does not exist, or has no `library.yaml`.

    Paths are seen from the folder of `manifesto.yaml`.

    Mend it by correcting the path, or by adding a `library.yaml` with `id:` and `title:` to the folder.
    """
    return error(
        "library-not-found",
        f"`{folder}` is not the folder of a library",
        at,
        "no `library.yaml` there",
        help="correct the path; it is seen from the folder of `manifesto.yaml`",
    )


def library_twice(at: Span, first: Span, name: str) -> Diagnostic:
    """Two of the libraries listed have the same id.

    Mend it by listing it once, or by changing the `id:` in one of the two `library.yaml` files.
    """
    return error(
        "library-twice",
        f"the library `{name}` is listed twice",
        at,
        "listed again here",
        others=(Label(first, "first listed here"),),
        help="delete one of the two",
    )
