"""The page at an address at which something stood before. It is the tool's own and no theme's, since themes must not send readers elsewhere."""

from markupsafe import escape

from manifesto_cli.rendering.render import META
from manifesto_cli.rendering.views.elements import LinkView
from manifesto_cli.rendering.views.types import SiteView


def redirect_page(site: SiteView, to: LinkView, canonical: str, *, gone: bool = False) -> str:
    """A page that leads on at once, with a plain link for readers whose browser does not.

    It has no style sheet, which would only take time. It waits for none, so that nobody has to read it or misses what stands on it (WCAG technique H76). `canonical` is
    the whole address of the page that it leads to; empty where that is not known. `gone` says that this page is not the one that stood
    here: then no search engine shall take it for that.
    """
    told = f'<link rel="canonical" href="{escape(canonical)}">\n' if canonical and not gone else ""
    heading, lead = (
        ("This page is no longer here", "What is nearest to it is")
        if gone
        else ("This page has moved", "It is now at")
    )
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
<h1>{heading}</h1>
<p>{lead} <a href="{escape(to.href)}">{escape(to.text)}</a>.</p>
</main>
{imprint}</body>
</html>
"""
