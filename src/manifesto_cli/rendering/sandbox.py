"""Where templates of strangers run: they see what they are given, and can neither reach further nor use up the machine.

Jinja's sandbox keeps templates from Python, but renders `'x' * 10**9` and loops for ever. Here every loop
step, call, text and output is counted against a budget: before a template is compiled its tree is rewritten so that loops, macros
and joined texts pass through the functions below.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes, pass_context, pass_eval_context
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup
from msgspec import Struct

MAX_OUTPUT = 20_000_000
MAX_STEPS = 1_000_000
MAX_TEXT = 500_000
MAX_RANGE = 10_000
_MAX_BITS = 256

_TEXT_FILTERS = (
    "capitalize",
    "e",
    "escape",
    "lower",
    "title",
    "trim",
    "truncate",
    "upper",
    "urlencode",
    "wordcount",
)
_FILTERS = (
    "abs", "count", "d", "default", "first", "float", "groupby", "int", "items", "last", "length", "list", "map", "max", "min",
    "reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "unique",
)  # fmt: skip
"""Jinja's filters that cannot make much from little, and do the same at every build. Those for texts take nothing else:
the text of a list is how Python would write it, and as long as all that is in it."""

_METHODS: dict[type[Any], frozenset[str]] = {
    str: frozenset({"startswith", "endswith", "lower", "upper", "strip", "split"}),
    dict: frozenset({"items", "keys", "values", "get"}),
    tuple: frozenset({"index", "count", "grouper", "list"}),
    list: frozenset({"index", "count"}),
}


class TooMuchError(Exception):
    """A template went over its budget."""


class ThemeEnvironment(ImmutableSandboxedEnvironment):
    """The environment in which all templates run."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(
        self,
        loader: Any,
        *,
        autoescape: bool,
        finalize: Callable[[Any], Any] | None = None,
        cache: Any = None,
    ) -> None:
        """An environment that knows the templates of a loader. `finalize` sees every value before it is output."""
        self._spent_steps = self._spent_output = 0
        self.finalize_with = finalize

        super().__init__(
            loader=loader,
            autoescape=autoescape,
            undefined=StrictUndefined,
            finalize=self._output,
            bytecode_cache=cache,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.filters = {name: FILTERS[name] for name in _FILTERS}
        self.filters |= {name: _of_text(name, FILTERS[name]) for name in _TEXT_FILTERS}
        self.filters |= {
            "join": _join,
            "replace": _replace,
            "_steps": _steps,
            "_spend": _spend,
            "_joined": _joined,
        }
        self.globals = {"range": _bounded_range, "namespace": self.globals["namespace"]}

    def start(self) -> None:
        """A new page, a new budget."""
        self._spent_steps = self._spent_output = 0

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields of views and a few methods of texts and collections; nothing else."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        for kind, allowed in _METHODS.items():
            if isinstance(obj, kind):
                return attr in allowed
        return not callable(value) or isinstance(obj, Struct) or type(obj).__module__.startswith("jinja2.")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Arithmetic whose result stays small; texts and lists can be added but not multiplied."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "+" and not numbers:
            if any(isinstance(side, int | float) for side in (left, right)) or isinstance(
                left, str
            ) is not isinstance(right, str):
                message = "a text and something else cannot be added; `~` joins them"
                raise TypeError(message)
            if len(left) + len(right) > MAX_TEXT:
                raise TooMuchError(_LONG)
        elif not numbers:
            message = f"`{operator}` is for numbers only"
            raise TypeError(message)
        elif operator == "**":
            message = "`**` is not used in templates"
            raise TypeError(message)
        result = self.binop_table[operator](left, right)
        if isinstance(result, int) and result.bit_length() > _MAX_BITS:
            message = "a number grows too large"
            raise TooMuchError(message)
        return result

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063 - Jinja's own way to keep names free
        """Every call is a step."""
        __self.spend(0)
        return super().call(__context, __obj, *args, **kwargs)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        metered: nodes.Template = _Meter().visit(tree)
        metered.set_environment(self)
        return metered

    def spend(self, output: int) -> str:
        """Count one step and some characters of output; TooMuchError where that is more than a page may take."""
        self._spent_steps += 1
        self._spent_output += output
        if self._spent_steps > MAX_STEPS:
            message = f"more than {MAX_STEPS:,} steps"
            raise TooMuchError(message)
        if self._spent_output > MAX_OUTPUT:
            message = f"more than {MAX_OUTPUT:,} characters"
            raise TooMuchError(message)
        return ""

    def _output(self, value: Any) -> Any:
        if isinstance(value, str):
            self.spend(len(value))
        elif isinstance(value, Undefined):
            str(value)  # complains in Jinja's own words
        elif not isinstance(value, int | float) and value is not None:
            # A list or a view printed whole is a mistake, and its text would show how the tool is made.
            message = "this is not a text: choose one of its fields, or loop over it"
            raise TypeError(message)
        return self.finalize_with(value) if self.finalize_with else value


@pass_context
def _spend(context: Context, output: int) -> str:
    return _environment(context).spend(output)


@pass_context
def _steps(context: Context, values: Any, static: int) -> Any:
    """The same values, each counted as a step and as the fixed text that a step puts out."""

    def spend() -> str:
        return _environment(context).spend(static)

    if isinstance(values, Undefined):
        return values
    return _Counted(values, spend) if hasattr(values, "__len__") else _counting(values, spend)


@pass_context
def _joined(context: Context, parts: Iterable[Any]) -> str:
    """What `~` makes of its parts, as long as it is not too long."""
    values = list(parts)
    _environment(context).spend(0)
    texts = [_as_text(value) for value in values]
    if sum(map(len, texts)) > MAX_TEXT:
        raise TooMuchError(_LONG)
    if any(isinstance(value, Markup) for value in values):
        return Markup("").join(texts)
    return "".join(texts)


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float | Undefined):
        return str(value)
    message = "this is not a text: choose one of its fields"
    raise TypeError(message)


def _environment(context: Context) -> ThemeEnvironment:
    environment = context.environment
    if not isinstance(environment, ThemeEnvironment):
        raise TypeError
    return environment


def _of_text(name: str, text_filter: Callable[..., Any]) -> Callable[..., Any]:
    """A filter of Jinja's that refuses all but texts and numbers."""
    position = 1 if hasattr(text_filter, "jinja_pass_arg") else 0

    @wraps(text_filter)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if not isinstance(args[position], str | int | float | Undefined):
            message = f"`{name}` is for texts"
            raise TypeError(message)
        return text_filter(*args, **kwargs)

    return checked


@pass_eval_context
def _join(context: Any, values: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
    """The texts of a list, joined."""
    chosen = (
        list(values)
        if attribute is None
        else [context.environment.getattr(value, str(attribute)) for value in values]
    )
    texts = [_as_text(value) for value in chosen]
    if sum(map(len, texts)) + len(texts) * len(between) > MAX_TEXT:
        raise TooMuchError(_LONG)
    joined: str = FILTERS["join"](context, texts, between)
    return joined


_LONG = f"a text of more than {MAX_TEXT:,} characters"


class _Counted:
    """A collection of known length whose every step is counted, so that `loop.length` and `loop.last` still work."""

    def __init__(self, values: Any, spend: Callable[[], object]) -> None:
        self._values = values
        self._spend = spend

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Any]:
        for value in self._values:
            self._spend()
            yield value


def _counting(values: Iterable[Any], spend: Callable[[], object]) -> Iterator[Any]:
    for value in values:
        spend()
        yield value


class _Meter(NodeTransformer):
    """Sends every loop, macro, block and joined text through the environment's meters."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - named after the node
        static = _static(node.body) + _static(node.else_)
        self.generic_visit(node)
        node.iter = nodes.Filter(
            node.iter, "_steps", [nodes.Const(static)], [], None, None, lineno=node.lineno
        )
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - named after the node
        self.generic_visit(node)
        return nodes.Filter(nodes.List(node.nodes), "_joined", [], [], None, None, lineno=node.lineno)

    def _metered(self, node: Any) -> nodes.Node:
        # A filter, because a template could give a name of its own to anything that is found by name.
        spend = nodes.Filter(nodes.Const(_static(node.body)), "_spend", [], [], None, None)
        self.generic_visit(node)
        node.body.insert(0, nodes.Output([spend], lineno=node.lineno))
        return _numbered(node)

    visit_Template = visit_Block = visit_Macro = visit_CallBlock = _metered  # noqa: N815 - named after the nodes


def _numbered(node: Any) -> nodes.Node:
    for inner in node.find_all(nodes.Node):
        if getattr(inner, "lineno", None) is None:
            inner.lineno = node.lineno
    numbered: nodes.Node = node
    return numbered


def _static(body: Iterable[nodes.Node]) -> int:
    """How many characters of fixed text stand in a part of a template."""
    return sum(len(text.data) for node in body for text in node.find_all(nodes.TemplateData)) + sum(
        len(text.data) for node in body if isinstance(node, nodes.TemplateData) for text in (node,)
    )


def _bounded_range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > MAX_RANGE:
        message = f"a range of more than {MAX_RANGE:,} numbers"
        raise TooMuchError(message)
    return found


def _replace(text: str, old: str, new: str) -> str:
    """A text with every `old` replaced by `new`."""
    if not old:
        message = "`replace` needs something to look for"
        raise TypeError(message)
    if len(text) + text.count(old) * len(new) > MAX_TEXT:
        raise TooMuchError(_LONG)
    return text.replace(old, new)
