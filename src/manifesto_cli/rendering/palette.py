"""(Recipes of a theme, values of its options) → its colours in both schemes, and which promises about them do not hold.

Pure and deterministic: the same recipes and values make the same colours. What is contradictory in recipes is found before, in `theme_faults`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from manifesto_cli.model.theme import Recipe, Shade, ThemeColour, ThemePair
from manifesto_cli.rendering.colour import (
    Oklch,
    contrast,
    fitted,
    least_contrast,
    most_contrast,
    moved,
    to_oklch,
    to_srgb,
    written_out,
)

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")


class Mixed(Struct, frozen=True):
    """A colour that was made."""

    colour: str
    """Such as `#7a1f5c`."""
    options: frozenset[str]
    """The options that lead to it."""


class Palette(Struct, frozen=True):
    """The colours of a theme by name, in the order in which it declares them."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


class Shortfall(Struct, frozen=True):
    """A pair of colours that has less contrast than its theme promises."""

    pair: int
    """The number of the promise."""
    scheme: Scheme
    text: str
    ground: str
    found: float
    needed: float
    options: frozenset[str]
    """The options that lead to either colour."""


def recipe_of(colour: ThemeColour, scheme: Scheme) -> Recipe:
    """How a colour is made in a scheme."""
    own = colour.light if scheme == "light" else colour.dark
    return own or colour


def contrasts(colours: Mapping[str, ThemeColour]) -> int:
    """How many recipes look for a lightness, in both schemes: what takes time when colours are made."""
    recipes = [recipe_of(colour, scheme) for colour in colours.values() for scheme in SCHEMES]
    return sum(
        recipe.contrast is not None or bool(recipe.otherwise and recipe.otherwise.contrast is not None)
        for recipe in recipes
    )


def leads(recipe: Recipe, options: Collection[str]) -> Iterator[str]:
    """The names and colours that a recipe is made from, options in `from:` left out."""
    for shade in (recipe, recipe.otherwise):
        if shade:
            yield from (shade.from_,) if shade.from_ and shade.from_ not in options else ()
            yield from (*shade.on, *shade.any_of, *shade.best_of)
            yield from (shade.away_from,) if shade.away_from else ()


def in_order(
    colours: Mapping[str, ThemeColour], options: Collection[str], scheme: Scheme
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of all colours, each behind those that it is made from; and the first circle that is met, if there is one."""
    order: dict[str, None] = {}
    way: dict[
        str, Iterator[str]
    ] = {}  # a stack of its own: a theme of strangers may go deeper than Python does
    for first in colours:
        upcoming: list[str] = [first]
        while upcoming:
            name = upcoming.pop()
            if name in way and name not in order:
                return tuple(order), tuple(way)[tuple(way).index(name) :]
            if name in colours and name not in order:
                way[name] = leads(recipe_of(colours[name], scheme), options)
            while way:
                last = next(reversed(way))
                step = next(way[last], None)
                if step is not None:
                    upcoming.append(step)
                    break
                way.pop(last)
                order[last] = None
    return tuple(order), ()


def palette(colours: Mapping[str, ThemeColour], values: Mapping[str, str | None]) -> Palette:
    """The colours that recipes make of the values of the options of kind colour; None is an option without a value."""
    light, dark = ({name: mixer.named(name).colour for name in colours} for mixer in mixers(colours, values))
    return Palette(light, dark)


def mixers(colours: Mapping[str, ThemeColour], values: Mapping[str, str | None]) -> "tuple[Mixer, Mixer]":
    """What has made the colours of the light scheme, and what those of the dark one."""
    return Mixer(colours, values, "light"), Mixer(colours, values, "dark")


def shortfalls(made: "Iterable[Mixer]", pairs: Iterable[ThemePair]) -> tuple[Shortfall, ...]:
    """Every promise that does not hold of the colours of some schemes, in the order of the pairs."""
    schemes = tuple(made)
    return tuple(
        found
        for number, pair in enumerate(pairs)
        for mixer in schemes
        for found in _shortfalls(mixer, number, pair)
    )


def _shortfalls(mixer: "Mixer", number: int, pair: ThemePair) -> Iterator[Shortfall]:
    text = mixer.named(pair.text)
    for name in pair.on:
        ground = mixer.named(name)
        found = contrast(text.colour, ground.colour)
        if found < pair.ratio:
            options = text.options | ground.options
            yield Shortfall(number, mixer.scheme, pair.text, name, found, float(pair.ratio), options)


class Mixer:
    """The colours of one scheme, each made once, from recipes without a contradiction."""

    def __init__(
        self, colours: Mapping[str, ThemeColour], values: Mapping[str, str | None], scheme: Scheme
    ) -> None:
        self.colours = colours
        self.values = values
        self.scheme = scheme
        self.made: dict[str, Mixed] = {}
        for name in in_order(colours, values, scheme)[0]:
            self.made[name] = self._of_recipe(recipe_of(colours[name], scheme))

    def named(self, name: str) -> Mixed:
        """A colour of the theme by name; else the value of the option of that name; else the colour that is written."""
        if name in self.made:
            return self.made[name]
        return self.value(name) if name in self.values else Mixed(written_out(name), frozenset())

    def value(self, option: str) -> Mixed:
        """What an option is set to, which it is."""
        return Mixed(written_out(self.values[option] or ""), frozenset({option}))

    def _of_recipe(self, recipe: Recipe) -> Mixed:
        unset = recipe.from_ in self.values and self.values[recipe.from_ or ""] is None
        return self._of_shade(recipe.otherwise if unset and recipe.otherwise else recipe)

    def _of_shade(self, shade: Shade) -> Mixed:
        if shade.best_of:
            return self._best(shade)
        start = self._start(shade.from_)
        others = [self.named(name) for name in (*shade.on, *shade.any_of)]
        away = self.named(shade.away_from) if shade.away_from else None
        options = frozenset().union(*(mixed.options for mixed in (start, *others, away) if mixed))
        if start and not _changes(shade):
            return Mixed(start.colour, options)
        colour = fitted(_set(shade, to_oklch(start.colour) if start else None))
        if shade.contrast is not None:
            colour = self._contrasting(shade, colour)
        if away:
            other = to_oklch(away.colour).lightness
            by = float(shade.by or 0)
            lightness = colour.lightness + (by if colour.lightness >= other else -by)
            colour = fitted(Oklch(lightness, colour.chroma, colour.hue))
        return Mixed(to_srgb(colour), options)

    def _start(self, name: str | None) -> Mixed | None:
        if name is None:
            return None
        return self.value(name) if name in self.values else self.named(name)

    def _best(self, shade: Shade) -> Mixed:
        candidates = [self.named(name) for name in shade.best_of]
        grounds = [self.named(name) for name in shade.on]
        under = [ground.colour for ground in grounds]
        best = max(candidates, key=lambda candidate: least_contrast(candidate.colour, under))
        return Mixed(best.colour, frozenset().union(*(mixed.options for mixed in (*candidates, *grounds))))

    def _contrasting(self, shade: Shade, colour: Oklch) -> Oklch:
        """The colour with the contrast that it must have; the end of the way where it is reached nowhere on it."""
        grounds = [self.named(name).colour for name in (*shade.on, *shade.any_of)]
        wanted = float(shade.contrast or 1)
        measure = most_contrast if shade.any_of else least_contrast
        found = moved(colour, lambda shown: measure(shown, grounds) >= wanted, shade.toward)
        if found:
            return found
        ends = {"dark": (0.0,), "light": (1.0,)}.get(shade.toward, (0.0, 1.0))
        reached = [Oklch(end, 0, colour.hue) for end in ends]
        return max(reached, key=lambda end: measure(to_srgb(end), grounds))


def _changes(shade: Shade) -> bool:
    steps = (shade.lightness, shade.chroma, shade.hue, shade.turn, shade.lighter, shade.chroma_at_most)
    return shade.contrast is not None or bool(shade.away_from) or any(step is not None for step in steps)


def _set(shade: Shade, start: Oklch | None) -> Oklch:
    """What a recipe makes of the colour it starts at, before that is fitted."""
    lightness, chroma, hue = (start.lightness, start.chroma, start.hue) if start else (0.0, 0.0, 0.0)
    lightness = float(shade.lightness) if shade.lightness is not None else lightness
    hueless = bool(start and start.is_grey and shade.hue is None)
    chroma = float(shade.chroma) if shade.chroma is not None else chroma
    hue = float(shade.hue) if shade.hue is not None else hue
    most = float(shade.chroma_at_most) if shade.chroma_at_most is not None else chroma
    return Oklch(
        lightness + float(shade.lighter or 0),
        0.0 if hueless else min(chroma, most),
        (hue + float(shade.turn or 0)) % 360,
    )
