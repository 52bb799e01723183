"""What a file says, without places, is the record that reading it with places gives; of a file with a fault it says nothing."""

import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest

from manifesto_cli.disk.kept import Kept, key_of
from manifesto_cli.disk.trees import read_folder
from manifesto_cli.loading import load
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.quantity import Day
from manifesto_cli.model.record import Record
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.pipeline import prepare
from manifesto_cli.reading.library import RECORDS, Folder, read_library
from manifesto_cli.reading.said import record_said, said
from manifesto_cli.settings import Settings
from manifesto_cli.shares import Work, sound_files

IDEAS = Path(__file__).resolve().parent.parent / "ideas"


def sound(folder: Folder) -> dict[str, Record | None]:
    """The record of every file of a folder that is sound, as it is handed from one process to another."""
    found = {
        path: (said(content, model), model)
        for path, content in folder.files.items()
        if "/" in path
        for model in [RECORDS[path.partition("/")[0]]]
    }
    return {path: record_said(read[0], model) for path, (read, model) in found.items() if read is not None}


@pytest.mark.parametrize("name", [folder.name for folder in IDEAS.iterdir() if folder.is_dir()])
def test_a_library_is_the_same_whether_its_files_are_read_or_known(name: str) -> None:
    """Every record, its origin and every fault."""
    folder = read_folder(IDEAS / name, f"{name}/")
    known = sound(folder)
    assert known.keys() == {path for path in folder.files if "/" in path}
    assert read_library(folder, None, known) == read_library(folder)


FAULTY: dict[str, str] = {
    "broken syntax": "title: 'One\n",
    "a field that does not exist": "title: One\nsummary: Two\npriority: p\ncolour: red\n",
    "a name given twice": "title: One\nsummary: Two\npriority: p\ntitle: Three\n",
    "a comment that was meant as text": "title: One #two\nsummary: Two\npriority: p\n",
    "an anchor": "title: &a One\nsummary: Two\npriority: p\n",
    "nothing": "",
    "no text": "\udcff",
}


@pytest.mark.parametrize("name", FAULTY)
def test_of_a_file_with_anything_to_say_of_it_nothing_is_kept(name: str) -> None:
    """So whoever reads it finds what there is to say."""
    content = FAULTY[name].encode("utf-8", "surrogateescape")
    assert said(content, Idea) is None
    assert read_library(Folder("", {"ideas/one.yaml": content}, {})).faults


def test_a_byte_order_mark_is_remembered() -> None:
    """What is written back to the file must start as it did."""
    folder = Folder("", {"ideas/one.yaml": b"\xef\xbb\xbftitle: One\nsummary: Two\npriority: p\n"}, {})
    known = sound(folder)
    assert known
    library = read_library(folder, None, known).value
    assert library is not None
    assert library.ideas["one"].origin.source.bom


@pytest.mark.parametrize(
    "what", [b"", b"\xc1", b"\x80", b"\x81\xa5title\x01", b"\x81\xa5title\xa3One", b"x" * 9]
)
def test_what_something_else_wrote_is_not_believed(what: Any) -> None:
    """Such as a cut or damaged file of a cache, or one of another version: the file is read as if nothing were known."""
    assert record_said(what, Idea) is None
    content = b"title: One\nsummary: Two\npriority: p\n"
    folder = Folder("", {"ideas/one.yaml": content}, {})
    place = (0, len(what), zlib.crc32(what))
    kept = Kept("", what, {key_of(b"ideas", content): place}, whole=True, used=set(), new={}, files={})
    known = sound_files(folder, Work(kept=kept))
    assert known == {"ideas/one.yaml": None}
    assert read_library(folder, None, known) == read_library(folder)


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_project_is_the_same_however_many_processes_read_it(tmp_path: Path, jobs: int) -> None:
    """The records and every fault, in the same order."""
    example = tmp_path / "examples" / "mayor"
    shutil.copytree(IDEAS.parent / "examples" / "mayor", example)
    shutil.copytree(IDEAS, tmp_path / "ideas")
    (example / "ideas").mkdir(exist_ok=True)
    for i, text in enumerate(FAULTY.values()):
        (example / "ideas" / f"faulty-{i}.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    alone = load(example)
    assert alone.faults
    assert load(example, Work(jobs=jobs)) == alone


@pytest.mark.parametrize("name", ["mayor", "safer-deal"])
def test_an_edition_is_the_same_however_many_processes_parse_it(name: str) -> None:
    """Its texts, its site and every fault."""
    project = load(IDEAS.parent / "examples" / name).value
    assert project
    alone, shared = (
        prepare(project, WEBSITE, Settings(Day(2026, 11, 25)), Work(jobs=jobs)) for jobs in (1, 3)
    )
    assert shared == alone
