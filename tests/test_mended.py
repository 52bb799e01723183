"""Every fault has a case that shows it and goes on to the mended files; those that no page can show are mended here."""

import json
import re
from pathlib import Path

import pytest

from manifesto_cli.checks.manual import manual
from manifesto_cli.cli import main
from manifesto_cli.faults.catalogue.fields import missing_field
from manifesto_cli.faults.catalogue.libraries import file_unreadable
from manifesto_cli.faults.nearest import slip
from manifesto_cli.faults.source import SourceFile, apply_edits
from manifesto_cli.reading.text import MAX_BYTES, read_text
from manifesto_cli.reading.trees import read_tree
from manifesto_cli.reading.yamltree import MAX_NODES
from support import casebook
from test_cases import PAGES

UNREACHED = {"yaml-syntax"}
"""For what the parser may say one day: all that it is known to say has a better message."""

SHOWN_HERE = {
    "file-too-large": "a page would have to hold two megabytes",
    "too-many-values": "a page would have to hold 200,000 of them",
    "not-utf8": "a page is UTF-8",
    "forbidden-character": "a page would hold characters that nobody sees, and that editors mend unasked",
    "file-unreadable": "a page holds files, and this is about what is none",
    "pictures-not-resized": "pages are run where Pillow is; test_pictures.py takes it away",
}
"""Codes that no page can show, each with the reason; the tests below mend them."""


def mended_codes() -> set[str]:
    """Every code that some case prints and that a later `check`, `build` or `publish` of the same case prints no more."""
    found: set[str] = set()
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for case in casebook.cases(page):
            shown: set[str] = set()
            for console in case.consoles:
                printed = text[console.start : console.end]
                now = set(re.findall(r"^(?:error|warning|note)\[([a-z0-9-]+)\]", printed, re.MULTILINE))
                if re.search(r"^\$ manifesto (?:theme )?(?:check|build|publish)", printed, re.MULTILINE):
                    found |= shown - now
                shown |= now
    return found


def test_every_fault_is_mended_in_some_case() -> None:
    """Whoever reads the case of a fault also sees what makes it go away."""
    missing = {*manual()} - mended_codes() - {*SHOWN_HERE}
    assert missing == UNREACHED


@pytest.mark.parametrize(
    "case",
    [case for page in PAGES for case in casebook.cases(page) if len(case.consoles) > 1],
    ids=lambda case: f"{case.page.stem}: {case.title}",
)
def test_a_case_that_goes_on_ends_well(case: casebook.Case) -> None:
    """Whoever takes all help lines at their word ends with a project in which nothing is wrong."""
    text = case.page.read_text(encoding="utf-8")
    last = case.consoles[-1]
    assert not re.search(r"^(?:error|warning|note)\[", text[last.start : last.end], re.MULTILINE)


def project(folder: Path) -> Path:
    """A small project without a fault; where its idea is."""
    for path, text in {
        "manifesto.yaml": "format: 1\ntitle: A plan\ncandidate: {name: Robin Example}\noffice: {role: pcc}\n"
        "imprint: {jurisdiction: none}\nsite: {url: https://example.org/}\n"
        "priorities: [{priority: democracy, ideas: [assembly]}]\n",
        "priorities/democracy.yaml": "title: Democracy\n",
        "ideas/assembly.yaml": "title: An assembly\npriority: democracy\nsummary: Drawn by lot in Gŵyr.\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder / "ideas/assembly.yaml"


def codes(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The codes of what is wrong with a project."""
    main(["check", "-C", str(folder), "--format", "json"])
    return [fault["code"] for fault in json.loads(capsys.readouterr().out)]


def test_a_file_too_large_is_split(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two records of half the size are read."""
    idea = project(tmp_path)
    lines = "# a remark of forty characters, not more\n" * (MAX_BYTES // 40)
    sound = idea.read_text(encoding="utf-8")
    idea.write_text(sound + lines, encoding="utf-8")
    assert codes(tmp_path, capsys) == ["file-too-large"]
    idea.write_text(sound + lines[: len(lines) // 2], encoding="utf-8")
    idea.with_name("panel.yaml").write_text(
        f"status: draft\n{sound}{lines[: len(lines) // 2]}", encoding="utf-8"
    )
    assert codes(tmp_path, capsys) == []


def test_a_file_of_too_many_values_is_split(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two records with half of the values each are read."""
    idea = project(tmp_path)
    sound = idea.read_text(encoding="utf-8")
    idea.write_text(sound + f"tags: [{'a,' * MAX_NODES}]\n", encoding="utf-8")
    assert codes(tmp_path, capsys) == ["too-many-values"]
    half = f"{sound}tags: [{'a,' * (MAX_NODES // 2)}]\n"
    idea.write_text(half, encoding="utf-8")
    idea.with_name("panel.yaml").write_text(f"status: draft\n{half}", encoding="utf-8")
    assert codes(tmp_path, capsys) == []


@pytest.mark.parametrize("encoding", ["iso8859-14", "utf-16"])
def test_a_file_in_another_encoding_is_saved_again(
    encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same letters as UTF-8, with a byte order mark or without, are read."""
    idea = project(tmp_path)
    sound = idea.read_text(encoding="utf-8")
    idea.write_bytes(sound.encode(encoding))
    assert codes(tmp_path, capsys) == ["not-utf8"]
    for saved in ("utf-8", "utf-8-sig"):
        idea.write_bytes(sound.encode(saved))
        assert codes(tmp_path, capsys) == []


def test_a_file_takes_the_place_of_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link that leads out of the project is refused; the file itself is not."""
    idea = project(tmp_path / "plan")
    sound = idea.rename(tmp_path / "assembly.yaml")
    idea.symlink_to(sound)
    assert "file-unreadable" in codes(tmp_path / "plan", capsys)
    idea.unlink()
    sound.rename(idea)
    assert codes(tmp_path / "plan", capsys) == []


def test_a_file_that_may_not_be_read_is_not_to_be_deleted() -> None:
    """Who lacks the permission to read a file is told to see to that, and not to replace what may be the only copy."""
    at = SourceFile("manifesto.yaml", "").start()
    assert file_unreadable(at, "permission denied").help == "make it readable for your account"
    assert "put the file itself" in file_unreadable(at, "it is a link to nothing").help


@pytest.mark.parametrize(
    ("written", "help", "mended"),
    [
        ("Robin\x92s plan", "type `\u2019` in its place", "Robin\u2019s plan"),
        ("\x9350\x94", "type `“` in its place", "“50”"),
        ("\uf0b7 one", "type `•` in its place", "• one"),
        ("one\rtwo", "type a line end in its place", "one\ntwo"),
        ("one\ufeff two", "delete it", "one two"),
        ("one\x0btwo", "delete it, or type a plain space or line end in its place", None),
        ("one\u2028two", "delete it, or type a plain space or line end in its place", None),
        ("one\x85two", "delete it, or type a plain space or line end in its place", None),
    ],
)
def test_a_character_without_a_place_in_a_text(written: str, help: str, mended: str | None) -> None:
    """Where an accident is known, what must stand there is known too; where it is not, no machine decides."""
    outcome = read_text("a.yaml", written.encode())
    assert outcome.value is None
    assert outcome.faults[0].help == help
    edits = [edit for fault in outcome.faults if fault.fix for edit in fault.fix.edits]
    assert bool(edits) == (mended is not None)
    if mended is not None:
        assert apply_edits(written, edits) == mended
        assert read_text("a.yaml", mended.encode()).faults == ()


def test_a_character_typed_anew_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Deleting the character, or typing a space for it, leaves a project without a fault."""
    idea = project(tmp_path)
    sound = idea.read_text(encoding="utf-8")
    idea.write_text(sound.replace("by lot", "by\x0blot"), encoding="utf-8")
    assert codes(tmp_path, capsys) == ["forbidden-character"]
    idea.write_text(sound, encoding="utf-8")
    assert codes(tmp_path, capsys) == []


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("titel", ["title", "tags"], "title"),
        ("Title", ["title"], "title"),
        ("case-studies", ["case_studies"], "case_studies"),
        ("assembley", ["assembly"], "assembly"),
        ("civil", ["civic"], "civic"),
        ("report-1", ["report-2"], ""),
        ("report1", ["report-1"], "report-1"),
        ("own", ["owl"], ""),
        ("UK", ["uk"], "uk"),
        ("panelx", ["panels", "panel"], ""),
        ("guessed", ["measured"], ""),
        ("by", ["bys"], "bys"),
        ("a", ["ab"], ""),
        ("same", ["same"], ""),
    ],
)
def test_a_slip_of_the_finger(written: str, known: list[str], meant: str) -> None:
    """One letter or capital is a slip; a number, a short word with another letter, and a word near two others are not."""
    assert slip(written, known) == meant


def test_a_fix_keeps_the_line_ends_of_its_file() -> None:
    """A line that a fix adds ends as all others of the file do, and a byte order mark stays."""
    source = SourceFile("manifesto.yaml", "title: A plan\r\n", bom=True)
    fault = missing_field(source.span(0, 5), "format", "a manifesto", "The version.", "1", only=True)
    assert fault.fix
    assert apply_edits(source.text, fault.fix.edits) == "format: 1\r\ntitle: A plan\r\n"


def test_json_is_as_documented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The tables of `docs/json.md` list exactly the fields that are printed, in their order."""
    text = (Path(__file__).resolve().parent.parent / "docs" / "json.md").read_text(encoding="utf-8")
    text = text.split("\n## ")[1]
    tables = [re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) for part in text.split("An edit is")]
    places = re.findall(
        r"`(\w+)`", next(line for line in text.splitlines() if line.startswith("A place has"))
    )
    idea = project(tmp_path)
    idea.write_text("titel: An assembly\npriority: democracy\nsummary: Short.\n", encoding="utf-8")
    manifesto = tmp_path / "manifesto.yaml"
    twice = manifesto.read_text(encoding="utf-8").replace("[assembly]", "[panel, panel]")
    manifesto.write_text(twice, encoding="utf-8")
    idea.with_name("panel.yaml").write_text(
        "title: A panel\npriority: democracy\nsummary: Short.\n", encoding="utf-8"
    )
    main(["check", "-C", str(tmp_path), "--format", "json"])
    faults = {fault["code"]: fault for fault in json.loads(capsys.readouterr().out)}
    assert list(faults["unknown-field"]) == tables[0]
    assert [list(edit) for edit in faults["unknown-field"]["fix"]] == [tables[1]]
    assert faults["picked-twice"]["fix"] is None
    assert [list(place) for place in faults["picked-twice"]["related"]] == [places]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: {b: c, d, &e f}\n", ["yaml-comma"]),
        ('a: {b: c, d, "\\x01", e}\n', ["yaml-comma"]),
        ("a: {b: c, b: {d: e, f}, g}\n", ["yaml-comma", "duplicate-key", "yaml-no-colon"]),
        ("a: {b: c, {d: &x e, f}: g, h}\n", ["unnamed-value", "yaml-no-colon"]),
    ],
)
def test_a_text_cut_by_commas_is_one_fault_and_hides_no_other(text: str, codes: list[str]) -> None:
    """Whatever its parts look like, and whatever stands beside it."""
    assert [fault.code for fault in read_tree(SourceFile("tried.yaml", text)).faults] == codes
