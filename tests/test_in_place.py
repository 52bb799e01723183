"""Pages that would be what they are: a build that follows another makes only those of which what they are made from is something else."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from markupsafe import Markup
from msgspec import Struct

from benchmarks.content import content
from benchmarks.projects import write_project
from manifesto_cli import making
from manifesto_cli.cli import main
from manifesto_cli.disk import marks
from manifesto_cli.outputs import html
from manifesto_cli.rendering.render import render
from manifesto_cli.rendering.told_apart import told_apart
from support.folders import everything
from support.stops import forget_other_threads

TEMPLATE = "themes/bench/templates/footer.html"


@pytest.fixture(params=[("--jobs", "1"), ("--jobs", "3"), ()])
def divided(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Among how many processes pages are divided."""
    return tuple(request.param)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nine ideas, built twice: from the second build on it is asked what pages are made from."""
    monkeypatch.setenv("MANIFESTO_CACHE", str(tmp_path / "cache"))
    # Files that have just been written are not known by their age else.
    monkeypatch.setattr(marks, "_YOUNG", 0)
    forget_other_threads(monkeypatch)
    write_project(tmp_path / "project", content(9), "bench")
    assert build(tmp_path / "project") == 0
    put(tmp_path / "project", "manifesto.yaml", "title: ", "title: Another ")
    assert build(tmp_path / "project") == 0
    return tmp_path / "project"


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages for which a template was run, in this process."""
    found: list[str] = []

    def watched(press: Any, template: str, path: str, *more: Any) -> Any:
        found.append(path)
        return render(press, template, path, *more)

    monkeypatch.setattr(html, "render", watched)
    return found


def put(project: Path, path: str, words: str, others: str) -> None:
    text = (project / path).read_text("utf-8")
    assert words in text
    (project / path).write_text(text.replace(words, others, 1), "utf-8")


def idea_of(project: Path) -> str:
    return min((project / "library" / "ideas").iterdir()).relative_to(project).as_posix()


def build(project: Path, *words: str) -> int:
    return main(["build", "-q", "-C", str(project), *words])


def anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The site as somebody else builds it who knows nothing of it."""
    with monkeypatch.context() as apart:
        apart.setenv("MANIFESTO_CACHE", "")
        assert build(project, "--jobs", "1", "-o", str(project.parent / "other")) == 0
    return everything(project.parent / "other")


def test_another_title_makes_the_pages_that_show_it(
    project: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no other; all are as in a site that is built anew."""
    put(project, idea_of(project), "title: ", "title: More ")
    assert build(project, "--jobs", "1") == 0
    pages = len([*(project / "public").rglob("*.html")])
    assert 0 < len(rendered) < pages / 2
    assert everything(project / "public") == anew(project, monkeypatch)


def test_another_template_makes_all_pages(
    project: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows which of them it changes."""
    put(project, TEMPLATE, "How this was made", "How it was made")
    assert build(project, "--jobs", "1") == 0
    assert len(rendered) == len([*(project / "public").rglob("*.html")])
    assert everything(project / "public") == anew(project, monkeypatch)


def test_templates_that_cannot_be_told_from_others_make_all_pages(
    project: Path, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as those in a folder whose name is no text: another template would not be noticed."""
    monkeypatch.setattr(html, "told_apart", lambda of: b"" if isinstance(of, list) else told_apart(of))
    for number in range(2):
        put(project, TEMPLATE, "How this was made", f"How this was made {number}")
        assert build(project, "--jobs", "1") == 0
        assert len(rendered) == (number + 1) * len([*(project / "public").rglob("*.html")])
    assert everything(project / "public") == anew(project, monkeypatch)


def test_whatever_changes_the_site_is_as_if_built_anew(
    project: Path, divided: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many processes make it: after words of a text, which are put into pages as they are, and a title; and back."""
    idea = idea_of(project)
    for words, others in (("title: ", "title: More "), ("body: |\n", "body: |\n  More words.\n\n")):
        put(project, idea, words, others)
        assert build(project, *divided) == 0
        assert everything(project / "public") == anew(project, monkeypatch)
    put(project, idea, "title: More ", "title: ")
    assert build(project, *divided) == 0
    assert everything(project / "public") == anew(project, monkeypatch)


def test_a_page_that_was_changed_by_hand_is_made_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known of a page counts only while it is in place."""
    (project / "public" / "index.html").write_text("by hand", encoding="utf-8")
    put(project, idea_of(project), "title: ", "title: More ")
    assert build(project, "--jobs", "1") == 0
    assert everything(project / "public") == anew(project, monkeypatch)


def test_what_is_taken_away_meanwhile_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written in its place that lacks half of the site."""

    def one(*_: object) -> int:
        shutil.rmtree(project / "public", ignore_errors=True)
        return 1

    monkeypatch.setattr(
        making, "jobs_for", one
    )  # asked after it was seen that all is in place, and before anything is written
    put(project, idea_of(project), "title: ", "title: More ")
    assert build(project, "--jobs", "1") == 3
    assert "was changed while this build was at work" in capsys.readouterr().err
    assert not (project / "public").exists()


class View(Struct, frozen=True):
    """Something that templates see."""

    words: Any
    parts: Any = ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (View("a"), View("b")),
        (View(Markup("<b>")), View(Markup("<i>"))),
        (View("a", (View("b"),)), View("a", (View("c"),))),
        (View("a", ("b", "c")), View("a", ("bc",))),
        (View({"a": 1}), View({"a": 2})),
        (View(MappingProxyType({"a": 1})), View(MappingProxyType({"a": 2}))),
        (View(1), View("1")),
        (View(None), View("")),
    ],
)
def test_views_are_told_apart_by_all_that_is_in_them(one: View, other: View) -> None:
    """Each is what it is."""
    assert told_apart(one) == told_apart(one) != told_apart(other)
    assert told_apart(other)


def test_what_cannot_be_told_is_like_nothing() -> None:
    """So a page that is made of it is always made."""
    assert told_apart(View(object())) == b""
    assert told_apart(View("\ud800")) == b""


def test_every_view_can_be_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every kind of page; else it would be made again and again."""
    told: list[bytes] = []

    def noted(made_of: Any) -> bytes:
        told.append(told_apart(made_of))
        return told[-1]

    monkeypatch.setenv("MANIFESTO_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(marks, "_YOUNG", 0)
    monkeypatch.setattr(html, "told_apart", noted)
    for name in _examples(tmp_path):
        assert build(name, "--jobs", "1") == 0
        assert not told
        put(name, "manifesto.yaml", "title: ", "title: Another ")
        assert build(name, "--jobs", "1") == 0
        assert len(told) > 10
        assert all(told)
        told.clear()


def _examples(tmp_path: Path) -> Iterator[Path]:
    top = Path(__file__).resolve().parent.parent
    for example in sorted((top / "examples").iterdir()):
        copy = Path(
            shutil.copytree(example, tmp_path / example.name, ignore=shutil.ignore_patterns("public"))
        )
        manifesto = copy / "manifesto.yaml"
        manifesto.write_text(manifesto.read_text("utf-8").replace("../../ideas", str(top / "ideas")), "utf-8")
        yield copy
