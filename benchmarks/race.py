"""`manifesto` beside Hugo and Zola on the same content, in turn, so that a busy moment of the machine meets all of them alike.

Run it with `make bench`; for one figure, `python -m benchmarks.race --only cold --sizes 1000`. Machines differ: ratios are what to compare.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from benchmarks import contestants, measuring, same
from benchmarks.asking import Asked, asked_for, workplace
from benchmarks.content import Content, content
from benchmarks.contestants import EDITS, Command, Contestant
from benchmarks.installing import Generator, version_of
from benchmarks.machine import circumstances, load
from benchmarks.tables import tables, written
from benchmarks.targets import Figures, Name

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BARE = "python -c ''"
START_RUNS = 15


class Race(Struct, frozen=True):
    """What was measured so far; it grows."""

    asked: Asked
    generators: Mapping[str, Generator]
    """Those that take part, by name."""
    figures: dict[Name, Figures]

    def add(
        self, name: Name, *, wall: float | None = None, cpu: float | None = None, peak: float | None = None
    ) -> None:
        """Note what a run took, and say it to whoever waits."""
        known = self.figures.get(name, Figures())
        found = {"wall": wall, "cpu": cpu, "peak": peak}
        more = {key: (*getattr(known, key), value) for key, value in found.items() if value is not None}
        self.figures[name] = replace(known, **more)
        what, ideas, who = name
        said = f"{wall:.3f} s, {cpu:.3f} s of CPU" if peak is None else f"{peak / 1e6:.0f} MB"
        print(f"{what}, {ideas:,} ideas, {who}: {said}", file=sys.stderr)


def main() -> None:
    """Measure what the command line asks for; print the tables, or write them into the page."""
    asked, before = asked_for(sys.argv[1:]), load()
    race = Race(asked, asked.generators(), {})
    with workplace() as top:
        for each in _in_turn(race, top, content(10)):
            each.cold()  # so that what is kept of the programs themselves is there
        for ideas in asked.sizes("same"):
            _same(race, top / f"same-{ideas}", content(ideas))
        for ideas in asked.all_sizes():
            _size(race, top / str(ideas), ideas)
        if "start" in asked.modes:
            _start(race, top)
    others = {
        name.capitalize(): each.version for name, each in race.generators.items() if name != "manifesto"
    }
    found = f"{circumstances(others, before, _python(asked))}\n\n{tables(race.figures)}"
    print(found)
    if asked.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


def _python(asked: Asked) -> str:
    """The version of the Python that was measured, and whether it is the system's own."""
    version = ".".join(map(str, version_of(asked.python)))
    return version if asked.python == sys.executable else f"{version} of the system"


def _size(race: Race, top: Path, ideas: int) -> None:
    """Everything that is measured with so many ideas."""
    top.mkdir()
    everything = content(ideas)
    cold = _in_turn(race, top, everything) if ideas in race.asked.sizes("cold") else []
    ours = next((each for each in cold if each.name == "manifesto"), None)
    if ours:
        cold.insert(1, contestants.compiled(ours))
    if ideas in race.asked.sizes("civic"):
        known = {each.name for each in cold}
        cold += [each for each in _in_turn(race, top, everything, civic=True) if each.name not in known]
    for _ in range(race.asked.runs_of(ideas)):
        for each in cold:
            taken = each.cold()
            race.add(("cold", ideas, each.name), wall=taken.wall, cpu=taken.cpu)
    if ideas in race.asked.sizes("memory"):
        for _ in range(min(race.asked.runs_of(ideas), 2)):
            for each in _in_turn(race, top, everything):
                race.add(("memory", ideas, each.name), peak=each.memory())
    if ideas in race.asked.sizes("rebuild"):
        _rebuild(race, _in_turn(race, top, everything), ideas)
    contestants.remove(top)


def _in_turn(race: Race, top: Path, everything: Content, *, civic: bool = False) -> list[Contestant]:
    """Who takes part, in turn; with `civic` what our theme of that name is held against."""
    found = []
    for generator, it in race.generators.items():
        command = (*it.program, *it.build)
        if generator == "manifesto":
            found.append(contestants.manifesto(top, everything, command, "civic" if civic else "bench"))
        elif generator == "hugo":
            found.append(contestants.hugo(top, everything, command))
        elif not civic:
            found.append(contestants.zola(top, everything, command))
    return found


def _same(race: Race, top: Path, everything: Content) -> None:
    """See that all sites say the same, built anew and again after each edit. Where they do not, nothing is worth measuring."""
    top.mkdir()
    turn = _in_turn(race, top, everything)
    for number, what in enumerate(("anew", *EDITS)):
        sites = {}
        for each in turn:
            if number:
                each.edit(what, number)
                each.rebuilt()
            else:
                each.cold()
            sites[each.name] = same.pages(each.output)
        found = [*same.differences(sites, everything)]
        if found:
            raise SystemExit("\n".join([f"the sites do not say the same ({what}):", *found[:20]]))
        for name, pages in sites.items():
            besides = ", ".join(sorted(set(pages) - set(same.wanted(everything)))) or "nothing"
            print(
                f"{what}, {name}: {everything.pages} pages say the same; besides: {besides}", file=sys.stderr
            )


def _rebuild(race: Race, turn: list[Contestant], ideas: int) -> None:
    """Every edit in every round, so that no two builds are of the same. The others build everything again whatever has changed."""
    for each in turn:
        each.cold()
    for number in range(1, race.asked.runs_of(ideas) + 1):
        for what in EDITS:
            for each in turn:
                each.edit(what, number)
                taken = each.rebuilt()
                race.add((what, ideas, each.name), wall=taken.wall, cpu=taken.cpu)


def _start(race: Race, top: Path) -> None:
    """What it takes to say next to nothing."""
    folder = top / "start"
    folder.mkdir()
    commands: dict[str, Command] = {BARE: (race.asked.python, "-c", "")}
    for name, it in race.generators.items():
        for word in ("--version", "--help") if name == "manifesto" else (it.ask,):
            commands[f"{name} {word}"] = (*it.program, word)
    for _ in range(race.asked.runs or START_RUNS):
        for name, command in commands.items():
            taken = measuring.timed(command, folder, contestants.environment(top / "cache"))
            race.add(("start", 0, name), wall=taken.wall, cpu=taken.cpu)


if __name__ == "__main__":
    main()
