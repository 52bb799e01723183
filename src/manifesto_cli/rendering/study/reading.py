"""A theme's templates, read along every path a page could take: which are reached, and what they ask for that is not there."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import nodes
from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.faults.catalogue.themes import template_missing
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.rendering.study.notes import DEEPEST, Frame, Levels, Macro, Notes, place
from manifesto_cli.rendering.study.shapes import ANYTHING, TEXT, Shape, Shapes, either, entries
from manifesto_cli.rendering.study.values import sure_if, value
from manifesto_cli.rendering.theme import Theme, is_template_name

GIVEN: Mapping[str, Shapes] = dict.fromkeys(("range", "namespace", "self", "super"), ANYTHING)
"""What every template has, also one that is imported."""
_IN_MACROS: Mapping[str, Shapes] = {"caller": ANYTHING, "varargs": ANYTHING, "kwargs": ANYTHING}
Waiting = list[tuple[Frame, nodes.Block]]
"""Blocks that are read when all names of their template are known."""
Trees = Mapping[str, nodes.Template]
"""The tree of each template, by the path of its file. One that cannot be read has none."""


class Reader(Struct, frozen=True):
    """A theme that is being read."""

    theme: Theme
    trees: Trees
    notes: Notes
    seen: set[object]
    """Templates that were looked at with the same names before."""

    def page(self, name: str, names: Mapping[str, Shapes]) -> None:
        """Read a template that makes a page, and all that it leads to."""
        source = self.theme.template(name)
        if source is not None:
            self._template(source, {**GIVEN, **names}, None)
            self._macros()

    def rest(self) -> None:
        """Read what no page calls, which can have mistakes all the same."""
        for key, macro in self.notes.macros.items():
            if not macro.called:
                self.notes.waiting[key] = None
        self._macros()

    def _macros(self) -> None:
        while self.notes.waiting:
            key = next(iter(self.notes.waiting))
            del self.notes.waiting[key]
            macro = self.notes.macros[key]
            self.notes.forget(key)
            inner = replace(macro.frame, owner=key)
            given = dict.fromkeys(macro.names, ANYTHING) | macro.given
            for name, default in zip(reversed(macro.names), reversed(macro.node.defaults), strict=False):
                given[name] = either(
                    value(default, inner), macro.given.get(name, () if macro.called else ANYTHING)
                )
            self._body(macro.node.body, replace(inner, names={**inner.names, **_IN_MACROS, **given}))

    def _template(self, source: SourceFile, names: dict[str, Shapes], by: Frame | None) -> None:
        """Read a template as a page or another template shows it."""
        depth = by.depth + 1 if by else 0
        owner = by.owner if by else ""
        key = (source.path, owner, frozenset(names.items()))
        if depth > DEEPEST or (key in self.seen and not owner):
            return
        self.seen.add(key)
        chain = [*self._chain(source)]
        blocks: dict[str, Levels] = {}
        for each in chain:
            for block in self.trees[each.path].find_all(nodes.Block):
                blocks[block.name] = (*blocks.get(block.name, ()), (each, block))
        top = dict(names)
        frames = [
            Frame(self.notes, each, top, top, blocks=blocks, owner=owner, depth=depth) for each in chain
        ]
        waiting: Waiting = []
        for frame in frames:
            # Blocks of a template that extends another are shown where that other one has them, and nowhere else.
            last = frame is frames[-1]
            self._walk(self.trees[frame.source.path].body, frame, waiting if last else [])
        shown: set[str] = set()
        while waiting:
            frame, block = waiting.pop()
            if block.name not in shown:
                shown.add(block.name)
                self._block(frame, block.name, top, waiting)

    def _chain(self, source: SourceFile) -> Iterator[SourceFile]:
        """A template and those that it extends, upwards."""
        seen: set[str] = set()
        following: SourceFile | None = source
        while following and following.path not in seen and following.path in self.trees:
            seen.add(following.path)
            self.notes.reached[following.path] = None
            yield following
            parents = [*self.trees[following.path].find_all(nodes.Extends)]
            parent = parents[0] if parents else None
            self.notes.guessing |= len(parents) > 1
            here = Frame(self.notes, following, {}, {})
            following = (
                next(iter(self._named(parent.template, here, parent.lineno)), None) if parent else None
            )

    def _block(self, frame: Frame, name: str, names: dict[str, Shapes], waiting: Waiting) -> None:
        levels = frame.blocks[name]
        for source, _ in levels:
            self.notes.blocks.add((source.path, name))
        for at, (source, block) in enumerate(levels):
            inner = replace(frame, source=source, names=dict(names), above=levels[at + 1 :])
            self._walk(block.body, inner, waiting)
            if not any(name.name == "super" for name in block.find_all(nodes.Name)):
                return

    def _body(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Read a part that stands in no block of a page, such as a macro."""
        waiting: Waiting = []
        self._walk(body, frame, waiting)
        for inner, block in waiting:
            self._walk(block.body, inner, waiting)

    def _walk(self, body: Iterable[nodes.Node], frame: Frame, waiting: Waiting) -> None:
        for node in body:
            frame.notes.step()
            known = _STATEMENTS.get(type(node))
            if isinstance(node, nodes.Block):
                if node.scoped and node.name in frame.blocks:
                    self._block(frame, node.name, frame.names, waiting)
                else:
                    waiting.append((frame, node))
            elif known:
                known(self, node, frame, waiting)
            else:
                for inner in node.iter_child_nodes():
                    value(inner, frame) if isinstance(inner, nodes.Expr) else self._walk(
                        [inner], frame, waiting
                    )

    def _named(self, expression: nodes.Expr, frame: Frame, line: int) -> list[SourceFile]:
        """The templates that an expression can name; it is noted where there is none of that name, or nobody can tell."""
        several = expression.items if isinstance(expression, nodes.List | nodes.Tuple) else [expression]
        found = []
        for each in several:
            if not isinstance(each, nodes.Const) or not isinstance(each.value, str):
                frame.notes.guessing = True
                continue
            source = self.theme.template(each.value)
            if source is None and len(several) == 1:
                at = place(frame.source, line)
                frame.notes.say(frame, template_missing(at, each.value, fitting=is_template_name(each.value)))
            found += [source] if source is not None else []
        return found

    def include(self, node: nodes.Include, frame: Frame, _: Waiting) -> None:
        """Read a template that is shown here."""
        wanted = node.template
        if node.ignore_missing and not isinstance(wanted, nodes.List | nodes.Tuple):
            wanted = nodes.List([wanted, nodes.Const("")])  # of several, some may be missing
        for source in self._named(wanted, frame, node.lineno):
            self._template(source, dict(frame.names if node.with_context else GIVEN), frame)

    def imports(self, node: nodes.Import | nodes.FromImport, frame: Frame, _: Waiting) -> None:
        """Give names to what is imported."""
        sources = self._named(node.template, frame, node.lineno)
        modules = [self._module(source, frame, with_context=node.with_context) for source in sources]
        if isinstance(node, nodes.Import):
            frame.names[node.target] = (Shape("module", name=sources[0].path),) if sources else ANYTHING
            return
        for each in node.names:
            name, alias = each if isinstance(each, tuple) else (each, each)
            found = [given[name] for given in modules if name in given]
            if modules and not found:
                there = [name for given in modules for name in given]
                written = node.template.value if isinstance(node.template, nodes.Const) else "these templates"
                problem = f"there is no macro `{name}` in `{written}`"
                frame.undefined(node, name, problem, nearest(name, there))
            frame.names[alias] = either(*found) if found else ANYTHING

    def _module(self, source: SourceFile, frame: Frame, *, with_context: bool) -> dict[str, Shapes]:
        """What a template gives to those that import it."""
        known = self.notes.modules.get(source.path)
        if known is not None and not with_context:
            return known
        given: dict[str, Shapes] = self.notes.modules.setdefault(source.path, {})
        self.notes.reached[source.path] = None
        tree = self.trees.get(source.path)
        if tree is not None and frame.depth <= DEEPEST:
            names = dict(frame.names if with_context else GIVEN)
            self._walk(tree.body, Frame(self.notes, source, names, names, depth=frame.depth + 1), [])
            given |= {name: names[name] for name in given_away(tree) if name in names}
        return given

    def macro(self, node: nodes.Macro, frame: Frame, _: Waiting) -> None:
        """Give a name to a macro; what it does is read when it is known what it is handed."""
        key = f"{frame.source.path}:{node.lineno}:{node.name}"
        known = self.notes.macros.setdefault(key, Macro(node, frame))
        known.frame = frame
        frame.names[node.name] = (Shape("macro", name=key),)

    def loop(self, node: nodes.For, frame: Frame, waiting: Waiting) -> None:
        """Read what is shown for each entry."""
        over = value(node.iter, frame)
        if any(shape.kind == "options" for shape in over):
            frame.notes.all_options_used = True
        inner = frame.inside()
        _named_as(node.target, entries(over), inner)
        inner.names["loop"] = ANYTHING
        if node.test is not None:
            value(node.test, inner)
            inner = inner.given(sure_if(node.test, true=True))
        self._walk(node.body, inner, waiting)
        self._walk(node.else_, frame.inside(), waiting)

    def choice(self, node: nodes.If, frame: Frame, waiting: Waiting) -> None:
        """Read every branch; what is named in one of them may be there afterwards."""
        branches: list[dict[str, Shapes]] = []
        before = dict(frame.names)
        after = frame
        for test, body in ((node.test, node.body), *((each.test, each.body) for each in node.elif_)):
            value(test, after)
            taken = after.given(sure_if(test, true=True))
            self._walk(body, taken, waiting)
            branches.append(dict(frame.names))
            _put_back(frame.names, before)
            after = after.given(sure_if(test, true=False))
        self._walk(node.else_, after, waiting)
        for branch in branches:
            for name, shapes in branch.items():
                frame.names[name] = either(frame.names.get(name, shapes), shapes)

    def assign(self, node: nodes.Assign, frame: Frame, _: Waiting) -> None:
        """Give names to values."""
        _named_as(node.target, value(node.node, frame), frame, whole=True)

    def assign_block(self, node: nodes.AssignBlock, frame: Frame, waiting: Waiting) -> None:
        """Give a name to a piece of text."""
        if node.filter is not None:
            value(node.filter, frame)
        self._walk(node.body, frame.inside(), waiting)
        _named_as(node.target, (TEXT,), frame, whole=True)

    def with_(self, node: nodes.With, frame: Frame, waiting: Waiting) -> None:
        """Read a part that has names of its own."""
        inner = frame.inside()
        for target, given in zip(node.targets, node.values, strict=True):
            _named_as(target, value(given, frame), inner, whole=True)
        self._walk(node.body, inner, waiting)

    def call_block(self, node: nodes.CallBlock, frame: Frame, waiting: Waiting) -> None:
        """Read a call that hands over a part of the template."""
        value(node.call, frame)
        inner = frame.inside()
        for each in node.args:
            inner.names[each.name] = ANYTHING
        self._walk(node.body, inner, waiting)

    def apart(self, node: nodes.FilterBlock | nodes.Scope, frame: Frame, waiting: Waiting) -> None:
        """Read a part in which names stay."""
        if isinstance(node, nodes.FilterBlock):
            value(node.filter, frame)
        self._walk(node.body, frame.inside(), waiting)

    def nothing(self, node: nodes.Extends, frame: Frame, waiting: Waiting) -> None:
        """What a template extends has been read with it."""


def given_away(tree: nodes.Template) -> Iterator[str]:
    """The names at the top of a template that others can import: its macros, and what it sets."""
    for node in tree.body:
        if isinstance(node, nodes.Macro) and not node.name.startswith("_"):
            yield node.name
        elif isinstance(node, nodes.Assign | nodes.AssignBlock) and isinstance(node.target, nodes.Name):
            yield node.target.name


def _named_as(target: nodes.Node, shapes: Shapes, frame: Frame, *, whole: bool = False) -> None:
    """Give the names of a target; several names share out what a list holds."""
    if isinstance(target, nodes.Name):
        frame.names[target.name] = shapes
    elif isinstance(target, nodes.Tuple):
        for item in target.items:
            _named_as(item, entries(shapes) if whole else ANYTHING, frame)


def _put_back(names: dict[str, Shapes], before: Mapping[str, Shapes]) -> None:
    names.clear()
    names.update(before)


_STATEMENTS: Mapping[type[nodes.Node], Callable[[Reader, Any, Frame, Waiting], None]] = {
    nodes.Extends: Reader.nothing,
    nodes.Include: Reader.include,
    nodes.Import: Reader.imports,
    nodes.FromImport: Reader.imports,
    nodes.Macro: Reader.macro,
    nodes.For: Reader.loop,
    nodes.If: Reader.choice,
    nodes.Assign: Reader.assign,
    nodes.AssignBlock: Reader.assign_block,
    nodes.With: Reader.with_,
    nodes.CallBlock: Reader.call_block,
    nodes.FilterBlock: Reader.apart,
    nodes.Scope: Reader.apart,
}
"""How each kind of statement is read; of all others, what stands in them."""
