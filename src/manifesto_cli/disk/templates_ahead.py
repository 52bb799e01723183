"""Templates compiled by a fork while this process still loads, reads and checks: the first build that anybody makes spends an eighth of its time on them.

What a manifesto says is not known yet, so the fork guesses its theme by what one line of it looks like. A wrong guess makes nothing wrong: what is
compiled goes into the cache, which knows it by the very text that it was made from. What is not there when it is wanted is compiled
where it is wanted, and what is wrong with it is said there.
"""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from manifesto_cli.disk.contents import read_small
from manifesto_cli.disk.projects import label_of, theme_folders
from manifesto_cli.model.layout import MANIFESTO
from manifesto_cli.reading.text import read_text

_MOST_FOLDERS = 10
"""No theme is built upon more others; and if some are in a circle, somebody else says so."""
_MOST_BYTES = 200_000


def compile_ahead(root: Path, cache: object, is_enough: Callable[[], bool]) -> None:
    """Compile the templates of the theme that the manifesto seems to ask for into a cache of templates, until all are, or it is enough. The last come first: whoever makes pages meanwhile wants the first of them."""
    # Imported here because only the fork needs them.
    from jinja2 import FunctionLoader  # noqa: PLC0415

    from manifesto_cli.rendering.output import Means  # noqa: PLC0415
    from manifesto_cli.rendering.sandbox import ThemeEnvironment  # noqa: PLC0415

    sources: dict[str, tuple[str, str, None]] = {}
    for folder in islice(_theme(root), _MOST_FOLDERS):
        for name, path, text in _templates(folder):
            sources.setdefault(name, (text, path, None))
    run = ThemeEnvironment(FunctionLoader(sources.get), autoescape=True, means=Means(lambda: cache))
    for name in sorted(sources, reverse=True):
        if is_enough():
            return
        with contextlib.suppress(Exception):
            run.get_template(name)


def _theme(root: Path) -> Iterator[Path]:
    """The folders of the theme and of those that it builds on, as far as a look at single lines can tell."""
    name = _said(root / MANIFESTO, rb"^ +theme: *[\"']?([a-z0-9-]+)")
    while name and (folders := [folder for _, folder in theme_folders(root, name)]):
        yield from folders
        name = _said(folders[-1] / "theme.yaml", rb"^extends: *[\"']?([a-z0-9-]+)")


def _said(file: Path, line: bytes) -> str:
    with contextlib.suppress(OSError):
        found = re.search(line, read_small(str(file), _MOST_BYTES) or b"", re.MULTILINE)
        return found[1].decode() if found else ""
    return ""


def _templates(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, path as messages have it, and text of each template for websites in the folder of a theme."""
    with contextlib.suppress(OSError), os.scandir(folder / "templates") as entries:
        for entry in entries:
            if entry.name.endswith(".html") and entry.is_file(follow_symlinks=False):
                path = f"{label_of(folder)}templates/{entry.name}"
                source = read_text(path, read_small(entry.path, _MOST_BYTES) or b"").value
                if source:
                    yield entry.name, path, source.text
