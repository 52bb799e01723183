"""How a template becomes Python: as Jinja has it, but for what is done dozens of times on every page.

A field of a view is read where it stands, since a view has nothing but fields; an output is one call, which also counts it; a call does not
carry the names around it, which only functions would see that no template has; and a macro says whether it is closed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.idtracking import VAR_LOAD_RESOLVE

_FIELDS = "_views_with_"
"""What stands before the name of a field, where compiled code keeps the views that have it. What Jinja writes never begins so."""
_ELSEWHERE: tuple[type[nodes.Node], ...] = (
    nodes.Block,
    nodes.Extends,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.EvalContextModifier,
)
"""What brings into a macro that it is not called with."""
_TOP = "l_0_"
"""What stands before the names that a template has at its top."""


class MeteredCode(CodeGenerator):
    """Writes the Python of a template for a `ThemeEnvironment`."""

    _finalize = CodeGenerator._FinalizeInfo(None, None)  # noqa: SLF001 - Jinja's way to say that nothing is known while compiling

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - named after the node
        """The whole module; what its functions use of the environment stands at its end, which is run before they are."""
        self.fields: set[str] = set()
        self.macro: nodes.Macro | None = None
        self.closed = False
        found = [*node.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport, nodes.Include))]
        self.stored = Counter(_stored(found))
        # What is included without context Jinja hands on at once, whatever is gathered.
        self.apart = any(isinstance(each, nodes.Include) and not each.with_context for each in found)
        super().visit_Template(node, frame)
        self.writeline("_put, _ClosedMacro = environment.put, environment.closed_macro")
        for name in sorted(self.fields):
            self.writeline(f"{_FIELDS}{name} = environment.views_with[{name!r}]")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - named after the node
        """A field of a view that is known to have it; anything else goes through the sandbox, which makes the view known if it is one."""
        name = node.attr
        # Python takes some letters for those of ASCII in a name, and Jinja does not.
        if name.isascii() and name.isidentifier() and not name.startswith("_") and not iskeyword(name):
            self.fields.add(name)
            self.write(f"(_view.{name} if (_view := ")
            self.visit(node.node, frame)
            self.write(f").__class__ in {_FIELDS}{name} else environment.getattr(_view, {name!r}))")
        else:
            self.write("environment.getattr(")
            self.visit(node.node, frame)
            self.write(f", {name!r})")

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802 - named after the node
        """A macro. One at the top of a template is closed unless something in it looks beyond what it is called with."""
        if frame.toplevel:
            self.macro, self.closed = node, next(node.find_all(_ELSEWHERE), None) is None
        super().visit_Macro(node, frame)
        if frame.toplevel:
            self.macro = None

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """The object that a macro is."""
        if macro_ref.node is self.macro and self.closed:
            self.write("_Closed")  # before the name of the class that Jinja writes
        super().macro_def(macro_ref, frame)

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802 - named after the node
        """A name, which may be one from beyond the macro."""
        self.closed = self.closed and not self._beyond(node.name, frame)
        super().visit_Name(node, frame)

    def visit_NSRef(self, node: nodes.NSRef, frame: Frame) -> None:  # noqa: N802 - named after the node
        """A field that is set, which may be one from beyond the macro."""
        self.closed = self.closed and not self._beyond(node.name, frame)
        super().visit_NSRef(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - Jinja's signature
        """A call, which the environment counts. It looks at what is called, so a macro may be called that stands beside this one, if nothing else gets its name."""
        self.write("environment.call(context, ")
        closed = self.closed
        self.visit(node.node, frame)
        if isinstance(node.node, nodes.Name):
            name, at_top = node.node.name, frame.symbols.ref(node.node.name).startswith(_TOP)
            known = (
                self.stored[name] == 1
                if at_top
                else not self.stored[name] and name in self.environment.globals
            )
            self.closed = closed and (known or self.closed)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _beyond(self, name: str, frame: Frame) -> bool:
        ref = frame.symbols.ref(name)
        load = frame.symbols.find_load(ref)
        return ref.startswith(_TOP) or (load is not None and load[0] == VAR_LOAD_RESOLVE)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - named after the node
        """What stands in a row, handed on in one piece."""
        self._gathered(
            super().visit_Output, node, frame, apart=frame.buffer is not None or len(node.nodes) == 1
        )

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - named after the node
        """A loop, whose output is handed on in one piece."""
        self._gathered(super().visit_For, node, frame, apart=frame.buffer is not None or self.apart)

    def _gathered(
        self, write: Callable[[Any, Frame], None], node: nodes.Node, frame: Frame, *, apart: bool
    ) -> None:
        """Pieces in a list, since each that is handed on by itself goes through every template that extends another."""
        if apart:
            write(node, frame)
            return
        self.buffer(frame)
        name = frame.buffer
        write(node, frame)
        frame.buffer = None
        self.writeline(f"yield concat({name})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module(")
        self.visit(node.template, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - Jinja's signature
        self.write("_put(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002 - Jinja's signature
        self.write(")")


def _stored(found: Iterable[nodes.Node]) -> Iterator[str]:
    """Every name that something in a template gets, as often as something gets it."""
    for node in found:
        if isinstance(node, nodes.Name):
            if node.ctx != "load":
                yield node.name
        elif isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name[1] if isinstance(name, tuple) else name for name in node.names)
