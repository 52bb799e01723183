"""A preview as somebody sees it who writes: in Chromium, with files that are saved meanwhile."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import playwright.async_api as driver
import pytest

from support.browser import Browser, Scheme, Tab
from support.previews import IDEA, PATIENCE, Preview, previewed, project

LONG = "".join(f"\n  Paragraph {i} with some words in it.\n" for i in range(200))
MARKED = "window.stillHere === true"
OVERLAY = """(() => {
  const host = document.querySelector("manifesto-preview");
  const dialog = host && host.shadowRoot.querySelector("dialog");
  if (!dialog || !dialog.open) return null;
  return {
    text: dialog.innerText,
    role: dialog.getAttribute("role"),
    excerpt: dialog.querySelector("pre")?.textContent ?? "",
    link: dialog.querySelector("a")?.href ?? "",
    focused: host.shadowRoot.activeElement === dialog,
  };
})()"""


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of a project with a long foreword."""
    project(tmp_path)
    place = tmp_path / "manifesto.yaml"
    place.write_text(place.read_text().replace("  First words.\n", f"  First words.\n{LONG}"))
    with previewed(tmp_path) as running:
        yield running


async def until(tab: Tab | driver.Page, script: str) -> Any:
    """What a script in the page comes to, as soon as that is something. Playwright's own way would need a policy that allows `eval`."""
    page = tab.page if isinstance(tab, Tab) else tab
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(driver.Error):  # the page is being loaded anew
            if found := await page.evaluate(script):
                return found
        await asyncio.sleep(0.01)
    raise AssertionError(script)


def complaints(tab: Tab) -> list[str]:
    """What the console shows, but for a connection that ends because the page is left."""
    return [said for said in tab.visit.complaints if not said.endswith("/_preview/events")]


@asynccontextmanager
async def opened(browser: Browser, address: str) -> AsyncIterator[Tab]:
    """A tab that shows an address, and remembers that it has not been loaded anew."""
    async with browser.tab() as tab:
        await tab.open(address)
        await tab.ask("window.stillHere = true")
        yield tab


def test_a_saved_text_is_there_at_once_and_the_place_on_the_page_is_kept(
    browser: Browser, preview: Preview
) -> None:
    """Whoever looks at the hundredth paragraph sees the hundredth paragraph."""

    async def work() -> None:
        async with opened(browser, f"{preview.host}/repo/") as tab:
            await tab.ask("scrollTo({top: 2000, behavior: 'instant'})")
            preview.edit("manifesto.yaml", "First words.", "Other words.")
            await until(tab, "document.body.innerText.includes('Other words.')")
            await until(tab, "document.readyState === 'complete'")
            assert await tab.ask("scrollY") == 2000
            assert not await tab.ask(MARKED)
            assert await tab.ask("sessionStorage.length") == 0
            assert complaints(tab) == []

    browser.run(work())


def test_what_does_not_change_a_page_leaves_it_alone(browser: Browser, preview: Preview) -> None:
    """A tab with another page stays as it is, and so does one whose page reads the same."""

    async def work() -> None:
        async with (
            opened(browser, f"{preview.host}/repo/accessibility.html") as other,
            opened(browser, f"{preview.host}/repo/pledges/lights.html") as tab,
        ):
            preview.edit("ideas/lights.yaml", "I will mend", "I will change")
            await until(tab, "document.body.innerText.includes('I will change')")
            preview.edit("manifesto.yaml", "format: 1", "format: 1 # the same")
            preview.edit("ideas/lights.yaml", "I will change", "I will renew")
            await until(tab, "document.body.innerText.includes('I will renew')")
            assert await other.ask(MARKED)

    browser.run(work())


def test_a_new_style_takes_the_place_of_the_old_one_without_loading_the_page(
    browser: Browser, preview: Preview
) -> None:
    """What was typed into the page, and how it is folded, stays."""

    async def work() -> None:
        preview.after(partial(preview.write, "themes/civic/assets/extra.css", "p {color: inherit}\n"))
        async with opened(browser, f"{preview.host}/repo/") as tab:
            before = await tab.ask("getComputedStyle(document.body).backgroundColor")
            style = (
                await tab.ask("fetch('assets/style.css').then(a => a.text())")
            ) + "\nbody {background: rgb(1, 2, 3) !important}"
            preview.write("themes/civic/assets/style.css", style)
            await until(tab, "getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'")
            assert await tab.ask(MARKED)
            await until(tab, "document.querySelectorAll('link[rel~=stylesheet]').length === 1")
            preview.write("themes/civic/assets/style.css", style.replace("rgb(1, 2, 3)", before))
            await until(tab, f"getComputedStyle(document.body).backgroundColor === '{before}'")
            assert await tab.ask(MARKED)
            assert complaints(tab) == []

    browser.run(work())


def test_a_fault_is_shown_over_the_page_and_goes_when_it_is_mended(
    browser: Browser, preview: Preview
) -> None:
    """With the excerpt of the terminal and a link to the place; the last good page stays below, and is not loaded anew."""

    async def work() -> None:
        async with opened(browser, f"{preview.host}/repo/") as tab:
            preview.edit("ideas/lights.yaml", "pledge: ", "pledg: ")
            seen = await until(tab, OVERLAY)
            assert "error[unknown-field]" in seen["text"]
            place = preview.root / "ideas" / "lights.yaml"
            assert "\n4 | pledg: I will mend the lights.\n  | ^^^^^" in seen["excerpt"]
            assert seen["link"] == f"vscode://file{place}:4:1"
            assert seen["role"] == "alertdialog"
            assert seen["focused"]
            assert await tab.ask(MARKED)
            assert await tab.ask("document.body.innerText.includes('First words.')")
            preview.edit("ideas/lights.yaml", "pledg: ", "pledge: ")
            await until(tab, f"{OVERLAY} === null")
            assert await tab.ask(MARKED)
            assert complaints(tab) == []

    browser.run(work())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_from_reading_what_is_wrong(
    browser: Browser, preview: Preview, axe: str, scheme: Scheme
) -> None:
    """axe-core finds nothing in what lies over the page, in light and dark; on a phone nothing is wider than the screen."""

    async def work() -> None:
        async with browser.tab(axe) as tab:
            await tab.seen_as(320, scheme)
            await tab.open(f"{preview.host}/repo/")
            preview.edit("ideas/lights.yaml", "pledge: ", "pledg: ")
            await until(tab, OVERLAY)
            found = await tab.ask("axe.run(document.querySelector('manifesto-preview'))")
            assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
            assert len(found["passes"]) > 10
            width = (
                "document.querySelector('manifesto-preview').shadowRoot.querySelector('dialog').scrollWidth"
            )
            assert await tab.ask(width) <= 320

    browser.run(work())


def test_escape_puts_it_away_until_the_next_change(browser: Browser, preview: Preview) -> None:
    """The page below can be read; the next save brings it back."""

    async def work() -> None:
        async with opened(browser, f"{preview.host}/repo/") as tab:
            preview.edit("ideas/lights.yaml", "pledge: ", "pledg: ")
            await until(tab, OVERLAY)
            await tab.page.keyboard.press("Escape")
            assert await tab.ask(OVERLAY) is None
            preview.edit("ideas/lights.yaml", "More light.", "Much light.")
            await until(tab, OVERLAY)
            await tab.page.keyboard.press("Tab")
            await tab.page.keyboard.press("Enter")
            assert await tab.ask(OVERLAY) is None

    browser.run(work())


def test_a_start_with_faults_shows_them_and_then_the_site(browser: Browser, tmp_path: Path) -> None:
    """There is no page yet that they could be shown on."""
    project(tmp_path)
    (tmp_path / "ideas" / "lights.yaml").write_text(IDEA.replace("pledge: ", "pledg: "))

    async def work(preview: Preview) -> None:
        async with browser.tab() as tab:
            await tab.open(f"{preview.host}/repo/pledges/lights.html")
            assert "Nothing to show yet" in await tab.ask("document.body.innerText")
            await until(tab, OVERLAY)
            preview.edit("ideas/lights.yaml", "pledg: ", "pledge: ")
            await until(tab, "document.body.innerText.includes('I will mend the lights')")

    with previewed(tmp_path) as preview:
        browser.run(work(preview))


def test_a_fault_of_a_template_is_shown_where_it_matters(browser: Browser, preview: Preview) -> None:
    """Over pages of that kind; their last words stay, and other pages are as they should be."""

    async def work() -> None:
        template = (
            Path(__file__).parent.parent / "themes" / "base" / "templates" / "pledge.html"
        ).read_text()
        async with (
            opened(browser, f"{preview.host}/repo/pledges/lights.html") as tab,
            opened(browser, f"{preview.host}/repo/") as other,
        ):
            preview.write(
                "themes/civic/templates/pledge.html",
                template.replace("{% block main %}", "{% block main %}{{ nothing.there }}"),
            )
            seen = await until(tab, OVERLAY)
            assert "template-undefined" in seen["text"]
            assert "I will mend the lights" in await tab.ask("document.body.innerText")
            assert await other.ask(OVERLAY) is None
            preview.write("themes/civic/templates/pledge.html", template)
            await until(tab, f"{OVERLAY} === null")

    browser.run(work())


def test_a_page_that_is_not_there_comes_when_it_is(browser: Browser, preview: Preview) -> None:
    """The site's own page for wrong addresses is shown until then, and again when the page goes."""

    async def work() -> None:
        async with browser.tab() as tab:
            await tab.open(f"{preview.host}/repo/pledges/benches.html")
            assert "404" in await tab.ask("document.title + document.body.innerText") or await tab.ask(
                "!document.body.innerText.includes('benches')"
            )
            preview.write(
                "ideas/benches.yaml", IDEA.replace("Lights", "Benches").replace("the lights", "the benches")
            )
            await until(tab, "document.body.innerText.includes('I will mend the benches')")
            (preview.root / "ideas" / "benches.yaml").unlink()
            await until(tab, "!document.body.innerText.includes('I will mend the benches')")

    browser.run(work())


def test_another_address_of_the_site_takes_the_page_along(browser: Browser, preview: Preview) -> None:
    """With `site.url` the path changes under which all is found."""

    async def work() -> None:
        async with browser.tab() as tab:
            await tab.open(f"{preview.host}/repo/pledges/lights.html")
            preview.edit("manifesto.yaml", "example.org/repo/", "example.org/Größe/ä%20b/")
            await until(tab, "decodeURI(location.pathname) === '/Größe/ä b/pledges/lights.html'")
            await until(tab, "document.body && document.body.innerText.includes('I will mend')")
            preview.edit("ideas/lights.yaml", "I will mend", "I will paint")
            await until(tab, "document.body.innerText.includes('I will paint')")

    browser.run(work())


HIDING = """
window.away = false;
Object.defineProperty(document, "visibilityState", {get: () => (window.away ? "hidden" : "visible")});
window.look = (away) => { window.away = away; document.dispatchEvent(new Event("visibilitychange")); };
"""


def test_a_tab_that_nobody_sees_asks_once_somebody_does(browser: Browser, preview: Preview) -> None:
    """Until then it holds no connection, and stays as it is; another one that hears of changes is none of its business."""

    async def work() -> None:
        async with browser.tab(HIDING) as tab, opened(browser, f"{preview.host}/repo/") as other:
            await tab.open(f"{preview.host}/repo/")
            await tab.ask("window.stillHere = true")
            await tab.ask("look(true)")
            preview.edit("manifesto.yaml", "First words.", "Other words.")
            await until(other, "document.body.innerText.includes('Other words.')")
            assert await tab.ask(MARKED)
            await tab.ask("look(false)")
            await until(tab, "document.body.innerText.includes('Other words.')")

    browser.run(work())


def test_eight_tabs_are_all_kept_up_to_date(browser: Browser, preview: Preview) -> None:
    """A browser allows six connections to a host: only a tab that is looked at holds one, and a tab that is looked at again asks at once."""

    async def work() -> None:
        context = await browser.chromium.new_context()
        try:
            pages = []
            for _ in range(8):
                page = await context.new_page()
                await page.goto(f"{preview.host}/repo/")
                pages.append(page)
            preview.edit("manifesto.yaml", "First words.", "Other words.")
            for page in pages:
                await page.bring_to_front()
                await until(page, "document.body.innerText.includes('Other words.')")
        finally:
            await context.close()

    browser.run(work())


def test_a_preview_that_is_started_again_is_found_again(browser: Browser, tmp_path: Path) -> None:
    """Meanwhile a mark says that it has stopped; then the page is that of the new one."""
    project(tmp_path)

    async def open_one(port: int) -> tuple[Any, Tab]:
        opening = browser.tab()
        tab = await opening.__aenter__()
        await tab.open(f"http://127.0.0.1:{port}/repo/")
        await tab.ask("window.stillHere = true")
        return opening, tab

    async def stopped(tab: Tab) -> None:
        await until(tab, "document.querySelector('manifesto-preview')?.shadowRoot.querySelector('.alone')")

    async def back(tab: Tab) -> None:
        await until(tab, "window.stillHere !== true && document.readyState === 'complete'")
        await until(tab, "document.body.innerText.includes('Other words.')")

    with previewed(tmp_path) as first:
        opening, tab = browser.run(open_one(first.port))
    try:
        browser.run(stopped(tab))
        first.edit("manifesto.yaml", "First words.", "Other words.")
        with previewed(tmp_path, first.port):
            browser.run(back(tab))
    finally:
        browser.run(opening.__aexit__(None, None, None))
