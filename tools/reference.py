"""Writes `docs/reference/`, what the code says in `docs/themes.md`, and the schema of `manifesto.json`, from the code: `make reference`."""

from collections.abc import Callable, Mapping
from pathlib import Path

from manifesto_cli.outputs.addresses import SCHEMA
from manifesto_cli.outputs.edition_json import schema_text
from tools.checks import checks_page
from tools.commands import commands_page
from tools.coverage import coverage_page
from tools.fields import fields_page
from tools.indigo import indigo_page
from tools.manifesto_json import manifesto_json_page
from tools.manpage import manual_page
from tools.themes import PAGE as THEMES
from tools.themes import themes_page

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "docs/reference"

PAGES: Mapping[str, Callable[[Path], str]] = {
    "fields.md": fields_page,
    "checks.md": checks_page,
    "commands.md": commands_page,
    "coverage.md": coverage_page,
    "manifesto-json.md": manifesto_json_page,
    "indigo.md": indigo_page,
}
"""Each page, and the function that makes it from a checkout."""

MANUAL = "docs/man/manifesto.1"
"""The page for `man`."""


def main() -> None:
    """Write every page anew."""
    for name, make in PAGES.items():
        (ROOT / FOLDER / name).write_text(make(ROOT), encoding="utf-8", newline="\n")
    (ROOT / THEMES).write_text(themes_page(ROOT), encoding="utf-8", newline="\n")
    (ROOT / MANUAL).parent.mkdir(exist_ok=True)
    (ROOT / MANUAL).write_text(manual_page(ROOT), encoding="utf-8", newline="\n")
    (ROOT / "src" / "manifesto_cli" / "outputs" / SCHEMA).write_bytes(schema_text())


if __name__ == "__main__":
    main()
