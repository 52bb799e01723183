"""The short cut for plain Markdown is held to markdown-it: what it takes becomes the same, to the last place of a link."""

import itertools
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from manifesto_cli.merging.placeholders import FIRST_SENTINEL
from manifesto_cli.rendering.compiling import compiled_from_tokens
from manifesto_cli.rendering.plain_texts import MARKS, compiled_plainly
from support.editions import ROOT
from support.tools import package

FIRST, SECOND = chr(FIRST_SENTINEL), chr(FIRST_SENTINEL + 1)
FIELDS = ("body", "if_it_fails", "foreword", "about")


def taken(text: str) -> bool:
    """Whether a text is plain; if it is, the same must come of it by both ways."""
    short = compiled_plainly(text)
    if short is not None:
        assert short == compiled_from_tokens(text), repr(text)
    return short is not None


@cache
def shipped() -> tuple[str, ...]:
    """Every longer text of the libraries, examples and samples, with its placeholders filled."""

    def texts(part: Any, field: str = "") -> Iterator[str]:
        if isinstance(part, dict):
            for name, value in part.items():
                yield from texts(value, name)
        elif isinstance(part, list):
            for value in part:
                yield from texts(value, field)
        elif isinstance(part, str) and field in FIELDS:
            yield re.sub(r"\(\([a-z][a-z0-9_.]*\)\)", SECOND, part)

    files = (
        path for top in ("ideas", "examples", "samples") for path in sorted((ROOT / top).rglob("*.yaml"))
    )
    return tuple(
        itertools.chain.from_iterable(texts(yaml.load(path.read_bytes(), yaml.CSafeLoader)) for path in files)
    )


def test_most_of_what_ships_is_plain() -> None:
    """If it were not, nothing would be gained."""
    count = sum(taken(text) for text in shipped())
    assert count > 0.8 * len(shipped()) > 40


EVERY_MARK = "*_`[]()!<>#\\&\n\t\r -+|~1.:;\"'=^$%@/{}?,aé’“—\0\u00a0\u0085\u2003\u200b\ufeff字🎉" + FIRST


@pytest.mark.parametrize("number", range(len(shipped())))
def test_one_character_changes_nothing_unseen(number: int) -> None:
    """Any character put in, put in the place of another or left out, anywhere in the texts that ship."""
    text, chance = shipped()[number], random.Random(number)  # noqa: S311 - no secret
    for _ in range(300):
        at = chance.randrange(len(text) + 1)
        character = chance.choice(EVERY_MARK)
        for changed in (
            text[:at] + character + text[at:],
            text[:at] + character + text[at + 1 :],
            text[:at] + text[at + 1 :],
        )[chance.randrange(3) :][:1]:
            taken(changed)


BLOCKS = (
    "one two\nthree", "2 x", "1. x", "2023. x", "- a b\n- c", "- a\n  b *c*\n- d", "- [x](x)\n- x", "- x [a\n  b](c)\n- y", "- **a\n  b**", "- a\nb",
    "> q r\n> s", "> *a.*\n> b", "> [a\n> b](c)", "> a\nb", "## H one", "### H", "#### d", "## a #", "## a ##", "## a\n\n### b\n\n#### c\n\n##### d\n\n###### e\n\n####### f", "# e", "## C#", "## a *b*", "**st** x", "x *em* y", "*a\nb* c",
    "(a *b*) c", "**R.** t", "a*b*", "*a*b", "**a***b*", "**a*", "*a (*b*)*", "see [w x](https://a.b/c?d=e#f)", "[a](a)", "[a a](a) [b](a)\na", "[a\nb](b) b",
    "- *a\n- b*", "- [a\n- b](c)", "*a\n\nb*", "[a\n\nb](c)", "x ~~y~~ z", "a `b` c", "a <b> c", "a &amp; b", "<https://a.b>", "a\\*b*", "__a__ b", "[a](b&amp;c)", f"[a](b/{'c' * 2100})",
    "![a](b)", "[a] b", "[a]: b", '[a](b "c")', '"q"', "‘q’ – “r” …", f"{FIRST} a", f"a {FIRST}", f"**a {FIRST}** b", f"*{FIRST}*", f"## a {SECOND}",
    f"[{FIRST} a](b)", f"[a]({FIRST})", "a\n***\nb", "a\n---", "a\n===", "| a |\n|---|", "a | b\n--- | ---", "    a", "£*a*", "*a*€ b", "*a* £", "£ *a*", " a", "a ", "a  \nb",
)  # fmt: skip
PIECES = [
    "*", "**", "***", "a", "b", "c a", " ", "  ", ".", ",", "(", ")", '"', "’", "é", "1", "1.", "-", "- ", "> ", "#", "## ", "### ", "\n", "\n\n", "\n  ", "\n- ",
    "\n> ", "[a](b)", "[a](a)", "[", "](", "]", "!", "_", "`", "~~", "<", "&", "&amp;", "\\", ":", "|", "=", "\u00a0", FIRST,
]  # fmt: skip
APART = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n\n\n", "\n", "\n \n", " \n\n"])


@st.composite
def texts_of_blocks(draw: st.DrawFn) -> str:
    """Blocks of all kinds with as many line ends between them as there are, some of them changed."""
    parts = draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=6))
    text = (
        parts[0]
        + "".join(draw(APART) + part for part in parts[1:])
        + draw(st.sampled_from(["", "\n", "\n\n", " "]))
    )
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(EVERY_MARK)) + text[at + draw(st.integers(0, 1)) :]
    return text


@settings(max_examples=1500)
@given(texts_of_blocks())
def test_no_block_changes_another_unseen(text: str) -> None:
    """Whatever stands before and behind it."""
    taken(text)


@settings(max_examples=1500)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join))
def test_no_mark_means_something_unseen(text: str) -> None:
    """Whatever is beside it."""
    taken(text)


@pytest.mark.parametrize("first", BLOCKS)
def test_every_two_blocks(first: str) -> None:
    """One behind the other, with and without an empty line."""
    for second, apart in itertools.product(BLOCKS, ("\n\n", "\n", "\n\n\n")):
        taken(first + apart + second + "\n")


def test_every_character_beside_every_mark() -> None:
    """Each that is taken at all, inside and outside of emphasis: what counts is its category, so one of each will do."""
    kinds: dict[tuple[str, bool], str] = {}
    for character in map(chr, range(0x20, sys.maxunicode)):
        kinds.setdefault((unicodedata.category(character), bool(re.match(r"\w", character))), character)
    for one, other in itertools.product({*kinds.values(), *MARKS, FIRST, "\n"}, repeat=2):
        for mark in ("*", "**"):
            taken(f"a{one}{mark}b c{other}{mark} d")
            taken(f"a {mark}b c{one}{mark}{other}d")


def test_the_marks_are_punctuation_and_letters_are_not() -> None:
    """The rules for emphasis rest on that, in every version of Unicode that Python may have."""
    # Signs of currencies are punctuation since version 4 of markdown-it-py, and are not taken beside stars.
    assert all(isMdAsciiPunct(ord(mark)) or isPunctChar(mark) for mark in set(MARKS) - set("£€"))
    for character in map(chr, range(sys.maxunicode + 1)):
        if character != "_" and re.match(r"\w", character):
            assert not isPunctChar(character), character
            assert not isWhiteSpace(ord(character)), character
            assert not character.isspace(), character


EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)


def test_the_examples_of_commonmark() -> None:
    """Each as it is, and between plain paragraphs, with which it must not be taken unless it could be alone."""
    specification = package("commonmark-spec/spec.txt").read_text(encoding="utf-8")
    examples = [example.replace("→", "\t") for example in EXAMPLE.findall(specification)]
    assert len(examples) > 600
    count = sum(taken(example) for example in examples)
    assert count > 10
    for example in examples:
        taken(f"Before.\n\n{example.strip(chr(10))}\n\nAfter.\n")
    taken(specification)


@pytest.mark.parametrize(
    "piece",
    [
        "*a ",
        "[a",
        "[a](b) ",
        "**a** ",
        "*a*",
        "(*a",
        "\n\n- a",
        "\n- a",
        "## a\n\n",
        "a [a\n",
        "\n",
        "- ",
        "> a\n",
        '"',
        "*a\n",
    ],
)
def test_a_long_text_takes_no_longer_than_it_is(piece: str) -> None:
    """Each piece ten thousand times: if anything were looked at again and again, this would not end."""
    for text in ("a" + piece * 10_000, piece * 10_000):
        compiled_plainly(text)
        assert compiled_plainly(text + "\\") is None
