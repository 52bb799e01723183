"""What GitHub makes of a Markdown file, as far as links inside it go.

Its own renderer is cmark-gfm. What that makes is cleaned: every `id` and `name` gets `user-content-` in front, so that none can stand in for
one of the page's own. Headings get such an anchor too, made from their words. A script then leads `#x` to the first element in the page
whose id or name is `user-content-x`. (The rules are those of github/markup, gjtorikian/html-pipeline's table of contents and
syntax-tree/hast-util-sanitize.)
"""

import re
from urllib.parse import unquote

import cmarkgfm  # type: ignore[import-untyped]  # it brings no types
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]

from support import pages

PREFIX = "user-content-"
_HEADING = re.compile(r"<(h[1-6])>(.*?)</\1>", re.DOTALL)
_NO_PART_OF_A_SLUG = re.compile(r"[^\w\- ]")


def to_html(markdown: str) -> str:
    """The HTML of cmark-gfm, which GitHub renders with."""
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE))


def slug(words: str) -> str:
    """The anchor that a heading gets from its words."""
    return _NO_PART_OF_A_SLUG.sub("", words.lower()).replace(" ", "-")


def as_shown(markdown: str) -> str:
    """The page with anchors as GitHub makes them."""
    html = re.sub(r'(<a (?:id|name)=")', rf"\1{PREFIX}", to_html(markdown))
    seen: dict[str, int] = {}

    def heading(found: re.Match[str]) -> str:
        name = slug("".join(pages.read(found[2].encode()).words))
        number = seen.get(name, 0)
        seen[name] = number + 1
        anchor = f"{name}-{number}" if number else name
        return f'<{found[1]}>{found[2]}<a id="{PREFIX}{anchor}" class="anchor"></a></{found[1]}>'

    return _HEADING.sub(heading, html)


def links(page: pages.Page) -> list[str]:
    """Where every link inside a page wants to lead."""
    return [unquote(link["href"][1:]) for link in page.every("a") if link.get("href", "").startswith("#")]
