"""Small pieces of Markdown, and what can be read from a page: its headings' anchors, and its links."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from manifesto_cli.rendering.anchors import github_anchor

MADE = "<!-- Made from the code by `make reference`. Change the sentences there, not here. -->"
"""Stands at the top of every page that is made."""


def page(title: str, *parts: str) -> str:
    """A page that says how it was made: its parts with an empty line between them."""
    return "\n\n".join([MADE, f"# {title}", *filter(None, parts)]) + "\n"


def anchor(heading: str) -> str:
    """The anchor that GitHub gives to a heading with this text, where no other heading of the page has the same."""
    return github_anchor(heading)


def code(text: str) -> str:
    """A text as code, whatever backticks are in it."""
    marks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{marks}{text}{marks}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as code in a sentence: "`a`, `b` and `c`"."""
    *most, end = [code(word) for word in words]
    return f"{', '.join(most)} {last} {end}" if most else end


def fence(text: str, kind: str = "") -> str:
    """A block of code."""
    return f"```{kind}\n{text.rstrip()}\n```"


def entry(name: str, sentence: str, more: str = "") -> str:
    """One entry of a list: what it is called, what it means, and below that in brief what else is to be known."""
    return f"- **{name}**: {sentence}" + (f"\\\n  {more}" if more else "")


def headings(tokens: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Every heading of a parsed page: where its token stands, its text, and its anchor on GitHub."""
    seen: Counter[str] = Counter()
    for i, token in enumerate(tokens):
        if token.type == "heading_open":
            text = "".join(
                child.content
                for child in tokens[i + 1].children or ()
                if child.type in ("text", "code_inline")
            )
            name = anchor(text)
            yield i, text, f"{name}-{seen[name]}" if seen[name] else name
            seen[name] += 1


def anchors(text: str) -> frozenset[str]:
    """Every anchor of a page: those of its headings, and those that it sets itself."""
    own = re.findall(r'<a id="([^"]+)">', text)
    return frozenset([*(name for _, _, name in headings(parse(text))), *own])


def links(text: str) -> Iterator[str]:
    """Where the links and pictures of a page lead, as written."""
    for block in parse(text):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if target is not None:
                yield str(target)


def parse(text: str) -> list[Token]:
    """The tokens of a page, tables included as on GitHub."""
    return MarkdownIt("commonmark").enable("table").parse(text)
