"""Writing a person's own file: whole or not at all, whatever happens, and never over what was not read."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.disk.saving import create, save
from manifesto_cli.faults.error import Exit, ManifestoError
from support.folders import everything, names, refused
from support.stops import killed, stopped

OLD = "title: old\n".encode("utf-8-sig")
NEW = b"title: new and longer\r\n"


@pytest.fixture
def manifesto(tmp_path: Path) -> Path:
    path = tmp_path / "project" / "manifesto.yaml"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def test_a_file_keeps_its_mode_and_leaves_no_litter(manifesto: Path) -> None:
    """The bytes are the new ones, and nothing else is different."""
    manifesto.chmod(0o640)
    save(manifesto, OLD, NEW)
    assert manifesto.read_bytes() == NEW
    assert manifesto.stat().st_mode & 0o777 == 0o640
    assert names(manifesto.parent) == ["manifesto.yaml"]


def test_a_file_that_changed_meanwhile_is_left_alone(manifesto: Path) -> None:
    """What an editor saved between reading and writing is not lost."""
    manifesto.write_bytes(b"title: mine\n")
    before = everything(manifesto.parent)
    fault = refused(lambda: save(manifesto, OLD, NEW), "changed meanwhile")
    assert fault.status is Exit.WORLD
    assert everything(manifesto.parent) == before


def test_a_link_inside_the_project_is_written_through(manifesto: Path) -> None:
    """The file that is meant gets the bytes, and the link stays a link."""
    target = manifesto.parent / "texts" / "of-2027.yaml"
    target.parent.mkdir()
    manifesto.rename(target)
    manifesto.symlink_to("texts/of-2027.yaml")
    save(manifesto, OLD, NEW)
    assert manifesto.is_symlink()
    assert target.read_bytes() == NEW
    assert names(target.parent) == ["of-2027.yaml"]


def test_a_link_out_of_the_project_is_not_followed(manifesto: Path, tmp_path: Path) -> None:
    """No file elsewhere is written."""
    elsewhere = tmp_path / "elsewhere.yaml"
    manifesto.rename(elsewhere)
    manifesto.symlink_to(elsewhere)
    before = everything(tmp_path)
    refused(lambda: save(manifesto, OLD, NEW), "leads out")
    assert everything(tmp_path) == before


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    """Neither a file nor a link to nothing is written over."""
    path = tmp_path / "ideas" / "parks.yaml"
    create(path, NEW)
    assert path.read_bytes() == NEW
    assert names(path.parent) == ["parks.yaml"]
    assert refused(lambda: create(path, OLD), "already").status is Exit.USAGE
    path.unlink()
    path.symlink_to(tmp_path / "gone")
    refused(lambda: create(path, OLD), "already")
    assert names(path.parent) == ["parks.yaml"]
    assert names(tmp_path) == ["ideas"]


def test_a_new_file_is_not_written_through_a_folder_that_is_a_link(tmp_path: Path) -> None:
    """A project's `ideas` that is a link to another place is not written into."""
    (tmp_path / "project").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "project" / "ideas").symlink_to(tmp_path / "other")
    refused(lambda: create(tmp_path / "project" / "ideas" / "parks.yaml", NEW), "leads out")
    assert names(tmp_path / "other") == []


def test_a_folder_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    """Where the folder cannot be made the system's own words are passed on."""
    (tmp_path / "ideas").write_bytes(b"")
    refused(lambda: create(tmp_path / "ideas" / "parks.yaml", NEW), "ideas/parks.yaml")


def rewriting(folder: Path) -> Callable[[], None]:
    """Replaces the file in the folder, which is made anew."""
    path = folder / "manifesto.yaml"
    path.write_bytes(OLD)
    return lambda: save(path, OLD, NEW)


def starting(folder: Path) -> Callable[[], None]:
    """Writes a file that is not there yet."""
    path = folder / "ideas" / "parks.yaml"
    path.unlink(missing_ok=True)
    return lambda: create(path, NEW)


def whole(folder: Path) -> bool:
    """Whether every file that bears a name of ours is the old one or the new one."""
    paths = (folder / "manifesto.yaml", folder / "ideas" / "parks.yaml")
    return all(path.read_bytes() in (OLD, NEW) for path in paths if path.exists())


@pytest.mark.parametrize("begin", [rewriting, starting])
def test_killed_at_any_step_the_file_is_whole(
    tmp_path: Path, begin: Callable[[Path], Callable[[], None]]
) -> None:
    """It is the old one or the new one."""
    at = 1
    while killed(begin(tmp_path), at):
        assert whole(tmp_path)
        at += 1
    assert at > 4


def test_what_a_kill_left_beside_the_file_goes_with_the_next_change(manifesto: Path) -> None:
    """Nobody has to clear up after a kill."""
    assert killed(lambda: save(manifesto, OLD, NEW), 4)
    assert len(names(manifesto.parent)) == 2
    save(manifesto, OLD, NEW)
    assert names(manifesto.parent) == ["manifesto.yaml"]


def interrupt() -> None:
    raise KeyboardInterrupt


def fill_up() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def deny() -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.mark.parametrize("begin", [rewriting, starting])
@pytest.mark.parametrize(
    ("stop", "words"), [(interrupt, ""), (fill_up, "no space left"), (deny, "permission to write")]
)
def test_stopped_at_any_step_nothing_is_left_behind(
    tmp_path: Path, begin: Callable[[Path], Callable[[], None]], stop: Callable[[], None], words: str
) -> None:
    """Ctrl-C, a full disk and a closed folder leave a whole file, no litter, and a sentence where there is one to say."""
    steps: list[str] = []
    for at in range(1, 20):
        work = begin(tmp_path)
        said = words
        try:
            with stopped(at, stop) as steps:
                work()
        except (KeyboardInterrupt, ManifestoError) as fault:
            said = str(fault)
        assert words in said or "cannot read" in said
        left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
        assert whole(tmp_path)
        if steps[at - 1 : at] != ["unlink"]:  # whoever stops the clearing up itself has the litter
            assert left <= {"manifesto.yaml", "parks.yaml"}
        for path in tmp_path.rglob(".*"):
            path.unlink()
        if len(steps) < at:
            return
    pytest.fail("it never ended")


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody delete the folder that a program is in")
def test_a_folder_that_was_deleted_meanwhile_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A terminal may stand in a folder that another has deleted."""
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    for arguments in (["check"], ["ideas", "list"], ["new", "idea", "parks"]):
        assert main(arguments) == Exit.WORLD
        assert "the folder you are in is not there any more" in capsys.readouterr().err
