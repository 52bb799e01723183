"""Benchmarks compare what can be compared: the same content, the same pages, and figures that are counted rightly. How long anything takes is never asserted."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from benchmarks import contestants, measuring, same
from benchmarks.content import HOLE, PRIORITIES, REGION, CaseStudy, Content, Idea, content, filled
from benchmarks.contestants import EDITS, Contestant
from benchmarks.projects import THEMES, write_project
from benchmarks.sites import LAYOUTS, write_hugo, write_zola
from manifesto_cli.cli import main

IDEAS = 60
"""Enough for each priority to have some."""
NOT_CALLED = (sys.executable, "-c", "raise SystemExit('nothing calls this')")


@pytest.fixture(scope="module")
def small() -> Content:
    """Content of a small site."""
    return content(IDEAS)


@pytest.fixture(scope="module")
def project(small: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with that content. Tests leave it as it is, but for its output."""
    folder = tmp_path_factory.mktemp("benchmark") / "project"
    write_project(folder, small)
    return folder


def test_the_same_number_and_seed_give_the_same_content(small: Content) -> None:
    """And another seed gives other words."""
    assert content(IDEAS) == small
    assert content(IDEAS, seed=2).ideas[0].body != small.ideas[0].body


def test_a_larger_content_goes_on_where_a_smaller_one_ends(small: Content) -> None:
    """Texts of the first ideas are the same, so that sizes can be compared."""
    larger = content(2 * IDEAS)
    assert [idea.body for idea in larger.ideas[:IDEAS]] == [idea.body for idea in small.ideas]
    assert larger.case_studies[: IDEAS // 5] == small.case_studies


def test_content_is_like_what_people_write(small: Content) -> None:
    """Ids are there once, bodies have about 180 words, every priority has ideas, and every case study is shown somewhere."""
    records: list[Idea | CaseStudy] = [*small.ideas, *small.case_studies]
    ids = [record.id for record in records]
    assert len({*ids}) == len(ids) == IDEAS + IDEAS // 5
    lengths = [len(record.body.split()) for record in records]
    assert 170 < sum(lengths) / len(lengths) < 190
    assert small.priorities == tuple(PRIORITIES)
    assert {study for idea in small.ideas for study in idea.case_studies} == {
        study.id for study in small.case_studies
    }
    assert all(1 <= len(idea.case_studies) <= 3 and 2 <= len(idea.tags) <= 3 for idea in small.ideas)
    assert sum(idea.regional for idea in small.ideas) == IDEAS // 10


def test_the_smallest_content_has_a_case_study() -> None:
    """A fifth of four is none, but each idea shows one."""
    assert len(content(4).case_studies) == 1


def test_the_project_has_no_faults(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the manifesto nor the library alone has so much as a note."""
    for folder in (project, project / "library"):
        assert main(["check", "--strict", "-C", str(folder)]) == 0
        said = capsys.readouterr()
        assert (said.out, said.err.strip()) == ("", "no faults")


def test_our_site_has_the_pages_of_the_content_and_no_others(project: Path, small: Content) -> None:
    """In the theme for benchmarks there is nothing that the layouts for others do not make, but for what every site of ours has."""
    assert main(["build", "--quiet", "-C", str(project)]) == 0
    public = project / "public"
    pages = same.pages(public)
    assert sorted(pages) == sorted(same.wanted(small))
    assert len(pages) == small.pages
    files = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    others = {name for name in files if not name.endswith(".html")}
    assert others == {".manifesto/owned.json", ".nojekyll", "assets/style.css", "sitemap.xml"}
    for idea in small.ideas:
        words = pages[f"ideas/{idea.id}"].words
        assert {*idea.title.split(), *idea.summary.split()} <= {*words}
        assert HOLE not in " ".join(words)
        assert {f"case-studies/{study}" for study in idea.case_studies} < {*pages[f"ideas/{idea.id}"].links}


def test_pages_are_as_long_as_those_that_were_measured_first(project: Path) -> None:
    """Between 5 and 6.5 KB, of which the policy and what is for machines are almost one."""
    assert main(["build", "--quiet", "-C", str(project)]) == 0
    sizes = [path.stat().st_size for path in (project / "public" / "pledges").iterdir()]
    assert 5000 < sum(sizes) / len(sizes) < 6500


def test_other_generators_are_given_the_same(small: Content, tmp_path: Path) -> None:
    """Each record is a page with the same title, sentence and text, in which the placeholder is filled."""
    write_hugo(tmp_path / "hugo", small)
    write_zola(tmp_path / "zola", small)
    for idea in small.ideas:
        for generator in ("hugo", "zola"):
            path = tmp_path / generator / "content" / "ideas" / f"{idea.id}.md"
            _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
            said = yaml.safe_load(head)
            assert (said["title"], said["description"], said["date"]) == (
                idea.title,
                idea.summary,
                idea.updated,
            )
            known = said.get("extra", said)
            assert tuple(known["case_studies"]) == idea.case_studies
            assert tuple(known["tags"]) == idea.tags
            assert tuple(known["partners"]) == idea.partners
            assert (said.get("taxonomies") or said)["priorities"] == [idea.priority]
            assert body == filled(idea.body)
    for generator in ("hugo", "zola"):
        studies = tmp_path / generator / "content" / "case-studies"
        assert {path.stem for path in studies.iterdir()} - {"_index"} == {
            study.id for study in small.case_studies
        }


def plain(template: str) -> list[str]:
    """The words of a template that stand there whatever the page is."""
    return re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", " ", template, flags=re.DOTALL).split()


def test_layouts_have_the_same_fixed_words() -> None:
    """What is changed in one is changed in all: the foot, the headings and the lines above them."""
    foot = plain((THEMES / "bench" / "templates" / "footer.html").read_text(encoding="utf-8"))
    for frame in ("hugo/layouts/baseof.html", "zola/templates/frame.html"):
        assert set(foot) <= set(plain((LAYOUTS / frame).read_text(encoding="utf-8"))), frame
    for ours, *theirs in (
        ("pledge", "hugo/layouts/ideas/page.html", "zola/templates/idea.html"),
        ("case-study", "hugo/layouts/case-studies/page.html", "zola/templates/case-study.html"),
        ("priority", "hugo/layouts/term.html", "zola/templates/priorities/single.html"),
        ("home", "hugo/layouts/home.html", "zola/templates/index.html"),
    ):
        words = plain((THEMES / "bench" / "templates" / f"{ours}.html").read_text(encoding="utf-8"))
        for other in theirs:
            found = plain((LAYOUTS / other).read_text(encoding="utf-8"))
            assert [word for word in found if word not in ("–", "|")] == words, other


OURS = """<!doctype html><html><head><title>Not counted</title></head><body>
<p>Two words, <a href="../priorities/care.html">care</a> and <a href="https://example.net/x/">elsewhere</a>.</p></body></html>"""
THEIRS = """<!doctype html><html><head><title>Other</title></head><body>
<p><a rel="external" href="https://example.net/x/">elsewhere</a>. and
<a href="https://example.org/priorities/care/">care</a> Two words,</p><script>nothing here</script></body></html>"""


def test_sites_may_differ_in_addresses_order_and_head() -> None:
    """What is compared is what a reader sees, and where links lead."""
    assert same.said("pledges/x.html", OURS) == same.said("ideas/x/index.html", THEIRS)
    assert same.name("pledges/x.html") == same.name("ideas/x/index.html") == "ideas/x"
    assert same.name("index.html") == ""
    assert same.name("https://example.net/x/") == "https://example.net/x"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("Two words", "Three words"), "words"),
        (("priorities/care", "priorities/work"), "links"),
        (("<p>", "<div>"), "elements"),
    ],
)
def test_every_difference_is_found(change: tuple[str, str], what: str) -> None:
    """Another word, another link, another element: each by its page."""
    little = Content(content(1).ideas, ())
    (page,) = (name for name in same.wanted(little) if name.startswith("ideas/"))
    ours = {name: same.said("pledges/x.html", OURS) for name in same.wanted(little)}
    theirs = {**ours, page: same.said("ideas/x/index.html", THEIRS.replace(*change))}
    assert [*same.differences({"one": ours, "other": ours}, little)] == []
    (found,) = same.differences({"one": ours, "other": theirs}, little)
    assert found.startswith(f"`{page}`: {what} differ: ")


def test_a_page_that_is_missing_is_found() -> None:
    """In whichever site it is."""
    little = Content(content(1).ideas, ())
    ours = {name: same.said("pledges/x.html", OURS) for name in same.wanted(little)}
    less = {name: found for name, found in ours.items() if name}
    assert [*same.differences({"one": ours, "other": less}, little)] == ["other has no page ``"]
    assert [*same.differences({"one": less, "other": ours}, little)] == ["one has no page ``"]


@pytest.fixture(scope="module")
def all_of_them(small: Content, tmp_path_factory: pytest.TempPathFactory) -> tuple[Contestant, ...]:
    """Everybody who takes part, with sites that nothing builds."""
    top = tmp_path_factory.mktemp("contestants")
    return (
        contestants.manifesto(top, small, NOT_CALLED),
        contestants.manifesto(top, small, NOT_CALLED, "civic"),
        contestants.zola(top, small, NOT_CALLED),
        contestants.hugo(top, small, NOT_CALLED),
    )


def files(folder: Path) -> dict[str, str]:
    """Every file in a folder."""
    return {str(path): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("what", [edit for edit in EDITS if edit != "nothing"])
def test_every_edit_changes_the_sources_and_each_number_otherwise(
    all_of_them: tuple[Contestant, ...], what: str
) -> None:
    """In one file each; but a value stands in many where a generator knows no placeholders."""
    for each in all_of_them:
        if each.name.endswith("civic"):
            continue
        each.edit(what, 1)
        once = files(each.folder)
        each.edit(what, 2)
        twice = files(each.folder)
        changed = [path for path in once if once[path] != twice[path]]
        assert once.keys() == twice.keys()
        assert len(changed) == (IDEAS // 10 if what == "one value" and each.put_region is None else 1)


def test_nothing_changed_is_nothing(all_of_them: tuple[Contestant, ...]) -> None:
    """The sources are as they were."""
    for each in all_of_them:
        before = files(each.folder)
        each.edit("nothing", 1)
        assert files(each.folder) == before


def test_an_edited_project_has_no_faults(small: Content, tmp_path: Path) -> None:
    """A rebuild is measured on what can be built; each edit is seen on pages."""
    each = contestants.manifesto(tmp_path, small, NOT_CALLED)
    for what in EDITS:
        each.edit(what, 7)
    assert main(["check", "--strict", "--quiet", "-C", str(each.folder)]) == 0
    assert main(["build", "--quiet", "-C", str(each.folder)]) == 0
    pages = [path.read_text(encoding="utf-8") for path in each.output.rglob("*.html")]
    for words, most in (
        ("and there are 7.", 1),
        (" in 7 places</h1>", 1),
        ("How this was made, part 7", small.pages),
        (f"begin in 7 places in {REGION}", IDEAS // 10),
    ):
        assert sum(words in page for page in pages) == most, words


def test_a_cold_build_finds_nothing_of_an_earlier_one(small: Content, tmp_path: Path) -> None:
    """Neither output nor caches; compiled templates stay where that is what is measured."""
    pages = "; ".join(
        (
            "import os, pathlib",
            "cache = pathlib.Path(os.environ['MANIFESTO_CACHE'])",
            "found = sorted(path.name for path in cache.iterdir()) if cache.is_dir() else []",
            "print(found, pathlib.Path('public').exists())",
            "[(cache / name).mkdir(parents=True) for name in ('templates', 'texts') if name not in found]",
            "pathlib.Path('public').mkdir()",
            f"[pathlib.Path('public', f'{{i}}.html').touch() for i in range({small.pages})]",
        )
    )
    each = contestants.manifesto(tmp_path, small, (sys.executable, "-c", pages))
    said = tmp_path / "manifesto-bench.log"
    for turn, expected in ((each, "[]"), (each, "[]"), (contestants.compiled(each), "['templates']")):
        turn.cold()
        assert said.read_text(encoding="utf-8").strip() == f"{expected} False"


def test_a_build_that_goes_wrong_is_no_figure(small: Content, tmp_path: Path) -> None:
    """A command that fails, and one that leaves out pages, end the race."""
    failing = contestants.hugo(tmp_path / "one", small, (sys.executable, "-c", "raise SystemExit('no')"))
    with pytest.raises(SystemExit, match=r"ended with 1 in .*\nno\n"):
        failing.cold()
    lazy = contestants.hugo(tmp_path / "two", small, (sys.executable, "-c", ""))
    with pytest.raises(SystemExit, match=f"made 0 of {small.pages} pages"):
        lazy.cold()


def test_settings_of_whoever_measures_count_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of ours and of Python's would be in the figures."""
    monkeypatch.setenv("MANIFESTO_STRICT", "1")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    found = contestants.environment(Path("/somewhere"))
    assert not [name for name in found if name.startswith("PYTHON")]
    assert {name for name in found if name.startswith("MANIFESTO_")} == {"MANIFESTO_CACHE"}
    assert found["PATH"] == os.environ["PATH"]


@pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="there is no such file on this system"
)
def test_the_memory_of_children_counts() -> None:
    """Those of children, too: a parent that waits is small, and what it has started is not."""
    grandchild = "held = b'x' * 50_000_000; print('ready', flush=True); input()"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", child], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        found = measuring.family(process.pid)
        assert found[0] == process.pid
        assert len(found) == 2
        assert measuring.memory(found[0]) < 50_000_000 < measuring.memory(found[1])
        process.communicate("\n")
    assert measuring.memory(process.pid) == 0
