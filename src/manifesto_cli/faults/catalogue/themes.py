"""Faults of themes: what a template, an asset or a theme's own description does wrong."""

import re

from manifesto_cli.faults.diagnostic import Diagnostic, Fix, error
from manifesto_cli.faults.mending import renamed
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


def template_missing(at: Span, name: str, *, fitting: bool, spare: str = "") -> Diagnostic:
    """A theme has no template for a kind of page, or a template includes one that is not there.

    A template can use those of its own theme and of the themes it extends, by name (`pledge.html`), or
    those of one of them outright (`civic/pledge.html`). It cannot read any other file.

    Mend it by adding the template, or by extending a theme that has it. Pages that a site can do without can also
    be left out, such as that of the costs with `leaves_out: [costs]` in `theme.yaml`.
    """
    outright = name.rpartition("/")[0]
    without = f" or `leaves_out: [{spare}]`" if spare else ""
    return error(
        "template-missing",
        f"there is no template `{name}` in the theme",
        at,
        "asked for here",
        help=f"add the file `templates/{name}`, or write `extends: civic`{without} in `theme.yaml`"
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


def wrong_option(at: Span, name: str, takes: str, found: str, help: str, fix: Fix | None) -> Diagnostic:
    """An option of a theme has a value that it cannot take.

    A colour is written with `#` and in quotes, such as `"#7a1f5c"`, since `#` starts a comment otherwise. A choice takes one of the words that its
    theme lists. A picture is written with its fields, such as `{file: media/logo.png, alt: "A rose"}`.

    Mend it by writing what the help line says; without the line the option has its default.
    """
    return error("wrong-option", f"the option `{name}` takes {takes}", at, found, help=help, fix=fix)


def theme_contradiction(at: Span, why: str, label: str, help: str) -> Diagnostic:
    """A theme's options, colours or pairs contradict each other, so that nothing can be made of them.

    Examples are a choice whose default is not among its values, a colour made from itself, a contrast that nobody says on what it counts, and a colour made from
    an option that may have no value, with nothing under `otherwise:`.

    Mend it in `theme.yaml`, by doing what the help line says.
    """
    return error("theme-contradiction", why, at, label, help=help)


def unknown_colour(at: Span, name: str, known: tuple[str, ...]) -> Diagnostic:
    """A recipe or a pair in `theme.yaml` names a colour that the theme does not have.

    A name is that of a colour under `colours:`, of the theme itself or of one that it extends, or of an option of kind colour.

    Mend it by correcting the name, or by writing the colour itself, such as `"#7a1f5c"`, in quotes.
    """
    meant = nearest(name, known)
    listed = ", ".join(f"`{colour}`" for colour in known)
    return error(
        "unknown-colour",
        f"the theme has no colour `{name}`",
        at,
        "not known here",
        help=f"did you mean `{meant}`?"
        if meant
        else f"write one of {listed}"
        if listed
        else 'write a colour such as `"#7a1f5c"`, in quotes',
        fix=renamed(at, name, meant) if meant and meant == slip(name, known) else None,
    )


def low_contrast(at: Span, headline: str, label: str, help: str) -> Diagnostic:
    """Two colours of the theme are too near each other in lightness for one to be read on the other.

    The theme promises a contrast for each pair of colours that meet, in the light and in the dark scheme: 4.5 for text and 3 for large type and lines that mean something
    (WCAG 2.2, success criteria 1.4.3 and 1.4.11), and often 7 for long texts (1.4.6). Nearly every colour can be had as an accent, since the
    theme makes its text colours from it; this is about the few that leave no room.

    Mend it by writing the colour that the help line gives: it is the nearest one with which every pair has its contrast.
    """
    return error("low-contrast", headline, at, label, help=help)
