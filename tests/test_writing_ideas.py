"""The guide to writing ideas: its good idea passes all that we ask, and of its poor one all faults are shown."""

import re
from pathlib import Path

import pytest

from manifesto_cli.loading import load_library
from support import casebook
from support.findings import OF_ANY_RECORD, OF_IDEAS, OF_LIBRARIES
from support.plain_english import AVERAGE, LONGEST, blocks, count, jargon, rules, sentences, unexplained
from support.records import Written, records_of

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "writing-ideas.md"
GOOD, POOR = "A good idea", "A poor idea"
CASES = {case.title: case for case in casebook.cases(GUIDE) if case.consoles}
_FOUND = re.compile(r"(?<=^```text\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)


def the_idea(title: str, folder: Path) -> Written:
    """The idea of one of the examples, read from a folder in which it is the only one."""
    case = CASES[title]
    for path, text in {**case.files, **case.consoles[0].files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    library = load_library(folder).value
    assert library
    (idea,) = [record for record in records_of(library, "", shipped=True) if record.kind == "idea"]
    return idea


def found(idea: Written) -> list[str]:
    """All that the plain-English tests find wrong with an idea."""
    return [line for finding in (*OF_ANY_RECORD, *OF_LIBRARIES, *OF_IDEAS) for line in finding(idea)]


@pytest.mark.parametrize("title", [GOOD, POOR])
def test_what_the_check_says_is_what_the_guide_shows(title: str, tmp_path: Path, *, update: bool) -> None:
    """The console of each example."""
    for expected, happened in casebook.play(CASES[title], tmp_path, update=update):
        assert update or happened == expected


def test_the_good_idea_passes(tmp_path: Path) -> None:
    """The strict check and the plain-English tests find nothing."""
    assert found(the_idea(GOOD, tmp_path)) == []


def test_the_faults_of_the_poor_idea_are_shown(tmp_path: Path, *, update: bool) -> None:
    """All that the plain-English tests say of it stands in the guide."""
    said = "".join(f"{line}\n" for line in found(the_idea(POOR, tmp_path)))
    text = GUIDE.read_text(encoding="utf-8")
    if update:
        GUIDE.write_text(_FOUND.sub(lambda _: said, text), encoding="utf-8")
    else:
        assert _FOUND.findall(text) == [said]


def test_the_guide_keeps_its_own_rules() -> None:
    """Its sentences are short, and it uses words to avoid only where it shows them."""
    shown = [
        sentence for block in blocks(GUIDE.read_text(encoding="utf-8")) for sentence in sentences(block.text)
    ]
    assert [sentence for sentence in shown if count(sentence) > LONGEST] == []
    assert sum(map(count, shown)) / len(shown) < AVERAGE
    assert {acronym for _, acronym in unexplained(shown, rules())} == {"FOLDER", "CODE", "README"}
    used = {word.lower() for sentence in shown for word, _ in jargon(sentence, rules())}
    assert used == {"deliver", "stakeholders", "holistic", "multi-agency"}
