"""What drawings are made from: the same record always gives the same one, and none says more or less than its number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.model.claim import Figure
from manifesto_cli.model.idea import Baseline, Measure, Target
from manifesto_cli.model.quantity import Number
from manifesto_cli.rendering.views import geometry

NUMBERS = st.one_of(
    st.integers(-100, 1000).map(str),
    st.decimals(-(10**17), 10**17, places=9).map(lambda number: f"{number:f}"),
    st.sampled_from(["0", "-0.000000001", "999999999999999999.999999999", "100", "24"]),
).map(Number.parse)


def figure(
    value: str, unit: str | None = None, qualifier: str | None = None, label: str = "of all shops"
) -> Figure:
    """A figure."""
    return Figure(value=Number.parse(value), unit=unit, qualifier=qualifier, label=label)


def test_a_name_always_has_the_same_marks() -> None:
    """Written down, since every drawing of every site would change with them."""
    assert geometry.marks("rhubarb-farm") == (8, 19, 94, 22, 72, 23, 28, 55, 80, 85, 28, 85)


@given(st.text(), st.text())
def test_marks_tell_names_apart(one: str, other: str) -> None:
    """Twelve numbers from 0 to 99."""
    marks = geometry.marks(one)
    assert len(marks) == 12
    assert all(0 <= mark <= 99 for mark in marks)
    assert (marks == geometry.marks(other)) == (one == other)


@pytest.mark.parametrize(
    ("shown", "share", "count"),
    [
        (figure("63", "percent"), 0.63, None),
        (figure("50", "percent", "nearly"), 0.48, None),
        (figure("50", "percent", "Almost"), 0.48, None),
        (figure("50", "percent", "more than"), 0.5, None),
        (figure("1", "percent", "nearly"), 0, None),
        (figure("100", "%"), 1, None),
        (figure("14", "percent", label="more than last year"), None, None),  # a change is no part of a whole
        (figure("14", "percent", label=""), None, None),
        (figure("140", "percent"), None, None),  # more than a whole cannot be filled
        (figure("-3", "percent"), None, None),
        (figure("250", "shop workers"), None, 250),
        (figure("300"), None, 300),
        (figure("301"), None, None),
        (figure("2.5", "hours"), None, None),
        (figure("0", "people"), None, None),
        (figure("200", "GBP"), None, None),
    ],
)
def test_what_is_drawn_of_a_figure(shown: Figure, share: float | None, count: int | None) -> None:
    """Percentages as a share of a whole, small counts one by one, nothing else."""
    assert (geometry.share(shown), geometry.count(shown)) == (share, count)


def measured(baseline: Number, target: Number, unit: str | None = None) -> Measure:
    """A measure with both of its numbers."""
    return Measure(metric="Panels", unit=unit, baseline=Baseline(value=baseline), target=Target(value=target))


@given(NUMBERS, NUMBERS, st.sampled_from([None, "percent", "GBP", "people"]))
def test_a_scale_holds_both_numbers_in_their_order(
    baseline: Number, target: Number, unit: str | None
) -> None:
    """From 0 to 100, with nought on it where no number is below, and a few ticks from one end to the other."""
    scale = geometry.scale(measured(baseline, target, unit))
    if baseline == target:
        assert scale is None
        return
    assert scale
    places = scale.baseline_at, scale.target_at
    assert all(0 <= place <= 100 for place in places)
    assert (scale.baseline_at <= scale.target_at) == (
        baseline < target or scale.baseline_at == scale.target_at
    )
    assert (scale.ticks[0], scale.ticks[-1]) == (0, 100)
    assert list(scale.ticks) == sorted(set(scale.ticks))
    assert len(scale.ticks) <= 13
    if min(baseline, target) >= 0:
        assert scale.low.strip("£%") == "0"
    for value, units in ((baseline, scale.baseline_units), (target, scale.target_units)):
        assert units is None or (units == Decimal(value) and 0 <= units <= geometry.UNITS)


@pytest.mark.parametrize(
    ("baseline", "target", "unit", "expected"),
    [
        ("0", "12", None, (0, 100, "0", "12", 12)),
        ("12", "0", "panels", (100, 0, "0", "12", 12)),
        ("40", "55", "percent", (40, 55, "0%", "100%", None)),
        ("310", "450", "people", (68.89, 100, "0", "450", None)),
        ("-5", "5", None, (0, 100, "-5", "5", None)),
        ("8000", "12000", "GBP", (66.67, 100, "£0", "£12,000", None)),
    ],
)
def test_scales_end_at_round_numbers(baseline: str, target: str, unit: str | None, expected: object) -> None:
    """A percentage is drawn against the whole; small whole numbers can be drawn as so many squares."""
    scale = geometry.scale(measured(Number.parse(baseline), Number.parse(target), unit))
    assert scale
    assert (scale.baseline_at, scale.target_at, scale.low, scale.high, scale.top_units) == expected


def test_there_is_no_scale_for_half_a_measure() -> None:
    """Nothing is drawn between a number and none."""
    assert geometry.scale(Measure(metric="Panels", baseline=Baseline(value=Number.parse("1")))) is None
    assert geometry.scale(Measure(metric="Panels", target=Target(value=Number.parse("1")))) is None
