"""The one exception: the world outside, or a wrong call, stops the command."""

from enum import IntEnum
from functools import partial
from typing import Any


class Exit(IntEnum):
    """What a command ends with."""

    FINE = 0
    """All went well; of what was found, nothing stops a build."""
    CONTENT = 1
    """Faults in what people wrote: an error, or with `--strict` a warning."""
    USAGE = 2
    """A wrong call or configuration."""
    WORLD = 3
    """The disk, the network or another program failed."""
    INTERRUPTED = 130
    """Stopped from the keyboard, with Ctrl-C."""


class ManifestoError(Exception):
    """Something outside the content stops the command: said once, in a sentence, with what to do next.

    Faults in content are never raised; they are `Diagnostic` values. This is caught in one place, in `cli`.
    """

    def __init__(self, headline: str, *, help: str, status: Exit = Exit.WORLD) -> None:
        super().__init__(headline)
        self.headline = headline
        self.help = help
        self.status = status

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes out of a worker: of itself, `pickle` knows no arguments with names."""
        return partial(type(self), help=self.help, status=self.status), self.args, self.__dict__
