"""Reads pages as a browser would: elements, links, ids."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

VOID = frozenset({"meta", "link", "img", "br", "hr", "input"})


@dataclass
class Page(HTMLParser):
    """What is in a page."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    """What stands in scripts: only ever data."""
    open: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        (self.blocks if self.cdata_elem == "script" else self.words).append(data)

    @property
    def text(self) -> str:
        """All that can be read, on one line."""
        return " ".join("".join(self.words).split())

    def every(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of one kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def addresses(self) -> list[str]:
        """Whatever leads or loads: links, style sheets, pictures, scripts."""
        return [
            attributes[name]
            for _, attributes in self.elements
            for name in ("href", "src")
            if name in attributes
        ]


def read(html: bytes) -> Page:
    """A page from its bytes."""
    page = Page()
    page.feed(html.decode("utf-8"))
    page.close()
    return page


def lead(page: str, address: str, base: str = "/") -> tuple[str, str] | None:
    """Where an address on a page leads inside the site: file and anchor. None if it leads outside."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        assert path.startswith(base), f"{address} leads outside {base}"
        path = path.removeprefix(base)
    elif path:
        path = normpath(join(dirname(page), path))
        assert not path.startswith(".."), f"{address} leads outside the site"
    return path or page, unquote(parts.fragment)
