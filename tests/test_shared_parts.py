"""What pages share is made once, and nobody can tell: the same text, the same faults, and the same taken of what a page may take."""

import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from jinja2.runtime import Macro
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from manifesto_cli.loading import load
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.pipeline import prepare
from manifesto_cli.reading.text import FORBIDDEN, first_forbidden
from manifesto_cli.rendering.meters import EACH, MAX_STEPS, Budget, Taken, TooMuchError
from manifesto_cli.rendering.sandbox import ThemeEnvironment
from manifesto_cli.rendering.site import Address, Page, Site, quoted
from manifesto_cli.rendering.views.kinds import view_maker
from manifesto_cli.rendering.views.material import Material, Writer, material
from manifesto_cli.rendering.views.pages import site_view
from manifesto_cli.rendering.views.sharing import share_links
from manifesto_cli.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/manifesto.yaml"))


class Card(Struct, frozen=True):
    """A view that several pages show."""

    text: str
    marks: tuple[int, ...] = (1, 2)


CARDS = tuple(Card(f"<{i}>") for i in range(3))


class Forgetful(ThemeEnvironment):
    """One that keeps nothing, since it takes no macro for closed."""

    closed_macro = Macro


def environment(templates: Mapping[str, str], *, sharing: bool) -> ThemeEnvironment:
    """Where these templates run, in which the cards are known to last, or where nothing is kept."""
    kind = ThemeEnvironment if sharing else Forgetful
    lasting = {id(card): card for card in CARDS}
    return kind(DictLoader(templates), autoescape=True, pages=100, lasting=lasting)


def made(run: ThemeEnvironment, **values: Any) -> tuple[str, Taken]:
    """A page, and what it took."""
    with run.budget.page("page"):
        text = "".join(run.get_template("page.html").generate(**values))
        return text, run.budget.taken


def same(templates: Mapping[str, str], *pages: dict[str, Any]) -> ThemeEnvironment:
    """The environment that has made pages one after another, each as one that keeps nothing makes it."""
    sharing, alone = environment(templates, sharing=True), environment(templates, sharing=False)
    for values in pages:
        assert made(sharing, **values) == made(alone, **values)
    return sharing


CARD = """{% from "two.html" import two %}
{% macro m(card, n=1) %}<b>{{ card.text }}</b>{% for mark in card.marks %}{{ two(mark + n) }}{% endfor %}{% endmacro %}"""
TWO = "{% macro two(number) %}{{ '0' if number < 10 else '' }}{{ number }}{% endmacro %}"
PAGE = '{% from "m.html" import m %}{% for card in cards %}{{ m(card) }}{{ m(card, n=n) }}{% endfor %}'


@given(st.lists(st.tuples(st.lists(st.sampled_from(CARDS), max_size=5), st.integers(0, 3)), max_size=8))
def test_a_page_is_the_same_first_last_and_again(pages: list[tuple[list[Card], int]]) -> None:
    """Whatever was made before it, and it takes as much."""
    templates = {"page.html": PAGE, "m.html": CARD, "two.html": TWO}
    same(templates, *({"cards": cards, "n": n} for cards, n in pages))


def test_a_macro_is_kept_when_it_is_asked_for_again() -> None:
    """Else all of this would test nothing."""
    run = same({"page.html": PAGE, "m.html": CARD, "two.html": TWO}, *[{"cards": CARDS, "n": 2}] * 3)
    texts = {kept.text for kept in run.kept._kept.values()}  # noqa: SLF001 - nobody else may ask
    assert "<b>&lt;0&gt;</b>0203" in texts
    assert "<b>&lt;0&gt;</b>0304" in texts


COUNTER = "{% set state = namespace(n=0) %}{% macro count() %}{% set state.n = state.n + 1 %}{{ state.n }}{% endmacro %}"
OPEN: list[tuple[str, dict[str, str]]] = [
    ("what stands at the top of its file", {
        "m.html": "{% set state = namespace(n=0) %}{% macro m(card) %}{% set state.n = state.n + 1 %}{{ card.text }}{{ state.n }}{% endmacro %}"}),
    ("a macro that counts", {"m.html": '{% from "counter.html" import count %}{% macro m(card) %}{{ count() }}{% endmacro %}'}),
    ("a macro that counts, by another name", {"m.html": '{% from "counter.html" import count as c %}{% macro m(card) %}{{ c() }}{% endmacro %}'}),
    ("a macro that counts, of a module", {"m.html": '{% import "counter.html" as c %}{% macro m(card) %}{{ c.count() }}{% endmacro %}'}),
    ("a macro that counts, in a macro", {
        "m.html": '{% from "counter.html" import count %}{% macro inner(card) %}{{ count() }}{% endmacro %}{% macro m(card) %}{{ inner(card) }}{% endmacro %}'}),
    ("a default that counts", {"m.html": '{% from "counter.html" import count %}{% macro m(card, n=count()) %}{{ n }}{% endmacro %}'}),
    ("a condition that counts", {"m.html": '{% from "counter.html" import count %}{% macro m(card) %}{% if count() == "3" %}three{% endif %}{% endmacro %}'}),
    ("a state that is only read", {"m.html": '{% from "counter.html" import count, state %}{% macro m(card) %}{{ state.n }}{% endmacro %}',
        "page.html": '{% from "counter.html" import count %}{% from "m.html" import m %}{% for card in cards %}{{ m(card) }}{{ count() }}{% endfor %}'}),
    ("what a file includes", {"m.html": '{% macro m(card) %}{% include "n.html" %}{% endmacro %}', "n.html": '{% from "counter.html" import count %}{{ count() }}'}),
    ("what a file imports in it", {"m.html": '{% macro m(card) %}{% from "counter.html" import count %}{{ count() }}{% endmacro %}'}),
    ("a caller", {"m.html": "{% macro m(card) %}{{ caller() }}{% endmacro %}",
        "page.html": '{% from "m.html" import m %}{% for card in cards %}{% call m(card) %}{{ loop.index }}{% endcall %}{% endfor %}'}),
    ("what else it is called with", {"m.html": "{% macro m(card) %}{{ varargs | join }}{{ kwargs.n }}{% endmacro %}",
        "page.html": '{% from "m.html" import m %}{% for card in cards %}{{ m(card, loop.index, n=loop.index) }}{% endfor %}'}),
    ("a macro that it is called with", {"m.html": "{% macro m(card, other) %}{{ other() }}{% endmacro %}",
        "page.html": '{% from "m.html" import m %}{% from "counter.html" import count %}{% for card in cards %}{{ m(card, count) }}{% endfor %}'}),
    ("a state that it is called with", {"m.html": "{% macro m(card, state) %}{% set state.n = state.n + 1 %}{{ state.n }}{% endmacro %}",
        "page.html": '{% from "m.html" import m %}{% set s = namespace(n=0) %}{% for card in cards %}{{ m(card, s) }}{% endfor %}'}),
    ("a list that it is called with", {"m.html": "{% macro m(card, list) %}{{ list | join }}{% endmacro %}",
        "page.html": '{% from "m.html" import m %}{% for card in cards %}{{ m(card, [loop.index]) }}{{ m(card, (loop.index,)) }}{{ m(card, {1: loop.index}.values()) }}{% endfor %}'}),
    ("the page around it", {"m.html": "{% macro m(card) %}{{ n }}{% endmacro %}",
        "page.html": '{% import "m.html" as m with context %}{% for card in cards %}{{ m.m(card) }}{% endfor %}'}),
    ("a name of the page that it may give itself", {"m.html": "{% macro m(card) %}{% if card.text == 'x' %}{% set n = 1 %}{% endif %}{{ n }}{% endmacro %}",
        "page.html": '{% import "m.html" as m with context %}{% for card in cards %}{{ m.m(card) }}{% endfor %}'}),
    ("a name of its page", {"m.html": "", "page.html": "{% set n = 1 %}{% macro m(card) %}{{ n }}{% endmacro %}{% for i in (1, 2) %}{{ m(cards[0]) }}{% endfor %}{% set n = 9 %}{% for i in (1, 2) %}{{ m(cards[0]) }}{% endfor %}"}),
    ("a name of its page in what it includes", {"m.html": "", "n.html": "{{ n }}",
        "page.html": '{% set n = 1 %}{% macro m(card) %}{% include "n.html" %}{% endmacro %}{% for i in (1, 2) %}{{ m(cards[0]) }}{% endfor %}{% set n = 9 %}{% for i in (1, 2) %}{{ m(cards[0]) }}{% endfor %}'}),
    ("a loop around it", {"m.html": "", "page.html": "{% for card in cards %}{% macro m(card) %}{{ loop.index }}{% endmacro %}{{ m(card) }}{% endfor %}"}),
    ("a name that changes", {"m.html": "", "page.html": "{% macro a() %}a{% endmacro %}{% macro m(card) %}{{ a() }}{% endmacro %}{% for card in cards %}{{ m(card) }}{% endfor %}{% macro a() %}b{% endmacro %}{% for card in cards %}{{ m(card) }}{% endfor %}"}),
    ("itself", {"m.html": "{% macro m(card, n=3) %}{{ n }}{% if n %}{{ m(card, n - 1) }}{% endif %}{% endmacro %}"}),
    ("one that calls it", {"m.html": "{% macro a(card, n) %}{{ m(card, n) }}{% endmacro %}{% macro m(card, n=3) %}{{ n }}{% if n %}{{ a(card, n - 1) }}{% endif %}{% endmacro %}"}),
    ("kinds of values", {"m.html": "{% macro m(n) %}{{ n }}{% endmacro %}",
        "page.html": '{% from "m.html" import m %}{% for i in cards %}{% for n in (1, 1.0, true, "1", 0, 0.0, 0 * -1.0, false, none, "<", safe) %}{{ m(n) }} {% endfor %}{% endfor %}'}),
]  # fmt: skip


@pytest.mark.parametrize("templates", [case[1] for case in OPEN], ids=[case[0] for case in OPEN])
def test_what_hangs_on_more_than_its_arguments_is_made_each_time(templates: dict[str, str]) -> None:
    """Whatever it hangs on, and however it is hidden."""
    page = '{% from "m.html" import m %}{% for card in cards %}{{ m(card) }}{% endfor %}'
    cards = (*CARDS, *CARDS, *CARDS, *CARDS)
    values = [{"cards": cards, "n": n, "safe": Markup("<")} for n in range(4)]
    same({"counter.html": COUNTER, "page.html": page, **templates}, *values)


def test_a_macro_that_calls_itself_goes_as_deep_as_ever() -> None:
    """None of what it makes is kept: a page made alone would fail where one among others did not."""
    macro = "{% macro m(card, n) %}{{ n }}{% if n %}{{ m(card, n - 1) }}{% endif %}{% endmacro %}"
    page = '{% from "m.html" import m %}{{ m(card, n) }}'
    values = [{"card": CARDS[0], "n": n} for n in (0, 0, 0, 1, 1, 1, 2, 2, 9)]
    run = same({"m.html": macro, "page.html": page}, *values)
    code = run.get_template("m.html").module.m._func.__code__  # type: ignore[attr-defined]  # noqa: SLF001 - nobody else may ask
    assert id(code) in run.kept._never  # noqa: SLF001 - nobody else may ask


def test_what_a_page_may_not_take_stops_where_it_did() -> None:
    """In the same words, and in the same template, whether its text was kept or not."""
    macro = "\n\n{% macro m(card) %}{% for i in range(9000) %}{{ card.text }}{% endfor %}{% endmacro %}"
    page = '{% from "m.html" import m %}{% for i in range(n) %}{{ m(card) }}{% endfor %}'
    places = []
    for sharing in (True, False):
        run = environment({"m.html": macro, "page.html": page}, sharing=sharing)
        for _ in range(3):
            made(run, card=CARDS[0], n=3)
        with pytest.raises(TooMuchError, match="more than 1,000,000 steps") as stopped:
            made(run, card=CARDS[0], n=900)
        places.append([entry.lineno for entry in stopped.traceback if "<template>" in str(entry.path)])
    assert places[0] == places[1] == [0, 2]


@given(st.integers(0, 9), st.integers(0, 12), st.integers(0, 50))
def test_steps_are_as_many_counted_at_once_or_one_by_one(left: int, steps: int, output: int) -> None:
    """A list counts at once and a stream step by step: both stop at the same step, with the same words."""
    counted: list[tuple[int, object]] = []
    for values in (list(range(steps)), (i for i in range(steps))):
        budget = Budget()
        with budget.page("a"):
            assert budget.take((MAX_STEPS - left, 0, 0))
            reached = 0
            try:
                for _ in budget.stepped(values, output, EACH):
                    reached += 1
            except TooMuchError as stopped:
                counted.append((reached, str(stopped)))
            else:
                counted.append((reached, budget.taken))
    assert counted[0] == counted[1]


def test_only_views_are_read_without_asking() -> None:
    """And of those only their fields: a mapping with the same names, or a text, goes through the sandbox."""
    page = "{{ card.text }}{{ mapping.text }}{% for each in (card, mapping) %}{{ each.text }}{% endfor %}"
    run = environment({"page.html": page}, sharing=True)
    text, _ = made(run, card=CARDS[1], mapping={"text": "x"})
    assert text == "&lt;1&gt;x&lt;1&gt;x"
    assert run.views_with["text"] == {Card}


def _material(name: str) -> list[Material]:
    project = load(ROOT / "examples" / name).value
    assert project
    found = []
    for output in OUTPUTS:
        prepared = prepare(project, output, Settings(Day(2026, 11, 25))).value
        assert prepared
        writer = Writer(lambda _, page, text: f"{text} on {page.address}", printed=output.printed)
        found.append(material(prepared.edition, prepared.site, writer))
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_views_are_those_of_a_page_that_is_made_alone(name: str) -> None:
    """Of every page of every example: parts that were made for another page are what would be made for this."""
    for of in _material(name):
        for page in of.site.pages.values():
            alone = replace(of, shared={})
            assert site_view(of, page) == site_view(alone, page)
            if page.kind != "whole":
                assert view_maker(page.kind)(of, page) == view_maker(page.kind)(alone, page)


@pytest.mark.parametrize("name", EXAMPLES)
def test_pages_that_stand_together_have_the_same_links(name: str) -> None:
    """To every page of the site."""
    for of in _material(name):
        links: dict[str, list[str]] = {}
        for page in of.site.pages.values():
            found = [of.site.href(page, other.address) for other in of.site.pages.values()]
            assert links.setdefault(of.site.standing(page), found) == found


@given(st.text(st.characters(exclude_categories=()), max_size=40) | st.text("ab\r\n\t\x7f\x80\ue000"))
def test_what_has_no_place_in_a_text_is_found(text: str) -> None:
    """The same character that is found by going through all of them."""
    found = FORBIDDEN.search(text)
    assert first_forbidden(text.encode(errors="surrogatepass")) == (found.group() if found else None)


FOLDERS = st.lists(st.sampled_from(["a", "b", "ab"]), max_size=3)


@given(FOLDERS, FOLDERS)
def test_a_link_is_the_shortest_way(here: list[str], there: list[str]) -> None:
    """From any folder to a file in any other, or in the same."""
    pages = [
        Page("pledge", name, Address("/".join([*way, name]))) for name, way in (("x", here), ("y", there))
    ]
    site = Site({}, (), {}, {}, {}, None)
    assert site.href(pages[0], pages[1].address) == posixpath.relpath(
        "/" + pages[1].address.path, "/" + "/".join(here)
    )


@given(st.text() | st.text("aB9-_.~ /:?&=%é'"))
def test_addresses_are_written_as_ever(text: str) -> None:
    """As the standard library has it, which goes through every letter."""
    assert quoted(text) == quote(text)
    links = [link.href for link in share_links(text, f"https://example.org/{text}")]
    words, url = quote(text, safe=""), quote(f"https://example.org/{text}", safe="")
    assert links[0] == f"mailto:?subject={words}&body={words}%0A%0A{url}"
    assert links[2] == f"https://www.facebook.com/sharer/sharer.php?u={url}"
