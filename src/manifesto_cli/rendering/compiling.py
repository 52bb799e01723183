"""Markdown → its compiled form, by way of markdown-it's tokens."""

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from manifesto_cli.merging.placeholders import FIRST_SENTINEL
from manifesto_cli.rendering.compiled import Compiled, Gap, Within, marked, parted
from manifesto_cli.rendering.filling import SENTINEL, escape_html
from manifesto_cli.rendering.tokens import PARSER, all_of, target_of, title_of, tokens_of
from manifesto_cli.rendering.walking import walked


def compiled_from_tokens(markdown: str) -> Compiled:
    """The compiled form of any text."""
    tokens = tokens_of(markdown)
    seen = walked(markdown, tokens)
    links = [token for token in all_of(tokens) if token.type in ("link_open", "image")]
    env = {"demands": {id(token): i for i, token in enumerate(links)}, "headings": [-1], "open": []}
    html = _RENDERER.render(tokens, PARSER.options, env)
    return Compiled(
        *parted(html),
        tuple(seen.headings),
        tuple(seen.demands),
        tuple(_within(tokens, 0)) if SENTINEL.search(markdown) else (),
        seen.doubtful(),
    )


class _Html(RendererHTML):
    """HTML from tokens, with marks for what one page decides. Methods are rules by name."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A heading, whose level and anchor the page decides."""
        env["headings"][0] += 1
        return marked(Gap.HEADING, env["headings"][0])

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The end of a heading."""
        return marked(Gap.HEADING_END, env["headings"][0]) + "\n"

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The start of a link, or nothing where it leads nowhere."""
        env["open"].append(env["demands"][id(tokens[idx])])
        return marked(Gap.LINK, env["open"][-1])

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The end of a link."""
        return marked(Gap.LINK_END, env["open"].pop())

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A picture of the site's own, or its words alone; nothing else is ever shown."""
        number = env["demands"][id(tokens[idx])]
        words = escape_html(self.renderInlineAsText(tokens[idx].children, options, env))
        return marked(Gap.PICTURE, number) + words + marked(Gap.PICTURE_END, number)

    def html_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """HTML as the text it is."""
        return escape_html(tokens[idx].content)

    html_block = html_inline

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A table in a frame that can be scrolled, by keyboard too, where a phone is too narrow for it."""
        return '<div class="table" role="group" aria-label="Table" tabindex="0"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The end of a table and its frame."""
        return "</table></div>\n"

    def td_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A cell. markdown-it aligns with a `style`, which the content security policy forbids; a class does the same."""
        align = str(tokens[idx].attrGet("style") or "").removeprefix("text-align:")
        return (
            f'<{tokens[idx].tag} class="align-{align}">'
            if align in ("left", "right", "center")
            else f"<{tokens[idx].tag}>"
        )

    th_open = td_open


_RENDERER = _Html()


def _within(tokens: Sequence[Token], tables: int) -> Iterator[tuple[int, Within]]:
    """Each sentinel that stands in code, an address or a title. `tables` is how many tables are open."""
    for token in tokens:
        tables += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type in ("fence", "code_block", "code_inline"):
            for sentinel in SENTINEL.findall(token.content + token.info):
                yield ord(sentinel) - FIRST_SENTINEL, Within.CODE_IN_TABLE if tables else Within.CODE
        elif token.type in ("link_open", "image"):
            for sentinel in SENTINEL.findall(title_of(token)):
                yield ord(sentinel) - FIRST_SENTINEL, Within.TITLE
            for found in SENTINEL.finditer(target_of(token)):
                place = Within.ADDRESS if found.start() else Within.ADDRESS_START
                yield ord(found.group()) - FIRST_SENTINEL, place
        if token.children:
            yield from _within(token.children, tables)
