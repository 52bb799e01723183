"""Repositories to publish from and to, on the disk and on a git server at the loopback address; all without anybody's own settings."""

import base64
import os
import stat
import subprocess
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from manifesto_cli.publish.branch import push, tip
from manifesto_cli.publish.commits import commit
from manifesto_cli.publish.git import repository
from manifesto_cli.publish.remotes import remote
from manifesto_cli.rendering.files import Copy, File
from support.folders import everything

PAGES = "gh-pages"
ACCOUNT = "ada:s3cret"
SITE = {
    "index.html": b"<p>home\r\n",
    "pledges/parks.html": b"parks\n",
    "a/b/deep.css": b"$Id$\r\n\n",
    "empty": b"",
}
WORLD = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


def run(folder: Path, *words: str, given: bytes = b"") -> bytes:
    """What git answers in a folder; the test fails where git does."""
    done = subprocess.run(["git", "-C", folder, *words], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def told(folder: Path, *words: str) -> str:
    """The same as text."""
    return run(folder, *words).decode().strip()


def found(folder: Path, there: Path, *options: str) -> Path:
    """A repository with one commit on `main`, which a bare one has too, known as `origin`; the project is in the folder `Städte & Orte`."""
    run(folder, "init", "-q", "--bare", "-b", "main", *options, str(there))
    work = folder / "work"
    run(folder, "init", "-q", "-b", "main", *options, str(work))
    (work / "Städte & Orte").mkdir()
    (work / "Städte & Orte" / "manifesto.yaml").write_text("title: Plan\n")
    (work / "notes.txt").write_text("notes\n")
    run(work, "add", "-A")
    run(work, "commit", "-qm", "Start")
    run(work, "remote", "add", "origin", str(there))
    run(work, "push", "-qu", "origin", "main")
    return work


def files(texts: Mapping[str, bytes]) -> list[File | Copy]:
    """The files of a site."""
    return [File(path, text) for path, text in texts.items()]


def publish(
    project: Path,
    texts: Mapping[str, bytes],
    kept: Collection[str] = (),
    *,
    branch: str = PAGES,
    history: bool = True,
    asks: bool = False,
) -> str:
    """Publish as the command does; the commit at which the branch is then."""
    here = repository(project, asks=asks)
    there = remote(here)
    now = tip(here, there, branch)
    made = commit(here, now, files(texts), kept, "Publish", history=history)
    if made != now.commit:
        push(here, there, branch, made, now)
    return made


def published(there: Path, branch: str = PAGES) -> dict[str, bytes]:
    """The bytes of every file on a branch."""
    listed = run(there, "ls-tree", "-r", "-z", branch).decode(errors="surrogateescape").split("\0")[:-1]
    ids = {path: about.split()[2] for about, _, path in (line.partition("\t") for line in listed)}
    return {path: run(there, "cat-file", "blob", known) for path, known in ids.items()}


def plant(there: Path, entries: bytes, branch: str = PAGES) -> None:
    """Put a branch into a repository that holds what `git mktree -z` makes of these lines."""
    tree = run(there, "mktree", "-z", "--missing", given=entries).decode().strip()
    run(there, "update-ref", f"refs/heads/{branch}", told(there, "commit-tree", "-m", "Planted", tree))


def hook(there: Path, name: str, script: str) -> None:
    """Give a repository a hook."""
    place = Path(told(there, "rev-parse", "--absolute-git-dir")) / "hooks" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)


class _Handler(BaseHTTPRequestHandler):
    """git's own program behind HTTP. `/open/` lets everybody read and write, `/ours/` an account, `/theirs/` nobody."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: Any, folder: Path) -> None:
        self._folder = folder
        super().__init__(*given)

    def _answer(self) -> None:
        place, _, query = self.path.partition("?")
        _, area, rest = place.split("/", 2)
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            given = b""
            while size := int(self.rfile.readline(), 16):
                given += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            given = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        account = base64.b64encode(ACCOUNT.encode()).decode()
        if area == "ours" and self.headers.get("Authorization") != f"Basic {account}":
            self._send(401, {"WWW-Authenticate": 'Basic realm="git"'}, b"")
            return
        if area == "theirs" and "receive-pack" in self.path:
            self._send(403, {"Content-Type": "text/plain"}, b"This is \x1b[31mnot yours.\n")
            return
        if area == "broken":
            self._send(503, {}, b"")
            return
        environment = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self._folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": f"/{rest}",
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(given)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": "ada",
        }
        done = subprocess.run(
            ["git", "http-backend"], input=given, env=environment, capture_output=True, check=False
        )
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self._send(int(headers.pop("Status", "200").split()[0]), headers, body)

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """Which branches there are."""
        self._answer()

    def do_POST(self) -> None:
        """What is fetched and pushed."""
        self._answer()

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


def untouched(work: Path) -> dict[str, object]:
    """Every file in a repository but objects and what is known of branches of remotes."""
    theirs = (".git/objects", ".git/refs/remotes", ".git/logs/refs/remotes")
    return {
        path: held
        for path, held in everything(work).items()
        if not path.startswith(theirs) and stat.S_IFMT(held[0]) != stat.S_IFDIR
    }


@contextmanager
def git_server(folder: Path) -> Iterator[str]:
    """The address of a host that has the repositories of a folder, as `127.0.0.1:PORT`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder=folder))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
