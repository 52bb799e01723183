"""The page of all faults: every code with its severity, its manual page and a case that shows it, by family."""

import re
from collections.abc import Iterable, Iterator, Mapping
from inspect import getdoc
from pathlib import Path

from msgspec import Struct

from manifesto_cli.checks.manual import FAMILIES, ManualPage, manual
from tools.markdown import anchor, code, headings, page, parse

_CODE = re.compile(r"\[([a-z0-9]+(?:-[a-z0-9]+)*)\]: ")

_READING = """\
Everything that `manifesto check` and `manifesto build` can find wrong, as `manifesto explain CODE` prints it.

- An **error** stops a build.
- A **warning** stops only a strict one (`--strict`).
- A **note** stops nothing.

Warnings and notes that you have decided to live with go under `allow:` in `manifesto.yaml` or `library.yaml`, or into a comment `# allow: code` at the end of a line."""


class Shown(Struct, frozen=True):
    """A case that shows a fault."""

    path: str
    anchor: str
    page: str
    title: str


def checks_page(root: Path) -> str:
    """The page, from the code and the cases of the checkout at `root`."""
    known = manual()
    cases = find_cases(sorted((root / "tests" / "cases").glob("*.md")), root)
    index = "\n".join(
        f"- [{code(name)}](#{name}) ({_severity(fault)}): {_first(fault.text)}"
        for name, fault in known.items()
    )
    families: list[str] = []
    sections: list[str] = []
    for family in FAMILIES:
        name = family.__name__.rpartition(".")[2]
        title, about = name.replace("_", " ").capitalize(), _first(getdoc(family) or "")
        families.append(f"- [{title}](#{anchor(title)}): {about}")
        sections += [f"## {title}", about]
        for fault in known.values():
            if fault.family == name:
                sections += _fault(fault, cases.get(fault.code))
    return page("Faults", _READING, "## By code", index, "## By family", "\n".join(families), *sections)


def find_cases(files: Iterable[Path], root: Path) -> Mapping[str, Shown]:
    """For each code the case that shows it best: the one with the fewest other codes beside it."""
    found: dict[str, tuple[int, Shown]] = {}
    for file in files:
        for shown, codes in _cases(file, root):
            for name in codes:
                if name not in found or len(codes) < found[name][0]:
                    found[name] = len(codes), shown
    return {name: shown for name, (_, shown) in found.items()}


def _fault(fault: ManualPage, shown: Shown | None) -> Iterator[str]:
    yield f"### {fault.code}"
    example = f" Shown in [{shown.page}: {shown.title}](../../{shown.path}#{shown.anchor})." if shown else ""
    yield f"*{_severity(fault).capitalize()}.*{example}"
    yield fault.text


def _severity(fault: ManualPage) -> str:
    return fault.severity.name.lower()


def _first(text: str) -> str:
    return " ".join(text.split("\n\n", 1)[0].split())


def _cases(file: Path, root: Path) -> Iterator[tuple[Shown, frozenset[str]]]:
    tokens = parse(file.read_text(encoding="utf-8"))
    found = list(headings(tokens))
    path = file.relative_to(root).as_posix()
    for (at, title, name), (end, _, _) in zip(found, [*found[1:], (len(tokens), "", "")], strict=True):
        printed = "".join(
            token.content for token in tokens[at:end] if token.type == "fence" and token.info == "console"
        )
        yield Shown(path, name, found[0][1], title), frozenset(_CODE.findall(printed))
