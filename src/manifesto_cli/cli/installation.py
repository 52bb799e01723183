"""What is installed: the tool, Python, and each library that the tool is made of. Needs nothing but Python itself."""

import importlib
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from manifesto_cli import __version__
from manifesto_cli.cli.findings import Finding, Level, without_home

NAME = "manifesto-cli"
MODULES = {"markdown-it-py": "markdown_it", "pyyaml": "yaml"}
"""What a library is called in code, where that is not its name."""
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?P<range>[^;]*)(?P<marker>.*)")
_BOUND = re.compile(r"(>=|<)\s*([0-9.]+)")


def installation() -> list[Finding]:
    """The tool, Python and the platform, then each library that is needed."""
    where = Path(__file__).resolve().parent.parent
    found = shutil.which("manifesto")
    machine = f"{platform.system()} {platform.release()} {platform.machine()}"
    return [
        Finding("manifesto", "version", Level.ok, f"{__version__}, in {where}"),
        _described(),
        Finding("manifesto", "command", Level.ok, f"the shell finds {found}")
        if found
        else Finding(
            "manifesto",
            "command",
            Level.note,
            "the shell does not find `manifesto`",
            f"type `{sys.executable} -m manifesto_cli`, or add its folder to `PATH`",
        ),
        python(platform.python_version()),
        Finding("manifesto", "platform", Level.ok, machine),
        *(library(name, bounds) for name, bounds in requirements()),
    ]


def requirements() -> Iterator[tuple[str, str]]:
    """The name of each library that is needed and the range of its versions, as the installed package declares them."""
    try:
        declared = metadata.requires(NAME) or []
    except metadata.PackageNotFoundError:
        return
    for line in sorted(declared):
        parsed = _REQUIREMENT.match(line)
        if parsed and "extra" not in parsed["marker"]:
            # The lower end first, as people write it: builders of packages sort by sign.
            yield parsed["name"].lower(), ",".join(sorted(parsed["range"].strip().split(","), reverse=True))


def python(version: str) -> Finding:
    """Whether this Python is one that the tool is made for."""
    text = f"{version} ({platform.python_implementation()}), {sys.executable}"
    try:
        wanted = str(metadata.metadata(NAME).json.get("requires_python", ""))
    except metadata.PackageNotFoundError:
        wanted = ""
    if within(version, wanted):
        return Finding("manifesto", "Python", Level.ok, text)
    help = "install a later Python, and manifesto-cli in it"
    return Finding("manifesto", "Python", Level.problem, f"{text}; {wanted} is needed", help)


def library(name: str, bounds: str) -> Finding:
    """Whether a library is there, can be loaded, and is neither too old nor too new."""
    # Double quotes, since `>` would make a file in a shell that knows no others.
    help = f'type `{sys.executable} -m pip install --upgrade "{name}{bounds}"`'
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding("installed", name, Level.problem, f"missing; {bounds} is needed", help)
    try:
        importlib.import_module(MODULES.get(name, name))
    except ImportError as fault:
        again = help.replace("--upgrade", "--force-reinstall")
        return Finding("installed", name, Level.problem, f"{version} cannot be loaded: {fault}", again)
    if not within(version, bounds):
        return Finding("installed", name, Level.problem, f"{version}; {bounds} is needed", help)
    return Finding("installed", name, Level.ok, f"{version} ({bounds})")


def within(version: str, bounds: str) -> bool:
    """Whether a version is in a range. Ranges of ours are made of `>=` and `<` alone, which a test sees to."""
    number = _number(version)
    return all(
        number >= _number(bound) if sign == ">=" else number < _number(bound)
        for sign, bound in _BOUND.findall(bounds)
    )


def incomplete(fault: Exception) -> str:
    """What to say where a command stopped for what it is made of; empty if nothing is missing and everything fits."""
    wrong = [one for one in without_home(installation()) if one.level is Level.problem]
    if not wrong:
        return ""
    name = fault.name if isinstance(fault, ImportError) else None
    lines = [f"error: {f'`{name}` cannot be loaded' if name else 'what manifesto is made of does not fit'}"]
    for one in wrong:
        lines += [f"  {one.subject}: {one.text}", f"  = help: {one.help}"]
    return "\n".join(lines)


def _described() -> Finding:
    """Whether Python knows the package under the version that its code has."""
    try:
        known = metadata.version(NAME)
    except metadata.PackageNotFoundError:
        text = "runs from its source, and is not installed: what it needs is not known"
        return Finding(
            "manifesto", "package", Level.note, text, "type `python -m pip install .` in its folder"
        )
    if known != __version__:
        text = f"installed as {known}, and the code is {__version__}"
        return Finding("manifesto", "package", Level.note, text, "install it anew")
    return Finding("manifesto", "package", Level.ok, f"installed as {NAME}")


def _number(version: str) -> tuple[int, ...]:
    """The numbers of a version, of a length that makes `4` and `4.0.0` the same."""
    leading = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in leading.group().split(".")] if leading else []
    return tuple((*numbers, 0, 0, 0, 0, 0, 0)[:6])
