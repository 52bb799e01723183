"""Laws of listing, showing and searching ideas."""

import contextlib
import io
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from manifesto_cli.cli import main
from manifesto_cli.cli.console import plain
from manifesto_cli.cli.lookup import look_up
from manifesto_cli.cli.shelf import Browsing
from manifesto_cli.cli.shown import cells
from manifesto_cli.cli.tables import folded, list_fields, listing, tabbed
from manifesto_cli.merging.browsing import OWN, Filters, IdeaRow, kept, rows, unknown
from manifesto_cli.merging.folding import fold
from manifesto_cli.merging.references import Shelf
from manifesto_cli.merging.searching import SNIPPET, search, search_words
from manifesto_cli.reading.library import Folder, Library, read_library

CHECKOUT = Path(__file__).resolve().parent.parent
EXAMPLE = CHECKOUT / "examples" / "minimal"

# Welsh, German, Turkish, Greek, Polish, Danish, Vietnamese, Arabic with points, Hebrew, Hindi, Thai, Japanese, Korean, a symbol.
LETTERS = "abcSTéŵŷŴÂßẞüÖİıIiςΣσΐάłŁøÅæỆđحَمّدשָׁלוֹםहिन्दीกำที่が字ハ가각🎉ſﬁ"  # noqa: RUF001 - letters of many languages
WORD = st.text(st.sampled_from(LETTERS), min_size=1, max_size=8)
TEXT = st.lists(WORD, min_size=1, max_size=40).map(" ".join)
SPELLINGS: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "title": str.title,
    "swapped": str.swapcase,
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "taken apart": lambda text: unicodedata.normalize("NFD", text),
    "without accents": lambda text: "".join(
        part for part in unicodedata.normalize("NFD", text) if not 200 <= unicodedata.combining(part) < 255
    ),
}
TAGS = ["green", "play", "voice"]
IDEA = st.fixed_dictionaries(
    {
        "title": TEXT,
        "summary": TEXT,
        "priority": st.sampled_from(["parks", "north:parks", "nowhere"]),
        "tags": st.lists(st.sampled_from(TAGS), unique=True),
        "offices": st.lists(st.sampled_from(["mayor", "council"]), unique=True),
        "status": st.sampled_from(["draft", "ready", "withdrawn"]),
    },
    optional={"pledge": TEXT, "body": st.lists(TEXT, min_size=1, max_size=5).map("\n\n".join)},
)
IDEAS = st.dictionaries(st.sampled_from(["assembly", "swings", "trees", "tunnel"]), IDEA, max_size=4)
SHELVES = st.tuples(IDEAS, IDEAS, IDEAS)


def library(name: str, ideas: Mapping[str, object]) -> Library:
    """A library of some ideas; JSON is YAML too."""
    files = {
        f"ideas/{idea}.yaml": json.dumps(record, ensure_ascii=False).encode()
        for idea, record in ideas.items()
    }
    files["priorities/parks.yaml"] = b"title: Parks"
    if name:
        files["library.yaml"] = f"id: {name}\ntitle: {name}".encode()
    read = read_library(Folder(f"{name}/", files, {}))
    assert read.value
    assert not read.faults
    return read.value


def shelf_of(ideas: tuple[Mapping[str, object], ...]) -> Shelf:
    """A project's own ideas and those of two libraries."""
    own, north, south = ideas
    return Shelf(library("", own), (library("north", north), library("south", south)))


def spelled(text: str, how: str) -> str:
    """The text in another spelling."""
    return SPELLINGS[how](text)


@given(SHELVES, st.sampled_from(sorted(SPELLINGS)))
def test_every_idea_is_found_by_any_word_of_its_title(
    ideas: tuple[Mapping[str, object], ...], how: str
) -> None:
    """However the word is spelled: case, accents and the form of letters do not count."""
    every = rows(shelf_of(ideas), None)
    for row in every:
        for word in row.entry.record.title.split():
            words = search_words([spelled(word, how)])
            assume(words)
            hits = search(every, words)
            assert row.key in [hit.row.key for hit in hits]


@given(WORD, st.sampled_from(sorted(SPELLINGS)))
def test_a_word_folds_to_the_same_in_every_spelling(word: str, how: str) -> None:
    """And what is folded stays as it is."""
    assert fold(spelled(word, how)) == fold(word) == fold(fold(word))


def test_letters_that_are_not_the_same_stay_apart() -> None:
    """Marks that make another letter count: voiced kana, vowels of Hindi and Thai, and letters that only look alike."""
    for one, other in (("か", "が"), ("हिन्दी", "हन्द"), ("กิน", "กุน"), ("а", "a"), ("ς", "s"), ("o", "0")):  # noqa: RUF001 - that is the test
        assert fold(one) != fold(other)


@given(SHELVES, st.data())
def test_what_is_found_stands_where_it_is_said_to_stand(
    ideas: tuple[Mapping[str, object], ...], drawn: st.DataObject
) -> None:
    """Offsets lead to the words, in the text as written and in the snippet, which is one line of a bounded length."""
    every = rows(shelf_of(ideas), None)
    assume(every)
    idea = drawn.draw(st.sampled_from(every)).entry.record
    there = " ".join((idea.title, idea.summary, idea.pledge or "", idea.body or "")).split()
    words = search_words(drawn.draw(st.lists(st.sampled_from(there), min_size=1, max_size=3)))
    assume(words)
    hits = search(every, words)
    assert hits
    for hit in hits:
        found = set()
        for match in hit.matches:
            text = text_at(hit.row, match.field)
            first = fold(text[match.start : match.end])
            assert any(word in first for word in words)
            assert "\n" not in match.snippet
            assert len(match.snippet) <= SNIPPET + len("… ") * 2 + match.end - match.start
            assert match.snippet.removeprefix("… ").removesuffix(" …") in " ".join(text.split())
            assert match.highlights
            assert list(match.highlights) == sorted(match.highlights)
            for start, end in match.highlights:
                part = fold(match.snippet[start:end])
                assert any(word in part for word in words)
                # No mark is left behind by the letter that it stands on.
                after = match.snippet[end : end + 1]
                assert not after or after.isspace() or fold(after)
            found |= {word for word in words if word in fold(text)}
        assert found == set(words)


def text_at(row: IdeaRow, field: str) -> str:
    """The text of an idea at a path such as `tags.0`."""
    if field == "id":
        return row.entry.id
    found: object = row.entry.record
    for step in field.split("."):
        found = found[int(step)] if isinstance(found, tuple) else getattr(found, step)
    assert isinstance(found, str)
    return found


def test_the_best_come_first() -> None:
    """Title before tag before summary before body; then the beginning of a word before its inside; then library order."""
    plain_idea = {"title": "X", "summary": "x", "priority": "parks"}
    places: dict[str, dict[str, object]] = {
        "c-inside": {"title": "Upstart"},
        "a-body": {"body": "On art."},
        "b-tag": {"tags": ["art"]},
        "c-pledge": {"pledge": "I will pay for art."},
        "d-title": {"title": "Street art"},
    }
    own = library("", {name: {**plain_idea, **place} for name, place in places.items()})
    hits = search(rows(Shelf(own), None), search_words(["ART"]))
    assert [hit.row.id for hit in hits] == ["d-title", "c-inside", "b-tag", "c-pledge", "a-body"]


@given(SHELVES)
def test_filters_part_the_ideas(ideas: tuple[Mapping[str, object], ...]) -> None:
    """Each idea has one library and one status, and is picked or not: the parts make the whole, in order, each idea once."""
    every = rows(shelf_of(ideas), None)
    for parts in (
        [Filters(libraries=(name,)) for name in (OWN, "north", "south")],
        [Filters(statuses=(status,)) for status in ("draft", "ready", "withdrawn")],
        [Filters(picked=True), Filters(picked=False)],
        [Filters(priorities=("parks",)), Filters(priorities=("nowhere",))],
    ):
        found = [row.key for each in parts for row in kept(every, each)]
        assert sorted(found) == sorted(row.key for row in every)
    assert kept(every, Filters()) == every


@given(SHELVES, st.lists(st.sampled_from([*TAGS, "zoo"]), min_size=1, max_size=2))
def test_a_tag_is_on_some_idea_or_unknown(ideas: tuple[Mapping[str, object], ...], tags: list[str]) -> None:
    """So an empty list always means that the ideas there are do not match."""
    shelf = shelf_of(ideas)
    every = rows(shelf, None)
    for tag in tags:
        filters = Filters(tags=(tag,))
        assert bool(kept(every, filters)) is not bool(list(unknown(shelf, every, filters)))


@given(SHELVES)
def test_the_id_of_a_row_means_its_idea(ideas: tuple[Mapping[str, object], ...]) -> None:
    """What is listed can be typed, and means that idea and no other."""
    shelf = shelf_of(ideas)
    every = rows(shelf, None)
    found = Browsing(shelf, every, project=True, place="", lacking=())
    assert [look_up(found, row.id)[0].key for row in every] == [row.key for row in every]
    assert len({row.id for row in every}) == len(every)


@given(SHELVES)
def test_a_pipe_gets_one_line_an_idea(ideas: tuple[Mapping[str, object], ...]) -> None:
    """With as many fields in each, whatever is in a title."""
    every = rows(shelf_of(ideas), None)
    lines = tabbed(list_fields(row) for row in every).split("\n") if every else []
    assert [line.split("\t")[0] for line in lines] == [row.id for row in every]
    assert {line.count("\t") for line in lines} <= {6}


@given(st.lists(WORD, max_size=30).map(" ".join), st.integers(2, 40))
def test_folded_lines_lose_nothing_and_fit(text: str, width: int) -> None:
    """Only spaces are lost; no line is wider than asked for."""
    lines = folded(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= width for line in lines)


def test_an_address_is_never_broken() -> None:
    """Nobody could follow it."""
    address = "https://example.org/a/long/address"
    assert folded(f"See {address} there", 10) == ["See", address, "there"]


@given(SHELVES, st.sampled_from([80, 109, 110, 200]))
def test_a_table_fits_the_terminal(ideas: tuple[Mapping[str, object], ...], columns: int) -> None:
    """Every line, and every title is there as a whole."""
    every = rows(shelf_of(ideas), None)
    table = listing(every, plain, columns, "✓") if every else ""
    assert all(cells(line) <= columns for line in table.split("\n"))


def run(*arguments: str, encoding: str = "utf-8") -> tuple[str, str, int]:
    """What a command prints, what it says, and how it ends."""
    out, said = io.BytesIO(), io.StringIO()
    stream = io.TextIOWrapper(out, encoding=encoding, newline="\n")
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(said):
        status = main(list(arguments))
        stream.flush()
    return out.getvalue().decode(encoding), said.getvalue(), status


def test_the_mark_reads_on_every_console() -> None:
    """A console that has no tick gets a star."""
    for encoding, mark in (("utf-8", "✓"), ("ascii", "*"), ("cp1252", "*")):
        shown, _, status = run("ideas", "list", "--color", "always", "-C", str(EXAMPLE), encoding=encoding)
        assert status == 0
        assert f"{mark}\x1b[0m \x1b[1;34mwork-placements" in shown


def test_outside_any_project_there_is_what_comes_with_the_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is said."""
    monkeypatch.chdir(tmp_path)
    shown, said, status = run("ideas", "show", "work-placements")
    assert status == 0
    assert "List its library `police-and-crime` under `libraries:`" in shown
    assert said == "no manifesto or library here: these are the libraries that come with the tool\n"


MANIFESTOS = [
    b"", b"\xff", b"[", b"- a", b"title: x", b"libraries: 3", b"libraries: [{path: 3}, {}, x, {path: ../..}]", b"a: &b\n",
    b"\x00", b"priorities: [{priority: x, ideas: all}]", b"format: 1\nlibraries: [{path: .}]\n",
]  # fmt: skip


@pytest.mark.parametrize("manifesto", MANIFESTOS)
def test_a_faulty_manifesto_does_not_hide_ideas(tmp_path: Path, manifesto: bytes) -> None:
    """Whatever is wrong with it: the ideas beside it are listed, shown and found, and something is said."""
    (tmp_path / "ideas").mkdir()
    (tmp_path / "manifesto.yaml").write_bytes(manifesto)
    (tmp_path / "ideas" / "swings.yaml").write_text("title: New swings\npriority: parks\nsummary: Fun.\n")
    for arguments in (["list", "--library", "."], ["show", "swings"], ["search", "swings", "fun"]):
        shown, said, status = run("ideas", *arguments, "-C", str(tmp_path))
        assert (status, "New swings" in shown) == (0, True), said
        assert "`manifesto check`" in said


def documented(heading: str) -> set[str]:
    """The fields in the table below a heading of docs/json.md."""
    page = (CHECKOUT / "docs" / "json.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    assert section
    names = (
        re.findall(r"`(\w+)`", line.split("|")[1]) for line in section.splitlines() if line.startswith("| `")
    )
    return {name for found in names for name in found}


@pytest.mark.parametrize("arguments", [["list"], ["show", "work-placements"], ["search", "work", "farm"]])
def test_json_has_the_documented_fields_and_no_others(arguments: list[str]) -> None:
    """What is documented is a promise, and a promise that is not documented helps nobody."""
    shown, _, status = run("ideas", *arguments, "--json", "-C", str(EXAMPLE))
    assert status == 0
    fields = documented("`manifesto ideas list --json`")
    if arguments[0] != "list":
        fields |= documented(f"`manifesto ideas {arguments[0]} --json`")
    ideas = json.loads(shown)
    assert ideas
    for idea in ideas:
        assert set(idea) == fields
    for match in ideas[0].get("matches", ()):
        assert set(match) == documented("A match")


@pytest.mark.parametrize("arguments", [["list"], ["show", "swings"], ["search", "swings"]])
@pytest.mark.parametrize("form", [[], ["--json"], ["--color", "always"]])
def test_no_library_can_command_a_terminal(tmp_path: Path, arguments: list[str], form: list[str]) -> None:
    """Whatever a stranger's library hides in its texts, as such or escaped: nothing but our own colours is sent."""
    hostile = "swings \\e[2J \\x9b2J \\a \\u202eabc \\u2066 \\b\\b\\b &#27;[2J &#x202e;"
    fields = ("title", "summary", "pledge", "body")
    (tmp_path / "ideas").mkdir()
    (tmp_path / "library.yaml").write_text(f'id: north\ntitle: "{hostile}"\n')
    (tmp_path / "ideas" / "swings.yaml").write_text(
        "priority: parks\n"
        + "".join(f'{field}: "{hostile}"\n' for field in fields)
        + f'partners: ["{hostile}"]\nclaims: [{{text: "{hostile}"}}]\n'
        + f'questions: {{x: {{ask: "{hostile}"}}}}\n'
    )
    shown, said, status = run("ideas", *arguments, *form, "-C", str(tmp_path))
    assert (status, "swings" in shown) == (0, True)
    for text in (shown, said):
        rest = re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\n", "").replace("\t", "")
        assert not [part for part in rest if unicodedata.category(part) == "Cc" or part in "\u202e\u2066"]
    if "--json" in form:
        assert (
            json.loads(shown)[0]["title"]
            == "swings \x1b[2J \x9b2J \a \u202eabc \u2066 \b\b\b &#27;[2J &#x202e;"
        )


def test_numbers_in_json_are_numbers_as_written(tmp_path: Path) -> None:
    """With every digit."""
    (tmp_path / "ideas").mkdir()
    (tmp_path / "library.yaml").write_text("id: north\ntitle: North\n")
    (tmp_path / "ideas" / "swings.yaml").write_text(
        "title: New swings\npriority: parks\nsummary: Fun.\ncost: {one_off: '1,234,567.10'}\n"
    )
    shown, _, _ = run("ideas", "show", "swings", "--json", "-C", str(tmp_path))
    assert '"one_off": 1234567.10' in shown


def test_a_list_for_programs_does_not_load_what_people_need() -> None:
    """Nothing is imported before it is needed."""
    script = "import sys; from manifesto_cli.cli import main; main(['ideas', 'list', '-q', '-C', sys.argv[1]]); print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", script, str(EXAMPLE)], capture_output=True, text=True, check=True
    )
    assert "rich" not in result.stdout.split()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_behind_the_output_is_said() -> None:
    """What `>` cannot write ends the command in a sentence and with the code of the outside world."""
    script = "import sys; from manifesto_cli.cli import main; sys.exit(main(['ideas', 'list', '-q', '-C', sys.argv[1]]))"
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-c", script, str(EXAMPLE)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 3
    assert result.stderr.splitlines()[0] == "error: the output cannot be written: no space left on device"
    assert "Traceback" not in result.stderr


def test_the_project_typed_nearest_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-C` may stand before and after the commands; one that was typed comes before the environment."""
    monkeypatch.setenv("MANIFESTO_PROJECT", str(tmp_path))
    here = ["-C", str(EXAMPLE)]
    for arguments in ([*here, "ideas", "list"], ["ideas", *here, "list"], ["ideas", "list", *here]):
        assert run(*arguments)[1].endswith(" ideas, 4 picked\n")
    assert run("-C", "nowhere", "ideas", "-C", "nowhere", "list", *here)[2] == 0
    assert "come with the tool" in run("ideas", "list")[1]
