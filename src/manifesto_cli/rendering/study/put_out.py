"""Whether a theme does nothing with Markdown texts but put them out, as they are: then the rest of a page does not hang on their words."""

from jinja2 import Environment, TemplateSyntaxError, nodes

from manifesto_cli.rendering.theme import Theme

FIELDS = frozenset({"body", "foreword", "if_it_fails"})
"""The fields of views that are Markdown texts, ready for the page."""
_CATCHING = nodes.Macro | nodes.CallBlock | nodes.FilterBlock | nodes.AssignBlock
"""What puts out in it is a value somewhere else."""
_NAMING = frozenset(
    {"groupby", "join", "map", "max", "min", "rejectattr", "selectattr", "sort", "sum", "unique"}
)
"""Filters that look at a field of each entry."""
_PASSING = nodes.CondExpr | nodes.And | nodes.Or | nodes.Not
"""What becomes one of its parts, or says whether it is there."""


def only_puts_texts_out(theme: Theme) -> bool:
    """Whether every mention of such a field, in any template, puts it out or asks whether there is one. A mention by a name that is made up while a page is, counts as any."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)  # only ever to parse
    names = {name for layer in theme.layers for name in layer.templates}
    for name in names:
        source = theme.template(name)
        if source is None or not name.endswith(".html"):
            continue
        try:
            tree = environment.parse(source.text)
        except TemplateSyntaxError:
            return False
        if _looked_into(tree) or any(map(_made_up, tree.find_all(nodes.Expr))):
            return False
    return True


def _looked_into(node: nodes.Node, *, harmless: bool = False, caught: bool = False) -> bool:
    """Whether anything is done with such a field but to put it out or to ask for it; what becomes of the node itself may be `harmless`."""
    if isinstance(node, nodes.Getattr) and node.attr in FIELDS:
        return not harmless
    if isinstance(node, nodes.Name) and node.name in ("self", "super"):
        return not harmless  # a whole block as a value
    caught = caught or isinstance(node, _CATCHING)
    for child in node.iter_child_nodes():
        put_out = isinstance(node, nodes.Output) and not caught
        asked = child is getattr(node, "test", None)
        passed_on = harmless and (isinstance(node, _PASSING) or _is_super(node))
        if _looked_into(child, harmless=put_out or asked or passed_on, caught=caught):
            return True
    return False


def _is_super(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "super"


def _made_up(node: nodes.Expr) -> bool:
    """Whether a field may be asked for by a name that is not written where it stands."""
    if isinstance(node, nodes.Getitem):
        # A difference is a number, and a list that is written out has no fields.
        return not isinstance(node.arg, nodes.Const | nodes.Slice | nodes.Sub) and not isinstance(
            node.node, nodes.List
        )
    if isinstance(node, nodes.Filter):
        # Some take the name of a field, by its place or as `attribute`.
        given = (*node.args, *(each.value for each in node.kwargs), node.dyn_args, node.dyn_kwargs)
        return node.name in _NAMING and any(not isinstance(each, nodes.Const | type(None)) for each in given)
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return not FIELDS.isdisjoint(node.value.split("."))
    return False
