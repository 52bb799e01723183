"""The page that `man manifesto` shows, from the command line itself."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from manifesto_cli import __version__
from tools.commands import (
    Command,
    argument,
    commands,
    exit_codes,
    option_names,
    paragraphs,
    usage,
    variables_of,
)

_MANY = 4
"""An option that this many commands have is described once, for all of them."""


def manual_page(root: Path) -> str:
    """The page in the language of `man`, from the code of the checkout at `root`."""
    every = tuple(commands())
    counts = Counter(_sentence(param) for command in every for param in _options(command))
    shared = {sentence for sentence, count in counts.items() if count >= _MANY}
    about = paragraphs(every[0])
    error = (root / "src" / "manifesto_cli" / "faults" / "error.py").read_text(encoding="utf-8")
    variables = (root / "docs" / "environment.md").read_text(encoding="utf-8")
    lines = [
        '.\\" Made from the code by `make reference`. Change the sentences there, not here.',
        # No date: the same code gives the same page. The version says how old it is.
        f'.TH MANIFESTO 1 "" "manifesto {__version__}"',
        ".SH NAME",
        f"manifesto \\- {_text(about[0][0].lower() + about[0][1:].rstrip('.'))}",
        ".SH SYNOPSIS",
        ".B manifesto",
        "[OPTIONS] COMMAND",
        ".SH DESCRIPTION",
        *_said(about),
        ".SH COMMANDS",
        *(line for command in every[1:] for line in _section(command, shared)),
        ".SH OPTIONS",
        *_lines(
            _text(
                "Each command also knows `-h` and `--help`. Of these, it knows those that have a meaning for it."
            )
        ),
        *_listed(
            {_sentence(param): param for command in every for param in _options(command)},
            shared | {_sentence(param) for param in _options(every[0])},
        ),
        ".SH ENVIRONMENT",
        *_lines("An option comes before the environment, the environment before the manifesto."),
        *(
            line
            for names, about in re.findall(r"^\| (`.*?) \| (.*) \|$", variables, re.MULTILINE)
            for line in _entry(_bold(re.findall(r"`(\w+)`", names)), about)
        ),
        ".SH EXIT STATUS",
        *(line for status, said in exit_codes(error) for line in _entry(_bold([str(int(status))]), said)),
    ]
    return "\n".join(lines) + "\n"


def _section(command: Command, shared: set[tuple[str, str]]) -> Iterator[str]:
    """What there is to say of one command alone."""
    yield f".SS {_text(usage(command))}"
    yield from _said(paragraphs(command))
    for param in command.about.params:
        if param.param_type_name == "argument" and not param.hidden:
            yield from _entry(f"\\fI{_text(argument(param))}\\fR", param.help)
    own = {_sentence(param): param for param in _options(command)}
    yield from _listed(own, own.keys() - shared)


def _options(command: Command) -> list[Any]:
    return [param for param in command.about.params if param.param_type_name == "option" and not param.hidden]


def _sentence(param: Any) -> tuple[str, str]:
    """What an option is called and said to be: the same in two commands if it is the same option."""
    return ", ".join(option_names(param)), param.help or ""


def _listed(params: dict[tuple[str, str], Any], chosen: Iterable[tuple[str, str]]) -> Iterator[str]:
    kept = set(chosen)
    for sentence, param in params.items():
        if sentence in kept:
            more = "".join(f" (`{name}`)" for name in variables_of(param.envvar))
            yield from _entry(_bold(option_names(param)), sentence[1] + more)


def _entry(term: str, said: str) -> Iterator[str]:
    yield ".TP"
    yield term
    yield from _lines(_text(said))


def _bold(names: Iterable[str]) -> str:
    """The names in bold, and what they take in italics."""
    parts = (name.partition(" ") for name in names)
    return ", ".join(
        f"\\fB{_text(name)}\\fR" + (f" \\fI{_text(value)}\\fR" if value else "") for name, _, value in parts
    )


def _said(blocks: Iterable[str]) -> Iterator[str]:
    """Paragraphs, and blocks of code as they are."""
    for i, block in enumerate(blocks):
        if i:
            yield ".PP"
        if block.startswith("```"):
            yield ".nf"
            yield from ("    " + _text(line) for line in block.splitlines()[1:-1])
            yield ".fi"
        else:
            yield from _lines(_text(block))


def _lines(text: str) -> list[str]:
    """Text in lines of the length that manual pages have; none of them is taken for an instruction."""
    lines = textwrap.wrap(text, 78, break_long_words=False, break_on_hyphens=False)
    return ["\\&" + line if line.startswith((".", "'")) else line for line in lines]


def _text(text: str) -> str:
    """Text that says nothing to the formatter: code in bold, hyphens that can be copied, links as what they are called."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"`([^`]*)`", r"\\fB\1\\fR", words).replace("…", "...")
