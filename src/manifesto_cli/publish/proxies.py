"""The proxy through which a host is asked, as the environment names it: what git, pip and browsers heed."""

from base64 import b64encode
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from msgspec import Struct

from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.publish.web import is_near

_USUAL_PORT = 8080


class Proxy(Struct, frozen=True):
    """A host that asks other hosts for us."""

    host: str
    port: int
    credentials: Mapping[str, str]
    """The header by which it knows us; never shown."""


def proxy_for(scheme: str, host: str) -> Proxy | None:
    """The proxy for a host; None where it is asked directly, as this machine always is. ManifestoError for one that cannot be used."""
    proxies = getproxies()
    given = proxies.get(scheme) or proxies.get("all")
    if not given or is_near(host) or proxy_bypass(host):
        return None
    found = _read(given)
    if found is None:
        # Its address may hold a password, and is not shown.
        raise ManifestoError(
            f"the proxy for `{scheme}` that the environment names cannot be used",
            help=f"set `{scheme.upper()}_PROXY` to an address such as `http://proxy.example:8080`, or unset it",
            status=Exit.USAGE,
        )
    return found


def _read(given: str) -> Proxy | None:
    try:
        parts = urlsplit(given if "://" in given else f"http://{given}")
        port = parts.port or _USUAL_PORT
    except ValueError:  # a port that is no number
        return None
    if not parts.hostname or parts.scheme != "http":
        return None
    if parts.username is None:
        return Proxy(parts.hostname, port, {})
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return Proxy(parts.hostname, port, {"Proxy-Authorization": f"Basic {b64encode(login.encode()).decode()}"})
