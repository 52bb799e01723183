"""What a request asks for, and whether it may. Pure, so that every refusal can be tried without a server."""

from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from msgspec import Struct

OWN = "/_preview/"
"""Where the preview's own files are: at the root of the host, so that a page finds them also after `site.url` has changed.

No file of a site is ever looked for here.
"""
_LONGEST = 4096
_NAMES = ("localhost", "127.0.0.1", "[::1]")
_WEB_PORT = 80


class Refused(Struct, frozen=True):
    """A request that gets no answer but this."""

    status: HTTPStatus
    why: str


def refused_host(given: list[str], port: int) -> Refused | None:
    """Why a request for this host gets no answer; None where it may.

    A page from elsewhere can let its own name lead to this machine, and would then read the drafts of whoever opens it (DNS rebinding).
    Only the `Host` that a browser sends gives it away, so every name but those of this machine is refused.
    """
    allowed = {f"{name}:{port}" for name in _NAMES} | ({*_NAMES} if port == _WEB_PORT else set())
    if len(given) == 1 and given[0].strip().lower() in allowed:
        return None
    return Refused(
        HTTPStatus.FORBIDDEN,
        "the preview answers only to the names of this machine\n"
        f"help: open http://127.0.0.1:{port}/ or http://localhost:{port}/",
    )


def asked_path(target: str) -> str | Refused:
    """The path that the target of a request names, decoded once and without its query; it begins with `/`.

    What could mean another place to anybody who reads it is refused: no path of a site has such parts.
    """
    if len(target) > _LONGEST:
        return Refused(HTTPStatus.REQUEST_URI_TOO_LONG, "the address is too long")
    if not target.startswith("/"):
        return Refused(HTTPStatus.BAD_REQUEST, "the address does not begin with `/`")
    try:
        path = unquote_to_bytes(target.partition("?")[0].partition("#")[0]).decode()
    except UnicodeDecodeError:
        return Refused(HTTPStatus.BAD_REQUEST, "the address is not written in UTF-8")
    if not path.isprintable() or "\\" in path:
        return Refused(HTTPStatus.BAD_REQUEST, "the address holds a character that no address has")
    if any(part in (".", "..") for part in path.split("/")):
        return Refused(
            HTTPStatus.BAD_REQUEST, "the address leads up, and the preview shows only what is in the site"
        )
    return path


def path_in_site(path: str, top: str) -> str | None:
    """What the site calls the file at a path, if the site lies below `top`; None for a path that is not in it."""
    if not path.startswith(top):
        return None
    return path.removeprefix(top) or "index.html"
