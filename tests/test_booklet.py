"""What the booklet must be: one Markdown file that every reader of Markdown shows alike."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from manifesto_cli.cli import main
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.placeholders import FilledProse
from manifesto_cli.reading.nodes import Mapping
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.anchors import github_anchor
from manifesto_cli.rendering.markdown import to_markdown
from manifesto_cli.rendering.markdown_text import escape_markdown
from manifesto_cli.rendering.markup import parse, to_html
from support import github, pages
from support.editions import EXAMPLES
from support.published import example as example_of
from support.published import from_files

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "minimal"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.fixture(scope="module")
def booklet(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example as a booklet."""
    folder = tmp_path_factory.mktemp("booklet")
    assert main(["build", "-q", "-C", str(EXAMPLE), "--format", "md", "-o", str(folder / "b")]) == 0
    return (folder / "b" / "manifesto.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_link_inside_leads_to_an_anchor(name: str) -> None:
    """Contents, links between records and notes resolve, and every anchor is there once."""
    page = pages.read(READER.render(example_of(name).files["manifesto.md"]).encode())
    links = github.links(page)
    assert len(links) > 20
    assert set(links) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_link_inside_leads_there_on_github_too(name: str) -> None:
    """It gives headings anchors of its own, and prefixes to all; a link leads to the first that fits."""
    _resolves_on_github(example_of(name).files["manifesto.md"])


HEADINGS = st.sampled_from(
    [
        "Imprint",
        "part.imprint",
        "Note 1",
        "_note.1",
        "Pledge one",
        "pledge.one",
        "pledge-one",
        "Contents",
        "Home",
        "Notes",
        "Case study story",
        "Wŷ éa",
    ]
)

SLUG = {"_note.1": "note1"}
"""Ours differs where GitHub's starts with `_`, which is for themes."""


@settings(max_examples=20)
@given(st.lists(HEADINGS, min_size=1, max_size=4))
def test_no_heading_takes_the_anchor_of_something_else(headings: list[str]) -> None:
    """Whatever a candidate calls a heading, links lead where they are meant to."""
    body = "\n\n".join(
        f"## {heading}\n\nSee [this](#{SLUG.get(heading, github_anchor(heading))})." for heading in headings
    )
    published = from_files(
        {
            "manifesto.yaml": {
                "format": "1",
                "title": "A plan",
                "candidate": {"name": "Robin"},
                "office": {"role": "pcc"},
                "imprint": {"jurisdiction": "none"},
                "foreword": body,
                "priorities": [{"priority": "first", "ideas": ["one"]}],
            },
            "priorities/first.yaml": {"title": "First", "body": body},
            "ideas/one.yaml": {
                "title": "One",
                "priority": "first",
                "summary": "One.",
                "body": body,
                "case_studies": ["story"],
                "claims": [{"text": "So it is.", "source": "paper"}],
            },
            "case-studies/story.yaml": {"title": "Story", "summary": "A story.", "body": body},
            "sources.yaml": {"paper": {"title": "Paper"}},
        }
    )
    assert published
    _resolves_on_github(published.files["manifesto.md"])


def _resolves_on_github(booklet: str) -> None:
    shown = pages.read(github.as_shown(booklet).encode())
    meant = pages.read(READER.render(booklet).encode())
    for link in github.links(meant):
        assert link in meant.ids, f"{link} leads nowhere"
        assert shown.ids.count(github.PREFIX + link) == 1, f"{link} has a rival"


def test_it_holds_all_that_the_website_says(booklet: str) -> None:
    """Priorities, pledges, case studies, sources, and the imprint with the printer, who is needed on paper."""
    for words in (
        '# <a id="part.home"></a>Safer streets, second chances',
        '## <a id="priority.breaking-the-cycle"></a>',
        "Anytown and Sampleford",
        "like Sample Farm",
        "Offender to Rehab, now Offending to Recovery",
        "Ideas for your PCC election manifesto",
        "Printed by The Sample Press",
        "CC-BY-4.0",
    ):
        assert words in booklet


def test_headings_form_an_outline(booklet: str) -> None:
    """One title, and no level left out below it."""
    levels = [int(token.tag[1]) for token in READER.parse(booklet) if token.type == "heading_open"]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_it_is_tidy(booklet: str) -> None:
    """No blanks at line ends, no two empty lines together, one line end at the end."""
    assert not re.search(r"[ \t]+$", booklet, re.MULTILINE)
    assert "\n\n\n" not in booklet
    assert booklet.endswith("\n")
    assert not booklet.endswith("\n\n")


TEXTS = st.text(st.sampled_from("ab12 *_`[](){}<>#+-=.!|~&;:\\/\"'\n"), max_size=40)


@given(TEXTS)
@example("1. one")
@example("# one")
@example("&amp;")
@example("- one")
@example("2) two")
def test_a_plain_text_stays_plain(text: str) -> None:
    """Whatever a value says, Markdown shows exactly that, on one line, at the start of a line and inside one."""
    words = " ".join(text.split())
    if not words:
        return
    for before in ("", "- ", "Then "):
        tokens = READER.parse(before + escape_markdown(text))
        inline = next(token for token in tokens if token.type == "inline")
        assert (
            "".join(child.content for child in inline.children or ())
            == (before.strip("- ") + " " + words).strip()
        )
        assert {child.type for child in inline.children or ()} <= {"text", "text_special"}


BLOCKS = st.lists(
    st.sampled_from(
        [
            "## Why *this* matters",
            'A paragraph with **bold**, *emphasis*, `code`, ~~struck~~ and a [link](https://example.org/a_b "t").',
            "- one\n- two\n\n  more of two\n- three",
            "3. three\n4. four",
            "> quoted\n> twice",
            "```yaml\na: |\n  b\n```",
            "    indented code",
            "| a | b |\n| --- | :-: |\n| 1 | *2* |",
            "***",
            "Line one\\\nline two  \nline three",
            "<https://example.org/x>",
            "[ref][r]\n\n[r]: https://example.org/r",
            "1986\\. A great year",
            "Snake_case and 2 * 3 * 4 \\* 5 &amp; 1 < 2",
        ]
    ),
    min_size=1,
    max_size=5,
)


@given(BLOCKS)
def test_what_is_turned_back_into_markdown_reads_the_same(blocks: list[str]) -> None:
    """Markdown → tokens → Markdown shows what the first one showed."""
    markdown = "\n\n".join(blocks)
    source = SourceFile("a.yaml", markdown)
    prose = FilledProse(markdown, (), (), Origin(source, Mapping({}, 0, 0)), ("body",), "")
    parsed = parse(prose).value
    assert parsed
    addresses = {demand.target: demand.target for demand in parsed.demands}
    again = to_markdown(parsed, addresses, (), "x-", 0)
    reparsed = parse(FilledProse(str(again), (), (), prose.origin, ("body",), "")).value
    assert reparsed
    assert to_html(reparsed, addresses) == to_html(parsed, addresses)
