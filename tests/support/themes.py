"""Themes made from texts, on top of the one that ships."""

from functools import cache
from pathlib import Path

from manifesto_cli.disk.trees import read_theme
from manifesto_cli.faults.diagnostic import Diagnostic
from manifesto_cli.rendering.study.findings import Findings, findings
from manifesto_cli.rendering.theme import Theme, ThemeFolder, ThemeLayer, read_layer

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = tuple(sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.yaml")))


@cache
def layer(name: str) -> ThemeLayer:
    """A theme's own layer, as it ships."""
    found = read_layer(read_theme(ROOT / "themes" / name, name, f"themes/{name}/")).value
    assert found
    return found


def shipped(name: str) -> Theme:
    """A theme that ships, whole."""
    layers = [layer(name)]
    while (header := layers[-1].header) and header.extends:
        layers.append(layer(header.extends))
    return Theme(name, tuple(layers))


def theme(files: dict[str, str], extends: str = "civic") -> Theme:
    """A theme of these files that builds on one that ships; templates have just their names."""
    named = {
        path if "/" in path or path == "theme.yaml" else f"templates/{path}": text
        for path, text in files.items()
    }
    header = {"theme.yaml": f"title: Tried\napi: 1\nextends: {extends}\n", **named}
    read = read_layer(ThemeFolder("tried", "", {path: text.encode() for path, text in header.items()}))
    assert read.value, read.faults
    return Theme("tried", (read.value, *shipped(extends).layers))


def study(files: dict[str, str], extends: str = "civic") -> Findings:
    """What reading such a theme shows."""
    return findings(theme(files, extends))


def said(faults: tuple[Diagnostic, ...]) -> list[tuple[str, str, int]]:
    """Code, what stands at the place, and the line of each fault."""
    return [
        (fault.code, span.text, span.source.position(span.start)[0])
        for fault in faults
        for span in [fault.label.span]
    ]
