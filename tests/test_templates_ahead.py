"""Templates compiled ahead by a fork: they are those that the build wants, and nothing else comes of it."""

import contextlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.disk import templates_ahead
from manifesto_cli.disk.templates_ahead import compile_ahead
from support.stops import forget_other_threads

TOP = Path(__file__).resolve().parent.parent


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own."""
    monkeypatch.setenv("MANIFESTO_CACHE", str(tmp_path / "cache"))
    forget_other_threads(monkeypatch)
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


def build(project: Path, *words: str) -> int:
    return main(["build", "-q", "-C", str(project), "-o", str(project / "public"), *words])


def pages(project: Path) -> dict[str, bytes]:
    folder = project / "public"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.html")}


def test_what_the_build_wants_is_compiled_by_then(project: Path, cache: Path) -> None:
    """Nothing is left to be compiled."""
    compile_ahead(project)
    ahead = set(cache.iterdir())
    build(project, "--jobs", "1")
    assert ahead
    assert set(cache.iterdir()) == ahead


def test_a_fork_changes_no_byte_and_leaves_no_fault_unsaid(
    project: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is in the templates."""
    assert build(project, "--jobs", "1") == 0
    alone = pages(project)
    for made in (cache.parent, project / "public"):
        shutil.rmtree(made)
    assert build(project, "--jobs", "2") == 0
    assert pages(project) == alone
    said: list[str] = []
    (project / "themes" / "own" / "templates" / "home.html").write_text("{% nonsense %}\n")
    for jobs in ("1", "2"):
        shutil.rmtree(cache.parent)
        assert build(project, "--jobs", jobs) == 1
        said.append(capsys.readouterr().err)
    assert "nonsense" in said[0]
    assert said[0] == said[1]


@pytest.mark.skipif(sys.platform != "linux", reason="work is divided where forks are safe")
def test_a_fork_is_made_only_where_nothing_is_compiled(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where there may be a process more, and a website to make."""
    made: list[Path] = []

    def beside(_: object, roots: Sequence[Path]) -> contextlib.AbstractContextManager[None]:
        made.extend(roots)
        return contextlib.nullcontext()

    monkeypatch.setattr(templates_ahead, "beside", beside)
    for words in (("--jobs", "1"), ("--format", "md"), ("--jobs", "2"), ("--jobs", "2", "--strict")):
        build(project, *words)
        if "2" not in words:
            shutil.rmtree(cache, ignore_errors=True)
            assert not made
    assert made == [project]


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
def test_nothing_is_compiled_ahead_where_it_cannot_be_kept(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else every build would do so again."""
    made: list[object] = []
    monkeypatch.setattr(templates_ahead, "beside", lambda *asked: made.append(asked))
    cache.parent.write_text("a file where the cache should be")
    templates_ahead.compiled_ahead(project, 2)
    cache.parent.unlink()
    monkeypatch.setenv("MANIFESTO_CACHE", "")
    templates_ahead.compiled_ahead(project, 2)
    assert not made


@pytest.mark.parametrize("said", ["", "site: {theme: nowhere}\n", "site:\n  theme: nowhere\n", "\xff"])
def test_a_guess_may_be_wrong(project: Path, cache: Path, said: str) -> None:
    """Then nothing is compiled."""
    (project / "manifesto.yaml").write_text(f"title: A plan\n{said}", encoding="latin-1")
    compile_ahead(project)
    assert not cache.exists()


def test_themes_in_a_circle_are_looked_at_a_few_times(project: Path, cache: Path) -> None:
    """Somebody else says what is wrong with them."""
    (project / "themes" / "own" / "theme.yaml").write_text("extends: own\n", encoding="utf-8")
    compile_ahead(project)
    assert len([*cache.iterdir()]) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
def test_what_is_no_small_file_is_not_read(project: Path, cache: Path) -> None:
    """It may never end."""
    manifesto = project / "manifesto.yaml"
    said = manifesto.read_text("utf-8")
    manifesto.write_text(said + "#" * 200_000, "utf-8")
    compile_ahead(project)
    manifesto.unlink()
    os.mkfifo(manifesto)
    compile_ahead(project)
    assert not cache.exists()
