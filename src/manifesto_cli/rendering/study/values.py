"""An expression of a template → what is known of its value. What it asks of a view that no view has is noted on the way."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import nodes

from manifesto_cli.faults.nearest import nearest
from manifesto_cli.rendering.sandbox import METHODS
from manifesto_cli.rendering.study.notes import Frame
from manifesto_cli.rendering.study.shapes import (
    ANYTHING,
    NONE,
    NUMBER,
    TEXT,
    TRUTH,
    UNKNOWN,
    Shape,
    Shapes,
    either,
    entries,
    fields,
    listed,
)
from manifesto_cli.rendering.views.types import SiteView

_NUMBERS = frozenset({"abs", "count", "float", "int", "length", "round", "wordcount"})
_TEXTS = frozenset(
    {"capitalize", "e", "escape", "join", "lower", "replace", "title", "trim", "truncate", "upper", "urlencode"}
)  # fmt: skip
_SAME = frozenset({"list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"})
_ONE = frozenset({"first", "last", "max", "min"})
_BY_PLACE = {"rejectattr": 0, "selectattr": 0, "groupby": 0, "join": 1}
"""Filters that take the name of a field, and at which place; `attribute=` is taken by all."""
_WORDS = {
    "text": "a text",
    "number": "a number",
    "truth": "true or false",
    "list": "a list",
    "none": "nothing",
}
_KINDS: Mapping[str, type[Any]] = {"text": str, "list": tuple, "mapping": dict}


def value(node: nodes.Node, frame: Frame) -> Shapes:
    """What is known of the value of an expression."""
    frame.notes.step()
    return _VALUES.get(type(node), _other)(node, frame)


def path_of(node: nodes.Node) -> str:
    """A name and its fields as one text, such as `page.cost`; empty for all else."""
    if isinstance(node, nodes.Name):
        return node.name
    step = _step(node)
    below = path_of(node.node) if step and isinstance(node, nodes.Getattr | nodes.Getitem) else ""
    return f"{below}.{step}" if below else ""


def sure_if(node: nodes.Node, *, true: bool) -> frozenset[str]:
    """What is known to be there once a test has turned out true, or false."""
    if isinstance(node, nodes.Test) and node.name == ("defined" if true else "undefined"):
        return frozenset({path_of(node.node)} - {""})
    if isinstance(node, nodes.Not):
        return sure_if(node.node, true=not true)
    if isinstance(node, nodes.And if true else nodes.Or):
        return sure_if(node.left, true=true) | sure_if(node.right, true=true)
    return frozenset()


def field(shapes: Shapes, name: str, node: nodes.Node, frame: Frame) -> Shapes:
    """What a value has under a name. It is noted where no value of these shapes could have anything there."""
    known = [shape for shape in shapes if shape.kind != "none"]
    found = [each for shape in known if (each := _one_field(shape, name, frame)) is not None]
    if found or not known:
        return either(*found) if found else ANYTHING
    first = known[0]
    if first.kind in ("module", "macro"):
        there: Mapping[str, Any] = frame.notes.modules.get(first.name, {})
        problem = f"it has no macro `{name}`"
    elif first.kind in ("view", "options"):
        views = [shape.view for shape in known if shape.view]
        there = frame.notes.options if not views else {each: None for view in views for each in fields(view)}
        problem = f"there is no field `{name}`"
    else:
        there, problem = {}, f"there is no field `{name}`: this is {_WORDS.get(first.kind, 'no view')}"
    return frame.undefined(node, name, problem, nearest(name, there), field=True)


def _one_field(shape: Shape, name: str, frame: Frame) -> Shapes | None:
    """What a value of one shape has under a name; None where it has nothing."""
    if shape.view is SiteView and name == "options":
        return (Shape("options"),)
    if shape.view is not None:
        return fields(shape.view).get(name)
    if shape.kind == "unknown":
        return ANYTHING
    if shape.kind == "mapping":
        return ANYTHING if name in METHODS[dict] else shape.of
    if shape.kind == "options":
        frame.notes.options_used.add(name)
        return _all_options(frame) if name in METHODS[dict] else frame.notes.options.get(name)
    if shape.kind == "module":
        return frame.notes.modules.get(shape.name, {}).get(name)
    kind = _KINDS.get(shape.kind)
    return ANYTHING if kind and name in METHODS[kind] else None


def _all_options(frame: Frame) -> Shapes:
    """What some option is, when nobody can tell which."""
    frame.notes.all_options_used = True
    return ANYTHING


def _step(node: nodes.Node) -> str:
    """The name of a field that is asked for, in either way of writing; empty where it is not known."""
    if isinstance(node, nodes.Getattr):
        return str(node.attr)
    if (
        isinstance(node, nodes.Getitem)
        and isinstance(node.arg, nodes.Const)
        and isinstance(node.arg.value, str)
    ):
        return node.arg.value
    return ""


def _name(node: nodes.Name, frame: Frame) -> Shapes:
    if node.ctx != "load":
        return ANYTHING
    found = frame.names.get(node.name)
    if found is None and node.name in frame.sure:
        return ANYTHING
    if found is None:
        return frame.undefined(
            node, node.name, f"there is nothing called `{node.name}` here", nearest(node.name, frame.names)
        )
    return found


def _getattr(node: nodes.Getattr | nodes.Getitem, frame: Frame) -> Shapes:
    below = value(node.node, frame)
    step = _step(node)
    if step:
        if path_of(node) in frame.sure:
            several = [each for shape in below if (each := _one_field(shape, step, frame)) is not None]
            return either(*several) if several else ANYTHING
        return field(below, step, node, frame)
    value(node.arg, frame) if isinstance(node, nodes.Getitem) else None
    if any(shape.kind == "options" for shape in below):
        return _all_options(frame)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Slice):
        return below
    mappings = [shape.of for shape in below if shape.kind == "mapping"]
    return either(*mappings) if mappings and len(mappings) == len(below) else entries(below)


def _call(node: nodes.Call, frame: Frame) -> Shapes:
    called = node.node
    targets = value(called, frame)
    given = [value(arg, frame) for arg in node.args]
    named = {each.key: value(each.value, frame) for each in node.kwargs}
    rest = [value(each, frame) for each in (node.dyn_args, node.dyn_kwargs) if each is not None]
    macros = [shape for shape in targets if shape.kind == "macro"]
    for shape in macros:
        hand_over(shape, given, named, frame, whole=not rest)
    if macros:
        return (TEXT,)
    return _result(called, frame) if isinstance(called, nodes.Getattr) else ANYTHING


def hand_over(
    shape: Shape, given: list[Shapes], named: Mapping[str, Shapes], frame: Frame, *, whole: bool
) -> None:
    """Note what a macro is handed; what it then does with that is looked at later."""
    macro = frame.notes.macros[shape.name]
    if not macro.called:
        macro.called = True
        frame.notes.waiting[shape.name] = None
    handed = {**dict(zip(macro.names, given, strict=False)), **named}
    for name in macro.names:
        shapes = handed.get(name) if whole else ANYTHING
        if shapes is not None and macro.give(name, shapes):
            frame.notes.waiting[shape.name] = None


def _result(called: nodes.Getattr, frame: Frame) -> Shapes:
    """What a method of a text or a mapping gives."""
    quiet = frame.given(frozenset({path_of(called)} - {""}))
    below = value(called.node, quiet)
    kinds = {shape.kind for shape in below}
    if kinds == {"text"}:
        texts = {"lower", "upper", "strip"}
        return (TEXT,) if called.attr in texts else listed((TEXT,)) if called.attr == "split" else (TRUTH,)
    if kinds == {"mapping"} and called.attr in ("values", "get"):
        inner = either(*(shape.of for shape in below))
        return listed(inner) if called.attr == "values" else either(inner, (NONE,))
    return ANYTHING


def _filter(node: nodes.Filter, frame: Frame) -> Shapes:
    lenient = node.name in ("default", "d")
    below: Shapes = (TEXT,)  # a filter of a whole part of the template has no expression
    if node.node is not None:
        below = value(node.node, frame.given(frozenset({path_of(node.node)} - {""})) if lenient else frame)
    given = [value(arg, frame) for arg in node.args]
    for each in node.kwargs:
        value(each.value, frame)
    if any(shape.kind == "options" for shape in below):
        _all_options(frame)
    asked = _asked(node)
    chosen = _dotted(entries(below), asked, node, frame) if asked else ANYTHING
    if node.name in _NUMBERS:
        return (NUMBER,)
    if node.name in _TEXTS:
        return (TEXT,)
    if node.name in _SAME:
        return below if all(shape.kind == "list" for shape in below) else ANYTHING
    if node.name in _ONE:
        return entries(below)
    if node.name == "map":
        return listed(chosen) if asked else ANYTHING
    if lenient:
        return either(below, *given[:1])
    return ANYTHING


def _asked(node: nodes.Filter) -> str:
    """The name of the field that a filter takes of each entry of a list."""
    named = next((each.value for each in node.kwargs if each.key == "attribute"), None)
    at = _BY_PLACE.get(node.name, len(node.args))
    chosen = named or (node.args[at] if at < len(node.args) else None)
    tests = [arg.value for arg in node.args[at + 1 :] if isinstance(arg, nodes.Const)]
    if "defined" in tests or "undefined" in tests:
        return ""
    return chosen.value if isinstance(chosen, nodes.Const) and isinstance(chosen.value, str) else ""


def _dotted(shapes: Shapes, asked: str, node: nodes.Node, frame: Frame) -> Shapes:
    for step in asked.partition(",")[0].split("."):
        if step.isdigit():
            return ANYTHING
        shapes = field(shapes, step, node, frame)
    return shapes


def _test(node: nodes.Test, frame: Frame) -> Shapes:
    lenient = node.name in ("defined", "undefined")
    value(node.node, frame.given(frozenset({path_of(node.node)} - {""})) if lenient else frame)
    for each in (*node.args, *(pair.value for pair in node.kwargs)):
        value(each, frame)
    return (TRUTH,)


def _choice(node: nodes.CondExpr, frame: Frame) -> Shapes:
    value(node.test, frame)
    first = value(node.expr1, frame.given(sure_if(node.test, true=True)))
    other = value(node.expr2, frame.given(sure_if(node.test, true=False))) if node.expr2 else (TEXT,)
    return either(first, other)


def _and_or(node: nodes.And | nodes.Or, frame: Frame) -> Shapes:
    left = value(node.left, frame)
    right = value(node.right, frame.given(sure_if(node.left, true=isinstance(node, nodes.And))))
    return either(left, right)


def _add(node: nodes.Add, frame: Frame) -> Shapes:
    left, right = value(node.left, frame), value(node.right, frame)
    if all(shape.kind == "list" for shape in (*left, *right)):
        return listed(either(*(shape.of for shape in (*left, *right))))
    return either(left, right)


def _literal(node: nodes.List | nodes.Tuple, frame: Frame) -> Shapes:
    inner = [value(item, frame) for item in node.items]
    return listed(either(*inner) if inner else ())


def _const(node: nodes.Const, _: Frame) -> Shapes:
    kinds = {str: TEXT, bool: TRUTH, int: NUMBER, float: NUMBER, type(None): NONE}
    return (kinds.get(type(node.value), UNKNOWN),)


def _said(shape: Shape) -> Callable[[Any, Frame], Shapes]:
    """For expressions whose value is always of one kind."""

    def looked_into(node: Any, frame: Frame) -> Shapes:
        for inner in _inside(node):
            value(inner, frame)
        return (shape,)

    return looked_into


def _other(node: nodes.Node, frame: Frame) -> Shapes:
    return _said(UNKNOWN)(node, frame)


def _inside(node: nodes.Node) -> Iterator[nodes.Node]:
    """The expressions in another; what compares and what pairs is looked through."""
    for inner in node.iter_child_nodes():
        if isinstance(inner, nodes.Operand | nodes.Pair | nodes.Keyword):
            yield from inner.iter_child_nodes()
        else:
            yield inner


_VALUES: Mapping[type[nodes.Node], Callable[[Any, Frame], Shapes]] = {
    nodes.Name: _name,
    nodes.Getattr: _getattr,
    nodes.Getitem: _getattr,
    nodes.Call: _call,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.CondExpr: _choice,
    nodes.And: _and_or,
    nodes.Or: _and_or,
    nodes.Add: _add,
    nodes.List: _literal,
    nodes.Tuple: _literal,
    nodes.Const: _const,
    nodes.TemplateData: _said(TEXT),
    nodes.Concat: _said(TEXT),
    nodes.Compare: _said(TRUTH),
    nodes.Not: _said(TRUTH),
    **dict.fromkeys(
        (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos), _said(NUMBER)
    ),
}
"""How each kind of expression is looked at; all others are looked into, and their value is not known."""
