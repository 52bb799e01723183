"""Whether sites of the same content say the same: the same pages, and on each the same words, links and elements."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from msgspec import Struct

from benchmarks.content import URL, Content

_HIDDEN = frozenset({"head", "script", "style", "template"})
_FOLDERS = {"pledges": "ideas"}
"""What we call a folder that other generators call otherwise."""


class Said(Struct, frozen=True):
    """What is on a page."""

    words: tuple[str, ...]
    """In the order of the alphabet: generators list ideas in orders of their own."""
    links: tuple[str, ...]
    """Where they lead, by the names that pages have in all sites."""
    elements: Mapping[str, int]
    """How many of each there are in its body."""


def said(page: str, html: str) -> Said:
    """What is on a page; `page` is its path."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    links = (name(urljoin(URL + page, link)) for link in reader.links)
    return Said(tuple(sorted(reader.words)), tuple(sorted(links)), Counter(reader.elements))


def name(address: str) -> str:
    """What a page is called in all sites, by its path or its whole address: `ideas/x` for `pledges/x.html` and for `ideas/x/index.html`."""
    path, mark, anchor = address.removeprefix(URL).partition("#")
    path = path.removesuffix("/").removesuffix("index.html").removesuffix(".html").removesuffix("/")
    first, slash, rest = path.partition("/")
    return _FOLDERS.get(first, first) + slash + rest + mark + anchor


def pages(folder: Path) -> dict[str, Said]:
    """Every page of a site by name."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    return {name(short): said(short, path.read_text(encoding="utf-8")) for short, path in paths.items()}


def wanted(content: Content) -> Iterator[str]:
    """The name of every page that a site of this content has."""
    yield ""
    yield from (f"priorities/{priority}" for priority in content.priorities)
    yield from (posixpath.join("ideas", idea.id) for idea in content.ideas)
    yield from (posixpath.join("case-studies", study.id) for study in content.case_studies)


def differences(sites: Mapping[str, Mapping[str, Said]], content: Content) -> Iterator[str]:
    """Every difference between the first site and each other in the pages that this content has, a sentence each."""
    first, *others = sites
    for page in wanted(content):
        missing = [site for site in sites if page not in sites[site]]
        yield from (f"{site} has no page `{page}`" for site in missing)
        if missing:
            continue
        here = sites[first][page]
        for other in others:
            there = sites[other][page]
            for what in Said.__struct_fields__:
                ours, theirs = Counter(getattr(here, what)), Counter(getattr(there, what))
                if ours != theirs:
                    more, less = [*(ours - theirs).elements()][:5], [*(theirs - ours).elements()][:5]
                    yield f"`{page}`: {what} differ: {first} alone has {more}, {other} alone has {less}"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden.append(tag)
        elif not self._hidden:
            self.elements.append(tag)
            self.links += [value for key, value in attrs if tag == "a" and key == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data.split()
