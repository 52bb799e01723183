"""Laws of merging and building: what must not matter, does not."""

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli import loading, pipeline
from manifesto_cli.cli import main
from manifesto_cli.merging.edition import Edition, Pledge
from manifesto_cli.merging.gathering import CitedCaseStudy
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.picks import NOT_OVERRIDDEN
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.reading.library import Folder, read_library
from manifesto_cli.settings import Settings

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "minimal"
LIBRARY = EXAMPLE.parent.parent / "ideas" / "police-and-crime"


def edition(project: Path) -> Edition:
    """The edition of a project without faults."""
    loaded = loading.load(project)
    assert loaded.value
    prepared = pipeline.prepare(loaded.value, OUTPUTS[0], Settings(Day(2026, 11, 25)))
    assert prepared.value, prepared.faults
    return prepared.value.edition


def tree(folder: Path) -> dict[str, bytes]:
    """Every file in a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the example."""
    return Path(
        shutil.copytree(EXAMPLE, tmp_path / "plan", ignore=shutil.ignore_patterns("public", "booklet"))
    )


def test_an_override_that_says_what_the_library_says_changes_nothing(project: Path) -> None:
    """Merging nothing changes nothing: only where it was written differs."""
    manifesto = project / "manifesto.yaml"
    text = manifesto.read_text(encoding="utf-8")
    plain = edition(project).pledges[0]
    title = plain.idea.title
    manifesto.write_text(
        text.replace(
            "- community-payback-panels", f"- idea: community-payback-panels\n        title: {title}"
        ),
        encoding="utf-8",
    )
    same = edition(project).pledges[0]
    assert same.idea == plain.idea
    assert same.overridden == {"title"}
    assert same.origin.at("title").source.path.endswith("manifesto.yaml")
    assert same.origin.at("summary") == plain.origin.at("summary")


def test_every_field_of_an_idea_can_be_replaced_or_says_why_not() -> None:
    """The fields of a pick are those of an idea; none is forgotten when the model grows."""
    from manifesto_cli.model.picks import IdeaPick  # noqa: PLC0415

    assert set(Idea.__struct_fields__) - NOT_OVERRIDDEN[Idea] <= set(IdeaPick.__struct_fields__)
    assert not NOT_OVERRIDDEN[Idea] & set(IdeaPick.__struct_fields__)


@pytest.mark.parametrize("form", ["html", "md"])
def test_two_builds_of_the_same_input_give_the_same_bytes(project: Path, tmp_path: Path, form: str) -> None:
    """Wherever and whenever it is built."""
    for name in ("one", "two"):
        assert main(["build", "-q", "-C", str(project), "--format", form, "-o", str(tmp_path / name)]) == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_copy_elsewhere_gives_the_same_bytes(project: Path, tmp_path: Path) -> None:
    """No path of the machine gets into what is written."""
    other = Path(shutil.copytree(project, tmp_path / "elsewhere" / "deeper" / "plan"))
    for folder in (project, other):
        assert main(["build", "-q", "-C", str(folder)]) == 0
    assert tree(project / "public") == tree(other / "public")


FILES = {path.relative_to(LIBRARY).as_posix(): path.read_bytes() for path in LIBRARY.rglob("*.yaml")}


@given(st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(shuffler: random.Random) -> None:
    """A library is the same in whatever order its files are found."""
    paths = list(FILES)
    shuffler.shuffle(paths)
    shuffled = read_library(Folder("", {path: FILES[path] for path in paths}, {})).value
    sorted_ = read_library(Folder("", dict(sorted(FILES.items())), {})).value
    assert shuffled
    assert sorted_
    for group in ("priorities", "ideas", "case_studies", "sources"):
        assert list(getattr(shuffled, group).items()) == list(getattr(sorted_, group).items())


def test_what_the_project_has_comes_before_any_library(project: Path) -> None:
    """An idea of one's own with a library's id takes its place."""
    (project / "ideas").mkdir()
    own = project / "ideas" / "community-payback-panels.yaml"
    own.write_text("title: My own panels\npriority: breaking-the-cycle\nsummary: Mine.\n", encoding="utf-8")
    first = edition(project).pledges[0]
    assert (first.idea.title, first.library) == ("My own panels", "")


def test_nothing_dangles_in_an_edition(project: Path) -> None:
    """Every key leads to a record of the same edition, every hole is filled, every source is there once."""
    whole = edition(project)
    studies = {study.key for study in whole.case_studies}
    records: list[Pledge | CitedCaseStudy] = [*whole.pledges, *whole.case_studies]
    cited = {source.key for record in records for evidence in record.evidence for source in evidence.sources}
    assert {key for pledge in whole.pledges for key in pledge.case_studies} == studies
    assert cited == {source.key for source in whole.sources}
    assert len(cited) == len(whole.sources)
    assert "((" not in repr([pledge.idea for pledge in whole.pledges])
    assert [pledge.number for pledge in whole.pledges] == list(range(1, len(whole.pledges) + 1))


def test_an_empty_shelf_is_a_shelf() -> None:
    """A project without libraries and records of its own is read without a fault."""
    empty = read_library(Folder("", {}, {}))
    assert empty.faults == ()
    assert empty.value
    assert Shelf(empty.value).library("") is empty.value
