"""Pages made by a fork that has begun before they are known: the same pages, and no more of them than are wanted."""

import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.content import content
from benchmarks.projects import write_project
from manifesto_cli import pages_ahead
from manifesto_cli.cli import main
from manifesto_cli.disk import marks, workers
from manifesto_cli.disk.workers import ahead
from manifesto_cli.rendering.output import PageByPage
from support.stops import forget_other_threads, forks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="work is divided where forks are safe")


@pytest.fixture(autouse=True)
def two_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One for a fork, whatever this machine has; and no fork is left."""
    monkeypatch.setenv("MANIFESTO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(pages_ahead, "_MANY_TEMPLATES", 200)
    monkeypatch.setattr(workers, "_cores", lambda: 2)
    forget_other_threads(monkeypatch)
    before = forks()
    yield
    assert forks() <= before


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str] | None]:
    """The paths of the pages that were wanted of a fork, each time; None where they were too many for it."""
    found: list[Sequence[str] | None] = []

    @contextlib.contextmanager
    def watched(work: Callable[[int], Iterator[Any]]) -> Iterator[Any]:
        with ahead(work) as hand:

            def hand_over(wanted: Any) -> Iterator[Any]:
                assert hand
                found.append(wanted and wanted[3])
                return hand(wanted)

            yield hand_over

    monkeypatch.setattr(pages_ahead, "ahead", watched)
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Nine ideas of its own in a theme with everything."""
    write_project(tmp_path / "project", content(9), "civic")
    return tmp_path / "project"


def put(project: Path, words: str, others: str) -> None:
    """Other words for some of one idea."""
    idea = min((project / "library" / "ideas").iterdir())
    text = idea.read_text("utf-8")
    assert words in text
    idea.write_text(text.replace(words, others, 1), "utf-8")


def build(project: Path, *words: str) -> int:
    return main(["build", "-q", "-C", str(project), *words])


def pages(project: Path) -> dict[str, bytes]:
    folder = project / "public"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}


def test_they_are_those_that_this_process_makes(
    project: Path, handed: list[Sequence[str] | None], capsys: pytest.CaptureFixture[str]
) -> None:
    """To the byte; and what is wrong with a template is said in the same words."""
    assert build(project, "--jobs", "1") == 0
    alone = pages(project)
    shutil.rmtree(project / "public")
    assert not handed
    assert build(project) == 0
    assert pages(project) == alone
    assert [sorted(paths or ()) for paths in handed] == [sorted(alone)]
    own = project / "themes" / "own" / "templates"
    own.mkdir(parents=True)
    (own.parent / "theme.yaml").write_text("title: Our own\nextends: civic\napi: 1\n", encoding="utf-8")
    (own / "home.html").write_text("{% nonsense %}\n", encoding="utf-8")
    manifesto = project / "manifesto.yaml"
    manifesto.write_text(manifesto.read_text("utf-8").replace("theme: civic", "theme: own"), "utf-8")
    said = []
    for words in (("--jobs", "1"), ()):
        assert build(project, *words) == 1
        said.append(capsys.readouterr().err)
    assert "nonsense" in said[0]
    assert said[0] == said[1]
    assert pages(project) == alone


def test_only_those_are_made_that_may_have_changed(
    project: Path, handed: list[Sequence[str] | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that show a text in which there are other words now."""
    monkeypatch.setattr(
        marks, "_YOUNG", 0
    )  # files that have just been written are not known by their age else
    assert build(project) == 0
    put(project, "body: |\n", "body: |\n  More words.\n\n")
    assert build(project) == 0
    everything, some = (set(paths or ()) for paths in handed)
    assert len(everything) > len(some) == 2


def test_many_pages_are_divided_instead(
    project: Path, handed: list[Sequence[str] | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fork ends, and once it is known how many there are, none is made."""
    assert build(project, "--jobs", "1") == 0
    alone = pages(project)
    shutil.rmtree(project / "public")
    monkeypatch.setattr(pages_ahead, "MANY", len(alone))
    monkeypatch.setattr(workers, "WORTH", 2)
    assert build(project) == 0
    assert pages(project) == alone
    assert handed == [None]
    assert build(project, "--base-url", "https://example.org/") == 0
    assert handed == [None] * 2  # another address is another build
    put(project, "title: ", "title: More ")
    assert build(project) == 0
    assert handed == [None] * 2
    assert pages(project) != alone


def test_many_templates_are_compiled_by_both(
    project: Path,
    handed: list[Sequence[str] | None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Of the first build of all, this process makes the pages; of the next, the fork."""
    monkeypatch.setattr(pages_ahead, "_MANY_TEMPLATES", 20)
    assert build(project) == 0
    assert handed == [None]
    assert [*(tmp_path / "cache" / "templates").iterdir()]
    first = pages(project)
    shutil.rmtree(project / "public")
    assert build(project) == 0
    assert [*map(bool, handed)] == [False, True]
    assert pages(project) == first


@pytest.mark.parametrize("words", [("--jobs", "1"), ("--jobs", "2"), ("--format", "md")])
def test_there_is_no_fork_where_somebody_has_said_how_many_or_it_is_a_booklet(
    words: tuple[str, ...], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who says how many processes there may be has the pages divided among so many."""
    monkeypatch.setattr(pages_ahead, "ahead", _never)
    assert build(project, *words) == 0


def test_there_is_no_fork_without_a_core_for_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would only take turns with this process."""
    monkeypatch.setattr(workers, "_cores", lambda: 1)
    monkeypatch.setattr(pages_ahead, "ahead", _never)
    assert build(project) == 0
    assert pages(project)


def _never(work: object) -> None:
    raise AssertionError(work)


def test_a_fork_that_was_killed_leaves_the_old_site(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the middle of the pages, as a system does that has no memory left: what to do is said."""
    assert build(project) == 0
    old = pages(project)
    here, made = os.getpid(), PageByPage.made
    in_turn = "manifesto_cli.rendering.output.pages_in_turn"

    def die(output: PageByPage, paths: Sequence[str]) -> Iterator[Any]:
        assert os.getpid() != here
        yield from (made(output, path) for path in paths[:9])
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(in_turn, die)
    manifesto = project / "manifesto.yaml"
    manifesto.write_text(manifesto.read_text("utf-8").replace("title: ", "title: Another "), "utf-8")
    assert build(project) == 3
    assert "--jobs 1" in capsys.readouterr().err
    assert pages(project) == old


def test_a_manifesto_with_faults_wants_no_pages(project: Path, handed: list[Sequence[str] | None]) -> None:
    """The fork ends with the command."""
    (project / "manifesto.yaml").write_text("title: 7\n", encoding="utf-8")
    assert build(project) == 1
    assert not handed


def test_ctrl_c_while_pages_are_made_ends_all(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fork does not hear of it, and is ended."""
    here = os.getpid()

    def wait(*_: object) -> Iterator[Any]:
        yield from ()
        os.kill(here, signal.SIGINT)
        time.sleep(600)

    monkeypatch.setattr("manifesto_cli.rendering.output.pages_in_turn", wait)
    assert build(project) == 130
    assert not (project / "public").exists()
