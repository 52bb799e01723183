"""Where an output folder may stand, what the disk may refuse, and who else may build there."""

import errno
import fcntl
import multiprocessing
import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from manifesto_cli.disk.guard import Protected, guard
from manifesto_cli.disk.locks import locked
from manifesto_cli.disk.publishing import clean
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.rendering.files import File
from support.folders import (
    NEW,
    OLD,
    OPEN,
    build,
    everything,
    files,
    names,
    publish,
    refused,
    rehearse,
    site,
    state,
)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home" / "ann"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder / "public"


# Where it may stand


def project(tmp_path: Path) -> Protected:
    for name in ("project/.git/hooks", "project/ideas", "library/ideas", "project/src/deep"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    (tmp_path / "project" / "manifesto.yaml").write_text("")
    (tmp_path / "alias").symlink_to(tmp_path / "project")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    roots = (tmp_path / "project", tmp_path / "library")
    folders = (tmp_path / "project" / "ideas", tmp_path / "project" / "src", tmp_path / "project" / "cases")
    return Protected(roots=roots, folders=folders)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/", "root of the disk"),
        ("home/ann", "your home folder"),
        ("home", "your home folder"),
        ("project/../home/ann", "your home folder"),
        ("project", "git repository"),
        ("alias", "git repository"),
        ("project/.git", ".git"),
        ("project/.git/hooks/public", ".git"),
        ("project/.manifesto", ".manifesto"),
        ("project/public/.manifesto/stage", ".manifesto"),
        ("library", "project or library"),
        ("", "home folder"),
        ("project/ideas", "source folder"),
        ("project/ideas/public", "source folder"),
        ("alias/ideas/public", "source folder"),
        ("project/src/deep", "source folder"),
        ("project/cases", "source folder"),
        ("project/cases/public", "source folder"),
        ("project/CASES", "source folder"),
        ("project/manifesto.yaml", "is a file"),
        ("project/manifesto.yaml/public", "is a file"),
        ("circle", "circle"),
        ("circle/public", "circle"),
        ("project/a\0b", "NUL"),
    ],
)
def test_places_that_could_hurt_are_refused(tmp_path: Path, place: str, words: str) -> None:
    """Home, the root of the disk, repositories, projects, libraries and source folders are never built into."""
    protected = project(tmp_path)
    before = everything(tmp_path)
    chosen = tmp_path / place
    for work in (
        lambda: guard(chosen, protected),
        lambda: publish(chosen, files(OLD), protected=protected),
        lambda: rehearse(chosen, files(OLD), protected=protected),
        lambda: clean(chosen, protected=protected),
    ):
        error = refused(work, words)
        assert error.status == Exit.USAGE
        assert "-o" in error.help
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    "place", ["project/public", "alias/public", "project/ideas-public", "library/public", "home/ann/x"]
)
def test_other_places_are_fine(tmp_path: Path, place: str) -> None:
    """Inside a project, a library or the home folder there is room for an output."""
    assert guard(tmp_path / place, project(tmp_path)) == (tmp_path / place).resolve()


def test_a_folder_that_holds_a_source_folder_is_refused(tmp_path: Path) -> None:
    """An output folder around a folder that is read would have its files among the sources."""
    protected = Protected(folders=(tmp_path / "public" / "ideas",))
    refused(lambda: guard(tmp_path / "public", protected), "source folder")


# Refusals of the disk


def mounted(place: Path, *options: str) -> bool:
    """Whether a small disk of its own could be mounted there, as only root can on Linux."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    made = subprocess.run(
        ["mount", "-t", "tmpfs", *options, "tmpfs", str(place)], check=False, capture_output=True
    )
    return made.returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of 256 kB, or None where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mounted(place, "-o", "size=256k"):
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def large(size: int) -> Iterable[File]:
    yield from files(NEW)
    for i in range(size):
        yield File(f"large/{i}.html", b"x" * 4000)


@pytest.mark.parametrize("start", ["missing", "empty", "old"])
def test_a_full_disk_leaves_the_old_site(disk: Path | None, target: Path, start: str) -> None:
    """When the disk fills up, that is said in a sentence, everything staged is gone, and room for it is free again.

    Where no small disk can be mounted, a limit on the size of files stands in: the system refuses to write just so.
    """
    place = (disk or target.parent) / "public"
    if start == "old":
        build(place, OLD)
    elif start == "empty":
        place.mkdir()
    before = everything(place.parent)
    if disk:
        refused(lambda: publish(place, large(100), protected=OPEN), "no space left")
    else:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
        try:
            refused(lambda: publish(place, large(100), protected=OPEN), "too large")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert everything(place.parent) == before
    publish(place, large(10), protected=OPEN)
    assert site(place).items() >= NEW.items()


def test_whatever_is_the_size_of_a_site_it_fits_or_leaves_the_old_one(
    disk: Path | None, target: Path
) -> None:
    """Around the very size at which the disk is full, each build is whole or not at all."""
    place = (disk or target.parent) / "public"
    build(place, OLD)
    outcomes = set()
    for size in range(30, 60):
        before = everything(place)
        try:
            publish(place, large(size), protected=OPEN)
        except ManifestoError as error:
            outcomes.add(error.headline[:29])
            assert everything(place) == before
        else:
            assert len(site(place)) == size + len(NEW)
            outcomes.add("built")
        clean(place, protected=OPEN)
        build(place, OLD)
    assert "built" in outcomes
    assert outcomes == {"built", "there is no space left on the"} or not disk


@pytest.mark.parametrize("start", ["missing", "empty", "old"])
def test_a_folder_that_cannot_be_written_says_so(disk: Path | None, target: Path, start: str) -> None:
    """A read-only disk, or a folder of somebody else's, is a sentence, and the old site stays."""
    place = (disk or target.parent) / "public"
    if start == "old":
        build(place, OLD)
    elif start == "empty":
        place.mkdir()
    before = everything(place.parent)
    if disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        words = "read-only"
    else:
        (place if place.exists() else place.parent).chmod(0o555)
        words = "denied"
    refused(lambda: build(place, NEW), words)
    if start == "old":
        assert build(place, OLD).unchanged == len(OLD)
        assert rehearse(place, files(NEW), protected=OPEN).removed == ("pledges/trams.html",)
    if disk:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    else:
        (place if place.exists() else place.parent).chmod(0o755)
    assert everything(place.parent) == before
    build(place, NEW)


def test_a_disk_of_its_own_can_be_an_output_folder(disk: Path | None, target: Path) -> None:
    """A folder that cannot be renamed, because a disk is mounted there, is built into, updated and emptied all the same."""
    place = disk or target
    build(place, OLD)
    build(place, NEW)
    assert site(place) == NEW
    assert clean(place, protected=OPEN).gone == (disk is None)
    assert disk is None or names(disk) == []


def test_another_disk_inside_the_output_folder_is_named(target: Path) -> None:
    """No rename leads from one disk to another: that is found out before anything is written."""
    build(target, OLD)
    if not mounted(target / "pledges"):
        assert build(target, NEW).unchanged == 1
        return
    try:
        refused(lambda: build(target, NEW), "pledges", "another disk")
        assert (target / "index.html").read_text() == "old home"
    finally:
        subprocess.run(["umount", str(target / "pledges")], check=True)


@pytest.mark.parametrize("made", [NEW, {"index.html": "x"}])
def test_one_folder_that_cannot_be_written_is_found_out_in_time(target: Path, made: dict[str, str]) -> None:
    """A single closed folder in the output, with pages to replace or to remove, stops the build before anything moves."""
    build(target, OLD | {"pledges/parks.html": "other"})
    closed = str(target / "pledges")
    bind = ["mount", "--bind", closed, closed]
    as_disk = (
        sys.platform == "linux" and subprocess.run(bind, check=False, capture_output=True).returncode == 0
    )
    if as_disk:  # for root, to whom the modes of folders mean nothing
        subprocess.run(["mount", "-o", "remount,ro,bind", closed], check=True)
    else:
        (target / "pledges").chmod(0o555)
    before = everything(target)
    try:
        refused(lambda: build(target, made), "permission")
        assert everything(target) == before
    finally:
        if as_disk:
            subprocess.run(["umount", closed], check=True)
        else:
            (target / "pledges").chmod(0o755)
    build(target, made)
    assert site(target) == made


@pytest.mark.parametrize("start", ["missing", "empty", "old"])
@pytest.mark.parametrize(
    "path", ["x" * 300 + ".html", "pledges/" + "x" * 300, "new/" + "x" * 300, "y" * 300 + "/x"]
)
def test_a_name_too_long_for_the_disk_is_named(target: Path, start: str, path: str) -> None:
    """The disk's limit on names shows before the commit point, also in folders that are yet to be made."""
    if start == "old":
        build(target, OLD)
    elif start == "empty":
        target.mkdir()
    before = everything(target.parent)
    refused(lambda: build(target, NEW | {path: "x"}), "too long", str(target / path[:20]))
    assert everything(target.parent) == before


def test_an_output_folder_with_a_long_name_can_be_built(target: Path) -> None:
    """The hidden name of a first build is no longer than the disk allows, if the folder's own is not."""
    build(target.parent / ("x" * 255), OLD)
    assert len(names(target.parent)) == 1


# One at a time


def test_a_second_build_waits_and_gives_up_after_a_while(target: Path) -> None:
    """Whoever holds the lock is alone; whoever waits too long is told why."""
    with locked(target, patience=0) as held:
        assert held
        refused(lambda: locked(target, patience=0).__enter__(), "another build is still writing to", "public")
    with locked(target, patience=0):
        pass
    assert names(target.parent) == []


def test_a_disk_without_locks_is_built_on_without(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network disks know no locks: builds go on, and nothing is cleared that another build might be writing."""

    def unknown(_opened: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", unknown)
    other = target.parent / ".public.manifesto-01234567" / ".manifesto"
    other.mkdir(parents=True)
    build(target, OLD)
    build(target, NEW)
    assert site(target) == NEW
    assert other.is_dir()


def test_a_parent_that_may_only_be_passed_locks_the_folder_itself(target: Path) -> None:
    """Below a folder such as `/var/www`, which others may not list, a folder of one's own can still be built into."""
    build(target, OLD)
    target.parent.chmod(0o311)
    try:
        build(target, NEW)
    finally:
        target.parent.chmod(0o755)
    assert site(target) == NEW


def test_looking_does_not_make_anything(target: Path) -> None:
    """Where the parent does not exist there is nothing to lock, and nothing is made for it."""
    with locked(target / "a" / "b") as held:
        assert not held
    assert not target.exists()


def builds(target: Path, texts: dict[str, str], times: int) -> None:
    for _ in range(times):
        build(target, texts)


def test_two_builds_at_once_end_as_one_of_both(target: Path) -> None:
    """However two processes and a reader meet in one folder, every file that is read is whole, and so is the end."""
    two = dict.fromkeys(NEW, "two") | {f"two/{i}.html": "two" for i in range(20)}
    one = dict.fromkeys(OLD, "one") | {f"one/{i}.html": "one" for i in range(20)}
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=builds, args=(target, texts, 60)) for texts in (one, two)]
    for process in running:
        process.start()
    seen = set()
    while any(process.is_alive() for process in running):
        try:
            seen.add((target / "index.html").read_text())
        except FileNotFoundError:
            assert not seen
    for process in running:
        process.join()
        assert process.exitcode == 0
    assert seen <= {"one", "two"}
    assert site(target) in (one, two)
    assert state(target) == ["owned.json"]
    assert names(target.parent) == ["public"]
