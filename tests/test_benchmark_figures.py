"""What a race is asked for, what its figures say, and what becomes of them. No figure is measured here."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.asking import GENERATORS, LARGE, MODES, Asked, asked_for
from benchmarks.contestants import EDITS
from benchmarks.elf import weakened
from benchmarks.machine import circumstances
from benchmarks.race import PAGE
from benchmarks.tables import tables, written
from benchmarks.targets import TARGETS, Figures, Name, Target, ratio, verdict

ROOT = Path(__file__).resolve().parent.parent
FIGURES: dict[Name, Figures] = {
    ("cold", 10_000, "manifesto"): Figures((2.0, 9.0, 2.2), (4.0, 4.0, 4.0)),
    ("cold", 10_000, "manifesto, templates compiled"): Figures((1.1,), (2.0,)),
    ("cold", 10_000, "Zola"): Figures((2.0, 1.9, 2.1), (3.0, 3.0, 3.0)),
    ("cold", 10_000, "Hugo"): Figures((4.0,), (7.0,)),
    ("memory", 10_000, "manifesto"): Figures(peak=(90e6,)),
    ("memory", 10_000, "Zola"): Figures(peak=(450e6, 450e6)),
    ("one body", 10_000, "Zola"): Figures((2.5,), (3.0,)),
    ("one body", 10_000, "manifesto"): Figures((0.25,), (0.25,)),
    ("nothing", 10_000, "Zola"): Figures((2.5,), (3.0,)),
    ("nothing", 10_000, "manifesto"): Figures((0.5,), (0.5,)),
    ("start", 0, "python -c ''"): Figures((0.01,), (0.01,)),
    ("start", 0, "manifesto --version"): Figures((0.025,), (0.02,)),
}


def test_everything_is_measured_unless_somebody_asks_for_less() -> None:
    """Each mode has its sizes, and each size a number of runs that fits."""
    asked = asked_for([])
    assert (asked.modes, asked.who, asked.write) == (MODES, GENERATORS, False)
    assert asked.sizes("cold") == (40, 1_000, 10_000)
    assert asked.sizes("start") == ()
    assert asked.all_sizes() == (40, 1_000, 10_000)
    assert asked.runs_of(40) > asked.runs_of(1_000) > asked.runs_of(10_000) > asked.runs_of(LARGE) == 1


def test_one_figure_can_be_asked_for() -> None:
    """One mode, one size, one generator, one run."""
    words = "--only cold --sizes 1_000,40 --who manifesto --runs 1 --jobs 2 --manifesto /usr/bin/manifesto"
    asked = asked_for(words.split())
    assert (asked.all_sizes(), asked.sizes("rebuild"), asked.runs_of(40)) == ((40, 1_000), (), 1)
    assert asked.generators()["manifesto"].build == ("build", "--quiet", "--jobs", "2")
    assert [*asked.generators()] == ["manifesto"]
    assert asked.generators()["manifesto"].program == ("/usr/bin/manifesto",)


def test_the_largest_size_is_measured_on_request_only() -> None:
    """And only cold: it takes minutes."""
    asked = asked_for(["--large"])
    assert (asked.sizes("cold")[-1], asked.sizes("memory")[-1]) == (LARGE, LARGE)
    assert LARGE not in asked.sizes("rebuild")


@pytest.mark.parametrize(
    "words",
    ["--write --only cold", "--write --sizes 40", "--write --who hugo", "--sizes 0", "--runs -1", "--only x"],
)
def test_what_makes_no_sense_is_refused(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is written of a whole race only, and counts are counts."""
    with pytest.raises(SystemExit):
        asked_for(words.split())
    assert "error: " in capsys.readouterr().err


def test_every_mode_but_the_start_has_sizes() -> None:
    """A mode that has none would be left out in silence."""
    assert [mode for mode in MODES if not Asked().sizes(mode)] == ["start"]


def test_a_race_prints_its_tables() -> None:
    """Of what was asked for, once that is over; what is said meanwhile goes elsewhere."""
    words = [
        "--only",
        "same",
        "--only",
        "cold",
        "--only",
        "start",
        "--only",
        "rebuild",
        "--sizes",
        "3",
        "--runs",
        "1",
        "--who",
        "manifesto",
        "--manifesto",
        str(Path(sys.executable).with_name("manifesto")),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.race", *words],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    titles = [line for line in done.stdout.splitlines() if line.startswith("#")]
    assert titles == ["### Cold", "### Again, after a change", "### Start"]
    assert done.stdout.count("| 3 ideas, ") == 2 + len(EDITS)
    assert "anew, manifesto: " in done.stderr


def test_a_ratio_is_one_of_medians() -> None:
    """One run that met a busy moment changes nothing."""
    assert ratio(FIGURES, TARGETS[0].ours, TARGETS[0].theirs) == pytest.approx(1.1)
    assert ratio(FIGURES, ("cold", 40, "manifesto"), TARGETS[0].theirs) is None
    assert ratio(
        FIGURES, ("memory", 10_000, "manifesto"), ("memory", 10_000, "Zola"), "peak"
    ) == pytest.approx(0.2)


def test_the_targets_are_those_that_were_set() -> None:
    """Seven, and no aim is easier than what must be."""
    assert [(target.must, target.aim, target.below) for target in TARGETS] == [
        (1.2, 0.9, True),
        (0.85, 0.6, True),
        (1.7, 1.1, False),
        (0.30, 0.12, False),
        (0.15, 0.07, False),
        (0.6, 0.3, False),
        (4, 2, False),
    ]


@pytest.mark.parametrize(
    ("value", "below", "said"),
    [
        (0.9, False, "met, and the aim too"),
        (0.9, True, "met"),
        (0.89, True, "met, and the aim too"),
        (1.2, False, "met"),
        (1.5, False, "missed by 25%"),
    ],
)
def test_a_verdict_says_what_is_reached(value: float, *, below: bool, said: str) -> None:
    """Both limits belong to what they limit, unless the aim is to be below."""
    name = ("cold", 1, "x")
    assert verdict(Target("", name, name, must=1.2, aim=0.9, below=below), value) == said


def test_the_tables_say_of_each_target_whether_it_is_met() -> None:
    """With the ratio, and with the one for compiled templates where there is one; what was not measured says so."""
    said = tables(FIGURES).splitlines()
    assert "| 10,000 ideas, cold: wall time / Zola | 1.10 | 0.55 | ≤ 1.2 | < 0.9 | met |" in said
    assert (
        "| 10,000 ideas, cold: wall time / Hugo | 0.55 | 0.28 | ≤ 0.85 | < 0.6 | met, and the aim too |"
        in said
    )
    assert "| 40 ideas, cold: wall time / Hugo |  |  | ≤ 1.7 | ≤ 1.1 | not measured |" in said
    assert sum("| ≤ " in line for line in said) == len(TARGETS)
    assert (
        "| 10,000 ideas, nothing changed: wall time / Zola building all of it again | 0.20 |  | ≤ 0.15 | ≤ 0.07 | missed by 33% |"
        in said
    )


def test_the_tables_have_every_figure() -> None:
    """Cold builds with their memory, rebuilds beside the whole rebuilds of others, the start beside bare Python, and growth."""
    said = tables(FIGURES)
    assert "| 10,000 ideas, manifesto | 2.200 | 4.000 | 90 | 1.10 | 0.55 |" in said
    assert "| 10,000 ideas, one body: manifesto | 0.250 | 0.250 | 0.10 |  |" in said
    assert "| `manifesto --version` | 0.025 | 0.020 | 2.50 |" in said
    assert "| 10,000 ideas, Zola | 0.200 | 0.300 | 45.0 |" in said


def test_what_was_not_measured_has_no_table() -> None:
    """Whoever asks for one figure sees one table."""
    start = {name: found for name, found in FIGURES.items() if name[0] == "start"}
    assert [line for line in tables(start).splitlines() if line.startswith("#")] == ["### Start"]
    assert tables({}) == ""


def test_figures_are_written_between_their_marks_and_nowhere_else() -> None:
    """Twice the same is the same; a page without the place is left alone."""
    page = "Before.\n<!-- figures: written -->\nold\n<!-- end -->\nAfter.\n"
    once = written(page, "new \\1")
    assert once == "Before.\n<!-- figures: written -->\n\nnew \\1\n\n<!-- end -->\nAfter.\n"
    assert written(once, "new \\1") == once
    for wrong in ("nothing", page + page):
        with pytest.raises(ValueError, match="no place for figures"):
            written(wrong, "new")


def test_the_page_has_its_place() -> None:
    """The one that is published, with a row for each target."""
    page = PAGE.read_text(encoding="utf-8")
    assert written(page, "new") != page
    assert all(target.words in page for target in TARGETS)


def test_circumstances_name_no_machine() -> None:
    """When, how many cores, and which versions."""
    said = circumstances({"Hugo": "1.2.3"}, 0.1, "3.99.1")
    assert "Hugo 1.2.3" in said
    assert "cores" in said
    assert "busy" not in said
    assert "a load of 2.5" in circumstances({}, 2.5, "3.99.1")
    assert Path("/proc/sys/kernel/hostname").exists() is False or (
        Path("/proc/sys/kernel/hostname").read_text(encoding="utf-8").strip() not in said
    )


def elf(*versions: bytes) -> bytes:
    """As little of an ELF file as has needs of versions: one loaded part, at another address than in the file, and the dynamic section in it."""
    strings = b"\0libc.so.6\0" + b"\0".join(versions) + b"\0"
    headers, start = 64, 0x10000
    dynamic = headers + 2 * 56
    needs = dynamic + 4 * 16
    text = needs + 16 + 16 * len(versions)
    size = text + len(strings)
    at, entries = 11, b""
    for i, version in enumerate(versions):
        entries += struct.pack("<IHHII", 0, 0, i + 2, at, 16 if i + 1 < len(versions) else 0)
        at += len(version) + 1
    return b"".join(
        (
            b"\x7fELF\x02\x01\x01".ljust(16, b"\0"),
            struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, headers, 0, 0, 64, 56, 2, 0, 0, 0),
            struct.pack("<IIQQQQQQ", 1, 4, 0, start, start, size, size, 4096),
            struct.pack("<IIQQQQQQ", 2, 4, dynamic, start + dynamic, start + dynamic, 64, 64, 8),
            struct.pack("<QQ", 5, start + text),
            struct.pack("<QQ", 0x6FFFFFFE, start + needs),
            struct.pack("<QQ", 0x6FFFFFFF, 1),
            struct.pack("<QQ", 0, 0),
            struct.pack("<HHIII", 1, len(versions), 1, 16, 0),
            entries,
            strings,
        )
    )


def test_only_needs_of_newer_versions_become_weak() -> None:
    """One bit for each, and a second time changes nothing."""
    program = elf(b"GLIBC_2.2.5", b"GLIBC_2.36", b"GLIBC_2.39", b"GLIBC_PRIVATE")
    changed = weakened(program, (2, 36))
    differ = [i for i in range(len(program)) if program[i] != changed[i]]
    flags = 64 + 2 * 56 + 64 + 16 + 2 * 16 + 4
    assert differ == [flags]
    assert changed[flags] == 2
    assert weakened(changed, (2, 36)) == changed
    assert weakened(program, (2, 39)) == program


@pytest.mark.parametrize("program", [b"", b"#!/bin/sh\n", b"\x7fELF\x01\x01" + bytes(60)])
def test_what_is_no_such_file_is_left_alone(program: bytes) -> None:
    """A script, and a program for other machines."""
    with pytest.raises(ValueError, match="no 64-bit ELF file"):
        weakened(program, (2, 36))
