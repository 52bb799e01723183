"""The file `_headers`, by which Netlify and Cloudflare Pages send headers with a site: what no page can say of itself.

Both read blocks of a path and, indented below it, names and values. What differs decides how it is written:

- Where two blocks fit an address and name the same header, Cloudflare joins the values with a comma and Netlify takes one. A `Cache-Control` or a policy that is joined
  means something else, so no two blocks that can fit one address name the same header.
- Cloudflare reads 100 blocks and 2,000 characters a line (developers.cloudflare.com/pages/configuration/headers); the rest is left out without a word.
- `*` stands for whatever follows, and only at the end: Netlify refuses more after it (docs.netlify.com/routing/headers).
- Both show `pledges/x.html` at `pledges/x` as well, so nothing is said of single pages.

The file counts at the root of what is deployed and nowhere else. It is read by the host, and shown to nobody.
"""

from collections.abc import Collection, Iterator
from urllib.parse import quote

from manifesto_cli.disk.paths import folder_of, folders_above
from manifesto_cli.patterns import pattern
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.render import CONTENT_SECURITY_POLICY

NAME = "_headers"
RULES, LINE = 100, 2000
"""How many blocks, and characters of a line, are read by the host that reads least."""

_DAY = 24 * 60 * 60
EVERYWHERE = {
    # What pages say themselves, and who may show them in a frame, which only a header can say: nobody, so that no other site can put its own words around a
    # candidate's page, or lead a click on it elsewhere. X-Frame-Options says the same to old browsers.
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    # A page that is opened from another site cannot be reached by it any more.
    "Cross-Origin-Opener-Policy": "same-origin",
    # Features of a device that no page asks for. Only names that browsers know: of others, they complain on every page.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Whose manifesto somebody reads is nobody's business: no other site is told where its readers come from.
    "Referrer-Policy": "no-referrer",
    # Of this host alone. Its subdomains, and lists that browsers ship (`includeSubDomains`, `preload`), are for whoever has the whole
    # domain: what they run there without encryption would be gone for a year.
    "Strict-Transport-Security": f"max-age={365 * _DAY}",
    "X-Content-Type-Options": "nosniff",
}
"""What is sent with every file."""

FONTS, PICTURES = (".woff2", ".woff"), (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_BESIDE = (".txt",)  # a licence stands beside what it is for
KEPT = {FONTS: 30 * _DAY, PICTURES: _DAY}
"""How long browsers may keep what pages are shown with, in seconds.

No name in a site changes with what is in it, so nothing is kept for good. Pages, style sheets, scripts and data are asked for anew each time, as
both hosts do by themselves; nothing is said of them, since that could not be taken back for a single folder. Fonts change with a version of the theme, and an old one shows the
same words. A picture may be of somebody who no longer agrees to be shown: then it is gone after a day.
"""
SHARED = ("feed.xml", "manifesto.json", "manifesto.schema.json", "published.json")
"""Data that programs on other sites may read: what it says is public, and it is the same for everybody."""

_SAFE = pattern(r"[A-Za-z0-9_/.-]+")
_MOST = 40
"""How many folders are named: a site with more has them for reasons that nobody here knows."""


def headers_file(paths: Collection[str], under: str = "/") -> File:
    """The file for a site with these files, which is deployed under a path of its host, such as `/plan/`."""
    root = quote(f"/{under.strip('/')}/".replace("//", "/"), safe="/~")
    blocks = [(f"{root}*", EVERYWHERE)]
    blocks += [
        (f"{root}{folder}/*", {"Cache-Control": f"public, max-age={age}"}) for folder, age in _kept(paths)
    ]
    blocks += [(f"{root}{path}", {"Access-Control-Allow-Origin": "*"}) for path in SHARED if path in paths]
    lines = [
        "# For Netlify and Cloudflare Pages, at the root of what is deployed. Written anew each time: changes are lost."
    ]
    for path, headers in blocks:
        lines += [path, *(f"  {name}: {value}" for name, value in headers.items())]
    return File(NAME, ("\n".join(lines) + "\n").encode())


def _kept(paths: Collection[str]) -> Iterator[tuple[str, int]]:
    """The outermost folders that hold nothing but fonts, or nothing but pictures, and how long what is in them may be kept."""
    endings: dict[str, set[str]] = {}
    for path in paths:
        for folder in (*folders_above(path), folder_of(path)):
            endings.setdefault(folder, set()).add(_ending(path))
    found: dict[str, int] = {}
    for folder in sorted(endings.keys() - {""}):
        if len(found) == _MOST or not found.keys().isdisjoint(folders_above(folder)):
            continue
        for kind, age in KEPT.items():
            only = endings[folder] <= {*kind, *_BESIDE} and not endings[folder].isdisjoint(kind)
            if only and _SAFE.fullmatch(folder):
                found[folder] = age
    yield from found.items()


def _ending(path: str) -> str:
    name = path.rpartition("/")[2].lower()
    return name[name.rfind(".") :] if "." in name else ""
