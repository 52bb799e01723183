"""What a rebuild remembers: the same faults and the same files as without a memory, and no more than is needed."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manifesto_cli.faults.diagnostic import Faults
from manifesto_cli.loading import load
from manifesto_cli.memory import Memory, recalled
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.pipeline import Settings, allowed, prepare, render
from manifesto_cli.rendering.output import Files
from support.hostile import BOOKLET, IDEA, MANIFESTO, PAGE, PROJECT, lay
from support.published import Compiled

SETTINGS = Settings(Day(2026, 11, 25))
COMPILED = Compiled()

Seen = tuple[Faults, Files | None]


def _seen(root: Path, memory: Memory | None) -> tuple[Seen, ...]:
    """What comes of a project in every output."""
    loaded = load(root, memory)
    found: list[Seen] = []
    whole = True
    for output in OUTPUTS:
        faults = [*loaded.faults]
        files = None
        if loaded.value:
            prepared = prepare(loaded.value, output, SETTINGS, memory)
            faults = [*allowed(loaded.value, [*faults, *prepared.faults], complete=False)]
            whole = whole and prepared.value is not None
            if prepared.value:
                made = render(prepared.value, COMPILED)
                faults += made.faults
                files = made.value
        found.append((tuple(faults), files))
    if memory:
        memory.turn(whole=whole)
    return tuple(found)


def _picture(width: int, more: bytes = b"") -> bytes:
    """A picture as far as anybody looks at it here, so wide; `more` makes it another one for who does not read it."""
    head = bytes.fromhex("ffd8ffc0000b08012c") + width.to_bytes(2, "big") + bytes.fromhex("01011100")
    return head + more + bytes.fromhex("ffda0008010100003f0000ffd9")


STARTS = {
    **PROJECT,
    "manifesto.yaml": MANIFESTO.replace("priorities:", "libraries: [{path: lent}]\npriorities:"),
    "lent/library.yaml": "id: lent\ntitle: Lent\n",
    "lent/priorities/streets.yaml": "title: Streets\n",
    "lent/ideas/lamps.yaml": "title: Lamps\npriority: streets\nsummary: s\nbody: |\n  [A](idea:benches#why)\n",
    "lent/ideas/benches.yaml": "title: Benches for ((city))\npriority: streets\nsummary: s\nbody: |\n  ## Why\n\n  ((city))\n",
}
PICKED = STARTS["manifesto.yaml"]
assert isinstance(PICKED, str)
ALL = f"{PICKED}  - priority: streets\n    ideas: all\n"
CLAIM = "claims:\n  - {text: It works., source: report}\n"
TEXTS: dict[str, tuple[str | bytes | None, ...]] = {
    "manifesto.yaml": (
        PICKED,
        ALL,
        ALL + "values: {city: Anytown}\n",
        ALL + "values: {city: '*Othertown*'}\nforeword: |\n  To ((city)), ![x](media/hall.jpg)\n",
        PICKED.replace("A plan", "Another plan"),
        PICKED.replace("[assembly]", "[{idea: assembly, title: Ours, body: '## Ours'}, council]"),
        PICKED.replace("theme: plain", "theme: plain, options: {tone: calm}"),
        PICKED.replace("theme: plain", "theme: civic"),
        PICKED.replace("theme: plain", "theme: planned"),
        PICKED.replace("lent", "lost"),
        PICKED.replace("title:", "title"),
    ),
    "ideas/assembly.yaml": (
        IDEA,
        IDEA.replace("An assembly", "Assemblies"),
        "# A remark\n" + IDEA + "body: |\n  <b>bold</b>\n",
        IDEA + "body: |\n  # Too high\n\n  [x](idea:council) ![y](media/hall.jpg)\n",
        IDEA + "body: |\n  [x](idea:nowhere) ((a hole)) ((city))\n" + CLAIM,
        IDEA + "case_studies: [hall]\n",
        IDEA + "colour: red\n",
        IDEA + "title: Twice\n",
        IDEA + "body: 'not closed\n",
        b"title: \xff\n",
    ),
    "ideas/council.yaml": (None, IDEA, IDEA + "formerly: [assembly, board]\n", IDEA + "status: draft\n", ""),
    "ideas/Council.yaml": (None, IDEA),
    "priorities/democracy.yaml": (None, "title: Democracy\n", "title: Democracy\norder: x\n", "title: Votes\nbody: |\n  ## V\n"),
    "case-studies/hall.yaml": (
        None,
        "title: Hall\nsummary: s\nimage: {file: media/hall.jpg, alt: A hall}\n" + CLAIM,
        "title: Hall\nsummary: s\nimage: {file: media/hal.jpg, alt: ''}\n",
    ),
    "sources.yaml": (None, "report: {title: A report}\n", "report: {title: Another}\nX: {title: x}\n", "- a\n", "a: [\n"),
    "media/hall.jpg": (None, _picture(400), _picture(90, b"\xff\xfe\x00\x02"), _picture(2000, b"\xff\xfe\x00\x03x"), b"text"),
    "lent/library.yaml": (None, "id: lent\ntitle: Lent\n", "id: lent\ntitle: Loaned\nlanguage: cy\n", "id: other\n"),
    "lent/ideas/benches.yaml": (
        None,
        STARTS["lent/ideas/benches.yaml"],
        "title: Benches\npriority: streets\nsummary: s\nbody: |\n  ## How\n",
        "title: Benches\n",
    ),
    "lent/ideas/assembly.yaml": (None, IDEA.replace("democracy", "streets")),
    "themes/plain/theme.yaml": (
        'title: Plain\napi: "1"\n',
        'title: Plain\napi: "1"\noptions: {tone: {kind: choice, values: [calm, loud], default: loud, label: Tone}}\n',
        "title: Plain\n",
        None,
    ),
    "themes/plain/templates/page.html": (PAGE, PAGE.replace("<body>", '<body class="x">'), PAGE.replace("<body>", "{% if %}")),
    "themes/plain/templates/booklet.md": (BOOKLET, BOOKLET + "\nThe end.\n", None),
    "themes/plain/assets/style.css": (None, "body{color:red}", "body{color:blue}"),
}  # fmt: skip
"""Files of a project, and what people could make of each: `None` where it is not there."""

EDITS = st.lists(
    st.sampled_from(sorted(TEXTS)).flatmap(
        lambda path: st.tuples(st.just(path), st.sampled_from(TEXTS[path]))
    ),
    min_size=1,
    max_size=8,
)


def _write(root: Path, path: str, content: str | bytes | None) -> None:
    place = root / path
    if content is None:
        place.unlink(missing_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture(scope="module")
def start() -> Path:
    """A project in which nothing is wrong, to be copied."""
    folder = Path(tempfile.mkdtemp())
    return lay(folder / "plan", STARTS)


@settings(max_examples=40)
@given(edits=EDITS)
def test_a_memory_changes_nothing(start: Path, edits: list[tuple[str, str | bytes | None]]) -> None:
    """After each of any edits, whatever they break or mend: the same faults at the same places, and the same files."""
    with tempfile.TemporaryDirectory() as top:
        root = Path(top) / "plan"
        shutil.copytree(start, root)
        memory = Memory()
        assert _seen(root, memory) == _seen(root, None)
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
        project = load(root, memory).value
        assert project
        assert project.shelf.own.ideas["assembly"].record.title == title
        memory.turn(whole=True)


def test_a_memory_holds_what_the_last_round_needed(tmp_path: Path) -> None:
    """However often a file has changed; and a fault that stops a round does not make it forget what is needed when it is mended."""
    root = lay(tmp_path / "plan", STARTS)
    memory = Memory()
    _seen(root, memory)
    held = len(memory)
    for number in range(20):
        _write(root, "ideas/assembly.yaml", IDEA.replace("An assembly", f"Assembly {number}"))
        _seen(root, memory)
    assert len(memory) == held
    for number in range(20):
        _write(root, "ideas/assembly.yaml", f"{IDEA}body: '{number}\n")
        _seen(root, memory)
    assert len(memory) <= held + 1


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
