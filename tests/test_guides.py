"""The guides are true: every command in them is run here and prints what they say, or stands on a list with the reason why not."""

import re
from pathlib import Path

import pytest

from support import casebook
from support.plain_english import AVERAGE, LONGEST, blocks, count, jargon, rules, sentences, unexplained

DOCS = Path(__file__).resolve().parent.parent / "docs"
STORIES = ("tutorial", "libraries")
NETWORK = "needs the network"
NOT_RUN = {
    "python3 -m venv .venv": "`.ci/run` does so, by the README's test command",
    "source .venv/bin/activate": "changes the shell that it is typed into",
    "pip install --quiet .": NETWORK,
    "py -m venv .venv": "Windows only",
    r".venv\Scripts\Activate.ps1": "Windows only",
    "git init --initial-branch main": "not our command",
    "git add .": "not our command",
    'git commit --message "Our manifesto"': "not our command",
    "git remote add origin https://github.com/YOUR-NAME/my-manifesto.git": "not our command",
    "git push --set-upstream origin main": NETWORK,
}
"""What stands in a guide to be typed, and is not run here."""
KNOWN = {"FOLDER", "CODE", "README", "ID", "YOUR", "NAME"}
"""Acronyms that are none: what stands for a word of the reader's."""

every_story = pytest.mark.parametrize("name", STORIES)


@every_story
def test_every_command_prints_what_the_guide_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update: bool
) -> None:
    """From the first line to the last, on a terminal of 80 columns without colours."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("CI", raising=False)
    story = casebook.story(DOCS / f"{name}.md")
    for expected, happened in casebook.play(story, tmp_path, update=update, terminal=True):
        assert update or happened == expected


def test_what_is_not_run_has_a_reason() -> None:
    """Each line of a fence for a shell is on the list, and the list has nothing else."""
    found = {
        line
        for name in STORIES
        for fence in re.findall(
            r"^```(?:sh|powershell)\n(.*?)^```$",
            (DOCS / f"{name}.md").read_text(encoding="utf-8"),
            re.DOTALL | re.MULTILINE,
        )
        for line in fence.splitlines()
    }
    assert found == NOT_RUN.keys()


@every_story
def test_the_guides_are_plain_english(name: str) -> None:
    """By the rules for what ships."""
    shown = [
        sentence
        for block in blocks((DOCS / f"{name}.md").read_text(encoding="utf-8"))
        for sentence in sentences(block.text)
    ]
    assert [sentence for sentence in shown if count(sentence) > LONGEST] == []
    assert sum(map(count, shown)) / len(shown) < AVERAGE
    assert {acronym for _, acronym in unexplained(shown, rules())} - KNOWN == set()
    assert [word for sentence in shown for word, _ in jargon(sentence, rules())] == []
