"""Faults of a theme's upkeep: parts that nothing uses, and templates that took the place of others."""

from manifesto_cli.faults.diagnostic import Diagnostic, error, note, warning
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.faults.source import Span


def ground_theme(at: Span, name: str, choices: tuple[str, ...]) -> Diagnostic:
    """A manifesto names a theme that is only there for other themes to build on.

    Such a theme says `ground: true` in its `theme.yaml`. It has the structure that others share, and no look of its own.

    Mend it by naming a theme that builds on it. `manifesto theme list` shows them.
    """
    listed = ", ".join(f"`{choice}`" for choice in choices)
    return error(
        "ground-theme",
        f"the theme `{name}` is there for other themes to build on",
        at,
        "has no look of its own",
        help=f"write one of {listed}",
    )


def unused_in_template(at: Span, what: str, name: str, meant: str = "") -> Diagnostic:
    """A template defines a macro or a block, or imports something, and nothing uses it.

    A macro is used where something calls it, and an import where its name stands again. A block is shown only if the template that
    this one extends has a block of the same name; so a block that nothing shows may have its name misspelt.

    Mend it by deleting it, or by correcting its name.
    """
    problem = {
        "macro": "nothing calls this macro",
        "import": "nothing here uses this",
        "block": "no template that this one extends has such a block",
    }[what]
    return warning(
        "unused-in-template",
        f"the {what} `{name}` is not used",
        at,
        problem,
        help=f"did you mean `{meant}`?" if meant else "delete it",
    )


def unreached_template(at: Span, name: str, meant: str) -> Diagnostic:
    """A theme has a template that no page leads to.

    A template makes a page if it has the name of a kind of page, such as `pledge.html`; all others are reached by `extends`,
    `include` or `import` from one that does. The documentation of themes lists the names.

    Mend it by deleting the file, by correcting its name, or by including it where it is to be seen.
    """
    return warning(
        "unreached-template",
        f"no page uses the template `{name}`",
        at,
        "not used",
        help=f"did you mean `{meant}`?" if meant else "delete the file, or include it in a template that makes a page",
    )


def unused_theme_option(at: Span, name: str) -> Diagnostic:
    """A theme declares an option that none of its templates, styles and colours uses.

    Whoever sets it would wait for something to happen. An option of kind `colour` is used by a recipe under `colours:`, one of kind `choice` by its
    class in the style sheet or as `site.options.NAME`, one of kind `picture` as `site.options.NAME`.

    Mend it by using it, or by deleting it from `theme.yaml`.
    """
    return warning(
        "unused-theme-option",
        f"nothing uses the option `{name}`",
        at,
        "set for nothing",
        help=f"delete it, or use `site.options.{name}` in a template",
    )


def undefined_property(at: Span, name: str, known: tuple[str, ...]) -> Diagnostic:
    """A style sheet uses a custom property that nothing defines.

    The colours and options of `theme.yaml` are custom properties of the same names; all others are defined in a style sheet. A browser
    passes over a line whose property is not defined, without a word.

    Mend it by correcting the name, by defining it, or by giving what counts without it: `var(--gap, 1rem)`.
    """
    meant = nearest(name, known)
    return warning(
        "undefined-property",
        f"nothing defines the custom property `{name}`",
        at,
        "browsers pass over this line",
        help=f"did you mean `{meant}`?" if meant else f"define `{name}: …` under `:root`, or add it to `colours:` in `theme.yaml`",
    )
