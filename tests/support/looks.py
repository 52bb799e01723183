"""How tests look at a page in a browser: what a rule finds wrong with it. The measuring is in `probes.js`."""

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import IntEnum
from urllib.parse import unquote, urldefrag

from support.browser import PROBES, Tab, Visit
from tools.paper import Printed, printed

NARROW, DESK, WIDE = 320, 1280, 2560
"""Width in CSS pixels: the narrowest at which nothing may need scrolling sideways (WCAG 2.2, 1.4.10), a desk's, and a wall's."""
HEAVIEST = {"document": 60_000, "font": 130_000}
"""Bytes of a page, and of all its fonts. The pages that list everything may have more."""
LISTS = frozenset({"whole", "evidence", "case-studies", "deals"})
MOST_KEYS = 60
"""How often the key is pressed on one page; pages that list everything hold hundreds of links like those before."""
_AXE = """(rules) => axe.run(document, {
  ...(rules ? {runOnly: {type: "rule", values: rules}} : {}), rules: {"target-size": {enabled: true}}, preload: false, resultTypes: ["violations"],
}).then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ": " + node.target + ": " + node.failureSummary)))"""
_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core whose answers change with light and dark."""


class Depth(IntEnum):
    """How closely a page is looked at: as one of many that are alike, as one of its kind, or from all sides."""

    BRIEF = 1
    PLAIN = 2
    CLOSE = 3


@dataclass(frozen=True)
class Subject:
    """A page to look at."""

    address: str
    root: str
    """Where its site is: nothing above it is to be asked for."""
    theme: str = ""
    edition: str = ""
    kind: str = ""
    depth: Depth = Depth.CLOSE

    def __str__(self) -> str:
        return f"{self.theme}: {self.address.removeprefix(self.root)} of {self.edition}"


@dataclass
class Found:
    """What was found on a page."""

    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What is wrong, by rule."""
    ids: frozenset[str] = frozenset()
    leads: list[str] = field(default_factory=list)
    """Where links lead, and what is shown in the page."""


Look = Callable[[Tab, Subject], Awaitable[Found]]


async def glance(tab: Tab, subject: Subject) -> Found:
    """What a page says of itself as it loads, at the width of a phone."""
    found = Found()
    await tab.seen_as(NARROW)
    visit = await tab.open(subject.address)
    page = await tab.ask("probes.page()")
    found.ids, found.leads = frozenset(page["ids"]), page["links"] + page["sources"]
    overhear(visit, subject, found)
    found.faults["style"] += ["without its style sheet"] if page["unstyled"] else []
    found.faults["policy"] += [f"inline: {element}" for element in page["inline"]]
    if "style-src 'self'" not in page["policy"] or not page["policyFirst"]:
        found.faults["policy"].append(f"begins without a policy: {page['policy']!r}")
    return found


def overhear(visit: Visit, subject: Subject, found: Found) -> None:
    """Note what the console has shown and what has been asked for until now."""
    found.faults["console"] = [*visit.complaints]
    found.faults["elsewhere"] = [
        f"loads {address}" for address in visit.requests if not _own(address, subject.root)
    ]


def _own(address: str, root: str) -> bool:
    """Whether it belongs to the site. A browser asks every host for `favicon.ico` of its own accord, where a page names no icon."""
    return address.startswith(root) or address == f"{root.partition('/some/')[0]}/favicon.ico"


async def arrive(tab: Tab, subject: Subject) -> Found:
    """The same, and what came over the network and stays behind."""
    found = await glance(tab, subject)
    found.faults["weight"] += await weight(tab, subject)
    if subject.root.startswith("http"):  # what is opened from a folder can keep nothing
        found.faults["storage"] += await storage(tab)
    return found


async def survey(tab: Tab, subject: Subject) -> Found:
    """All that one visit finds: as the page loads, at every width, in every mode. It needs the script of axe-core."""
    found = await arrive(tab, subject)
    faults = found.faults
    await tab.ask("probes.open()")
    if subject.depth >= Depth.PLAIN:
        faults["barriers"] += [f"light, {NARROW}: {barrier}" for barrier in await tab.ask(_AXE)]
    await sizes(tab, subject, faults)
    if subject.edition == "right-to-left":
        faults["mirror"] += await tab.ask("probes.mirrored()")
    if subject.depth is Depth.CLOSE:
        await modes(tab, subject, faults)
    overhear(tab.visit, subject, found)
    return found


async def weight(tab: Tab, subject: Subject) -> list[str]:
    """What is too heavy or too much, as transferred."""
    weights = await tab.visit.weights()
    said = [
        f"{sum(weights.get(what, ())):,} bytes of {what}, at most {most:,}"
        for what, most in HEAVIEST.items()
        if sum(weights.get(what, ())) > most and not (what == "document" and _may_be_long(subject))
    ]
    many = {"stylesheet": len(weights.get("stylesheet", ())), "script": len(weights.get("script", ()))}
    return said + [f"{count} of {what}, at most 1" for what, count in many.items() if count > 1]


def _may_be_long(subject: Subject) -> bool:
    """Pages that list everything, and texts that were made longer on purpose."""
    return subject.kind in LISTS or subject.edition == "hostile"


async def storage(tab: Tab) -> list[str]:
    """What the page leaves in the browser."""
    return [
        *(f"cookie {cookie.get('name')}" for cookie in await tab.page.context.cookies()),
        *await tab.ask("probes.kept()"),
    ]


async def sizes(tab: Tab, subject: Subject, faults: dict[str, list[str]]) -> None:
    """Nothing is wider than its window or cut off, and fingers meet what is to be met."""
    for width in (NARROW, DESK):
        await tab.seen_as(width)
        faults["overflow"] += [f"{width}: {fault}" for fault in await tab.ask("probes.overflow()")]
        faults["targets"] += [f"{width}: {fault}" for fault in await tab.ask("probes.targets()")]
    if subject.depth >= Depth.PLAIN:
        # Text alone at 200 %, as readers set it in their browser: WCAG 2.2, 1.4.4. What is asked of the width in `rem` follows, as there.
        await tab.talk.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        faults["overflow"] += [f"text at 200 %: {fault}" for fault in await tab.ask("probes.overflow()")]
        await tab.talk.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    if subject.depth is Depth.CLOSE:
        await tab.seen_as(WIDE)
        faults["overflow"] += [f"{WIDE}: {fault}" for fault in await tab.ask("probes.overflow()")]
        # A window of 1280 by 1024 at 400 %: WCAG 2.2, 1.4.10.
        await tab.seen_as(NARROW, height=256, scale=4)
        faults["overflow"] += [f"at 400 %: {fault}" for fault in await tab.ask("probes.overflow()")]


async def modes(tab: Tab, subject: Subject, faults: dict[str, list[str]]) -> None:
    """Dark, a desk's width, more contrast, the colours of the reader's system, and no motion."""
    await tab.seen_as(NARROW, "dark")
    faults["barriers"] += [f"dark, {NARROW}: {barrier}" for barrier in await tab.ask(_AXE, _COLOURS)]
    faults["motion"] += await tab.ask("probes.moving()")
    await tab.seen_as(DESK)
    if subject.kind not in LISTS:  # which hold nothing that is elsewhere on a desk, and take axe-core seconds
        faults["barriers"] += [f"light, {DESK}: {barrier}" for barrier in await tab.ask(_AXE)]
    stood_out = await tab.page.evaluate_handle("probes.solid()")
    for scheme in ("light", "dark"):
        await tab.seen_with(color_scheme=scheme, contrast="more")
        faults["contrast"] += [f"{scheme}, more: {fault}" for fault in await tab.ask("probes.faint(7)")]
        await tab.seen_with(contrast="no-preference", forced_colors="active")
        faults["forced"] += [
            f"{scheme}: {fault}" for fault in await tab.ask("(all) => probes.forced(all)", stood_out)
        ]
        await tab.seen_with(forced_colors="none")
        faults["contrast"] += [f"{scheme}, {DESK}: {fault}" for fault in await tab.ask("probes.faint(4.5)")]


async def keyboard(tab: Tab, subject: Subject) -> Found:
    """What a reader without a mouse meets: the skip link, the order of the focus, its looks in every mode."""
    found = Found()
    faults = found.faults
    await tab.seen_as(DESK)
    await tab.open(subject.address)
    await tab.ask("probes.open()")
    count = await tab.ask("probes.startWalk()")
    keys = min(count, MOST_KEYS)
    for _ in range(keys):
        await tab.page.keyboard.press("Tab")
    faults["walk"] += await tab.ask("(keys) => probes.endWalk(keys)", keys)
    faults["trap"] += await leaves(tab, whole=keys == count)
    for view, width, mode in (
        ("dark", DESK, {"color_scheme": "dark"}),
        ("narrow", NARROW, {}),
        ("forced colours", DESK, {"forced_colors": "active"}),
        ("forced dark colours", DESK, {"forced_colors": "active", "color_scheme": "dark"}),
    ):
        await tab.seen_as(width)
        await tab.seen_with(**mode)
        faults["focus"] += [f"{view}: {fault}" for fault in await tab.ask("probes.focusEach()")]
    faults["skip"] += await skips(tab)
    faults["details"] += await folds(tab)
    return found


async def skips(tab: Tab) -> list[str]:
    """What is wrong with the first thing that the key comes to: a link past what all pages begin with."""
    first = await tab.ask("probes.goToFirst()")
    if not first["leads"]:
        return [f"begins with {first['name']}"]
    await tab.page.keyboard.press("Enter")
    await tab.page.keyboard.press("Tab")
    past = await tab.ask("probes.pastTheTop()")
    return [] if past else [f"does not lead past {await tab.ask('probes.name(document.activeElement)')}"]


async def leaves(tab: Tab, *, whole: bool) -> list[str]:
    """Whether the key is caught somewhere: forwards the last element is left, backwards so is every other."""
    here = "probes.name(document.activeElement) + [...document.querySelectorAll('*')].indexOf(document.activeElement)"
    last = await tab.ask(here)
    await tab.page.keyboard.press("Tab")
    caught = [f"does not let go: {last}"] if whole and await tab.ask(here) == last else []
    await tab.page.keyboard.press("Shift+Tab")
    for _ in range(3):
        before = await tab.ask(here)
        await tab.page.keyboard.press("Shift+Tab")
        if await tab.ask(here) == before:
            caught.append(f"does not let go backwards: {before}")
    return caught


async def folds(tab: Tab) -> list[str]:
    """What does not open and close by key."""
    said = []
    for summary in (await tab.page.query_selector_all("details > summary"))[:3]:
        states = []
        for key in ("Enter", "Space"):
            await summary.evaluate("(summary) => summary.focus()")
            await tab.page.keyboard.press(key)
            states.append(await summary.evaluate("(summary) => summary.parentElement.open"))
        if states[0] == states[1]:
            said.append(f"does not open and close: {await summary.inner_text()}")
    return said


async def without_script(tab: Tab, subject: Subject) -> Found:
    """What does not work by key where no script runs: what folds, the contents, the filter of pledges."""
    found = Found()
    await tab.seen_as(DESK)
    await tab.open(subject.address)
    await tab.ask(PROBES)
    found.faults["details"] += await folds(tab)
    found.faults["contents"] += await leads(tab)
    found.faults["filter"] += await narrows(tab)
    return found


async def leads(tab: Tab) -> list[str]:
    """What in a list of contents does not lead to its part of the page."""
    links = await tab.page.query_selector_all("main nav a[href^='#']")
    said = []
    for link in links[:2] + links[2:][-1:]:
        await link.focus()
        await tab.page.keyboard.press("Enter")
        if not await tab.ask(
            "(id) => probes.inView(document.getElementById(decodeURIComponent(id)))",
            (await link.get_attribute("href") or "")[1:],
        ):
            said.append(f"does not lead on: {await link.inner_text()}")
    return said


async def narrows(tab: Tab) -> list[str]:
    """What is wrong with the choices above a list of pledges: each must leave some of them, and one must leave all."""
    choices = await tab.page.query_selector_all("main fieldset input")
    if not choices:
        return []
    shown = "[...document.querySelectorAll('main li a[href*=\"pledges/\"]')].filter(probes.seen).length"
    every = await tab.ask(shown)
    counts = []
    for choice in choices:
        radio = await choice.get_attribute("type") == "radio"
        await choice.focus()
        # A radio button is chosen by coming to it, a box by the space bar, which also takes the choice back.
        await tab.page.keyboard.press("Space")
        if not await choice.is_checked():
            return [f"is not chosen by key: {await choice.get_attribute('id')}"]
        counts.append(await tab.ask(shown))
        if not radio:
            await tab.page.keyboard.press("Space")
    left = [count for count in counts if 0 < count < every]
    whole = counts.count(every) if every else 0
    if not left or len(left) + whole < len(counts):
        return [f"leaves {counts} of {every}"]
    return []


async def paper(tab: Tab, subject: Subject) -> Found:
    """What is wrong with the page as it is printed."""
    found = Found()
    await tab.seen_as(DESK, "dark")  # a reader who likes dark does not want black paper
    await tab.open(subject.address)
    await tab.seen_with(media="print")
    wanted = await tab.ask("probes.toPaper()")
    pages = printed(await tab.page.pdf(format="A4", prefer_css_page_size=True))
    text = [_bare(page.text) for page in pages]
    found.faults["navigation"] += wanted["navigation"]
    found.faults["folded"] += wanted["closed"]
    if not any(_holds(side, wanted["imprint"], subject) for side in (text[0], text[-1])):
        found.faults["imprint"].append(f"neither on the first nor on the last of {len(pages)} pages")
    found.faults["addresses"] += [
        address
        for address in wanted["addresses"]
        if subject.edition != "right-to-left"  # where lines of an address come in another order on paper
        and _bare(address) not in "".join(text)
    ]
    found.faults["stranded"] += [
        f"at the foot of page {i}" for i, page in enumerate(pages, 1) if stranded(page)
    ]
    return found


def _bare(text: str) -> str:
    """Text without spaces and hyphens: lines of paper end in either, and readers of paper take a hyphen there for a break."""
    return re.sub(r"[\s\u00ad\u0002\ufffe-]", "", text)


def _holds(side: str, imprint: str, subject: Subject) -> bool:
    """Whether a page of paper holds the imprint; of a script from right to left, whose order is lost on paper, all words that run as ours."""
    if subject.edition == "right-to-left":
        return bool(imprint) and all(word in side for word in re.findall(r"[A-Za-z]+", imprint))
    return bool(imprint) and _bare(imprint) in side


HEADING = (1, 0, 2)
"""The colour that headings are given for the time of printing, by which they are known on paper."""
_LINE = 4.0
"""Points: pieces of text whose feet are this close stand in one line."""


def stranded(page: Printed) -> bool:
    """Whether the last line of a page is a heading's."""
    foot = min((bottom for bottom, _ in page.pieces), default=0.0)
    return HEADING in [colour for bottom, colour in page.pieces if bottom <= foot + _LINE]


def dangling(found: dict[Subject, Found], files: frozenset[str]) -> list[str]:
    """Every link that leads nowhere, inside the sites. `files` are the addresses of what they hold."""
    said = []
    ids = {subject.address: page.ids for subject, page in found.items()}
    for subject, page in found.items():
        host = subject.root.partition("/some/")[0]
        for lead in page.leads:
            place, anchor = urldefrag(lead)
            if place.startswith(("https:", "http:", "mailto:", "tel:")) and not place.startswith(host):
                continue
            file = place + "index.html" if place == subject.root and place.startswith("http") else place
            if (file not in files and file not in ids) or (
                anchor and unquote(anchor) not in ids.get(file, {unquote(anchor)})
            ):
                said.append(f"{subject} leads to {lead}")
    return sorted(set(said))


def told(found: dict[Subject, Found], rule: str) -> list[str]:
    """What a rule has found, page by page."""
    return [f"{subject}: {fault}" for subject, page in found.items() for fault in page.faults.get(rule, ())]
