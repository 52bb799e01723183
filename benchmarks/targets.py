"""What is aimed for, as ratios of figures from one run: what must be reached, and what would be better."""

from collections.abc import Mapping
from statistics import median
from typing import Literal

from msgspec import Struct

Name = tuple[str, int, str]
"""What is done, with how many ideas, by whom."""


class Figures(Struct, frozen=True):
    """What was measured of one thing, once for each run."""

    wall: tuple[float, ...] = ()
    """Seconds."""
    cpu: tuple[float, ...] = ()
    """Seconds of CPU time, of all processes."""
    peak: tuple[float, ...] = ()
    """Bytes, of all processes together."""


class Target(Struct, frozen=True):
    """A ratio that is to be small."""

    words: str
    ours: Name
    theirs: Name
    must: float
    aim: float
    below: bool
    """Whether the aim is to be below its figure, and not just to reach it."""
    measure: Literal["wall", "peak"] = "wall"


TARGETS = (
    Target(
        "10,000 ideas, cold: wall time / Zola",
        ("cold", 10_000, "manifesto"),
        ("cold", 10_000, "Zola"),
        must=1.2,
        aim=0.9,
        below=True,
    ),
    Target(
        "10,000 ideas, cold: wall time / Hugo",
        ("cold", 10_000, "manifesto"),
        ("cold", 10_000, "Hugo"),
        must=0.85,
        aim=0.6,
        below=True,
    ),
    Target(
        "40 ideas, cold: wall time / Hugo",
        ("cold", 40, "manifesto"),
        ("cold", 40, "Hugo"),
        must=1.7,
        aim=1.1,
        below=False,
    ),
    Target(
        "10,000 ideas, one body changed: wall time / Zola building all of it again",
        ("one body", 10_000, "manifesto"),
        ("one body", 10_000, "Zola"),
        must=0.30,
        aim=0.12,
        below=False,
    ),
    Target(
        "10,000 ideas, nothing changed: wall time / Zola building all of it again",
        ("nothing", 10_000, "manifesto"),
        ("nothing", 10_000, "Zola"),
        must=0.15,
        aim=0.07,
        below=False,
    ),
    Target(
        "10,000 ideas, cold: peak memory of all processes / Zola",
        ("memory", 10_000, "manifesto"),
        ("memory", 10_000, "Zola"),
        must=0.6,
        aim=0.3,
        below=False,
        measure="peak",
    ),
    Target(
        "1,000 ideas in `civic`, cold: wall time / Hugo with the plain layout",
        ("cold", 1_000, "manifesto, civic"),
        ("cold", 1_000, "Hugo"),
        must=4,
        aim=2,
        below=False,
    ),
)


def ratio(figures: Mapping[Name, Figures], ours: Name, theirs: Name, measure: str = "wall") -> float | None:
    """One median over the other; None where either was not measured."""
    one, other = (getattr(figures.get(name, Figures()), measure) for name in (ours, theirs))
    return median(one) / median(other) if one and other else None


def verdict(target: Target, value: float) -> str:
    """Whether a ratio reaches what it must and what is aimed for; else by how much it misses it."""
    if value < target.aim or (value == target.aim and not target.below):
        return "met, and the aim too"
    if value <= target.must:
        return "met"
    return f"missed by {value / target.must - 1:.0%}"
