"""The arithmetic of colours against another implementation of it (coloraide), and what must hold of it by itself."""

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.rendering.colour import (
    Oklch,
    channels,
    contrast,
    fitted,
    least_contrast,
    luminance,
    most_contrast,
    moved,
    to_oklch,
    to_srgb,
    written_out,
)

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
ANY = st.builds(Oklch, st.floats(0, 1), st.floats(0, 0.4), st.floats(0, 360))


def turned(one: float, other: float) -> float:
    """The angle between two hues."""
    return abs((one - other + 180) % 360 - 180)


@given(COLOURS)
def test_oklch_is_what_another_library_makes_of_it(colour: str) -> None:
    """Lightness, chroma and hue agree, as far as the published matrices do."""
    ours, theirs = to_oklch(colour), Color(colour).convert("oklch")
    assert ours.lightness == pytest.approx(theirs["lightness"], abs=1e-5)
    assert ours.chroma == pytest.approx(theirs["chroma"], abs=1e-4)
    if ours.chroma > 0.01:
        assert turned(ours.hue, theirs["hue"]) < 0.1


@given(COLOURS)
def test_there_and_back_is_the_same_colour(colour: str) -> None:
    """A colour that nothing was done to is what it was, to the last bit."""
    assert to_srgb(to_oklch(colour)) == colour


@given(ANY)
def test_chroma_is_reduced_as_another_library_does(colour: Oklch) -> None:
    """What screens cannot show loses chroma and nothing else, and not more than it must."""
    ours = fitted(colour)
    theirs = Color("oklch", [colour.lightness, colour.chroma, colour.hue])
    if theirs.in_gamut("srgb", tolerance=0):
        assert ours == colour
        return
    shown = theirs.fit("srgb", method="oklch-chroma", jnd=0).convert("srgb").clip().coords()
    assert channels(to_srgb(colour)) == pytest.approx(shown, abs=1.5 / 255)
    assert (ours.lightness, ours.hue) == (colour.lightness, colour.hue)
    assert Color("oklch", [ours.lightness, ours.chroma, ours.hue]).in_gamut("srgb", tolerance=1e-4)


@given(ANY)
def test_a_fitted_colour_is_shown_as_it_is(colour: Oklch) -> None:
    """Fitting twice is fitting once, and the colour on the screen has its lightness, up to rounding."""
    once = fitted(colour)
    assert to_srgb(once) == to_srgb(colour)
    assert fitted(once).chroma == pytest.approx(once.chroma, abs=1e-6)
    if once.lightness > 0.1:
        assert to_oklch(to_srgb(once)).lightness == pytest.approx(once.lightness, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_is_what_another_library_measures(one: str, other: str) -> None:
    """The contrast of WCAG, the same both ways."""
    assert contrast(one, other) == contrast(other, one)
    assert contrast(one, other) == pytest.approx(Color(one).contrast(other, method="wcag21"), rel=2e-3)


def test_contrast_is_what_the_standard_says() -> None:
    """Black on white is 21, a colour on itself 1; the grey that everybody quotes just passes, the one beside it does not."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#7a1f5c", "#7a1f5c") == 1
    assert contrast("#767676", "#fff") >= 4.5 > contrast("#777", "#fff")
    assert luminance("#fff") == pytest.approx(1)
    assert least_contrast("#000", ["#fff", "#000"]) == 1
    assert most_contrast("#000", ["#fff", "#000"]) == pytest.approx(21)


def test_a_short_form_is_written_out() -> None:
    """Three digits stand for six."""
    assert written_out("#aBc") == "#aabbcc"
    assert to_oklch("#abc") == to_oklch("#aabbcc")


@given(COLOURS, COLOURS, st.floats(1, 21))
def test_the_nearest_lightness_that_passes_is_found(colour: str, ground: str, ratio: float) -> None:
    """What is found passes; if nothing is found, neither black nor white would do; no step on the way would have."""
    start = to_oklch(colour)
    found = moved(start, lambda shown: contrast(shown, ground) >= ratio)
    if found is None:
        assert max(contrast(end, ground) for end in ("#000000", "#ffffff")) < ratio
        return
    assert contrast(to_srgb(found), ground) >= ratio
    steps = round(abs(found.lightness - start.lightness) / 0.01)
    for step in range(steps - 1):
        for way in (-1, 1):
            lightness = min(max(start.lightness + way * step * 0.01, 0), 1)
            between = to_srgb(Oklch(lightness, start.chroma, start.hue))
            assert contrast(between, ground) < ratio


@pytest.mark.parametrize(("toward", "lighter"), [("dark", False), ("light", True)])
def test_the_lightness_moves_only_the_way_it_is_told(toward: str, lighter: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Toward dark nothing gets lighter, and the other way round."""
    start = to_oklch("#777777")
    found = moved(start, lambda shown: contrast(shown, "#777777") >= 3, toward)
    assert found is not None
    assert (found.lightness > start.lightness) is lighter
    assert moved(start, lambda _: False, toward) is None
