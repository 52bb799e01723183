"""Takes the pictures in `docs/pictures/` anew: pages of the examples and of the site that the tutorial makes, in Chromium.

    make pictures

Not part of `make reference`, and of no test: fonts differ from machine to machine, and so do the bytes.
"""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from msgspec import Struct

from support.casebook import play, story
from tools.chromium import NAMES, installed
from tools.theme_pictures import theme_pictures

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
TUTORIAL = ROOT / "docs" / "tutorial.md"
LARGEST = 150_000
"""Bytes; whoever clones the repository gets them all."""


class Picture(Struct, frozen=True):
    """What is on a picture: a page of an example, or of the tutorial's site as it is where the picture stands in the tutorial."""

    name: str
    page: str
    size: tuple[int, int]
    example: str = ""


TAKEN = (
    Picture("tutorial-draft", "index.html", (1000, 640)),
    Picture("tutorial-pledge", "pledges/free-community-gyms.html", (1000, 760)),
    Picture("tutorial-story", "case-studies/anytown-gym.html", (390, 640)),
)


def take(picture: Picture, browser: str) -> None:
    """Build the site in a folder of its own, and take the picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "my-manifesto" / "public"
        above = TUTORIAL.read_text(encoding="utf-8").index(f"pictures/{picture.name}.png")
        play(story(TUTORIAL, above), folder, update=False)
        width, height = picture.size
        target = PICTURES / f"{picture.name}.png"
        subprocess.run(  # noqa: S603 - the browser that is installed, on a page of our own
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                f"--user-data-dir={folder / 'browser'}",
                f"--window-size={width},{height}",
                f"--screenshot={target}",
                (site / picture.page).as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        _weigh(target)


def _weigh(picture: Path) -> None:
    size = picture.stat().st_size
    print(f"{picture.relative_to(ROOT)}: {size:,} bytes")  # noqa: T201 - a script
    if size > LARGEST:
        sys.exit(f"more than {LARGEST:,} bytes: make it smaller")


def everything() -> None:
    """All pictures, with the first browser that is installed."""
    browser = installed()
    if browser is None:
        sys.exit(f"none of {', '.join(NAMES)} is installed")
    PICTURES.mkdir(exist_ok=True)
    os.environ["SOURCE_DATE_EPOCH"] = "1795608000"
    with contextlib.redirect_stderr(io.StringIO()):
        for picture in TAKEN:
            take(picture, browser)
        for path in theme_pictures(browser, PICTURES):
            _weigh(path)


if __name__ == "__main__":
    everything()
