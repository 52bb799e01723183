"""(Theme, what a manifesto sets) → what is wrong with it: names that the theme does not have, values that an option cannot take."""

import re
from collections.abc import Iterator

from manifesto_cli.faults.catalogue.themes import unknown_option, wrong_option
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.mending import renamed, written
from manifesto_cli.faults.nearest import nearest, slip
from manifesto_cli.model.case_study import Image
from manifesto_cli.model.theme import ThemeOption
from manifesto_cli.patterns import pattern
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.theme import Options, Theme

_COLOUR = pattern(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_DIGITS = pattern(r"(?:[0-9a-fA-F]{3}){1,2}")
_PICTURE = pattern(r"(?:media/)?([A-Za-z0-9._/-]+\.(?:jpe?g|png|webp|avif|gif))", re.IGNORECASE)
_SHOWN = 40
"""A longer text is not repeated in a message."""


def option_faults(theme: Theme, options: Options, origin: Origin) -> tuple[Diagnostic, ...]:
    """What is wrong with the options that a manifesto sets."""
    known = theme.options
    faults: list[Diagnostic] = []
    for name, value in options.items():
        if name in known:
            faults += _KINDS[known[name].kind](name, known[name], value, origin)
        else:
            at = origin.name("site", "options", name)
            faults.append(unknown_option(at, name, theme.name, tuple(known), tuple(options)))
    return tuple(faults)


def _colour(name: str, _: ThemeOption, value: str | Image, origin: Origin) -> Iterator[Diagnostic]:
    if isinstance(value, Image) or not _COLOUR.fullmatch(value):
        at = origin.at("site", "options", name)
        meant = f'"#{value}"' if isinstance(value, str) and _DIGITS.fullmatch(value) else ""
        help = f"write `{meant}`" if meant else 'write a colour such as `"#7a1f5c"`, in quotes'
        fix = written(at, meant) if meant and str(value) in at.text else None
        yield wrong_option(at, name, "a colour", _found(value), help, fix)


def _choice(name: str, option: ThemeOption, value: str | Image, origin: Origin) -> Iterator[Diagnostic]:
    if option.values and (isinstance(value, Image) or value not in option.values):
        at = origin.at("site", "options", name)
        text = value if isinstance(value, str) else ""
        meant = nearest(text.lower(), option.values, 0.5)
        *most, last = (f"`{choice}`" for choice in option.values)
        takes = f"{', '.join(most)} or {last}" if most else last
        help = f"did you mean `{meant}`?" if meant else f"write {takes}"
        fix = renamed(at, text, meant) if meant and meant == slip(text, option.values) else None
        yield wrong_option(at, name, takes, _found(value), help, fix)


def _picture(name: str, _: ThemeOption, value: str | Image, origin: Origin) -> Iterator[Diagnostic]:
    if isinstance(value, str):
        file = _PICTURE.fullmatch(value.replace("\\", "/"))
        meant = f"media/{file[1]}" if file else f"media/{name}.jpg"
        help = f'write `{{file: {meant}, alt: "…"}}`, with what the picture shows in the place of the dots'
        yield wrong_option(
            origin.at("site", "options", name), name, "a picture with its fields", _found(value), help, None
        )


_KINDS = {"colour": _colour, "choice": _choice, "picture": _picture}


def _found(value: str | Image) -> str:
    if isinstance(value, Image):
        return "this is a picture"
    line = " ".join(value.split())
    shown = line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
    return f"this is `{shown}`" if shown else "this is an empty text"
