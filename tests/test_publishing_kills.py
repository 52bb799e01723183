"""A build that is killed, interrupted or refused at any of its steps: the old site, or the new one with the next command.

Steps are counted, not timed: a build is stopped before its first call to the system that changes something, then before
its second, until it is not stopped any more. A few builds are killed at random as well, for what counting may miss.
"""

import contextlib
import errno
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from manifesto_cli.disk.publishing import Published, clean
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.rendering.files import File
from support.folders import (
    OPEN,
    build,
    capitals_do_not_count,
    everything,
    files,
    names,
    publish,
    refused,
    rehearse,
    site,
    state,
)
from support.stops import die, killed, stopped

OLD = {
    "app.js": "old script",
    "gone.css": "gone",
    "gone/deep/page.html": "gone",
    "index.html": "old home",
    "same.html": "same",
    "same/same.css": "same",
}
NEW = {
    "app.js": "new script",
    "index.html": "new home, longer than the old",
    "more.css": "more",
    "new/deep/image.svg": "new",
    "new/page.html": "new",
    "same.html": "same",
    "same/same.css": "same",
}
STARTS = ["missing", "empty", "old"]


def begin(target: Path, start: str) -> dict[str, str]:
    """The folder as it is before the build that is stopped, and the site in it."""
    if target.parent.exists():
        shutil.rmtree(target.parent)
    target.parent.mkdir()
    if start == "empty":
        target.mkdir()
    if start == "old":
        build(target, OLD)
        return OLD
    return {}


def kills(target: Path, start: str, work: Callable[[], object]) -> Iterable[tuple[int, dict[str, str]]]:
    """Kill the work at each of its steps in turn, each time from the start; the step's number and the old site."""
    at = 1
    old = begin(target, start)
    while killed(work, at):
        yield at, old
        at += 1
        old = begin(target, start)
    assert at > 10


def check_whole(target: Path, old: dict[str, str], new: dict[str, str]) -> bool:
    """Whether the build was past its commit point; each file is old or new, and no new page lacks an asset."""
    found = site(target) if target.exists() else {}
    assert found.keys() <= old.keys() | new.keys()
    for path, text in found.items():
        assert text in {old.get(path), new.get(path)}
    past = (target / ".manifesto" / "journal.json").exists() or (found == new and found != old)
    if not past:
        assert found == old
    if any(path.endswith(".html") and text != old.get(path) for path, text in found.items()):
        assert all(found[path] == text for path, text in new.items() if not path.endswith(".html"))
    if any(path.endswith(".html") and path not in new for path in found):
        assert all(path in found for path in old if not path.endswith(".html"))
    return past


def check_settled(target: Path, texts: dict[str, str]) -> None:
    """The site is exactly this one, and nothing else is left anywhere."""
    assert site(target) == texts
    assert state(target) == ["owned.json"]
    assert names(target.parent) == [target.name]
    folders = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_dir()}
    wanted = {parent.as_posix() for path in texts for parent in Path(path).parents}
    assert folders | {"."} == wanted | {".", ".manifesto"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "project" / "public"


def rehearse_untouched(target: Path, texts: dict[str, str]) -> Published:
    """What a rehearsal says; it opens and closes, and has no step that changes anything."""
    with stopped(0, die) as steps:
        rehearsed = rehearse(target, files(texts), protected=OPEN)
    assert set(steps) == {"open", "close"}
    return rehearsed


@pytest.mark.parametrize("start", STARTS)
def test_killed_at_any_step_the_next_command_leaves_a_whole_site(target: Path, start: str) -> None:
    """Ahead of the commit point the old site is in place, after it the new one is completed, whatever command comes next."""
    pasts = []
    for at, old in kills(target, start, lambda: build(target, NEW)):
        pasts.append(check_whole(target, old, NEW))
        aside = target.parent.with_name("aside")
        shutil.copytree(target.parent, aside)
        texts = (NEW, OLD, {})[at % 3]
        rehearsed = rehearse_untouched(target, texts)
        done = build(target, texts)
        assert pasts[-1] or rehearsed == done
        check_settled(target, texts)
        shutil.rmtree(target.parent)
        aside.rename(target.parent)
        if (target / ".manifesto").exists() or not target.exists():
            assert clean(target, protected=OPEN).gone
            assert names(target.parent) == []
        else:
            refused(lambda: clean(target, protected=OPEN), "nothing in")
    assert pasts == sorted(pasts)
    assert len(set(pasts)) == 2


@pytest.mark.parametrize(("start", "share"), [("missing", 0.6), ("old", 0.4), ("old", 0.8)])
def test_killed_again_while_completing(target: Path, start: str, share: float) -> None:
    """A command that finishes or clears what a killed build left may itself be killed at any step."""
    begin(target, start)
    with stopped(0, die) as steps:
        build(target, NEW)
    first = int(len(steps) * share)
    at = 1
    while True:
        old = begin(target, start)
        killed(lambda: build(target, NEW), first)
        past = check_whole(target, old, NEW)
        if not killed(lambda: build(target, OLD), at):
            break
        if not past:
            check_whole(target, old, OLD)
        build(target, OLD)
        check_settled(target, OLD)
        at += 1


def none_made() -> Iterator[File]:
    """Files of which the first already fails to be made: what is built is what an earlier build began."""
    yield from ()
    raise ZeroDivisionError


def test_killed_while_a_name_changes_only_in_case(target: Path) -> None:
    """Where both names are one file, the new name is there in the end, and its bytes are never taken for stale ones."""
    old, new = {"Logo.png": "logo", "a/Page.html": "page"}, {"logo.png": "logo", "a/page.html": "page"}
    at = 1
    with capitals_do_not_count():
        while True:
            shutil.rmtree(target.parent, ignore_errors=True)
            target.parent.mkdir()
            build(target, old)
            again = killed(lambda: build(target, new), at)
            committing = (target / ".manifesto" / "journal.json").exists()
            with pytest.raises(ZeroDivisionError):
                publish(target, none_made(), protected=OPEN)
            if committing:
                assert site(target) == new
            assert sorted(site(target).values()) == ["logo", "page"]
            assert build(target, new).removed == ()
            check_settled(target, new)
            if not again:
                break
            at += 1
    assert at > 10


def test_a_clean_killed_at_any_step_can_be_repeated(target: Path) -> None:
    """The list of owned files goes last, so that the next clean knows what is left to remove."""
    for _ in kills(target, "old", lambda: clean(target, protected=OPEN)):
        assert site(target).items() <= OLD.items() if target.exists() else True
        clean(target, protected=OPEN)
        assert names(target.parent) == []


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("stop", "after"), [(full, False), (interrupt, False), (interrupt, True)])
@pytest.mark.parametrize("start", STARTS)
def test_refused_or_interrupted_at_any_step(
    target: Path, start: str, stop: Callable[[], None], *, after: bool
) -> None:
    """A failure ahead of the commit point leaves no trace; after it, the new site is completed now or by the next command.

    Interrupted after the commit point, a build finishes what it began before it stops.
    """
    at = 1
    failed = completed = 0
    while True:
        old = begin(target, start)
        before = everything(target.parent)
        with stopped(at, stop, after=after) as steps:
            try:
                build(target, NEW)
            except (ManifestoError, KeyboardInterrupt):
                failed += 1
            else:
                completed += 1
        if len(steps) < at:
            break
        past = check_whole(target, old, NEW)
        if not past:
            assert everything(target.parent) == before
        elif stop is interrupt:
            check_settled(target, NEW)
        build(target, NEW)
        check_settled(target, NEW)
        at += 1
    assert failed > 10


def large(version: str) -> list[File]:
    kind = {"one": "html", "two": "svg"}
    texts = {f"{i % 7}/{i}.html": version * (i + 1) for i in range(150)}
    return files(texts | {f"only-{version}/{i}.{kind[version]}": version * 500 for i in range(50)})


def kill_at_random(target: Path, times: int, seed: int) -> int:
    """Kill builds of two sites in turn, and check after each kill; how many of them were past the commit point."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    one, two = large("one"), large("two")
    whole = [{file.path: file.content.decode() for file in made} for made in (one, two)]
    target.parent.mkdir()
    publish(target, one, protected=OPEN)
    pasts = 0
    for _ in range(times):
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                while True:
                    publish(target, two, protected=OPEN)
                    publish(target, one, protected=OPEN)
            os._exit(1)
        time.sleep(chance.uniform(0.001, 0.06))
        os.kill(child, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        found = site(target)
        for path, text in found.items():
            assert text in (whole[0].get(path), whole[1].get(path))
        if (target / ".manifesto" / "journal.json").exists():
            pasts += 1
        else:
            assert found in whole
        last = chance.choice([0, 1])
        publish(target, (one, two)[last], protected=OPEN)
        check_settled(target, whole[last])
    return pasts


def test_killed_at_random(target: Path) -> None:
    """Whenever the process goes, each file is whole, and the next build completes the site."""
    kill_at_random(target, times=8, seed=1)
