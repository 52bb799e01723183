"""A client for language servers, as small as an editor can be: it opens texts, and asks what is wrong, what is meant and what could follow.

Messages go over standard input and output, one at a time: a header with the length, an empty line, JSON.
"""

import json
import queue
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

PATIENCE = 60
"""Seconds after which a server that says nothing is taken for dead. Nothing is measured by it."""


class LanguageServer:
    """A server that runs, with the settings of a user who wants nothing from the network."""

    def __init__(self, command: Sequence[str], folder: Path, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder
        )
        self._received: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._number = 0
        self._version = 0
        self._found: dict[str, list[dict[str, Any]]] = {}
        threading.Thread(target=self._listen, daemon=True).start()
        markdown = {"documentationFormat": ["markdown"], "snippetSupport": True}
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "capabilities": {
                    "workspace": {"configuration": True},
                    "textDocument": {
                        "completion": {"completionItem": markdown},
                        "hover": {"contentFormat": ["markdown"]},
                    },
                },
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": settings})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def open(self, path: Path, text: str) -> None:
        """Show the server a text as if the file held it; the file need not exist."""
        self._version += 1  # the server takes two texts of one version for the same
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": self._version, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})

    def close(self, path: Path) -> None:
        """Have the server forget the text; it says so by finding nothing wrong with it."""
        self._found.pop(path.as_uri(), None)
        self._tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        self.faults(path)
        del self._found[path.as_uri()]

    def faults(self, path: Path) -> list[tuple[int, str]]:
        """What is wrong with an open text: line (from 1) and message."""
        while path.as_uri() not in self._found:
            self._take()
        return [
            (fault["range"]["start"]["line"] + 1, fault["message"]) for fault in self._found[path.as_uri()]
        ]

    def hover(self, path: Path, line: int, column: int) -> str:
        """What an editor shows for the character at a line and column (from 1)."""
        answer = self._ask("textDocument/hover", _place(path, line, column))
        return str(answer["contents"]["value"]) if answer else ""

    def completions(self, path: Path, line: int, column: int) -> list[str]:
        """What an editor offers at a line and column (from 1)."""
        answer = self._ask("textDocument/completion", _place(path, line, column)) or {"items": []}
        return [str(offer["label"]) for offer in answer["items"]]

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message.get("result")

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        """The next message, heeded as far as it is not an answer."""
        message = self._received.get(timeout=PATIENCE)
        assert message is not None, "the language server has ended"
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self._found[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            asked = [wanted.get("section") for wanted in message["params"]["items"]]
            self._send({"id": message["id"], "result": [self._settings.get(section) for section in asked]})
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        try:
            while header := stream.readline():
                length = (
                    int(header.rpartition(b":")[2]) if header.lower().startswith(b"content-length") else 0
                )
                while stream.readline().strip():
                    pass
                self._received.put(json.loads(stream.read(length)))
        except ValueError:  # the pipe was closed while we listened
            pass
        self._received.put(None)


def _place(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": column - 1}}
