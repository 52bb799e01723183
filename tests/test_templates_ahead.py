"""Templates compiled ahead of who wants them: they are those that the build wants, and nothing else comes of it."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.disk.caches import is_nothing_compiled
from manifesto_cli.disk.template_cache import template_cache
from manifesto_cli.disk.templates_ahead import compile_ahead

TOP = Path(__file__).resolve().parent.parent


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own."""
    monkeypatch.setenv("MANIFESTO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "templates"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a theme that builds on another, with a first page of its own."""
    root = Path(shutil.copytree(TOP / "examples" / "minimal", tmp_path / "project"))
    shutil.copytree(TOP / "benchmarks" / "themes" / "bench", root / "themes" / "bench")
    own = root / "themes" / "own"
    (own / "templates").mkdir(parents=True)
    (own / "theme.yaml").write_text("title: Our own\nextends: bench\napi: 1\n", encoding="utf-8")
    home = '{% extends "frame.html" %}{% block main %}Hello{% endblock %}'
    (own / "templates" / "home.html").write_text(home, encoding="utf-8")
    manifesto = root / "manifesto.yaml"
    manifesto.write_text(manifesto.read_text("utf-8").replace("theme: civic", "theme: own"), "utf-8")
    return root


def compile_all(project: Path) -> None:
    compile_ahead(project, template_cache(), lambda: False)


def test_what_the_build_wants_is_compiled_by_then(project: Path, cache: Path) -> None:
    """Nothing is left to be compiled."""
    compile_all(project)
    ahead = set(cache.iterdir())
    assert main(["build", "-q", "-C", str(project), "-o", str(project / "public"), "--jobs", "1"]) == 0
    assert ahead
    assert set(cache.iterdir()) == ahead


def test_it_is_over_when_somebody_waits(project: Path, cache: Path) -> None:
    """Whoever waits may not want all of them."""
    compile_ahead(project, template_cache(), cache.exists)
    assert len([*cache.iterdir()]) == 1


def test_nothing_is_compiled_ahead_where_something_is_or_it_cannot_be_kept(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else every build would do so again."""
    assert is_nothing_compiled()
    compile_all(project)
    assert not is_nothing_compiled()
    shutil.rmtree(cache.parent)
    cache.parent.write_text("a file where the cache should be")
    assert not is_nothing_compiled()
    cache.parent.unlink()
    monkeypatch.setenv("MANIFESTO_CACHE", "")
    assert not is_nothing_compiled()


@pytest.mark.parametrize("said", ["", "site: {theme: nowhere}\n", "site:\n  theme: nowhere\n", "\xff"])
def test_a_guess_may_be_wrong(project: Path, cache: Path, said: str) -> None:
    """Then nothing is compiled."""
    (project / "manifesto.yaml").write_text(f"title: A plan\n{said}", encoding="latin-1")
    compile_all(project)
    assert not cache.exists()


def test_themes_in_a_circle_are_looked_at_a_few_times(project: Path, cache: Path) -> None:
    """Somebody else says what is wrong with them."""
    (project / "themes" / "own" / "theme.yaml").write_text("extends: own\n", encoding="utf-8")
    compile_all(project)
    assert len([*cache.iterdir()]) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such files")
def test_what_is_no_small_file_is_not_read(project: Path, cache: Path) -> None:
    """It may never end."""
    manifesto = project / "manifesto.yaml"
    said = manifesto.read_text("utf-8")
    manifesto.write_text(said + "#" * 200_000, "utf-8")
    compile_all(project)
    manifesto.unlink()
    os.mkfifo(manifesto)
    compile_all(project)
    assert not cache.exists()
