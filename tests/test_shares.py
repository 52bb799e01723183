"""Pages made by several processes: the same site, the same faults and the same promises as with one."""

import contextlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from manifesto_cli.cli import main, unchanged
from manifesto_cli.disk import survey, workers
from manifesto_cli.disk.publishing import publish, rehearse
from manifesto_cli.disk.workers import beside
from manifesto_cli.faults.diagnostic import Diagnostic, Outcome, error
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.rendering.files import Copy, File, Share
from support.editions import EXAMPLES, Records, projects
from support.folders import NEW, OLD, OPEN, build, everything, files, names, site, state
from support.hostile import PAGE, body, lay
from support.pictures import picture
from support.stops import die, forget_other_threads, forks, stopped

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="work is divided where forks are safe")

ROOT = Path(__file__).resolve().parent.parent
DIVIDED = (("--jobs", "1"), ("--jobs", "2"), ("--jobs", "3"), ("--jobs", "5"), ())
"""Ways to build; in the last, a process that has begun before makes the pages while this one writes them."""


@pytest.fixture(autouse=True)
def _done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build makes everything, also what has not changed since the last one."""
    monkeypatch.setattr(unchanged, "find_run", lambda *_: None)
    monkeypatch.setattr(workers, "_cores", lambda: 2)
    forget_other_threads(monkeypatch)


def run(*words: str) -> tuple[int, str]:
    """How a command ended, and what it said but for how long it took."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = int(main(list(words)))
    return status, said.getvalue()


def sites(project: Path, top: Path, *words: str) -> list[dict[str, tuple[int, bytes | str]]]:
    """The whole output folder of the project, built in every way, the tool's own list in it."""
    found = []
    for divided in DIVIDED:
        target = top / "-".join(("out", *divided))
        command = ("-C", str(project), "build", "--quiet", "-o", str(target), *divided, *words)
        assert run(*command) == (0, "")
        found.append(everything(target))
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_the_same_however_many_make_it(name: str, tmp_path: Path) -> None:
    """Built for the first time, built again where all is as it was, and built over another site."""
    project = ROOT / "examples" / name
    first, *others = sites(project, tmp_path)
    assert ".manifesto/owned.json" in first
    assert others == [first] * 4
    assert sites(project, tmp_path) == [first] * 5
    with_address = ("--base-url", "https://example.org/other/")
    other, *more = sites(project, tmp_path, *with_address)
    assert other != first
    assert more == [other] * 4


def test_so_many_processes_as_are_asked_for_make_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the option, else by the environment; a few pages are not worth more than one."""
    made: list[int] = []

    def counted(work: Callable[[Any], Any], others: Sequence[Any]) -> AbstractContextManager[Any]:
        made.append(1 + len(others))
        return beside(work, others)

    monkeypatch.setattr(survey, "beside", counted)
    command = ("-C", str(ROOT / "examples" / "minimal"), "build", "-q", "-o", str(tmp_path / "public"))
    assert run(*command) == run(*command, "-j", "1") == run(*command, "--jobs", "3") == (0, "")
    monkeypatch.setenv("MANIFESTO_JOBS", "4")
    assert run(*command) == run(*command, "-j", "2") == (0, "")
    assert run(*command, "--format", "md", "-j", "9") == (0, "")
    assert made == [1, 1, 3, 4, 2, 1]
    assert run(*command, "-j", "0")[0] == 2


@settings(max_examples=10)
@given(projects())
def test_any_manifesto_is_the_same_however_many_make_it(records: dict[str, Records]) -> None:
    """Whatever is in it: the site, and all that is said."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        for path, content in records.items():
            place = project / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        (project / "media").mkdir()
        (project / "media" / "hall.jpg").write_bytes(picture("jpeg", 600, 400))
        said, found = [], []
        for divided in DIVIDED:
            target = Path(folder) / "out"
            said.append(run("-C", str(project), "build", "-q", "-o", str(target), *divided))
            found.append(everything(target) if target.exists() else {})
            shutil.rmtree(target, ignore_errors=True)
        assert said == [said[0]] * len(DIVIDED)
        assert found == [found[0]] * len(DIVIDED)


IDEAS = {
    f"ideas/idea-{i}.yaml": f"title: Idea {i}\npriority: democracy\nsummary: Drawn by lot.\n"
    for i in range(12)
}
FAULTY = {
    "on one page": {"themes/plain/templates/pledge.html": PAGE + "{% if page.title == 'Idea 7' %}{{ no }}{% endif %}"},
    "on many": {"themes/plain/templates/pledge.html": PAGE + "{{ page['no-' ~ page.title] }}"},
    "on all": {"themes/plain/templates/page.html": PAGE + "{{ nothing }}"},
    "of several kinds": {
        "themes/plain/templates/pledge.html": PAGE + "{{ nothing }}",
        "themes/plain/templates/home.html": PAGE.replace("<head>", "<head><base>"),
        "themes/plain/templates/about.html": "{% block %}",
    },
    "too much on one": body("{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}"),
    "too much on many": {
        "themes/plain/templates/pledge.html": PAGE
        + "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
        "themes/plain/templates/home.html": PAGE + "{{ nothing }}",
        "themes/plain/templates/imprint.html": PAGE + "{{ nothing }}",
    },
    "too much together": {
        "themes/plain/templates/pledge.html": PAGE
        + "{% for i in range(400) %}{% for j in range(999) %}{% endfor %}{% endfor %}"
    },
}  # fmt: skip


def project_with(folder: Path, changed: dict[str, str | bytes]) -> Path:
    project = lay(folder, {**IDEAS, **changed})
    manifesto = project / "manifesto.yaml"
    text = manifesto.read_text(encoding="utf-8")
    manifesto.write_text(text.replace("ideas: [assembly]", "ideas: all"), encoding="utf-8")
    return project


@pytest.mark.parametrize("faults", FAULTY)
def test_what_is_wrong_is_said_as_by_one_process(faults: str, tmp_path: Path) -> None:
    """All of it, in the same words and order; nothing is written, and no folder is left."""
    project = project_with(tmp_path / "project", dict(FAULTY[faults]))
    before = everything(tmp_path)
    first, *others = [run("-C", str(project), "build", *divided) for divided in DIVIDED]
    assert first[0] == 1
    assert "nothing was written" in first[1]
    assert others == [first] * 4
    assert everything(tmp_path) == before
    written = project_with(tmp_path / "written", {})
    assert run("-C", str(written), "build", "-q", "-j", "2") == (0, "")
    old = everything(written / "public")
    project_with(written, dict(FAULTY[faults]))
    for divided in DIVIDED:
        assert run("-C", str(written), "build", *divided)[0] == 1
        assert everything(written / "public") == old


def test_what_all_pages_may_take_together_is_theirs_however_many_make_them(tmp_path: Path) -> None:
    """Each process may take only its part, so that never too much is taken: where that is too little for it, one process makes all."""
    work = "{% for i in range(180) %}{% for j in range(999) %}{% endfor %}{% endfor %}"
    project = project_with(tmp_path / "project", {"themes/plain/templates/pledge.html": PAGE + work})
    first, *others = sites(project, tmp_path)
    assert others == [first] * 4


# What is promised of writing, with several shares


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "project" / "public"


def shares_of(texts: dict[str, str], count: int = 3) -> list[Share]:
    made: list[Outcome[File | Copy]] = [Outcome(file) for file in files(texts)]
    return [made[i::count] for i in range(count)]


@pytest.mark.parametrize("start", ["missing", "empty", "old", "same"])
def test_several_shares_leave_what_one_does(target: Path, start: str, tmp_path: Path) -> None:
    """The same files and the same account of them, also from a rehearsal, whatever was there."""
    for place in (target, tmp_path / "other"):
        if start == "empty":
            place.mkdir(parents=True)
        if start in ("old", "same"):
            build(place, OLD if start == "old" else NEW)
    rehearsed = rehearse(target, shares_of(NEW), protected=OPEN).value
    done = publish(target, shares_of(NEW), protected=OPEN).value
    assert done == rehearsed
    one = build(tmp_path / "other", NEW)
    assert done
    assert (done.written, done.removed, done.kept, done.unchanged) == (
        one.written,
        one.removed,
        one.kept,
        one.unchanged,
    )
    assert everything(target) == everything(tmp_path / "other")


def fault(name: str) -> Diagnostic:
    return error("template-failed", name, SourceFile(name, "").start(), "here")


def test_a_fault_in_any_share_leaves_the_old_site(target: Path) -> None:
    """The faults of all shares come out, and no folder that was made for the site stays."""
    faulty: list[Share] = [
        [*made, Outcome(None, (fault(name),))] for name, made in zip("abc", shares_of(NEW), strict=True)
    ]
    for work in (publish, rehearse):
        for place in (target, target / "deep" / "er"):
            outcome = work(place, faulty, protected=OPEN)
            assert [each.headline for each in outcome.faults] == ["a", "b", "c"]
            assert outcome.value is None
            assert not target.parent.exists()
    build(target, OLD)
    before = everything(target)
    assert publish(target, faulty, protected=OPEN).value is None
    assert everything(target) == before


class RenderingError(Exception):
    """Something goes wrong that nobody has thought of."""


def failing(error: Callable[[], BaseException]) -> Iterator[Outcome[File | Copy]]:
    yield Outcome(File("more.html", b"more"))
    raise error()


@pytest.mark.parametrize("start", ["missing", "old"])
def test_what_goes_wrong_in_a_share_leaves_the_old_site(target: Path, start: str) -> None:
    """What its making raises passes through; a process that is killed is a sentence."""
    if start == "old":
        build(target, OLD)
    before = everything(target.parent)
    with pytest.raises(RenderingError, match="deep"):
        publish(target, [*shares_of(NEW), failing(lambda: RenderingError("deep"))], protected=OPEN)
    assert everything(target.parent) == before

    def dying() -> BaseException:
        os.kill(os.getpid(), signal.SIGKILL)
        return RenderingError()

    with pytest.raises(ManifestoError, match="memory"):
        publish(target, [*shares_of(NEW), failing(dying)], protected=OPEN)
    assert everything(target.parent) == before


@pytest.mark.parametrize("start", ["missing", "old"])
def test_ctrl_c_leaves_the_old_site(target: Path, start: str) -> None:
    """Wherever the other processes are: none of them writes any more when it is cleared away."""
    here, started = os.getpid(), forks()

    def interrupting() -> Iterator[Outcome[File | Copy]]:
        yield Outcome(File("more.html", b"more"))
        os.kill(here, signal.SIGINT)
        for i in range(10**9):
            yield Outcome(File(f"more/{i}.html", b"more"))

    if start == "old":
        build(target, OLD)
    before = everything(target.parent)
    with pytest.raises(KeyboardInterrupt):
        publish(target, [*shares_of(NEW), interrupting()], protected=OPEN)
    assert everything(target.parent) == before
    assert forks() <= started


INTERRUPTED = """
import os, signal, sys
from manifesto_cli.cli import main
fork = os.fork
def forked():
    number = fork()
    if number:
        os.killpg(0, signal.SIGINT)
    return number
os.fork = forked
sys.exit(main(sys.argv[1:]))
"""


def test_ctrl_c_ends_a_command_and_all_that_it_has_started(tmp_path: Path) -> None:
    """As on a terminal, where it reaches every process of the command, here as soon as there are two."""
    project = lay(tmp_path / "project", {})
    before = everything(project)
    command = [sys.executable, "-c", INTERRUPTED, "-C", str(project), "build", "--jobs", "2"]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    assert started.communicate()[0].decode().splitlines()[-1] == "interrupted"
    assert started.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)
    assert everything(project) == before


@pytest.mark.parametrize(
    ("one", "two"), [("a.html", "a.html"), ("a.html", "A.html"), ("a", "a/b"), ("a/b/c", "A")]
)
def test_two_files_in_one_place_are_a_mistake_also_in_two_shares(target: Path, one: str, two: str) -> None:
    """No process knows the paths of the other. Where the disk is first to find out, that is a sentence."""
    for pair in ((one, two), (two, one)):
        shares: Sequence[Share] = [[Outcome(File(path, b""))] for path in pair]
        with pytest.raises((ValueError, ManifestoError)):
            publish(target, shares, protected=OPEN)
        assert not target.exists()
        with pytest.raises(ValueError, match="planned"):
            rehearse(target, shares, protected=OPEN)


@pytest.mark.parametrize("start", ["missing", "old"])
def test_killed_at_any_step_with_workers_the_next_build_is_whole(target: Path, start: str) -> None:
    """A worker may outlive the build for a moment, and holds the lock as long: nobody else builds there before it has ended."""
    pasts, at = set(), 1
    while True:
        shutil.rmtree(target.parent, ignore_errors=True)
        if start == "old":
            build(target, OLD)
        if not killed(lambda: build_by_two(target, at)):  # noqa: B023 - called at once
            break
        pasts.add(check_next_build(target, start))
        at += 1
    assert at > 10
    assert pasts == {True, False}


@pytest.mark.parametrize("start", ["missing", "old"])
@pytest.mark.parametrize("written", [0, 1, 2])
def test_killed_while_a_worker_writes_the_next_build_is_whole(target: Path, start: str, written: int) -> None:
    """It goes on for as long as it does not know."""
    if start == "old":
        build(target, OLD)
    first = [0]

    def there() -> Iterator[Outcome[File | Copy]]:
        made: list[Outcome[File | Copy]] = [Outcome(file) for file in files(NEW)]
        yield from made[:written]
        os.kill(first[0], signal.SIGKILL)
        yield from made[written:]

    def waiting() -> Iterator[Outcome[File | Copy]]:
        yield Outcome(File("more.html", b"more"))
        signal.pause()

    def work() -> None:
        first[0] = os.getpid()
        publish(target, [waiting(), there()], protected=OPEN)

    assert killed(work)
    assert not check_next_build(target, start)


def check_next_build(target: Path, start: str) -> bool:
    """The next build is whole; whether the one before was past its commit point."""
    past = (target / ".manifesto" / "journal.json").exists() or (target.exists() and site(target) == NEW)
    if not past:
        assert (site(target) if target.exists() else {}) == (OLD if start == "old" else {})
    build(target, NEW)
    assert site(target) == NEW
    assert state(target) == ["owned.json"]
    assert names(target.parent) == [target.name]
    return past


def killed(work: Callable[[], object]) -> bool:
    """Whether a process that does the work was killed."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            work()
            os._exit(0)
        os._exit(1)
    ended = os.waitpid(child, 0)[1]
    assert ended == 0 or os.WTERMSIG(ended) == signal.SIGKILL
    return ended != 0


def build_by_two(target: Path, step: int) -> None:
    """Publish with a worker, and be killed at this step of the first process, counted from when both are at work."""
    made: list[Outcome[File | Copy]] = [Outcome(file) for file in files(NEW)]
    with contextlib.ExitStack() as stack:

        def here() -> Iterator[Outcome[File | Copy]]:
            stack.enter_context(stopped(step, die))
            yield from made[::2]

        publish(target, [here(), made[1::2]], protected=OPEN)
