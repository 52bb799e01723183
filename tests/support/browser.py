"""A browser that tests drive: Chromium without a window, over the DevTools protocol (chromedevtools.github.io/devtools-protocol).

Messages are JSON, each ended by a zero byte, over two pipes that the browser has as file descriptors 3 and 4: nothing listens on the
network, and no package has to follow the versions of the browser.
"""

import fcntl
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

PATIENCE = 60
"""Seconds after which a browser that says nothing is taken for dead. Nothing is measured by it."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # whatever is asked of another host is refused
    "--remote-debugging-pipe",
)
# Moves the two pipes to where the browser looks for them, and becomes the browser.
_LAUNCHER = (
    "import os, sys; [os.dup2(int(sys.argv[i]), i + 2) for i in (1, 2)]; os.execv(sys.argv[3], sys.argv[3:])"
)
_ABOVE = 10
"""Descriptors from here on are not in the way of 3 and 4."""

Message = dict[str, Any]


class Browser:
    """A browser that runs, with a profile of its own and no way to any other host."""

    def __init__(self, command: str, profile: Path) -> None:
        read_here, write_there = os.pipe()
        read_there, write_here = os.pipe()
        theirs = [fcntl.fcntl(end, fcntl.F_DUPFD, _ABOVE) for end in (read_there, write_there)]
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _LAUNCHER,
                *map(str, theirs),
                command,
                *_FLAGS,
                f"--user-data-dir={profile}",
            ],
            pass_fds=theirs,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(profile)},
        )
        for end in (read_there, write_there, *theirs):
            os.close(end)
        self._from = os.fdopen(read_here, "rb")
        self._to = os.fdopen(write_here, "wb")
        self._lock = threading.Lock()
        self._number = 0
        self._answers: dict[int, queue.Queue[Message | None]] = {}
        self._tabs: dict[str, Tab] = {}
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.ask("Browser.close", {})
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            self._listener.join(PATIENCE)
            self._to.close()
            self._from.close()

    @contextmanager
    def tab(self, script: str = "") -> Iterator["Tab"]:
        """A new tab, watched from the start, in which a script is there before any page is. It keeps nothing for other tabs."""
        context = self.ask("Target.createBrowserContext", {})["browserContextId"]
        target = self.ask("Target.createTarget", {"url": "about:blank", "browserContextId": context})[
            "targetId"
        ]
        session = self.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        tab = Tab(self, session)
        self._tabs[session] = tab
        for domain in ("Page", "Runtime", "Log", "Network"):
            tab.ask(f"{domain}.enable", {})
        tab.ask("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        try:
            yield tab
        finally:
            del self._tabs[session]
            self.ask("Target.disposeBrowserContext", {"browserContextId": context})

    def ask(self, method: str, params: Message, session: str = "") -> Message:
        """The answer to a command; every event that came before it has been noted by then."""
        answers: queue.Queue[Message | None] = queue.Queue()
        with self._lock:
            self._number += 1
            number = self._number
            self._answers[number] = answers
            message = {
                "id": number,
                "method": method,
                "params": params,
                **({"sessionId": session} if session else {}),
            }
            self._to.write(json.dumps(message).encode() + b"\0")
            self._to.flush()
        answer = answers.get(timeout=PATIENCE)
        assert answer is not None, "the browser has ended"
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: Message = answer["result"]
        return result

    def _listen(self) -> None:
        rest = b""
        while piece := os.read(self._from.fileno(), 1 << 16):
            *messages, rest = (rest + piece).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    self._answers.pop(message["id"]).put(message)
                elif tab := self._tabs.get(message.get("sessionId", "")):
                    tab.note(message["method"], message["params"])
        for waiting in list(self._answers.values()):
            waiting.put(None)


@dataclass
class Visit:
    """What happened while a page was open."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """What the console shows: errors, warnings, whatever failed to load."""
    loaded: threading.Event = field(default_factory=threading.Event)


class Tab:
    """A tab: it opens pages, and notes what happens meanwhile."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self._session = session
        self._visit = Visit()

    def ask(self, method: str, params: Message) -> Message:
        """The answer to a command for this tab."""
        return self._browser.ask(method, params, self._session)

    def open(self, address: str) -> Visit:
        """What happens while a page loads, and from then on until another one is opened."""
        self._visit = Visit()
        answer = self.ask("Page.navigate", {"url": address})
        assert not answer.get("errorText"), f"{address}: {answer['errorText']}"
        assert self._visit.loaded.wait(PATIENCE), f"{address} does not finish loading"
        return self._visit

    def seen_as(self, *, width: int, scheme: str = "light") -> None:
        """Let the page be seen on a screen of this width, by a reader who likes light or dark."""
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", size)
        preferred = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", {"features": preferred})

    def value(self, script: str) -> Any:
        """What a script in the page comes to, once it is there."""
        asked = {"expression": script, "returnByValue": True, "awaitPromise": True}
        answer = self.ask("Runtime.evaluate", asked)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def note(self, method: str, params: Message) -> None:
        """Take down what the browser says of this tab."""
        if method == "Page.loadEventFired":
            self._visit.loaded.set()
        elif method == "Network.requestWillBeSent":
            self._visit.requests.append(params["request"]["url"])
        elif told := _COMPLAINTS.get(method):
            self._visit.complaints.append(told(params))


_COMPLAINTS: dict[str, Callable[[Message], str]] = {
    "Log.entryAdded": lambda told: (
        f"{told['entry']['level']}: {told['entry']['text']} {told['entry'].get('url', '')}"
    ),
    "Runtime.consoleAPICalled": lambda told: f"{told['type']}: {told['args']}",
    "Runtime.exceptionThrown": lambda told: f"exception: {told['exceptionDetails']['text']}",
    "Network.loadingFailed": lambda told: f"failed: {told['errorText']} {told.get('blockedReason', '')}",
}
