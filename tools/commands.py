"""The page of all commands: arguments, options, environment and exit codes, from the command line itself."""

import ast
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import typer
from msgspec import Struct

from manifesto_cli.cli.app import app
from manifesto_cli.faults.error import Exit
from tools.markdown import anchor, code, entry, fence, page

_READING = """\
What can be typed, as `manifesto --help` and `manifesto COMMAND --help` show it. Each command also knows `-h` and `--help`, and ends with one of the [exit codes](#exit-codes) below. An option comes before the [environment](../environment.md), the environment before
the manifesto. What was asked for goes to the standard output, everything else to the standard error."""


class Command(Struct, frozen=True):
    """A command as it is typed, and what the command line knows of it."""

    name: str
    about: Any


def commands_page(root: Path) -> str:
    """The page, from the code of the checkout at `root`."""
    sections: list[str] = []
    every = tuple(commands())
    for command in every:
        sections += describe(command)
    index = "\n".join(
        f"- [{code(command.name)}](#{anchor(command.name)}): {paragraphs(command)[0]}" for command in every
    )
    error = (root / "src" / "manifesto_cli" / "faults" / "error.py").read_text(encoding="utf-8")
    codes = "\n".join(entry(str(int(status)), sentence) for status, sentence in exit_codes(error))
    return page("Commands", _READING, index, *sections, "## Exit codes", codes)


def commands(known: typer.Typer = app) -> Iterator[Command]:
    """Every command that is not hidden, groups before what is in them."""
    yield from _inside(Command("manifesto", typer.main.get_command(known)))


def usage(command: Command) -> str:
    """How a command is typed, in one line."""
    words = [command.name]
    if any(param.param_type_name == "option" and not param.hidden for param in command.about.params):
        words.append("[OPTIONS]")
    arguments = [
        param for param in command.about.params if param.param_type_name == "argument" and not param.hidden
    ]
    words += [argument(param) if param.required else f"[{argument(param)}]" for param in arguments]
    if hasattr(command.about, "commands"):
        words.append("COMMAND")
    return " ".join(words)


def exit_codes(text: str) -> Iterator[tuple[Exit, str]]:
    """Every exit code with the sentence that stands below it in the code."""
    known = next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef))
    for line, below in zip(known.body, [*known.body[1:], None], strict=True):
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            said = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and below.value.value
            yield Exit[line.targets[0].id], str(said or "")


def variables(root: Path) -> frozenset[str]:
    """Every environment variable that the code heeds: those of options, and those that it reads itself."""
    found = {
        name
        for command in commands()
        for param in command.about.params
        for name in variables_of(param.envvar)
    }
    for module in (root / "src").rglob("*.py"):
        found |= read_variables(module.read_text(encoding="utf-8"))
    return frozenset(found)


def read_variables(text: str) -> frozenset[str]:
    """The environment variables that a module names: to `os.environ` or `getenv`, and whatever starts with `MANIFESTO_`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and re.fullmatch(r"MANIFESTO_[A-Z_]+", str(node.value)):
            found.add(str(node.value))
        asked: ast.expr | None = None
        if isinstance(node, ast.Call) and re.search(r"environ\.\w+$|getenv$", ast.unparse(node.func)):
            asked = node.args[0] if node.args else None
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            asked = node.slice
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]).endswith("environ"):
            asked = node.left
        if isinstance(asked, ast.Constant):
            found.add(str(asked.value))
    return frozenset(found)


def _inside(command: Command) -> Iterator[Command]:
    yield command
    for name, inner in getattr(command.about, "commands", {}).items():
        if not inner.hidden:
            yield from _inside(Command(f"{command.name} {name}", inner))


def describe(command: Command) -> Iterator[str]:
    """The parts of a command's section."""
    yield f"## {code(command.name)}"
    yield fence(usage(command))
    yield from paragraphs(command)
    shown = [param for param in command.about.params if not param.hidden]
    for kind in ("argument", "option"):
        listed = "\n".join(_param(param) for param in shown if param.param_type_name == kind)
        if listed:
            yield f"{kind.capitalize()}s:"
            yield listed


def paragraphs(command: Command) -> list[str]:
    """The help text: what is not to be wrapped, such as examples, as a block of code."""
    found: list[str] = []
    # A form feed ends what is for readers, as in click.
    for paragraph in (command.about.help or "").split("\f")[0].strip().split("\n\n"):
        if paragraph.startswith("\b\n"):
            first, _, rest = paragraph.removeprefix("\b\n").partition("\n")
            block = (
                [first, fence(_outdented(rest), "sh")]
                if first.endswith(":")
                else [fence(first + "\n" + rest)]
            )
            found += block
        else:
            found.append(" ".join(paragraph.split()))
    return found


def _outdented(text: str) -> str:
    return "\n".join(line.removeprefix("  ") for line in text.splitlines())


def _param(param: Any) -> str:
    name = code(argument(param)) if param.param_type_name == "argument" else _option(param)
    more = []
    default = param.default.value if isinstance(param.default, Enum) else param.default
    if default not in (None, False, True, ()) and not callable(default):
        more.append(f"{code(str(default))} unless given")
    if param.multiple if param.param_type_name == "option" else param.nargs == -1:
        more.append("may be given several times")
    if param.param_type_name == "option" and param.required:
        more.append("required")
    more += [f"or {code(name)} in the environment" for name in variables_of(param.envvar)]
    return entry(name, param.help or "", "; ".join(more))


def argument(param: Any) -> str:
    """The name of an argument as it stands in a usage line."""
    name = str(param.metavar or param.name.upper()).rstrip(".…")
    return name + ("…" if param.nargs == -1 else "")


def _option(param: Any) -> str:
    return ", ".join(code(name) for name in option_names(param))


def option_names(param: Any) -> list[str]:
    """The names of an option as they are typed; the long ones with what they take."""
    value = "" if param.is_flag or getattr(param, "count", False) else f" {_value(param)}"
    names = [*param.opts, *param.secondary_opts]
    return [name + (value if name.startswith("--") else "") for name in names]


def _value(param: Any) -> str:
    if param.metavar:
        return str(param.metavar)
    offered = getattr(param.type, "choices", None)
    if offered:
        return "|".join(str(getattr(one, "value", one)) for one in offered)
    # Versions of Typer differ in what they call a whole number.
    return "NUMBER" if re.match("int|float", param.type.name) else str(param.type.name).upper()


def variables_of(given: Any) -> tuple[str, ...]:
    """The environment variables that stand for an option."""
    return (given,) if isinstance(given, str) else tuple(given or ())
