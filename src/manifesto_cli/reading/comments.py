"""The comments of a file, which the tree does not hold."""

from bisect import bisect_right
from itertools import islice
from operator import attrgetter

from msgspec import Struct

from manifesto_cli.faults.catalogue.misreadings import yaml_comment, yaml_hash
from manifesto_cli.faults.diagnostic import Diagnostic, Faults
from manifesto_cli.faults.source import Edit, SourceFile, Span
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.misplaced import open_quote, opened_above
from manifesto_cli.reading.nodes import Broken, Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.trying import MAX_LINE, Mended, in_quotes, mended, proposal

_MOST_FAULTS = 20
"""A file with more of them has one cause, and shows it well before."""
_MOST_LOOKED_AROUND = 1_000
"""A person writes fewer; in a file with more, looking at the lines above each would take minutes."""
_COMMENT = pattern(r"\s#(?=[\s#!]|$)")
_CUT_OFF = pattern(r"-[ \t]+(?=#[^\s#!])")
_TEXT = pattern(r"""(?:(?<=: )|(?<=- )|(?<=[\[{,] )|(?<=[\[{,]))(?:(?!: |- |[\[{,]).)*$""")
_BRACKETS = pattern(r"""^[^"'#]*[:-] +[\[{]|^[\[{]""")
_CLOSING = pattern(r"[,\]}]")
_HEADER = pattern(r"(?P<lead>[ ]*(?:- +)*)(?:[^#\s][^#]*: +)?[|>][+\-1-9]*(?:\s+#.*)?$")
_ABOVE = 200
"""How far up the start of a block is looked for."""


class Comment(Struct, frozen=True):
    """A comment: its place from the `#` to the end of the line, and what it says after the `#` and the space."""

    span: Span
    text: str


def comments(source: SourceFile, tree: Node) -> tuple[Comment, ...]:
    """Every comment of a file, in order: each `#` that lies in no text of the tree, up to the end of its line.

    The parser takes such a `#` for a comment even where no space stands before it. Without any comment the tree
    would be the same. Of a second document, which is not in the tree, nothing is said.
    """
    text = source.text
    if "#" not in text:
        return ()
    scalars: list[Scalar | Broken] = []
    stop = _end_of_document(text, _texts(tree, scalars))
    scalars.sort(key=attrgetter("start"))
    starts = [scalar.start for scalar in scalars]
    found = []
    at = text.find("#", 0, stop)
    while at >= 0:
        i = bisect_right(starts, at) - 1
        if i >= 0 and at < scalars[i].end and not _in_header(text, scalars[i], at):
            at = text.find("#", scalars[i].end, stop)
            continue
        end = text.find("\n", at)
        end = len(text) if end < 0 else end - text.startswith("\r\n", end - 1)
        found.append(Comment(source.span(at, end), text[at:end].lstrip("#").strip()))
        at = text.find("#", end, stop)
    return tuple(found)


def comment_faults(source: SourceFile, tree: Node) -> Faults:
    """What is wrong with comments: a `#` that belongs to a text, as far as can be told."""
    found = (
        _fault(source, comment, i < _MOST_LOOKED_AROUND) for i, comment in enumerate(comments(source, tree))
    )
    return tuple(islice((fault for fault in found if fault), _MOST_FAULTS))


def _fault(source: SourceFile, comment: Comment, look_around: bool) -> Diagnostic | None:  # noqa: FBT001 - no other argument of this kind
    at = comment.span
    number, column = source.position(at.start)
    before = source.line(number)[: column - 1]
    if before and not before[-1].isspace():
        above = opened_above(at, before[-1]) if before[-1] in "'\"" else None
        if above:
            return open_quote(above)
        help, fix = proposal("put the text in quotes", _with_text(at, before), "put a space before it")
        return yaml_comment(at, help, None if _may_be_meant(before) else fix)
    if not before.strip():
        return _in_block(source, comment, number) if look_around else None
    if at.text[1:2] in ("", " ", "\t", "#", "!") or not before.strip(" \t-"):
        return None  # an entry without a value is a fault of its own, for which `cut_off` knows more
    mend = _with_text(at, before)
    without = "put the whole text in quotes, or a space after the `#` if it is a comment"
    help, fix = proposal("put the text in quotes", mend, without)
    return yaml_hash(at, help, None if _may_be_meant(before) else fix)


def _may_be_meant(before: str) -> bool:
    """Whether a comment may be meant as one after all: a text in quotes before it is whole."""
    return before.rstrip()[-1:] in ("'", '"', "]", "}")


def cut_off(source: SourceFile, dash: int) -> Mended | None:
    """The line of an entry that says nothing to YAML because it starts with `#`, with the entry in quotes."""
    number, column = source.position(dash)
    line = source.line(number)
    found = _CUT_OFF.match(line, column - 1)
    if not found or len(line) > MAX_LINE:
        return None
    start = dash + found.end() - column + 1
    words = _COMMENT.split(line[found.end() :], maxsplit=1)[0].rstrip()
    return in_quotes(source, start, start + len(words))


def _with_text(at: Span, before: str) -> Mended | None:
    """The line with the text before a `#` and the words behind it in quotes, up to what is plainly a comment."""
    end = at.start + len(_COMMENT.split(at.text, maxsplit=1)[0].rstrip())
    text = _TEXT.search(before) if len(before) < MAX_LINE else None
    if text is None or text.group()[:1] in ("[", "{"):
        return None
    start = at.start - len(before) + text.start()
    in_brackets = _BRACKETS.search(before)
    if in_brackets:
        closing = _CLOSING.search(at.source.text, at.start, end)
        end = closing.start() if closing else end
    return in_quotes(at.source, start, end)


def _in_block(source: SourceFile, comment: Comment, number: int) -> Diagnostic | None:
    """The fault of a comment that stands where a line of a block would, but for its indentation."""
    column = source.position(comment.span.start)[1] - 1
    above = number - 1
    while above > max(number - _ABOVE, 0) and (
        _indent(source, above) >= column or not source.line(above).strip()
    ):
        above -= 1
    line = source.line(above)
    header = _HEADER.match(line) if column and len(line) <= MAX_LINE else None
    if not header or column <= header.end("lead"):
        return None
    first = next(n for n in range(above + 1, number + 1) if source.line(n).strip())
    if first == number:
        # The parser found the block's indentation in the empty lines above.
        blank = (source.span(source.offset(n, 1), source.offset(n + 1, 1)) for n in range(above + 1, number))
        edits = [Edit(line.start, line.start + len(line.text.rstrip("\r\n")), "") for line in blank]
        mend = mended(source, *edits)
        words = "delete the spaces in the empty lines above"
        return yaml_comment(comment.span, words, mend.fix if mend else None)
    missing = " " * (_indent(source, first) - column)
    mend = mended(source, Edit(comment.span.start, comment.span.start, missing))
    words = "indent it with as many spaces as the text above"
    return yaml_hash(comment.span, *proposal(words, mend, indented=True))


def _indent(source: SourceFile, number: int) -> int:
    line = source.line(number)
    return len(line) - len(line.lstrip(" "))


def _texts(node: Node, found: list[Scalar | Broken]) -> int:
    """Gather every text in which a `#` can stand, also those that the tree keeps aside; the end of the last text of all."""
    if isinstance(node, Scalar):
        if "#" in node.text or node.style:
            found.append(node)
        return node.end if node.end > node.start else 0
    last = 0
    if isinstance(node, Mapping):
        for entry in node.entries.values():
            last = max(last, _texts(entry.key, found), _texts(entry.value, found))
        for aside in node.aside:
            last = max(last, _texts(aside, found))
    elif isinstance(node, Sequence):
        for part in node.entries:
            last = max(last, _texts(part, found))
    else:
        found.append(node)
        last = node.end
    return last


def _in_header(text: str, scalar: Scalar | Broken, at: int) -> bool:
    """Whether a place in a text is on the line of its `|` or `>`, where nothing but a comment can follow."""
    return isinstance(scalar, Scalar) and scalar.style in ("|", ">") and text.find("\n", scalar.start, at) < 0


def _end_of_document(text: str, last: int) -> int:
    """Where the first document ends, given where its last text does, which is nowhere if that is 0."""
    if not last:
        # A document without any text may still be opened by `---`.
        last = 3 if text.startswith("---") else max(text.find("\n---"), 0) + 4
    ends = [at for mark in ("\n---", "\n...") if (at := text.find(mark, max(last - 1, 0))) >= 0]
    return min(ends, default=len(text))
