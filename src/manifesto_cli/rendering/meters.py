"""What a page may take, and what counts towards it."""

import operator
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NoReturn

from jinja2 import Undefined
from markupsafe import Markup, escape

MAX_OUTPUT = 20_000_000
MAX_STEPS = 1_000_000
MAX_WORK = 20_000_000
"""Work is counted in characters looked at or made, and in parts of the template that are run."""
MAX_TEXT = 500_000
LONGEST_STRIP = 100
EACH = 20
"""The work of calling anything at all."""
_EACH_ENTRY = 8
"""The work for an entry of a list, which takes that many times the room of a character."""

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge,
    "in": lambda value, values: value in values, "notin": lambda value, values: value not in values,
}  # fmt: skip


class TooMuchError(Exception):
    """A template went over its budget."""


Taken = tuple[int, int, int]
"""So many steps, so many characters of output, so much work."""
_NOTHING = (0, 0, 0)


class Budget:
    """What the pages of a site take: each by itself, and all together.

    Together they may take a tenth of what one may, for each page that there is, and that of one page more. Every page counts once, however often and in whatever
    order pages are asked for: so whoever looks at a few never sees one refused that a build of all of them would let pass.

    Of several processes none knows what the others take, so each may take an equal part. If none is stopped for it, one process would stop none.
    """

    def __init__(self, pages: int = 1, heed: Callable[[], None] | None = None, processes: int = 1) -> None:
        self._heed = heed
        self._steps = self._output = self._work = 0
        self._shares = MAX_STEPS // 10 * pages, MAX_OUTPUT // 10 * pages, MAX_WORK // 10 * pages
        steps, output, work = (share // processes for share in self._shares)
        self._part = (steps, output, work) if processes > 1 else None
        self._taken: dict[str, Taken] = {}
        self._together = _NOTHING
        self._lock = threading.Lock()

    @contextmanager
    def page(self, name: str, records: int = 0) -> Iterator[None]:
        """The time in which a page of this name is made; another one, of another thread, has to wait for its end.

        A page that holds many records in full may take a thousandth more for each of them, since it grows with them.
        """
        with self._lock:
            before = self._taken.pop(name, _NOTHING)
            together = self._together
            others = together[0] - before[0], together[1] - before[1], together[2] - before[2]
            over = _beyond(others, self._shares)
            self._steps, self._output, self._work = over
            if records:
                most = MAX_STEPS // 1_000, MAX_OUTPUT // 1_000, MAX_WORK // 1_000
                self._steps -= most[0] * records
                self._output -= most[1] * records
                self._work -= most[2] * records
            try:
                yield
            finally:
                taken = self._taken[name] = _beyond(self.taken, over)
                self._together = others[0] + taken[0], others[1] + taken[1], others[2] + taken[2]
            if self._part and any(_beyond(self._together, self._part)):
                self.stop("more than its part of what all pages may take")

    def spend(self, output: int = 0, work: int = EACH) -> None:
        """Count one step, some characters of output and some work; TooMuchError where that is more than a page may take."""
        if self._heed:
            self._heed()
        self._steps = steps = self._steps + 1
        self._output = made = self._output + output
        if steps > MAX_STEPS:
            self.stop(f"more than {MAX_STEPS:,} steps")
        if made > MAX_OUTPUT:
            self.stop(f"more than {MAX_OUTPUT:,} characters")
        self._work = done = self._work + work
        if done > MAX_WORK:
            self.stop(_WORK)

    def entered(self, output: int, work: int) -> None:
        """Count the beginning of a template, a block or a macro: two steps, the fixed text in it, and its work."""
        self.spend(output, work)
        self.spend()

    def toil(self, work: int) -> None:
        """Count some work."""
        self._work += work
        if self._work > MAX_WORK:
            self.stop(_WORK)

    def stop(self, message: str) -> NoReturn:
        """The end of this page."""
        raise TooMuchError(message)

    def made(self, value: Any) -> Any:
        """A value that a template has made, as long as it is not too long; what it took to make it is counted."""
        if isinstance(value, str) and len(value) > MAX_TEXT:
            self.stop(LONG)
        self.toil(size(value))
        return value

    def stepped(self, values: Any, output: int = 0, work: int = EACH) -> Any:
        """The same values, each counted as a step, with what one step puts out and the work of it."""
        if isinstance(values, Undefined):
            return values
        if type(values) in _AT_ONCE:
            number = len(values)
            if self.take((number, number * output, number * work)):
                return values
        kind = _Stepped if hasattr(values, "__len__") else _streamed
        return kind(values, partial(self.spend, output, work))

    @property
    def taken(self) -> Taken:
        """What was counted so far."""
        return self._steps, self._output, self._work

    def take(self, more: Taken) -> bool:
        """Count so much more at once, if the page may take it. If not, it is to be taken step by step, up to the one too many."""
        now = self._steps + more[0], self._output + more[1], self._work + more[2]
        if now[0] > MAX_STEPS or now[1] > MAX_OUTPUT or now[2] > MAX_WORK:
            return False
        if self._heed:
            self._heed()
        self._steps, self._output, self._work = now
        return True

    def compared(self, values: list[Any], operators: list[str]) -> bool:
        """Whether each value stands to the next as its operator says. Only texts and numbers can be compared."""
        for i, name in enumerate(operators):
            self.comparing(values[i], values[i + 1], within="in" in name)
            if not COMPARISONS[name](values[i], values[i + 1]):
                return False
        return True

    def comparing(self, left: Any, right: Any, *, within: bool) -> None:
        """Count a comparison of two values, or the search for one in the other."""
        simple(left)
        if not within:
            simple(right)
        self.toil(EACH + size(left) + size(right))

    def joined(self, parts: Iterable[Any]) -> str:
        """What `~` makes of its parts, as long as it is not too long."""
        texts = [as_text(value) for value in parts]
        self.toil(sum(map(len, texts)) + EACH)
        if any(isinstance(text, Markup) for text in texts):
            texts = [escape(text) for text in texts]
        if sum(map(len, texts)) > MAX_TEXT:
            self.stop(LONG)
        return (texts[0][:0] if texts else "").join(texts)

    def sliced(self, value: Any, *bounds: Any) -> Any:
        """A part of a text or list."""
        self.toil(size(value))
        return value[slice(*bounds)]


def _beyond(one: Taken, other: Taken) -> Taken:
    """What there is more of in the one than in the other."""
    if one[0] <= other[0] and one[1] <= other[1] and one[2] <= other[2]:
        return _NOTHING
    return max(0, one[0] - other[0]), max(0, one[1] - other[1]), max(0, one[2] - other[2])


def size(value: Any) -> int:
    """The work of looking at all of a value."""
    if isinstance(value, str):
        return len(value)
    return len(value) * _EACH_ENTRY + EACH if isinstance(value, _COLLECTIONS) else EACH


def simple(value: Any) -> Any:
    """A value, if it is a text or a number: only these can be compared, and looked up in a mapping."""
    if isinstance(value, _SIMPLE) or value is None:
        return value
    message = "only texts and numbers can be compared or looked up: choose one of its fields"
    raise TypeError(message)


def as_text(value: Any) -> str:
    """A text or a number as text. Nothing else is one: how Python would write it shows how the tool is made."""
    if isinstance(value, str):
        return value
    if isinstance(value, _SIMPLE):
        return str(value)
    message = "this is not a text: choose one of its fields"
    raise TypeError(message)


class _Stepped:
    """A collection of known length whose every step is counted, so that `loop.length` and `loop.last` still work."""

    def __init__(self, values: Any, spend: Callable[[], object]) -> None:
        self._values = values
        self._spend = spend

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Any]:
        return _streamed(self._values, self._spend)


def _streamed(values: Iterable[Any], spend: Callable[[], object]) -> Iterator[Any]:
    for value in values:
        spend()
        yield value


_SIMPLE = (str, int, float, Undefined)
"""A tuple, since Python makes a union anew wherever one is written."""
_COLLECTIONS = (list, tuple, dict, range, _Stepped)
_AT_ONCE: frozenset[type] = frozenset({list, tuple, dict, range, str, Markup})
"""What is as long as it says: its steps can be counted before they are taken."""
_WORK = "more work than a page may take"
LONG = f"a text of more than {MAX_TEXT:,} characters"
