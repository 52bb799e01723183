"""What macros of a theme made before: dozens of pages show the same card, the same menu and the same imprint.

A macro is closed if all that its text can hang on is what it is called with. Called again with the same, it makes the same text: so that is
kept with what it took, which counts towards each page that has it, as if it had been made anew.
"""

from collections.abc import Collection
from typing import Any

from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from markupsafe import Markup
from msgspec import Struct

from manifesto_cli.rendering.meters import Budget, Taken

_PLAIN = frozenset({str, Markup, int, bool, type(None)})
"""What is the same if it is equal and of the same kind; not so numbers with a point: -0.0 equals 0.0, and is written otherwise."""
_LATELY = 10_000
"""How many calls are remembered of which nothing is kept yet, so that a site of any size takes no more room."""
_MOST = 20_000_000
"""How many characters are kept at most."""


class ClosedMacro(Macro):
    """A macro whose text hangs on its arguments alone, as far as its template shows; what it calls is seen when it runs."""


class _Kept(Struct, frozen=True):
    text: str
    took: Taken


class KeptTexts:
    """The texts that one environment has made; it makes one page at a time."""

    def __init__(self, budget: Budget, lasting: Collection[int]) -> None:
        self._budget = budget
        self._lasting = lasting
        self._kept: dict[tuple[Any, ...], _Kept] = {}
        self._size = 0
        self._asked: set[int] = set()
        self._at_work: list[int] = []
        self._never: set[int] = set()
        self.opened = 0
        """How often something was called of which nobody knows what its text hangs on."""

    def made(
        self, macro: ClosedMacro, context: EvalContext, given: tuple[Any, ...], named: dict[str, Any]
    ) -> str:
        """What a macro makes of what it is given. Kept is what it makes of views that last; of texts alone what is asked for a second time, since most are on one page.

        What a page may not take any more is made anew, so that it stops where it always did. A macro that calls itself is never kept:
        how deep it may do so must not hang on what was made before.
        """
        # The macros of a template that is run anew are others, of the same code. The environment has it as long as this; to compare it takes longer than to ask which it is.
        code = id(macro._func.__code__)  # noqa: SLF001 - nothing else says what is the same of both
        if code in self._at_work:
            self._never.add(code)
        key, lasting = (None, False) if code in self._never else self._key(macro, given, named)
        if key is None:
            self.opened += code in self._never
            return macro(context, *given, **named)
        kept = self._kept.get(key)
        if kept:
            return kept.text if self._budget.take(kept.took) else macro(context, *given, **named)
        asked = hash(key)
        if not lasting and asked not in self._asked:
            if len(self._asked) == _LATELY:
                self._asked.clear()
            self._asked.add(asked)
            return macro(context, *given, **named)
        before, opened = self._budget.taken, self.opened
        self._at_work.append(code)
        try:
            text = macro(context, *given, **named)
        finally:
            self._at_work.pop()
        if self.opened == opened:
            self._keep(key, text, before)
        return text

    def _key(
        self, macro: ClosedMacro, given: tuple[Any, ...], named: dict[str, Any]
    ) -> tuple[tuple[Any, ...] | None, bool]:
        """What is equal for two calls only if the one can stand for the other, and whether views are in it; None for a call with what only one page has."""
        key: list[Any] = [macro, *named]
        lasting = False
        for value in (*given, *named.values()) if named else given:
            kind = value.__class__
            if kind in _PLAIN:
                key.append(kind)
                key.append(value)
            elif id(value) in self._lasting:
                key.append(id(value))
                lasting = True
            else:
                return None, False
        return tuple(key), lasting

    def _keep(self, key: tuple[Any, ...], text: str, before: Taken) -> None:
        if self._size > _MOST:
            self._kept.clear()
            self._size = 0
        self._size += len(text)
        after = self._budget.taken
        self._kept[key] = _Kept(text, (after[0] - before[0], after[1] - before[1], after[2] - before[2]))
