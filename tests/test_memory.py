"""What a rebuild remembers: the same faults and the same files as without a memory, and no more than is needed."""

import os
import tempfile
from collections.abc import Callable, Hashable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_cli.disk.kept import nothing_kept, save
from manifesto_cli.faults.diagnostic import Faults, has_errors
from manifesto_cli.loading import load
from manifesto_cli.memory import Memory, recalled
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.pipeline import allowed, prepare, render
from manifesto_cli.rendering.output import Files
from manifesto_cli.settings import Settings
from manifesto_cli.shares import Work, kept_for
from support.hostile import BOOKLET, IDEA, MANIFESTO, PAGE, PROJECT, lay
from support.published import Compiled

SETTINGS = Settings(Day(2026, 11, 25))
COMPILED = Compiled()

Seen = tuple[Faults, Files | None]


def _seen(root: Path, memory: Memory | None, *, kept: bool = False) -> tuple[Seen, ...]:
    """What comes of a project in every output; with what is kept between runs, if that is asked for."""
    work = Work(memory, kept=kept_for(root) if kept else nothing_kept())
    loaded = load(root, work)
    found: list[Seen] = []
    whole = True
    for output in OUTPUTS:
        faults = [*loaded.faults]
        files = None
        if loaded.value:
            prepared = prepare(loaded.value, output, SETTINGS, work)
            faults = [*allowed(loaded.value, [*faults, *prepared.faults], complete=False)]
            whole = whole and prepared.value is not None
            if prepared.value and not has_errors(faults):
                made = render(prepared.value, lambda: COMPILED)
                faults += made.faults
                files = made.value
        found.append((tuple(faults), files))
    if memory is not None:
        memory.turn(whole=whole)
    save(work.kept)
    return tuple(found)


def _picture(width: int, more: bytes = b"") -> bytes:
    """A picture as far as anybody looks at it here, so wide; `more` makes it another one for who does not read it."""
    head = bytes.fromhex("ffd8ffc0000b08012c") + width.to_bytes(2, "big") + bytes.fromhex("01011100")
    return head + more + bytes.fromhex("ffda0008010100003f0000ffd9")


_LENT = MANIFESTO.replace("priorities:", "libraries: [{path: lent}]\nvalues: {city: Anytown}\npriorities:")
_ALL = f"{_LENT}  - priority: streets\n    ideas: all\nforeword: |\n  To ((city)), ![x](media/hall.jpg)\n"
_CLAIM = "claims:\n  - {text: It works., source: report}\n"
_OURS = f"{IDEA}case_studies: [hall]\n{_CLAIM}"
_HALL = f"title: Hall\nsummary: s\nimage: {{file: media/hall.jpg, alt: A hall}}\n{_CLAIM}"
_THEME = 'title: Plain\napi: "1"\n'
_TONE = "options: {tone: {kind: choice, values: [calm, loud], default: loud, about: Tone}}\n"
_BENCHES = (
    "title: Benches for ((city))\npriority: streets\nsummary: s\nbody: |\n  ## Why ((city))\n\n  ((city))\n"
)
TEXTS: dict[str, tuple[str | bytes | None, ...]] = {
    "manifesto.yaml": (
        _ALL,
        _ALL.replace("Anytown", "'*Othertown*'"),
        _ALL.replace("city: Anytown", "town: Anytown"),
        "# A remark\n" + _ALL.replace("A plan", "Another plan"),
        _ALL.replace("[assembly]", "[{idea: assembly, title: Ours, body: '# Ours'}]"),
        _ALL.replace("theme: plain", "theme: plain, options: {tone: calm}"),
        _ALL.replace("theme: plain", "theme: planned"),
        _ALL.replace("path: lent", "path: lost"),
        _ALL.replace("title:", "title"),
    ),
    "ideas/assembly.yaml": (
        _OURS,
        _OURS.replace("An assembly", "Assemblies"),
        _OURS + "body: |\n  # Too high\n\n  [x](idea:council) <b>\n",
        "# A remark\n" + _OURS + "body: |\n  # Too high\n\n  [x](idea:council) <b>\n",
        _OURS + "body: >\n  # Too high\n\n  [x](idea:council) <b>\n",
        _OURS + "body: |\n  [x](idea:benches) ((a hole)) ((city)) ![y](media/hall.jpg)\n",
        _OURS + "colour: red\n",
        _OURS + "body: 'not closed\n",
        b"title: \xff\n",
    ),
    "ideas/council.yaml": (None, IDEA, IDEA + "formerly: [assembly, board]\n", ""),
    "ideas/Council.yaml": (None, IDEA),
    "priorities/democracy.yaml": (
        "title: Democracy\n",
        None,
        "title: Democracy\norder: x\n",
        "title: Votes\nbody: |\n  # V\n",
    ),
    "case-studies/hall.yaml": (
        _HALL,
        None,
        _HALL.replace("hall.jpg", "hal.jpg"),
        _HALL.replace("A hall", "''"),
    ),
    "sources.yaml": (
        "report: {title: A report}\n",
        None,
        "report: {title: Another}\nX: {title: x}\n",
        "- a\n",
        "report: [\n",
    ),
    "media/hall.jpg": (_picture(400), None, _picture(90, b"\xff\xfe\x00\x02"), b"text"),
    "lent/library.yaml": (
        "id: lent\ntitle: Lent\n",
        None,
        "id: lent\ntitle: Lent\nlanguage: cy\n",
        "id: other\n",
    ),
    "lent/ideas/benches.yaml": (_BENCHES, None, _BENCHES.replace("Why", "How"), "title: Benches\n"),
    "lent/ideas/assembly.yaml": (None, IDEA.replace("democracy", "streets")),
    "lent/ideas/lamps.yaml": (
        "title: Lamps\npriority: streets\nsummary: s\nbody: |\n  [A](idea:benches#why-anytown) [B](#c)\n\n  ## C\n",
    ),
    "lent/priorities/streets.yaml": ("title: Streets\n",),
    "themes/plain/theme.yaml": (_THEME, _THEME + _TONE, "title: Plain\n", None),
    "themes/plain/templates/page.html": (
        PAGE,
        PAGE.replace("<body>", '<body class="x">'),
        PAGE.replace("<body>", "{% if %}"),
    ),
    "themes/plain/templates/booklet.md": (BOOKLET, BOOKLET + "\nThe end.\n", None),
    "themes/plain/assets/style.css": (None, "body{color:red}", "body{color:blue}"),
}
"""Files of a project, and what people could make of each: `None` where it is not there. With the first of each, nothing is wrong."""
STARTS = {
    **PROJECT,
    **{
        f"themes/plain/templates/{name}.html": '{% extends "page.html" %}'
        for name in ("evidence", "case-studies")
    },
    **{path: texts[0] for path, texts in TEXTS.items() if texts[0] is not None},
}

EDITS = st.lists(
    st.sampled_from(sorted(TEXTS)).flatmap(
        lambda path: st.tuples(st.just(path), st.sampled_from(TEXTS[path]))
    ),
    min_size=2,
    max_size=8,
)


def _write(root: Path, path: str, content: str | bytes | None) -> None:
    place = root / path
    if content is None:
        place.unlink(missing_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_nothing_is_wrong_at_first(tmp_path: Path) -> None:
    """No more than a warning: else the tests below would compare faults and never a file."""
    root = lay(tmp_path / "plan", STARTS)
    faults, files = _seen(root, None)[0]
    assert not has_errors(faults)
    assert files
    assert {"media/hall.jpg", "pledges/lamps.html"} <= {file.path for file in files}


@pytest.mark.parametrize("path", sorted(path for path, texts in TEXTS.items() if len(texts) > 1))
def test_every_change_of_a_file_gives_what_a_first_look_gives(path: str, tmp_path: Path) -> None:
    """From each of its states into each other one."""
    root = lay(tmp_path / "plan", STARTS)
    memory = Memory()
    fresh: dict[str | bytes | None, tuple[Seen, ...]] = {}
    for text in TEXTS[path]:
        _write(root, path, text)
        fresh[text] = _seen(root, None)
    for before, after in combinations(TEXTS[path], 2):
        for text in (before, after, before):
            _write(root, path, text)
            assert _seen(root, memory) == fresh[text]
            assert _seen(root, None, kept=True) == fresh[text]
            assert _seen(root, Memory(), kept=True) == fresh[text]


@settings(max_examples=20)
@given(edits=EDITS)
def test_a_memory_changes_nothing(edits: list[tuple[str, str | bytes | None]]) -> None:
    """After each of any edits, whatever they break or mend together: the same faults at the same places, and the same files."""
    with tempfile.TemporaryDirectory() as top:
        root = lay(Path(top) / "plan", STARTS)
        memory = Memory()
        for path, content in edits:
            _write(root, path, content)
            assert _seen(root, memory) == _seen(root, None)


def test_every_change_is_seen_however_soon_it_comes(tmp_path: Path) -> None:
    """Texts are known by what is in them: a file saved twice within one tick of the clock, at the same length, is another."""
    root = lay(tmp_path / "plan", STARTS)
    memory = Memory()
    place = root / "ideas" / "assembly.yaml"
    for title in ("An assembly", "An assemblx", "An assembly"):
        place.write_text(IDEA.replace("An assembly", title))
        os.utime(place, (1_700_000_000, 1_700_000_000))
        project = load(root, Work(memory)).value
        assert project
        assert project.shelf.own.ideas["assembly"].record.title == title
        memory.turn(whole=True)


def test_a_memory_holds_what_the_last_round_needed(tmp_path: Path) -> None:
    """However often a file has changed; and a fault that stops a round does not make it forget what is needed when it is mended."""
    root = lay(tmp_path / "plan", STARTS)
    memory = Memory()
    _seen(root, memory)
    held = memory.size
    for number in range(20):
        _write(root, "ideas/assembly.yaml", IDEA.replace("An assembly", f"Assembly {number}"))
        _seen(root, memory)
    assert memory.size == held
    for number in range(20):
        _write(root, "ideas/assembly.yaml", f"{IDEA}body: '{number}\n")
        _seen(root, memory)
    assert memory.size <= held + 1


class _Noting(Memory):
    """A memory that notes what it answers, as it is then."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str] = []

    def answer(self, asked: Hashable, work: Callable[[], Any]) -> Any:
        found = super().answer(asked, work)
        self.answers.append(repr(found))
        return found


@pytest.mark.parametrize("name", ["mayor", "police-commissioner"])
def test_nothing_changes_what_is_remembered(name: str) -> None:
    """Neither another round nor any page: tokens of Markdown are lists and mappings, and must stay as the parser left them."""
    root = Path(__file__).resolve().parent.parent / "examples" / name
    memory = _Noting()
    _seen(root, memory)
    noted = [*memory.answers]
    assert len(noted) > 50
    memory.answers.clear()
    _seen(root, memory)
    assert memory.answers == noted


def test_an_answer_is_worked_out_once() -> None:
    """As long as each round asks for it; without a memory each time."""
    made: list[int] = []

    def work(number: int) -> int:
        made.append(number)
        return number + 1

    memory = Memory()
    for _ in range(3):
        assert recalled(memory, work, 1) == 2
        memory.turn(whole=True)
    assert made == [1]
    memory.turn(whole=True)
    assert recalled(memory, work, 1) == 2
    assert made == [1, 1]
    assert recalled(None, work, 1) == 2
    assert made == [1, 1, 1]
