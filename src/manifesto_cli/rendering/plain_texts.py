"""Markdown → its compiled form without markdown-it, for a text that is plain from its first line to its last.

Plain are paragraphs, tight lists of `- `, quotations of one paragraph and headings of level 2 to 4, with empty lines between them. In them are characters
that mean nothing in Markdown, `**strong**`, `*emphasis*` and `[words](address)`. Where there is anything else, nothing is made of the whole text: what
stands in one block can change what another means.

This is a short cut and no parser. That it makes what markdown-it makes is tried on all that ships, on the examples of CommonMark and on texts made up to
break it (`tests/test_plain_texts.py`); what it gains, and why it is not left out: docs/decisions/markdown-once.md. Sections are those of CommonMark 0.31.
"""

import re

from manifesto_cli.rendering.anchors import slug, unique
from manifesto_cli.rendering.compiled import Compiled, Demand, Gap, Heading, marked, parted
from manifesto_cli.rendering.filling import SENTINEL

MARKS = ",.;:'\"()/?%$=@#+{}^‘’“”–—…£€-"
"""Punctuation that means nothing within a line. In Markdown's eyes all of it is punctuation, and none of it is white space."""
# Letters and digits of every script are neither (`\w`, without `_`); to sentinels markdown-it has nothing to say.
_SENTINELS = SENTINEL.pattern[1:-1]
_PLAIN = rf"\w {re.escape(MARKS)}{_SENTINELS}"
# What a line of a paragraph begins with: nothing that could begin another block or underline a heading (sections 4 and 5).
_START = rf"(?:[^\W\d_]|[{_SENTINELS}]|\d++(?![.)])|[\"'(‘“£€\[*])"
_LINES = re.compile(rf"(?:(?:(?:- |  |> |\#{{2,4}} )?{_START}[{_PLAIN}*\[\]]*+)?+(?:\n|\Z))*+")

# Stars before a letter and not behind one open and cannot close. Behind a letter and not before one they close and cannot open; so they do behind
# anything but white space where white space follows (section 6.2). As each is either, and none stands between them, they belong together.
_WORDS = r"([^*\[\]\n]++(?:\n(?![-#\n])[^*\[\]\n]++)*+)"
_WITHIN = rf"(?=\w){_WORDS}(?<! )"
_BESIDE = rf"[\w*£€{_SENTINELS}]"  # to older versions of markdown-it signs of currencies are letters
# Each begins with its first character, so that the engine looks for nothing else. By now all characters are known to be plain.
_INLINE = re.compile(
    rf"\*\*(?<!{_BESIDE}\*\*){_WITHIN}\*\*(?:(?<=\w\*\*)(?!{_BESIDE})|(?=[ \n]|\Z))"
    rf"|\*(?<!{_BESIDE}\*){_WITHIN}\*(?:(?<=\w\*)(?!{_BESIDE})|(?=[ \n]|\Z))"
    rf"|\[{_WORDS}\]\(([A-Za-z0-9:/.?=#%+@,-]{{1,300}})\)"
)


def compiled_plainly(markdown: str) -> Compiled | None:
    """The compiled form of a text if it is plain; it has no fault then."""
    if "_" in markdown or " \n" in markdown or markdown[-1:] == " " or not _LINES.fullmatch(markdown):
        return None
    demands: list[Demand] = []
    headings: list[Heading] = []
    inside = _inline(markdown, demands)
    html = _blocks(inside, headings) if inside is not None else None
    if html is None:
        return None
    return Compiled(*parted(html), tuple(headings), tuple(demands), (), doubtful=False)


def _inline(markdown: str, demands: list[Demand]) -> str | None:
    """The text with its lines as HTML, marks for links in it; none if there are stars or brackets that do not belong together."""
    html, stars, end = [], 0, 0
    paragraph = seen = sought = 0
    for found in _INLINE.finditer(markdown):
        strong, emphasis, words, target = found.groups()
        html.append(markdown[end : found.start()])
        end = found.end()
        if strong:
            stars += 4
            html.append(f"<strong>{strong}</strong>")
        elif emphasis:
            stars += 2
            html.append(f"<em>{emphasis}</em>")
        else:
            html += (marked(Gap.LINK, len(demands)), words, marked(Gap.LINK_END, len(demands)))
            apart, entry = (markdown.rfind(mark, seen, end) for mark in ("\n\n", "\n- "))
            paragraph, seen = max(paragraph, entry + 1, apart + 2 if apart >= 0 else 0), end
            # As `Places` has it: where the address is first written in the paragraph, behind the one before.
            at = markdown.find(target, max(paragraph, sought))
            sought = at + len(target)
            demands.append(Demand(target, False, "", at, sought))  # noqa: FBT003 - the fields in their order
    html.append(markdown[end:])
    if (markdown.count("*"), markdown.count("["), markdown.count("]")) != (stars, len(demands), len(demands)):
        return None
    return "".join(html).replace('"', "&quot;")


def _blocks(inside: str, headings: list[Heading]) -> str | None:
    """The HTML of all blocks; none where one runs into another, or headings are not in order."""
    html, before = [], ""
    slugs: dict[str, int] = {}
    for block in [part.strip("\n") for part in inside.split("\n\n")]:
        first, lines = block[:1], block.count("\n")
        if first == "-":
            if before == "-" or (lines and lines != block.count("\n- ") + block.count("\n  ")):
                return None
            entries = block[2:].replace("\n- ", "</li>\n<li>").replace("\n  ", "\n")
            html.append(f"<ul>\n<li>{entries}</li>\n</ul>\n")
        elif first == ">":
            if lines and lines != block.count("\n> "):
                return None
            quoted = block[2:].replace("\n> ", "\n")
            html.append(f"<blockquote>\n<p>{quoted}</p>\n</blockquote>\n")
        elif first == "#":
            words = _heading(block, headings, slugs)
            if words is None:
                return None
            number = len(headings) - 1
            html.append(f"{marked(Gap.HEADING, number)}{words}{marked(Gap.HEADING_END, number)}\n")
        elif first == " " or (lines and _RUNS_ON.search(block)):
            return None
        elif first:
            html.append(f"<p>{block}</p>\n")
        before = first or before
    return "".join(html)


_RUNS_ON = re.compile("\n[-> #]")


def _heading(block: str, headings: list[Heading], slugs: dict[str, int]) -> str | None:
    """The words of a heading of one line, if it is in its place among those before it."""
    level, words = block.index(" "), block[block.index(" ") + 1 :]
    above = headings[-1].level if headings else 1
    if level > above + 1 or "\n" in block or "<" in words or "\0" in words or words[-1] == "#":
        return None
    text = words.replace("&quot;", '"')
    headings.append(Heading(level, text, unique(slug(text), slugs)))
    return words
