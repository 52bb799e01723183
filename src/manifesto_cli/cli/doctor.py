"""What is there and what is missing: the calls behind `doctor`, and how it is shown. It looks, and changes nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from manifesto_cli.cli.clock import today
from manifesto_cli.cli.console import Paint, count_line, plain
from manifesto_cli.cli.findings import Finding, Level, has_problem, without_home
from manifesto_cli.cli.installation import installation
from manifesto_cli.cli.shown import safe_json, visible
from manifesto_cli.cli.terminal import Terminal
from manifesto_cli.faults.diagnostic import has_errors
from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.faults.nearest import nearest
from manifesto_cli.settings import Settings
from manifesto_cli.telling import count

VARIABLES = (
    "MANIFESTO_BASE_URL",
    "MANIFESTO_CACHE",
    "MANIFESTO_JOBS",
    "MANIFESTO_OUTPUT",
    "MANIFESTO_PORT",
    "MANIFESTO_PROJECT",
    "MANIFESTO_STRICT",
    "SOURCE_DATE_EPOCH",
    "NO_COLOR",
    "FORCE_COLOR",
    "CI",
    "WT_SESSION",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "GIT_DIR",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
)
"""What the tool heeds of the environment, as far as it could explain that somebody sees something else than others do."""
_SECTIONS = {
    "manifesto": "The tool",
    "installed": "What it is made of",
    "shipped": "What comes with it",
    "optional": "What can be added",
    "cache": "What it keeps",
    "terminal": "This terminal",
    "environment": "Set in the environment",
    "here": "Here",
}
_STYLES = {Level.ok: "dim", Level.note: "blue", Level.problem: "red"}


def examine(start: Path, terminal: Terminal) -> list[Finding]:
    """Everything that was looked at, in order. Where a library is missing, nothing that needs it is tried."""
    found = installation()
    if not has_problem(found):
        found += [
            *shipped_findings(),
            *optional_findings(),
            cache_finding(),
            *terminal_findings(terminal),
            *environment_findings(),
            *here_findings(start),
        ]
    return without_home(found)


def shipped_findings() -> Iterator[Finding]:
    """Where the libraries and themes are that come with the tool."""
    from manifesto_cli.disk.shipped import shipped, shipped_names  # noqa: PLC0415 - a library may be missing

    for subject, kind, marker in (("libraries", "ideas", "library.yaml"), ("themes", "themes", "theme.yaml")):
        names, folder = shipped_names(kind, marker), shipped(kind)
        if names:
            yield Finding("shipped", subject, Level.ok, f"{', '.join(names)} in {folder}")
        else:
            yield Finding(
                "shipped", subject, Level.problem, f"none in {folder}", "install manifesto-cli anew"
            )


def optional_findings() -> Iterator[Finding]:
    """What makes work easier and is not needed."""
    git = _version_of("git")
    yield (
        Finding(
            "optional",
            "git",
            Level.ok,
            f"{git.removeprefix('git version ')}: keeps every version of a manifesto, and publishes it",
        )
        if git
        else Finding(
            "optional",
            "git",
            Level.note,
            "not found: it would keep every version of a manifesto, and `manifesto publish` needs it",
            "install it from https://git-scm.com",
        )
    )
    yield pictures_finding()
    server = shutil.which("yaml-language-server")
    yield (
        Finding("optional", "editors", Level.ok, f"yaml-language-server, {server}")
        if server
        else Finding(
            "optional",
            "editors",
            Level.ok,
            "no yaml-language-server on the PATH; VS Code and others bring their own",
        )
    )


def pictures_finding() -> Finding:
    """Whether smaller copies of pictures can be made for phones."""
    from manifesto_cli.disk.pictures import formats  # noqa: PLC0415 - as above
    from manifesto_cli.rendering.pictures import COPIED  # noqa: PLC0415

    able = formats()
    missing = [form for form in COPIED if form not in able]
    if not missing:
        return Finding(
            "optional", "pictures", Level.ok, "Pillow: makes smaller copies of pictures for phones"
        )
    return Finding(
        "optional",
        "pictures",
        Level.note,
        f"Pillow cannot make {' or '.join(missing)}: such pictures are published at their own size"
        if able
        else "no Pillow: pictures are published at their own size, without smaller copies for phones",
        "install it with `pip install 'manifesto-cli[pictures]'`",
    )


def cache_finding() -> Finding:
    """Where compiled templates and smaller pictures are kept, and whether they can be."""
    from manifesto_cli.disk.template_cache import template_cache  # noqa: PLC0415 - as above

    cache = template_cache()
    if cache is None:
        text = "none is wanted, since `MANIFESTO_CACHE` is empty: builds take a little longer"
        return Finding("cache", "templates", Level.ok, text)
    standing = next(folder for folder in (cache.folder, *cache.folder.parents) if folder.exists())
    if standing.is_dir() and os.access(standing, os.W_OK | os.X_OK):
        return Finding("cache", "templates", Level.ok, f"{cache.folder}")
    return Finding(
        "cache",
        "templates",
        Level.note,
        f"{cache.folder} cannot be written: builds take a little longer",
        "set `MANIFESTO_CACHE` to a folder of your own",
    )


def terminal_findings(terminal: Terminal) -> Iterator[Finding]:
    """What can be shown where this is read."""
    if not sys.stdout.isatty():
        colour = "this is not shown on a terminal, so there is no colour unless asked for"
    elif terminal.paint(sys.stdout) is plain:
        colour = "a terminal, without colour"
    else:
        colour = f"a terminal with colour, {shutil.get_terminal_size().columns} columns wide"
    yield Finding("terminal", "colour", Level.ok, colour)
    encoding = (sys.stdout.encoding or "none").lower()
    if encoding.replace("-", "").replace("_", "") == "utf8":
        yield Finding("terminal", "letters", Level.ok, "UTF-8: every letter can be shown")
    else:
        text = f"{encoding}: a letter that is not in it is shown as `?`"
        yield Finding("terminal", "letters", Level.note, text, "set `PYTHONUTF8=1` in the environment")


def environment_findings() -> Iterator[Finding]:
    """Each variable that is set and that the tool heeds, or that looks as if it should."""
    for name, value in sorted(os.environ.items()):
        if name in VARIABLES:
            yield _variable(name, value)
        elif name.startswith("MANIFESTO_"):
            # Its value may be anybody's secret, and is not shown.
            meant = nearest(name, VARIABLES)
            help = f"did you mean `{meant}`?" if meant else "unset it, or read docs/environment.md"
            yield Finding("environment", name, Level.note, "is no variable of this tool", help)


def here_findings(start: Path) -> Iterator[Finding]:
    """The project or library that a command would work in, and whether it could be built."""
    from manifesto_cli import pipeline  # noqa: PLC0415 - as above
    from manifesto_cli.disk.projects import nearest_project  # noqa: PLC0415
    from manifesto_cli.model.layout import MANIFESTO  # noqa: PLC0415
    from manifesto_cli.outputs import OUTPUTS  # noqa: PLC0415

    try:
        root = nearest_project(start, library=True)
        if root is None:
            text = f"no manifesto or library in {start.absolute()} or above it"
            yield Finding(
                "here",
                "project",
                Level.note,
                text,
                "go to the folder of one, type `-C FOLDER`, or start one with `manifesto init`",
            )
            return
        kind = "manifesto" if (root / MANIFESTO).exists() else "library"
        yield Finding("here", kind, Level.ok, str(root))
        if kind == "manifesto":
            yield from _listed(root)
        faults = pipeline.check(root, OUTPUTS[0], Settings(today()))
    except ManifestoError as fault:
        yield Finding("here", "project", Level.problem, fault.headline, fault.help)
        return
    said = count_line(faults, plain)
    if has_errors(faults):
        yield Finding("here", "check", Level.note, f"{said}: it does not build", "type `manifesto check`")
    else:
        yield Finding("here", "check", Level.ok, f"{said}: it builds" if kind == "manifesto" else said)


def as_text(findings: list[Finding], paint: Paint) -> str:
    """The findings under headings, as a person reads them, and a line that counts what is to be done."""
    lines: list[str] = []
    width = max(len(finding.subject) for finding in findings)
    for section, heading in _SECTIONS.items():
        there = [finding for finding in findings if finding.section == section]
        if there:
            lines.append(paint(heading, "bold"))
        for finding in there:
            level = paint(f"{finding.level:7}", _STYLES[finding.level])
            lines.append(f"  {level}  {visible(finding.subject):{width}}  {visible(finding.text)}")
            if finding.help:
                lines.append(f"{' ' * (width + 13)}= {paint('help', 'bold')}: {visible(finding.help)}")
    return "\n".join(lines)


def as_json(findings: list[Finding]) -> str:
    """The findings as JSON: a list of objects whose shape is a promise (docs/json.md)."""
    shown = ({**finding._asdict(), "help": finding.help or None} for finding in findings)
    return safe_json(json.dumps([*shown], ensure_ascii=False, indent=2))


def counted(findings: list[Finding]) -> str:
    """How it looks altogether, in a line."""
    problems = sum(finding.level is Level.problem for finding in findings)
    notes = sum(finding.level is Level.note for finding in findings)
    said = [count(problems, "problem") if problems else "nothing that is needed is missing"]
    return ", ".join([*said, count(notes, "note")] if notes else said)


def _listed(root: Path) -> Iterator[Finding]:
    """Each library that the manifesto lists, and the theme it asks for: whether it is where it is said to be."""
    from manifesto_cli.disk.projects import library_folder, theme_folders  # noqa: PLC0415 - as above
    from manifesto_cli.loading import load  # noqa: PLC0415
    from manifesto_cli.model.layout import HEADER  # noqa: PLC0415
    from manifesto_cli.model.manifesto import LibraryByPath  # noqa: PLC0415

    project = load(root).value
    if project is None or project.manifesto is None:
        return
    for listed in project.manifesto.libraries:
        name = listed.path if isinstance(listed, LibraryByPath) else listed
        folder = library_folder(root, listed)
        if (folder / HEADER).is_file():
            yield Finding("here", "library", Level.ok, f"{name} in {os.path.realpath(folder)}")
        else:
            text = f"{name} is not there: no {HEADER} in {os.path.realpath(folder)}"
            yield Finding("here", "library", Level.problem, text, "type `manifesto check`")
    theme = project.manifesto.site.theme
    folders = [str(folder) for _, folder in theme_folders(root, theme)]
    if folders:
        yield Finding("here", "theme", Level.ok, f"{theme} in {' over '.join(folders)}")
    else:
        yield Finding("here", "theme", Level.problem, f"{theme} is not there", "type `manifesto check`")


def _variable(name: str, value: str) -> Finding:
    if name == "SOURCE_DATE_EPOCH":
        try:
            day = today()
        except ManifestoError as fault:
            return Finding("environment", name, Level.problem, fault.headline, fault.help)
        return Finding("environment", name, Level.ok, f"{value}: today is {day}")
    if name == "MANIFESTO_BASE_URL":
        # An address may have a password or a token in it.
        address = value.partition("?")[0].partition("#")[0]
        scheme, _, rest = address.rpartition("://")
        host, slash, path = rest.partition("/")
        value = f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
    return Finding("environment", name, Level.ok, value or "empty")


def _version_of(program: str) -> str:
    """What a program says when it is asked for its version; empty where there is none."""
    path = shutil.which(program)
    if not path:
        return ""
    try:
        asked = subprocess.run(  # noqa: S603 - a fixed name, found on the reader's own path
            [path, "--version"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return ""
    return asked.stdout.partition("\n")[0].strip()
