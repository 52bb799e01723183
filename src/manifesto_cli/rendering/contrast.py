"""(Theme, what a manifesto sets) → the promises of the theme about its colours that do not hold, with the nearest colour that mends it."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from manifesto_cli.faults.catalogue.themes import low_contrast
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.model.theme import ThemePair
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.colour import STEP, least_contrast, moved, to_oklch, to_srgb, written_out
from manifesto_cli.rendering.palette import SCHEMES, Mixer, Shortfall, contrasts, mixers, shortfalls
from manifesto_cli.rendering.theme import Options, Theme, colour_values

_MOST = 2000
"""How many recipes with a contrast are made anew, at most, to find the value of an option that passes."""
_IN_WORDS = {"light": "in the light scheme", "dark": "in the dark scheme"}


class Offer(Struct, frozen=True):
    """A value of an option with which everything that it leads to can be read."""

    option: str
    colour: str
    distance: float
    """How far its lightness is from what was set."""


def contrast_faults(theme: Theme, options: Options, origin: Origin) -> tuple[Diagnostic, ...]:
    """A fault for each option that breaks promises of the theme, and for each promise that the theme breaks by itself.

    The theme has no contradiction, and every option is known and of its kind.
    """
    values = colour_values(theme, options)
    found = _shortfalls(theme, values)
    if not found:
        return ()
    chosen = frozenset(name for name in values if name in options)
    made = offers(theme, values, chosen)
    faults = [_of_option(values, offer, found, origin) for offer in made]
    mended = {**values, **{offer.option: offer.colour for offer in made}}
    left = _shortfalls(theme, mended)
    unset = {**values, **{name: theme.options[name].default for name in chosen}}
    own = {fault.pair for fault in _shortfalls(theme, unset)} if left else set()
    schemes = {mixer.scheme: mixer for mixer in mixers(theme.colours, mended)} if left else {}
    for number in dict.fromkeys(fault.pair for fault in left):
        worst = min((fault for fault in left if fault.pair == number), key=_share)
        blamed = sorted(chosen & worst.options)
        if blamed and number not in own:
            faults.append(_without(values, worst, blamed[0], origin))
        else:
            faults.append(_of_theme(theme, schemes[worst.scheme], worst))
    return tuple(faults)


def offers(theme: Theme, values: Mapping[str, str | None], chosen: frozenset[str]) -> tuple[Offer, ...]:
    """The values that options may have instead, so that the palette made anew breaks no promise that any of them leads to.

    One option where one will do, that which has the least way to go; else one after the other. There is none for an option that no lightness mends.
    """
    broken = [fault for fault in _shortfalls(theme, values) if fault.options & chosen]
    blamed = [name for name in values if name in chosen and any(name in fault.options for fault in broken)]
    by = _step(theme, len(blamed))
    single = [offer for name in blamed for offer in _offer(theme, values, name, chosen, by)]
    if single:
        return (min(single, key=lambda offer: offer.distance),)
    made: list[Offer] = []
    working = dict(values)
    for name in blamed:
        for offer in _offer(theme, working, name, frozenset({name}), by):
            if offer.distance:
                made.append(offer)
                working[name] = offer.colour
    return tuple(made)


def _step(theme: Theme, options: int) -> float:
    """How far the lightness of an option moves at a time: 0.01, or more in a theme that would take all day else."""
    return max(STEP, contrasts(theme.colours) * options / _MOST)


def _offer(
    theme: Theme, values: Mapping[str, str | None], name: str, chosen: frozenset[str], by: float
) -> tuple[Offer, ...]:
    """The nearest value of an option with which no promise is broken that any of `chosen` leads to, if there is one."""
    start = to_oklch(values[name] or "")

    pairs = [pair for pair, _ in theme.pairs]

    def passes(colour: str) -> bool:
        tried = {**values, name: colour}
        schemes = (
            Mixer(theme.colours, tried, scheme) for scheme in SCHEMES
        )  # the second only if the first will do
        return not any(fault.options & chosen for made in schemes for fault in shortfalls((made,), pairs))

    found = moved(start, passes, by=by)
    return (Offer(name, to_srgb(found), abs(found.lightness - start.lightness)),) if found else ()


def _shortfalls(theme: Theme, values: Mapping[str, str | None]) -> tuple[Shortfall, ...]:
    return shortfalls(mixers(theme.colours, values), (pair for pair, _ in theme.pairs))


def _of_option(
    values: Mapping[str, str | None], offer: Offer, found: Iterable[Shortfall], origin: Origin
) -> Diagnostic:
    broken = [fault for fault in found if offer.option in fault.options]
    return low_contrast(
        origin.at("site", "options", offer.option),
        f"with `{values[offer.option]}` as `{offer.option}` the site cannot be read well",
        _measured(min(broken, key=_share)),
        f'write `"{offer.colour}"`, the nearest colour with which all of it can be read',
    )


def _without(values: Mapping[str, str | None], worst: Shortfall, name: str, origin: Origin) -> Diagnostic:
    return low_contrast(
        origin.at("site", "options", name),
        f"with `{values[name]}` as `{name}` the site cannot be read well",
        _measured(worst),
        f"delete `{name}` and its value: no colour of this hue will do",
    )


def _of_theme(theme: Theme, mixer: Mixer, worst: Shortfall) -> Diagnostic:
    pair, at = theme.pairs[worst.pair]
    headline = "the theme's own colours cannot be read as it promises"
    return low_contrast(at, headline, _measured(worst), _nearest(mixer, pair))


def _nearest(mixer: Mixer, pair: ThemePair) -> str:
    """What to do about a pair: which colour, near the one of the text, can be read on all that it stands on."""
    start = mixer.named(pair.text).colour
    grounds = [mixer.named(name).colour for name in pair.on]
    found = moved(to_oklch(start), lambda colour: least_contrast(colour, grounds) >= pair.ratio)
    if found is None:
        return f"no colour can be read on all of them: bring {_listed(pair.on)} nearer to each other, or write a lower `ratio:`"
    near = to_srgb(found)
    if pair.text in mixer.colours:
        recipe = f"contrast: {pair.ratio:g}, on: [{', '.join(map(_quoted, pair.on))}]"
        return f'in the recipe of `{pair.text}` write `{recipe}`, or start at `"{near}"`, the nearest colour that can'
    where = f"as the default of the option `{pair.text}` " if pair.text in mixer.values else ""
    return f'{where}write `"{near}"`, the nearest colour that can'


def _measured(fault: Shortfall) -> str:
    return f"`{fault.text}` on `{fault.ground}` has a contrast of {_rounded(fault.found)} {_IN_WORDS[fault.scheme]}, and needs {fault.needed:g}"


def _rounded(ratio: float) -> str:
    """Rounded down, so that what falls short never looks as if it did not."""
    return f"{int(ratio * 100) / 100:g}"


def _share(fault: Shortfall) -> float:
    return fault.found / fault.needed


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _quoted(name: str) -> str:
    return f'"{written_out(name)}"' if name.startswith("#") else name
