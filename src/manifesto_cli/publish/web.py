"""Where a site is on the web, and where a host may lead whoever asks for it. Nothing here asks anybody."""

import ipaddress
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct

from manifesto_cli.faults.error import Exit, ManifestoError

PORTS = {"http": 80, "https": 443}

_IN_PATHS = "/%:@!$&'()*+,;=~"
"""What may stand in a path as it is (RFC 3986, section 3.3), `%` among it, since an address may be encoded already."""


class Root(Struct, frozen=True):
    """The address at which a site begins."""

    scheme: str
    host: str
    port: int
    path: str
    """Begins and ends with `/`, and is written as a request has it."""

    @property
    def name(self) -> str:
        """The host, and its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address; it ends in `/`."""
        return f"{self.scheme}://{self.name}{self.path}"

    @property
    def near(self) -> bool:
        """Whether it is on this machine, so that nobody is between."""
        return is_near(self.host)

    def at(self, path: str) -> str:
        """The address of a file of the site."""
        return self.url + quote(path, safe="/")


def root_of(url: str) -> Root:
    """The address of a site taken apart; ManifestoError where it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):  # a port that is no number, or not http
        raise _unusable(url) from None
    if not parts.hostname or parts.username is not None or parts.query or parts.fragment:
        raise _unusable(url)
    path = quote(parts.path, safe=_IN_PATHS).strip("/")
    return Root(parts.scheme, parts.hostname, port, f"/{path}/" if path else "/")


def _unusable(url: str) -> ManifestoError:
    return ManifestoError(
        f"`{url}` is not the address of a site",
        help="write it as `https://example.org/`, without a name, a password, `?` and `#`",
        status=Exit.USAGE,
    )


def is_near(host: str) -> bool:
    """Whether the name is that of this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(number: str) -> bool:
    """Whether the number of a host is one that everybody can reach. A name can be made to lead into the network of whoever asks."""
    try:
        found = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    return found.is_global and not found.is_multicast


class AstrayError(Exception):
    """A host leads where nobody is followed to."""


def led_on(url: str, location: str) -> str:
    """The address to which a host leads on from another; AstrayError unless that is the same host, with `https` or `www.` at most in addition.

    Whoever has got hold of a host could otherwise have this machine ask any other, also such as only this machine can reach.
    """
    try:
        whole = urljoin(url, location.strip())
        here, there = urlsplit(url), urlsplit(whole)
        ports = [parts.port or PORTS.get(parts.scheme) for parts in (here, there)]
    except ValueError:
        raise AstrayError("leads on to an address that is none") from None
    host = there.hostname or ""
    if there.scheme not in PORTS or there.username is not None:
        raise AstrayError("leads on to an address that is no web page's")
    if host.removeprefix("www.") != (here.hostname or "").removeprefix("www."):
        raise AstrayError(f"leads on to another host, `{host}`")
    if here.scheme == "https" and there.scheme == "http":
        raise AstrayError("leads on from `https` to `http`, where anybody on the way can read and change it")
    safer = (here.scheme, there.scheme) == ("http", "https")
    if ports[0] != ports[1] and not (safer and ports == [PORTS["http"], PORTS["https"]]):
        raise AstrayError(f"leads on to another port of its host, {ports[1]}")
    query = f"?{quote(there.query, safe=_IN_PATHS + '?')}" if there.query else ""
    return f"{there.scheme}://{there.netloc}{quote(there.path or '/', safe=_IN_PATHS)}{query}"
