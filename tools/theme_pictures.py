"""Pictures of the themes for the documentation: how each looks, and what each of its options changes, its default first.

    make pictures

Everything on them is made here: an example that ships, and a drawn logo and picture for the options that take one.
"""

import asyncio
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image, ImageDraw
from playwright.async_api import Browser

from manifesto_cli.cli import main
from manifesto_cli.model.theme import ThemeOption
from tools.chromium import running
from tools.contact_sheets import Strip, sheets
from tools.themed import EXAMPLE, options_of, shipped_themes

WINDOW = (1200, 800)
SHOWN = (800, 533)
PANEL = (1120, 747)
"""Of this width, two of them stand side by side on a sheet: the default and what differs."""
SHEET = (720, 4000)
QUALITY = 66
OTHER = {"accent": "#00629b", "second": "#ffd75e"}
"""What is chosen in the place of a colour's default."""


@dataclass(frozen=True)
class Panel:
    """A page with some options set, and what is said of it."""

    caption: str
    options: dict[str, object]


def panels(options: Mapping[str, ThemeOption]) -> Iterator[Panel]:
    """For each option the default, and one other value."""
    for name, option in options.items():
        default = option.default or "none"
        yield Panel(f"{name}: {default} (the default)", {})
        if option.kind == "picture":
            picture = {"file": f"media/{name}.png", "alt": f"A drawing in the place of a {name}"}
            yield Panel(f"{name}: a picture", {name: {**picture, "consent": "not-needed"}})
        else:
            chosen = OTHER[name] if option.kind == "colour" else option.values[-1]
            yield Panel(f"{name}: {chosen}", {name: chosen})


async def _pictures(browser: Browser, theme: str, wanted: Sequence[Panel]) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "plan"
        shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns("public", "booklet"))
        (project / "media").mkdir(exist_ok=True)
        _logo().save(project / "media" / "logo.png")
        _scene().save(project / "media" / "hero.png")
        manifesto = yaml.safe_load((project / "manifesto.yaml").read_text(encoding="utf-8"))
        taken = []
        for i, panel in enumerate(wanted):
            manifesto["site"] |= {"theme": theme, "options": panel.options}
            (project / "manifesto.yaml").write_text(
                yaml.safe_dump(manifesto, sort_keys=False), encoding="utf-8"
            )
            site = Path(name) / f"site-{i}"
            if main(["build", "--quiet", "-C", str(project), "-o", str(site)]):
                sys.exit(f"{theme} cannot be built with {panel.caption}")
            taken.append(await _top(browser, site))
        return taken


async def _top(browser: Browser, site: Path) -> Image.Image:
    context = await browser.new_context(
        viewport={"width": WINDOW[0], "height": WINDOW[1]}, reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto((site / "index.html").as_uri())
    await page.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(await page.screenshot())).convert("RGB")
    await context.close()
    return shot


def _logo() -> Image.Image:
    """Two shapes that could be anybody's."""
    logo = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(logo)
    draw.ellipse((10, 10, 230, 230), fill="#1d3557")
    draw.polygon([(120, 50), (190, 180), (50, 180)], fill="#f1c453")
    return logo


def _scene() -> Image.Image:
    """Hills below a sky, in no place in particular."""
    scene = Image.new("RGB", (1600, 700), "#bcd7e8")
    draw = ImageDraw.Draw(scene)
    draw.ellipse((1150, 90, 1330, 270), fill="#f4d58d")
    for top, colour in ((330, "#7fa99b"), (430, "#52796f"), (540, "#354f52")):
        draw.ellipse((-500 + top, top, 1100 + top, top + 900), fill=colour)
        draw.ellipse((700 - top, top + 60, 2300 - top, top + 900), fill=colour)
    return scene


async def _all(command: str, folder: Path) -> list[Path]:
    written = []
    async with running(command) as browser:
        for theme in shipped_themes():
            wanted = [Panel("", {}), *panels(options_of(theme))]
            first, *others = await _pictures(browser, theme, wanted)
            written.append(
                _save(first.resize(SHOWN, Image.Resampling.LANCZOS), folder / f"theme-{theme}.webp")
            )
            strips = [
                Strip(panel.caption, shot.resize(PANEL, Image.Resampling.LANCZOS))
                for panel, shot in zip(wanted[1:], others, strict=True)
            ]
            sheet = next(sheets(strips, len(strips)))
            sheet.thumbnail(SHEET, Image.Resampling.LANCZOS)
            written.append(_save(sheet, folder / f"options-{theme}.webp"))
    return written


def _save(picture: Image.Image, path: Path) -> Path:
    picture.save(path, quality=QUALITY, method=6)
    return path


def theme_pictures(command: str, folder: Path) -> list[Path]:
    """Write them into a folder, with the browser of that path; what was written."""
    return asyncio.run(_all(command, folder))
