"""The guides are true: every command in them is run here and prints what they say, or stands on a list with the reason why not."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import casebook
from support.plain_english import AVERAGE, LONGEST, blocks, count, jargon, rules, sentences, unexplained

DOCS = Path(__file__).resolve().parent.parent / "docs"
STORIES = ("tutorial", "libraries", "themes")
DEVELOPING = DOCS / "developing.md"
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

MADE = re.compile(r"<!-- [\w-]+: written by `make reference` -->.*?<!-- end -->", re.DOTALL)
"""A part of a guide that is made from the code."""
KNOWN_TO_READERS_OF = {"themes": {"CSS", "HTML", "OKLCH"}, "tutorial": {"TOOL"}}
"""What whoever opens a guide knows, or meets there as the name of a thing."""

GUIDES = (*STORIES, "developing")

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
    for expected, happened in casebook.play(story, tmp_path, update=update, run=casebook.for_people):
        assert update or happened == expected


def test_a_theme_made_by_the_guide_is_seen_on_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three edited files: the colour, the choice and the line of the template are in what was built."""
    monkeypatch.delenv("CI", raising=False)
    casebook.play(casebook.story(DOCS / "themes.md"), tmp_path, update=False, run=casebook.for_people)
    site = tmp_path / "my-manifesto" / "public"
    style = (site / "assets" / "style.css").read_text(encoding="utf-8")
    page = (site / "pledges" / "police-drop-ins.html").read_text(encoding="utf-8")
    assert "#7a1f5c" in style.partition("}")[0]
    assert ".call-boxed .call" in style
    assert "call-boxed" in page.partition("<head>")[0]
    assert page.count('<p class="call wrap">This is pledge 1 of 1.') == 1
    assert 'class="call ' not in (site / "index.html").read_text(encoding="utf-8")


def test_what_is_not_run_has_a_reason() -> None:
    """Each line of a fence for a shell is on the list, and the list has nothing else."""
    found = {
        line
        for name in GUIDES
        for fence in re.findall(
            r"^```(?:sh|powershell)\n(.*?)^```$",
            (DOCS / f"{name}.md").read_text(encoding="utf-8"),
            re.DOTALL | re.MULTILINE,
        )
        for line in fence.splitlines()
    }
    assert found == NOT_RUN.keys()


def test_pictures_are_few_and_light(checkout: Path) -> None:
    """Whoever clones the repository gets them all, so each is used, and none is large."""
    pictures = {path.name: path.stat().st_size for path in (DOCS / "pictures").iterdir()}
    documents = (checkout / "README.md", *DOCS.glob("*.md"))
    shown = {
        name
        for page in documents
        for name in re.findall(
            r"!\[[^\]]{40,}\]\((?:docs/)?pictures/([^)]+)\)", page.read_text(encoding="utf-8")
        )
    }
    assert shown == pictures.keys()
    assert len(pictures) <= 9
    assert max(pictures.values()) < 150_000


@pytest.fixture
def copy(tmp_path: Path, checkout: Path) -> Path:
    """A copy of what the guide for developers changes, and of what that is tested with."""
    folder = tmp_path / "copy"
    for name in ("src", "ideas", "themes", "samples", "examples", "tests", "docs", "tools"):
        shutil.copytree(
            checkout / name,
            folder / name,
            ignore=shutil.ignore_patterns("__pycache__", "public", "booklet", "golden", ".manifesto"),
        )
    for path in (*checkout.glob("*.md"), checkout / "pyproject.toml"):
        shutil.copy(path, folder)
    return folder


def in_copy(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A module of Python, run in the copy and with its code."""
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def test_the_changes_for_developers_are_whole(copy: Path, *, update: bool) -> None:
    """Applied to a copy they do what the guide says, and pass the linter and the tests of what they add."""

    def run(words: list[str]) -> tuple[str, int]:
        done = in_copy(copy, "manifesto_cli", *words)
        return done.stdout, done.returncode

    story = casebook.story(DEVELOPING)
    for expected, happened in casebook.play(story, copy, update=update, run=run):
        assert update or happened == expected
    changed = {
        path
        for console in story.consoles
        for path in (*console.files, *(change.path for change in console.changes))
        if path.endswith(".py")
    }
    assert in_copy(copy, "tools.reference").returncode == 0
    for words in (
        ("ruff", "check", *changed),
        ("ruff", "format", "--check", *changed),
        (
            *("pytest", "-q", "-p", "no:cacheprovider", "tests/test_architecture.py", "tests/test_mended.py"),
            *(
                "tests/test_cases.py",
                "-k",
                "long-pledges or promises or plain_text or manual_page or every_code or every_fault",
            ),
        ),
    ):
        done = in_copy(copy, *words)
        assert done.returncode == 0, done.stdout


def test_the_tour_for_developers_is_true(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it shows of Python is what Python says."""
    monkeypatch.chdir(checkout)
    failed, tried = doctest.testfile(str(DEVELOPING), module_relative=False)
    assert (failed, tried > 10) == (0, True)


@pytest.mark.parametrize("name", GUIDES)
def test_the_guides_are_plain_english(name: str) -> None:
    """By the rules for what ships."""
    shown = [
        sentence
        for block in blocks(MADE.sub("", (DOCS / f"{name}.md").read_text(encoding="utf-8")))
        for sentence in sentences(block.text)
    ]
    assert [sentence for sentence in shown if count(sentence) > LONGEST] == []
    assert sum(map(count, shown)) / len(shown) < AVERAGE
    assert {acronym for _, acronym in unexplained(shown, rules())} - KNOWN - KNOWN_TO_READERS_OF.get(
        name, set()
    ) == set()
    assert [word for sentence in shown for word, _ in jargon(sentence, rules())] == []
