"""Markdown → tokens, headings and links with their places; later tokens → HTML with links resolved.

Parsing takes most of a build's time, so each text is parsed once. Raw HTML is switched on in the parser
only to be seen: it is reported as a fault, and the renderer escapes it all the same.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from unicodedata import category
from urllib.parse import quote

import msgspec
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup
from msgspec import Struct

from manifesto_cli.faults.catalogue.markup import broken_link, heading_level, picture_undescribed, raw_html
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.memory import Memory
from manifesto_cli.merging.placeholders import FIRST_SENTINEL, FilledProse
from manifesto_cli.rendering.text_places import Places


class Heading(Struct, frozen=True):
    """A heading of a text; `slug` is its anchor, unique in the text."""

    level: int
    text: str
    slug: str


class Demand(Struct, frozen=True):
    """A link or picture: where it wants to lead, with placeholders filled."""

    target: str
    picture: bool
    filled: bool
    """Whether a placeholder is part of it: then it can only be judged once it is filled for good."""
    start: int
    end: int
    """Where it is written in the Markdown. A place in the file takes longer to find, and only a fault needs it."""


class ParsedProse(Struct, frozen=True):
    """A text after parsing. Tokens are never changed."""

    prose: FilledProse
    tokens: tuple[Token, ...]
    headings: tuple[Heading, ...]
    demands: tuple[Demand, ...]
    """In the order in which they stand, which is the order in which a renderer meets them."""


Addresses = Mapping[str, str | None]
"""What a demand's target becomes on one page; None turns a link into plain text."""


class Frame(Struct, frozen=True):
    """What a page says of a picture before it is there, so that nothing jumps and no more is fetched than is shown."""

    width: int
    height: int
    """In pixels; 0 where it is not known."""
    srcset: str


_COLUMN = "(min-width: 48rem) 42rem, 92vw"
"""How wide a picture in a text is shown: as wide as the text."""


_NO_FRAME = Frame(0, 0, "")


class _Html(RendererHTML):
    """HTML from tokens. Methods are rules by name; `env` brings what one page decides."""

    def heading_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A heading with its anchor, on the level that the page has room for."""
        level = _level(tokens[idx], env["shift"])
        return f'<h{level} id="{escapeHtml(next(env["slugs"]))}">'

    def heading_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The end of a heading."""
        return f"</h{_level(tokens[idx], env['shift'])}>\n"

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The start of a link, or nothing where the link became plain text."""
        href = env["addresses"].get(filled_target(str(tokens[idx].attrGet("href") or ""), env["values"]))
        env["open"].append(href is not None)
        if href is None:
            return ""
        title = tokens[idx].attrGet("title")
        return f'<a href="{escapeHtml(href)}"' + (f' title="{escapeHtml(str(title))}">' if title else ">")

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The end of a link."""
        return "</a>" if env["open"].pop() else ""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A picture of the site's own; nothing else is ever shown."""
        target = filled_target(str(tokens[idx].attrGet("src") or ""), env["values"])
        src = env["addresses"].get(target)
        alt = self.renderInlineAsText(tokens[idx].children, options, env)
        if not src:
            return escapeHtml(alt)
        frame = env["frames"].get(target, _NO_FRAME)
        size = f' width="{frame.width}" height="{frame.height}"' if frame.width else ""
        choice = f' srcset="{escapeHtml(frame.srcset)}" sizes="{_COLUMN}"' if frame.srcset else ""
        return f'<img src="{escapeHtml(src)}"{choice} alt="{escapeHtml(alt)}"{size} loading="lazy" decoding="async">'

    def html_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """HTML as the text it is."""
        return escapeHtml(tokens[idx].content)

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


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "xhtmlOut": False}, renderer_cls=_Html).enable(
        ["table", "strikethrough"]
    )
    # Targets are kept as written: which of them are sound is decided after placeholders are filled.
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser


def _as_written(url: str) -> str:
    return url


def _any_link(url: str) -> bool:  # noqa: ARG001 - the signature of what it replaces
    return True


_PARSER = _parser()
_SENTINEL = re.compile(f"[{chr(FIRST_SENTINEL)}-\U0010ffff]")
_SHOWN = 20
"""A text full of HTML need not be told of each piece."""
MAX_TARGET = 2_000
MAX_TITLE = 500
"""Reference definitions let one address or title appear a thousand times; so it must be short."""


def parse(prose: FilledProse, memory: Memory | None = None) -> Outcome[ParsedProse]:
    """The text's tokens, headings and links; a fault for each piece of HTML, heading out of order and picture without words in it."""
    if memory is None:
        return _parsed(prose)
    # What comes of a text, and where in the file it is, hangs on nothing else.
    asked = (parse, prose.markdown, prose.values, prose.shifts, prose.written())
    known = memory.answer(asked, lambda: _parsed(prose))
    value = msgspec.structs.replace(known.value, prose=prose) if known.value else None
    return Outcome(value, known.faults)


def _parsed(prose: FilledProse) -> Outcome[ParsedProse]:
    tokens = tuple(_PARSER.parse(prose.markdown))
    seen = _Seen(prose, Places(prose), [], [1], [], [], [])
    slugs: dict[str, int] = {}
    for i, token in enumerate(tokens):
        if token.map:
            seen.places.enter(*token.map)
        if token.type == "html_block":
            seen.html.append(seen.places.find(token.content.strip()))
        elif token.type == "heading_open":
            text = plain_text(tokens[i + 1].children or (), prose.values)
            _heading(seen, Heading(int(token.tag[1]), text, _unique(_slug(text), slugs)))
        elif token.type == "inline":
            _inline(seen, token)
    faults = [*(raw_html(prose.span(*piece)) for piece in seen.html[:_SHOWN]), *seen.faults[:_SHOWN]]
    too_long = next(iter(_too_long(seen.demands, prose)), None)
    if too_long:
        return Outcome(None, (*faults, too_long))
    demands = tuple(demand for demand, _ in seen.demands)
    return Outcome(ParsedProse(prose, tokens, tuple(seen.headings), demands), tuple(faults))


_UNREAD = re.compile(
    r"\]\((?P<kind>(?P<record>(?:pledge|idea|case-study|priority|deal):)|(?:https?://|www\.|media/|\.{0,2}/))(?P<rest>[^()\n]{3,300})\)"
)
"""What looks like a link to people and not to Markdown; a remark in parentheses behind brackets does not."""


class _Seen(Struct, frozen=True):
    """What one walk over the tokens of a text gathers."""

    prose: FilledProse
    places: Places
    headings: list[Heading]
    levels: list[int]
    """The level that each heading should have, after that of the title of the page."""
    demands: list[tuple[Demand, Token]]
    html: list[tuple[int, int]]
    faults: list[Diagnostic]


def _heading(seen: _Seen, heading: Heading) -> None:
    # What stands above counts with the level that it should have, so that mending one heading needs no second round.
    wanted = min(max(heading.level, 2), seen.levels[-1] + 1)
    seen.levels.append(wanted)
    if heading.level != wanted:
        seen.faults.append(heading_level(seen.prose.span(*seen.places.line()), heading.level, wanted))
    seen.headings.append(heading)


def _inline(seen: _Seen, token: Token) -> None:
    opened = False
    for child in _all(token.children or ()):
        if child.type == "html_inline" and not (opened and child.content.startswith("</")):
            opened = True  # where the element ends, all has been said of it
            seen.html.append(seen.places.find(child.content))
        elif child.type == "text":
            seen.faults.extend(_unread_links(child.content, seen))
        elif child.type in ("link_open", "image"):
            demand = _demand(child, seen.prose, seen.places)
            seen.demands.append((demand, child))
            if demand.picture and not plain_text(child.children or (), seen.prose.values).strip():
                seen.faults.append(
                    picture_undescribed(seen.prose.span(demand.start, demand.end), f"![…]({demand.target})")
                )


def _unread_links(text: str, seen: _Seen) -> Iterator[Diagnostic]:
    """A fault for each link that stays text, brackets and all, since its address has spaces."""
    for found in _UNREAD.finditer(text):
        kind, rest = found["kind"], found["rest"].strip()
        if " " not in rest:
            continue
        at = seen.prose.span(*seen.places.find(kind + rest))
        form = _slug(rest) if found["record"] else rest.replace(" ", "-" if kind == "media/" else "%20")
        why = "an address with spaces is not read as one"
        yield broken_link(at, at.text, why, f"write `{kind}{form}`")


def _demand(token: Token, prose: FilledProse, places: Places) -> Demand:
    written = str(token.attrGet("src" if token.type == "image" else "href") or "")
    target = filled_target(written, prose.values)
    return Demand(target, token.type == "image", target != written, *places.find(written))


def _too_long(demands: Sequence[tuple[Demand, Token]], prose: FilledProse) -> Iterator[Diagnostic]:
    """The fault of each link or picture whose address or title is longer than any that a person writes."""
    for demand, token in demands:
        title = str(token.attrGet("title") or "")
        if len(demand.target) <= MAX_TARGET and len(title) <= MAX_TITLE:
            continue
        at = prose.span(demand.start, min(demand.end, demand.start + MAX_TARGET))
        if len(demand.target) > MAX_TARGET:
            why = f"an address has at most {MAX_TARGET:,} characters"
            yield broken_link(at, demand.target[:40] + "…", why, "shorten the address")
        else:
            why = f"a title has at most {MAX_TITLE:,} characters"
            yield broken_link(at, demand.target[:40], why, "shorten the title")


def to_html(
    parsed: ParsedProse,
    addresses: Addresses,
    prefix: str = "",
    shift: int = 0,
    frames: Mapping[str, Frame] = MappingProxyType({}),
) -> Markup:
    """The text as HTML: headings start at level 2 + `shift`, links and pictures lead to the addresses given.

    `prefix` stands before the anchor of every heading; `frames` say of pictures how large they are.
    """
    env: dict[str, Any] = {
        "addresses": addresses,
        "frames": frames,
        "shift": shift,
        "slugs": iter([prefix + heading.slug for heading in parsed.headings]),
        "values": parsed.prose.values,
        "open": [],
    }
    html = _PARSER.renderer.render(parsed.tokens, _PARSER.options, env)
    # Every sentinel stands in text or in a quoted attribute by now, so one way to escape is right for all.
    return Markup(fill(html, parsed.prose.values, escape_everywhere))  # noqa: S704 - made of escaped parts above


def fill(text: str, values: Sequence[str], escape: Callable[[str], str]) -> str:
    """The text with each value in the place of its sentinel."""
    return _SENTINEL.sub(lambda found: escape(values[ord(found.group()) - FIRST_SENTINEL]), text)


def escape_everywhere(value: str) -> str:
    """A value as HTML text, safe between tags and inside quotation marks."""
    return escapeHtml(value).replace("'", "&#39;")


def plain_text(tokens: Sequence[Token], values: Sequence[str]) -> str:
    """What a reader sees of inline tokens, with placeholders filled and markup left out."""
    text = "".join(
        " " if token.type in ("softbreak", "hardbreak") else token.content
        for token in _all(tokens)
        if token.type != "html_inline"
    )
    return fill(text, values, str)


def filled_target(target: str, values: Sequence[str]) -> str:
    """Where a link leads once its placeholders are filled.

    A value at the very start is an address, or its beginning, and goes in as it is; anywhere else it is a
    part of one, and characters that could change what the rest means are escaped (RFC 3986, section 2.1).
    """

    def part(found: re.Match[str]) -> str:
        value = values[ord(found.group()) - FIRST_SENTINEL]
        return quote(value, safe="@") if found.start() else value

    return _SENTINEL.sub(part, target)


_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:/[A-Za-z0-9/._~-]*)?")
"""An address of which `normalizeLink` changes nothing. Nearly all are such, and it takes as long for each as to read a short text."""


def web_address(target: str) -> str:
    """An address as it may stand in a page: characters that addresses cannot hold are escaped."""
    return target if _PLAIN_ADDRESS.fullmatch(target) else normalizeLink(target)


def shown_level(level: int, shift: int) -> int:
    """The level on the page of a heading written on a level: never 1, which is the page's own, never past 6."""
    return min(max(level, 2) + shift, 6)


def _level(token: Token, shift: int) -> int:
    return shown_level(int(token.tag[1]), shift)


def _all(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.children:
            yield from _all(token.children)


def github_anchor(heading: str) -> str:
    """The anchor that GitHub gives to the first heading with this text: letters, marks, digits, `_` and `-` stay (npm: github-slugger).

    Marks are more than accents: without them words in Hindi or Thai lose their vowels.
    """
    kept = (
        character for character in heading.lower() if character in " -" or _KEPT.match(category(character))
    )
    return "".join(kept).replace(" ", "-")


_KEPT = re.compile("[LM]|Nd|Nl|Pc")
"""The general categories of Unicode that anchors keep."""


def _slug(text: str) -> str:
    """The anchor that GitHub would give a heading; but those that start with `_` are kept for themes."""
    return github_anchor(text.strip()).lstrip("_") or "section"


def _unique(slug: str, seen: dict[str, int]) -> str:
    candidate = slug
    while candidate in seen:
        seen[slug] += 1
        candidate = f"{slug}-{seen[slug]}"
    seen[candidate] = 0
    return candidate
