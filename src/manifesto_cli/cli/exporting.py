"""A deal in the form of a data standard: the calls behind `export indigo`, and what they print."""

import os
from pathlib import Path

from manifesto_cli.cli.deals import demand_values, wanted_deal
from manifesto_cli.cli.shown import on_one_line, safe_json
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.disk.projects import seen_from_here
from manifesto_cli.disk.saving import create
from manifesto_cli.disk.trees import read_file
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.outputs.indigo import Exported, as_json, export
from manifesto_cli.telling import count


def export_deal(start: Path, name: str, output: Path | None, terminal: Terminal) -> None:
    """Print or write a deal, then say what of it has no place in the standard. ManifestoError where it cannot be exported."""
    wanted = wanted_deal(start, name, "manifesto export indigo", terminal.say)
    demand_values(wanted)
    exported = export(wanted.deal)
    text = safe_json(as_json(exported.document).decode())
    if output is None:
        print(text, end="")
    else:
        terminal.say(_written(output, text.encode(), wanted.deal.id))
    terminal.say(_left_out(exported))


def _left_out(exported: Exported) -> str:
    lines = [on_one_line(f"no place for `{each.path}`: {each.why}") for each in exported.left_out]
    total = f"{count(len(lines), 'field')} left out" if lines else "nothing left out"
    return "\n".join([*lines, total])


def _written(output: Path, content: bytes, name: str) -> str:
    """Write a new file; what was done, in words. Nothing that is there is ever written over, unless it says the same."""
    if output.is_dir():
        raise ManifestoError(
            f"`{output}` is a folder", help=f"write `--output {output / f'{name}.json'}`", status=Exit.USAGE
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
