"""A text that a command writes to a new file of a person's, where it was asked to."""

import os
from pathlib import Path

from manifesto_cli.disk.projects import seen_from_here
from manifesto_cli.disk.saving import create
from manifesto_cli.disk.trees import read_file
from manifesto_cli.faults.error import Exit, ManifestoError


def written(output: Path, content: bytes, name: str) -> str:
    """Write a new file; what was done, in words. Nothing that is there is ever written over, unless it says the same.

    `name` is what such a file could be called.
    """
    if output.is_dir():
        raise ManifestoError(
            f"`{output}` is a folder", help=f"write `--output {output / name}`", status=Exit.USAGE
        )
    if os.path.lexists(output):
        if output.is_file() and read_file(output) == content:
            return f"{seen_from_here(output)} is up to date"
        raise ManifestoError(
            f"`{output}` is there already, and stays as it is",
            help="delete it first, or write to another name",
            status=Exit.USAGE,
        )
    # Whoever types a path means the folder that it leads to, links included.
    create(Path(os.path.realpath(output.parent)) / output.name, content)
    return f"wrote {seen_from_here(output)}"
