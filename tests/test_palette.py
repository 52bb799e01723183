"""Recipes: what each step does, what the three sheets ask for, and that a colour which is offered really passes."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_cli.cli import main
from manifesto_cli.rendering.colour import contrast, to_oklch
from manifesto_cli.rendering.contrast import contrast_faults, offers
from manifesto_cli.rendering.options import option_faults
from manifesto_cli.rendering.palette import Palette, mixers, palette, shortfalls
from manifesto_cli.rendering.theme import (
    Theme,
    ThemeFolder,
    assets,
    browser_colour,
    colour_values,
    read_layer,
    style_sheet,
)
from manifesto_cli.rendering.theme_faults import MAX_COLOURS, theme_faults
from support.built import picture

RECIPES = Path(__file__).parent / "recipes"
THEMES = ("civic", "rally", "broadsheet")
ACCENTS = ("#7a1f5c", "#ffd500", "#0087dc", "#e4003b", "#528d6b", "#fdbb30", "#6e6e6e", "#808080")
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
HEAD = 'title: T\napi: 1\noptions:\n  accent: {kind: colour, default: "#7a1f5c", about: a}\n  second: {kind: colour, about: a}\n'


def theme(text: str) -> Theme:
    """A theme of one `theme.yaml`, which has no fault."""
    layer = read_layer(ThemeFolder("t", "themes/t/", {"theme.yaml": text.encode()}))
    assert layer.value
    assert not layer.faults
    return Theme("t", (layer.value,))


def shipped(name: str) -> Theme:
    """The theme with the recipes of a sheet."""
    return theme((RECIPES / f"{name}.yaml").read_text(encoding="utf-8"))


def made(of: Theme, **options: str) -> Palette:
    """Its colours."""
    return palette(of.colours, colour_values(of, options))


def broken(of: Theme, options: Mapping[str, str]) -> tuple[object, ...]:
    """The promises that do not hold."""
    made = mixers(of.colours, colour_values(of, options))
    return shortfalls(made, (pair for pair, _ in of.pairs))


def colour(recipe: str, **options: str) -> str:
    """The colour that a recipe makes, beside some others that it may name."""
    others = "colours:\n  white: {lightness: 1}\n  black: {lightness: 0}\n  made: "
    of = theme(HEAD + others + recipe + "\n")
    assert not theme_faults(of)
    return made(of, **options).light["made"]


@pytest.mark.parametrize("name", THEMES)
def test_recipes_of_the_sheets_have_no_contradiction(name: str) -> None:
    """The vocabulary says what each sheet asks for, and its promises hold for the colour that it comes with."""
    of = shipped(name)
    assert not theme_faults(of)
    assert not broken(of, {})


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("name", THEMES)
def test_the_accents_that_the_sheets_name_pass(name: str, accent: str) -> None:
    """Plum, yellow, blue, red, green, amber and a grey can be had in every theme, in both schemes."""
    assert not broken(shipped(name), {"accent": accent})


@pytest.mark.parametrize(
    ("accent", "moved", "under"),
    [
        ("#7a1f5c", 0, "#ffffff"),
        ("#ffd500", 0, "#000000"),
        ("#0087dc", 0.07, "#000000"),
        ("#e4003b", -0.10, "#ffffff"),
        ("#528d6b", 0.07, "#000000"),
        ("#fdbb30", 0, "#000000"),
        ("#6e6e6e", -0.08, "#ffffff"),
    ],
)
def test_blocks_of_rally_move_as_its_sheet_says(accent: str, moved: float, under: str) -> None:
    """The lightness moves outwards to the nearest value at which black or white type has 7 : 1."""
    light = made(shipped("rally"), accent=accent).light
    assert to_oklch(light["accent"]).lightness - to_oklch(accent).lightness == pytest.approx(moved, abs=0.004)
    assert light["on-accent"] == under


def test_text_in_the_accent_of_civic_is_as_dark_as_its_sheet_says() -> None:
    """L .40 to .46 in light and .72 to .88 in dark, for all of them."""
    found = [made(shipped("civic"), accent=accent) for accent in ACCENTS]
    light = [to_oklch(palette.light["accent-ink"]).lightness for palette in found]
    dark = [to_oklch(palette.dark["accent-ink"]).lightness for palette in found]
    assert 0.40 <= min(light) <= max(light) <= 0.465
    assert 0.72 <= min(dark) <= max(dark) <= 0.885


@settings(max_examples=500, deadline=None)
@given(COLOURS, st.one_of(st.none(), COLOURS))
def test_any_accent_passes_or_the_colour_that_is_offered_does(accent: str, second: str | None) -> None:
    """Whatever colour is chosen, there is one with which all promises hold: itself, or the one in the message."""
    for name in THEMES:
        of = shipped_once(name)
        options = {"accent": accent, **({"second": second} if second and "second" in of.options else {})}
        if broken(of, options):
            found = offers(of, colour_values(of, options), frozenset(options))
            assert found
            assert not broken(of, options | {offer.option: offer.colour for offer in found})


STRICT = """colours:
  paper: {light: {lightness: 1}, dark: {lightness: .2}}
  bar: {light: {from: accent}, dark: {from: accent, lighter: .3}}
  label: {from: second, otherwise: {from: accent}}
  on-bar: {best-of: ["#ffffff", "#101820"], on: [bar]}
pairs:
  - {text: bar, on: [paper], ratio: 3}
  - {text: on-bar, on: [bar], ratio: 4.5}
  - {text: label, on: ["#ffffff"], ratio: 4.5}
"""
"""Colours that are taken as they are, so that many will not do."""


@settings(max_examples=200, deadline=None)
@given(COLOURS, st.one_of(st.none(), COLOURS))
def test_a_strict_theme_offers_what_passes(accent: str, second: str | None) -> None:
    """Where a theme leaves little room, what is offered still passes with everything that follows from it."""
    of = STRICT_THEME
    options = {"accent": accent, **({"second": second} if second else {})}
    if broken(of, options):
        found = offers(of, colour_values(of, options), frozenset(options))
        assert found
        assert not broken(of, options | {offer.option: offer.colour for offer in found})


def test_only_the_colour_that_is_at_fault_is_to_be_changed() -> None:
    """Of two options that were set, the one with which something cannot be read."""
    found = offers(
        STRICT_THEME,
        colour_values(STRICT_THEME, {"accent": "#7a1f5c", "second": "#ffd500"}),
        frozenset({"accent", "second"}),
    )
    assert [offer.option for offer in found] == ["second"]


def test_two_colours_at_fault_are_both_to_be_changed() -> None:
    """Where one change does not do, each option has its own."""
    found = offers(
        STRICT_THEME,
        colour_values(STRICT_THEME, {"accent": "#fffbe0", "second": "#ffd500"}),
        frozenset({"accent", "second"}),
    )
    assert [offer.option for offer in found] == ["accent", "second"]


_SHIPPED: dict[str, Theme] = {}


def shipped_once(name: str) -> Theme:
    """The theme with the recipes of a sheet, read once."""
    if name not in _SHIPPED:
        _SHIPPED[name] = shipped(name)
    return _SHIPPED[name]


STRICT_THEME = theme(HEAD + STRICT)


def test_a_recipe_starts_at_what_it_names() -> None:
    """An option, another colour, a colour as it is written; a colour may have the name of the option that it is made from."""
    assert colour("{from: accent}") == "#7a1f5c"
    assert colour("{from: accent}", accent="#ABC") == "#aabbcc"
    assert colour("{from: white}") == "#ffffff"
    assert colour('{from: "#123456"}') == "#123456"
    of = theme(HEAD + "colours:\n  accent: {from: accent, lightness: .5}\n  bar: {from: accent}\n")
    assert not theme_faults(of)
    assert made(of).light["bar"] == "#7a1f5c"
    assert to_oklch(made(of).light["accent"]).lightness == pytest.approx(0.5, abs=0.005)


def test_a_recipe_stands_in_where_an_option_has_no_value() -> None:
    """The recipe under `otherwise:` is used whole."""
    recipe = "{from: second, lightness: .5, otherwise: {from: accent}}"
    assert colour(recipe) == "#7a1f5c"
    assert to_oklch(colour(recipe, second="#ffd500")).lightness == pytest.approx(0.5, abs=0.005)


def test_steps_of_a_recipe() -> None:
    """Each step does what it says."""
    start = to_oklch("#7a1f5c")
    assert to_oklch(colour("{from: accent, lightness: .6}")).lightness == pytest.approx(0.6, abs=0.005)
    assert to_oklch(colour("{from: accent, chroma: .05}")).chroma == pytest.approx(0.05, abs=0.005)
    assert to_oklch(colour("{from: accent, hue: 20}")).hue == pytest.approx(20, abs=2)
    turned = to_oklch(colour("{from: accent, turn: -95}")).hue
    assert turned == pytest.approx((start.hue - 95) % 360, abs=2)
    lighter = to_oklch(colour("{from: accent, lighter: .1}")).lightness
    assert lighter == pytest.approx(start.lightness + 0.1, abs=0.005)
    assert to_oklch(colour("{from: accent, chroma-at-most: .03}")).chroma == pytest.approx(0.03, abs=0.005)
    assert colour("{from: accent, chroma-at-most: .3}") == "#7a1f5c"


def test_contrast_moves_the_lightness() -> None:
    """Until it is reached on all grounds, or on one of several; to the end of the way where that is nowhere."""
    assert contrast(colour("{from: accent, contrast: 12, on: [white]}"), "#ffffff") >= 12
    found = colour('{from: "#0087dc", contrast: 7, any-of: [white, black]}')
    assert max(contrast(found, "#ffffff"), contrast(found, "#000000")) >= 7
    assert colour("{from: accent, contrast: 7, on: [white, black]}") in ("#000000", "#ffffff")
    assert colour("{from: accent, contrast: 7, on: [white], toward: light}") == "#7a1f5c"  # it is dark enough
    assert colour('{from: "#ffd500", contrast: 7, on: [white], toward: light}') == "#ffffff"


def test_a_colour_moves_away_from_another() -> None:
    """Lighter than a darker one, darker than a lighter one."""
    start = to_oklch("#7a1f5c").lightness
    away = [
        to_oklch(colour(f"{{from: accent, away-from: {name}, by: .1}}")).lightness
        for name in ("white", "black")
    ]
    assert away == pytest.approx([start - 0.1, start + 0.1], abs=0.005)
    assert colour('{from: "#fffffe", away-from: black, by: .5}') == "#ffffff"


def test_the_best_of_several() -> None:
    """The one whose lowest contrast is highest; the first of two that are alike."""
    assert colour('{best-of: ["#ffffff", "#101820"], on: [accent]}', accent="#ffd500") == "#101820"
    assert colour('{best-of: ["#ffffff", "#101820"], on: [accent]}') == "#ffffff"
    assert colour('{best-of: ["#fff", "#ffffff"], on: [black]}') == "#ffffff"


def test_a_grey_stays_grey() -> None:
    """What has no hue gets none from rounding; a hue can be given to it."""
    tint = to_oklch(colour("{from: accent, lightness: .93, chroma: .03}", accent="#767676"))
    assert tint.is_grey
    warm = to_oklch(colour("{from: accent, lightness: .93, chroma: .03, hue: 80}", accent="#767676"))
    assert warm.chroma == pytest.approx(0.03, abs=0.005)


def test_the_head_of_the_style_sheet() -> None:
    """Colours of the light scheme, then those of the dark one that differ, for screens only; options without a colour of their name stay."""
    of = theme(
        HEAD.replace("second", "other_one") + "colours:\n"
        '  ink: {light: {lightness: 0}, dark: {lightness: 1}}\n  focus: {from: "#ffd500"}\n'
    )
    light = ":root{--accent:#7a1f5c;--focus:#ffd500;--ink:#000000;--other-one:#123456;}"
    dark = "@media screen and (prefers-color-scheme:dark){:root{--ink:#ffffff;}}"
    assert style_sheet(of, {"other_one": "#123456"}).decode() == f"{light}\n{dark}"
    assert style_sheet(of, {}).decode().startswith(light.replace("--other-one:#123456;", ""))
    assert browser_colour(of, {}) == "#7a1f5c"


def test_the_browser_gets_the_accent_of_the_light_scheme() -> None:
    """As the theme makes it, not as it was chosen."""
    light = made(shipped("rally"), accent="#0087dc").light["accent"]
    assert browser_colour(shipped("rally"), {"accent": "#0087dc"}) == light != "#0087dc"


def test_a_chain_of_colours_needs_no_depth() -> None:
    """A theme of a stranger is no deeper than Python goes; one with too many colours is refused."""
    chain = "".join(f"  c{i}: {{from: c{i + 1}, lighter: .01}}\n" for i in range(3000))
    of = theme(HEAD + "colours:\n" + chain + "  c3000: {lightness: .1}\n")
    faults = theme_faults(of)
    assert [fault.code for fault in faults] == ["theme-contradiction"] * 2
    assert f"more than {MAX_COLOURS} colours" in faults[0].headline
    assert made(of).light["c0"] == "#ffffff"


def test_no_colour_will_do() -> None:
    """A promise that no colour of an option keeps: the option goes if the theme keeps it by itself, else the theme is at fault."""
    pairs = '{{text: label, on: ["{}"], ratio: 4.5}}\n'
    recipe = "colours:\n  label: {from: second, chroma: .1, lightness: .9, otherwise: {from: accent}}\npairs:\n  - "
    of = theme(HEAD + recipe + pairs.format("#ffffff"))
    origin = of.layers[0].origin
    assert origin
    (fault,) = contrast_faults(of, {"second": "#ffd500"}, origin)
    assert fault.help.startswith("delete `second`")
    of = theme(HEAD + recipe + '{text: label, on: ["#777777", "#888888"], ratio: 10}\n')
    origin = of.layers[0].origin
    assert origin
    (fault,) = contrast_faults(of, {"second": "#ffd500"}, origin)
    assert fault.label.span.source.path == "themes/t/theme.yaml"
    assert "lower `ratio:`" in fault.help


def test_choices_and_pictures_reach_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice is a class of the page and a text for templates; a picture is one that can be shown, with its words filled."""
    files = {
        "manifesto.yaml": "format: 1\ntitle: A plan\ncandidate: {name: Robin}\noffice: {role: pcc}\nimprint: {jurisdiction: none}\n"
        "site: {url: https://example.org/, theme: mine, options: {font: source, hero: {file: media/a.png, "
        'alt: "((candidate.name)) at work", consent: given}}}\n',
        "themes/mine/theme.yaml": "title: M\napi: 1\nextends: base\noptions:\n"
        "  font: {kind: choice, values: [system, source], default: system, about: a}\n"
        "  corner_shape: {kind: choice, values: [square], default: square, about: a}\n"
        "  hero: {kind: picture, about: a}\n  logo: {kind: picture, about: a}\n",
        "themes/mine/templates/imprint.html": '<!doctype html>\n<html lang="en" class="{{ site.classes }}">\n<head><title>I</title></head>\n'
        '<body><img src="{{ site.options.hero.src }}" alt="{{ site.options.hero.alt }}">{{ site.options.font }},'
        "{{ site.options.logo is none }} {{ site.imprint }}</body>\n</html>\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "media").mkdir()
    (tmp_path / "media/a.png").write_bytes(picture(400, 300))
    monkeypatch.chdir(tmp_path)
    assert main(["build", "--quiet"]) == 0
    page = (tmp_path / "public/imprint.html").read_text(encoding="utf-8")
    assert 'class="font-source corner-shape-square"' in page
    assert '<img src="media/a.png" alt="Robin at work">source,True' in page
    assert (tmp_path / "public/media/a.png").exists()


def test_the_icon_follows_the_accent_and_what_stands_on_it() -> None:
    """A yellow icon has a dark mark: colours of the icon that are those of the default become those of what was chosen."""
    of = shipped("civic")
    icon = b'<svg xmlns="http://www.w3.org/2000/svg"><path fill="#02646D" stroke="#ffffff" d="M0 0"/></svg>'
    layer = msgspec.structs.replace(of.layers[0], assets={"assets/icon.svg": icon})
    drawn = assets(Theme("civic", (layer,)), {"accent": "#ffd500"})["assets/icon.svg"]
    assert b'fill="#ffd500" stroke="#101820"' in drawn
    assert assets(Theme("civic", (layer,)), {})["assets/icon.svg"] == icon.replace(b"02646D", b"02646d")


def test_a_theme_is_looked_at_with_those_that_it_extends() -> None:
    """An upper layer names the colours of a lower one, and may break what that has promised: the fault is at the promise."""
    lower = shipped("civic").layers[0]
    texts = {
        "good": "colours: {ink: {from: accent-ink, contrast: 9, on: [paper, wash, tint]}}\n",
        "bad": "colours: {ink: {from: paper}}\n",
    }
    for name, text in texts.items():
        upper = theme(f"title: U\napi: 1\n{text}").layers[0]
        of = Theme("u", (upper, lower))
        assert not theme_faults(of)
        assert upper.origin
        faults = contrast_faults(of, {}, upper.origin)
        assert [fault.label.span.source.path for fault in faults] == (
            [] if name == "good" else ["themes/t/theme.yaml"]
        )
        assert [fault.label.span.text for fault in faults] == ([] if name == "good" else ["ink"])


def test_a_value_for_a_choice_without_values_is_no_second_fault() -> None:
    """What is wrong with a theme is not said of the manifesto, too."""
    of = theme("title: T\napi: 1\noptions:\n  corner: {kind: choice, default: round, about: a}\n")
    assert len(theme_faults(of)) == 1
    assert of.layers[0].origin
    assert not option_faults(of, {"corner": "round"}, of.layers[0].origin)
