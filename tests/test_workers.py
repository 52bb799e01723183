"""Work divided over forks of one process: the same comes of it, and nothing is left of them, whatever happens."""

import contextlib
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from manifesto_cli.disk import workers
from manifesto_cli.disk.workers import ahead, beside, in_shares, is_handed, jobs_for, taken, turns
from manifesto_cli.faults.error import Exit, ManifestoError
from support.stops import forget_other_threads, forks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="work is divided where forks are safe")

HERE = os.getpid()


@pytest.fixture(autouse=True)
def _without_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_other_threads(monkeypatch)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No fork is left, running or dead, and no descriptor."""
    before, open_before = forks(), {*Path("/proc/self/fd").iterdir()}
    yield
    assert forks() <= before
    assert {*Path("/proc/self/fd").iterdir()} <= open_before


def whose(share: int) -> tuple[int, bool]:
    return share, os.getpid() == HERE


def test_results_come_in_the_order_of_the_shares_and_the_first_is_made_here() -> None:
    """Whichever is done first."""
    assert in_shares(whose, [5, 4, 3]) == [(5, True), (4, False), (3, False)]


def test_one_share_is_made_here() -> None:
    """There is nobody to divide it with; and of nothing comes nothing."""
    assert in_shares(whose, [7]) == [(7, True)]
    assert in_shares(whose, []) == []


def test_others_are_at_work_while_this_process_does_something_else() -> None:
    """Whoever waits for them gets their results in order."""
    source, sink = os.pipe()

    def work(share: int) -> tuple[int, bytes, bool]:
        return share, os.read(source, 1), os.getpid() == HERE

    with beside(work, [7, 8]) as results:
        os.write(sink, b"xx")  # nobody would be there to do so if this process were at work
        assert results() == [(7, b"x", False), (8, b"x", False)]
    with beside(work, []) as results:
        assert results() == []
    os.close(source)
    os.close(sink)


def test_a_fork_may_begin_before_it_is_known_with_what() -> None:
    """It knows when it is handed that. What comes of it is there as soon as it is, though there is more to come."""
    ready, begun = os.pipe()
    go, on = os.pipe()

    def work(source: int) -> Iterator[tuple[str, bool]]:
        os.write(begun, b"x" if not is_handed(source) else b"?")
        words = taken(source)
        yield from ((word, os.getpid() == HERE) for word in words)
        assert os.read(go, 1) == b"x"  # whoever waits for the first results may be waited for
        yield "after", False

    with ahead(work) as hand:
        assert hand
        assert os.read(ready, 1) == b"x"
        words = ["word" * 10_000] * workers.TOGETHER
        results = hand(words)
        assert [next(results) for _ in words] == [(word, False) for word in words]
        os.write(on, b"x")
        assert [*results] == [("after", False)]
    for end in (ready, begun, go, on):
        os.close(end)


def test_what_is_raised_after_results_is_raised_as_it_is() -> None:
    """Those that were there before count."""

    def work(source: int) -> Iterator[int]:
        yield from range(taken(source))
        raise KeyError("seven")

    with ahead(work) as hand:
        assert hand
        results = hand(workers.TOGETHER)
        assert [next(results) for _ in range(workers.TOGETHER)] == [*range(workers.TOGETHER)]
        with pytest.raises(KeyError, match="seven"):
            next(results)


@pytest.mark.parametrize("after", [0, 1])
def test_a_fork_that_began_ahead_and_was_killed_is_a_sentence(after: int) -> None:
    """Before it has taken what it was handed, however much that is, or after."""

    def work(source: int) -> Iterator[int]:
        for _ in range(after):
            taken(source)
            yield from range(workers.TOGETHER)
        os.kill(os.getpid(), signal.SIGKILL)

    with ahead(work) as hand:
        assert hand
        with pytest.raises(ManifestoError, match="memory"):
            [*hand("x" * 1_000_000)]


def test_what_began_ahead_ends_with_the_block() -> None:
    """Whether or not it was handed anything."""

    def work(source: int) -> Iterator[None]:
        yield taken(source)
        time.sleep(600)

    with ahead(work):
        pass
    with ahead(work) as hand:
        assert hand
        hand(None)


def test_nothing_begins_ahead_where_there_may_be_no_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where no pipe is granted."""

    def work(source: int) -> Iterator[int]:
        yield taken(source)

    for name, why in (("_FORKS", False), ("_pipe", lambda: None)):
        with ahead(work) as hand:
            assert hand
            assert [*hand(7)] == [7]
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(workers, name, why)
            with ahead(work) as hand:
                assert hand is None


def test_what_nobody_waits_for_ends_with_the_block() -> None:
    """Also if the block ends by a fault; none of what others raise is heard of then."""
    with beside(lambda _: time.sleep(600), [1, 2]):
        pass
    with pytest.raises(KeyError), beside(lambda _: time.sleep(600), [1]):
        raise KeyError


def test_where_nobody_else_may_work_it_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not at all if nobody asks."""
    monkeypatch.setattr(workers, "_FORKS", False)
    done: list[int] = []
    with beside(done.append, [1, 2]) as results:
        assert done == []
        assert results() == [None, None]
    assert done == [1, 2]


def test_long_results_stop_nobody() -> None:
    """A worker that has more to say than a pipe holds waits until this process has done its own share."""
    results = in_shares(lambda share: bytes([share]) * 5_000_000, [1, 2, 3])
    assert results == [b"\1" * 5_000_000, b"\2" * 5_000_000, b"\3" * 5_000_000]


def test_with_another_thread_all_is_made_here() -> None:
    """It might hold a lock that nobody would open in a fork."""
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert in_shares(whose, [1, 2]) == [(1, True), (2, True)]
    finally:
        done.set()
        other.join()


def test_where_forks_are_not_safe_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none, and on macOS libraries of the system start threads."""
    monkeypatch.setattr(workers, "_FORKS", False)
    assert in_shares(whose, [1, 2]) == [(1, True), (2, True)]
    assert jobs_for(None, 10**9) == jobs_for(7, 10**9) == 1


def test_a_worker_divides_nothing_again() -> None:
    """Else there would soon be more of them than cores."""

    def inner(share: int) -> tuple[int, int]:
        return share, os.getpid()

    def outer(_: int) -> tuple[int, list[tuple[int, int]]]:
        return os.getpid(), in_shares(inner, [1, 2])

    ((_, divided), (worker, whole)) = in_shares(outer, [1, 2])
    assert divided[1][1] != HERE
    assert whole == [(1, worker), (2, worker)]


def test_where_children_are_ignored_all_is_made_here() -> None:
    """Nobody could wait for a worker, nor know that its number is not somebody else's by now."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert in_shares(whose, [1, 2]) == [(1, True), (2, True)]
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.parametrize("call", ["fork", "pipe"])
def test_where_no_more_workers_may_be_made_their_shares_are_made_here(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine may allow no more processes, or descriptors: that makes it slower, and nothing else."""
    original, calls = getattr(os, call), [0]

    def refused() -> object:
        calls[0] += 1
        if calls[0] > 1:
            raise BlockingIOError(11, "too many")
        return original()

    monkeypatch.setattr(os, call, refused)
    assert in_shares(whose, [1, 2, 3, 4]) == [(1, True), (2, False), (3, True), (4, True)]


class OddError(Exception):
    """What cannot be made again from its arguments."""

    def __init__(self, one: str, *, other: str) -> None:
        super().__init__(one)
        self.other = other


def failing(*failures: tuple[int, Callable[[], BaseException]]) -> Callable[[int], int]:
    def work(share: int) -> int:
        for number, fault in failures:
            if share == number:
                raise fault()
        return share

    return work


def test_what_a_share_raises_is_raised_as_it_is() -> None:
    """A sentence keeps its help and what the command ends with, a refusal of the disk its number and file."""
    sentence = ManifestoError("it is full", help="make room", status=Exit.USAGE)
    for at in (0, 1, 2):
        with pytest.raises(ManifestoError) as told:
            in_shares(failing((at, lambda: sentence)), [0, 1, 2])
        fault = told.value
        assert (fault.headline, fault.help, fault.status) == ("it is full", "make room", Exit.USAGE)
        assert str(fault) == "it is full"
        with pytest.raises(PermissionError) as refusal:
            in_shares(failing((at, lambda: PermissionError(13, "no", "a.html"))), [0, 1, 2])
        assert (refusal.value.errno, refusal.value.filename) == (13, "a.html")
        with pytest.raises(KeyError, match="7"):
            in_shares(failing((at, lambda: KeyError(7))), [0, 1, 2])


def test_what_cannot_be_carried_is_said() -> None:
    """Only a mistake of ours comes to that: it is shown where it was made."""

    class LocalError(Exception):
        pass

    for fault in (lambda: LocalError("deep"), lambda: OddError("deep", other="x")):
        with pytest.raises(RuntimeError, match="deep"):
            in_shares(failing((1, fault)), [0, 1])
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        in_shares(lambda share: lambda: share, [0, 1])


def test_of_several_failures_the_first_share_is_heard() -> None:
    """So that the same is said each time."""
    work = failing((1, lambda: KeyError("first")), (2, lambda: KeyError("second")))
    with pytest.raises(KeyError, match="first"):
        in_shares(work, [0, 1, 2])
    work = failing((0, lambda: KeyError("first")), (1, lambda: KeyError("second")))
    with pytest.raises(KeyError, match="first"):
        in_shares(work, [0, 1, 2])


def test_where_a_mistake_was_made_is_noted() -> None:
    """A traceback does not come out of a process."""
    with pytest.raises(ZeroDivisionError) as fault:
        in_shares(lambda share: 1 // (1 - share), [0, 1])
    assert "1 // (1 - share)" in "".join(fault.value.__notes__)


def test_a_worker_that_was_killed_is_a_sentence_that_says_what_to_do() -> None:
    """As a system does that has no memory left. What had been said by then counts for nothing."""

    def die(share: int) -> int:
        if share == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return share

    with pytest.raises(ManifestoError, match="memory") as fault:
        in_shares(die, [0, 1, 2])
    assert "--jobs 1" in fault.value.help


def test_a_worker_that_was_killed_in_the_middle_of_its_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a result is none."""
    write = os.write

    def half(sink: int, part: bytes) -> int:
        if len(part) > 100:
            write(sink, part[:100])
            os.kill(os.getpid(), signal.SIGKILL)
        return write(sink, part)

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(ManifestoError, match="memory"):
        in_shares(lambda share: "x" * 1000 * share, [0, 1])


def test_ctrl_c_ends_all() -> None:
    """It reaches every process of a command. Workers leave it to this one, which ends them while they would wait for ever."""
    source, sink = os.pipe()

    def work(share: int) -> int:
        if share == 0:
            assert os.read(source, 1) == b"x"
            os.kill(HERE, signal.SIGINT)
            signal.pause()
        os.kill(os.getpid(), signal.SIGINT)  # it is heeded by nobody
        os.write(sink, b"x")
        while True:
            signal.pause()

    with pytest.raises(KeyboardInterrupt):
        in_shares(work, [0, 1, 2])
    os.close(source)
    os.close(sink)


def test_ctrl_c_while_it_waits_for_a_result_ends_all() -> None:
    """Its own share is done by then."""

    def work(share: int) -> int:
        if share:
            os.kill(HERE, signal.SIGINT)
            while True:
                signal.pause()
        return share

    with pytest.raises(KeyboardInterrupt):
        in_shares(work, [0, 1])


def test_a_worker_runs_nothing_of_this_process_again(tmp_path: Path) -> None:
    """No `finally`, no end of a `with`, nothing that is done at exit; and what was printed is not printed twice."""
    said = tmp_path / "said"
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException), said.open("w") as stream:
            import atexit  # noqa: PLC0415

            atexit.register(lambda: print("at exit", os.getpid(), file=stream, flush=True))
            stream.write("before\n")  # waits in the buffer, of which each fork has a copy
            try:
                for work in (lambda share: share, failing((1, lambda: SystemExit(7)))):
                    with contextlib.suppress(SystemExit):
                        in_shares(work, [0, 1])
            finally:
                stream.write("finally\n")
        os._exit(0)
    os.waitpid(child, 0)
    assert said.read_text() == "before\nfinally\n"


def test_a_worker_ends_when_this_process_was_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is left to end it, and it would work for nobody."""
    monkeypatch.setattr(workers, "_LOOK", 0.001)
    source, sink = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.close(source)

        def work(share: int) -> None:
            if share == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            while True:
                signal.pause()

        in_shares(work, [0, 1])
    os.close(sink)
    os.waitpid(parent, 0)
    with os.fdopen(source, "rb") as ended:
        assert ended.read() == b""  # comes once no process is left that could write


def test_no_more_jobs_than_were_asked_for_or_than_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for are as many as somebody says; else one for each core, if there is enough to do for it."""
    monkeypatch.setattr(workers, "_cores", lambda: 4)
    assert [jobs_for(wanted, 5) for wanted in (1, 2, 9)] == [1, 2, 5]
    assert jobs_for(3, 0) == 1
    sizes = (0, 1, workers.WORTH, 2 * workers.WORTH, 3 * workers.WORTH, 100 * workers.WORTH)
    assert [jobs_for(None, size) for size in sizes] == [1, 1, 1, 2, 3, 4]


def test_a_large_machine_is_not_filled_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process takes memory, and a container may see more cores than it may use."""
    monkeypatch.setattr(workers, "_cores", lambda: 256)
    assert jobs_for(None, 10**9) == 8
    assert jobs_for(20, 10**9) == 20


def test_this_process_may_use_a_core() -> None:
    """At least one, and no more than there are."""
    assert 1 <= jobs_for(None, 10**9) <= (os.cpu_count() or 1)


@pytest.mark.parametrize("size", [0, 1, 3, 100, 5000])
def test_things_taken_in_turns_are_each_taken_once(size: int) -> None:
    """By whichever process, in the order in which they stand as far as it is one."""
    things = list(range(size))
    with turns(things, 3) as shares:
        taken = in_shares(list, shares)
    assert len(taken) == 3
    assert sorted(thing for share in taken for thing in share) == things
    with turns(things, 1) as shares:
        assert in_shares(list, shares) == [things]


def test_whoever_is_done_takes_the_next_turn() -> None:
    """While one process is at the first thing, the other does all the rest."""
    source, sink = os.pipe()

    def work(share: Iterator[int]) -> list[int]:
        taken = []
        for thing in share:
            taken.append(thing)
            if thing == 0:
                os.read(source, 1)
            if thing == 99:
                os.write(sink, b"x")
        return taken

    with turns(range(100), 2) as shares:
        taken = in_shares(work, shares)
    os.close(source)
    os.close(sink)
    assert sorted(taken) == [[0], [*range(1, 100)]]


def test_without_another_process_all_turns_are_taken_here() -> None:
    """Where work is divided and then cannot be, or where the system grants no pipe."""
    with turns("abc", 2) as shares:
        assert [list(share) for share in shares] == [["a", "b", "c"], []]


def test_where_no_pipe_is_granted_there_is_one_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is slower, and nothing else."""

    def refused() -> None:
        raise OSError(24, "too many")

    monkeypatch.setattr(os, "pipe", refused)
    with turns("abc", 2) as shares:
        assert in_shares(list, shares) == [["a", "b", "c"]]


def test_output_of_a_share_goes_to_one_stream() -> None:
    """What a worker has in memory stays there: only results come back."""
    stream = io.StringIO()
    in_shares(lambda share: stream.write(f"{share}"), [0, 1])
    assert stream.getvalue() == "0"


def test_what_is_done_beside_may_leave_something_on_disk(tmp_path: Path) -> None:
    """That is there also if nobody waits for its result."""
    source, sink = os.pipe()

    def work(path: Path) -> None:
        path.touch()
        os.write(sink, b"x")
        signal.pause()

    with beside(work, [tmp_path / "written"]):
        assert os.read(source, 1) == b"x"
    os.close(source)
    os.close(sink)
    assert (tmp_path / "written").exists()
