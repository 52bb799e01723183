"""A browser that tests drive: the Chromium that is installed, by playwright, which runs in a thread of its own so that several pages load at a time."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import playwright.async_api as driver

from tools.chromium import running

TABS = 3
"""Pages that are looked at side by side: a little more than there are processors, since tabs wait for one another's answers."""
PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")
Scheme = Literal["light", "dark"]
Result = TypeVar("Result")
Subject = TypeVar("Subject")


@dataclass
class Visit:
    """What happened while a page was open."""

    requests: list[str] = field(default_factory=list)
    begun: list[driver.Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """What the console shows: errors, warnings, whatever failed to load."""
    loaded: list[driver.Request] = field(default_factory=list)
    """What came over the network."""

    async def weights(self) -> dict[str, list[int]]:
        """Bytes of it, by what it is for: `document`, `stylesheet`, `font`, `script`."""
        found: dict[str, list[int]] = {}
        for request in self.loaded:
            found.setdefault(request.resource_type, []).append((await request.sizes())["responseBodySize"])
        return found


@dataclass
class Tab:
    """A tab that opens pages and notes what happens meanwhile; it keeps nothing for other tabs."""

    page: driver.Page
    talk: driver.CDPSession
    visit: Visit = field(default_factory=Visit)

    async def open(self, address: str) -> Visit:
        """What happens while a page loads, and from then on until another one is opened."""
        self.visit = Visit()
        await self.page.goto(address)
        await self.page.evaluate("document.fonts.ready.then(() => null)")
        return self.visit

    async def seen_as(
        self, width: int, scheme: Scheme = "light", *, height: int = 800, scale: int = 1
    ) -> None:
        """Let the page be seen on a screen of this width, by a reader who likes light or dark and no motion."""
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        await self.talk.send("Emulation.setDeviceMetricsOverride", size)
        await self.page.emulate_media(
            color_scheme=scheme,
            reduced_motion="reduce",
            forced_colors="none",
            contrast="no-preference",
            media="screen",
        )

    async def seen_with(self, **given: Any) -> None:
        """Let the page be seen with forced colours, more contrast, on paper … (what `emulate_media` of playwright takes)."""
        await self.page.emulate_media(**given)

    async def ask(self, script: str, given: Any = None) -> Any:
        """What a script in the page comes to."""
        return await self.page.evaluate(script, given)

    def watch(self) -> None:
        """Take down what happens from now on."""
        page = self.page
        page.on("request", self._begun)
        page.on("requestfailed", self._failed)
        page.on("requestfinished", self._finished)
        page.on("pageerror", lambda error: self.visit.complaints.append(f"exception: {error}"))
        page.on(
            "console",
            lambda said: self.visit.complaints.append(
                f"{said.type}: {said.text} {said.location.get('url', '')}"
            ),
        )

    def _begun(self, request: driver.Request) -> None:
        if request.is_navigation_request():
            # Until now the last page was still there, and what it began late, such as asking for its icon, is broken off.
            self.visit.begun.clear()
        self.visit.requests.append(request.url)
        self.visit.begun.append(request)

    def _failed(self, request: driver.Request) -> None:
        # What was still under way when the last page was left is no fault of this one; nor is a picture that the browser gives up for a
        # larger or smaller copy, because the window has another width now; nor is an icon ("other") of the last page, which the browser asks
        # for so late that the next one may have begun. What a policy or a server refuses fails otherwise.
        given_up = request.failure == "net::ERR_ABORTED" and request.resource_type in ("image", "other")
        if any(request is begun for begun in self.visit.begun) and not given_up:
            self.visit.complaints.append(f"failed: {request.failure} {request.url}")

    def _finished(self, request: driver.Request) -> None:
        self.visit.loaded.append(request)


@dataclass(frozen=True)
class Browser:
    """A browser that runs, and the loop in which it is talked to."""

    loop: asyncio.AbstractEventLoop
    chromium: driver.Browser

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """What some work with the browser comes to."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    @asynccontextmanager
    async def tab(self, script: str = "", *, scripts: bool = True) -> AsyncIterator[Tab]:
        """A new tab, watched from the start, in which the probes and a script are there before any page is."""
        context = await self.chromium.new_context(java_script_enabled=scripts)
        try:
            page = await context.new_page()
            await page.add_init_script(PROBES + script)
            tab = Tab(page, await context.new_cdp_session(page))
            # What comes out of a cache weighs nothing.
            await tab.talk.send("Network.setCacheDisabled", {"cacheDisabled": True})
            tab.watch()
            yield tab
        finally:
            await context.close()

    def each(
        self,
        pages: Sequence[Subject],
        look: Callable[[Tab, Subject], Awaitable[Result]],
        script: str = "",
        *,
        scripts: bool = True,
    ) -> dict[Subject, Result]:
        """What is found on pages, several at a time; a script is there before each, or none runs at all."""

        async def all_of_them() -> dict[Subject, Result]:
            found: dict[Subject, Result] = {}
            left = iter(pages)

            async def one(tab: Tab) -> None:
                for page in left:
                    found[page] = await look(tab, page)

            async with AsyncExitStack() as stack:
                tabs = [
                    await stack.enter_async_context(self.tab(script, scripts=scripts))
                    for _ in range(min(TABS, len(pages)))
                ]
                await asyncio.gather(*map(one, tabs))
            return {page: found[page] for page in pages}

        return self.run(all_of_them())


@contextmanager
def browsing(command: str) -> Iterator[Browser]:
    """The browser of this path, until it is no longer needed."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def closed(stack: AsyncExitStack) -> None:
        await stack.aclose()

    async def started(stack: AsyncExitStack) -> driver.Browser:
        return await stack.enter_async_context(running(command))

    stack = AsyncExitStack()
    try:
        yield Browser(loop, asyncio.run_coroutine_threadsafe(started(stack), loop).result())
    finally:
        asyncio.run_coroutine_threadsafe(closed(stack), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
