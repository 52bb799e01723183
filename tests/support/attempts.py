"""Pages made wrong on purpose, so that tests can show that what is wrong is found."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from support.looks import Found, Subject


def attempts(
    visit: Callable[[Sequence[Subject]], dict[Subject, Found]],
    pages: Iterable[str],
    folder: Path,
    style: str,
    edition: str = "",
) -> dict[str, Found]:
    """What a visit finds on each of these pages, which are given from their body on, and have one style sheet."""
    (folder / "a.css").write_text(style)
    head = '<!doctype html><meta charset="utf-8"><title>A</title><link rel="stylesheet" href="a.css">'
    bodies = list(dict.fromkeys(pages))
    subjects = []
    for i, body in enumerate(bodies):
        (folder / f"{i}.html").write_text(f"{head}<body>{body}", encoding="utf-8")
        subjects.append(Subject(f"{folder.as_uri()}/{i}.html", f"{folder.as_uri()}/", edition=edition))
    return dict(zip(bodies, visit(subjects).values(), strict=True))
