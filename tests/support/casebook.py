"""Reads the pages in `cases/`: files in fences, commands, and what must come of them.

A page is Markdown. Each `##` heading begins a case. A line that is only a path in backticks names the file in the
fence below it; files above the first case are there in every case of the page. A `console` fence holds commands after
`$ ` and all that they print; `[exit 1]` says how a command ended, unless all went well. A file that stands below a console
is written after that console has run, which is how a case shows what mends a fault. `$ cat FILE` and `$ ls FOLDER`
show what is on disk, `$ rm FILE` deletes a file, `$ cp FILE FILE` copies one, `$ mv FILE FILE` renames one.
"""

import contextlib
import io
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from manifesto_cli.cli import main

_FENCE = re.compile(r"^(?P<marks>`{3,})(?P<kind>\w*)\n(?P<body>.*?)^(?P=marks)$", re.DOTALL | re.MULTILINE)
_NAME = re.compile(r"^`(?P<path>[^`\n]+)`\n\n\Z", re.MULTILINE)
HOME = "/home/robin/plan"
"""What the folder of a case is called in what it prints."""
_TIME = re.compile(r"\(\d+\.\d\d s\)")


@dataclass(frozen=True)
class Console:
    """A console fence: its place in the page, and the files that are written before it runs."""

    start: int
    end: int
    files: Mapping[str, str]


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


def play(case: Case, folder: Path, *, update: bool) -> list[tuple[str, str]]:
    """Run a case in an empty folder: for each of its consoles, what the page says and what happened.

    With `update` the page is rewritten to say what happened.
    """
    _write(folder, case.files)
    text = case.page.read_text(encoding="utf-8")
    # Looked for anew, since updating one case moves those below it.
    consoles = next(again.consoles for again in cases(case.page) if again.title == case.title)
    results = []
    with contextlib.chdir(folder):
        for console in consoles:
            _write(folder, console.files)
            expected = text[console.start : console.end]
            results.append((expected, _run(expected, folder)))
    if update:
        for console, (_, actual) in reversed(list(zip(consoles, results, strict=True))):
            text = text[: console.start] + actual + text[console.end :]
        case.page.write_text(text, encoding="utf-8")
    return results


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
                _run(script, folder)  # all others leave the files of the case as they are


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, body in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body.encode())


def _run(script: str, folder: Path) -> str:
    shown = []
    for line in script.splitlines():
        if not line.startswith("$ "):
            continue
        output, status = _command(shlex.split(line[2:]), folder)
        shown += [
            line,
            *(
                text.rstrip()
                for text in _TIME.sub("(0.00 s)", output).replace(str(folder), HOME).splitlines()
            ),
        ]
        if status:
            shown.append(f"[exit {status}]")
    # What switches colours is shown, so that a page stays text that anyone can read.
    return "\n".join(shown).replace("\x1b", "␛") + "\n"


def _command(words: list[str], folder: Path) -> tuple[str, int]:
    if words[0] == "cat":
        return (folder / words[1]).read_text(encoding="utf-8"), 0
    if words[0] == "ls":
        found = sorted(
            path.relative_to(folder / words[1]).as_posix()
            for path in (folder / words[1]).rglob("*")
            if path.is_file()
        )
        return "\n".join(found), 0
    if words[0] == "rm":
        (folder / words[1]).unlink()
        return "", 0
    if words[0] == "cp":
        (folder / words[2]).write_bytes((folder / words[1]).read_bytes())
        return "", 0
    if words[0] == "mv":
        (folder / words[1]).rename(folder / words[2])
        return "", 0
    assert words[0] == "manifesto", (
        f"a case can run `manifesto`, `cat`, `ls`, `rm`, `cp` and `mv`, not `{words[0]}`"
    )
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        status = main(words[1:])
    return stream.getvalue(), status


def _fences(text: str, start: int, end: int) -> tuple[dict[str, str], tuple[Console, ...]]:
    """The consoles, each with the files above it; and the files that stand below the last of them."""
    files: dict[str, str] = {}
    consoles = []
    for match in _FENCE.finditer(text, start, end):
        name = _NAME.search(text[start : match.start()])
        if match["kind"] == "console":
            consoles.append(Console(*match.span("body"), files))
            files = {}
        elif name:
            files[name["path"]] = match["body"]
    return files, tuple(consoles)


def _without_fences(text: str) -> str:
    """The text with everything in fences blanked, so that a heading in a file is no heading of the page."""
    return _FENCE.sub(lambda match: " " * len(match.group()), text)
