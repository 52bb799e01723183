"""The files that people write, as far as the project holds any: what ships, and what stands in the pages of `cases/`."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.model.layout import SOURCES
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.library import Folder, read_library
from manifesto_cli.reading.schema import KINDS, Kind
from support import casebook

TESTS = Path(__file__).resolve().parent.parent


def kind_of(path: str) -> Kind | None:
    """The kind of a file by its place, in a project wherever that lies."""
    return next((kind for kind in KINDS if PurePosixPath(path).match(kind.pattern)), None)


def shipped() -> Iterator[tuple[str, str]]:
    """Path and text of every YAML file that comes with the tool."""
    top = TESTS.parent
    for path in sorted(
        [*top.glob("ideas/**/*.yaml"), *top.glob("examples/**/*.yaml"), *top.glob("themes/*/theme.yaml")]
    ):
        yield path.relative_to(top).as_posix(), path.read_bytes().decode()


def in_cases() -> Iterator[tuple[str, str]]:
    """Path and text of every file in the pages of `cases/` that has a kind, behind the name of its page and a number."""
    seen = set()
    for page in sorted((TESTS / "cases").glob("*.md")):
        for case in casebook.cases(page):
            for files in (case.files, *(console.files for console in case.consoles)):
                for path, text in files.items():
                    if kind_of(path) and (path, text) not in seen:
                        seen.add((path, text))
                        yield f"{page.stem}/{len(seen)}/{path}", text


def faults_of(path: str, text: str) -> Faults:
    """What we find wrong with a file when it is read alone."""
    kind = kind_of(path)
    assert kind, path
    if kind.many:
        return read_library(Folder("", {SOURCES: text.encode()}, {})).faults
    document = read_document(path, text.encode())
    if document.value is None or document.faults:
        return document.faults
    return decode(*document.value, kind.model, "this").faults


class YamlOld(yaml.CSafeLoader):
    """YAML 1.1, as an editor hands it to a schema: dates are texts, and so are all names."""


class YamlNew(YamlOld):
    """The same for YAML 1.2."""

    yaml_implicit_resolvers: dict[str, Any] = {}


YamlOld.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
YamlOld.add_constructor("tag:yaml.org,2002:value", lambda _, node: node.value)
YamlOld.add_constructor(
    "tag:yaml.org,2002:map",
    lambda loader, node: {key.value: loader.construct_object(value, deep=True) for key, value in node.value},
)
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.nan",
        "-+.0123456789",
    ),
):
    YamlNew.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))
YamlNew.add_constructor(
    "tag:yaml.org,2002:int", lambda _, node: int(node.value, 0 if node.value[1:2] in ("x", "o") else 10)
)
