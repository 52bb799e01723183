"""The filters, tests and comparisons of templates, which all count towards what a page may take.

Jinja's own will shift a number by a milliard digits, compare lists that hold each other for longer than the sun
will shine, and write out any value as Python does.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import Undefined, pass_eval_context
from jinja2.environment import Environment
from jinja2.filters import FILTERS, make_attrgetter, make_multi_attrgetter
from jinja2.tests import TESTS
from markupsafe import Markup

from manifesto_cli.rendering.meters import (
    COMPARISONS,
    EACH,
    LONG,
    LONGEST_STRIP,
    MAX_TEXT,
    Budget,
    as_text,
    simple,
    size,
)

_LONGEST_NUMBER = 1_000

_TEXT_FILTERS = frozenset(
    {"capitalize", "e", "escape", "lower", "title", "trim", "truncate", "upper", "urlencode", "wordcount"}
)
_NUMBER_FILTERS = frozenset({"abs", "float", "int", "round"})
_KEYED_FILTERS = {"groupby": 1, "max": 2, "min": 2, "sort": 3, "unique": 2}
"""Filters that compare entries, and where they take the name of the field that is compared."""
_CHEAP_FILTERS = frozenset({"count", "d", "default", "first", "last", "length"})
"""Filters that do not look at all of their value."""
_LENGTHS = frozenset({"count", "length"})
_LIST_FILTERS = frozenset({"items", "list", "map", "reject", "rejectattr", "reverse", "select", "selectattr"})
_FILTERS = frozenset({*_TEXT_FILTERS, *_NUMBER_FILTERS, *_KEYED_FILTERS, *_CHEAP_FILTERS, *_LIST_FILTERS})
"""Jinja's filters that cannot make much from little, and do the same at every build. Those for texts take nothing else:
the text of a list is how Python would write it, and as long as all that is in it."""

_NUMBER_TESTS = frozenset({"divisibleby", "even", "odd"})
_TEXT_TESTS = frozenset({"lower", "upper"})
_COMPARING_TESTS = frozenset(
    {"!=", "<", "<=", "==", ">", ">=", "eq", "equalto", "ge", "greaterthan", "gt", "in", "le", "lessthan", "lt", "ne"}
)  # fmt: skip


def comparisons(budget: Budget) -> dict[str, Callable[[Any, Any], Any]]:
    """For each operator what tells whether one value stands to another as it says. Only texts and numbers can be compared."""
    return {name: _comparison(name, compare, budget) for name, compare in COMPARISONS.items()}


def _comparison(name: str, compare: Callable[[Any, Any], Any], budget: Budget) -> Callable[[Any, Any], Any]:
    within = "in" in name
    texts: frozenset[type] = frozenset({str, Markup})
    comparing, toil = budget.comparing, budget.toil

    def compared(left: Any, right: Any) -> Any:
        if type(left) in texts and type(right) in texts:
            toil(EACH + len(left) + len(right))
        else:
            comparing(left, right, within=within)
        return compare(left, right)

    return compared


def filters(environment: Environment, budget: Budget) -> dict[str, Callable[..., Any]]:
    """All filters that templates have."""
    own = {"join": _join(environment, budget), "replace": _replace(budget)}
    return {name: _filter(name, environment, budget) for name in _FILTERS} | own


def tests(budget: Budget) -> dict[str, Any]:
    """All tests that templates have: Jinja's."""
    return {name: _test(name, budget) for name in TESTS}


def _filter(name: str, environment: Environment, budget: Budget) -> Callable[..., Any]:
    """A filter of Jinja's that counts, takes only what it is meant for, and makes lists where Jinja makes streams."""
    original: Any = FILTERS[name]
    at = 1 if hasattr(original, "jinja_pass_arg") else 0

    @wraps(original)
    def length(*args: Any, **kwargs: Any) -> int:
        budget.toil(2 * EACH)  # for asking, and for the number that comes of it
        return len(*args, **kwargs)

    if name in _LENGTHS:
        return length

    @wraps(original)
    def counted(*args: Any, **kwargs: Any) -> Any:
        value, rest = args[at], (*args[at + 1 :], *kwargs.values())
        budget.toil(EACH if name in _CHEAP_FILTERS else size(value) + EACH)
        if name in _TEXT_FILTERS:
            _only(name, value, (str, int, float), "texts")
            if name == "trim" and any(isinstance(arg, str) and len(arg) > LONGEST_STRIP for arg in rest):
                budget.stop(f"more than {LONGEST_STRIP} characters to trim")
        elif name in _NUMBER_FILTERS:
            _only(name, value, (str, int, float), "numbers")
            if size(value) > _LONGEST_NUMBER or any(
                isinstance(arg, int) and abs(arg) > _LONGEST_NUMBER for arg in rest
            ):
                budget.stop("a number grows too large")
        elif name in _KEYED_FILTERS:
            args = (*args[:at], _comparable(name, args[at:], kwargs, environment, budget), *args[at + 1 :])
        result = original(*args, **kwargs)
        return budget.made(list(budget.stepped(result)) if isinstance(result, Iterator) else result)

    return counted


def _comparable(
    name: str, args: tuple[Any, ...], kwargs: Any, environment: Environment, budget: Budget
) -> list[Any]:
    """The entries of a list, if what shall be compared of them is a text or number."""
    place = _KEYED_FILTERS[name]
    attribute = kwargs.get("attribute", args[place] if len(args) > place else None)
    if attribute is None:
        entries = list(args[0])
        budget.toil(sum(EACH + size(simple(entry)) for entry in entries))
        return entries
    many = name == "sort"
    field: Callable[[Any], Any] = (
        make_multi_attrgetter(environment, attribute) if many else make_attrgetter(environment, attribute)
    )
    values = list(args[0])
    for value in values:
        found = field(value)
        for each in found if many else (found,):
            budget.toil(EACH + size(simple(each)))
    return values


def _test(name: str, budget: Budget) -> Callable[..., Any]:
    """A test of Jinja's that takes only what it is meant for."""
    original: Any = TESTS[name]
    at = 1 if hasattr(original, "jinja_pass_arg") else 0

    @wraps(original)
    def counted(*args: Any) -> Any:
        budget.toil(EACH)
        if name in _NUMBER_TESTS:
            for arg in args[at:]:
                _only(name, arg, (int, float), "numbers")
        elif name in _TEXT_TESTS:
            _only(name, args[at], (str,), "texts")
            budget.toil(size(args[at]))
        elif name in _COMPARING_TESTS:
            budget.comparing(args[at], args[at + 1], within=name == "in")
        return original(*args)

    return counted


def _join(environment: Environment, budget: Budget) -> Callable[..., Any]:
    @pass_eval_context
    def join(context: Any, values: Iterable[Any], between: str = "", attribute: Any = None) -> Any:
        """The texts of a list, joined."""
        chosen = budget.stepped(values)
        if attribute is not None:
            chosen = [environment.getattr(value, str(attribute)) for value in chosen]
        texts = [as_text(value) for value in chosen]
        if sum(map(len, texts)) + len(texts) * len(between) > MAX_TEXT:
            budget.stop(LONG)
        return budget.made(FILTERS["join"](context, texts, between))

    return join


def _replace(budget: Budget) -> Callable[[Any, Any, Any], Any]:
    def replace(text: Any, old: Any, new: Any) -> Any:
        """A text with every `old` replaced by `new`."""
        for value in (text, old, new):
            _only("replace", value, (str,), "texts")
        if not old:
            message = "`replace` needs something to look for"
            raise TypeError(message)
        budget.toil(size(text) + EACH)
        if len(text) + text.count(old) * len(new) > MAX_TEXT:
            budget.stop(LONG)
        return budget.made(text.replace(old, new))

    return replace


def _only(name: str, value: Any, kinds: tuple[type, ...], words: str) -> None:
    if not isinstance(value, (*kinds, Undefined)):
        message = f"`{name}` is for {words}"
        raise TypeError(message)
