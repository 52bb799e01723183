"""The manual page of every code: the docstring of the function that is named after it."""

import inspect
from collections.abc import Callable, Mapping

from manifesto_cli.checks import CHECKS
from manifesto_cli.faults.catalogue import (
    characters,
    choices,
    fields,
    libraries,
    markup,
    misreadings,
    placeholders,
    references,
    site,
    syntax,
    themes,
)
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.faults.nearest import nearest

_FAMILIES = (
    characters,
    syntax,
    misreadings,
    fields,
    libraries,
    references,
    choices,
    placeholders,
    markup,
    themes,
    site,
)


def pages() -> Mapping[str, str]:
    """Code → manual page, in order of the codes."""
    found: dict[str, str] = {}
    makers: list[Callable[..., object]] = [*CHECKS]
    for family in _FAMILIES:
        makers += [
            maker
            for name, maker in inspect.getmembers(family, inspect.isfunction)
            if maker.__module__ == family.__name__ and not name.startswith("_")
        ]
    for maker in makers:
        found[maker.__name__.replace("_", "-")] = inspect.getdoc(maker) or ""
    return dict(sorted(found.items()))


def page(code: str) -> str:
    """The manual page of one code; ManifestoError where there is no such code."""
    known = pages()
    if code not in known:
        meant = nearest(code, known, 0.5)
        message = f"there is no fault `{code}`"
        raise ManifestoError(
            message,
            help=f"did you mean `manifesto explain {meant}`?"
            if meant
            else "`manifesto explain` lists all of them",
            status=Exit.USAGE,
        )
    return f"{code}\n\n{known[code]}"
