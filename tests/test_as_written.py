"""The Markdown of a text with values in it: whoever reads it again sees what the page shows."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.placeholders import FilledProse, Filling, fill_prose
from manifesto_cli.reading.nodes import Mapping
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.trees import read_tree
from manifesto_cli.rendering.as_written import as_written
from manifesto_cli.rendering.markup import ParsedProse, parse, to_html, web_address
from test_hostile_content import EVERYWHERE, VALUES

TREE = read_tree(SourceFile("a.yaml", "a: b\n")).value
assert isinstance(TREE, Mapping)
ORIGIN = Origin(SourceFile("a.yaml", "a: b\n"), TREE)


def filled(markdown: str, **values: str) -> ParsedProse:
    """A text with its placeholders filled, parsed."""
    prose = fill_prose(markdown, ORIGIN, ("a",), Filling(values, {}, None, "", set()), [])
    assert prose
    return parsed(prose)


def parsed(prose: FilledProse) -> ParsedProse:
    """A text, parsed, whatever is wrong with it."""
    found = parse(prose).value
    assert found
    return found


def html(text: ParsedProse) -> str:
    """What a page shows of a text, every link as it wants to lead.

    White space is left out, as lines of a value become one; addresses are compared unescaped; backticks are apostrophes, as in code; anchors and the names of
    languages of code are not compared.
    """
    shown = to_html(text, {demand.target: web_address(demand.target) for demand in text.demands})
    return "".join(unquote(unescape(re.sub(' (?:id|class)="[^"]*"', "", shown))).replace("`", "'").split())


def again(text: ParsedProse) -> ParsedProse:
    """A text, read from its Markdown as written."""
    return parsed(FilledProse(as_written(text), (), (), ORIGIN, ("a",), ""))


@pytest.mark.parametrize("value", [case[1] for case in VALUES], ids=[case[0] for case in VALUES])
@pytest.mark.parametrize("line", EVERYWHERE.split("\n\n"))
def test_a_value_says_the_same_when_read_again(line: str, value: str) -> None:
    """In text, code, tables, addresses, titles, and beside whatever stands there."""
    text = filled(line, v=value)
    assert html(again(text)) == html(text)


WORDS = st.text(st.sampled_from("ab1 !&;#()[]:*_`~|\\<>\"'.-+=\n/é"), max_size=12)
AROUND = st.lists(
    st.sampled_from(
        ["((v))", "((w))", "x", " ", "\n", "\n\n", "**", "[a](/b)", "`", "- ", "](", "\\", "&", "!", "1"]
    ),
    max_size=8,
).map("".join)


@given(AROUND, WORDS, WORDS)
def test_any_value_says_the_same_when_read_again_whatever_is_beside_it(
    markdown: str, first: str, second: str
) -> None:
    """No value begins, ends or changes anything."""
    text = filled(f"x {markdown} y", v=f"a{first}b", w=f"a{second}b")
    assert html(again(text)) == html(text)
