"""Editions as they are published, for validators and browsers: the examples, one full of hostile texts, and one in a script from right to left."""

import json
import shutil
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from manifesto_cli.cli import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/manifesto.yaml"))
_WORDS = frozenset(
    [
        "address",
        "alt",
        "area",
        "because",
        "costs",
        "credit",
        "definition",
        "funded_by",
        "label",
        "licence",
        "locator",
        "metric",
        "name",
        "note",
        "notice",
        "organisation",
        "outcome_validation_method",
        "paid",
        "partners",
        "party",
        "period",
        "pledge",
        "publisher",
        "qualifier",
        "region",
        "summary",
        "tagline",
        "target_population",
        "text",
        "then",
        "title",
        "unit",
    ]
)
_PROSE = frozenset({"about", "body", "foreword", "if_it_fails"})

HOSTILE_WORDS = (
    " <b>\"&amp;' -->]]> {{ x }} {% y %} *a* _b_ `c` [d](e) | ~ # + \\ café 字 🎉 "
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenantragsformular"
)
_HOSTILE_PROSE = """

## "Quotes" & *\\<angles>*

### ***

A `<script>alert("&amp;")</script>` and a [link](https://example.org/ä?a=b&c=%zz|{}^[]&copy=1 "it's a \\"title\\" <b>"),
<https://example.org/Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenantragsformular/Donaudampfschifffahrtsgesellschaft>,
[mail](mailto:o'brien+x@example.org?subject=a%20b), a \\<b\\> and a &lt;b&gt; and ~~gone~~.

| Left | Right | ((force)) | A fourth column with many words in it |
|:---|---:|:-:|---|
| Donaudampfschifffahrtsgesellschaftskapitän | `<td>` | | Donaudampfschifffahrtsgesellschaftskapitän |

3. three
   - nested
     > quoted

     ```html
     <b title="Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenantragsformular">bold</b>
     ```
4. four

![A \\<square> & "nothing" else](media/square.png)

## "Quotes" & *\\<angles>*

***
"""
_RIGHT_TO_LEFT_PROSE = """
## عنوان فرعي

فقرة عن الأمان و**الثقة** مع [رابط](https://example.org/مثال) و`code` ثم English words (2026).

| عمود | آخر |
|---|---:|
| نص | 12 |

1. أولا
2. ثانيا
"""


@dataclass(frozen=True)
class Published:
    """A project of some name, and where it has been published."""

    name: str
    project: Path
    site: Path
    booklet: Path

    def build(self, folder: Path, *arguments: str) -> Path:
        """Publish it once more, with other settings."""
        publish(self.project, folder, *arguments)
        return folder


def publish(project: Path, folder: Path, *arguments: str) -> None:
    """Build a project into a folder, which must go well."""
    assert main(["build", "-q", "-C", str(project), "-o", str(folder), *arguments]) == 0, project


def published(folder: Path) -> tuple[Published, ...]:
    """Every edition, with its website and its booklet, in a folder."""
    projects = {
        **{example.name: example for example in EXAMPLES},
        "hostile": _rewritten(folder / "projects" / "hostile", _hostile, {"title": "Hostile"}),
        "right-to-left": _rewritten(folder / "projects" / "rtl", _right_to_left, {"language": "ar"}),
    }
    made = []
    for name, project in projects.items():
        edition = Published(name, project, folder / "sites" / name, folder / "booklets" / name)
        publish(project, edition.site)
        publish(project, edition.booklet, "--format", "md")
        made.append(edition)
    return tuple(made)


def sparse(folder: Path) -> dict[str, Path]:
    """Projects that leave most of it out: one without a single pledge, and one with a priority of none, of one and of twenty."""
    head = """format: 1
title: A plan
candidate: {name: Robin}
office: {role: pcc}
imprint: {jurisdiction: none}
"""
    some = {"none": 0, "one": 1, "twenty": 20}
    projects = {"nothing": folder / "nothing", "uneven": folder / "uneven"}
    for project in projects.values():
        project.mkdir(parents=True)
        (project / "manifesto.yaml").write_text(head, encoding="utf-8")
    uneven = projects["uneven"]
    for place in ("priorities", "ideas"):
        (uneven / place).mkdir()
    listed = "".join(f"- {{priority: {name}, ideas: all}}\n" for name in some)
    (uneven / "manifesto.yaml").write_text(f"{head}priorities:\n{listed}", encoding="utf-8")
    for name, count in some.items():
        (uneven / "priorities" / f"{name}.yaml").write_text(f"title: Of {name}\n", encoding="utf-8")
        for i in range(count):
            idea = f"title: Idea {i + 1} of {name}\npriority: {name}\nsummary: I will do it.\n"
            (uneven / "ideas" / f"{name}-{i + 1}.yaml").write_text(idea, encoding="utf-8")
    return projects


def _hostile(text: str, *, prose: bool) -> str:
    return text + (_HOSTILE_PROSE if prose else HOSTILE_WORDS)


def _right_to_left(text: str, *, prose: bool) -> str:
    return _RIGHT_TO_LEFT_PROSE if prose else f"برنامج انتخابي ({len(text)}): مدينتنا – Town {text[:3]}"


def _rewritten(folder: Path, change: Callable[..., str], fields: dict[str, str]) -> Path:
    """The largest example and its library, with deals of which one has all that one can have; every text for readers changed, and with pictures."""
    shutil.copytree(ROOT / "examples" / "police-commissioner", folder)
    _add_deals(folder)
    shutil.copytree(ROOT / "ideas" / "police-and-crime", folder / "library")
    for place in (folder / "media", folder / "library" / "media"):
        place.mkdir()
        (place / "square.png").write_bytes(picture(1200, 800))
    for path in folder.rglob("*.yaml"):
        # The party of a candidate is a text; that of a deal is an id.
        texts = _WORDS | _PROSE if path.parent.name != "deals" else (_WORDS | _PROSE) - {"party"}
        content = _changed(_read(path), "", change, texts)
        if path.name == "manifesto.yaml":
            content = {**content, **fields, "libraries": [{"path": "library"}]}
            content["candidate"]["photo"] = {
                "file": "media/square.png",
                "alt": change("Me", prose=False),
                "consent": "given",
            }
        elif path.parent.name == "case-studies":
            content["image"] = {
                "file": "media/square.png",
                "alt": change("It", prose=False),
                "consent": "given",
            }
        _write(path, content)
    return folder


def _add_deals(folder: Path) -> None:
    """Those of a sample, with the documents that they cite."""
    sample = ROOT / "samples" / "everything"
    (folder / "deals").mkdir()
    for deal in ("everything", "bare"):
        content = _read(sample / "deals" / f"{deal}.yaml")
        # What they rest on is not there.
        rest = {name: value for name, value in content.items() if name not in ("ideas", "case_studies")}
        _write(folder / "deals" / f"{deal}.yaml", rest)
    sources = {**_read(folder / "sources.yaml"), **_read(sample / "sources.yaml")}
    _write(folder / "sources.yaml", sources)
    manifesto = _read(folder / "manifesto.yaml")
    _write(folder / "manifesto.yaml", {**manifesto, "deals": ["everything", "bare"]})


def _read(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.BaseLoader) if path.exists() else {}  # noqa: S506 - it makes texts of everything, and nothing else


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _changed(content: Any, name: str, change: Callable[..., str], texts: frozenset[str]) -> Any:
    if isinstance(content, dict):
        return {key: _changed(value, key, change, texts) for key, value in content.items()}
    if isinstance(content, list):
        return [_changed(entry, name, change, texts) for entry in content]
    return change(content, prose=name in _PROSE) if name in texts else content


def picture(width: int, height: int) -> bytes:
    """A grey PNG (RFC 2083): 8 bits a pixel, one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    rows = b"".join(b"\0" + b"\x99" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        ]
    )
