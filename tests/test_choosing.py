"""Laws of choosing and of allowing: what a manifesto takes follows from what it says, whatever the libraries hold."""

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.checks import CHECKS
from manifesto_cli.checks.allowances import settle
from manifesto_cli.checks.examined import of_edition
from manifesto_cli.checks.manual import manual
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Severity
from manifesto_cli.faults.source import SourceFile
from manifesto_cli.merging.edition import Edition, merge
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.quantity import Day
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.library import Folder, Library, read_library
from manifesto_cli.reading.origin import Origin
from manifesto_cli.reading.trees import read_tree

TAGS = ("crime", "youth", "work")
IDEAS = st.dictionaries(
    st.sampled_from([f"idea-{letter}" for letter in "abcdefgh"]),
    st.fixed_dictionaries(
        {
            "priority": st.sampled_from(["north:hope", "north:faith"]),
            "tags": st.lists(st.sampled_from(TAGS), unique=True),
            "status": st.sampled_from(["ready", "ready", "draft", "withdrawn"]),
            "claims": st.lists(st.just({"text": "So it is."}), max_size=2),
        }
    ),
)


def library(name: str, ideas: Mapping[str, Mapping[str, Any]]) -> Library:
    """A library with these ideas; the one called `north` has the priorities."""
    files = {
        f"ideas/{id_}.yaml": json.dumps({"title": id_, "summary": "An idea.", **fields}).encode()
        for id_, fields in ideas.items()
    }
    if name:
        files["library.yaml"] = f"id: {name}\ntitle: {name}\n".encode()
    if name == "north":
        files |= {f"priorities/{id_}.yaml": f"title: {id_}\n".encode() for id_ in ("hope", "faith")}
    found = read_library(Folder(f"{name}/", files, {}))
    assert found.value
    assert not found.faults
    return found.value


def merged(
    shelf: Shelf, priorities: list[dict[str, Any]], *, drafts: bool = False
) -> tuple[Edition, Faults, Origin]:
    """The edition of a manifesto with these priorities, the faults of merging it, and where it is written."""
    text = json.dumps(
        {
            "format": "1",
            "title": "A plan",
            "candidate": {"name": "Robin Example"},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
            "priorities": priorities,
        }
    )
    source = SourceFile("manifesto.yaml", text)
    tree = read_tree(source).value
    assert tree is not None
    manifesto = decode(source, tree, Manifesto, "a manifesto")
    assert manifesto.value, manifesto.faults
    outcome = merge(shelf, manifesto.value, Origin(source, tree), drafts=drafts)
    assert outcome.value
    return outcome.value, outcome.faults, Origin(source, tree)


def taken(edition: Edition) -> list[tuple[str, str]]:
    """The ideas of an edition in order, each as its library and its id."""
    return [(pledge.library, pledge.id) for pledge in edition.pledges]


def belonging(shelf: Shelf, priority: str) -> list[tuple[str, str, Any]]:
    """Said the long way: the ideas of a priority, own ones first, and no library's idea that an own one stands for."""
    found = [("", id_, entry.record) for id_, entry in shelf.own.ideas.items()]
    for each in shelf.libraries:
        found += [
            (each.id, id_, entry.record) for id_, entry in each.ideas.items() if id_ not in shelf.own.ideas
        ]
    return [idea for idea in found if idea[2].priority == priority]


SHELVES = st.builds(
    lambda own, north, south: Shelf(library("", own), (library("north", north), library("south", south))),
    IDEAS,
    IDEAS,
    # Other ids than those of the north, since two libraries with one id are a fault of their own.
    IDEAS.map(lambda ideas: {f"{id_}-of-the-south": fields for id_, fields in ideas.items()}),
)


@given(SHELVES, st.lists(st.sampled_from(TAGS), unique=True), st.data(), st.booleans())
def test_tags_and_exceptions_choose_what_they_say(
    shelf: Shelf,
    tags: list[str],
    data: st.DataObject,
    drafts: bool,  # noqa: FBT001 - drawn at random
) -> None:
    """Any of the tags, none of the exceptions, no drafts unless asked for, in library order."""
    of_priority = belonging(shelf, "north:hope")
    ids = sorted({id_ for _, id_, _ in of_priority})
    left_out = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    expected = [
        (library, id_)
        for library, id_, idea in of_priority
        if set(idea.tags) & set(tags) and id_ not in left_out and (drafts or idea.status != "draft")
    ]
    pick = {"priority": "north:hope", "ideas": {"tagged": tags, "except": left_out}}
    edition, _, _ = merged(shelf, [pick], drafts=drafts)
    assert taken(edition) == expected


@given(SHELVES)
def test_all_is_the_same_as_no_exceptions_and_as_the_list(shelf: Shelf) -> None:
    """Three ways to say one thing. Only the list speaks of drafts, which it names."""
    edition, _, _ = merged(shelf, [{"priority": "north:hope", "ideas": "all"}])
    without, _, _ = merged(shelf, [{"priority": "north:hope", "ideas": {"except": []}}])
    names = [f"{library}:{id_}" if library else id_ for library, id_, _ in belonging(shelf, "north:hope")]
    listed, faults, _ = merged(shelf, [{"priority": "north:hope", "ideas": names}])
    assert taken(edition) == taken(without) == taken(listed)
    drafts = [idea for _, _, idea in belonging(shelf, "north:hope") if idea.status == "draft"]
    assert [fault.code for fault in faults] == ["draft-left-out"] * len(drafts)


@given(SHELVES)
def test_every_idea_is_in_one_priority_at_most(shelf: Shelf) -> None:
    """Taking all of every priority takes nothing twice and forgets nothing that is ready."""
    everything = [{"priority": f"north:{id_}", "ideas": "all"} for id_ in ("hope", "faith")]
    edition, faults, _ = merged(shelf, everything)
    assert len(set(taken(edition))) == len(taken(edition))
    assert "picked-twice" not in {fault.code for fault in faults}
    ready = [
        (library, id_)
        for priority in ("north:hope", "north:faith")
        for library, id_, idea in belonging(shelf, priority)
        if idea.status != "draft"
    ]
    assert taken(edition) == ready


def everything_wrong(edition: Edition) -> tuple[Diagnostic, ...]:
    """What all checks find."""
    examined = of_edition(edition, Day(2026, 11, 25), printed=True)
    return tuple(fault for check in CHECKS for fault in check(examined))


@given(SHELVES, st.sets(st.sampled_from(sorted(manual()))))
def test_an_allowance_keeps_quiet_what_it_names_and_nothing_else(shelf: Shelf, allow: set[str]) -> None:
    """What is left is what was found, without allowed warnings and notes; whatever was of no use is said, once."""
    edition, faults, origin = merged(shelf, [{"priority": "north:hope", "ideas": "all"}])
    found = (*faults, *everything_wrong(edition))
    codes = tuple(sorted(allow))
    settled = settle(found, codes, origin, shelf.own, complete=False)
    assert settled == tuple(
        fault for fault in found if fault.severity is Severity.ERROR or fault.code not in allow
    )
    again = settle(found, codes, origin, shelf.own, complete=True)
    assert again[: len(settled)] == settled
    useless = {"unused-allowance", "allowed-error"}
    assert {fault.code for fault in again[len(settled) :]} <= useless
    heard = {fault.code for fault in found}
    assert len(again) - len(settled) >= len(
        [code for code in allow if manual()[code].severity is Severity.ERROR]
    )
    assert not any(f"`{code}`" in fault.headline for fault in again[len(settled) :] for code in heard & allow)
