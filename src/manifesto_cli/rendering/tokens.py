"""Markdown → tokens. Whoever imports this loads markdown-it, which takes as long as reading a manifesto.

Raw HTML is switched on in the parser only to be seen: it is reported as a fault, and what makes HTML from tokens escapes it all the same.
"""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "xhtmlOut": False}).enable(["table", "strikethrough"])
    # Targets are kept as written: which of them are sound is decided after placeholders are filled.
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser


def _as_written(url: str) -> str:
    return url


def _any_link(url: str) -> bool:  # noqa: ARG001 - the signature of what it replaces
    return True


PARSER = _parser()


def tokens_of(markdown: str) -> list[Token]:
    """The tokens of a text, for whoever turns them into something else than HTML. They are the caller's own."""
    return PARSER.parse(markdown)


def all_of(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens and all that are inside them, in the order in which they stand."""
    for token in tokens:
        yield token
        if token.children:
            yield from all_of(token.children)


def plain_text(tokens: Sequence[Token]) -> str:
    """What a reader sees of inline tokens, markup left out; sentinels are in it."""
    return "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in all_of(tokens)
        if token.type != "html_inline"
    )


def target_of(token: Token) -> str:
    """Where a link or picture wants to lead, as written."""
    return str(token.attrGet("src" if token.type == "image" else "href") or "")


def title_of(token: Token) -> str:
    """The title of a link or picture, as written."""
    return str(token.attrGet("title") or "")
