"""After any edits, a build that knows the last one gives, byte for byte, what a build gives that knows nothing."""

import contextlib
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.content import content
from benchmarks.projects import write_project
from manifesto_cli.cli import main
from manifesto_cli.disk import workers
from manifesto_cli.loading import load
from manifesto_cli.outputs import html
from manifesto_cli.rendering.render import Press, render
from support.known import build_until_known

Edit = Callable[[Path, int], object]


def records(project: Path) -> list[Path]:
    """The files of all records, in order."""
    return sorted(project.glob("library/*/*.yaml"))


def chosen(project: Path, number: int, below: str = "ideas") -> Path:
    """One of the records of a kind."""
    found = [path for path in records(project) if path.parent.name == below]
    return found[number % len(found)]


def replaced(path: Path, old: str, new: str) -> None:
    """Put something in the place of what stands in a file, once."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def body_of(path: Path, words: str) -> None:
    """Give a record another text."""
    kept = path.read_text(encoding="utf-8").partition("body: |\n")
    rest = [line for line in kept[2].splitlines() if line and not line.startswith(" ")]
    path.write_text("\n".join([f"{kept[0]}body: |\n  {words}\n", *rest, ""]), encoding="utf-8")


TEXTS = (
    "Plain words.",
    "Other words, **strong** and *not*, with [a link](https://example.org/reports/1).",
    "## A heading\n\n  Words below it, and `code`.",
    "## In ((region))\n\n  Words.",
    "## In ((office.area))\n\n  Words.",
    "Words of ((region)) & <angles> \\((kept)) here.",
    "A [link](pledge:nobody) that leads nowhere.",
    "TODO",
    "<b>No</b> markup.",
    "Words — “quoted”, naïve 字 🎉.",
)
EDITS: dict[str, Edit] = {
    "body": lambda project, n: body_of(chosen(project, n), TEXTS[n % len(TEXTS)]),
    "body of a case study": lambda project, n: body_of(
        chosen(project, n, "case-studies"), TEXTS[n % len(TEXTS)]
    ),
    "title": lambda project, n: replaced(chosen(project, n), "title: ", f"title: Again {n} "),
    "title of a priority": lambda project, n: replaced(
        chosen(project, n, "priorities"), "title: ", "title: More "
    ),
    "summary": lambda project, n: replaced(chosen(project, n), "summary: '", "summary: 'Yes. "),
    "added": lambda project, n: shutil.copy(chosen(project, n), project / f"library/ideas/more-{n}.yaml"),
    "removed": lambda project, n: chosen(project, n).unlink(),
    "renamed": lambda project, n: chosen(project, n).rename(project / f"library/ideas/other-{n}.yaml"),
    "value": lambda project, n: replaced(project / "manifesto.yaml", "region: ", f"region: {n} "),
    "tagline": lambda project, n: replaced(project / "manifesto.yaml", "tagline: ", f"tagline: {n} "),
    "template": lambda project, n: replaced(
        next(project.glob("themes/*/templates/pledge.html")), "</article>", f"</article>{n}"
    ),
    "style": lambda project, n: replaced(
        next(project.glob("themes/*/assets/style.css")), "}", f"}}/* {n} */"
    ),
    "page": lambda project, n: replaced(
        sorted(project.glob("public/pledges/*.html"))[n % 3], "<body>", f"<body>{n}"
    ),
    "broken": lambda project, n: chosen(project, n).write_text("title: [\n", encoding="utf-8"),
    "nothing": lambda *_: None,
    "touched": lambda project, n: os.utime(chosen(project, n)),
}


def built(project: Path, *arguments: str) -> tuple[int, list[str]]:
    """How a build ends, and what it says is wrong."""
    with contextlib.redirect_stderr(io.StringIO()) as said:
        status = main(["build", "-C", str(project), *arguments])
    return status, [
        line
        for line in said.getvalue().splitlines()
        if not line.endswith(" s)") and not line.startswith("open ")
    ]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of an output."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def played(folder: Path, theme: str, edits: list[tuple[str, int]]) -> None:
    """Make the edits one by one, with a build after each, beside one in a copy that knows nothing."""
    project, twin = Path("project"), folder / "twin" / "project"
    write_project(project, content(12), theme)
    build_until_known(project)
    for name, number in edits:
        EDITS[name](project, number)
        shutil.rmtree(twin, ignore_errors=True)
        shutil.copytree(project, twin)
        known = built(project)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MANIFESTO_CACHE", "")
            patch.chdir(twin.parent)
            anew = built(Path("project"))
        assert known == anew, name
        if known[0] == 0:
            assert tree(project / "public") == tree(twin / "public"), name


STEPS = st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 40)), min_size=1, max_size=8)


@given(edits=STEPS)
@settings(max_examples=15)
def test_after_any_edits_the_site_is_what_a_clean_build_makes(
    edits: list[tuple[str, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Pages, lists and messages, in a theme that has nothing but pages of records."""
    folder = tmp_path_factory.mktemp("edits")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MANIFESTO_CACHE", str(folder / "cache"))
        played(folder, "bench", edits)


def test_a_site_with_everything_is_what_a_clean_build_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the whole manifesto on one page and as data."""
    monkeypatch.chdir(tmp_path)
    names = ("body", "body", "title", "body of a case study", "value", "body", "nothing", "page", "body")
    played(tmp_path, "civic", [(name, 7 * i) for i, name in enumerate(names)])


def test_only_pages_with_a_text_that_changed_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If nothing but its words is different; else those that show anything that is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workers, "_cores", lambda: 1)  # so that this process makes them
    made: list[str] = []
    project = Path("project")
    write_project(project, content(12), "bench")

    def noted(press: Press, template: str, page: str, *more: Any) -> Any:
        made.append(page)
        return render(press, template, page, *more)

    monkeypatch.setattr(html, "render", noted)
    build_until_known(project)
    idea = chosen(project, 3)
    made.clear()
    body_of(idea, "Other words.")
    assert built(project)[0] == 0
    assert made == [f"pledges/{idea.stem}.html"]
    assert b"Other words." in (project / "public" / "pledges" / f"{idea.stem}.html").read_bytes()
    replaced(idea, "title: ", "title: Another ")
    built(project)
    assert set(made) > {"index.html", f"pledges/{idea.stem}.html"}
    made.clear()
    replaced(idea, "title: ", "title: Yet ")
    built(project)
    assert f"pledges/{idea.stem}.html" in made
    assert len(made) < len(records(project))


def test_a_booklet_has_every_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one page that shows all texts."""
    monkeypatch.chdir(tmp_path)
    project = Path("project")
    write_project(project, content(6), "civic")
    build_until_known(project, "--format", "md")
    body_of(chosen(project, 2), "Quite other words.")
    built(project, "--format", "md")
    assert "Quite other words." in (project / "booklet" / "manifesto.md").read_text(encoding="utf-8")


WORDS = (
    "Plain words.",
    "Words — “quoted”, naïve 字 🎉.",
    "**Strong** words & more.",
    "One\n\n  Two\n\n  - three",
)


def test_where_only_words_change_a_page_is_made_of_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is merged or planned again, and the page is what a clean build makes."""
    monkeypatch.chdir(tmp_path)
    project, twin = Path("project"), Path("twin")
    write_project(project, content(8), "bench")
    idea, study = chosen(project, 3), chosen(project, 0, "case-studies")
    for path in (idea, study):
        body_of(path, "First words.")
    build_until_known(project)
    body_of(idea, "Second words.")
    built(project)  # which finds out what the theme does with texts
    monkeypatch.setattr("manifesto_cli.making.load", None)
    for words in WORDS:
        for path in (idea, study):
            body_of(path, words)
        assert built(project)[0] == 0
        with monkeypatch.context() as patch:
            patch.setattr("manifesto_cli.making.load", load)
            patch.setenv("MANIFESTO_CACHE", "")
            assert main(["build", "-q", "-C", str(project), "-o", str(twin)]) == 0
        assert tree(project / "public") == tree(twin)


CAREFUL = (
    "",
    "## A heading",
    "A [link](https://example.org/).",
    "TODO",
    "<b>No</b> markup.",
    "Words of ((region)).",
    "![](media/none.png)",
    "[Broken](pledge:nobody)",
)


@pytest.mark.parametrize("words", CAREFUL)
def test_where_more_than_words_may_change_nothing_is_taken_from_before(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A heading, a link, a placeholder, a fault: what there is to say is said, and what is built is what a clean build makes."""
    monkeypatch.chdir(tmp_path)
    project, twin = Path("project"), Path("twin") / "project"
    write_project(project, content(8), "bench")
    idea = chosen(project, 3)
    body_of(idea, "First words.")
    build_until_known(project)
    body_of(idea, "Second words.")
    built(project)
    body_of(idea, words)
    shutil.copytree(project, twin)
    known = built(project)
    monkeypatch.chdir(twin.parent)
    monkeypatch.setenv("MANIFESTO_CACHE", "")
    assert built(Path("project")) == known
    assert tree(tmp_path / project / "public") == tree(Path("project") / "public")
