"""Small projects that somebody could send to do harm, builds of them within limits, and a close look at what they made."""

import atexit
import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from manifesto_cli.cli import main

Files = Mapping[str, str | bytes]

MANIFESTO = """\
format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc, area: Exampleshire}
imprint: {jurisdiction: uk, promoter: {name: Pat Promoter, address: 1 High Street}, on_behalf_of: [{name: Robin Example, address: 1 High Street}]}
site: {url: "https://example.org/", theme: plain}
priorities:
  - priority: democracy
    ideas: [assembly]
"""
IDEA = "title: An assembly\npriority: democracy\nsummary: Drawn by lot.\n"
PAGE = """\
<!doctype html>
<html lang="{{ site.language }}" dir="{{ site.direction }}">
<head><link rel="stylesheet" href="{{ site.style }}"><title>{{ page.title }}</title><meta name="description" content="{{ page.description }}"></head>
<body>
<h1 title="{{ page.title }}">{{ page.title }}</h1>
{% if page.statement is defined %}<p>{{ page.statement }}</p>{% endif %}
{% if page.foreword is defined and page.foreword %}{{ page.foreword }}{% endif %}
{% if page.body is defined and page.body %}{{ page.body }}{% endif %}
{% for link in site.links %}<a href="{{ link.href }}">{{ link.text }}</a>{% endfor %}
<p><a href="{{ site.home }}">{{ site.title }}</a> {{ site.imprint }}</p>
</body></html>
"""
BOOKLET = """\
# {{ page.home.title }}
{% if page.home.foreword %}

{{ page.home.foreword }}
{% endif %}
{% for chapter in page.chapters %}
{% for pledge in chapter.pledges %}

## {{ pledge.title }}

{{ pledge.statement }}

{{ pledge.body or "" }}
{% endfor %}
{% endfor %}

{{ site.imprint }}
"""
_PAGES = (
    *("home", "priority", "pledge", "case-study", "about", "whole", "accessibility", "privacy"),
    *("imprint", "not-found"),
)
# Whatever decodes it sees nothing; but its parts are those of a picture of 400 × 300 points. This module runs alone, so it makes none.
_JPEG = bytes.fromhex("ffd8ffc0000b08012c019001011100ffda0008010100003f0000ffd9")
PROJECT: Files = {
    "manifesto.yaml": MANIFESTO,
    "priorities/democracy.yaml": "title: Democracy\n",
    "ideas/assembly.yaml": IDEA,
    "media/hall.jpg": _JPEG,
    "themes/plain/theme.yaml": 'title: Plain\napi: "1"\n',
    "themes/plain/templates/booklet.md": BOOKLET,
    "themes/plain/templates/page.html": PAGE,
    **{f"themes/plain/templates/{name}.html": '{% extends "page.html" %}' for name in _PAGES},
}
"""A project with a theme of its own, in which nothing is wrong. Every hostile input is a change to it."""


def idea(body: str = "", fields: str = "") -> Files:
    """The project's idea with a Markdown text, and with other fields as YAML."""
    block = "".join(f"  {line}\n" for line in body.split("\n"))
    return {"ideas/assembly.yaml": f"{IDEA}{fields}body: |\n{block}" if body else IDEA + fields}


def manifesto(fields: str = "", **replaced: str) -> Files:
    """The project's manifesto with fields added, or whole lines replaced by the name that they start with."""
    text = MANIFESTO
    for name, line in replaced.items():
        text = re.sub(rf"(?m)^{name}: .*$", lambda _, line=line: line, text)  # type: ignore[misc]
    return {"manifesto.yaml": text + fields}


def home(template: str) -> Files:
    """The theme with another template for the first page."""
    return {"themes/plain/templates/home.html": template}


def body(markup: str) -> Files:
    """The theme with something put at the start of the first page's body."""
    return home(PAGE.replace("<body>\n", "<body>\n" + markup + "\n"))


def lay(folder: Path, files: Files) -> Path:
    """A folder that holds the project with some files changed."""
    for name, content in {**PROJECT, **files}.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@dataclass(frozen=True)
class Built:
    """How a command ended and what it said."""

    status: int
    said: str

    @property
    def codes(self) -> set[str]:
        """The codes of all faults that it named."""
        return set(re.findall(r"^(?:error|warning|note)\[([a-z0-9-]+)\]", self.said, re.MULTILINE))

    @property
    def errors(self) -> set[str]:
        """The codes of the faults for which it stopped."""
        return set(re.findall(r"^error\[([a-z0-9-]+)\]", self.said, re.MULTILINE))


def build(folder: Path, *arguments: str) -> Built:
    """Build the project. What is not caught by the command fails the test, which is how a traceback shows."""
    said = io.StringIO()
    kept = os.environ.get("MANIFESTO_CACHE")
    os.environ["MANIFESTO_CACHE"] = _compiled()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), contextlib.chdir(folder):
            status = main(["build", *arguments])
    finally:
        del os.environ["MANIFESTO_CACHE"]
        if kept is not None:
            os.environ["MANIFESTO_CACHE"] = kept
    return Built(int(status), said.getvalue())


@cache
def _compiled() -> str:
    """A folder for compiled templates, so that those which no test changes are compiled once."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    return folder.name


SECONDS = 20
MEMORY = 600_000_000


def bounded(folder: Path, *arguments: str) -> Built:
    """Build the project in a process of its own that may take some seconds and some memory, and is stopped beyond that."""
    starter = _starter()
    assert starter.stdin
    assert starter.stdout
    starter.stdin.write(json.dumps([str(folder), *arguments]) + "\n")
    starter.stdin.flush()
    signalled, status, said = json.loads(starter.stdout.readline())
    assert not signalled, f"stopped by signal {signalled}: too slow, or it crashed"
    assert status != _NOT_CAUGHT, said
    return Built(status, said)


_NOT_CAUGHT = 70


@cache
def _starter() -> "subprocess.Popen[str]":
    """A small process that starts all others: a copy of the one that runs the tests would take longer to make than to use."""
    starter = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(starter.communicate)
    return starter


def _serve() -> None:
    with tempfile.TemporaryDirectory() as folder:
        # Whatever a build loads is loaded once, and not again in each process.
        for changed, form in ((idea("a"), "html"), (idea("a"), "md"), (idea("<b>", "x: 1\n"), "html")):
            build(lay(Path(folder), changed), "--format", form)
    for line in sys.stdin:
        project, *arguments = json.loads(line)
        sys.stdout.write(json.dumps(_limited(Path(project), arguments)) + "\n")
        sys.stdout.flush()


def _limited(folder: Path, arguments: list[str]) -> tuple[int, int, str]:
    if sys.platform == "win32":
        built = build(folder, *arguments)
        return 0, built.status, built.said
    import resource  # noqa: PLC0415 - not on Windows

    report = folder.parent / f"{folder.name}.json"
    child = os.fork()
    if not child:
        status, said = _NOT_CAUGHT, ""
        try:
            taken = Path("/proc/self/statm")
            if taken.exists():
                now = int(taken.read_text().split()[0]) * resource.getpagesize()
                resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
            signal.alarm(SECONDS)
            built = build(folder, *arguments)
            status, said = built.status, built.said
        except BaseException as fault:  # noqa: BLE001 - whatever it is, the parent shall hear of it
            said = f"not caught: {fault!r:.2000}"
        finally:
            report.write_text(json.dumps([status, said[:200_000]]))
            os._exit(0)
    _, ended = os.waitpid(child, 0)
    if os.WIFSIGNALED(ended):
        return os.WTERMSIG(ended), 0, ""
    status, said = json.loads(report.read_text())
    return 0, status, said


def refused(folder: Path, built: Built, codes: set[str]) -> None:
    """Check that a build stopped for these errors and no others, said so in words, and wrote nothing."""
    assert (built.errors, built.status) == (codes, 1), built.said[:3000]
    assert "Traceback" not in built.said
    assert not (folder / "public").exists()
    assert not (folder / "booklet").exists()


def pages(folder: Path) -> dict[str, str]:
    """The text of every page of the website."""
    return {path.name: path.read_text() for path in sorted((folder / "public").rglob("*.html"))}


def booklet_html(folder: Path) -> str:
    """The booklet as any reader of CommonMark shows it."""
    text = (folder / "booklet" / "manifesto.md").read_text()
    return str(MarkdownIt("commonmark").render(text))


@dataclass(frozen=True)
class Element:
    """An element of a page as a browser finds it."""

    tag: str
    attributes: tuple[tuple[str, str], ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text = ""
        self.blocks: list[str] = []
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, tuple((name, value or "") for name, value in attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.blocks.append(data)
        else:
            self.text += data

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    def handle_pi(self, data: str) -> None:
        self.strange.append(data)

    def unknown_decl(self, data: str) -> None:
        self.strange.append(data)


def read(html: str) -> _Reader:
    """The elements and the text of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def structure(html: str) -> list[tuple[str, tuple[str, ...]]]:
    """Which elements a page has and which attributes these have: what no content may change."""
    return [
        (element.tag, tuple(name for name, _ in element.attributes if name != "title"))
        for element in read(html).elements
    ]


_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "body",
        "br",
        "code",
        "div",
        "em",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "img",
        "li",
        "link",
        "main",
        "meta",
        "ol",
        "p",
        "pre",
        "s",
        "script",  # only as data, see below
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "alt",
        "aria-label",
        "charset",
        "class",
        "content",
        "decoding",
        "dir",
        "height",
        "href",
        "http-equiv",
        "id",
        "lang",
        "loading",
        "name",
        "property",
        "rel",
        "role",
        "sizes",
        "src",
        "srcset",
        "start",
        "tabindex",
        "title",
        "type",
        "width",
    ]
)
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-\s]*):", re.IGNORECASE)


def harmless(html: str) -> None:
    """Check that a page has nothing but what texts consist of, and leads nowhere but to pages, mail and telephones."""
    found = read(html)
    assert not found.strange
    scripts = [element for element in found.elements if element.tag == "script"]
    assert scripts == [Element("script", (("type", "application/ld+json"),))] * len(found.blocks)
    assert [block for block in found.blocks if "<" in block or not json.loads(block)] == []
    for element in found.elements:
        assert element.tag in _TAGS, element
        for name, value in element.attributes:
            assert name in _ATTRIBUTES, element
            if name in ("href", "src", "srcset"):
                scheme = _SCHEME.match(value)
                assert not scheme or scheme[1] in ("http", "https", "mailto", "tel"), element
                assert not re.match(r"\s*[/\\]{2}", value), element
        if ("http-equiv", "refresh") in element.attributes:
            assert ("content", "0; url=assembly.html") in element.attributes, element


def shown(html: str) -> str:
    """What a reader sees, with every run of white space as one space."""
    return " ".join(read(html).text.split())


def values(**given: str) -> str:
    """The `values:` of a manifesto."""
    return "values: " + json.dumps(given) + "\n"


def node(kind: str, place: Path) -> Any:
    """Something that is no file and no folder."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "dangling":
        place.symlink_to("nowhere")
    elif kind == "loop":
        place.symlink_to(place.name)
    elif kind == "device":
        place.symlink_to("/dev/zero")
    else:
        place.symlink_to(kind)


if __name__ == "__main__":
    _serve()
