"""Tokens → headings, links and what may be a fault, each with its place in the Markdown."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from markdown_it.token import Token
from msgspec import Struct

from manifesto_cli.faults.catalogue.markup import broken_link, heading_level, picture_undescribed, raw_html
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome
from manifesto_cli.merging.placeholders import FilledProse
from manifesto_cli.rendering.anchors import slug, unique
from manifesto_cli.rendering.compiled import MAX_TARGET, Demand, Heading
from manifesto_cli.rendering.filling import SENTINEL, fill, filled_target
from manifesto_cli.rendering.text_places import Places
from manifesto_cli.rendering.tokens import all_of, plain_text, target_of, title_of, tokens_of

_SHOWN = 20
"""A text full of HTML need not be told of each piece."""
MAX_TITLE = 500
"""Reference definitions let one title appear a thousand times; so it must be short, as `MAX_TARGET` has it for addresses."""

Remark = Callable[[FilledProse], Iterator[Diagnostic]]
"""What may be wrong with a text, once its values and its place in a file are known."""


class Walk(Struct, frozen=True):
    """What one walk over the tokens of a text gathers."""

    places: Places
    headings: list[Heading]
    levels: list[int]
    """The level that each heading should have, after that of the title of the page."""
    slugs: dict[str, int]
    demands: list[Demand]
    html: list[tuple[int, int]]
    remarks: list[Remark]

    def doubtful(self) -> bool:
        """Whether there may be a fault in the text."""
        return bool(self.html or self.remarks) or any(
            len(demand.target) > MAX_TARGET or len(demand.title) > MAX_TITLE for demand in self.demands
        )


def walked(markdown: str, tokens: Sequence[Token]) -> Walk:
    """What there is in the tokens of a text."""
    seen = Walk(Places(markdown), [], [1], {}, [], [], [])
    for i, token in enumerate(tokens):
        if token.map:
            seen.places.enter(*token.map)
        if token.type == "html_block":
            seen.html.append(seen.places.find(token.content.strip()))
        elif token.type == "heading_open":
            _heading(seen, int(token.tag[1]), plain_text(tokens[i + 1].children or ()))
        elif token.type == "inline":
            _inline(seen, token)
    return seen


def faults_of(prose: FilledProse) -> Outcome[bool]:
    """What is wrong with a text: pieces of HTML, headings out of order, pictures without words, links that are read as text.

    There is no value where one of its addresses or titles is too long for it to be shown.
    """
    seen = walked(prose.markdown, tokens_of(prose.markdown))
    remarks = [fault for remark in seen.remarks for fault in remark(prose)]
    faults = [*(raw_html(prose.span(*piece)) for piece in seen.html[:_SHOWN]), *remarks[:_SHOWN]]
    too_long = next(iter(_too_long(seen.demands, prose)), None)
    return Outcome(None, (*faults, too_long)) if too_long else Outcome(value=True, faults=tuple(faults))


_UNREAD = re.compile(
    r"\]\((?P<kind>(?P<record>(?:pledge|idea|case-study|priority|deal):)|(?:https?://|www\.|media/|\.{0,2}/))(?P<rest>[^()\n]{3,300})\)"
)
"""What looks like a link to people and not to Markdown; a remark in parentheses behind brackets does not."""


def _heading(seen: Walk, level: int, text: str) -> None:
    # What stands above counts with the level that it should have, so that mending one heading needs no second round.
    wanted = min(max(level, 2), seen.levels[-1] + 1)
    seen.levels.append(wanted)
    if level != wanted:
        seen.remarks.append(partial(_misplaced, seen.places.line(), level, wanted))
    seen.headings.append(Heading(level, text, unique(slug(text), seen.slugs)))


def _misplaced(at: tuple[int, int], level: int, wanted: int, prose: FilledProse) -> Iterator[Diagnostic]:
    yield heading_level(prose.span(*at), level, wanted)


def _inline(seen: Walk, token: Token) -> None:
    opened = False
    for child in all_of(token.children or ()):
        if child.type == "html_inline" and not (opened and child.content.startswith("</")):
            opened = True  # where the element ends, all has been said of it
            seen.html.append(seen.places.find(child.content))
        elif child.type == "text":
            seen.remarks.extend(_unread_links(child.content, seen.places))
        elif child.type in ("link_open", "image"):
            target = target_of(child)
            demand = Demand(target, child.type == "image", title_of(child), *seen.places.find(target))
            seen.demands.append(demand)
            words = plain_text(child.children or ()) if demand.picture else ""
            if demand.picture and not SENTINEL.sub("", words).strip():
                seen.remarks.append(partial(_undescribed, demand, words))


def _undescribed(demand: Demand, words: str, prose: FilledProse) -> Iterator[Diagnostic]:
    if not fill(words, prose.values, str).strip():
        form = f"![…]({filled_target(demand.target, prose.values)})"
        yield picture_undescribed(prose.span(demand.start, demand.end), form)


def _unread_links(text: str, places: Places) -> Iterator[Remark]:
    """A fault for each link that stays text, brackets and all, since its address has spaces."""
    for found in _UNREAD.finditer(text):
        kind, rest = found["kind"], found["rest"].strip()
        if " " in rest:
            form = slug(rest) if found["record"] else rest.replace(" ", "-" if kind == "media/" else "%20")
            yield partial(_unread, places.find(kind + rest), kind + form)


def _unread(at: tuple[int, int], meant: str, prose: FilledProse) -> Iterator[Diagnostic]:
    span = prose.span(*at)
    yield broken_link(span, span.text, "an address with spaces is not read as one", f"write `{meant}`")


def _too_long(demands: Sequence[Demand], prose: FilledProse) -> Iterator[Diagnostic]:
    """The fault of each link or picture whose address or title is longer than any that a person writes."""
    for demand in demands:
        target = filled_target(demand.target, prose.values)
        if len(target) <= MAX_TARGET and len(demand.title) <= MAX_TITLE:
            continue
        at = prose.span(demand.start, min(demand.end, demand.start + MAX_TARGET))
        if len(target) > MAX_TARGET:
            why = f"an address has at most {MAX_TARGET:,} characters"
            yield broken_link(at, target[:40] + "…", why, "shorten the address")
        else:
            why = f"a title has at most {MAX_TITLE:,} characters"
            yield broken_link(at, target[:40], why, "shorten the title")
