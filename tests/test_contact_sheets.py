"""How pictures of pages become contact sheets."""

from pathlib import Path

from PIL import Image

from tools.contact_sheets import LONGEST, Strip, column_height, sheets, strips, write
from tools.themed import KINDS, pages


def page(width: int, height: int) -> Image.Image:
    """A picture of a page, of one colour."""
    return Image.new("RGB", (width, height), "#0000ff")


def test_a_long_page_goes_on_in_the_next_column() -> None:
    """Nothing of it is lost, and each column says which part it is."""
    made = list(strips("home", page(390, 2 * column_height() + 10), 390, 0))
    assert [strip.picture.height for strip in made] == [column_height(), column_height(), 10]
    assert [strip.caption for strip in made] == ["home (1 of 3)", "home (2 of 3)", "home (3 of 3)"]


def test_what_is_cut_is_said() -> None:
    """A band at the foot of the last column has another colour than the page."""
    whole, cut = (next(iter(strips("home", page(390, 300), 390, missing))) for missing in (0, 1200))
    foot = (389, 299)
    assert (whole.picture.getpixel(foot), cut.picture.getpixel(foot)) == ((0, 0, 255), (229, 0, 125))


def test_a_wide_page_is_made_smaller() -> None:
    """It keeps its proportions."""
    assert [strip.picture.size for strip in strips("home", page(1280, 640), 640, 0)] == [(640, 320)]


def test_sheets_are_no_longer_than_can_be_read(tmp_path: Path) -> None:
    """As many columns as fit go on one, and the rest on others."""
    columns = [Strip("a caption that is far too long for so narrow a column", page(390, 2000))] * 13
    made = list(sheets(columns))
    assert max(side for sheet in made for side in sheet.size) <= LONGEST
    assert [path.name for path in write(iter(made), tmp_path, "civic")] == [
        "civic-1.png",
        "civic-2.png",
        "civic-3.png",
    ]


def test_pages_of_each_kind_are_found(tmp_path: Path) -> None:
    """The fullest first, then the barest; and none that only leads to another."""
    (tmp_path / "pledges").mkdir()
    for name, size in (("a", 10), ("b", 30), ("c", 20)):
        (tmp_path / "pledges" / f"{name}.html").write_text("x" * size)
    (tmp_path / "pledges" / "old.html").write_text('<meta http-equiv="refresh" content="0; url=a.html">' * 9)
    assert list(pages(tmp_path, ["pledge"], 2)) == [
        ("pledge", "pledges/b.html"),
        ("pledge", "pledges/a.html"),
    ]
    assert [path for _, path in pages(tmp_path, KINDS, None)] == [
        "pledges/b.html",
        "pledges/a.html",
        "pledges/c.html",
    ]
