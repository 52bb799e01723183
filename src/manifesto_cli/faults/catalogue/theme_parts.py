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
        help=f"did you mean `{meant}`?"
        if meant
        else "delete the file, or include it in a template that makes a page",
    )


def unused_theme_option(at: Span, name: str, kind: str) -> Diagnostic:
    """A theme declares an option that none of its templates, styles and colours uses.

    Whoever sets it would wait for something to happen. An option of kind `colour` is used by a recipe under `colours:`, one of kind `choice` by its
    class in the style sheet (`.corner-round`) or as `site.options.NAME`, one of kind `picture` as `site.options.NAME`.

    Mend it by using it, or by deleting it from `theme.yaml`.
    """
    return warning(
        "unused-theme-option",
        f"nothing uses the option `{name}`",
        at,
        "set for nothing",
        help=f"delete it, or make a colour with `from: {name}` under `colours:` and use that"
        if kind == "colour"
        else f"delete it, or use `site.options.{name}` in a template",
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
        help=f"did you mean `{meant}`?"
        if meant
        else f"define `{name}: …` under `:root`, or add it to `colours:` in `theme.yaml`",
    )


def shadowed_template_changed(
    at: Span, name: str, accept: str, differences: str, *, gone: bool
) -> Diagnostic:
    """The template that one of the project takes the place of has changed since it was copied, so that the copy lacks what is new.

    `manifesto theme shadow` keeps the original beside the copy, in `.shadowed/`. After an upgrade of the tool, or of the theme that the project builds on,
    the two originals are compared. What differs between them is shown, without the changes of the project.

    Mend it by taking over what you need, and then typing the command that the help line gives: it keeps your template, and records the original as it
    is now. If there is no original any more, that leaves a template of your own.
    """
    return warning(
        "shadowed-template-changed",
        f"the original of `{name}` is not there any more"
        if gone
        else f"the original of `{name}` has changed",
        at,
        "takes the place of nothing" if gone else "was made from an earlier one",
        help=f"delete it if no page needs it, or type `{accept}`"
        if gone
        else f"take over what you need, then type `{accept}`",
        diff=differences,
    )


def shadow_without_record(at: Span, original: str, accept: str, *, spoilt: bool) -> Diagnostic:
    """A template of the project takes the place of another, and nothing says what that one was like when it was copied.

    It works, but nobody will hear of it when the original changes with an upgrade of the tool. A template that only builds on the original, with
    `{% extends "civic/pledge.html" %}`, has no need of a record.

    Mend it by typing the command that the help line gives: it records the original as it is now.
    """
    return note(
        "shadow-without-record",
        f"the record of `{original}` has been changed"
        if spoilt
        else f"this takes the place of `{original}`, and there is no record of that one",
        at,
        "nobody will hear when the original changes",
        help=f"type `{accept}`",
    )
