"""What commands load stands in `loaded.txt`: a module more or less is seen in review, since each makes every run start later."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "minimal"
LIST = Path(__file__).parent / "loaded.txt"
HEAD = """\
# What is loaded by commands that are called often: modules of ours, and behind a `+` packages of others. `pytest tests/test_loaded.py --update`
# writes it anew. Whatever is only needed for some manifestos, options or faults is imported where it is needed.
"""
SCRIPT = """\
import sys
bare = {*sys.modules}
from manifesto_cli.cli import main
status = main(sys.argv[1:])
found = {name for name, module in sys.modules.items() if getattr(module, '__spec__', None)}  # not what Cython puts there
print(*sorted(found - bare), file=sys.stderr)
sys.exit(status)
"""


def loaded(cache: Path, *arguments: str) -> Iterator[str]:
    """What a command loads, as the list has it."""
    command = [sys.executable, "-c", SCRIPT, *arguments]
    world = {**os.environ, "MANIFESTO_CACHE": str(cache)}
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=world)
    names = result.stderr.splitlines()[-1].split()
    ours = [name for name in names if name.partition(".")[0] == "manifesto_cli"]
    others = {name.partition(".")[0] for name in names} - {"manifesto_cli"} - sys.stdlib_module_names
    yield from (name.removeprefix("manifesto_cli.") for name in ours)
    yield from (f"+ {name}" for name in sorted(others))


def test_nothing_is_loaded_that_is_not_on_the_list(tmp_path: Path, update: bool) -> None:  # noqa: FBT001 - a fixture
    """Nothing is imported before it is needed. The second build finds that nothing has changed since the first."""
    # Whether a fork compiles templates hangs on what else the machine does.
    build = ("build", "-q", "-C", str(EXAMPLE), "-o", str(tmp_path / "out"), "--jobs", "1")
    calls = {
        "--version": ("", "--version"),
        "--help": ("", "--help"),
        "check": ("first", "check", "-q", "-C", str(EXAMPLE)),
        "build": ("second", *build),
        "build, with nothing changed": ("second", *build),
    }
    found = HEAD
    for name, (cache, *typed) in calls.items():
        found += "\n".join(["", f"{name}:", *loaded(tmp_path / cache, *typed), ""])
    if update:
        LIST.write_text(found, encoding="utf-8", newline="\n")
    assert found.splitlines() == LIST.read_text(encoding="utf-8").splitlines()
