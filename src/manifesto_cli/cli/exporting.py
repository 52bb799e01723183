"""A deal in the form of a data standard: the calls behind `export indigo`, and what they print."""

from pathlib import Path

from manifesto_cli.cli.deals import demand_values, wanted_deal
from manifesto_cli.cli.new_file import written
from manifesto_cli.cli.shown import on_one_line, safe_json
from manifesto_cli.cli.terminal import Terminal
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
        terminal.say(written(output, text.encode(), f"{wanted.deal.id}.json"))
    terminal.say(_left_out(exported))


def _left_out(exported: Exported) -> str:
    lines = [on_one_line(f"no place for `{each.path}`: {each.why}") for each in exported.left_out]
    total = f"{count(len(lines), 'field')} left out" if lines else "nothing left out"
    return "\n".join([*lines, total])
