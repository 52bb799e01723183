"""`site.webmanifest`: what a phone needs to know to keep the site on its first screen."""

import msgspec

from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.outputs.addresses import WEB_MANIFEST
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.theme import ICON, Theme, browser_colour
from manifesto_cli.rendering.views.words import direction


def web_manifest(manifesto: Manifesto, theme: Theme, *, icon: bool) -> File:
    """The web app manifest (W3C). Its addresses are relative, like all links; `icon` says whether the theme has one."""
    colour = browser_colour(theme, manifesto.site.options)
    said = {
        "name": manifesto.title,
        "short_name": manifesto.candidate.name,
        "lang": manifesto.language,
        "dir": direction(manifesto.language),
        "start_url": "index.html",
        "scope": "./",
        "display": "browser",
        **({"theme_color": colour} if colour else {}),
        "icons": [{"src": ICON, "sizes": "any", "type": "image/svg+xml"}] if icon else [],
    }
    return File(WEB_MANIFEST, msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n")
