"""What writing an output folder promises where something in it is not ours, or came from a stranger."""

import os
from pathlib import Path

import msgspec
import pytest

from manifesto_cli.disk.contents import hashed
from manifesto_cli.disk.publishing import clean
from manifesto_cli.faults.error import Exit
from support.folders import NEW, OLD, OPEN, build, everything, files, refused, rehearse, site, state


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder / "public"


# Folders that are not ours


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "deep/down/x", "link"])
def test_a_folder_with_files_of_others_is_refused(target: Path, name: str) -> None:
    """The tool builds only where it built before, or where nothing is."""
    path = target / name
    path.parent.mkdir(parents=True)
    if name == "link":
        path.symlink_to(target.parent)
    else:
        path.write_text("mine")
    before = everything(target)
    for work in (lambda: build(target, OLD), lambda: rehearse(target, files(OLD), protected=OPEN)):
        error = refused(work, "holds files that this tool did not write")
        assert error.status == Exit.USAGE
        assert "-o" in error.help
    refused(lambda: clean(target, protected=OPEN), "nothing in", "that this tool built")
    assert everything(target) == before


@pytest.mark.parametrize("kind", ["file", "same file", "folder", "link", "pipe"])
def test_what_stands_in_the_way_is_named_and_stays(target: Path, kind: str) -> None:
    """A name that the site newly needs and somebody else uses stops the build before anything is written."""
    build(target, OLD)
    path = target / "CNAME"
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(target.parent)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_text("example.org" if kind == "same file" else "mine")
    before = everything(target)
    made = NEW | {"CNAME": "example.org"}
    refused(lambda: build(target, made), "CNAME")
    refused(lambda: rehearse(target, files(made), protected=OPEN), "CNAME")
    assert everything(target) == before


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
@pytest.mark.parametrize("path", ["index.html", "pledges"])
def test_what_replaced_a_file_or_folder_of_ours_stays(target: Path, kind: str, path: str) -> None:
    """Only regular files are overwritten, and no link is followed on the way to them."""
    outside = target.parent / "outside"
    outside.mkdir()
    (outside / "trams.html").write_text("trams")
    build(target, OLD)
    (target / path).rename(target.parent / "aside")
    if kind == "folder":
        (target / path).mkdir()
        (target / path / "mine").write_text("mine")
    elif kind == "link":
        (target / path).symlink_to(outside)
    else:
        os.mkfifo(target / path)
    before = everything(target.parent)
    if (path, kind) == ("pledges", "folder"):
        build(target, NEW)
        assert (target / "pledges" / "mine").read_text() == "mine"
        return
    refused(lambda: build(target, NEW), path)
    assert everything(target.parent) == before


def test_a_file_that_becomes_a_folder_or_back_is_named(target: Path) -> None:
    """A site in which a name changes from file to folder needs a clean first, and says which name."""
    build(target, {"a": "x", "b/c": "y"})
    before = everything(target)
    refused(lambda: build(target, {"a/b": "x"}), "public/a`")
    refused(lambda: build(target, {"b": "x"}), "public/b`")
    assert everything(target) == before
    clean(target, protected=OPEN)
    build(target, {"a/b": "x", "b": "x"})


# State that came from elsewhere

HASH = "0" * 32


def listing(paths: dict[str, object], **more: object) -> bytes:
    return msgspec.json.encode({"format": 1, "files": paths} | more)


LISTS = {
    "empty": b"",
    "no JSON": b"owned",
    "cut short": listing({"index.html": HASH})[:-9],
    "a list": b"[]",
    "no version": b'{"files": {}}',
    "version zero": listing({}, format=0),
    "version as text": listing({}, format="1"),
    "version true": listing({}, format=True),
    "unknown field": listing({}, more=1),
    "hash too short": listing({"index.html": "00"}),
    "hash a number": listing({"index.html": 1}),
    "not UTF-8": listing({"a": HASH}).replace(b'"a"', b'"\xff"'),
    "half a character": listing({"a": HASH}).replace(b'"a"', b'"\\ud800"'),
    "deep": b'{"format":1,"x":' + b"[" * 100_000,
    "upward": listing({"../secret.txt": HASH}),
    "upward inside": listing({"a/../../secret.txt": HASH}),
    "absolute": listing({"/etc/passwd": HASH}),
    "backslash": listing({"..\\secret.txt": HASH}),
    "drive": listing({"C:/secret.txt": HASH}),
    "NUL": listing({"a\0": HASH}),
    "own state": listing({".manifesto/owned.json": HASH}),
    "repository": listing({".git/config": HASH}),
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_a_list_that_cannot_be_trusted_stops_everything(target: Path, text: bytes) -> None:
    """A list of owned files is input: one that the tool would not write is refused, with what to do, and nothing moves."""
    build(target, OLD)
    (target.parent / "secret.txt").write_text("secret")
    (target / ".manifesto" / "owned.json").write_bytes(text)
    before = everything(target.parent)
    for work in (
        lambda: build(target, NEW),
        lambda: rehearse(target, files(NEW), protected=OPEN),
        lambda: clean(target, protected=OPEN),
    ):
        error = refused(work, ".manifesto/owned.json", "cannot be used")
        assert "delete that folder" in error.help
    assert everything(target.parent) == before


@pytest.mark.parametrize("name", ["owned.json", "journal.json"])
def test_state_of_a_newer_version_says_so(target: Path, name: str) -> None:
    """Whoever has an old version of the tool is told to upgrade, whatever else a new format brings."""
    build(target, OLD)
    (target / ".manifesto" / name).write_bytes(listing({}, format=2, more=[1]))
    error = refused(lambda: build(target, NEW), "newer version")
    assert "pip install --upgrade" in error.help
    assert site(target) == OLD


def test_a_list_too_large_to_be_ours_is_not_read(target: Path) -> None:
    """A list of a terabyte, which costs a stranger nothing to make, costs us nothing to refuse."""
    build(target, OLD)
    with (target / ".manifesto" / "owned.json").open("ab") as grown:
        grown.truncate(1 << 40)
    refused(lambda: build(target, NEW), "too large")
    assert site(target) == OLD


def pending(target: Path, *, journal: bytes, new: dict[str, str], staged: dict[str, str]) -> None:
    """Leave the folder as a build leaves it that was killed right after its commit point."""
    stage = target / ".manifesto" / "stage"
    stage.mkdir()
    (stage / "owned.json").write_bytes(listing(dict(new)))
    for name, text in staged.items():
        (stage / name).write_text(text)
    (target / ".manifesto" / "journal.json").write_bytes(journal)


def journal(writes: dict[str, object], **more: object) -> bytes:
    return msgspec.json.encode({"format": 1, "writes": writes, "folders": [], "respelled": []} | more)


JOURNALS = {
    "empty": b"",
    "no JSON": b"x",
    "no fields": b'{"format": 1}',
    "unknown field": journal({}, more=1),
    "version zero": journal({}, format=0),
    "upward": journal({"../secret.txt": 0}),
    "absolute": journal({"/etc/cron.d/x": 0}),
    "repository": journal({".git/config": 0}),
    "repository by its short name": journal({"GIT~1/config": 0}),
    "own list": journal({".manifesto/owned.json": 0}),
    "folder upward": journal({}, folders=["../made"]),
    "respelled upward": journal({}, respelled=["../secret.txt"]),
    "respelled but not ours": journal({"index.html": 0}, respelled=["mine.txt"]),
    "staged name": journal({"index.html": "../../../secret.txt"}),
    "negative number": journal({"index.html": -1}),
    "one file twice": journal({"index.html": 0, "x.html": 0}),
    "not in the new list": journal({"other.html": 0}),
    "a link": journal({"index.html": 1}),
    "a folder": journal({"index.html": 2}),
    "over somebody's file": journal({"mine.txt": 0}),
    "through a link": journal({"link/x.html": 0}),
    "through a file": journal({"mine.txt/x.html": 0}),
    "onto a link": journal({"link": 0}),
}


@pytest.mark.parametrize("text", JOURNALS.values(), ids=JOURNALS)
def test_a_journal_that_cannot_be_trusted_moves_nothing(target: Path, text: bytes) -> None:
    """A journal is input: it can neither leave the folder nor touch what is not ours nor publish what a link points at."""
    build(target, OLD)
    (target.parent / "secret.txt").write_text("secret")
    (target / "mine.txt").write_text("mine")
    (target / "link").symlink_to(target.parent)
    new = dict.fromkeys(["index.html", "x.html", "mine.txt", "mine.txt/x.html", "link/x.html", "link"], HASH)
    pending(target, journal=text, new=new, staged={"0": "evil"})
    (target / ".manifesto" / "stage" / "1").symlink_to(target.parent / "secret.txt")
    (target / ".manifesto" / "stage" / "2").mkdir()
    before = everything(target.parent)
    refused(lambda: build(target, NEW))
    refused(lambda: clean(target, protected=OPEN))
    assert everything(target.parent) == before


def test_a_journal_without_its_list_moves_nothing(target: Path) -> None:
    """Staged files of which no list will say that they are ours are not moved."""
    build(target, OLD)
    pending(target, journal=journal({"index.html": 0}), new={}, staged={"0": "evil"})
    (target / ".manifesto" / "stage" / "owned.json").unlink()
    refused(lambda: build(target, NEW), "stage/owned.json` is missing")
    assert site(target) == OLD


@pytest.mark.parametrize(
    "name", [".manifesto", ".manifesto/stage", ".manifesto/owned.json", ".manifesto/journal.json"]
)
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_state_that_is_a_link_or_no_file_is_not_followed(target: Path, name: str, kind: str) -> None:
    """Else clearing the stage could clear a folder anywhere, and reading a pipe could take for ever."""
    build(target, OLD)
    outside = target.parent / "outside"
    (outside / "stage").mkdir(parents=True)
    (outside / "stage" / "0").write_text("precious")
    place = target / name
    if place.exists():
        place.rename(target.parent / "aside")
    if kind == "link":
        place.symlink_to(
            {".manifesto": outside, "stage": outside / "stage"}.get(place.name, outside / "stage" / "0")
        )
    else:
        os.mkfifo(place)
    before = everything(target.parent)
    refused(lambda: build(target, NEW), name)
    refused(lambda: clean(target, protected=OPEN), name)
    refused(lambda: rehearse(target, files(NEW), protected=OPEN), name)
    assert everything(target.parent) == before


def test_a_stage_with_a_folder_in_it_is_not_ours_to_clear(target: Path) -> None:
    """The tool makes no folders in its stage: whoever did may want them."""
    build(target, OLD)
    (target / ".manifesto" / "stage" / "mine").mkdir(parents=True)
    refused(lambda: build(target, NEW), "stage/mine")


def test_a_draft_cannot_remove_folders_elsewhere(target: Path) -> None:
    """What a killed build would have made is cleared again, but never through a link or outside."""
    build(target, OLD)
    outside = target.parent / "outside"
    (outside / "empty").mkdir(parents=True)
    (target / "link").symlink_to(outside)
    (target / "made").mkdir()
    stage = target / ".manifesto" / "stage"
    stage.mkdir()
    (stage / "journal.json").write_bytes(
        journal({}, folders=["link/empty", "../outside/empty", "made", "pledges"])
    )
    build(target, OLD)
    assert (outside / "empty").is_dir()
    assert not (target / "made").exists()
    assert site(target).items() >= OLD.items()
    assert state(target) == ["owned.json"]


def test_a_file_put_there_before_the_commit_was_finished_stays(target: Path) -> None:
    """Between a killed build and the next command the folder belongs to its owner: what they put there is not lost."""
    build(target, OLD)
    written = hashed([b"example.org"])
    pending(target, journal=journal({"CNAME": 0}), new={"CNAME": written}, staged={"0": "example.org"})
    (target / "CNAME").write_text("mine")
    refused(lambda: build(target, OLD), "CNAME")
    (target / "CNAME").unlink()
    build(target, OLD)
    assert site(target) == OLD


@pytest.mark.parametrize(
    "name", [".public.manifesto-01234567", ".public.manifesto-0123456", ".public.manifesto-0123456g"]
)
def test_only_leftovers_of_ours_are_cleared(target: Path, name: str) -> None:
    """A folder beside the output folder goes only if it bears our name and our mark."""
    other = target.parent / name
    other.mkdir()
    (other / "mine").write_text("mine")
    build(target, OLD)
    assert (other / "mine").read_text() == "mine"
    (other / ".manifesto").mkdir()
    build(target, OLD)
    assert other.exists() == (name != ".public.manifesto-01234567")
