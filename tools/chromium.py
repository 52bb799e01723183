"""The Chromium that is installed, driven by playwright for Python: no window, a fresh profile, no way to any other host.

Only the driver of playwright is used; no browser is downloaded.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # whatever is asked of another host is refused
)


def installed() -> str | None:
    """The path of the first browser of these names that is there."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@asynccontextmanager
async def running(command: str) -> AsyncIterator[Browser]:
    """The browser, while it is wanted. Playwright gives it a profile of its own, and we give it a home."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=command, args=FLAGS, env={"HOME": home, "PATH": "/usr/bin:/bin"}
            )
            try:
                yield browser
            finally:
                await browser.close()
