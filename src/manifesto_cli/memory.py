"""What was worked out before, for whoever has the same to work out again: a project of which one file has changed.

A memory is handed down, as all else is; where there is none, everything is worked out anew. What comes of it must be the same.
"""

from collections.abc import Callable, Hashable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_Answers = dict[Hashable, Any]


class Memory:
    """Answers by what they were worked out from. It holds those of the last round, and of the last one that was whole; all others are forgotten."""

    def __init__(self) -> None:
        self._now: _Answers = {}
        self._last: _Answers = {}
        self._whole: _Answers = {}

    def answer(self, asked: Hashable, work: Callable[[], T]) -> T:
        """The answer to what is asked, worked out if it is not known."""
        if asked in self._now:
            found: T = self._now[asked]
        elif asked in self._last:
            found = self._last[asked]
        elif asked in self._whole:
            found = self._whole[asked]
        else:
            found = work()
        self._now[asked] = found
        return found

    def turn(self, *, whole: bool) -> None:
        """The end of a round. `whole` says that it came to its end, and was not stopped by a fault before all was asked for.

        What a round asked for that was stopped is kept beside what the last whole one did: so the round in which the fault is mended need not begin anew.
        """
        self._last = self._now
        if whole:
            self._whole = self._now
        self._now = {}

    @property
    def size(self) -> int:
        """How many answers it holds."""
        return len({*self._now, *self._last, *self._whole})


def recalled(memory: Memory | None, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What a function makes of what it is given, from memory if there is one that knows.

    The function must be pure, and all that it is given hashable and equal only if it would make the same of it.
    """
    if memory is None:
        return work(*given, **named)
    return memory.answer((work, given, *named.items()), lambda: work(*given, **named))
