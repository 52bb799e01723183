"""Faults of themes: what a template, an asset or a theme's own description does wrong."""

import re

from manifesto_cli.faults.diagnostic import Diagnostic, error
from manifesto_cli.faults.mending import renamed, written
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.faults.source import Span


def unknown_theme(at: Span, name: str, meant: str, known: tuple[str, ...]) -> Diagnostic:
    """A manifesto or a theme names a theme that is not there.

    The themes that come with the tool are known by name, and so are folders with a `theme.yaml` in the project's `themes`.

    Mend it by correcting the name.
    """
    listed = ", ".join(f"`{theme}`" for theme in known)
    return error(
        "unknown-theme",
        f"there is no theme `{name}`",
        at,
        "not known here",
        help=f"did you mean `{meant}`?" if meant else f"write one of {listed}",
        fix=renamed(at, name, meant) if meant == slip(name, known) else None,
    )


def theme_circle(at: Span, name: str) -> Diagnostic:
    """Themes extend each other in a circle.

    Mend it by extending a theme that comes with the tool, such as `civic`, or by deleting the line with `extends:` in a theme that needs no other.
    """
    return error(
        "theme-circle",
        f"the theme `{name}` extends itself",
        at,
        "comes back to itself",
        help="write `extends: civic`, or delete the line if the theme has all templates itself",
    )


def theme_file(at: Span, why: str, help: str) -> Diagnostic:
    """A theme holds a file that cannot be part of a theme.

    A theme is data: `theme.yaml`, `templates/` (Jinja, UTF-8), and `assets/` (style sheets, scripts, fonts, pictures).
    It holds at most 500 files and 20 megabytes; a template has at most 100,000 characters, all templates together 500,000. A drawing (SVG) holds
    shapes and text only: no scripts, no styles, no links to elsewhere. No two assets differ in capitals only.

    Mend it by doing what the help line says; deleting the file always helps.
    """
    return error("theme-file", f"this file cannot be part of a theme: {why}", at, "not used", help=help)


def template_syntax(at: Span, problem: str, meant: str) -> Diagnostic:
    """A template is not written as Jinja templates are.

    Mend it where the message points; https://jinja.palletsprojects.com/templates/ has the rules.
    """
    return error(
        "template-syntax",
        "this template cannot be read",
        at,
        problem,
        help=f"did you mean `{meant}`?"
        if meant
        else "correct this line, or delete it; https://jinja.palletsprojects.com/templates/ has the rules",
    )


def template_missing(at: Span, name: str, *, fitting: bool) -> Diagnostic:
    """A theme has no template for a kind of page, or a template includes one that is not there.

    A template can use those of its own theme and of the themes it extends, by name (`pledge.html`), or
    those of one of them outright (`civic/pledge.html`). It cannot read any other file.

    Mend it by adding the template, or by extending a theme that has it.
    """
    outright = name.rpartition("/")[0]
    return error(
        "template-missing",
        f"there is no template `{name}` in the theme",
        at,
        "asked for here",
        help=f"add the file `templates/{name}`, or write `extends: civic` in `theme.yaml`"
        if fitting
        else f"write `extends: {outright}` in `theme.yaml`, or delete this"
        if re.fullmatch(r"[a-z0-9-]+", outright)
        else "delete this, or name a template of the theme, such as `pledge.html`",
    )


def template_undefined(at: Span, problem: str, meant: str) -> Diagnostic:
    """A template uses something that it was not given.

    Templates see `site` and `page`, and their fields.

    Mend it by correcting the name.
    """
    return error(
        "template-undefined",
        "the template uses something that is not there",
        at,
        problem,
        help=f"did you mean `{meant}`?"
        if meant
        else "correct the name, or delete what stands between the braces",
    )


def template_refused(at: Span, problem: str) -> Diagnostic:
    """A template tries what no template may.

    Templates see the values they are given and nothing else: no Python, no files, no other program. Names
    that start with `_` and most methods are out of reach; so are filters other than the documented ones.

    Mend it by deleting it.
    """
    return error(
        "template-refused",
        "the template tries something that templates may not do",
        at,
        problem,
        help="delete it; a template can use `site`, `page` and their fields",
    )


def template_too_much(at: Span, problem: str) -> Diagnostic:
    """A template makes more than a page can be.

    A page may have twenty million characters and take a million steps; a single text made in a template may have 500,000 characters.

    Mend it by making less: look for loops inside loops, and for templates that include themselves.
    """
    return error(
        "template-too-much",
        "the template makes too much",
        at,
        problem,
        help="delete loops inside loops, and lines by which a template includes itself",
    )


def template_failed(at: Span, problem: str) -> Diagnostic:
    """A template asks for something that cannot be worked out, such as a number divided by nought.

    Mend it by changing or deleting what stands between the braces where the message points.
    """
    return error(
        "template-failed",
        "the template asks for something that cannot be worked out",
        at,
        problem,
        help="change what stands between the braces, or delete it",
    )


def page_unsafe(at: Span, why: str, help: str) -> Diagnostic:
    """A page made by a theme is not built as pages must be.

    Every page starts with `<!doctype html>`, `<html …>` (with `lang`, `dir` and `class` only) and `<head>`. The tool puts the content
    security policy right behind that, so that no page can load anything from elsewhere; a theme cannot replace it, and cannot use `<base>`,
    `http-equiv` or links that load ahead (`preload`, `dns-prefetch` …). `<meta>` and `<link>` are written plainly, with every value in double quotes.

    Mend it in the template that starts the page.
    """
    return error("page-unsafe", f"a page made by this template {why}", at, "this template", help=help)


def page_without_imprint(at: Span, page: str) -> Diagnostic:
    """A page made by a theme does not show the imprint.

    Where election law asks for an imprint it must be part of every page; one click away is not enough
    (Elections Act 2022, part 6). The page must hold the text of `site.imprint` as it is.

    Mend it by putting `{{ site.imprint }}` into the template.
    """
    return error(
        "page-without-imprint",
        f"the page `{page}` would not show the imprint",
        at,
        "this template",
        help="write `<p>{{ site.imprint }}</p>` before `</body>` in the template",
    )


def unknown_option(
    at: Span, name: str, theme: str, known: tuple[str, ...], given: tuple[str, ...]
) -> Diagnostic:
    """A manifesto sets an option that its theme does not have.

    Mend it by correcting the name or taking the option out.
    """
    free = [option for option in known if option not in given]
    listed, meant = ", ".join(f"`{option}:`" for option in free), nearest(name, free)
    return error(
        "unknown-option",
        f"the theme `{theme}` has no option `{name}`",
        at,
        "not an option of the theme",
        help=f"did you mean `{meant}:`?"
        if meant
        else f"delete it, or use {listed}"
        if free
        else f"delete `{name}` and its value",
        fix=renamed(at, name, meant) if meant == slip(name, free) else None,
    )


def wrong_option(at: Span, name: str, found: str) -> Diagnostic:
    """An option of a theme has a value that it cannot take.

    Mend it by writing a colour such as `"#7a1f5c"`, in quotes, since `#` starts a comment otherwise.
    """
    meant = f'"#{found}"' if re.fullmatch(r"(?:[0-9a-fA-F]{3}){1,2}", found) else ""
    return error(
        "wrong-option",
        f"the option `{name}` takes a colour",
        at,
        f"this is `{found}`",
        help=f"write `{meant}`" if meant else 'write a colour such as `"#7a1f5c"`, in quotes',
        fix=written(at, meant) if meant and found in at.text else None,
    )
