"""The theme `rally`: its blocks touch, and an accent that carries white type is too dark beside black. So the two never meet, whatever there is to show."""

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from support.built import EXAMPLES
from support.pages import Page, read

NEVER = {"a", "k"}
ROOMS = (
    "poster",
    "claim",
    "split",
    "headline",
    "tile",
    "cases",
    "case",
    "case-picture",
    "case-text",
    "pager-previous",
    "pager-next",
)
"""The classes of blocks that may share a row, and of what holds them."""
MANIFESTO = """\
format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc}
imprint: {jurisdiction: none}
site: {theme: rally}
priorities:
"""
IDEA = """\
title: Buses
priority: one
summary: More of them.
power: with-partners
"""
COST = "cost: {one_off: 10, currency: GBP}\n"
FIGURE = """\
claims:
  - text: So many said so.
    source: paper
    locator: p. 1
    figure: {value: "47", unit: percent}
  - text: So many were there.
    source: paper
    locator: p. 2
    figure: {value: "12", unit: people}
"""


def tone(attributes: dict[str, str]) -> str:
    """The tone of a block; empty for all else."""
    found = re.search(r"(?:^| )is-([abkw])(?: |$)", attributes.get("class", ""))
    return found[1] if found else ""


def rows(page: Page) -> Iterator[list[str]]:
    """The tones of the blocks in each row of a wide window, from the start of the line to its end."""
    row: list[str] = []
    last = room = ""
    case = 0
    for _, attributes in page.elements:
        classes = set(attributes.get("class", "").split())
        kind = next((name for name in ROOMS if name in classes), "")
        if kind == "case":
            case += 1
        elif kind == "cases":
            case = 0
        if kind in ("claim", "poster"):
            room = "" if "is-full" in classes else kind
        if not (each := tone(attributes)):
            continue
        here = "case" if kind.startswith("case-") else room if kind in ("claim", "poster", "split") else kind
        together = here and here == last and len(row) < (3 if here in ("headline", "tile") else 2)
        if row and not together:
            yield row
            row = []
        row = [each, *row] if here == "case" and case and case % 2 == 0 else [*row, each]
        last = here
    yield row


def meet(above: list[str], below: list[str]) -> bool:
    """Whether the accent and black touch from one row to the next. Two halves stand above two halves."""
    if len(above) == len(below) == 2:
        return any({upper, lower} == NEVER for upper, lower in zip(above, below, strict=True))
    return any({upper, lower} == NEVER for upper in above for lower in below)


def assert_apart(project: Path) -> None:
    """No block in the accent touches a black one, on a wide window or where each has a row to itself."""
    assert main(["build", "-q", "-C", str(project)]) == 0
    for path in (project / "public").rglob("*.html"):
        page = read(path.read_bytes())
        laid = list(rows(page))
        assert not [row for row in laid if any(set(two) == NEVER for two in pairwise(row))], path
        assert not [two for two in pairwise(laid) if meet(*two)], path
        alone = [each for _, attributes in page.elements if (each := tone(attributes))]
        assert not [two for two in pairwise(alone) if set(two) == NEVER], path


@pytest.mark.parametrize(
    ("count", "figures"), [(0, 0), (1, 0), (2, 2), (3, 0), (4, 2), (5, 0), (6, 2), (14, 2)]
)
def test_the_accent_never_touches_black(count: int, figures: int, tmp_path: Path) -> None:
    """However many posters the wall has, and whatever stands below them."""
    for name in ("ideas", "priorities"):
        (tmp_path / name).mkdir()
    (tmp_path / "manifesto.yaml").write_text(
        MANIFESTO + f"  - {{priority: one, ideas: {[f'p{i}' for i in range(count)]}}}\n"
    )
    (tmp_path / "sources.yaml").write_text("paper: {title: A paper}\n")
    (tmp_path / "priorities/one.yaml").write_text("title: One\n")
    for i in range(count):
        (tmp_path / f"ideas/p{i}.yaml").write_text(
            IDEA + (FIGURE if i < figures else "") + (COST if i == 1 else "")
        )
    assert_apart(tmp_path)


@pytest.mark.parametrize("project", EXAMPLES, ids=lambda path: path.name)
def test_nor_in_the_examples(project: Path, tmp_path: Path) -> None:
    """With case studies, measures and costs."""
    worn = Path(shutil.copytree(project, tmp_path / "plan"))
    manifesto = worn / "manifesto.yaml"
    manifesto.write_text(manifesto.read_text().replace("theme: civic", "theme: rally"))
    assert_apart(worn)
