"""The example as it is published, byte for byte: whatever changes it is seen in review. What its theme brings is in `themes/` as it is."""

import shutil
from pathlib import Path

import pytest

from manifesto_cli.cli import main

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "minimal"
GOLDEN = Path(__file__).parent / "golden"
FONTS = EXAMPLE.parent.parent / "themes" / "civic" / "assets" / "fonts"


def read(folder: Path) -> dict[Path, bytes]:
    """Every file."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_example_is_published_as_it_was(form: str, tmp_path: Path, update: bool) -> None:  # noqa: FBT001 - a fixture
    """Run with `--update` when a change is meant, and read the difference."""
    target = GOLDEN / form if update else tmp_path / "out"
    assert main(["build", "-q", "-C", str(EXAMPLE), "--format", form, "-o", str(target)]) == 0
    shutil.rmtree(target / "assets", ignore_errors=True)
    expected, actual = read(GOLDEN / form), read(target)
    assert actual.keys() == expected.keys()
    assert [str(path) for path in actual if actual[path] != expected[path]] == []


def test_fonts_are_published_as_they_are(tmp_path: Path) -> None:
    """With their licences, which have to go wherever they go."""
    assert main(["build", "-q", "-C", str(EXAMPLE), "-o", str(tmp_path / "out")]) == 0
    published = {path.name: path.read_bytes() for path in (tmp_path / "out" / "assets" / "fonts").iterdir()}
    assert published == {path.name: path.read_bytes() for path in FONTS.iterdir()}
