"""Laws of changing what a person wrote: the change is made, it is the only one, and it can be taken back."""

import re
import string
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_cli import loading
from manifesto_cli.checks import CHECKS
from manifesto_cli.checks.examined import of_library
from manifesto_cli.editing.desk import Changed, Desk, Refusal, desk
from manifesto_cli.editing.picking import picked
from manifesto_cli.editing.planning import answered, planned
from manifesto_cli.editing.proof import meaning, proven
from manifesto_cli.editing.scalars import quoted, said
from manifesto_cli.editing.starting import EXAMPLES, MODELS, starting_text
from manifesto_cli.editing.unpicking import unpicked
from manifesto_cli.faults.source import Edit, SourceFile
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.quantity import Day
from manifesto_cli.model.texts import Holds, text_fields
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.library import Folder, read_library
from manifesto_cli.reading.nodes import Mapping, Node
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.trees import read_tree
from support import casebook
from support.styles import IDEAS, PRIORITIES, library, manifestos

TODAY = Day(2026, 11, 25)
HEAD = "format: 1\ntitle: A plan\ncandidate: {name: Robin}\noffice: {role: pcc}\nimprint: {jurisdiction: none}\nlibraries: [{path: lib}]\n"


def shelf(**changes: str) -> Shelf:
    own = read_library(Folder("", {}, {})).value
    shared = read_library(Folder("lib/", library(**changes), {}))
    assert own
    assert shared.value
    assert not shared.faults
    return Shelf(own, (shared.value,))


SHELF = shelf()
ASKING = shelf(
    alpha="pledge: I will meet ((who)) in ((where)).\nquestions:\n  who: {ask: Whom?, example: A farm}\n"
)


def tree_of(source: SourceFile) -> Node:
    outcome = read_tree(source)
    assert outcome.value is not None
    assert not outcome.faults
    return outcome.value


def laid(source: SourceFile, of: Shelf = SHELF) -> Desk:
    tree = tree_of(source)
    decoded = decode(source, tree, Manifesto, "a manifesto")
    assert not decoded.faults
    found = desk(of, decoded.value, Origin(source, tree))
    assert isinstance(found, Desk)
    return found


def pick(start: Desk, *ids: str, values: dict[str, str] | None = None) -> Changed:
    plan = answered(start, planned(start, ids, None, with_required=False), values or {})
    assert not plan.refusals
    changed = picked(start, plan.picks)
    assert isinstance(changed, Changed), changed
    return changed


def unpick(start: Desk, *ids: str) -> Changed:
    changed = unpicked(start, ids)
    assert isinstance(changed, Changed), changed
    return changed


def without_picks(source: SourceFile) -> Any:
    """What a manifesto says, as far as picking has nothing to do with it."""
    found: Any = meaning(source, tree_of(source))
    for priority in found.get("priorities") or []:
        priority["ideas"] = []
    return found


def ideas(source: SourceFile) -> list[tuple[str, Any]]:
    """Each idea listed, with its priority and all that is written beside it."""
    found: Any = said(tree_of(source))
    return [
        (priority["priority"], idea)
        for priority in found.get("priorities") or []
        for idea in priority.get("ideas") or []
    ]


def is_within(text: str, longer: str) -> bool:
    """Whether the longer text holds every character of the other, in order."""
    rest = iter(longer)
    return all(character in rest for character in text)


def no_brackets(text: str) -> str:
    """The text without its empty lists, which are what a first pick replaces and a last one leaves."""
    return re.sub(r" *\[ *\]", "", text)


def home(idea: str) -> str:
    return PRIORITIES[IDEAS.index(idea) % 3]


@settings(max_examples=400)
@given(manifestos(), st.booleans(), st.data())
def test_a_pick_is_added_and_nothing_else_changes(
    written: tuple[str, dict[str, list[str]]],
    bom: bool,  # noqa: FBT001 - drawn
    data: st.DataObject,
) -> None:
    """Whatever the style, the idea stands at the end of the list of its priority, and every other character is still there."""
    text, listed = written
    free = [idea for idea in IDEAS if not any(idea in found for found in listed.values())]
    idea = data.draw(st.sampled_from(free))
    before = SourceFile("manifesto.yaml", text, bom)
    after = pick(laid(before), idea).source
    assert is_within(no_brackets(text), after.text)
    assert after.bom is bom
    assert ("\r" in after.text) is ("\r" in text) or "\n" not in text
    assert after.text.count("\r\n") in (0, after.text.count("\n"))
    there = [entry for entry in ideas(before) if entry[0] == home(idea)]
    assert [entry for entry in ideas(after) if entry[0] == home(idea)] == [*there, (home(idea), idea)]
    assert [entry for entry in ideas(after) if entry[0] != home(idea)] == [
        entry for entry in ideas(before) if entry[0] != home(idea)
    ]
    changed, same = without_picks(after), without_picks(before)
    if home(idea) in listed:
        assert changed == same
    else:
        same["priorities"] = [*(same.get("priorities") or []), {"priority": home(idea), "ideas": []}]
        assert changed == same


@settings(max_examples=400)
@given(manifestos(), st.booleans(), st.data())
def test_a_pick_taken_back_leaves_the_file_as_it_was(
    written: tuple[str, dict[str, list[str]]],
    bom: bool,  # noqa: FBT001 - drawn
    data: st.DataObject,
) -> None:
    """Picking and unpicking gives back the same bytes; where there was no list, an empty one stays."""
    text, listed = written
    free = [idea for idea in IDEAS if not any(idea in found for found in listed.values())]
    idea = data.draw(st.sampled_from(free))
    before = SourceFile("manifesto.yaml", text, bom)
    after = unpick(laid(pick(laid(before), idea).source), idea).source
    if listed.get(home(idea)):
        assert after.encode() == before.encode()
    else:
        assert ideas(after) == ideas(before)
        assert is_within(no_brackets(text), after.text)


@settings(max_examples=400)
@given(manifestos(), st.data())
def test_an_unpicked_idea_goes_alone(written: tuple[str, dict[str, list[str]]], data: st.DataObject) -> None:
    """Whatever the style, the idea and its own changes go, and every other pick and every comment line stays."""
    text, listed = written
    there = [idea for found in listed.values() for idea in found]
    if not there:
        return
    idea = data.draw(st.sampled_from(there))
    before = SourceFile("manifesto.yaml", text)
    after = unpick(laid(before), idea).source
    assert is_within(no_brackets(after.text), text)
    assert ideas(after) == [
        entry
        for entry in ideas(before)
        if idea not in (entry[1], entry[1].get("idea") if isinstance(entry[1], dict) else "")
    ]
    assert without_picks(after) == without_picks(before)
    for remark in ("# - commented: out", "# at the left", "# the end"):
        assert after.text.count(remark) == text.count(remark)


@given(manifestos(), st.permutations(IDEAS))
def test_many_picks_are_as_one_after_the_other(
    written: tuple[str, dict[str, list[str]]], order: list[str]
) -> None:
    """Ideas named together come out as if each had been picked by itself."""
    text, listed = written
    free = [idea for idea in order if not any(idea in found for found in listed.values())]
    together = pick(laid(SourceFile("manifesto.yaml", text)), *free).source
    source = SourceFile("manifesto.yaml", text)
    for idea in free:
        source = pick(laid(source), idea).source
    assert together.encode() == source.encode()


VALUES = st.text(
    st.sampled_from(
        string.printable.replace("\r", "").replace("\x0b", "").replace("\x0c", "") + "éŵ字🎉\xa0نص"
    ),
    max_size=30,
)


@settings(max_examples=600)
@given(VALUES, st.booleans())
def test_a_quoted_text_reads_back(text: str, flow: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever a text holds, what is written for it is one line that says it, on a line of its own and in brackets."""
    written = quoted(text, flow=flow)
    assert "\n" not in written
    places = [f"k: {{l: {written}, m: [{written}]}}\n"] if flow else [f"k: {{l: x}}\nl: {written}\n"]
    for place in places:
        expected: Any = {"k": {"l": text, "m": [text]}} if flow else {"k": {"l": "x"}, "l": text}
        assert said(tree_of(SourceFile("a.yaml", place))) == expected


@given(st.characters(exclude_categories=["Cs"]))
def test_every_character_can_be_quoted_or_is_refused(character: str) -> None:
    """There is no character that is written and then reads back as another."""
    text = f"a{character}b"
    try:
        written = quoted(text)
    except ValueError:
        return
    assert said(tree_of(SourceFile("a.yaml", f"k: {written}\n"))) == {"k": text}


def test_the_plainest_form_is_used() -> None:
    """Quotes stand only where a text needs them."""
    assert [
        quoted(text)
        for text in ("Sample Farm", "a, b", "a: b", "it's", "'a'", "", "a\nb", "no", "- a", "a #b")
    ] == [
        "Sample Farm",
        "a, b",
        "'a: b'",
        "it's",
        "'''a'''",
        "''",
        '"a\\nb"',
        "no",
        "'- a'",
        "'a #b'",
    ]
    assert quoted("a, b", flow=True) == "'a, b'"


@given(manifestos(), VALUES.filter(lambda text: text.strip()), VALUES.filter(lambda text: text.strip()))
def test_values_are_written_so_that_they_read_back(
    written: tuple[str, dict[str, list[str]]], who: str, where: str
) -> None:
    """A pick with values says exactly them, and goes again as a whole."""
    text, listed = written
    if any("alpha" in found for found in listed.values()):
        return
    before = SourceFile("manifesto.yaml", text)
    start = laid(before, ASKING)
    after = pick(start, "alpha", values={"who": who, "where": where}).source
    assert ("north", {"idea": "alpha", "values": {"who": who, "where": where}}) in ideas(after)
    again = unpick(laid(after, ASKING), "alpha").source
    if listed.get("north"):
        assert again.encode() == before.encode()


@given(st.text(st.sampled_from("priorites: deal\n- []{},#&*!|>'\"\t%@`alphanorth"), max_size=60))
def test_no_text_is_too_broken_for_a_sentence(text: str) -> None:
    """Whatever a manifesto holds, a pick is either made or refused, and never fails."""
    source = SourceFile(
        "manifesto.yaml", "priorities:\n  - priority: north\n    ideas:\n      - beta\n" + text
    )
    outcome = read_tree(source)
    found = desk(SHELF, None, Origin(source, outcome.value) if outcome.value else None)
    if isinstance(found, Refusal):
        return
    plan = planned(found, ("alpha",), None, with_required=False)
    changed = picked(found, plan.picks)
    if isinstance(changed, Changed):
        assert ("north", "alpha") in ideas(changed.source) or plan.remarks
    unpicked(found, ("beta",))


PAGES = Path(__file__).parent / "cases"
WRITTEN = [
    (f"{case.page.stem}: {case.title}", text)
    for page in sorted(PAGES.glob("*.md"))
    for case in casebook.cases(page)
    for console in case.consoles
    for path, text in {**case.files, **console.files}.items()
    if path.endswith("manifesto.yaml")
]


@pytest.mark.parametrize(("name", "text"), WRITTEN, ids=lambda value: value if len(value) < 80 else "")
def test_every_manifesto_of_the_cases_can_be_edited_or_is_refused(name: str, text: str) -> None:
    """Whatever is wrong with them, a pick taken back leaves every character of them where it was."""
    outcome = read_document("manifesto.yaml", text.encode())
    decoded = decode(*outcome.value, Manifesto, "a manifesto").value if outcome.value else None
    start = desk(SHELF, decoded, Origin(*outcome.value) if outcome.value else None)
    if isinstance(start, Refusal):
        assert outcome.faults or decoded is None, name
        return
    after = pick(start, "alpha").source
    again = desk(SHELF, None, Origin(after, tree_of(after)))
    assert isinstance(again, Desk)
    assert ("north", "alpha") in ideas(after)
    assert is_within(no_brackets(text), unpick(again, "alpha").source.text)


def test_the_example_can_be_edited(checkout: Path) -> None:
    """Each idea of the real example taken out and put back is there as before; one that was not there comes and goes."""
    root = checkout / "examples" / "minimal"
    project = loading.load(root).value
    assert project
    start = desk(project.shelf, project.manifesto, project.origin)
    assert isinstance(start, Desk)
    added = pick(start, "rehabilitation-co-operatives").source
    lines = start.source.text.splitlines()
    assert added.text.splitlines() == [*lines, "      - rehabilitation-co-operatives"]
    removed = unpick(laid(added, project.shelf), "rehabilitation-co-operatives").source
    assert removed.encode() == (root / "manifesto.yaml").read_bytes()
    for _, _, idea, _ in start.listed():
        left = unpick(start, idea).source
        again = pick(laid(left, project.shelf), idea).source
        assert is_within(left.text, start.source.text)
        assert is_within(left.text, again.text)


def used(kind: str) -> str:
    """The starting file of a kind with every field in use."""
    head, _, rest = starting_text(kind, "A title", "north").partition("away the `# ` before its lines.\n\n")
    parts = [part.split("\n", 1)[1] for part in rest.split("\n\n")]
    return "\n".join([head, *(line.removeprefix("# ") for part in parts for line in part.splitlines()), ""])


@pytest.mark.parametrize("kind", MODELS)
def test_every_field_of_a_starting_file_can_be_used(kind: str) -> None:
    """Each optional field is there, with an example that the model takes, in the model's order."""
    text, whole = starting_text(kind, "A title", "north"), used(kind)
    for written in (text, whole):
        document = read_document("a.yaml", written.encode()).value
        assert document
        decoded = decode(*document, MODELS[kind], kind)
        assert not decoded.faults
        assert decoded.value
    tree = tree_of(SourceFile("a.yaml", whole))
    assert isinstance(tree, Mapping)
    assert {*tree.entries} == {*MODELS[kind].__struct_fields__}
    optional = [name for name in MODELS[kind].__struct_fields__ if f"\n# {name}:" in text]
    assert [*EXAMPLES[MODELS[kind]]] == optional


def test_the_examples_of_a_deal_name_every_field_inside() -> None:
    """Asks, offers, metrics and sums have fields of their own; each stands in the example, or in a remark beside it."""
    for name, holds in text_fields(Deal):
        if holds is Holds.MANY_RECORDS and name != "claims":
            record = get_args(get_args(get_type_hints(Deal, include_extras=True)[name])[0])[0]
            missing = [field for field in record.__struct_fields__ if f"{field}:" not in EXAMPLES[Deal][name]]
            assert not missing, name


def test_a_deal_with_every_example_in_use_goes_together() -> None:
    """Whoever takes away all the marks has a deal in which nothing contradicts anything else, but for what the examples cannot know."""
    files = {
        "deals/a.yaml": used("deal").encode(),
        "sources.yaml": b"some-report: {title: A report}\nan-id-from-sources-yaml: {title: A paper}\n",
    }
    own = read_library(Folder("", files, {}))
    assert own.value
    assert not own.faults
    faults = [fault for check in CHECKS for fault in check(of_library(own.value, TODAY, None))]
    assert {fault.code for fault in faults} == {"unused-question"}


def test_a_value_that_no_record_can_hold_is_refused() -> None:
    """A change that the check would complain of is not made."""
    start = laid(SourceFile("manifesto.yaml", HEAD), ASKING)
    plan = answered(
        start, planned(start, ("alpha",), None, with_required=False), {"who": "x" * 10_001, "where": "y"}
    )
    changed = picked(start, plan.picks)
    assert isinstance(changed, Refusal)
    assert "who" in changed.headline


def test_edits_that_say_something_else_are_not_proved() -> None:
    """The result is read again: a change of more, or of less, than was meant is none."""
    source = SourceFile("a.yaml", "a: 1\nb: 2\n")
    assert proven(source, (Edit(3, 4, "7"),), {"a": "7", "b": "2"})
    assert proven(source, (Edit(3, 4, "7"),), {"a": "7", "b": "3"}) is None
    assert proven(source, (Edit(3, 4, "["),), {"a": "7", "b": "2"}) is None
    assert proven(source, (Edit(3, 5, "7"), Edit(4, 6, "7")), {"a": "7", "b": "2"}) is None
    assert proven(source, (Edit(3, 4, "\ue000"),), {"a": "\ue000", "b": "2"}) is None


def test_a_layout_that_was_not_foreseen_is_left_alone() -> None:
    """Where the proof fails, a person is told what to type and where."""
    odd = "priorities:\n  - priority: north\n    ? ideas\n    : - beta\n"
    start = laid(SourceFile("manifesto.yaml", HEAD + odd))
    refused = unpicked(start, ("beta",))
    assert isinstance(refused, tuple)
    assert "`beta`" in refused[0].help
    assert "manifesto.yaml:10" in refused[0].help
