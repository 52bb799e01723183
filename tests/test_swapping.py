"""A published folder, swapped: whole at every moment, whatever is done to it, and nothing of anybody else's is lost."""

import contextlib
import errno
import os
import shutil
import stat
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from manifesto_cli.disk import exchange, swapping
from manifesto_cli.disk.guard import Protected
from manifesto_cli.disk.publishing import clean
from manifesto_cli.disk.swapping import How, Swapped, swap
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.rendering.files import File
from support.folders import OPEN, build, everything, files, names, refused, site, state
from support.stops import die, killed, stopped

OLD = {
    "app.js": "old",
    "gone.css": "gone",
    "gone/deep/page.html": "gone",
    "index.html": "old",
    "same/same.css": "same",
}
NEW = {
    "app.js": "new",
    "index.html": "new",
    "new/deep/image.svg": "new",
    "same/same.css": "same",
}
MINE = {"google123.html": "mine", ".well-known/security.txt": "mine"}
KEPT = ("google123.html", ".well-known")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder in a folder of its own, so that what is left beside it is seen."""
    (tmp_path / "www").mkdir()
    return tmp_path / "www" / "public"


def put(target: Path, texts: Mapping[str, str], *kept: str) -> Swapped:
    return swap(target, files(dict(texts)), kept=kept, protected=OPEN)


def add(target: Path, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text)


def no_exchange(one: str, other: str) -> None:
    """A system that has no such step."""
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), one, None, other)


def immovable(one: str, other: str) -> None:
    """A folder in use, as one is that a container has for its own."""
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), one, None, other)


# What is done.


def test_a_first_site_and_the_next(target: Path) -> None:
    """The first makes the folder; the next takes its place in one step, and says what changed."""
    first = put(target, OLD)
    assert (first.how, first.written, first.unchanged) == (How.NEW, tuple(sorted(OLD)), 0)
    inode = target.stat().st_ino
    done = put(target, NEW)
    assert site(target) == NEW
    assert target.stat().st_ino != inode
    assert done == Swapped(
        target=target,
        written=("app.js", "index.html", "new/deep/image.svg"),
        removed=("gone.css", "gone/deep/page.html"),
        kept=(),
        unchanged=1,
        how=How.EXCHANGED,
    )
    assert names(target.parent) == ["public"]
    assert state(target) == ["owned.json"]


def test_nothing_changed_nothing_is_done(target: Path) -> None:
    """The folder stays the one that it is."""
    put(target, OLD)
    inode = target.stat().st_ino
    done = put(target, OLD)
    assert (done.how, done.written, done.removed, done.unchanged) == (How.UNCHANGED, (), (), len(OLD))
    assert target.stat().st_ino == inode
    assert names(target.parent) == ["public"]


def test_an_empty_folder_is_taken(target: Path) -> None:
    """As somebody made it who runs the server."""
    target.mkdir()
    assert put(target, NEW).how is How.EXCHANGED
    assert site(target) == NEW
    assert names(target.parent) == ["public"]


def test_builds_and_cleaning_know_the_folder(target: Path) -> None:
    """It has the tool's list, so that it can be built into, and cleaned."""
    put(target, OLD)
    assert build(target, NEW).removed == ("gone.css", "gone/deep/page.html")
    put(target, OLD)
    assert clean(target, protected=OPEN).gone
    assert names(target.parent) == []


def test_what_a_link_leads_to_is_swapped(target: Path) -> None:
    """The link itself stays as it is."""
    put(target, OLD)
    link = target.parent / "link"
    link.symlink_to("public")
    assert swap(link, files(NEW), kept=(), protected=OPEN).target == target
    assert link.readlink() == Path("public")
    assert site(target) == NEW


def test_rights_and_owner_are_kept(target: Path) -> None:
    """Those of the folder, and of folders in it, also where they let a group write and hand it down."""
    put(target, OLD)
    target.chmod(0o2775)
    (target / "same").chmod(0o751)
    put(target, NEW)
    assert stat.S_IMODE(target.stat().st_mode) == 0o2775
    assert stat.S_IMODE((target / "same").stat().st_mode) == 0o751
    assert (target / "new").stat().st_gid == target.stat().st_gid
    target.chmod(0o555)
    assert put(target, OLD).how is How.EXCHANGED
    assert stat.S_IMODE(target.stat().st_mode) == 0o555


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives folders away")
def test_the_folder_of_another_account_stays_theirs(target: Path) -> None:
    """A folder that root swaps is still that of whoever had it."""
    put(target, OLD)
    os.chown(target, 4711, 4712)
    put(target, NEW)
    assert (target.stat().st_uid, target.stat().st_gid) == (4711, 4712)
    assert not target.parent.joinpath("public").is_symlink()


# What readers see.


def test_readers_never_see_a_mixture(target: Path) -> None:
    """Whoever opens the folder finds one site in it: all of its files from one build, while it is swapped all the time."""
    builds = [
        {path: str(i) for path in ("index.html", *(f"assets/{n}.css" for n in range(20)))} for i in (0, 1)
    ]
    put(target, builds[0])
    seen: set[str] = set()
    mixed: list[tuple[str, str]] = []
    ended = threading.Event()
    started = threading.Event()

    def read() -> None:
        while not ended.is_set():
            # No moment without a folder: this fails if there is one.
            there = os.open(target, os.O_RDONLY | os.O_DIRECTORY)
            try:
                page, asset = (text_at(there, path) for path in ("index.html", "assets/19.css"))
            except FileNotFoundError:
                # A site may be cleared away under a reader who opened it, but only once another has its place.
                assert not os.path.samestat(os.fstat(there), target.stat())
                continue
            finally:
                os.close(there)
            seen.add(page)
            if page != asset:
                mixed.append((page, asset))
            started.set()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        assert started.wait(30)
        for i in range(100):
            assert put(target, builds[(i + 1) % 2]).how is How.EXCHANGED
    finally:
        ended.set()
        reader.join()
    assert mixed == []
    assert seen == {"0", "1"}


def text_at(folder: int, path: str) -> str:
    """A file of an open folder."""
    opened = os.open(path, os.O_RDONLY, dir_fd=folder)
    try:
        return os.read(opened, 100).decode()
    finally:
        os.close(opened)


# Files of others.


def test_files_of_others_are_refused_and_named(target: Path) -> None:
    """Up to ten of them, with the way to keep them; nothing was written."""
    put(target, OLD)
    add(target, {f"mine/{i:02}.txt": "mine" for i in range(12)})
    before = everything(target.parent)
    fault = refused(lambda: put(target, NEW), "`mine/00.txt`, `mine/01.txt`", "`mine/09.txt` and 2 more")
    assert "mine/10.txt" not in fault.headline
    assert "--keep mine/00.txt" in fault.help
    assert fault.status is Exit.USAGE
    assert everything(target.parent) == before


@pytest.mark.parametrize("start", ["ours", "theirs"])
def test_what_is_kept_is_taken_along_as_it_is(target: Path, start: str) -> None:
    """Files and whole folders, with their rights and times; links with the words that they lead by, and never what they lead to."""
    if start == "ours":
        put(target, OLD)
    add(target, MINE)
    secret = target.parent / "secret"
    secret.write_text("secret")
    (target / ".well-known" / "link").symlink_to("../../secret")
    (target / "google123.html").chmod(0o640)
    before = {path: (target / path).stat() for path in MINE}
    done = put(target, NEW, *KEPT)
    assert done.how is How.EXCHANGED
    assert done.kept == (".well-known/link", ".well-known/security.txt", "google123.html")
    assert site(target) == NEW | MINE | {".well-known/link": "secret"}
    assert (target / ".well-known" / "link").readlink() == Path("../../secret")
    for path, was in before.items():
        now = (target / path).stat()
        assert (now.st_ino, now.st_mode, now.st_mtime_ns) == (was.st_ino, was.st_mode, was.st_mtime_ns)
        assert now.st_nlink == 1
    assert names(target.parent) == ["public", "secret"]
    assert secret.read_text() == "secret"
    assert put(target, NEW, *KEPT).how is How.UNCHANGED
    refused(lambda: put(target, OLD), "google123.html")


def test_a_file_that_was_ours_may_be_kept(target: Path) -> None:
    """Changed by hand and no longer made, it is not thrown away either."""
    put(target, OLD)
    (target / "gone.css").write_text("changed by hand")
    before = everything(target.parent)
    refused(lambda: put(target, NEW), "gone.css")
    assert everything(target.parent) == before
    done = put(target, NEW, "gone.css")
    assert done.kept == ("gone.css",)
    assert done.removed == ("gone/deep/page.html",)
    assert site(target) == NEW | {"gone.css": "changed by hand"}


@pytest.mark.parametrize(
    ("mine", "path"), [("index.html", "index.html"), ("new", "new"), ("app.js/x", "app.js/x")]
)
def test_what_is_kept_is_not_overwritten(target: Path, mine: str, path: str) -> None:
    """Where the site needs the name, or a folder of that name, nothing is published."""
    target.mkdir()
    add(target, {mine: "mine"})
    before = everything(target.parent)
    refused(lambda: put(target, NEW, mine), path, "was to be kept")
    assert everything(target.parent) == before


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", ".git/config", ".manifesto/owned.json", "", "a/../../b"]
)
def test_nothing_outside_can_be_kept(target: Path, path: str) -> None:
    """A path that leaves the folder, or reaches what the tool and git keep for themselves, is refused."""
    put(target, OLD)
    assert refused(lambda: put(target, NEW, path), "--keep").status is Exit.USAGE
    assert site(target) == OLD


def test_a_linked_folder_is_not_gone_into(target: Path) -> None:
    """What is to be kept behind a link is not in the folder, and the link itself is somebody's."""
    put(target, OLD)
    elsewhere = target.parent / "elsewhere"
    add(elsewhere, {"mine.txt": "mine"})
    (target / "linked").symlink_to(elsewhere)
    refused(lambda: put(target, NEW, "linked/mine.txt"), "`linked`")
    put(target, NEW, "linked")
    assert (target / "linked").readlink() == elsewhere
    assert site(elsewhere) == {"mine.txt": "mine"}


def test_a_link_in_the_place_of_a_page_is_somebodys(target: Path) -> None:
    """It is neither followed nor thrown away."""
    put(target, OLD)
    secret = target.parent / "secret"
    secret.write_text("secret")
    (target / "index.html").unlink()
    (target / "index.html").symlink_to(secret)
    refused(lambda: put(target, NEW), "`index.html`")
    assert secret.read_text() == "secret"


def test_what_systems_put_into_folders_is_no_ones(target: Path) -> None:
    """Looking at a folder leaves such files."""
    put(target, OLD)
    add(target, {".DS_Store": "x", "same/Thumbs.db": "x"})
    put(target, NEW)
    assert site(target) == NEW
    assert names(target.parent) == ["public"]


def test_the_tools_own_folder_holds_nothing_else(target: Path) -> None:
    """What somebody put there is named, too; it cannot be kept there."""
    put(target, OLD)
    add(target, {".manifesto/mine": "mine"})
    assert "move `.manifesto/mine`" in refused(lambda: put(target, NEW), "`.manifesto/mine`").help


def during(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Let something happen right before the folders change names."""
    change = exchange.exchange

    def first(one: str, other: str) -> None:
        monkeypatch.setattr(exchange, "exchange", change)
        work()
        exchange.exchange(one, other)

    monkeypatch.setattr(exchange, "exchange", first)


@pytest.mark.parametrize("steps", [exchange.exchange, no_exchange])
@pytest.mark.parametrize(
    ("path", "text"), [("upload.txt", "late"), ("google123.html", "late"), ("gone.css", "late")]
)
def test_what_came_while_the_site_was_written_is_not_lost(
    target: Path, monkeypatch: pytest.MonkeyPatch, steps: Callable[[str, str], None], path: str, text: str
) -> None:
    """A file put into the old site, or one that takes another's place there, until the last moment: the old site is back, with it."""
    put(target, OLD)
    add(target, MINE)
    late = target.parent / "late"
    late.write_text(text)
    monkeypatch.setattr(exchange, "exchange", steps)
    during(monkeypatch, lambda: late.replace(target / path))
    refused(lambda: put(target, NEW, *KEPT), f"`{path}`", "meanwhile")
    assert site(target) == OLD | MINE | {path: text}
    assert state(target) == ["owned.json"]
    assert names(target.parent) == ["public"]


def test_what_is_written_into_a_kept_file_meanwhile_is_in_both_sites(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both names are of one file: a line that a program adds to its log is not lost."""
    put(target, OLD)
    add(target, MINE)
    during(monkeypatch, lambda: (target / "google123.html").write_text("more"))
    put(target, NEW, *KEPT)
    assert site(target)["google123.html"] == "more"


# Where it cannot be done in one step.


def test_two_steps_where_the_system_has_no_one(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is said."""
    monkeypatch.setattr(exchange, "exchange", no_exchange)
    put(target, OLD)
    add(target, MINE)
    assert put(target, NEW, *KEPT).how is How.RENAMED
    assert site(target) == NEW | MINE
    assert names(target.parent) == ["public"]


def test_a_system_without_the_call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither another system nor another library makes a difference but this."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(OSError, match=os.strerror(errno.ENOSYS)):
        exchange.exchange(str(tmp_path / "one"), str(tmp_path / "other"))
    monkeypatch.setattr(sys, "platform", "darwin")  # this library has no call of that name
    with pytest.raises(OSError, match=os.strerror(errno.ENOSYS)):
        exchange.exchange(str(tmp_path / "one"), str(tmp_path / "other"))


def test_a_folder_that_cannot_be_renamed_is_published_in(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason, and all the same rules for files of others."""
    monkeypatch.setattr(exchange, "exchange", immovable)
    target.mkdir()
    add(target, MINE)
    inode = target.stat().st_ino
    refused(lambda: put(target, OLD), "google123.html")
    done = put(target, OLD, *KEPT)
    assert (done.how, done.why) == (How.IN_PLACE, "the folder cannot be renamed")
    done = put(target, NEW, *KEPT)
    assert done.how is How.IN_PLACE
    assert done.kept == tuple(sorted(MINE))
    assert done.removed == ("gone.css", "gone/deep/page.html")
    assert site(target) == NEW | MINE
    assert target.stat().st_ino == inode
    assert names(target.parent) == ["public"]


def test_a_disk_of_its_own_is_published_in(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written beside it first."""
    put(target, OLD)
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == target)
    assert put(target, NEW).why == "the folder is a disk of its own"
    assert site(target) == NEW


def test_files_that_cannot_have_a_second_name(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On such disks nothing is copied, as a copy would lose owner and rights: the site is published in the folder."""

    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    put(target, OLD)
    add(target, MINE)
    monkeypatch.setattr(os, "link", no_links)
    done = put(target, NEW, *KEPT)
    assert (done.how, "cannot be taken along" in done.why) == (How.IN_PLACE, True)
    assert site(target) == NEW | MINE
    assert names(target.parent) == ["public"]


def test_a_closed_folder_above_is_published_in(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for somebody who was given a folder on a server, and nothing around it: looked at first, and tried."""
    put(target, OLD)
    asked, make = os.access, os.mkdir

    def closed(path: str, mode: int = 0o777) -> None:
        if Path(path).parent == target.parent:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        make(path, mode)

    with monkeypatch.context() as there:
        there.setattr(os, "access", lambda place, mode: place != target.parent and asked(place, mode))
        assert put(target, NEW).why == "the folder above it cannot be written"
    monkeypatch.setattr(os, "mkdir", closed)
    assert put(target, OLD).why == "the folder cannot be renamed"
    assert site(target) == OLD


def test_rights_that_cannot_be_kept(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is somebody else's stays theirs: then the site is published in it."""
    put(target, OLD)
    given = os.chmod

    def weak(path: str, mode: int) -> None:
        given(path, mode & 0o777)  # as for a group that one is not in

    target.chmod(0o2775)
    monkeypatch.setattr(os, "chmod", weak)
    done = put(target, NEW)
    assert (done.how, "owner and rights" in done.why) == (How.IN_PLACE, True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o2775
    assert site(target) == NEW


# Places, and what the disk says.


def test_the_same_places_are_refused_as_for_a_build(tmp_path: Path) -> None:
    """In the words of this command."""
    (tmp_path / "ideas").mkdir()
    guarded = Protected(roots=(tmp_path,), folders=(tmp_path / "ideas",))
    for place in (
        tmp_path,
        tmp_path / "ideas",
        tmp_path / "ideas" / "public",
        Path("/"),
        tmp_path / ".git" / "x",
    ):
        fault = refused(lambda: swap(place, files(NEW), kept=(), protected=guarded), "`")  # noqa: B023 - used at once
        assert "`--to`" in fault.help
        assert "-o" not in fault.help


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no space left on the disk"),
        (errno.EACCES, "is denied"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "failed"),
    ],
)
def test_what_the_disk_refuses_is_a_sentence(
    target: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    """About the folder that was named, not the hidden one beside it; the old site is untouched."""
    put(target, OLD)
    before = everything(target.parent)

    def closed(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", closed)
        fault = refused(lambda: put(target, NEW), words, str(target))
    assert "-o" not in fault.help
    assert ".manifesto-" not in fault.headline
    assert everything(target.parent) == before


def test_files_that_cannot_be_made_leave_the_old_site(target: Path) -> None:
    """What goes wrong in making them passes through, and nothing is left."""

    def failing() -> Iterator[File]:
        yield from files(NEW)
        raise ZeroDivisionError

    put(target, OLD)
    before = everything(target.parent)
    with pytest.raises(ZeroDivisionError):
        swap(target, failing(), kept=(), protected=OPEN)
    assert everything(target.parent) == before


def test_a_path_that_leaves_the_folder_is_never_written(target: Path) -> None:
    """Whoever made it."""
    put(target, OLD)
    with pytest.raises(ValueError, match="cannot be written"):
        put(target, {"../escaped.html": "x"})
    assert names(target.parent) == ["public"]
    assert site(target) == OLD


def test_two_at_once(target: Path) -> None:
    """One waits for the other; the site is that of one of them."""
    put(target, OLD)
    workers = [
        threading.Thread(target=put, args=(target, {"index.html": str(i), "a.css": str(i)})) for i in range(6)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({*site(target).values()}) == 1
    assert names(target.parent) == ["public"]


# Stopped at any step.

WAYS: Mapping[str, Callable[[str, str], None]] = {
    "one step": exchange.exchange,
    "two steps": no_exchange,
    "in place": immovable,
}


def begin(target: Path, start: str) -> dict[str, str]:
    """The folder as it is before; the site in it."""
    shutil.rmtree(target.parent)
    target.parent.mkdir()
    if start == "missing":
        return {}
    if start == "old":
        put(target, OLD)
    add(target, MINE)
    return (OLD if start == "old" else {}) | MINE


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("start", ["missing", "theirs", "old"])
def test_killed_at_any_step_there_is_one_site_and_the_next_command_works(
    target: Path, monkeypatch: pytest.MonkeyPatch, start: str, way: str
) -> None:
    """The old or the new one, and what is kept, whichever command comes next; between two steps there may be none until then."""
    monkeypatch.setattr(exchange, "exchange", WAYS[way])
    mine = {} if start == "missing" else MINE
    seen: set[str] = set()
    at = 0
    while True:
        at += 1
        old = begin(target, start)
        if not killed(lambda: put(target, NEW, *KEPT), at):
            break
        found = site(target) if target.exists() else {}
        if way == "in place" and (target / ".manifesto" / "journal.json").exists():
            seen.add("half")  # as after a build that was killed: tests/test_publishing_kills.py
        elif target.exists() or start == "missing":
            assert found in (old, NEW | mine)
            seen.add("old" if found == old else "new")
        else:
            assert way == "two steps"
            seen.add("between")
        if at % 3 == 0 and start == "old":
            clean(target, protected=OPEN)
            assert (site(target) if target.exists() else {}) == mine
        elif at % 3 == 1 and start == "old":
            build(target, OLD)
            assert site(target) == OLD | mine
        else:
            put(target, OLD, *KEPT)
            assert site(target) == OLD | mine
        assert names(target.parent) == ["public"]
        if (target / ".manifesto").exists():
            assert state(target) == ["owned.json"]
    assert site(target) == NEW | mine
    assert at > 15
    assert {"old", "new"} <= seen
    if start != "missing":
        assert ("between" in seen) == (way == "two steps")


@pytest.mark.parametrize("way", ["one step", "two steps"])
@pytest.mark.parametrize("share", [0.6, 0.9])
def test_killed_again_while_it_is_put_right(
    target: Path, monkeypatch: pytest.MonkeyPatch, way: str, share: float
) -> None:
    """The command that comes next may be killed as well."""
    monkeypatch.setattr(exchange, "exchange", WAYS[way])
    begin(target, "old")
    with stopped(0, die) as steps:
        put(target, NEW, *KEPT)
    at = 1
    while True:
        begin(target, "old")
        assert killed(lambda: put(target, NEW, *KEPT), int(len(steps) * share))
        again = killed(lambda: put(target, OLD, *KEPT), at)
        if target.exists():
            assert site(target) in (OLD | MINE, NEW | MINE)
        else:
            assert way == "two steps"
        put(target, OLD, *KEPT)
        assert site(target) == OLD | MINE
        assert names(target.parent) == ["public"]
        if not again:
            break
        at += 1
    assert at > 5


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("stop", "after"), [(full, False), (interrupt, False), (interrupt, True)])
@pytest.mark.parametrize("way", ["one step", "two steps"])
def test_stopped_at_any_step_nothing_is_left(
    target: Path, monkeypatch: pytest.MonkeyPatch, way: str, stop: Callable[[], None], *, after: bool
) -> None:
    """A full disk and Ctrl-C leave the old site or the new one, at once, and one command later nothing else."""
    monkeypatch.setattr(exchange, "exchange", WAYS[way])
    at = failed = 0
    while True:
        at += 1
        old = begin(target, "old")
        with stopped(at, stop, after=after) as steps, contextlib.suppress(ManifestoError, KeyboardInterrupt):
            put(target, NEW, *KEPT)
            failed -= 1
        failed += 1
        if len(steps) < at:
            break
        if not target.exists():  # stopped in putting it right itself
            assert way == "two steps"
        else:
            assert site(target) in (old, NEW | MINE)
        put(target, OLD, *KEPT)
        assert site(target) == OLD | MINE
        assert names(target.parent) == ["public"]
    assert failed > 15


# Strangers' folders.


def test_only_what_is_known_goes_from_a_site_that_was_swapped(target: Path) -> None:
    """Killed right after the swap, and then somebody finds the hidden folder and keeps something there: it stays."""
    put(target, OLD)
    with stopped(0, die) as steps:
        put(target, NEW)
    last = max(i for i, name in enumerate(steps, 1) if name == "exchange")
    put(target, OLD)
    assert killed(lambda: put(target, NEW), last + 1)
    assert site(target) == NEW
    (left,) = [path for path in target.parent.iterdir() if path != target]
    add(left, {"mine.txt": "mine"})
    put(target, OLD)
    assert site(target) == OLD
    assert site(left) == {"mine.txt": "mine"}


def test_the_mark_leads_nowhere(target: Path) -> None:
    """A folder from a stranger whose state is a link is refused, and what it leads to stays."""
    elsewhere = target.parent / "elsewhere"
    add(elsewhere, {"next": "mine"})
    target.mkdir()
    (target / ".manifesto").symlink_to(elsewhere)
    refused(lambda: put(target, NEW), ".manifesto")
    assert site(elsewhere) == {"next": "mine"}


def test_what_is_refused_uses_the_words_of_the_command() -> None:
    """No sentence of a build's speaks of another option here."""
    assert swapping._TYPED != swapping._LISTED  # noqa: SLF001 - what the rewording rests on
