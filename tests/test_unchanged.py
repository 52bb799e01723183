"""A build that knows the last one gives what a build that knows nothing gives: the same files, and the same words about them."""

import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.disk import last_run
from manifesto_cli.disk.caches import cache_folder
from manifesto_cli.disk.marks import looked_at, marked
from support.known import build_until_known, runs
from support.stops import forget_other_threads

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "minimal"
IDEA = "title: One of our own\npriority: safer-streets\nsummary: A sentence.\nlevers: [fund]\npower: own\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An example whose last build is known."""
    monkeypatch.chdir(tmp_path)
    folder = Path("project")
    shutil.copytree(EXAMPLE, folder)
    for below in ("ideas", "case-studies", "media", "themes"):
        (folder / below).mkdir(exist_ok=True)
    (folder / "themes" / "civic" / "templates").mkdir(parents=True)
    build_until_known(folder)
    return folder


def trees(folder: Path) -> dict[str, bytes]:
    """Every file of an output."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def built(project: Path, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """How a build ends, and what it says is wrong."""
    capfd.readouterr()
    status = main(["build", "-C", str(project), *arguments])
    said = capfd.readouterr().err.splitlines()
    return status, "\n".join(line for line in said if not re.search(r"\(\d+\.\d+ s\)$|^open ", line))


def first(folder: Path) -> Path:
    """A file of a folder, always the same."""
    return min(path for path in folder.iterdir() if path.is_file())


def other_letter(path: Path) -> None:
    """A text of the same length and age: only what the system itself notes down is different."""
    age = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("e", "o", 1), encoding="utf-8")
    os.utime(path, ns=(age.st_atime_ns, age.st_mtime_ns))


def misnamed(project: Path) -> None:
    """An idea in a folder that is not read, which is worth a warning."""
    shutil.rmtree(project / "ideas")
    (project / "Ideas").mkdir()
    (project / "Ideas" / "ours.yaml").write_text(IDEA)


EDITS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "an own idea": lambda project: (project / "ideas" / "ours.yaml").write_text(IDEA),
    "a letter of the manifesto": lambda project: other_letter(project / "manifesto.yaml"),
    "a folder that is called otherwise": misnamed,
    "a template of the theme": lambda project: (
        project / "themes" / "civic" / "templates" / "imprint.html"
    ).write_text('{% extends "page.html" %}{% block main %}{{ site.imprint }}{% endblock %}'),
    "a picture": lambda project: (project / "media" / "square.svg").write_text("<svg/>"),
    "a fault": lambda project: (project / "ideas" / "ours.yaml").write_text("title: [\n"),
    "a page changed by hand": lambda project: other_letter(project / "public" / "index.html"),
    "a page deleted by hand": lambda project: first(project / "public" / "pledges").unlink(),
    "a page added by hand": lambda project: (project / "public" / "more.html").write_text("more"),
    "the list of what is ours": lambda project: shutil.rmtree(project / "public"),
    "another age": lambda project: os.utime(project / "manifesto.yaml"),
}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_a_build_is_the_same_whatever_is_known(
    name: str, project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that knows the last build, and one that is not let know anything."""
    assert built(project, capfd)[0] == 0  # nothing has changed, and all is known
    EDITS[name](project)
    shutil.copytree(project, Path("twin") / "project")
    known = built(project, capfd)
    again = built(project, capfd)
    after = trees(project)
    monkeypatch.chdir("twin")
    monkeypatch.setenv("MANIFESTO_CACHE", "")
    anew = built(project, capfd)
    assert known == again == anew
    assert after == trees(project)


def test_where_nothing_has_changed_nothing_is_read(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that knows is one that does not look into files: else all of this would be for nothing."""
    monkeypatch.setattr("manifesto_cli.disk.trees.read_file", None)
    assert built(project, capfd)[0] == 0


def test_the_first_build_is_known_to_the_second(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That there is an output folder since is nothing new, whichever process looks."""
    forget_other_threads(monkeypatch)
    caches = cache_folder()
    assert caches
    shutil.rmtree(caches)
    while not runs():
        shutil.rmtree(project / "public")
        shutil.rmtree(caches, ignore_errors=True)
        assert built(project, capfd, "--jobs", "2")[0] == 0
    monkeypatch.setattr("manifesto_cli.disk.trees.read_file", None)
    monkeypatch.setattr("manifesto_cli.cli.building.changed_since", None)
    assert built(project, capfd)[0] == 0


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[:-1],
    "one bit": lambda content: content[:40] + bytes([content[40] ^ 1]) + content[41:],
    "something else": lambda _: b"\xc1" * 400,
    "twice": lambda content: content * 2,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_not_believed(
    damage: str, project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The build is done as if nothing were known, and nothing is said of it."""
    place = runs()[0]
    place.write_bytes(DAMAGES[damage](place.read_bytes()))
    assert last_run.find_run(place.parent, place.name) is None
    assert built(project, capfd)[0] == 0
    assert last_run.find_run(place.parent, place.name)


@pytest.mark.usefixtures("project")
def test_what_another_version_has_kept_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages may be others."""
    place = runs()[0]
    assert last_run.find_run(place.parent, place.name)
    monkeypatch.setattr(last_run, "this_tool", lambda: b"another")
    assert last_run.find_run(place.parent, place.name) is None


@pytest.mark.parametrize("given", ["", "/dev/null/nowhere"])
def test_a_build_needs_no_cache(
    given: str, project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where none is wanted, nor where nothing can be kept."""
    monkeypatch.setenv("MANIFESTO_CACHE", given)
    assert built(project, capfd)[0] == 0
    assert built(project, capfd)[0] == 0


def test_a_strict_build_remembers_warnings(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """They were no reason to stop the last one."""
    misnamed(project)
    status, said = built(project, capfd)
    assert (status, "warning" in said) == (0, True)
    assert built(project, capfd) == (0, said)
    assert built(project, capfd, "--strict")[0] == 1


def test_what_came_or_went_during_a_build_is_not_known(project: Path) -> None:
    """Of a file that was read and is gone there is no other trace than the age of its folder. The root of a project gets its output meanwhile."""
    later = time.time_ns() + 3_000_000_000
    looked = looked_at((str(project),), str(project / "public"))
    assert looked
    assert marked(looked, later)
    os.utime(project, ns=(later, later))
    assert marked(looked, later)
    os.utime(project / "ideas", ns=(later, later))
    assert marked(looked, later) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_folder_whose_name_is_no_text_is_built_like_any_other(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nothing of it is remembered, and nothing is said of that."""
    strange = Path(os.fsdecode(b"strange\xff"))
    shutil.copytree(project, strange)
    shutil.rmtree(strange / "public")
    (strange / os.fsdecode(b"stray\xff.txt")).touch()
    assert [built(strange, capfd)[0] for _ in range(2)] == [0, 0]
    assert trees(strange / "public") == trees(project / "public")
