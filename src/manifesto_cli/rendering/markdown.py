"""Tokens → Markdown again."""

import re
from collections.abc import Collection
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdformat.renderer import DEFAULT_RENDERERS, MDRenderer, RenderContext, RenderTreeNode

from manifesto_cli.patterns import pattern
from manifesto_cli.rendering.filling import fill, filled_target
from manifesto_cli.rendering.markdown_text import MarkdownText, escape_markdown, put_values
from manifesto_cli.rendering.markup import Addresses, ParsedProse, shown_level
from manifesto_cli.rendering.tokens import plain_text, tokens_of

_CODE_LANGUAGE = pattern(r"[A-Za-z0-9_+#.-]*")


def to_markdown(
    parsed: ParsedProse, addresses: Addresses, anchors: Collection[str], prefix: str, shift: int
) -> MarkdownText:
    """The text as Markdown: headings start at level 2 + `shift`, links and pictures lead to the addresses given.

    A heading whose anchor, `prefix` and its slug, is among those that links lead to gets that anchor.
    """
    values = parsed.prose.values
    slugs = iter(parsed.headings)
    tokens = tokens_of(parsed.prose.markdown)
    for token, following in zip(tokens, [*tokens, None][1:], strict=True):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{shown_level(int(token.tag[1]), shift)}"
            token.markup = "#" * int(token.tag[1])
        if token.type == "heading_open" and following is not None:
            anchor = prefix + next(slugs).slug
            if anchor in anchors:
                following.children = [_anchor(anchor), *(following.children or [])]
        if token.type in ("fence", "code_block"):
            token.content = fill(token.content, values, str)
            token.info = (_CODE_LANGUAGE.match(token.info.strip()) or [""])[0]
        if token.children:
            token.children = _inline(token.children, addresses, values)
    text = MDRenderer().render(tokens, _OPTIONS, {})
    return MarkdownText(put_values(text, values).strip())


def anchor(name: str) -> MarkdownText:
    """A place that links can lead to: CommonMark has no anchors of its own, and every renderer makes its own slugs."""
    return MarkdownText(f'<a id="{name}"></a>')


def _anchor(name: str) -> Token:
    return Token("html_inline", "", 0, content=anchor(name))


def _inline(tokens: list[Token], addresses: Addresses, values: tuple[str, ...]) -> list[Token]:
    """Inline tokens with their links resolved; a link that leads nowhere leaves its text."""
    kept: list[Token] = []
    leads: list[bool] = []
    for original in tokens:
        token = original.copy(attrs=dict(original.attrs))
        if token.type in ("link_open", "image") and token.attrs.get("title"):
            token.attrs["title"] = fill(str(token.attrs["title"]), values, str)
        if token.type == "link_open":
            href = addresses.get(filled_target(str(token.attrGet("href") or ""), values))
            leads.append(href is not None)
            token.attrSet("href", href or "")
        if token.type == "link_close":
            if not leads.pop():
                continue
        elif token.type == "link_open" and not leads[-1]:
            continue
        elif token.type == "image":
            src = addresses.get(filled_target(str(token.attrGet("src") or ""), values))
            token.attrSet("src", src or "")
            token.content = fill(plain_text(token.children or ()), values, str)
        elif token.type == "code_inline":
            token.content = " ".join(fill(token.content, values, str).split("\n"))
        if token.type == "link_open" and kept and kept[-1].type == "text":
            kept[-1].meta = {_BEFORE_LINK: True}
        kept.append(token)
    return kept


_BEFORE_LINK = "before a link"


# The renderings of mdformat that let through what is written in the text of a picture or in a title are replaced here.


def _link(node: RenderTreeNode, context: RenderContext) -> str:
    text = "".join(child.render(context) for child in node.children)
    return f"[{text}]({_target(str(node.attrs['href']))}{_title(node)})"


def _image(node: RenderTreeNode, context: RenderContext) -> str:  # noqa: ARG001 - mdformat's signature
    return f"![{escape_markdown(node.content)}]({_target(str(node.attrs['src']))}{_title(node)})"


def _target(address: str) -> str:
    """An address in angle brackets if it holds what could end it."""
    sound = re.sub(r"[\s<>\\]", lambda found: quote(found.group()), address)
    sound = re.sub(r"&(?=#?\w+;)", r"\\&", sound)
    return f"<{sound}>" if not sound or "(" in sound or ")" in sound else sound


def _title(node: RenderTreeNode) -> str:
    title = " ".join(str(node.attrs.get("title") or "").split())
    return ' "' + re.sub(r'[\\"&]', r"\\\g<0>", title) + '"' if title else ""


def _text(node: RenderTreeNode, context: RenderContext) -> str:
    """Text in which nothing strikes out, opens a fence of code or parts the cells of a table."""
    # mdformat looks for the node among its siblings, which takes minutes in a paragraph of ten thousand lines.
    following = SimpleNamespace(type="link") if node.meta.get(_BEFORE_LINK) else None
    alone: Any = SimpleNamespace(content=node.content, next_sibling=following)
    return re.sub(r"[~|]", r"\\\g<0>", DEFAULT_RENDERERS["text"](alone, context))


def _table(node: RenderTreeNode, context: RenderContext) -> str:
    """A table in the form of GitHub Flavored Markdown, which is what has been read."""
    rows = [row for part in node.children for row in part.children]
    lines = ["| " + " | ".join(_cell(cell, context) for cell in row.children) + " |" for row in rows]
    marks = {"left": ":--", "right": "--:", "center": ":-:"}
    aligned = [
        marks.get(str(cell.attrs.get("style", "")).removeprefix("text-align:"), "---")
        for cell in rows[0].children
    ]
    return "\n".join([lines[0], "| " + " | ".join(aligned) + " |", *lines[1:]])


def _cell(cell: RenderTreeNode, context: RenderContext) -> str:
    # Also in code a bar parts cells, unless there is a backslash before it.
    return re.sub(r"(?<!\\)\|", r"\\|", cell.children[0].render(context)) if cell.children else ""


def _struck(node: RenderTreeNode, context: RenderContext) -> str:
    return "~~" + "".join(child.render(context) for child in node.children) + "~~"


class _Extension:
    """What mdformat has to know beyond CommonMark."""

    RENDERERS = {"image": _image, "link": _link, "s": _struck, "table": _table, "text": _text}


_OPTIONS: Any = {
    **MarkdownIt("commonmark").options,
    "mdformat": {"wrap": "keep"},
    "parser_extension": [_Extension],
}
