"""Laws that hold for every input, tried on many."""

import json
import string
from decimal import Decimal
from typing import Any, get_type_hints

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from manifesto_cli.faults.source import Edit, SourceFile, apply_edits
from manifesto_cli.merging.placeholders import Filling, fill_words
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.picks import DealPick, IdeaPick
from manifesto_cli.model.quantity import Day, Number, PartialDate
from manifesto_cli.model.record import Record, hints
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.nodes import Mapping, Node, Scalar, Sequence
from manifesto_cli.reading.origin import Origin, characters
from manifesto_cli.reading.text import FORBIDDEN
from manifesto_cli.reading.trees import read_tree
from manifesto_cli.rendering.markup import web_address

LINES = st.text(st.sampled_from("aé🎉ŵ字 \t\r\n:-#"), max_size=60).map(
    lambda text: text.replace("\r", "\r\n")
)
WORDS = st.text(st.sampled_from("abcé🎉ŵ字'\"\\ "), min_size=1, max_size=20)


@pytest.mark.parametrize("model", [Idea, IdeaPick, DealPick, *Record.__subclasses__()])
def test_the_types_of_fields_are_as_they_are_written(model: type[Record]) -> None:
    """An annotation that is a text would have to be evaluated to be one."""
    assert hints(model) == get_type_hints(model, include_extras=True)


@given(LINES, st.data())
def test_every_offset_has_one_line_and_column(text: str, data: st.DataObject) -> None:
    """Turning an offset into a line and a column and back changes nothing."""
    source = SourceFile("a.yaml", text)
    offset = data.draw(st.integers(0, len(text)))
    assert source.offset(*source.position(offset)) == offset


@given(LINES)
def test_lines_are_what_editors_show(text: str) -> None:
    """The lines of a source are the text split at line ends, without them."""
    source = SourceFile("a.yaml", text)
    count = text.count("\n") + 1
    assert [source.line(n) for n in range(1, count + 1)] == [line.rstrip("\r") for line in text.split("\n")]


def test_nothing_that_is_forbidden_is_printable() -> None:
    """A text of which all is printable need not be searched for characters that have no place in it."""
    assert [code for code in range(0x110000) if FORBIDDEN.match(chr(code)) and chr(code).isprintable()] == []


@given(LINES, st.data())
def test_edits_touch_nothing_else(text: str, data: st.DataObject) -> None:
    """After edits, everything outside them is there as it was, in order; and undoing them gives the text back."""
    bounds = sorted(
        data.draw(st.lists(st.integers(0, len(text)), max_size=8).filter(lambda found: len(found) % 2 == 0))
    )
    pieces = [(bounds[i], bounds[i + 1]) for i in range(0, len(bounds), 2)]
    edits = [Edit(start, end, data.draw(WORDS)) for start, end in pieces]
    changed = apply_edits(text, edits)
    back, shift = [], 0
    for edit in edits:
        back.append(
            Edit(edit.start + shift, edit.start + shift + len(edit.text), text[edit.start : edit.end])
        )
        shift += len(edit.text) - (edit.end - edit.start)
    assert apply_edits(changed, back) == text


def scalars(node: Node | None) -> list[Scalar]:
    """Every text in a tree."""
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [found for entry in node.entries for found in scalars(entry)]
    if isinstance(node, Mapping):
        return [found for entry in node.entries.values() for found in (entry.key, *scalars(entry.value))]
    return []


VALUES = st.recursive(
    st.text(
        st.sampled_from(
            string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "") + "éŵ🎉字"
        ),
        max_size=40,
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


@given(VALUES, STYLES, st.sampled_from(["\n", "\r\n"]))
def test_a_tree_says_what_was_written(value: Any, style: str | None, line_end: str) -> None:
    """Whatever the style in which a writer puts it down, the tree holds the same texts."""
    written = yaml.safe_dump(
        {"top": value}, default_style=style, allow_unicode=True, line_break=line_end, width=30
    )
    tree = read_tree(SourceFile("a.yaml", written))
    assert not tree.faults
    assert as_python(tree.value) == {"top": value}


@given(VALUES, STYLES, st.data())
def test_every_visible_character_has_its_place(value: Any, style: str | None, data: st.DataObject) -> None:
    """For every text, the place of a visible character shows that character, or the escape that stands for it."""
    source = SourceFile(
        "a.yaml", yaml.safe_dump({"top": value}, default_style=style, allow_unicode=True, width=30)
    )
    tree = read_tree(source).value
    texts = [scalar for scalar in scalars(tree) if scalar.text.strip(" \t\n")]
    if not texts:
        return
    scalar = data.draw(st.sampled_from(texts))
    at = data.draw(
        st.sampled_from([i for i, character in enumerate(scalar.text) if character not in " \t\r\n"])
    )
    shown = characters(source, scalar, at, at + 1).text
    assert (
        shown == scalar.text[at]
        or (shown.startswith("\\") and yaml.safe_load(f'"{shown}"') == scalar.text[at])
        or shown == "''"
    )


def as_python(node: Node | None) -> Any:
    """A tree as plain values."""
    if isinstance(node, Mapping):
        return {name: as_python(entry.value) for name, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [as_python(entry) for entry in node.entries]
    assert isinstance(node, Scalar)
    return node.text


GOOD_IDEA: dict[str, Any] = {
    "title": "Panels",
    "priority": "breaking-the-cycle",
    "summary": "Residents choose.",
    "tags": ["a", "b"],
    "power": "own",
    "claims": [
        {
            "text": "Half.",
            "figure": {"value": "50", "unit": "percent"},
            "as_of": "2020",
            "review_by": "2027-01-01",
        }
    ],
    "measure": {"metric": "Panels", "target": {"value": "1,000", "by": "2029-05"}},
    "questions": {"area": {"ask": "Which?"}},
    "updated": "2026-11-23",
}
JUNK = st.sampled_from(
    [
        "",
        "x",
        "12",
        "no",
        "2026-13-45",
        "1e3",
        "NaN",
        "٣",
        "a b",
        "a:b",
        "own",
        [],
        {},
        ["x"],
        {"value": "x"},
        {"text": ["y"]},
    ]
)


def paths(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything inside a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, inner in inside for path in ((*here, key), *paths(inner, (*here, key)))]


@given(st.lists(st.tuples(st.integers(0, 40), JUNK), min_size=1, max_size=4))
def test_what_msgspec_refuses_has_a_fault_and_what_it_takes_has_none(changes: list[tuple[int, Any]]) -> None:
    """The record and its faults agree: there is one or the other, never both or neither."""
    value = json.loads(json.dumps(GOOD_IDEA))
    for number, junk in changes:
        all_paths = paths(value)
        *above, last = all_paths[number % len(all_paths)]
        target = value
        for step in above:
            target = target[step]
        target[last] = json.loads(json.dumps(junk))
    source = SourceFile("a.yaml", json.dumps(value, ensure_ascii=False))
    tree = read_tree(source).value
    assert tree is not None
    outcome = decode(source, tree, Idea, "an idea")
    assert (outcome.value is None) == bool(outcome.faults)
    for fault in outcome.faults:
        assert 0 <= fault.label.span.start <= fault.label.span.end <= len(source.text)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_number_is_read_with_and_without_commas(value: int, places: int) -> None:
    """Thousands may be separated; the number is exact."""
    number = Decimal(value).scaleb(-places)
    assert Number.parse(f"{number:f}") == Number.parse(f"{number:,f}") == number


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: Any) -> None:
    """Days, months and years are written back as they were read."""
    assert Day.parse(day.isoformat()) == day
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert str(PartialDate.parse(text)) == text


def test_an_overridden_field_points_at_the_override() -> None:
    """Laying one record over another moves the places of the replaced fields only."""
    lower, upper = (
        SourceFile("library.yaml", "title: Old\nsummary: Kept\n"),
        SourceFile("manifesto.yaml", "title: New\n"),
    )
    trees = [read_tree(source).value for source in (lower, upper)]
    assert trees[0] is not None
    assert trees[1] is not None
    origin = Origin(lower, trees[0]).overlaid(Origin(upper, trees[1]), ("title",))
    assert (origin.at("title").source.path, origin.at("title").text) == ("manifesto.yaml", "New")
    assert (origin.at("summary").source.path, origin.at("summary").text) == ("library.yaml", "Kept")


def test_a_place_is_the_same_whether_its_tree_was_kept_or_is_read_again() -> None:
    """A library keeps no trees, and a fault in it is still shown where it was written."""
    source = SourceFile("a.yaml", "title: One\nclaims:\n  - {text: Two, source: three}\n")
    tree = read_tree(source).value
    kept, again = Origin(source, tree), Origin(source)
    for path in (("title",), ("claims", 0, "source"), ("claims", 0, "nothing"), ("claims",)):
        assert again.at(*path) == kept.at(*path)
        assert again.name(*path) == kept.name(*path)
    assert again.below("claims", 0).at("text").text == "Two"


@pytest.mark.parametrize("written", ['"((town))"', '"\\x28(town))"', '"(\\\n  (town))"', "((town))"])
def test_a_placeholder_is_filled_however_its_brackets_are_written(written: str) -> None:
    """Also where an escape makes two of them meet that stand apart in the file."""
    source = SourceFile("a.yaml", f"title: {written}\nsummary: Two\npriority: p\n")
    idea = decode(source, read_tree(source).value or Mapping({}, 0, 0), Idea, "an idea").value
    assert idea is not None
    filling = Filling({"town": "Anytown"}, {}, None, "idea", set())
    assert fill_words(idea, Origin(source), filling, []).title == "Anytown"


@given(
    st.from_regex(r"https?://[a-zA-Z0-9.:@-]{0,12}(/[A-Za-z0-9/._~?#&=%+-]{0,12})?", fullmatch=True)
    | st.text(st.sampled_from("htps:/.aZ09-_~é %"), max_size=20).map("https://".__add__)
)
@example("https://example.org")
@example("http://www.example.org/a/b-c_d.html~/")
@example("https://a..b/")
@example("https://xn--a/")
def test_an_address_in_a_page_is_what_commonmark_makes_of_it(target: str) -> None:
    """Also where it is so plain that nobody need look."""
    assert web_address(target) == normalizeLink(target)
