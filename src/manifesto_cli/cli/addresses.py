"""Addresses of sites as people type them."""

import msgspec

from manifesto_cli.faults.error import Exit, ManifestoError


def address_of(url: str | None) -> str | None:
    """An address given on the command line, in the form that `site.url` has. ManifestoError for any other."""
    if url is None:
        return None
    from manifesto_cli.model.text import SiteUrl  # noqa: PLC0415 - few give an address, and it takes a while to make; here and below

    try:
        return msgspec.convert(url, SiteUrl)
    except msgspec.ValidationError:
        raise ManifestoError(
            f"`{url}` is not the address of a site", help=_meant(url), status=Exit.USAGE
        ) from None


def _meant(url: str) -> str:
    """What to type in place of an address that is none."""
    from manifesto_cli.model.text import SiteUrl  # noqa: PLC0415

    scheme, separator, rest = url.partition("://")
    bare = (rest if separator else scheme).partition("?")[0].partition("#")[0]
    host, slash, path = bare.rpartition("@")[2].partition("/")
    try:
        better = f"{scheme if scheme in ('http', 'https') else 'https'}://{host.encode('idna').decode()}{slash}{path}"
        return f"did you mean `{msgspec.convert(better, SiteUrl)}`?"
    except ValueError:  # msgspec's own, and that of a name that no host can have
        return "write it with `https://`, without `?` and `#`"
