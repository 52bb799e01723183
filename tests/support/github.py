"""What GitHub makes of a Markdown file, as far as links inside it go.

Its own renderer is cmark-gfm, in which links lead where they lead in markdown-it (`tests/test_booklet_anchors.py`). What that makes is cleaned:
every `id` and `name` gets `user-content-` in front, so that none can stand in for one of the page's own. Headings get such an anchor too,
made from their words (npm: github-slugger; that ours are the same is tested there too). A script then leads `#x` to the first element in the page whose id or name is `user-content-x`. (So does the code
of github/markup, jch/html-pipeline and syntax-tree/hast-util-sanitize.)
"""

import re
from urllib.parse import unquote

from markdown_it import MarkdownIt

from manifesto_cli.rendering.anchors import github_anchor
from support import pages

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PREFIX = "user-content-"
_HEADING = re.compile(r"<(h[1-6])>(.*?)</\1>", re.DOTALL)


def as_shown(markdown: str) -> str:
    """The page with anchors as GitHub makes them."""
    html = re.sub(r'(<a (?:id|name)=")', rf"\1{PREFIX}", READER.render(markdown))
    seen: dict[str, int] = {}

    def heading(found: re.Match[str]) -> str:
        name = github_anchor("".join(pages.read(found[2].encode()).words))
        number = seen.get(name, 0)
        seen[name] = number + 1
        anchor = f"{name}-{number}" if number else name
        return f'<{found[1]}>{found[2]}<a id="{PREFIX}{anchor}" class="anchor"></a></{found[1]}>'

    return _HEADING.sub(heading, html)


def links(page: pages.Page) -> list[str]:
    """Where every link inside a page wants to lead."""
    return [unquote(link["href"][1:]) for link in page.every("a") if link.get("href", "").startswith("#")]
