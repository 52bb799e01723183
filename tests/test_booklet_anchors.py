"""Every link inside every booklet leads to its place: in markdown-it, in cmark-gfm, and on GitHub.

On GitHub each heading has an anchor besides ours, made from its text by GitHub's own rules; the npm package github-slugger has them.
A browser goes to the first place in the page that has a name, so ours must not be met by a heading above it. GitHub puts
`user-content-` before all of them alike, and takes it off again when a link is followed.
"""

import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.placeholders import FilledProse
from manifesto_cli.reading.nodes import Mapping
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.markup import parse
from support.built import Published
from support.tools import package, program
from tools.markdown import anchor

READER = MarkdownIt("commonmark", {"xhtmlOut": False}).enable(["table", "strikethrough"])
GFM = ("--to", "html", "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tagfilter")
SLUGGER = """\
import { pathToFileURL } from "node:url";
const { default: Slugger } = await import(pathToFileURL(process.argv[1]));
const pages = JSON.parse(await new Response(process.stdin).text());
console.log(JSON.stringify(pages.map((headings) => {
  const slugger = new Slugger();
  return headings.map((heading) => slugger.slug(heading));
})));
"""
HEADINGS = (
    "Plain words",
    "Plain words",
    "plain words-1",
    "What could go wrong?",
    "“Quotes”, 'more' & <angles> – dashes — and… dots",
    "Two  spaces, a\u00a0no-break space and a-hyphen_underscore",
    "£800,000 (50% of ½ of 3²)",
    "Café, Łódź, straße, ÇA",
    "برنامجٌ انتخابيٌّ لِمدينتنا",
    "שָׁלוֹם עולם",
    "हिन्दी में शीर्षक",
    "ภาษาไทย ที่นี่",
    "日本語の見出し、そして「引用」",
    "🎉 Party ✌️ and 👩‍👩‍👧",
    "Ⅳ. ① 1st ª º",
    "İstanbul",
    "1. One",
    "C++ / C#",
)


@dataclass
class Shown(HTMLParser):
    """What a browser finds of a booklet: its headings, the places that have a name, and the links that stay inside."""

    headings: list[str] = field(default_factory=list)
    named: dict[str, list[int]] = field(default_factory=dict)
    """For each name the places that have it, as how many headings have begun."""
    links: list[str] = field(default_factory=list)
    within: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.within = True
            self.headings.append("")
        if name := attributes.get("id"):
            self.named.setdefault(name, []).append(len(self.headings))
        if (target := attributes.get("href") or "").startswith("#"):
            self.links.append(unquote(target[1:]))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.within = False

    def handle_data(self, data: str) -> None:
        if self.within:
            self.headings[-1] += data


def shown(html: str) -> Shown:
    """What is found in a booklet's HTML."""
    found = Shown()
    found.feed(html)
    found.close()
    return found


def resolves(found: Shown) -> None:
    """Check that each link leads to a place, and each place is there once."""
    assert found.links
    assert [target for target in found.links if target not in found.named] == []
    assert [name for name, places in found.named.items() if len(places) > 1] == []


@pytest.fixture(scope="session")
def gfm() -> Callable[[str], str]:
    """Markdown as GitHub turns it into HTML, by its own program for that."""
    command = program(("cmark-gfm",), "cmark-gfm")

    def html(text: str) -> str:
        done = subprocess.run(
            [command, *GFM], input=text.encode(), capture_output=True, check=True, timeout=60
        )
        return done.stdout.decode()

    return html


@pytest.fixture(scope="session")
def slugs() -> Callable[[Sequence[Sequence[str]]], list[list[str]]]:
    """The anchors that GitHub gives to the headings of pages."""
    command = [
        program(("node",), "nodejs"),
        "--input-type=module",
        "--eval",
        SLUGGER,
        str(package("github-slugger/index.js")),
    ]

    def of(pages: Sequence[Sequence[str]]) -> list[list[str]]:
        done = subprocess.run(
            command, input=json.dumps(pages).encode(), capture_output=True, check=True, timeout=60
        )
        made: list[list[str]] = json.loads(done.stdout)
        return made

    return of


def booklets(editions: Sequence[Published]) -> dict[str, str]:
    """The text of every booklet."""
    return {
        edition.name: (edition.booklet / "manifesto.md").read_text(encoding="utf-8") for edition in editions
    }


def test_links_resolve_in_markdown_it(editions: tuple[Published, ...]) -> None:
    """In the examples, among hostile texts and from right to left."""
    for text in booklets(editions).values():
        resolves(shown(READER.render(text)))


def test_links_resolve_in_cmark_gfm(gfm: Callable[[str], str], editions: tuple[Published, ...]) -> None:
    """They resolve there, and both readers find the same headings, places and links."""
    for name, text in booklets(editions).items():
        theirs, ours = shown(gfm(text)), shown(READER.render(text))
        resolves(theirs)
        assert (theirs.headings, theirs.named, theirs.links) == (ours.headings, ours.named, ours.links), name


def test_links_resolve_on_github(
    gfm: Callable[[str], str],
    slugs: Callable[[Sequence[Sequence[str]]], list[list[str]]],
    editions: tuple[Published, ...],
) -> None:
    """The first place with the name that a link asks for is the one that we meant, whatever GitHub names its headings."""
    found = {name: shown(gfm(text)) for name, text in booklets(editions).items()}
    for (name, page), made in zip(
        found.items(), slugs([page.headings for page in found.values()]), strict=True
    ):
        firsts = {slug: place for place, slug in reversed(list(enumerate(made, 1)))}
        for target in page.links:
            (meant,) = page.named[target]
            assert firsts.get(target, meant) >= meant, (
                f"{name}: #{target} leads to “{page.headings[firsts[target] - 1]}”"
            )


def test_our_anchors_are_those_of_github(slugs: Callable[[Sequence[Sequence[str]]], list[list[str]]]) -> None:
    """In any script: people who know the one know the other. Those of the texts of an edition, and those of our own pages."""
    (expected,) = slugs([HEADINGS])
    markdown = "\n\n".join(f"## {heading}" for heading in (text.replace("<", "\\<") for text in HEADINGS))
    prose = FilledProse(
        markdown, (), (), Origin(SourceFile("a.yaml", markdown), Mapping({}, 0, 0)), ("body",), ""
    )
    parsed = parse(prose).value
    assert parsed
    assert [heading.slug for heading in parsed.headings] == expected
    assert [anchor(heading) for heading in HEADINGS[3:]] == expected[3:]


def test_a_link_that_leads_nowhere_is_found(gfm: Callable[[str], str]) -> None:
    """Were it not, the tests above would prove nothing."""
    for html in (READER.render, gfm):
        with pytest.raises(AssertionError):
            resolves(shown(html("# <a id='a'></a>A\n\n[b](#b)\n")))
        resolves(shown(html("# <a id='ä'></a>A\n\n[b](#ä)\n")))


def test_the_pages_of_the_documentation_lead_to_anchors_that_github_makes(
    gfm: Callable[[str], str],
    slugs: Callable[[Sequence[Sequence[str]]], list[list[str]]],
    checkout: Path,
) -> None:
    """Links within a page, by GitHub's own reader and rules."""
    pages = {
        path: shown(gfm(path.read_text(encoding="utf-8"))) for path in sorted(checkout.glob("docs/**/*.md"))
    }
    for (path, page), made in zip(
        pages.items(), slugs([page.headings for page in pages.values()]), strict=True
    ):
        assert [target for target in page.links if target not in {*made, *page.named}] == [], path
