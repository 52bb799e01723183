"""Contact sheets of an example in every theme: pages of every kind, on a phone, a laptop and a wide screen, light, dark, and on paper.

    make gallery
    python -m tools.gallery --theme civic --out FOLDER [--project DIR] [--kind pledge] [--mode dark] [--width 390]

Theme, kind, mode, width and option (`--option accent=#7a1f5c`) may be given several times. The sheets are for looking at; they are never committed.
"""

import argparse
import asyncio
import io
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.async_api import Browser, FloatRect, Page, Route

from tools.chromium import NAMES, installed, running
from tools.contact_sheets import Strip, column_height, sheets, strips, write
from tools.paper import pictures
from tools.themed import KINDS, pages, publish_themed, shipped_themes

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "police-commissioner"
HOST = "https://gallery.example/"
"""Where the site seems to be: nothing is asked of any host, the files are handed over."""
MODES = ("light", "dark", "print")
WIDTHS = {390: 390, 1280: 768, 1920: 1152}
"""The width of the window, and of its picture on a sheet."""
COLUMNS = {390: 3, 1280: 2, 1920: 2}
"""Columns of a sheet that a page may fill before it is cut."""
PAPER_WIDTH, PAPER_PAGES, PAPER_ROWS = 768, 6, 2
SIDE_BY_SIDE = 3
"""Pages that are loaded at a time."""
_SEEN_ONCE = """Promise.all([...document.images].map((image) => {
  image.loading = "eager";
  return image.decode().catch(() => null);
}))"""
"""Pictures that are loaded late are waited for, or there are holes."""


@dataclass(frozen=True)
class Shot:
    """A page to be taken."""

    kind: str
    path: str
    mode: str
    width: int


async def take(browser: Browser, site: Path, shots: Sequence[Shot]) -> list[list[Strip]]:
    """What each shot shows, as strips for a sheet."""
    turn = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(shot: Shot) -> list[Strip]:
        async with turn:
            return await _take(browser, site, shot)

    return await asyncio.gather(*map(one, shots))


async def _take(browser: Browser, site: Path, shot: Shot) -> list[Strip]:
    context = await browser.new_context(
        viewport={"width": shot.width, "height": 844 if shot.width < 600 else 900},  # noqa: PLR2004 - a phone is tall
        color_scheme="dark" if shot.mode == "dark" else "light",
        reduced_motion="reduce",
    )
    page = await context.new_page()
    try:
        await page.route("**/*", lambda route: _hand_over(route, site))
        await page.goto(HOST + shot.path)
        await page.evaluate("document.fonts.ready")
        return await (_on_paper(page, shot) if shot.mode == "print" else _on_screen(page, shot))
    finally:
        await context.close()


async def _hand_over(route: Route, site: Path) -> None:
    file = site / urlsplit(route.request.url).path.lstrip("/")
    if route.request.url.startswith(HOST) and file.is_file():
        await route.fulfill(path=file)
    else:
        await route.fulfill(status=404)


async def _on_screen(page: Page, shot: Shot) -> list[Strip]:
    await page.evaluate(_SEEN_ONCE)
    height = await page.evaluate("document.documentElement.scrollHeight")
    width, most = WIDTHS.get(shot.width, shot.width), COLUMNS.get(shot.width, 2)
    # No more is taken than is shown: a whole manifesto is longer than a picture can be.
    taken = min(height, most * column_height() * shot.width // width)
    clip: FloatRect = {"x": 0, "y": 0, "width": shot.width, "height": taken}
    picture = Image.open(io.BytesIO(await page.screenshot(full_page=True, clip=clip))).convert("RGB")
    rest = height - taken
    return list(strips(f"{shot.path} · {shot.width} by {height:,}", picture, width, rest))


async def _on_paper(page: Page, shot: Shot) -> list[Strip]:
    # As it comes out of most printers: without grounds, unless the style sheet insists.
    count, shown = pictures(await page.pdf(format="A4", prefer_css_page_size=True), PAPER_WIDTH, PAPER_PAGES)
    cut = f", {PAPER_PAGES} shown" if count > PAPER_PAGES else ""
    return [Strip(f"{shot.path} · page {i} of {count}{cut}", picture) for i, picture in enumerate(shown, 1)]


async def photograph(wanted: argparse.Namespace, theme: str, site: Path, browser: Browser) -> list[Path]:
    """The sheets of a theme."""
    shown = list(pages(site, wanted.kind or list(KINDS), wanted.each))
    written = []
    for mode in wanted.mode or MODES:
        for width in [1280] if mode == "print" else wanted.width or WIDTHS:
            taken = await take(browser, site, [Shot(kind, path, mode, width) for kind, path in shown])
            columns = [strip for column in taken for strip in column]
            name = f"{theme}-{mode}" if mode == "print" else f"{theme}-{mode}-{width}"
            rows = PAPER_ROWS if mode == "print" else 1
            written += write(sheets(columns, rows), wanted.out, name)
    return written


async def gallery(wanted: argparse.Namespace, command: str) -> None:
    """Every sheet that is wanted, and where it is."""
    options = dict(option.partition("=")[::2] for option in wanted.option)
    async with running(command) as browser:
        for theme in wanted.theme or shipped_themes():
            with tempfile.TemporaryDirectory() as folder:
                site = Path(folder) / "site"
                publish_themed(wanted.project, site, theme, url=HOST, options=options)
                for path in await photograph(wanted, theme, site, browser):
                    print(path)  # noqa: T201 - a script


def main(arguments: Sequence[str] | None = None) -> None:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.gallery", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--theme", action="append", help="a theme; all that ship without it")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the sheets")
    parser.add_argument("--project", type=Path, default=EXAMPLE, help="the folder of a project")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only pages of this kind")
    parser.add_argument("--mode", action="append", choices=MODES, help="only light, dark or print")
    parser.add_argument("--width", action="append", type=int, help="only this width of the window in pixels")
    parser.add_argument(
        "--each", type=int, default=1, help="how many pages of a kind, the fullest first, then the barest"
    )
    parser.add_argument(
        "--option", action="append", default=[], help="an option of the theme, such as accent=#7a1f5c"
    )
    wanted = parser.parse_args(arguments)
    command = installed()
    if command is None:
        sys.exit(f"none of {', '.join(NAMES)} is installed")
    wanted.out.mkdir(parents=True, exist_ok=True)
    asyncio.run(gallery(wanted, command))


if __name__ == "__main__":
    main()
