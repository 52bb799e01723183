"""What writing an output folder promises where nothing but the site itself goes wrong."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from manifesto_cli.disk.publishing import Cleaned, Published, clean
from manifesto_cli.rendering.files import Copy, File
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


class RenderingError(Exception):
    """What the making of a file may raise."""


def failing(error: BaseException) -> Iterator[File]:
    yield from files(NEW)
    raise error


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder / "public"


# What is written


def test_a_first_build_holds_every_file_and_leaves_no_litter(target: Path) -> None:
    """A build into a folder that does not exist makes it whole, with a list of what was written and nothing else."""
    done = build(target, OLD)
    assert site(target) == OLD
    assert state(target) == ["owned.json"]
    assert names(target.parent) == ["public"]
    assert done == Published(target.resolve(), tuple(sorted(OLD)), (), (), 0)


def test_an_empty_folder_is_built_into(target: Path) -> None:
    """A folder that holds nothing, or nothing but empty folders, is as good as none, and stays the same folder."""
    (target / "deep" / "down").mkdir(parents=True)
    before = target.stat().st_ino
    build(target, OLD)
    assert site(target) == OLD
    assert target.stat().st_ino == before
    assert state(target) == ["owned.json"]
    assert (target / "deep" / "down").is_dir()


def test_missing_parents_are_made(target: Path) -> None:
    """The folders above the output folder are made as needed."""
    build(target / "a" / "b", OLD)
    assert site(target / "a" / "b") == OLD


def test_a_site_without_files_is_a_site(target: Path) -> None:
    """Building nothing over something removes it, and the folder stays ours."""
    build(target, OLD)
    assert build(target, {}).removed == tuple(sorted(OLD))
    assert site(target) == {}
    build(target, NEW)
    assert site(target) == NEW


def test_the_same_files_give_the_same_list(target: Path) -> None:
    """Neither the order in which files arrive nor what was there before shows in the list."""
    one, two = target / "one", target / "two"
    build(one, NEW)
    build(two, OLD)
    build(two, dict(reversed(NEW.items())))
    assert everything(one) == everything(two)


def test_what_did_not_change_is_left_alone(target: Path) -> None:
    """Files whose bytes are right keep their age and identity, the list included; the others are replaced."""
    build(target, OLD)
    for path in target.rglob("*"):
        os.utime(path, ns=(1, 1))
    done = build(target, OLD)
    assert (done.written, done.removed, done.unchanged) == ((), (), 4)
    assert {path.stat().st_mtime_ns for path in target.rglob("*")} == {1}
    done = build(target, OLD | {"index.html": "other"})
    assert (done.written, done.removed, done.unchanged) == (("index.html",), (), 3)
    assert (target / "style.css").stat().st_mtime_ns == 1


def test_what_is_in_place_counts_and_not_the_list(target: Path) -> None:
    """A page that was changed, cut short or deleted by hand is made good, though the list says that it is right."""
    build(target, OLD)
    (target / "index.html").write_text("edited")
    (target / "style.css").unlink()
    (target / "pledges" / "parks.html").write_text("")
    assert build(target, OLD).written == ("index.html", "pledges/parks.html", "style.css")
    assert site(target) == OLD


def test_what_is_no_longer_made_goes(target: Path) -> None:
    """Stale files are removed, and with them the folders that this empties."""
    build(target, OLD | {"a/b/c.html": "c"})
    done = build(target, NEW)
    assert done.removed == ("a/b/c.html", "pledges/trams.html")
    assert site(target) == NEW
    assert not (target / "a").exists()


def test_files_of_others_stay(target: Path) -> None:
    """Nothing that the tool did not write is removed or changed, nor is a folder with such things in it."""
    build(target, OLD)
    (target / "pledges" / "notes.txt").write_text("mine")
    (target / "CNAME").write_text("example.org")
    (target / "pledges" / "mine").mkdir()
    (target / "link").symlink_to("CNAME")
    build(target, {"index.html": "alone"})
    clean(target, protected=OPEN)
    assert site(target) == {"pledges/notes.txt": "mine", "CNAME": "example.org", "link": "example.org"}
    assert (target / "pledges" / "mine").is_dir()


def test_a_stale_file_changed_by_hand_is_kept_and_said(target: Path) -> None:
    """A file that somebody edited since is not removed when it is no longer made; it is theirs from then on."""
    build(target, OLD)
    (target / "pledges" / "trams.html").write_text("my own words")
    assert build(target, NEW).kept == ("pledges/trams.html",)
    assert build(target, NEW).kept == ()
    assert site(target) == NEW | {"pledges/trams.html": "my own words"}
    before = everything(target)
    refused(lambda: build(target, OLD), "pledges/trams.html", "not written by this tool")
    assert everything(target) == before


def test_a_stale_file_replaced_by_a_link_is_kept(target: Path) -> None:
    """A link in the place of a stale file is somebody's, whatever it points at."""
    build(target, OLD)
    other = target.parent / "elsewhere"
    other.write_text("trams")
    (target / "pledges" / "trams.html").unlink()
    (target / "pledges" / "trams.html").symlink_to(other)
    assert build(target, NEW).kept == ("pledges/trams.html",)
    assert other.read_text() == "trams"


def test_modes_obey_the_umask(target: Path) -> None:
    """Files are readable and folders passable for all, less what the umask takes away."""
    before = os.umask(0o027)
    try:
        build(target, OLD)
        build(target, NEW)
    finally:
        os.umask(before)
    modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in (target, *target.rglob("*"))}
    assert modes == {True: 0o750, False: 0o640}


def test_a_link_to_a_folder_is_followed_once(target: Path) -> None:
    """An output folder that is itself a link is judged and built where it leads."""
    real = target.parent / "real"
    real.mkdir()
    target.symlink_to(real)
    assert build(target, OLD).target == real.resolve()
    assert site(real) == OLD
    assert target.is_symlink()


def test_a_name_that_differs_only_in_case_follows_the_site(target: Path) -> None:
    """`Logo.png` becoming `logo.png` leaves one file of the new name, whether or not the disk tells capitals apart."""
    build(target, {"Logo.png": "logo", "index.html": "x"})
    build(target, {"logo.png": "logo", "index.html": "x"})
    assert names(target) == [".manifesto", "index.html", "logo.png"]


def test_a_file_of_others_that_differs_only_in_case_is_not_ours(target: Path) -> None:
    """Where both names can exist, having written one gives no right to the other."""
    build(target, {"Logo.png": "logo", "index.html": "x"})
    (target / "Logo.png").unlink()
    (target / "logo.png").write_text("mine")
    refused(lambda: build(target, {"logo.png": "logo"}), "logo.png", "not written by this tool")
    assert (target / "logo.png").read_text() == "mine"


# Originals on disk


def test_copies_are_copied_compared_and_replaced(target: Path) -> None:
    """A picture goes over byte by byte, also a large one, and only if it changed."""
    original = target.parent / "photo.jpg"
    original.write_bytes(os.urandom(1_000_000))
    photo = [Copy("photo.jpg", str(original))]
    assert publish(target, photo, protected=OPEN).written == ("photo.jpg",)
    assert publish(target, photo, protected=OPEN).unchanged == 1
    for change in (original.read_bytes()[:-1], original.read_bytes() + b"x", b""):
        original.write_bytes(change)
        assert publish(target, photo, protected=OPEN).written == ("photo.jpg",)
        assert (target / "photo.jpg").read_bytes() == change


@pytest.mark.parametrize("kind", ["missing", "folder", "link", "pipe"])
def test_an_original_that_is_no_file_stops_the_build(target: Path, kind: str) -> None:
    """What vanished, or is a folder, a link or a pipe, is named, and the old site stays."""
    build(target, OLD)
    original = target.parent / "photo.jpg"
    if kind == "folder":
        original.mkdir()
    elif kind == "link":
        original.symlink_to(target / "index.html")
    elif kind == "pipe":
        os.mkfifo(original)
    before = everything(target)
    made: list[File | Copy] = [*files(NEW), Copy("photo.jpg", str(original))]
    refused(lambda: publish(target, made, protected=OPEN), str(original))
    assert everything(target) == before


# Faults on the way


@pytest.mark.parametrize(
    "error", [RenderingError(), OSError(errno.ENOSPC, "of the caller"), KeyboardInterrupt()]
)
@pytest.mark.parametrize("start", ["missing", "deep", "empty", "old"])
def test_a_fault_while_files_are_made_leaves_the_old_site(
    target: Path, error: BaseException, start: str
) -> None:
    """What the making of files raises passes through as it is, and not even an empty folder is left."""
    if start == "old":
        build(target, OLD)
    elif start == "empty":
        target.mkdir()
    before = everything(target.parent)
    place = target / "a" / "b" if start == "deep" else target
    with pytest.raises(type(error)) as caught:
        publish(place, failing(error), protected=OPEN)
    assert caught.value is error
    assert everything(target.parent) == before


def test_files_are_taken_one_by_one(target: Path) -> None:
    """Each file is on disk before the next is asked for, so that a large site needs no memory."""

    def watched() -> Iterator[File]:
        for i in range(5):
            yield File(f"{i}.html", b"x" * 100)
            staged = [
                path for path in target.parent.rglob("*") if path.is_file() and path.stat().st_size == 100
            ]
            assert len(staged) == i + 1

    publish(target, watched(), protected=OPEN)


UNSAFE = [
    "", "/etc/passwd", "../x", "a/../x", "a/./x", ".", "..", "a//b", "a/", "a\\b", "a\0b", "C:/x", "c:x",
    ".manifesto/owned.json", ".Manifesto/x", "a/.manifesto/x", ".manifesto", ".mani\u200cfesto/x", ".manifesto./x",
    ".git/config", ".GIT/hooks/pre-commit", "git~1/config", "a/.git", "...", ". /x", "\udcff.html", "a/" * 3000 + "b",
]  # fmt: skip


@pytest.mark.parametrize("path", UNSAFE, ids=lambda path: ascii(path[:20]))
def test_an_unsafe_path_is_a_mistake_of_the_caller(target: Path, path: str) -> None:
    """No path leaves the folder or reaches the tool's state or a repository; plans never ask for it."""
    build(target, OLD)
    before = everything(target)
    with pytest.raises(ValueError, match="cannot be written"):
        publish(target, [*files(NEW), File(path, b"")], protected=OPEN)
    assert everything(target) == before


@pytest.mark.parametrize(
    ("one", "two"),
    [("a.html", "a.html"), ("a.html", "A.html"), ("stra\u00dfe", "STRASSE"), ("\u00e9", "e\u0301"), ("a", "a/b"), ("a/b/c", "A")],
)  # fmt: skip
def test_two_files_in_one_place_are_a_mistake_of_the_caller(target: Path, one: str, two: str) -> None:
    """Paths that are one file on some disk, or a file and a folder at once, are settled by the plan, not here."""
    for pair in ((one, two), (two, one)):
        with pytest.raises(ValueError, match="planned"):
            publish(target, [File(path, b"") for path in pair], protected=OPEN)
        assert not target.exists()


@pytest.mark.parametrize("path", ["CNAME", ".nojekyll", "a b.html", "x..y", "Straße/é.html", "a.", "xx:y"])
def test_unusual_names_are_fine(target: Path, path: str) -> None:
    """Dots, spaces, capitals and letters of all languages may stand in a name."""
    build(target, {path: "x"})
    assert build(target, {path: "x"}).unchanged == 1


# Rehearsing and cleaning


@pytest.mark.parametrize("start", ["missing", "empty", "old", "edited", "deep"])
def test_a_rehearsal_says_what_a_build_does_and_touches_nothing(target: Path, start: str) -> None:
    """The same files are named as written, removed, kept and unchanged."""
    place = target / "a" / "b" if start == "deep" else target
    if start == "empty":
        target.mkdir()
    if start in {"old", "edited"}:
        build(target, OLD | {"more.html": "more"})
    if start == "edited":
        (target / "pledges" / "trams.html").write_text("mine")
    before = everything(target.parent)
    rehearsed = rehearse(place, files(NEW), protected=OPEN)
    assert everything(target.parent) == before
    assert rehearsed == build(place, NEW)


def test_a_rehearsal_refuses_and_fails_as_a_build_does(target: Path) -> None:
    """A mistake shows in the rehearsal, and what the making of files raises passes through."""
    with pytest.raises(ValueError, match="planned twice"):
        rehearse(target, files(OLD) * 2, protected=OPEN)
    with pytest.raises(RenderingError):
        rehearse(target, failing(RenderingError()), protected=OPEN)
    assert not target.exists()


def test_cleaning_removes_what_was_built(target: Path) -> None:
    """The folder goes with the last file, and cleaning what is clean already is fine."""
    build(target, OLD)
    assert clean(target, protected=OPEN) == Cleaned(target.resolve(), tuple(sorted(OLD)), (), gone=True)
    assert names(target.parent) == []
    assert clean(target, protected=OPEN) == Cleaned(target.resolve(), (), (), gone=True)


def test_cleaning_keeps_what_was_changed_by_hand(target: Path) -> None:
    """An edited page stays, is named, and is its editor's from then on."""
    build(target, OLD)
    (target / "index.html").write_text("mine")
    done = clean(target, protected=OPEN)
    assert (done.kept, done.gone) == (("index.html",), False)
    assert everything(target).keys() == {"index.html"}
    refused(lambda: clean(target, protected=OPEN), "nothing in")


def test_cleaning_refuses_an_empty_folder_that_nobody_built(target: Path) -> None:
    """An empty folder is not ours only because it is empty."""
    target.mkdir()
    refused(lambda: clean(target, protected=OPEN), "nothing in")
    assert target.is_dir()


def test_cleaning_a_site_whose_files_are_gone(target: Path) -> None:
    """Files that somebody deleted are neither missed nor counted."""
    build(target, OLD)
    (target / "index.html").unlink()
    done = clean(target, protected=OPEN)
    assert (done.removed, done.gone) == (("pledges/parks.html", "pledges/trams.html", "style.css"), True)
