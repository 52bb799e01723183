"""Work divided over processes: each a fork of this one, which has all that this one has and hands back only what comes of its share.

A fork starts within milliseconds and copies nothing before it is changed, so a share need not be sent anywhere. It is safe where this process is
alone in itself: another thread might hold a lock that nobody would ever open again in the fork. On macOS it is not even then, since the
system's own libraries start threads. Wherever it cannot be, the shares are done here, one after another, and the same comes of them.
"""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from functools import partial
from itertools import islice
from typing import Any, NoReturn, TypeVar

from msgspec import Struct

from manifesto_cli.faults.error import ManifestoError

Share = TypeVar("Share")
Result = TypeVar("Result")

WORTH = 100
"""How many pages, or files that take as long, are worth a fork: with fewer it takes longer than it saves."""
_MOST = 8
"""The most processes that nobody has asked for: each copies what it looks at, and a container may be allowed less than the cores that it sees."""
_FORKS = hasattr(os, "fork") and sys.platform not in ("win32", "darwin")
"""Whether processes may be forked on this system."""
_SIZE = 8
"""How many bytes in front of a result say how long it is: if a worker ends early, not all of it is there."""
_TURN = 2
"""How many bytes the number of a turn has."""
_TURNS = 2000
"""The most turns: their numbers fit into the smallest pipe that a system makes."""
TOGETHER = 8
"""How many results a worker hands over at a time, if it hands them over as they come."""
_LOOK = 1.0
"""After how many seconds a worker looks whether it still works for anybody."""
_FORKED = ContextVar("_FORKED", default=False)
"""Whether this process is a worker: its work is not divided again."""


class _Worker(Struct, frozen=True):
    """A fork at work."""

    number: int
    """Its process."""
    source: int
    """Where its result comes from."""


def jobs_for(wanted: int | None, size: int) -> int:
    """Among how many processes to divide work: as many as are wanted, else one for each core that this one may use and enough work for it."""
    if not _FORKS:
        return 1
    return max(1, min(wanted, size) if wanted else min(_cores(), size // WORTH, _MOST))


@contextlib.contextmanager
def turns(things: Sequence[Share], jobs: int) -> Iterator[list[Iterator[Share]]]:
    """The things as shares of which nobody knows before how large they are: whoever has done one takes the next that nobody has taken.

    So all are done at about the same time, however long each takes and however fast a core is; those that take longest should come first. Each
    share is for one process, as long as the block runs.
    """
    ends = _pipe() if jobs > 1 else None
    if ends is None:
        yield [iter(things)]
        return
    source, sink = ends
    count = min(len(things), _TURNS)
    try:
        with open(sink, "wb") as stream:
            # Whoever takes these numbers out of the pipe gets each of them once: the system sees to it.
            stream.write(b"".join(i.to_bytes(_TURN, "big") for i in range(count)))
        yield [_taken(things, count, source) for _ in range(jobs)]
    finally:
        os.close(source)


def _taken(things: Sequence[Share], count: int, source: int) -> Iterator[Share]:
    """The things whose turns are taken from the pipe until there are none. There are so many turns."""
    while turn := os.read(source, _TURN):
        yield from things[int.from_bytes(turn, "big") :: count]


def in_shares(work: Callable[[Share], Result], shares: Sequence[Share]) -> list[Result]:
    """What `work` makes of each share, in their order: of the first in this process, of each other in a fork of it, if there may be one.

    If any raises something, all end, and the first share's is raised here as it is. Whatever is raised here meanwhile, such as Ctrl-C, ends all
    of them: once this returns or raises, none is left. What a share changes is lost unless it is on disk or part of its result, which pickle
    must be able to carry.
    """
    with beside(work, shares[1:]) as others:
        return [*map(work, shares[:1]), *others()]


@contextlib.contextmanager
def beside(work: Callable[[Share], Result], shares: Sequence[Share]) -> Iterator[Callable[[], list[Result]]]:
    """What waits for what `work` makes of each share, in their order, while this process does something else: each in a fork of it, if there may be one.

    Where there may not, the shares are done when they are asked for, and nothing is if nobody asks. For the rest it is as with `in_shares`; once the block
    ends, no fork is left.
    """
    workers: list[_Worker] = []

    def results() -> list[Result]:
        found = [*map(_result, workers)]
        # With other threads there is no worker, and the system may refuse to start so many: then there is nobody else to do the rest.
        return found + [work(share) for share in shares[len(found) :]]

    try:
        _begin(partial(_once, work), shares, workers)
        yield results
    finally:
        _end(workers)


@contextlib.contextmanager
def ahead(work: Callable[[int], Iterable[Result]]) -> Iterator[Callable[[Any], Iterator[Result]] | None]:
    """What hands a thing to a fork that has begun to `work` already, and returns what comes of it, a few results at a time; None where there may be no fork.

    It can be handed one thing, which pickle must be able to carry. `work` gets the number under which `is_handed` and `taken` find it. For the rest it is as with `beside`.
    """
    ends = _pipe()
    if ends is None:
        yield None
        return
    source, sink = ends
    workers: list[_Worker] = []

    def hand(thing: Any) -> Iterator[Result]:
        import pickle  # noqa: PLC0415 - as in `_once`

        with contextlib.suppress(BrokenPipeError):  # a fork that has ended is missed when its result is
            _write(sink, pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))
        return _results(workers[0])

    try:
        try:
            _begin(partial(_each, work), [source], workers)
        finally:
            os.close(source)  # only the fork reads, and it is known to have ended if nobody does
        yield hand if workers else None
    finally:
        _end(workers)
        os.close(sink)


def is_handed(source: int) -> bool:
    """Whether a fork that has begun `ahead` is waited for."""
    import select  # noqa: PLC0415 - only such a fork needs it

    return bool(select.select([source], [], [], 0)[0])


def taken(source: int) -> Any:
    """What a fork that has begun `ahead` is handed, once it is."""
    import pickle  # noqa: PLC0415 - as in `_once`

    with open(source, "rb", closefd=False) as stream:
        return pickle.loads(stream.read(int.from_bytes(stream.read(_SIZE), "big")))  # noqa: S301 - from our own parent


def _cores() -> int:
    """How many cores this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    """Whether this process may be forked if it has no other thread, and is no fork itself."""
    # Where children are ignored nobody can wait for a fork, nor know that a number still is its.
    return _FORKS and not _FORKED.get() and signal.getsignal(signal.SIGCHLD) != signal.SIG_IGN


def _pipe() -> tuple[int, int] | None:
    """What comes out of a pipe and what goes in; None where the system grants no more of them."""
    try:
        return os.pipe()
    except OSError:
        return None


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the block is done: no worker is started, and none ended, of which nobody knows."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(say: Callable[[Share], Iterable[bytes]], shares: Sequence[Share], workers: list[_Worker]) -> None:
    """Let a fork `say` what comes of each share, as far as there may be one."""
    if not shares or not _may_fork():
        return
    from manifesto_cli.disk.resting import resting  # noqa: PLC0415 - most runs divide nothing, and have no threads

    with _uninterrupted(), resting() as alone:
        for share in shares:
            if not alone or not _start(partial(say, share), workers):
                break


def _start(say: Callable[[], Iterable[bytes]], workers: list[_Worker]) -> bool:
    """Let a fork say what there is to `say`; whether the system has made one."""
    ends = _pipe()
    if ends is None:
        return False
    source, sink = ends
    here = os.getpid()
    try:
        number = os.fork()
        if number == 0:
            _work(say, sink, (here, source, *(worker.source for worker in workers)))
        workers.append(_Worker(number, source))
    except OSError:
        os.close(source)
        return False
    finally:
        os.close(sink)
    return True


def _work(say: Callable[[], Iterable[bytes]], sink: int, parents: tuple[int, ...]) -> NoReturn:
    """All that a worker does. Nothing of the process that it is a fork of happens again in it: no `finally`, no flushing, nothing at exit.

    `parents` are the number of that process, and the descriptors that only it may have.
    """
    try:
        _FORKED.set(True)
        parent, *sources = parents
        for source in sources:
            os.close(source)
        gc.freeze()  # or the search for circles would look through all that the parent has, and so copy it
        _heed(parent)
        for packed in say():
            _write(sink, packed)
        os.close(sink)  # or whoever reads would wait until the system has all the memory of this process back
        os._exit(0)
    finally:
        os._exit(1)


def _heed(parent: int) -> None:
    """Leave Ctrl-C to the parent, which ends its workers; and end without it, when nobody is left who would."""

    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _once(work: Callable[[Share], Any], share: Share) -> Iterator[bytes]:
    """What came of the share: whether it is a result, and the result, or what was raised."""
    import pickle  # noqa: PLC0415 - most runs divide nothing

    try:
        yield pickle.dumps((True, work(share)), pickle.HIGHEST_PROTOCOL)
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it is raised again, by who waits for it
        yield _raised(fault)


def _each(work: Callable[[Share], Iterable[Any]], share: Share) -> Iterator[bytes]:
    """The same of all that comes of the share, a few at a time, and nothing once that was all."""
    import pickle  # noqa: PLC0415 - as above

    try:
        results = iter(work(share))
        while some := [*islice(results, TOGETHER)]:
            yield pickle.dumps((True, some), pickle.HIGHEST_PROTOCOL)
    except BaseException as fault:  # noqa: BLE001 - as above
        yield _raised(fault)
    else:
        yield b""


def _raised(fault: BaseException) -> bytes:
    import pickle  # noqa: PLC0415 - as above
    import traceback  # noqa: PLC0415 - as above

    said = "".join(traceback.format_exception(fault))
    fault.add_note(said)  # its own traceback ends in this process
    try:
        packed = pickle.dumps((False, fault), pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - some cannot be carried, and may complain in any way
        return pickle.dumps((False, RuntimeError(said)), pickle.HIGHEST_PROTOCOL)
    return packed


def _write(sink: int, packed: bytes) -> None:
    for part in (len(packed).to_bytes(_SIZE, "big"), packed):
        left = memoryview(part)
        while left:
            left = left[os.write(sink, left) :]


def _result(worker: _Worker) -> Any:
    """The result of a worker once it is there; what it raised is raised. It may wait with a long one until it is read."""
    with open(worker.source, "rb", buffering=0, closefd=False) as stream:
        said = memoryview(stream.read())
    if len(said) < _SIZE or len(said) - _SIZE != int.from_bytes(said[:_SIZE], "big"):
        raise _ended()
    return _unpacked(said[_SIZE:])


def _results(worker: _Worker) -> Iterator[Any]:
    """The results of a worker, each once it is there; what it raised is raised."""
    with open(worker.source, "rb", closefd=False) as stream:
        while True:
            head = stream.read(_SIZE)
            size = int.from_bytes(head, "big")
            packed = stream.read(size)
            if len(head) < _SIZE or len(packed) < size:
                raise _ended()
            if not size:
                return
            yield from _unpacked(packed)


def _unpacked(packed: bytes | memoryview) -> Any:
    import pickle  # noqa: PLC0415 - as above

    well, result = pickle.loads(packed)  # noqa: S301 - from our own fork
    if not well:
        raise result
    return result


def _ended() -> ManifestoError:
    return ManifestoError(
        "a part of the work was ended by the system, probably because memory ran out",
        help="run the same command again with `--jobs 1`, which needs less of it",
    )


def _end(workers: Sequence[_Worker]) -> None:
    """End those that are still at work, and have nothing left of any of them."""
    with _uninterrupted():
        for worker in workers:
            os.kill(worker.number, signal.SIGKILL)  # the number is its until somebody has waited for it
        for worker in workers:
            os.waitpid(worker.number, 0)
            os.close(worker.source)
