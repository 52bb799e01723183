"""What the command line of a race asks for, and where it is run."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from benchmarks import installing
from benchmarks.installing import Generator
from manifesto_cli import __version__

SIZES = {
    "same": (100,),
    "cold": (40, 1_000, 10_000),
    "civic": (40, 1_000),
    "memory": (1_000, 10_000),
    "rebuild": (1_000, 10_000),
}
"""How many ideas each mode has unless it is told."""
MODES = (*SIZES, "start")
GENERATORS = ("manifesto", "zola", "hugo")
LARGE = 50_000
_RUNS = ((100, 9), (1_000, 5), (10_000, 3))
"""Up to so many ideas, so many runs; one where there are more."""
_MEMORY = Path("/dev/shm")  # noqa: S108 - our own folder in it is made by `tempfile`


class Asked(Struct, frozen=True):
    """What is to be measured."""

    modes: tuple[str, ...] = MODES
    given_sizes: tuple[int, ...] = ()
    """In place of those of each mode."""
    large: bool = False
    runs: int = 0
    """How often; 0 for a number that fits the size."""
    who: tuple[str, ...] = GENERATORS
    python: str = sys.executable
    """With which Python `manifesto` is installed and measured."""
    manifesto: str = ""
    """The command that is measured; empty for one that is installed."""
    jobs: int = 0
    peers: Path = Path()
    write: bool = False

    def sizes(self, mode: str) -> tuple[int, ...]:
        """With how many ideas a mode is measured; none where it is not asked for."""
        if mode not in self.modes or mode not in SIZES:
            return ()
        more = (LARGE,) if self.large and mode in {"cold", "memory"} else ()
        return self.given_sizes or (*SIZES[mode], *more)

    def all_sizes(self) -> tuple[int, ...]:
        """Those with which anything is measured, from the smallest on."""
        return tuple(sorted({size for mode in SIZES if mode != "same" for size in self.sizes(mode)}))

    def runs_of(self, ideas: int) -> int:
        """How often what has so many ideas is measured."""
        return self.runs or next((runs for most, runs in _RUNS if ideas <= most), 1)

    def generators(self) -> dict[str, Generator]:
        """Each that takes part, by its name; those that are not there are installed."""
        jobs = ("--jobs", str(self.jobs)) if self.jobs else ()
        there: dict[str, Callable[[], Generator]] = {
            "manifesto": lambda: Generator(
                (self.manifesto or installing.manifesto(self.peers, self.python),),
                ("build", "--quiet", *jobs),
                "--version",
                __version__,
            ),
            "zola": lambda: installing.zola(self.peers),
            "hugo": lambda: installing.hugo(self.peers),
        }
        return {name: there[name]() for name in self.who}


def asked_for(words: Sequence[str]) -> Asked:
    """What the words of a command line ask for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.race", description="`manifesto` beside Hugo and Zola on the same content."
    )
    parser.add_argument(
        "--only", metavar="MODE", action="append", choices=MODES, help=f"of {', '.join(MODES)}"
    )
    parser.add_argument("--sizes", type=_sizes, default=(), help="how many ideas, such as 40,1000")
    parser.add_argument("--large", action="store_true", help=f"{LARGE:,} ideas too, which takes some minutes")
    parser.add_argument("--runs", type=_count, default=0, help="how often each is measured")
    parser.add_argument(
        "--who", metavar="NAME", action="append", choices=GENERATORS, help=f"of {', '.join(GENERATORS)}"
    )
    parser.add_argument(
        "--python",
        default=installing.usual_python(),
        help="with which Python `manifesto` is installed; that of the system unless it is too old",
    )
    parser.add_argument("--manifesto", help="the command, instead of one that is installed")
    parser.add_argument("--jobs", type=_count, default=0, help="what to hand on to it")
    parser.add_argument(
        "--peers", type=Path, default=installing.usual_folder(), help="where the others are installed"
    )
    parser.add_argument("--write", action="store_true", help="write the tables into docs/performance.md")
    given = parser.parse_args(words)
    if given.write and (given.only or given.sizes or given.who):
        parser.error("--write wants everything measured in one run: leave out --only, --sizes and --who")
    return Asked(
        modes=tuple(given.only or MODES),
        given_sizes=given.sizes,
        large=given.large,
        runs=given.runs,
        who=tuple(name for name in GENERATORS if name in (given.who or GENERATORS)),
        python=given.python,
        manifesto=str(Path(given.manifesto).absolute()) if given.manifesto else "",
        jobs=given.jobs,
        peers=given.peers.absolute(),
        write=given.write,
    )


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder in memory, gone afterwards: on a disk, writing takes longer than all else and never the same time."""
    there = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    if not there:
        print(f"there is no {_MEMORY}: the figures have the disk in them", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="benchmark-", dir=_MEMORY if there else None) as top:
        yield Path(top)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(map(_count, text.split(",")))


def _count(text: str) -> int:
    number = int(text.replace("_", ""))
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number
