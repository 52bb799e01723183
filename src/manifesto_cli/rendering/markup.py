"""A Markdown text with its values → headings and links; later, for a page, HTML with the links resolved.

All that hangs on the text alone is worked out once and can be kept (`compiled`). What is left is put together for each page.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.memory import Memory
from manifesto_cli.merging.placeholders import FIRST_SENTINEL, FilledProse
from manifesto_cli.rendering.anchors import slug, unique
from manifesto_cli.rendering.compiled import MAX_TARGET, Compiled, Demand, Gap, Heading
from manifesto_cli.rendering.files import Frame
from manifesto_cli.rendering.filling import SENTINEL, escape_everywhere, escape_html, fill, filled_target
from manifesto_cli.rendering.plain_texts import compiled_plainly


class ParsedProse(Struct, frozen=True):
    """A text after parsing."""

    prose: FilledProse
    compiled: Compiled
    headings: tuple[Heading, ...]
    demands: tuple[Demand, ...]
    """In the order in which they stand. Values are filled in, as in headings."""


Addresses = Mapping[str, str | None]
"""What a demand's target becomes on one page; None turns a link into plain text."""


_COLUMN = "(min-width: 48rem) 42rem, 92vw"
"""How wide a picture in a text is shown: as wide as the text."""
_NO_FRAME = Frame(0, 0, "")


def compiled(markdown: str) -> Compiled:
    """All that is to be known of a text without its values and its page."""
    return compiled_plainly(markdown) or _compiled_from_tokens(markdown)


def _compiled_from_tokens(markdown: str) -> Compiled:
    # Where every text is plain, or was kept, markdown-it is not needed, and it takes longer to load than most manifestos to read.
    from manifesto_cli.rendering.compiling import compiled_from_tokens  # noqa: PLC0415

    return compiled_from_tokens(markdown)


def parse(
    prose: FilledProse, memory: Memory | None = None, compiled: Callable[[str], Compiled] = compiled
) -> Outcome[ParsedProse]:
    """The text's headings and links; a fault for each piece of HTML, heading out of order and picture without words in it.

    Whoever keeps compiled texts hands over as `compiled` what looks there first.
    """
    text = prose.markdown
    form = memory.answer((parse, text), lambda: compiled(text)) if memory else compiled(text)
    parsed = _filled(prose, form) if prose.values else ParsedProse(prose, form, form.headings, form.demands)
    if not form.doubtful and not (
        prose.values and any(len(each.target) > MAX_TARGET for each in parsed.demands)
    ):
        return Outcome(parsed)
    # What is wrong with a text, and where in the file it is, hangs on nothing else.
    asked = (parse, prose.markdown, prose.values, prose.shifts, prose.written()) if memory else ()
    looked = memory.answer(asked, lambda: _faults(prose)) if memory else _faults(prose)
    return Outcome(parsed if looked.value else None, looked.faults)


def _faults(prose: FilledProse) -> Outcome[bool]:
    from manifesto_cli.rendering.walking import faults_of  # noqa: PLC0415 - as in `_compiled_from_tokens`

    return faults_of(prose)


def _filled(prose: FilledProse, form: Compiled) -> ParsedProse:
    """A text with values in its headings and targets."""
    headings, values = form.headings, prose.values
    if any(SENTINEL.search(heading.text) for heading in headings):
        seen: dict[str, int] = {}
        texts = [fill(heading.text, values, str) for heading in headings]
        headings = tuple(
            Heading(heading.level, text, unique(slug(text), seen))
            for heading, text in zip(headings, texts, strict=True)
        )
    targets = [filled_target(demand.target, values) for demand in form.demands]
    demands = tuple(
        demand if target == demand.target else replace(demand, target=target, filled=True)
        for demand, target in zip(form.demands, targets, strict=True)
    )
    return ParsedProse(prose, form, headings, demands)


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
    form, values = parsed.compiled, parsed.prose.values
    html = [form.parts[0]]
    for (gap, number), part in zip(form.gaps, form.parts[1:], strict=True):
        if gap is Gap.VALUE:
            html.append(_value(number, values))
        elif gap is Gap.LINK:
            html.append(_link(parsed.demands[number], addresses, values))
        elif gap is Gap.LINK_END:
            html.append("" if addresses.get(parsed.demands[number].target) is None else "</a>")
        elif gap is Gap.HEADING:
            heading = parsed.headings[number]
            level = shown_level(heading.level, shift)
            html.append(f'<h{level} id="{escape_html(prefix + heading.slug)}">')
        elif gap is Gap.HEADING_END:
            html.append(f"</h{shown_level(parsed.headings[number].level, shift)}>")
        else:
            html.append(_picture(gap, parsed.demands[number].target, addresses, frames))
        html.append(part)
    return Markup("".join(html))  # noqa: S704 - made of escaped parts


def _value(number: int, values: tuple[str, ...]) -> str:
    # Every value stands in text or in a quoted attribute, so one way to escape is right for all.
    return escape_everywhere(values[number]) if number < len(values) else chr(FIRST_SENTINEL + number)


def _link(demand: Demand, addresses: Addresses, values: tuple[str, ...]) -> str:
    href = addresses.get(demand.target)
    if href is None:
        return ""
    if not demand.title:
        return f'<a href="{escape_html(href)}">'
    title = fill(escape_html(demand.title), values, escape_everywhere)
    return f'<a href="{escape_html(href)}" title="{title}">'


def _picture(gap: Gap, target: str, addresses: Addresses, frames: Mapping[str, Frame]) -> str:
    """What stands before the words of a picture, and what behind them. A picture is the site's own; nothing else is ever shown."""
    src = addresses.get(target)
    if not src:
        return ""
    frame = frames.get(target, _NO_FRAME)
    if gap is Gap.PICTURE:
        choice = f' srcset="{escape_html(frame.srcset)}" sizes="{_COLUMN}"' if frame.srcset else ""
        return f'<img src="{escape_html(src)}"{choice} alt="'
    size = f' width="{frame.width}" height="{frame.height}"' if frame.width else ""
    return f'"{size} loading="lazy" decoding="async">'


_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?:/[A-Za-z0-9/._~-]*)?")
"""An address of which `normalizeLink` changes nothing. Nearly all are such, and it takes as long for each as to read a short text."""


def web_address(target: str) -> str:
    """An address as it may stand in a page: characters that addresses cannot hold are escaped."""
    if _PLAIN_ADDRESS.fullmatch(target):
        return target
    from markdown_it.common.normalize_url import normalizeLink  # noqa: PLC0415 - as in `_compiled_from_tokens`

    return normalizeLink(target)


def shown_level(level: int, shift: int) -> int:
    """The level on the page of a heading written on a level: never 1, which is the page's own, never past 6."""
    return min(max(level, 2) + shift, 6)
