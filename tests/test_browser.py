"""Every page of every edition in a real browser: from a folder, and from a host under a path.

The browser is Chromium; axe-core, an npm package, looks for what keeps people out. On CI both have to be there.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest

from support.browser import NAMES, Browser, Tab
from support.built import EXAMPLES, Published
from support.serving import addresses, serving
from support.tools import package, program

TABS = 3
"""Pages that are looked at side by side: a little more than there are processors, since tabs wait for one another's answers."""
NARROW, WIDE = 320, 1280
"""Width in CSS pixels: the narrowest at which nothing may need scrolling sideways (WCAG 2.2, 1.4.10), and a desk's."""
LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules whose answers change with light and dark."""
ALIKE = 2
ENDINGS = ("", ".html", ".css", ".svg", ".png", ".ico", ".webmanifest", ".json", ".xml", ".txt")
LOOK = """(() => ({
  ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
  links: [...document.querySelectorAll("a[href], area[href], link[href]")].map((element) => element.href),
  sources: [...document.querySelectorAll("[src]")].map((element) => element.src),
  unstyled: document.styleSheets.length !== 1 || document.styleSheets[0].href === null,
  width: document.documentElement.scrollWidth,
}))()"""
AXE = """axe.run(document, {
  runOnly: %s, rules: {"target-size": {enabled: true}}, preload: false, resultTypes: ["violations"],
}).then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ": " + node.target + ": " + node.failureSummary)))"""


@dataclass(frozen=True)
class View:
    """How a page is looked at, and the rules of axe-core that it is held to, if any."""

    width: int
    scheme: str = "light"
    rules: dict[str, Any] | None = None


THOROUGH = (View(NARROW, "light", LEVELS), View(NARROW, "dark", COLOURS))


@dataclass
class Looked:
    """What was found on a page."""

    ids: frozenset[str] = frozenset()
    leads: list[str] = field(default_factory=list)
    """Where links lead, and what is shown in the page."""
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return package("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests."""
    with Browser(program(NAMES, "chromium"), tmp_path_factory.mktemp("profile")) as running:
        yield running


def look(tab: Tab, address: str, views: Sequence[View]) -> Looked:
    """Open a page, look at it in each way, and say what is wrong with it."""
    found = Looked()
    tab.seen_as(width=views[0].width, scheme=views[0].scheme)
    visit = tab.open(address)
    for view in views:
        tab.seen_as(width=view.width, scheme=view.scheme)
        seen = tab.value(LOOK)
        if seen["width"] > view.width:
            found.faults.append(f"{seen['width']} pixels wide where there are {view.width}")
        barriers = tab.value(AXE % json.dumps(view.rules)) if view.rules else ()
        found.faults += [f"{view.scheme}, {view.width}: {barrier}" for barrier in barriers]
        found.faults += ["without its style sheet"] if seen["unstyled"] else []
        found.ids, found.leads = frozenset(seen["ids"]), seen["links"] + seen["sources"]
    found.faults += visit.complaints
    found.requests = visit.requests
    return found


def look_at_all(browser: Browser, axe: str, pages: Sequence[str], views: Sequence[View]) -> dict[str, Looked]:
    """What is found on pages, several at a time."""
    with ExitStack() as stack, ThreadPoolExecutor(TABS) as pool:
        free: SimpleQueue[Tab] = SimpleQueue()
        for _ in range(TABS):
            free.put(stack.enter_context(browser.tab(axe)))

        def one(page: str) -> Looked:
            tab = free.get()
            try:
                return look(tab, page, views)
            finally:
                free.put(tab)

        return dict(zip(pages, pool.map(one, pages), strict=True))


def wrong(looked: dict[str, Looked], files: dict[str, Path], roots: Sequence[str]) -> list[str]:
    """All that is wrong with pages: what the browser found, and what leads or loads outside or nowhere.

    A browser asks every host for `favicon.ico` of its own accord, where a page names no icon.
    """
    said: list[str] = []
    there = {*files, *looked}
    for page, found in looked.items():
        root = next(root for root in roots if page.startswith(root))
        said += [f"{page}: {fault}" for fault in found.faults]
        outside = [address for address in found.requests if not address.startswith(root)]
        said += [
            f"{page} loads {address}"
            for address in outside
            if address != f"{root.split('/some/')[0]}/favicon.ico"
        ]
        for address in found.leads:
            place, anchor = urldefrag(address)
            if place.startswith(("https:", "http:", "mailto:", "tel:")) and not place.startswith(
                root.split("/some/")[0]
            ):
                continue
            file = place + "index.html" if place in roots and place.startswith("http") else place
            if file not in there or (anchor and file in looked and unquote(anchor) not in looked[file].ids):
                said.append(f"{page} leads to {address}")
    return sorted(set(said))


def chosen(edition: Published, files: dict[str, Path]) -> list[str]:
    """The addresses of an edition's pages: all of an example; of texts made up for tests two of a folder, since they are alike."""
    pages = [
        address for address, file in files.items() if address.endswith(".html") and edition.name in address
    ]
    if edition.project in EXAMPLES:
        return pages
    folders = Counter[str]()
    kept = []
    for page in pages:
        folder = page.rpartition("/")[0]
        folders[folder] += 1
        if folders[folder] <= ALIKE or folder.endswith(edition.name):
            kept.append(page)
    return kept


def test_pages_from_a_folder(browser: Browser, axe: str, editions: tuple[Published, ...]) -> None:
    """All but the page for wrong addresses, which only a host shows, and which has to know where the site is."""
    folders = {f"{edition.site.as_uri()}/": edition.site for edition in editions}
    files = addresses("", folders, *ENDINGS)
    pages = [
        page for edition in editions for page in chosen(edition, files) if not page.endswith("/404.html")
    ]
    assert len(pages) > 80
    looked = look_at_all(browser, axe, pages, THOROUGH)
    found = wrong(looked, files, list(folders))
    assert found == []


def test_pages_from_a_host_under_a_path(
    browser: Browser, axe: str, editions: tuple[Published, ...], tmp_path: Path
) -> None:
    """A project's pages on a host that it shares with others. A wrong address at any depth shows a page that leads back."""
    folders: dict[str, Path] = {}
    with serving(folders) as host:
        for edition in editions:
            prefix = f"/some/{edition.name}/"
            folders[prefix] = edition.build(tmp_path / edition.name, "--base-url", host + prefix)
        files = addresses(host, folders, *ENDINGS)
        pages = [page for edition in editions for page in chosen(edition, files)]
        looked = look_at_all(browser, "", pages, [View(WIDE)])
        roots = [host + prefix for prefix in folders]
        found = wrong(looked, files, roots)
        assert found == []
        lost = look_at_all(browser, axe, [f"{root}no/such/page.html" for root in roots], THOROUGH)
        for page in lost.values():
            page.faults = [fault for fault in page.faults if "404 (Not Found)" not in fault]
        found = wrong(lost, files, roots)
        assert found == []


def test_what_is_wrong_is_found(browser: Browser, axe: str, tmp_path: Path) -> None:
    """Were it not, the tests above would prove nothing."""
    page = tmp_path / "a.html"
    page.write_text(
        '<!doctype html><html><head><title>A</title><link rel="stylesheet" href="no.css"></head><body>'
        '<p id="a" style="width: 400px; color: #999">Words <a href="#b">b</a><img src="http://other.example/c.png" alt="">'
    )
    root = f"{tmp_path.as_uri()}/"
    said = "\n".join(wrong(look_at_all(browser, axe, [page.as_uri()], THOROUGH), {}, [root]))
    for fault in (
        "html-has-lang",
        "light, 320: color-contrast",
        "dark, 320: color-contrast",
        "pixels wide where there are 320",
        "net::ERR_FILE_NOT_FOUND",
        "loads http://other.example/c.png",
        "a.html leads to file:",
        "no.css",
    ):
        assert fault in said, fault
