"""A site as it lies on a branch, and what leads where in it."""

import re
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from support.pages import Page

_REFRESH = re.compile(r"url=(.*)")


def extracted(repository: Path, branch: str) -> dict[str, bytes]:
    """Every file of a branch."""
    done = subprocess.run(
        ["git", "-C", str(repository), "archive", "--format=tar", branch], check=True, capture_output=True
    )
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        opened = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        return {name: file.read() for name, file in opened.items() if file}


def read(content: bytes) -> Page:
    """What is in a page."""
    page = Page()
    page.feed(content.decode())
    return page


def leads_to(path: str, content: bytes) -> str:
    """The page that a page leads to at once; empty where it leads nowhere."""
    for attributes in read(content).every("meta"):
        if attributes.get("http-equiv") == "refresh":
            found = _REFRESH.search(attributes["content"])
            assert found
            return normpath(join(dirname(path), unquote(found[1])))
    return ""


def anchors(content: bytes) -> list[str]:
    """The places on a page that are a promise: those that do not begin with `_`."""
    return [name for name in read(content).ids if not name.startswith("_")]


def links(path: str, content: bytes, root: str) -> list[str]:
    """The files of the site that a page leads to or loads, by path. `root` is what stands before them where an address is whole."""
    found = []
    for address in read(content).addresses:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        to = unquote(parts.path)
        if to.startswith("/"):
            assert to.startswith(root), address
            found.append(to.removeprefix(root) or "index.html")
        else:
            found.append(normpath(join(dirname(path), to)))
    return found


def dropped(path: str) -> bool:
    """Whether a host that runs Jekyll would leave a file out, were it not told otherwise (jekyllrb.com, "Directory structure")."""
    return any(
        part[0] in "._#" or part[-1] == "~" or part in ("vendor", "node_modules") for part in path.split("/")
    )
