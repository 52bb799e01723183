"""The cache of compiled templates may make a build faster, and nothing else."""

from pathlib import Path

import pytest

from manifesto_cli.cli import main

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "minimal"


def built(target: Path) -> dict[str, bytes]:
    """The files of a build of the example."""
    assert main(["build", "-q", "-C", str(EXAMPLE), "-o", str(target)]) == 0
    return {
        path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()
    }


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own."""
    monkeypatch.setenv("MANIFESTO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "templates"


def test_it_is_filled_by_one_build_and_used_by_the_next(cache: Path, tmp_path: Path) -> None:
    """A second build compiles nothing, and makes the same bytes."""
    first = built(tmp_path / "one")
    files = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert files
    assert built(tmp_path / "two") == first
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == files


@pytest.mark.parametrize("damage", ["emptied", "cut", "changed", "swapped", "a folder"])
def test_damage_changes_no_byte_of_the_output(cache: Path, tmp_path: Path, damage: str) -> None:
    """Whatever happens to its files, the templates are compiled anew."""
    first = built(tmp_path / "one")
    files = sorted(cache.iterdir())
    contents = [path.read_bytes() for path in files]
    for path, content, other in zip(files, contents, contents[1:] + contents[:1], strict=True):
        if damage == "a folder":
            path.unlink()
            path.mkdir()
        else:
            half = len(content) // 2
            path.write_bytes(
                {
                    "emptied": b"",
                    "cut": content[:half],
                    "changed": content[:half] + b"x" + content[half + 1 :],
                    "swapped": other,
                }[damage]
            )
    assert built(tmp_path / "two") == first


def test_a_place_that_cannot_be_written_to_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file where the cache should be, or no cache at all, stops nothing."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MANIFESTO_CACHE", str(tmp_path / "file"))
    first = built(tmp_path / "one")
    monkeypatch.setenv("MANIFESTO_CACHE", "")
    assert built(tmp_path / "two") == first


def test_what_escapes_is_kept_apart_from_what_does_not(cache: Path, tmp_path: Path) -> None:
    """Websites and booklets compile templates differently; neither takes the other's."""
    assert main(["build", "-q", "-C", str(EXAMPLE), "--format", "md", "-o", str(tmp_path / "b")]) == 0
    booklet = set(cache.iterdir())
    built(tmp_path / "one")
    assert booklet
    assert booklet < set(cache.iterdir())
