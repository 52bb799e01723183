"""Reads the pages in `cases/`: files in fences, commands, and what must come of them.

A page is Markdown. Each `##` heading begins a case. A line that is only a path in backticks names the file in the
fence below it; files above the first case are there in every case of the page. A `console` fence holds commands after
`$ ` and all that they print; `[exit 1]` says how a command ended, unless all went well. A file that stands below a console
is written after that console has run, which is how a case shows what mends a fault. A picture stands there in words, such as `jpeg, 1600 × 900` (`support/pictures.py`). `$ cat FILE` and `$ ls FOLDER`
show what is on disk, `$ rm FILE` deletes a file, `$ cp FILE FILE` copies one, `$ mv FILE FILE` renames one. `$ git …` runs git; a remote such as `git@github.com:robin/plan.git`
is a repository in a folder that only the test knows (`support/ssh`).

A guide in `docs/` is one story from its first line to its last, whatever headings it has, see `story`. Two more things are
for guides: `$ cd FOLDER` goes somewhere, and stays there; and "In `FILE`, change", a fence, "to" and a fence change some
lines of a file. A line that is only `…` stands for any lines of what a command prints.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from support import pictures

_FENCE = re.compile(r"^(?P<marks>`{3,})(?P<kind>\w*)\n(?P<body>.*?)^(?P=marks)$", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"^`(?P<path>[^`\n]+)`\n\n\Z", re.MULTILINE)
_CHANGE = re.compile(
    r"^In `(?P<path>[^`\n]+)`, change[^\n]*\n\n```\w*\n(?P<old>.*?)^```\n\nto\n\n```\w*\n(?P<new>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_ANY = "…"
"""A line that stands for any lines of what is printed."""
HOME = "/home/robin/plan"
"""What the folder of a case is called in what it prints."""
_TIME = re.compile(r"\(\d+\.\d\d s\)")
_BUILD = re.compile(r"build [0-9a-f]{12}\b")
"""What tells one published site from another: each change of a theme makes it another."""


@dataclass(frozen=True)
class Change:
    """Lines of a file that become others."""

    path: str
    old: str
    new: str

    def make(self) -> None:
        """Change the file, in which the old lines stand once."""
        place = Path(self.path)
        text = place.read_bytes().decode()
        assert text.count(self.old) == 1, (
            f"{self.path} has these lines {text.count(self.old)} times: {self.old}"
        )
        place.write_bytes(text.replace(self.old, self.new).encode())


@dataclass(frozen=True)
class Console:
    """A console fence: its place in the page, and what is written and changed before it runs."""

    start: int
    end: int
    files: Mapping[str, str]
    changes: tuple[Change, ...] = ()


class Terminal(io.StringIO):
    """What a command takes for a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Case:
    """One case: the files it starts from, and what happens then. Titles are unique in a page."""

    page: Path
    title: str
    files: Mapping[str, str]
    consoles: tuple[Console, ...]


def cases(page: Path) -> Iterator[Case]:
    """The cases of a page, in order."""
    text = page.read_text(encoding="utf-8")
    starts = [match.start() for match in re.finditer(r"^## ", _without_fences(text), re.MULTILINE)]
    given, _ = _fences(text, 0, starts[0] if starts else len(text))
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        left, consoles = _fences(text, start, end)
        title = text[start + 3 : text.index("\n", start)]
        assert not (consoles and left), f"{page.name}, {title}: a file stands below the last console"
        yield Case(page, title, given, consoles)


def story(page: Path, end: int | None = None) -> Case:
    """A page, or its beginning, as one case: what stands below a heading begins where the one above it ended."""
    text = page.read_text(encoding="utf-8")
    left, consoles = _fences(text, 0, len(text) if end is None else end)
    assert end is not None or not left, f"{page.name}: a file stands below the last console"
    return Case(page, "", {}, consoles)


Run = Callable[[list[str]], tuple[str, int]]
"""The words after `manifesto` → what is printed, and how it ends."""


def play(case: Case, folder: Path, *, update: bool, run: Run | None = None) -> list[tuple[str, str]]:
    """Run a case in an empty folder: for each of its consoles, what the page says and what happened.

    With `update` the page is rewritten to say what happened. `run` is for commands that are not to be run here and for a machine.
    """
    _write(folder, case.files)
    text = case.page.read_text(encoding="utf-8")
    # Looked for anew, since updating one case moves those below it.
    consoles = (
        next(again.consoles for again in cases(case.page) if again.title == case.title)
        if case.title
        else case.consoles
    )
    results = []
    with contextlib.chdir(folder):
        for console in consoles:
            _write(Path.cwd(), console.files)
            for change in console.changes:
                change.make()
            expected = text[console.start : console.end]
            results.append((expected, _run(expected, folder, run or for_machines)))
    if update:
        for console, (_, actual) in reversed(list(zip(consoles, results, strict=True))):
            text = text[: console.start] + actual + text[console.end :]
        case.page.write_text(text, encoding="utf-8")
    return results


def for_machines(words: list[str], stream: io.StringIO | None = None) -> tuple[str, int]:
    """A command, run here, that prints into something that is no terminal."""
    stream = stream or io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        status = main(words)
    return stream.getvalue(), status


def for_people(words: list[str]) -> tuple[str, int]:
    """A command, run here, that prints on a terminal, to which nobody types."""
    return for_machines(words, Terminal())


def stages(case: Case, folder: Path) -> Iterator[None]:
    """Stops before each console of a case, in its folder, when the files are there that it runs on."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder, case.files)
    with contextlib.chdir(folder):
        for console in case.consoles:
            _write(folder, console.files)
            yield
            script = case.page.read_text(encoding="utf-8")[console.start : console.end]
            if any(
                script.startswith(f"$ {word} ") or f"\n$ {word} " in script for word in ("rm", "cp", "mv")
            ):
                _run(script, folder, for_machines)  # all others leave the files of the case as they are


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, body in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        picture = pictures.written(body)
        place.write_bytes(body.encode() if picture is None else picture)


def _run(script: str, folder: Path, run: Run) -> str:
    """The commands of a console with what they print now; as it is in the page where that says the same with less."""
    lines = script.splitlines()
    starts = [i for i, line in enumerate(lines) if line.startswith("$ ")]
    shown = []
    for start, end in pairwise([*starts, len(lines)]):
        output, status = _command(shlex.split(lines[start][2:]), run)
        printed = _BUILD.sub("build 0123456789ab", _TIME.sub("(0.00 s)", output)).replace(str(folder), HOME)
        # What switches colours is shown, so that a page stays text that anyone can read.
        happened = [text.rstrip().replace("\x1b", "␛") for text in printed.splitlines()]
        if status:
            happened.append(f"[exit {status}]")
        expected = lines[start + 1 : end]
        shown += [lines[start], *(expected if _says(expected, happened) else _shortened(happened, expected))]
    return "\n".join(shown) + "\n"


def _says(expected: list[str], happened: list[str]) -> bool:
    """Whether the lines are the same but for those that the page leaves out. An empty line may follow each command."""
    while expected and not expected[-1]:
        expected = expected[:-1]
    pattern = "".join(r"(?:.*\n)+" if line == _ANY else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in happened)) is not None


def _shortened(happened: list[str], expected: list[str]) -> list[str]:
    """What happened, without what the page left out before: the lines between the two that stand around a `…`."""
    around = [None, *expected, None]
    shown, at = list(happened), 0
    for before, line, after in zip(around, around[1:], around[2:], strict=False):
        if line == _ANY and (before is None or before in shown[at:]):
            start = 0 if before is None else shown.index(before, at) + 1
            if after is None or after in shown[start + 1 :]:
                end = len(shown) if after is None else shown.index(after, start + 1)
                shown[start:end] = [_ANY]
                at = start
    return shown


def _command(words: list[str], run: Run) -> tuple[str, int]:
    match words:
        case ["cat", name]:
            return Path(name).read_text(encoding="utf-8"), 0
        case ["ls", name]:
            found = (path.relative_to(name).as_posix() for path in Path(name).rglob("*") if path.is_file())
            return "\n".join(sorted(found)), 0
        case ["rm", name]:
            Path(name).unlink()
        case ["cp", name, other]:
            Path(other).write_bytes(Path(name).read_bytes())
        case ["mv", name, other]:
            Path(name).rename(other)
        case ["cd", name]:
            os.chdir(name)  # `play` goes back when the case ends
        case ["git", *rest]:
            done = subprocess.run(["git", *rest], capture_output=True, text=True, check=False)
            return done.stdout + (done.stderr if done.returncode else ""), done.returncode
        case ["manifesto", *rest]:
            return run(rest)
        case _:
            pytest.fail(
                f"a case can run `manifesto`, `git`, `cat`, `cd`, `ls`, `rm`, `cp` and `mv`, not `{words[0]}`"
            )
    return "", 0


def _fences(text: str, start: int, end: int) -> tuple[dict[str, str], tuple[Console, ...]]:
    """The consoles, each with the files above it; and the files that stand below the last of them."""
    files: dict[str, str] = {}
    consoles = []
    changes = [
        (match.start(), Change(match["path"], match["old"], match["new"]))
        for match in _CHANGE.finditer(text, start, end)
    ]
    for match in _FENCE.finditer(text, start, end):
        name = _NAME.search(text[start : match.start()])
        if match["kind"] == "console":
            due = tuple(change for at, change in changes if start <= at < match.start())
            consoles.append(Console(*match.span("body"), files, due))
            files = {}
            changes = changes[len(due) :]
        elif name:
            files[name["path"]] = match["body"]
    return files, tuple(consoles)


def _without_fences(text: str) -> str:
    """The text with everything in fences blanked, so that a heading in a file is no heading of the page."""
    return _FENCE.sub(lambda match: " " * len(match.group()), text)
