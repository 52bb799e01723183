"""Running a command: from its arguments to its exit code, whatever happens."""

import contextlib
import os
import sys
from itertools import pairwise
from typing import Any

from manifesto_cli.cli.choices import Color
from manifesto_cli.cli.plain_calls import plain_call
from manifesto_cli.faults.error import Exit, ManifestoError


def run(arguments: list[str]) -> int:
    """Run a command; its exit code. A wrong call, the outside world and Ctrl-C each end in a sentence, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a letter shows a mark for it, rather than stopping the command.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        call = plain_call(arguments, os.environ)
        status = call() if call else _by_typer(arguments)
        sys.stdout.flush()  # so that a full disk behind `>` is found where it can be said
    except ManifestoError as fault:
        from manifesto_cli.cli.terminal import Terminal  # noqa: PLC0415 - only a complaint needs it

        Terminal(color=_colour(arguments)).complain(fault)
        return fault.status
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read along has stopped reading, such as `head`.
        _listen_no_more()
        return Exit.WORLD
    except OSError as fault:
        _listen_no_more()
        print(
            f"error: the output cannot be written: {(fault.strerror or 'unknown reason').lower()}",
            file=sys.stderr,
        )
        print("  = help: make room, or write it somewhere else", file=sys.stderr)
        return Exit.WORLD
    return status


def _by_typer(arguments: list[str]) -> int:
    """Any command, read by the library for command lines."""
    # Where it is not needed it is not loaded: see `plain_calls`.
    import typer  # noqa: PLC0415

    from manifesto_cli.cli.app import app  # noqa: PLC0415

    # Typer brings its own copy of click from some version on; its base class of wrong calls is found from either.
    usage_error: type[Any] = typer.BadParameter.__base__ or typer.BadParameter
    try:
        status = int(app(arguments, standalone_mode=False, prog_name="manifesto") or Exit.FINE)
    except usage_error as fault:
        fault.show()  # click's own wording, with the usage line
        return Exit.USAGE
    except typer.Abort:
        raise KeyboardInterrupt from None
    if status == Exit.INTERRUPTED:  # Typer has caught Ctrl-C, and says nothing
        raise KeyboardInterrupt
    return status


def _colour(arguments: list[str]) -> Color:
    """When to use colour, as typed: whatever stopped a command may have done so before or after its options were read."""
    given = ""
    for before, word in pairwise(("", *arguments)):
        if before == "--color":
            given = word
        elif word.startswith("--color="):
            given = word.removeprefix("--color=")
    return next((color for color in Color if color.value == given), Color.auto)


def _listen_no_more() -> None:
    """Keep Python from trying again, at its end, to write what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
