"""From what was asked of `serve` to a preview that runs until it is stopped: the calls behind the command."""

import contextlib
import os
import queue
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import quote

from msgspec import Struct

from manifesto_cli.cli.clock import today
from manifesto_cli.cli.console import excerpts, plain
from manifesto_cli.cli.shown import visible
from manifesto_cli.cli.status import Status
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.disk.projects import find_project
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.preview.running import News, Order, previewing
from manifesto_cli.preview.server import HOST
from manifesto_cli.preview.shown import FaultShown
from manifesto_cli.settings import Settings

PORT = 8000
_OTHERS = 20
"""How many ports after the usual one are tried, where none is asked for."""
_ALL_PORTS = 65536
_LOOK = 0.2 if os.name == "nt" else None
"""Seconds after which a wait is broken off: Windows tells a waiting program nothing of Ctrl-C."""
_TERMINATED = 128 + signal.SIGTERM


class Wish(Struct, frozen=True):
    """What is to be served, and how."""

    start: Path
    port: int | None
    """None for the usual one, or the next that is free."""
    drafts: bool
    open: bool


def keep_serving(wish: Wish, terminal: Terminal, browse: Callable[[str], bool] | None = None) -> None:
    """Show the site of a project, and whatever becomes of it, until Ctrl-C."""
    root = find_project(wish.start)
    settings = Settings(today(), drafts=wish.drafts)
    news: queue.SimpleQueue[News | str | BaseException] = queue.SimpleQueue()
    order = Order(root, lambda: Settings(today(), settings.url, settings.drafts), wish.port or 0)
    with _ended_by_signals(), _on_a_port(order, wish, news.put) as (port, note):
        status = Status(terminal, f"http://{HOST}:{port}", note)
        status.start()
        _follow(news, status, wish, f"http://{HOST}:{port}", browse)


def _follow(
    news: "queue.SimpleQueue[News | str | BaseException]",
    status: Status,
    wish: Wish,
    host: str,
    browse: Callable[[str], bool] | None,
) -> NoReturn:
    """Say whatever there is to say, and open a browser once there is something to see."""
    opened = not wish.open
    while True:
        told = _next(news)
        if isinstance(told, BaseException):
            raise told
        if isinstance(told, str):
            status.note(told)
            continue
        status.show(told)
        if not opened:
            opened = True
            _open(f"{host}{quote(told.top)}", browse, news.put)


def _next(news: "queue.SimpleQueue[News | str | BaseException]") -> News | str | BaseException:
    while True:
        with contextlib.suppress(queue.Empty):
            return news.get(timeout=_LOOK)


@contextlib.contextmanager
def _on_a_port(
    order: Order, wish: Wish, tell: Callable[[News | BaseException], None]
) -> Iterator[tuple[int, str]]:
    """A preview on the port that was asked for, or on the first that is free from the usual one on; and what to say of that."""
    ports = range(PORT, PORT + _OTHERS + 1) if wish.port is None else (wish.port,)
    with contextlib.ExitStack() as stack:
        for port in ports:
            try:
                found = stack.enter_context(previewing(Order(order.root, order.settings, port), shown, tell))
                break
            except OSError as fault:
                if wish.port is not None:
                    raise _taken(wish.port, fault) from None
        else:
            raise ManifestoError(
                f"the ports {PORT} to {PORT + _OTHERS} are all in use",
                help=f"type `manifesto serve --port {_free_after(PORT + _OTHERS)}`",
            )
        yield (
            found,
            ""
            if found == PORT or wish.port is not None
            else f"port {PORT} is in use, so this is port {found}",
        )


def _taken(port: int, fault: OSError) -> ManifestoError:
    free = _free_after(port)
    what = "needs more rights than your account has" if isinstance(fault, PermissionError) else "is in use"
    return ManifestoError(
        f"port {port} {what}", help=f"type `manifesto serve --port {free}`", status=Exit.USAGE
    )


def _free_after(port: int) -> int:
    """A port that is free now, the next if possible; whoever types it may still find it taken."""
    for tried in range(max(port + 1, PORT), _ALL_PORTS):
        with socket.socket() as attempt, contextlib.suppress(OSError):
            attempt.bind((HOST, tried))
            return tried
    return PORT


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Within, what ends a program in the background ends it as Ctrl-C does: nothing is left behind."""

    def end(_: int, __: FrameType | None) -> None:
        raise SystemExit(_TERMINATED)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _open(address: str, browse: Callable[[str], bool] | None, tell: Callable[[str], None]) -> None:
    """Open the site in a browser, by default whichever the person uses. A browser for terminals would keep the preview from saying anything, so nobody waits for it."""
    import webbrowser  # noqa: PLC0415 - only who asks for it needs it

    def attempt() -> None:
        try:
            done = (browse or webbrowser.open)(address)
        except (webbrowser.Error, OSError):
            done = False
        if not done:
            tell(f"no browser could be opened; go to {address}")

    threading.Thread(target=attempt, name="opening", daemon=True).start()


def shown(fault: Diagnostic | ManifestoError) -> FaultShown:
    """A fault as the overlay shows it: in the words and with the excerpt of the terminal."""
    if isinstance(fault, ManifestoError):
        return FaultShown(f"error: {visible(fault.headline)}", help=visible(fault.help))
    source = fault.label.span.source
    line, column = source.position(fault.label.span.start)
    title = f"{fault.severity.name.lower()}[{fault.code}]: {visible(fault.headline)}"
    return FaultShown(
        title,
        f"{visible(source.path)}:{line}:{column}",
        _link(source.path, line, column),
        "\n".join(excerpts(fault, plain)),
        visible(fault.help),
    )


def _link(path: str, line: int, column: int) -> str:
    """What opens a place in an editor that knows such addresses, such as Visual Studio Code; empty where there is no such file."""
    there = Path(path).resolve()
    if not there.is_file():
        return ""
    return f"vscode://file/{quote(there.as_posix().lstrip('/'), safe='/:')}:{line}:{column}"
