"""What one reading of a theme's templates gathers, and where in it the reader stands."""

import re
from collections.abc import Mapping

from jinja2 import nodes
from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.faults.catalogue.themes import template_undefined
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.rendering.study.shapes import ANYTHING, Shapes, either

MOST_STEPS = 400_000
"""A template may come from a stranger: with more parts than this to look at, looking stops."""
DEEPEST = 40
"""How many templates may include each other while one is looked at."""
_FAR = 2_000
"""How far a tag may reach over lines below it."""
Levels = tuple[tuple[SourceFile, nodes.Block], ...]
"""A block as the templates of a chain have it, from the one that counts to the one that all build on."""


class Enough(Exception):  # noqa: N818 - not a fault of the program: it ends a reading
    """There is more to look at than a theme needs."""


class Macro:
    """A macro, and what is handed to it wherever it is called."""

    def __init__(self, node: nodes.Macro | nodes.CallBlock, frame: "Frame") -> None:
        self.node = node
        self.frame = frame
        self.called = False
        self.given: dict[str, Shapes] = {}
        """What each of its parameters was given."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its parameters, in their order."""
        return tuple(each.name for each in self.node.args)

    def give(self, name: str, shapes: Shapes) -> bool:
        """Note what a parameter is given; whether that is new."""
        before = self.given.get(name)
        self.given[name] = shapes if before is None else either(before, shapes)
        return self.given[name] != before


class Notes:
    """What has been seen so far."""

    def __init__(self, options: Mapping[str, Shapes]) -> None:
        self.options = options
        """The options that the theme declares, which `site.options` has as fields."""
        self.reached: dict[str, None] = {}
        """The paths of templates that some page leads to."""
        self.guessing = False
        """Whether some template's name is worked out while pages are made, so that nobody can tell which are used."""
        self.blocks: set[tuple[str, str]] = set()
        """Blocks that stand where something shows them: the path of a template and a name."""
        self.modules: dict[str, dict[str, Shapes]] = {}
        """What each template that is imported gives, by its path."""
        self.macros: dict[str, Macro] = {}
        self.waiting: dict[str, None] = {}
        """Macros to be looked at, by their keys, since more is known of what is handed to them."""
        self.options_used: set[str] = set()
        self.all_options_used = False
        self._faults: dict[str, dict[tuple[str, int, str], Diagnostic]] = {}
        self._steps = 0

    def step(self) -> None:
        """Count a part of a template that is looked at."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise Enough

    def forget(self, owner: str) -> None:
        """Forget what was said of a macro, which is looked at anew."""
        self._faults.pop(owner, None)

    def say(self, frame: "Frame", fault: Diagnostic) -> None:
        """Note a fault."""
        span = fault.label.span
        self._faults.setdefault(frame.owner, {})[span.source.path, span.start, fault.label.text] = fault

    @property
    def faults(self) -> tuple[Diagnostic, ...]:
        """Everything that was said, each once."""
        return tuple(
            {key: fault for faults in self._faults.values() for key, fault in faults.items()}.values()
        )


class Frame(Struct, frozen=True):
    """Where the reader stands: in which template, and what has a name there."""

    notes: Notes
    source: SourceFile
    names: dict[str, Shapes]
    """Shared by all that stands in one scope."""
    top: dict[str, Shapes]
    """The names that the whole template has."""
    sure: frozenset[str] = frozenset()
    """What was tested to be there, such as `page.body`."""
    blocks: Mapping[str, Levels] = {}
    above: Levels = ()
    """What `super()` would show."""
    owner: str = ""
    """The key of the macro that is looked at, if it is one."""
    depth: int = 0

    def inside(self) -> "Frame":
        """A scope of its own: what is named in it is not known outside."""
        return replace(self, names=dict(self.names))

    def given(self, sure: frozenset[str]) -> "Frame":
        """The same where more is known to be there."""
        return replace(self, sure=self.sure | sure) if sure else self

    def undefined(
        self, node: nodes.Node, name: str, problem: str, meant: str, *, field: bool = False
    ) -> Shapes:
        """Say that there is nothing of a name, or no such field; what is known of such a value."""
        at = place(self.source, node.lineno, name, field=field)
        self.notes.say(self, template_undefined(at, problem, meant))
        return ANYTHING


def place(source: SourceFile, line: int, name: str = "", *, field: bool = False) -> Span:
    """Where a name, or a field of that name, stands on a line of a template or below it; the whole line if it does not."""
    start = source.offset(line, 1)
    first = source.line(line)
    tag = source.text[start : start + _FAR].split("%}", 1)[0]
    name = re.escape(name)
    patterns = [rf"(?<=\.){name}(?![\w-])", rf"(?<=[\"']){name}(?=[\"'])"] if field else []
    for text in (first, tag) if name else ():
        for pattern in (*patterns, rf"(?<![\w-]){name}(?![\w-])"):
            found = re.search(pattern, text)
            if found:
                return source.span(start + found.start(), start + found.end())
    bare = first.strip()
    begin = start + first.find(bare)
    return source.span(begin, begin + max(len(bare), 1)) if bare else source.span(start, start)
