"""The example as it is published, byte for byte: whatever changes it is seen in review. What its theme brings is in `themes/` as it is."""

import shutil
from pathlib import Path

import pytest

from manifesto_cli.cli import main

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "minimal"
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("form", ["html", "md"])
def test_the_example_is_published_as_it_was(form: str, tmp_path: Path, update: bool) -> None:  # noqa: FBT001 - a fixture
    """Run with `--update` when a change is meant, and read the difference."""
    target = GOLDEN / form if update else tmp_path / "out"
    assert main(["build", "-q", "-C", str(EXAMPLE), "--format", form, "-o", str(target)]) == 0
    shutil.rmtree(target / "assets", ignore_errors=True)
    expected = {
        path.relative_to(GOLDEN / form): path.read_bytes()
        for path in (GOLDEN / form).rglob("*")
        if path.is_file()
    }
    actual = {path.relative_to(target): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    assert actual.keys() == expected.keys()
    assert [str(path) for path in actual if actual[path] != expected[path]] == []
