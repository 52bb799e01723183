"""Tokens → Markdown again, and the escaping that keeps plain text plain in it."""

import re
from copy import deepcopy
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdformat.renderer import MDRenderer, RenderContext, RenderTreeNode

from manifesto_cli.rendering.markup import Addresses, ParsedProse, filled_target, heading_level, sentinels

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)|!(?=\[)")
_AT_START = re.compile(r"#{1,6}(?: |$)|[-+](?: |$)|[-=]+ *$|(?:- *){3,}$|[0-9]{1,9}[.)](?: |$)")


class MarkdownText(str):
    """Text that is Markdown already: the counterpart of `Markup` for HTML."""

    __slots__ = ()


def escape_markdown(value: Any) -> str:
    """A value as Markdown that shows exactly its text, on one line. What is Markdown already stays as it is."""
    if isinstance(value, MarkdownText):
        return value
    text = _SPECIAL.sub(r"\\\g<0>", " ".join(str(value).split()))
    if _AT_START.match(text):
        # At the start of a line these would begin a list, a heading or a rule; a digit cannot be escaped, its full stop can.
        digits = len(text) - len(text.lstrip("0123456789"))
        text = f"{text[:digits]}\\{text[digits:]}"
    return text


def to_markdown(parsed: ParsedProse, addresses: Addresses, prefix: str, shift: int) -> MarkdownText:
    """The text as Markdown: headings start at level 2 + `shift`, links and pictures lead to the addresses given.

    A heading to which a link of the text leads gets an anchor of its own: `prefix` and its slug.
    """
    values = parsed.prose.values
    wanted = {href.removeprefix("#") for href in addresses.values() if href and href.startswith("#")}
    slugs = iter(parsed.headings)
    tokens = [deepcopy(token) for token in parsed.tokens]
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{heading_level(int(token.tag[1]), shift)}"
            token.markup = "#" * int(token.tag[1])
        if token.type == "heading_open" and following is not None:
            anchor = prefix + next(slugs).slug
            if anchor in wanted:
                following.children = [_anchor(anchor), *(following.children or [])]
        if token.type in ("fence", "code_block"):
            token.content = token.content.translate(sentinels(values, str))
        if token.children:
            token.children = _inline(token.children, addresses, values)
    text = MDRenderer().render(tokens, _OPTIONS, {})
    return MarkdownText(text.translate(sentinels(values, escape_markdown)).strip())


def anchor(name: str) -> MarkdownText:
    """A place that links can lead to: CommonMark has no anchors of its own, and every renderer makes its own slugs."""
    return MarkdownText(f'<a id="{name}"></a>')


def _anchor(name: str) -> Token:
    return Token("html_inline", "", 0, content=anchor(name))


def _inline(tokens: list[Token], addresses: Addresses, values: tuple[str, ...]) -> list[Token]:
    """Inline tokens with their links resolved; a link that leads nowhere leaves its text."""
    kept: list[Token] = []
    leads: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            href = addresses.get(filled_target(str(token.attrGet("href") or ""), values))
            leads.append(href is not None)
            token.attrSet("href", href or "")
            token.info = (
                ""  # an autolink becomes a link like any other: its text need not be its address any more
            )
        if token.type == "link_close":
            token.info = ""
            if not leads.pop():
                continue
        elif token.type == "link_open" and not leads[-1]:
            continue
        elif token.type == "image":
            src = addresses.get(filled_target(str(token.attrGet("src") or ""), values))
            token.attrSet("src", src or "")
        elif token.type == "code_inline":
            token.content = token.content.translate(sentinels(values, str))
        kept.append(token)
    return kept


def _table(node: RenderTreeNode, context: RenderContext) -> str:
    """A table in the form of GitHub Flavored Markdown, which is what has been read."""
    rows = [row for part in node.children for row in part.children]
    lines = [
        "| "
        + " | ".join(cell.children[0].render(context) if cell.children else "" for cell in row.children)
        + " |"
        for row in rows
    ]
    marks = {"left": ":--", "right": "--:", "center": ":-:"}
    aligned = [
        marks.get(str(cell.attrs.get("style", "")).removeprefix("text-align:"), "---")
        for cell in rows[0].children
    ]
    return "\n".join([lines[0], "| " + " | ".join(aligned) + " |", *lines[1:]])


def _struck(node: RenderTreeNode, context: RenderContext) -> str:
    return "~~" + "".join(child.render(context) for child in node.children) + "~~"


class _Extension:
    """What mdformat has to know beyond CommonMark."""

    RENDERERS = {"table": _table, "s": _struck}


_OPTIONS: Any = {
    **MarkdownIt("commonmark").options,
    "mdformat": {"wrap": "keep"},
    "parser_extension": [_Extension],
}
