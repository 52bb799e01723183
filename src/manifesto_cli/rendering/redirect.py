"""The page at the address that a record had before. It is the tool's own and no theme's, since themes must not send readers elsewhere."""

from markupsafe import escape

from manifesto_cli.rendering.render import META
from manifesto_cli.rendering.views.elements import LinkView
from manifesto_cli.rendering.views.types import SiteView


def redirect_page(site: SiteView, to: LinkView, canonical: str) -> str:
    """A page that leads on at once, with a plain link for readers whose browser does not.

    It has no style sheet, which would only take time. It waits for none, so that nobody has to read it or misses what stands on it (WCAG technique H76). `canonical` is
    the whole address of the page that it leads to; empty where that is not known.
    """
    told = f'<link rel="canonical" href="{escape(canonical)}">\n' if canonical else ""
    notice = f"<header>\n<p>{escape(site.notice)}</p>\n</header>\n" if site.notice else ""
    imprint = f"<footer>\n<p>{escape(site.imprint)}</p>\n</footer>\n" if site.imprint else ""
    return f"""\
<!doctype html>
<html lang="{escape(site.language)}" dir="{escape(site.direction)}">
<head>{META}
<meta http-equiv="refresh" content="0; url={escape(to.href)}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(to.text)} – {escape(site.title)}</title>
{told}</head>
<body>
{notice}<main>
<h1>This page has moved</h1>
<p>It is now at <a href="{escape(to.href)}">{escape(to.text)}</a>.</p>
</main>
{imprint}</body>
</html>
"""
