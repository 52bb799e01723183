"""Texts as they are kept: what is known of a Markdown text before its values and its page are."""

import subprocess
import sys
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from manifesto_cli.faults.source import SourceFile
from manifesto_cli.memory import Memory
from manifesto_cli.merging.placeholders import FilledProse, Filling, fill_prose
from manifesto_cli.reading.nodes import Mapping
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.as_written import as_written
from manifesto_cli.rendering.compiled import Compiled, decoded, encoded
from manifesto_cli.rendering.markdown import to_markdown
from manifesto_cli.rendering.markup import compiled, parse, to_html, web_address

ORIGIN = Origin(SourceFile("a.yaml", "a: b\n"), Mapping({}, 0, 0))
EVERYTHING = """\
# A ((v))

[One](pledge:a "((v))"), ![two ((w))](media/((v)).jpg 'x'), **three** <https://example.org>, `((v))`, &amp; ~~so~~ on\\
and [on][r]

- a
- b

> c

| a | `((v))` |
| --- | :-: |
| 1 | [2](((w))) |

## B

```((v))
d
```

<b>e</b> ![](media/f.png) [g](idea:no such idea)

[r]: https://example.org/((w)) "T"
"""


def filled(markdown: str, **values: str) -> FilledProse:
    """A text with its placeholders filled."""
    prose = fill_prose(markdown, ORIGIN, ("a",), Filling(values, {}, None, "", set()), [])
    assert prose
    return prose


def same_again(markdown: str) -> Compiled:
    """The compiled form of a text after it has been kept."""
    form = encoded(compiled(markdown))
    assert form
    found = decoded(form)
    assert found
    return found


BITS = st.sampled_from([*EVERYTHING.split("\n\n"), "\n\n", "\n", "- ", "*", "`", "](", "<", "((v))", "((w))"])


@given(st.lists(BITS, max_size=8).map("".join), st.text(max_size=5), st.text(max_size=5))
def test_what_was_kept_makes_the_same(markdown: str, first: str, second: str) -> None:
    """The same faults, headings, links and HTML, whatever the values are."""
    if not markdown:
        return
    prose = filled(markdown, v=first, w=second)
    new, kept = parse(prose), parse(prose, compiled=same_again)
    assert new == kept
    if new.value and kept.value:
        addresses = {demand.target: demand.target for demand in new.value.demands}
        assert to_html(new.value, addresses, "x", 1) == to_html(kept.value, addresses, "x", 1)


def test_a_text_is_parsed_once_whatever_its_values_are() -> None:
    """The same text stands in many editions."""
    memory, asked = Memory(), []

    def counted(markdown: str) -> Compiled:
        asked.append(markdown)
        return compiled(markdown)

    made = [parse(filled("## A ((v))\n", v=value), memory, counted).value for value in "xyx"]
    assert [text.headings[0].slug for text in made if text] == ["a-x", "a-y", "a-x"]
    assert len(asked) == 1


def _shapes() -> Iterator[bytes]:
    whole = encoded(compiled(EVERYTHING)) or b""
    yield b""
    yield whole[:-1]
    yield whole + b"\0"
    yield msgspec.msgpack.encode([["a"], [], [], []])
    yield msgspec.msgpack.encode([["a", "b"], [[99, 0]], [], [], [], False])
    yield msgspec.msgpack.encode({"parts": ["a"]})


@pytest.mark.parametrize("kept", list(_shapes()))
def test_what_has_another_shape_is_not_taken(kept: bytes) -> None:
    """It is made anew then."""
    assert decoded(kept) is None


def test_what_would_be_out_of_proportion_is_not_kept() -> None:
    """One title can be that of a thousand links."""
    text = f"[a]: https://example.org/ '{'x' * 50_000}'\n\n" + "[a] " * 10_000
    assert encoded(compiled(text)) is None
    assert encoded(compiled("a" * 100_000))


@pytest.mark.parametrize(
    "markdown", ["&#xF0000; and ((v))&#xF0001;", "## &#xF0001; ((v))", '[a](&#xF0001; "&#xF0002;") ((v))']
)
def test_a_character_that_stands_for_a_value_can_be_written_as_an_entity(markdown: str) -> None:
    """It has no meaning, and is shown as what it is where there is no such value."""
    text = parse(filled(markdown, v="value")).value
    assert text
    addresses = {demand.target: web_address(demand.target) for demand in text.demands}
    assert "value" in to_html(text, addresses)
    assert "value" in to_markdown(text, addresses, (), "", 0)
    assert "value" in as_written(text)


_WITHOUT = """\
import sys
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.placeholders import FilledProse
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.nodes import Mapping
from manifesto_cli.rendering.as_written import as_written
from manifesto_cli.rendering.compiled import decoded
from manifesto_cli.rendering.markup import parse, to_html, web_address
kept = bytes.fromhex(sys.argv[1])
prose = FilledProse("x", (), (), Origin(SourceFile("a.yaml", "x"), Mapping({}, 0, 0)), ("a",), "")
text = parse(prose, compiled=lambda _: decoded(kept)).value
leads = {"pledge:that": "that.html"}
print(to_html(text, {each.target: leads.get(each.target) or web_address(each.target) for each in text.demands}), end="")
print(as_written(text), [name for name in sys.modules if name.startswith(("markdown_it", "mdurl"))])
"""


def test_nothing_is_parsed_where_all_was_kept() -> None:
    """A page is made of texts that were kept without loading what parses Markdown."""
    form = encoded(compiled("## Why\n\nSee [this](https://example.org/a/b-c) and [that](pledge:that)."))
    assert form
    made = subprocess.run(
        [sys.executable, "-c", _WITHOUT, form.hex()], capture_output=True, text=True, check=True
    ).stdout
    assert made == (
        '<h2 id="why">Why</h2>\n<p>See <a href="https://example.org/a/b-c">this</a> and <a href="that.html">that</a>.</p>\nx []\n'
    )


@given(st.from_regex(r"https?://[a-z0-9.-]{1,70}(/[A-Za-z0-9._~+-]{0,9}){0,3}", fullmatch=True))
def test_a_plain_address_is_what_markdown_it_makes_of_it(address: str) -> None:
    """So it need not be asked."""
    assert web_address(address) == normalizeLink(address)
