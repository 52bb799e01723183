"""Theme → where its `theme.yaml` contradicts itself. Looked at whole: a theme may use the colours of those that it extends."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from manifesto_cli.faults.catalogue.themes import theme_contradiction, unknown_colour
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.faults.source import Span
from manifesto_cli.model.theme import Recipe, Shade, ThemeColour, ThemeOption
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.palette import SCHEMES, contrasts, in_order, leads
from manifesto_cli.rendering.theme import Theme

_MAKING = (
    "from_",
    "lightness",
    "chroma",
    "hue",
    "turn",
    "lighter",
    "chroma_at_most",
    "contrast",
    "any_of",
    "away_from",
    "by",
)
"""The fields that `best-of:` takes the place of."""
MAX_COLOURS = 100
MAX_STEPS = 400
MAX_PAIRS = 400
MAX_CONTRASTS = 60
_SHOWN = 6
"""Of a longer circle only the start is shown."""


class _Names(Struct, frozen=True):
    """What recipes and pairs may name."""

    colours: Mapping[str, ThemeColour]
    options: Mapping[str, ThemeOption]
    """Those of kind colour."""

    @property
    def all(self) -> tuple[str, ...]:
        """Every name, colours first."""
        return tuple(dict.fromkeys([*self.colours, *self.options]))

    def may_lack(self, name: str) -> bool:
        """Whether an option may have no value."""
        return name in self.options and self.options[name].default is None


def theme_faults(theme: Theme) -> tuple[Diagnostic, ...]:
    """What is wrong with the options, colours and pairs of a theme, each at its place."""
    names = _Names(
        theme.colours, {name: option for name, option in theme.options.items() if option.kind == "colour"}
    )
    faults: list[Diagnostic] = []
    for name, option in theme.options.items():
        origin = theme.origin("options", name)
        faults += _option(option, origin) if origin else ()
    for name, colour in theme.colours.items():
        origin = theme.origin("colours", name)
        faults += _colour(names, name, colour, origin) if origin else ()
    for layer in theme.layers:
        for i, pair in enumerate(layer.header.pairs if layer.header else ()):
            assert layer.origin is not None  # noqa: S101 - for mypy; a header was read from somewhere
            faults += _pair(names, pair.text, pair.on, layer.origin.below("pairs", i))
    if not faults:
        faults += (*_circles(names, theme), *_sizes(names, theme))
    return tuple(faults)


def _option(option: ThemeOption, origin: Origin) -> Iterator[Diagnostic]:
    """What is wrong with an option on its own."""
    default = option.default
    if option.kind == "choice" and not option.values:
        yield theme_contradiction(
            origin.at("kind"),
            "a choice has nothing to choose from",
            "no `values:` beside it",
            "add `values: […]`, a list of words",
        )
    elif option.kind == "choice" and default not in option.values:
        yield theme_contradiction(
            origin.at("default") if default else origin.at("kind"),
            "the default of a choice is not among its values" if default else "a choice has no default",
            "not one of `values:`" if default else "no `default:` beside it",
            f"write `default: {option.values[0]}`, or another of `values:`",
        )
    if option.kind != "choice" and option.values:
        yield theme_contradiction(
            origin.name("values"),
            f"a {option.kind} is not chosen from words",
            "only for choices",
            "delete `values:`, or write `kind: choice`",
        )
    if option.kind == "colour" and default and not default.startswith("#"):
        yield theme_contradiction(
            origin.at("default"),
            "the default of a colour is a word",
            "not a colour",
            'write a colour such as `"#7a1f5c"`, in quotes',
        )
    if option.kind == "picture" and default:
        yield theme_contradiction(
            origin.name("default"),
            "a picture cannot have a default",
            "only for colours and choices",
            "delete `default:`; draw something where there is no picture",
        )


def _colour(names: _Names, name: str, colour: ThemeColour, origin: Origin) -> Iterator[Diagnostic]:
    if colour.light is None and colour.dark is None:
        yield from _recipe(names, name, colour, origin)
        return
    beside = [field for field in Recipe.__struct_fields__ if field != "toward" and getattr(colour, field)]
    if beside or colour.light is None or colour.dark is None:
        lacking = "dark" if colour.dark is None else "light"
        written = _written(beside[0]) if beside else ""
        yield theme_contradiction(
            origin.name(written) if written else origin.name("light" if lacking == "dark" else "dark"),
            f"the colour `{name}` is made in two ways"
            if written
            else f"the colour `{name}` is made in one scheme only",
            "beside a recipe for one scheme" if written else f"no `{lacking}:` beside it",
            f"move `{written}:` into `light:` or `dark:`" if written else f"add `{lacking}: {{…}}`",
        )
    for scheme, recipe in (("light", colour.light), ("dark", colour.dark)):
        if recipe:
            yield from _recipe(names, name, recipe, origin.below(scheme))


def _recipe(names: _Names, name: str, recipe: Recipe, origin: Origin) -> Iterator[Diagnostic]:
    yield from _shade(names, name, recipe, origin)
    start = recipe.from_
    if recipe.otherwise:
        yield from _shade(names, name, recipe.otherwise, origin.below("otherwise"))
        if start not in names.options:
            yield theme_contradiction(
                origin.name("otherwise"),
                f"the recipe of `{name}` has an `otherwise:` of no use",
                "no option in `from:`",
                "delete `otherwise:`, or name an option of kind colour in `from:`",
            )
    elif start and names.may_lack(start):
        yield _without_value(
            origin.at("from"),
            start,
            f"add `otherwise: {{…}}` beside it, or a `default:` to the option `{start}`",
        )
    if recipe.otherwise and recipe.otherwise.from_ and names.may_lack(recipe.otherwise.from_):
        yield _without_value(
            origin.at("otherwise", "from"),
            recipe.otherwise.from_,
            f"name an option that has a default, or add a `default:` to `{recipe.otherwise.from_}`",
        )


def _without_value(at: Span, option: str, help: str) -> Diagnostic:
    return theme_contradiction(at, f"the option `{option}` may have no value", "has no `default:`", help)


def _shade(names: _Names, name: str, shade: Shade, origin: Origin) -> Iterator[Diagnostic]:
    """What is wrong with the steps of one recipe, and with the names in it."""
    if shade.from_ and not _known(names, shade.from_):
        yield unknown_colour(origin.at("from"), shade.from_, names.all)
    for field in ("on", "any_of", "best_of"):
        for i, wanted in enumerate(getattr(shade, field)):
            yield from _reference(names, wanted, origin.at(_written(field), i))
    if shade.away_from:
        yield from _reference(names, shade.away_from, origin.at("away-from"))
    for broken, field, label, help in _unfinished(shade):
        if broken:
            at = origin.name(field) if field else origin.at()
            yield theme_contradiction(at, f"the recipe of `{name}` makes no colour", label, help)


def _unfinished(shade: Shade) -> Iterator[tuple[bool, str, str, str]]:
    """Steps that lack others or exclude them: whether it is so, at which field, what is to be said there, and what helps."""
    if shade.best_of:
        beside = next((field for field in _MAKING if getattr(shade, field)), "")
        yield (
            bool(beside),
            _written(beside),
            "not beside `best-of:`",
            f"delete `{_written(beside)}:`, or `best-of:`",
        )
        yield (
            not shade.on,
            "best-of",
            "no `on:` beside it",
            "add `on: […]`, the colours on which it must be seen",
        )
        return
    grounds = shade.on or shade.any_of
    yield (
        shade.from_ is None and shade.lightness is None,
        "",
        "nothing to start at",
        "add `from: …` or `lightness: …`",
    )
    yield bool(shade.on and shade.any_of), "any-of", "not beside `on:`", "delete `any-of:`, or `on:`"
    yield (
        shade.contrast is not None and not grounds,
        "contrast",
        "no `on:` beside it",
        "add `on: […]`, the colours on which the contrast counts",
    )
    lone = "on" if shade.on else "any-of"
    yield (
        bool(grounds) and shade.contrast is None,
        lone,
        "no `contrast:` beside it",
        f"add `contrast: 4.5`, or delete `{lone}:`",
    )
    yield bool(shade.away_from) and shade.by is None, "away-from", "no `by:` beside it", "add `by: 0.07`"
    yield (
        shade.by is not None and not shade.away_from,
        "by",
        "no `away-from:` beside it",
        "add `away-from: …`, or delete `by:`",
    )


def _pair(names: _Names, text: str, on: tuple[str, ...], origin: Origin) -> Iterator[Diagnostic]:
    yield from _reference(names, text, origin.at("text"))
    if not on:
        yield theme_contradiction(
            origin.name("on"),
            "a pair has a text on nothing",
            "an empty list",
            "write the colours that the text stands on, or delete the pair",
        )
    for i, ground in enumerate(on):
        yield from _reference(names, ground, origin.at("on", i))


def _known(names: _Names, name: str) -> bool:
    return name.startswith("#") or name in names.colours or name in names.options


def _reference(names: _Names, name: str, at: Span) -> Iterator[Diagnostic]:
    if not _known(names, name):
        yield unknown_colour(at, name, names.all)
    elif name not in names.colours and names.may_lack(name):
        yield _without_value(
            at, name, f"make a colour of it under `colours:`, or add a `default:` to the option `{name}`"
        )


def _circles(names: _Names, theme: Theme) -> Iterator[Diagnostic]:
    """The first circle of colours, at its first step."""
    for scheme in SCHEMES:
        _, circle = in_order(names.colours, names.options, scheme)
        origin = theme.origin("colours", circle[0]) if circle else None
        if origin:
            yield theme_contradiction(
                origin.at(),
                f"the colour `{circle[0]}` is made from itself",
                " → ".join(f"`{step}`" for step in (*circle[:_SHOWN], circle[0])),
                'let one of them start at an option, or at a colour such as `"#7a1f5c"`',
            )
            return


def _sizes(names: _Names, theme: Theme) -> Iterator[Diagnostic]:
    """A theme that declares more than can be worked out while somebody waits."""
    origin = next((layer.origin for layer in theme.layers if layer.header and layer.origin), None)
    pairs = [ground for pair, _ in theme.pairs for ground in pair.on]
    steps = [
        step
        for colour in names.colours.values()
        for recipe in (colour, colour.light, colour.dark)
        for step in (leads(recipe, ()) if recipe else ())
    ]
    for what, count, most in (
        ("colours", len(names.colours), MAX_COLOURS),
        ("recipes with `contrast:`", contrasts(names.colours), MAX_CONTRASTS),
        ("names in its recipes", len(steps), MAX_STEPS),
        ("colours in its pairs", len(pairs), MAX_PAIRS),
    ):
        if count > most and origin:
            yield theme_contradiction(
                origin.name("title"),
                f"the theme has more than {most} {what}",
                f"{count} of them",
                "delete those that no style sheet uses",
            )


def _written(field: str) -> str:
    """The name of a field as it stands in `theme.yaml`."""
    return field.rstrip("_").replace("_", "-")
