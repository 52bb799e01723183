"""The hosts that addresses name."""

from urllib.parse import urlsplit


def same_host(url: str, domain: str) -> bool:
    """Whether an address is at a domain; `www.` in front of either makes no difference."""
    return _bare(urlsplit(url).hostname or "") == _bare(domain)


def _bare(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")
