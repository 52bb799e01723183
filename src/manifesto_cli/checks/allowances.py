"""What a project has decided to live with: codes for all of it under `allow:`, or for a line in a comment `# allow: code`."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Severity, has_errors
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.faults.source import SourceFile, Span
from manifesto_cli.merging.library_check import records
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.library import Library
from manifesto_cli.reading.nodes import Mapping as Tree
from manifesto_cli.reading.nodes import Node, Scalar, Sequence
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.trees import read_tree

_ALLOW = pattern(r"#\s*allow:\s*(?P<codes>[\w, -]*)")

COME_AND_GO = frozenset(
    {
        *("site-without-url", "imprint-without-printer", "review-due", "polling-day-past", "draft-left-out"),
        *("unused-in-template", "unreached-template", "unused-theme-option", "undefined-property"),
    }
)
"""Codes that depend on the day or on what is asked for: an allowance for one of them is never one too many."""


class Allowance(Struct, frozen=True):
    """One code that is to be kept quiet: in the whole project, or on one line."""

    code: str
    at: Span
    line: int | None
    """The line, counted from 1, in the file of `at`; None for the whole project."""


def settle(
    faults: Iterable[Diagnostic],
    allow: tuple[str, ...],
    origin: Origin,
    own: Library,
    *,
    complete: bool,
) -> Faults:
    """The faults without the warnings and notes that are allowed.

    `allow` are the codes for the whole project, written at `allow` in `origin`. `complete` says that all checks have run: then a fault is
    added for each allowance, there and in the comments of the project's own files, that is of no use.
    """
    given = tuple(faults)
    general = [Allowance(code, origin.at("allow", i), None) for i, code in enumerate(allow)]
    lines = _Lines({}, {})
    used: set[Allowance] = set()
    left = []
    for fault in given:
        reasons = [] if fault.severity is Severity.ERROR else [*_reasons(fault, general, lines)]
        used.update(reasons)
        if not reasons:
            left.append(fault)
    if complete:
        ours = [allowance for source in _sources(own, origin) for allowance in lines.of(source)]
        left += _useless([*general, *ours], used, whole=not has_errors(given))
    return tuple(left)


def _reasons(fault: Diagnostic, general: list[Allowance], lines: "_Lines") -> Iterator[Allowance]:
    yield from (allowance for allowance in general if allowance.code == fault.code)
    source = fault.label.span.source
    here = [allowance for allowance in lines.of(source) if allowance.code == fault.code]
    if here:
        wanted = lines.around(fault.label.span)
        yield from (allowance for allowance in here if allowance.line in wanted)


def _useless(allowances: list[Allowance], used: set[Allowance], *, whole: bool) -> Iterator[Diagnostic]:
    """A fault for each allowance of no use. Where an error hides part of what is there, none is called unused."""
    if not allowances:
        return
    # Imported here because few manifestos allow anything, and the manual loads everything that can be said.
    from manifesto_cli.checks.manual import manual  # noqa: PLC0415
    from manifesto_cli.faults.catalogue.allowances import (  # noqa: PLC0415
        allowed_error,
        unknown_allowance,
        unused_allowance,
    )

    known = manual()
    for allowance in allowances:
        code = allowance.code
        if code not in known:
            meant = nearest(code, known)
            yield unknown_allowance(
                allowance.at, code, meant, sure=bool(meant) and meant == slip(code, known)
            )
        elif known[code].severity is Severity.ERROR:
            yield allowed_error(allowance.at, code)
        elif whole and allowance not in used and code not in COME_AND_GO:
            yield unused_allowance(allowance.at, code)


class _Lines(Struct, frozen=True):
    """The allowances in the comments of files, and the trees of those files: read when first asked for."""

    found: dict[str, tuple[Allowance, ...]]
    trees: dict[str, Node]

    def of(self, source: SourceFile) -> tuple[Allowance, ...]:
        """The allowances of a file. Most files have none, which a look at the text tells."""
        if source.path not in self.found:
            spoken = "allow:" in source.text and _ALLOW.search(source.text)
            tree = read_tree(source).value if spoken else None
            self.found[source.path] = tuple(_in_comments(source, tree)) if tree is not None else ()
            if tree is not None:
                self.trees[source.path] = tree
        return self.found[source.path]

    def around(self, span: Span) -> frozenset[int]:
        """The lines on which a fault at a place can be allowed: its own, and that on which the text begins that it lies in.

        A comment cannot stand inside a block of text, so it stands behind the `|`.
        """
        starts = [span.start]
        holder = _holding(self.trees[span.source.path], span.start)
        if holder:
            starts.append(holder.start)
        return frozenset(span.source.position(start)[0] for start in starts)


def _in_comments(source: SourceFile, tree: Node) -> Iterator[Allowance]:
    from manifesto_cli.reading.comments import comments  # noqa: PLC0415 - few files say `allow:`

    for comment in comments(source, tree):
        match = _ALLOW.match(comment.span.text)
        if not match:
            continue
        line, column = source.position(comment.span.start)
        alone = not source.line(line)[: column - 1].strip()
        start = comment.span.start + match.start("codes")
        for code in re.finditer(r"[\w-]+", match["codes"]):
            at = source.span(start + code.start(), start + code.end())
            yield Allowance(code.group(), at, _next_line(source, line) if alone else line)


def _next_line(source: SourceFile, line: int) -> int:
    """The line that a comment on a line of its own speaks of: the next that is not a comment itself."""
    line += 1
    while source.line(line).lstrip().startswith("#"):
        line += 1
    return line


def _holding(node: Node, offset: int) -> Scalar | None:
    """The text of the tree in which an offset lies."""
    if isinstance(node, Scalar):
        return node if node.start <= offset < node.end else None
    inside: Iterable[Node] = ()
    if isinstance(node, Sequence):
        inside = node.entries
    elif isinstance(node, Tree):
        inside = (entry.value for entry in node.entries.values())
    return next((found for inner in inside if (found := _holding(inner, offset))), None)


def _sources(own: Library, origin: Origin) -> Iterator[SourceFile]:
    """Every file that is the project's own to mend, each once."""
    origins = [
        origin,
        *(entry.origin for _, entry in records(own)),
        *(e.origin for e in own.sources.values()),
    ]
    yield from {each.source.path: each.source for each in origins}.values()
