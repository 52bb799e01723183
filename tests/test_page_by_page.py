"""Files of an output made one at a time: what a build makes, in any order and from any thread."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from manifesto_cli.faults.diagnostic import Outcome
from manifesto_cli.loading import load
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.pipeline import Prepared, page_by_page, prepare, render
from manifesto_cli.rendering.files import Copy, File, Made
from manifesto_cli.rendering.output import Means, Output
from manifesto_cli.settings import Settings
from support.hostile import body, lay
from support.themes import SHIPPED

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = Settings(Day(2026, 11, 25))
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/manifesto.yaml"))
THEMES = tuple(name for name in SHIPPED if name != "base")


def _prepared(root: Path, output: Output, theme: str | None = None) -> Prepared:
    project = load(root).value
    assert project
    assert project.manifesto
    if theme:
        site = replace(project.manifesto.site, theme=theme, options={})
        project = replace(project, manifesto=replace(project.manifesto, site=site))
    prepared = prepare(project, output, SETTINGS).value
    assert prepared
    return prepared


def _all(prepared: Prepared) -> dict[str, File | Copy | Made]:
    made = render(prepared).value
    assert made
    files = {file.path: file for file in made}
    assert len(files) == len(made)
    return files


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_file_is_that_of_a_build(name: str, theme: str) -> None:
    """In the opposite order, twice, and whoever asks: no page knows of another."""
    for output in OUTPUTS:
        prepared = _prepared(ROOT / "examples" / name, output, theme)
        files = _all(prepared)
        pages = page_by_page(prepared)
        assert pages.paths == tuple(files)
        with ThreadPoolExecutor(4) as pool:
            wanted = [*reversed(pages.paths)] * 2
            for path, made in zip(wanted, pool.map(pages.made, wanted), strict=True):
                assert made.faults == ()
                assert made.value == files[path]


def test_pages_that_lead_on_are_among_them(tmp_path: Path) -> None:
    """At the earlier address of a pledge."""
    idea = "title: A\npriority: democracy\nsummary: s\nformerly: [council]\n"
    project = lay(tmp_path / "plan", {"ideas/assembly.yaml": idea})
    made = page_by_page(_prepared(project, WEBSITE)).made("pledges/council.html")
    assert isinstance(made.value, File)
    assert b'content="0; url=assembly.html"' in made.value.content


def test_a_page_that_fails_leaves_the_others_alone(tmp_path: Path) -> None:
    """It says what is wrong each time, also where its template takes more than a page may; a build says it once."""
    project = lay(
        tmp_path / "plan",
        body("{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}"),
    )
    prepared = _prepared(project, WEBSITE)
    pages = page_by_page(prepared)
    for _ in range(2):
        made = pages.made("index.html")
        assert made.value is None
        assert [fault.code for fault in made.faults] == ["template-too-much"]
        assert pages.made("pledges/assembly.html").value
    assert [fault.code for fault in render(prepared).faults] == ["template-too-much"]


def test_no_order_of_pages_is_refused_that_a_build_would_let_pass(tmp_path: Path) -> None:
    """Pages that take much, asked for over and over: what they take is counted once."""
    work = "{% for i in range(400) %}{% for j in range(999) %}{% endfor %}{% endfor %}"
    project = lay(tmp_path / "plan", body(work))
    prepared = _prepared(project, WEBSITE)
    files = _all(prepared)
    pages = page_by_page(prepared)
    for _ in range(5):
        assert pages.made("index.html").value == files["index.html"]


class _Enough(BaseException):
    """Somebody has something better to do."""


def test_a_page_that_is_given_up_is_made_later_as_if_nothing_had_been() -> None:
    """At whichever step of its template; that is no fault of the page, and other pages know nothing of it."""
    left = [0]

    def heed() -> None:
        left[0] -= 1
        if not left[0]:
            raise _Enough

    prepared = _prepared(ROOT / "examples" / "minimal", WEBSITE)
    files = _all(prepared)
    pages = page_by_page(prepared, Means(heed=heed))
    for step in (1, 2, 30, 31, 200):
        left[0] = step
        with pytest.raises(_Enough):
            pages.made("manifesto.html")
        assert pages.made("index.html").value == files["index.html"]
        assert pages.made("manifesto.html") == Outcome(files["manifesto.html"])
