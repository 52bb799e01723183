"""Where templates of strangers run: they see what they are given, and can neither reach further nor use up the machine.

Jinja's sandbox keeps templates from Python, but renders `'x' * 10**9` and loops for ever. Here every loop step, call,
comparison, filter, text and output is counted against a budget: before a template is compiled its tree is rewritten so
that all of them pass through the meters.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from msgspec import Struct

from manifesto_cli.patterns import pattern
from manifesto_cli.rendering import counted
from manifesto_cli.rendering.kept_texts import ClosedMacro, KeptTexts
from manifesto_cli.rendering.meters import EACH, LONGEST_STRIP, Budget, TooMuchError, simple, size
from manifesto_cli.rendering.output import Means
from manifesto_cli.rendering.template_code import MeteredCode

MAX_RANGE = 10_000
_MAX_BITS = 256
_MAX_NESTING = 100
_EACH_TEMPLATE = 200
_EACH_BODY = 150
"""The work of a template, block or macro around what is in it."""

METHODS: Mapping[type[Any], frozenset[str]] = {
    str: frozenset({"startswith", "endswith", "lower", "upper", "strip", "split"}),
    dict: frozenset({"items", "keys", "values", "get"}),
    tuple: frozenset({"index", "count", "grouper", "list"}),
    list: frozenset({"index", "count"}),
}
"""What texts and collections can do in a template."""
_WITH_METHODS = (*METHODS, LoopContext)


class ThemeEnvironment(ImmutableSandboxedEnvironment):
    """The environment in which all templates run."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    code_generator_class = MeteredCode
    closed_macro: type[Macro] = ClosedMacro

    def __init__(
        self,
        loader: Any,
        *,
        autoescape: bool,
        pages: int = 1,
        finalize: Callable[[Any], Any] | None = None,
        means: Means = Means(),  # noqa: B008 - frozen
        lasting: Mapping[int, Any] = MappingProxyType({}),
    ) -> None:
        """An environment that knows the templates of a loader, to make so many pages. `finalize` sees every value before it is output.

        `lasting` are the parts of views that several pages show, by what Python tells them apart by: nothing changes them.
        """
        self.budget = Budget(pages, means.heed, means.processes)
        self.finalize_with = finalize

        self._templates: dict[str, Template] = {}
        self.kept = KeptTexts(self.budget, lasting)
        self.views_with: dict[str, set[type]] = defaultdict(set)
        """By the name of a field, the views that are known to have it: compiled code reads it of these without asking."""
        self.put = self._putting(escaping=autoescape)

        super().__init__(
            loader=loader,
            autoescape=autoescape,
            undefined=StrictUndefined,
            bytecode_cache=means.cache() if means.cache else None,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            optimized=False,  # what is worked out while compiling is not counted where it is used
        )
        budget = self.budget
        self.filters = counted.filters(self, budget)
        # What `_Meter` puts into templates. Filters, because a template could give a name of its own to all else.
        self.filters |= {"_compared": budget.compared, "_joined": budget.joined, "_key": simple}
        self.filters |= {"_sliced": budget.sliced, "_entered": budget.entered, "_stepped": budget.stepped}
        self.filters |= {f"_{name}": compared for name, compared in counted.comparisons(budget).items()}
        self.tests = counted.tests(budget)
        self.globals = {"range": _bounded_range, "namespace": self.globals["namespace"]}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields of views and a few methods of texts and collections; nothing else."""
        if isinstance(
            obj, Struct
        ):  # a view, which is nearly always what is asked for: it has fields and nothing else
            return not attr.startswith("_")
        if not super().is_safe_attribute(obj, attr, value):
            return False
        for kind, allowed in METHODS.items():
            if isinstance(obj, kind):
                return attr in allowed
        return not callable(value) or type(obj).__module__.startswith("jinja2.")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a view, a method, or what Jinja makes of what is not there."""
        if isinstance(obj, Struct) and attribute in obj.__struct_fields__ and not attribute.startswith("_"):
            self.views_with[attribute].add(type(obj))
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An entry by name or number."""
        return super().getitem(obj, simple(argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Arithmetic whose result stays small; texts and lists can be added but not multiplied."""
        if left.__class__ is int and right.__class__ is int and operator != "**":
            self.budget.toil(3 * EACH)  # for each of the two, and for what becomes of them
            return self._small(self.binop_table[operator](left, right))
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "+" and not numbers:
            if any(isinstance(side, int | float) for side in (left, right)) or isinstance(
                left, str
            ) is not isinstance(right, str):
                message = "a text and something else cannot be added; `~` joins them"
                raise TypeError(message)
        elif not numbers:
            message = f"`{operator}` is for numbers only"
            raise TypeError(message)
        elif operator == "**":
            message = "`**` is not used in templates"
            raise TypeError(message)
        self.budget.toil(size(left) + size(right))
        return self._small(self.budget.made(self.binop_table[operator](left, right)))

    def _small(self, result: Any) -> Any:
        if isinstance(result, int) and result.bit_length() > _MAX_BITS:
            self.budget.stop("a number grows too large")
        return result

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063 - Jinja's own way to keep names free
        """Every call is a step; what methods of texts and lists look at is work."""
        __self.budget.spend()
        if __obj.__class__ is ClosedMacro:
            return __self.kept.made(__obj, __context.eval_ctx, args, kwargs)
        owner = getattr(__obj, "__self__", None)
        if not isinstance(owner, _WITH_METHODS):
            if not any(__obj is known for known in __self.globals.values()):
                __self.kept.opened += 1
            return super().call(__context, __obj, *args, **kwargs)
        name = __obj.__name__
        for arg in (*args, *kwargs.values()):
            simple(arg)
            if name == "strip" and size(arg) > LONGEST_STRIP:
                __self.budget.stop(f"more than {LONGEST_STRIP} characters to strip")
        __self.budget.toil(EACH if name in ("get", "items", "keys", "values") else size(owner))
        return __self.budget.made(super().call(__context, __obj, *args, **kwargs))

    def call_filter(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        """A filter that `map` asks for by name."""
        if name == "length" and not any(args):
            return self.filters[name](value)
        if name.startswith("_"):
            message = f"no filter named {name!r}"
            raise TypeError(message)
        return super().call_filter(name, value, *args, **kwargs)

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002 - Jinja's signature
        """A template by name. To ask for it is work, also for one that is there already."""
        found = self._templates.get(name) if isinstance(name, str) else None
        if found is None:
            found = self._templates[name] = super().get_template(name, parent, globals)
        else:
            self.budget.toil(_EACH_TEMPLATE + len(name))
        return found

    def _load_template(self, name: Any, globals: Any) -> Any:  # noqa: A002 - Jinja's signature
        if not isinstance(name, str):
            message = "the name of a template is a text"
            raise TypeError(message)
        self.budget.toil(_EACH_TEMPLATE + len(name))
        return super()._load_template(name, globals)

    def written(self, name: str, values: Mapping[str, Any]) -> bytes:
        """What a template makes of its values, in UTF-8: as Jinja's own `render`, which asks two mappings for each of a few names that all templates know."""
        template = self.get_template(name)
        known = {**self.globals, **values}
        context = self.context_class(self, known, template.name, template.blocks, self.globals)
        try:
            pieces = template.root_render_func(context)
            # Piece by piece, since most have no letters but those of ASCII, which need no encoding.
            return b"".join([piece.encode(errors="surrogatepass") for piece in pieces])
        except Exception:  # noqa: BLE001 - to be raised again, with the lines of the template
            self.handle_exception()

    def module(self, name: Any) -> Any:
        """What a template has for others that import it without their own context: made once, since it hangs on nothing."""
        return self.get_template(name).module

    def as_written(self, source: str, filename: str) -> nodes.Template:
        """The tree of a template, to be looked at and not to be run: without meters."""
        _bound_nesting(source)
        return super()._parse(source, None, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        _bound_nesting(source)
        tree = super()._parse(source, name, filename)
        metered: nodes.Template = _Meter(tree, name, filename).visit(tree)
        metered.set_environment(self)
        return metered

    def _putting(self, *, escaping: bool) -> Callable[[Any], str]:
        """What makes each output of a value: its text, escaped, which is counted."""
        finish, spend = self.finalize_with, self.budget.spend
        only_escaped = escaping and not finish

        def put(value: Any) -> str:
            if value.__class__ is str and only_escaped:
                # Asking for the five is quicker than escaping what has none of them.
                if "&" in value or "<" in value or ">" in value or '"' in value or "'" in value:
                    value = escape(value)
                spend(len(value))
                return value  # type: ignore[no-any-return]
            if value.__class__ is Markup and only_escaped:
                spend(len(value))
                return value
            if value.__class__ is int and not finish:
                spend(EACH)
                return str(value)
            if isinstance(value, Undefined):
                str(value)  # complains in Jinja's own words
            if not isinstance(value, str | int | float) and value is not None:
                # A list or a view printed whole is a mistake, and its text would show how the tool is made.
                message = "this is not a text: choose one of its fields, or loop over it"
                raise TypeError(message)
            if isinstance(value, str) and escaping:
                value = escape(value)
            finished = finish(value) if finish else value
            spend(size(finished))
            return escape(finished) if escaping else str(finished)

        return put


class _Meter(NodeTransformer):
    """Sends every loop, macro, block, comparison and joined text through the meters."""

    def __init__(self, tree: nodes.Template, name: str | None, filename: str | None) -> None:
        self.name = name
        self.filename = filename
        self.extents: dict[int, tuple[int, int]] = {}
        """By the `id` of each node of the tree as it is written: how much fixed text stands in it, and how many parts it has."""
        _extents(tree, self.extents)

    def _extent(self, body: Iterable[nodes.Node]) -> tuple[int, int]:
        """How many characters of fixed text stand in a part of a template, and how much work it is to run it once."""
        found = [self.extents[id(node)] for node in body]
        return sum(each[0] for each in found), sum(each[1] for each in found)

    def _refused(self, message: str, node: nodes.Node) -> NoReturn:
        raise TemplateSyntaxError(message, node.lineno, self.name, self.filename)

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - named after the node
        if node.recursive:
            # Jinja hands what such a loop is called with to its body directly, past the meter.
            self._refused("loops cannot be recursive", node)
        static, work = self._extent([*node.body, *node.else_, *([node.test] if node.test else [])])
        self.generic_visit(node)
        node.iter = _through("_stepped", node.iter, nodes.Const(static), nodes.Const(work))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - named after the node
        self.generic_visit(node)
        return _through("_joined", nodes.List(node.nodes, lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 - named after the node
        self.generic_visit(node)
        if len(node.ops) == 1:
            return _through(f"_{node.ops[0].op}", node.expr, node.ops[0].expr)
        values = nodes.List([node.expr, *(operand.expr for operand in node.ops)], lineno=node.lineno)
        operators = nodes.List([nodes.Const(operand.op, lineno=node.lineno) for operand in node.ops])
        return _through("_compared", values, operators)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 - named after the node
        self.generic_visit(node)
        if not isinstance(node.arg, nodes.Slice):
            return node
        bounds = (node.arg.start, node.arg.stop, node.arg.step)
        return _through("_sliced", node.node, *(bound or nodes.Const(None) for bound in bounds))

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802 - named after the node
        self.generic_visit(node)
        node.key = _through("_key", node.key)
        return node

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802 - named after the node
        if node.name.startswith("_"):
            self._refused(f"No filter named '{node.name}'", node)
        return self.generic_visit(node)

    def visit_ScopedEvalContextModifier(self, node: nodes.ScopedEvalContextModifier) -> nodes.Node:  # noqa: N802 - named after the node
        self._refused("`autoescape` cannot be switched", node)

    def _metered(self, node: Any) -> nodes.Node:
        static, work = self._extent(node.body)
        self.generic_visit(node)
        entered = _through(
            "_entered", nodes.Const(static, lineno=node.lineno), nodes.Const(work + _EACH_BODY)
        )
        node.body.insert(0, nodes.ExprStmt(entered, lineno=node.lineno))
        metered: nodes.Node = node
        return metered

    visit_Template = visit_Block = visit_Macro = visit_CallBlock = _metered  # noqa: N815 - named after the nodes


_TAG = pattern(r"\{%[-+]?\s*(?:(end)\w+|(?:if|for|macro|block|call|filter|with)\b|set\s+[\w.]+\s*[-+]?%\})")


def _bound_nesting(source: str) -> None:
    """Stop at tags nested deeper than anyone writes, before Jinja's parser descends into them and Python complains of its own."""
    depth = 0
    for tag in _TAG.finditer(source):
        depth += -1 if tag[1] else 1
        if depth > _MAX_NESTING:
            raise TooMuchError(f"tags inside more than {_MAX_NESTING} others")


def _through(name: str, value: Any, *args: nodes.Expr) -> nodes.Filter:
    for arg in args:
        arg.set_lineno(value.lineno)
    return nodes.Filter(value, name, list(args), [], None, None, lineno=value.lineno)


def _extents(node: nodes.Node, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """That of a node, and in `known` of all that are in it."""
    text, parts = len(node.data) if isinstance(node, nodes.TemplateData) else 0, 1
    for child in node.iter_child_nodes():
        more = _extents(child, known)
        text, parts = text + more[0], parts + more[1]
    known[id(node)] = text, parts
    return text, parts


def _bounded_range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > MAX_RANGE:
        message = f"a range of more than {MAX_RANGE:,} numbers"
        raise TooMuchError(message)
    return found
