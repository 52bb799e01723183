"""The page of all faults: every code with its severity, its manual page and a case that shows it, by family."""

import ast
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from manifesto_cli.cli.pages import pages
from manifesto_cli.faults.diagnostic import Severity
from tools.markdown import anchor, code, headings, page, parse

_SEVERITIES = {severity.name.lower(): severity for severity in Severity}
_CODE = re.compile(r"\[([a-z0-9]+(?:-[a-z0-9]+)*)\]: ")

_READING = """\
Everything that `manifesto check` and `manifesto build` can find wrong, as `manifesto explain CODE` prints it. An **error** stops a build. A **warning** stops only a
strict one (`--strict`). A **note** stops nothing. Warnings and notes that you have decided to live with go under `allow:` in `manifesto.yaml` or `library.yaml`."""


class Maker(Struct, frozen=True):
    """The function that makes a fault: which family it belongs to, and how bad the fault is."""

    family: str
    about: str
    """The family in one sentence."""
    severities: tuple[Severity, ...]


class Shown(Struct, frozen=True):
    """A case that shows a fault."""

    path: str
    anchor: str
    page: str
    title: str


def checks_page(root: Path) -> str:
    """The page, from the code and the cases of the checkout at `root`."""
    texts = pages()
    makers = find_makers((root / "src" / "manifesto_cli").rglob("*.py"), texts)
    cases = find_cases(sorted((root / "tests" / "cases").glob("*.md")), root)
    families: dict[str, list[str]] = {}
    abouts: dict[str, dict[str, None]] = {}
    for name in texts:
        families.setdefault(makers[name].family, []).append(name)
        abouts.setdefault(makers[name].family, {})[makers[name].about] = None
    index = "\n".join(
        f"- [{code(name)}](#{name}) ({severity(makers[name])}): {_first(text)}"
        for name, text in texts.items()
    )
    sections: list[str] = []
    for family, names in sorted(families.items()):
        sections += [f"## {family.replace('_', ' ').capitalize()}", " ".join(abouts[family])]
        for name in names:
            sections += _fault(name, texts[name], makers[name], cases.get(name))
    listed = "\n".join(
        f"- [{family.replace('_', ' ').capitalize()}](#{anchor(family.replace('_', ' '))}): {' '.join(abouts[family])}"
        for family in sorted(families)
    )
    return page("Faults", _READING, "## By code", index, "## By family", listed, *sections)


def severity(maker: Maker) -> str:
    """How bad a fault is, in a word; in more where it depends."""
    return " or ".join(level.name.lower() for level in maker.severities)


def find_makers(modules: Iterable[Path], texts: Mapping[str, str]) -> Mapping[str, Maker]:
    """Who makes each fault: the function that is named after the code and has its manual page as docstring."""
    found: dict[str, Maker] = {}
    for module in sorted(modules):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        about = _first(ast.get_docstring(tree) or "")
        for function in tree.body:
            if not isinstance(function, ast.FunctionDef):
                continue
            name = function.name.replace("_", "-")
            if name in texts and inspect.cleandoc(ast.get_docstring(function) or "") == texts[name]:
                found[name] = Maker(module.stem, about, tuple(sorted(_severities(function), reverse=True)))
    return found


def find_cases(files: Iterable[Path], root: Path) -> Mapping[str, Shown]:
    """For each code the case that shows it best: the one with the fewest other codes beside it."""
    found: dict[str, tuple[int, Shown]] = {}
    for file in files:
        for shown, codes in _cases(file, root):
            for name in codes:
                if name not in found or len(codes) < found[name][0]:
                    found[name] = len(codes), shown
    return {name: shown for name, (_, shown) in found.items()}


def _fault(name: str, text: str, maker: Maker, shown: Shown | None) -> Iterator[str]:
    yield f"### {name}"
    example = f" Shown in [{shown.page}: {shown.title}](../../{shown.path}#{shown.anchor})." if shown else ""
    yield f"*{severity(maker).capitalize()}.*{example}"
    yield text


def _first(text: str) -> str:
    return " ".join(text.split("\n\n", 1)[0].split())


def _severities(function: ast.FunctionDef) -> set[Severity]:
    return {
        _SEVERITIES[call.func.id]
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _SEVERITIES
    }


def _cases(file: Path, root: Path) -> Iterator[tuple[Shown, frozenset[str]]]:
    tokens = parse(file.read_text(encoding="utf-8"))
    found = list(headings(tokens))
    path = file.relative_to(root).as_posix()
    for (at, title, name), (end, _, _) in zip(found, [*found[1:], (len(tokens), "", "")], strict=True):
        printed = "".join(
            token.content for token in tokens[at:end] if token.type == "fence" and token.info == "console"
        )
        yield Shown(path, name, found[0][1], title), frozenset(_CODE.findall(printed))
