"""A library may come from a stranger: nothing in its folder can make the tool read anything outside it."""

import os
from pathlib import Path
from typing import Any

import pytest

from manifesto_cli.disk.trees import read_folder
from manifesto_cli.reading.text import MAX_BYTES

IDEA = b"title: A panel\npriority: democracy\nsummary: A panel.\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with an idea, beside a folder that is none of its business."""
    for folder in ("library/ideas", "library/shared", "outside"):
        (tmp_path / folder).mkdir(parents=True)
    for place in ("library/ideas/panel.yaml", "library/shared/jury.yaml", "outside/secret.yaml"):
        (tmp_path / place).write_bytes(IDEA)
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("ideas/secret.yaml", "../../outside/secret.yaml"),
        ("ideas/by-itself.yaml", "by-itself.yaml"),
        ("priorities", "../outside"),
        ("sources.yaml", "../outside/secret.yaml"),
        ("ideas/around.yaml", "../../library/../outside/secret.yaml"),
    ],
)
def test_a_link_that_leads_out_is_refused(library: Path, link: str, target: str) -> None:
    """Whether a file is the link or the folder it lies in; what lies beside it is read all the same."""
    (library / link).symlink_to(target)
    folder = read_folder(library)
    assert {path for path, _ in folder.refused} == {link}
    assert {*folder.files} == {"ideas/panel.yaml"}


def test_a_link_to_a_link_that_leads_out_is_refused(library: Path) -> None:
    """However many steps it takes."""
    (library / "case-studies").symlink_to("shared")
    (library / "shared" / "jury.yaml").unlink()
    (library / "shared" / "secret.yaml").symlink_to("../../outside/secret.yaml")
    folder = read_folder(library)
    assert {path for path, _ in folder.refused} == {"case-studies/secret.yaml"}
    assert {*folder.files} == {"ideas/panel.yaml"}


def test_a_link_that_stays_inside_is_followed(library: Path) -> None:
    """A library may arrange its files as it likes."""
    (library / "case-studies").symlink_to("shared")
    (library / "ideas" / "jury.yaml").symlink_to("../shared/jury.yaml")
    folder = read_folder(library)
    assert folder.refused == ()
    assert {*folder.files} == {"ideas/panel.yaml", "ideas/jury.yaml", "case-studies/jury.yaml"}


def test_what_is_no_plain_file_is_not_read(library: Path) -> None:
    """A pipe would stop the tool for ever, a folder holds no text; what may not be read says why, and the rest is read."""
    os.mkfifo(library / "ideas" / "pipe.yaml")
    (library / "ideas" / "folder.yaml").mkdir()
    (library / "ideas" / "socket.yaml").symlink_to("/dev/null")
    folder = read_folder(library)
    assert dict(folder.refused) == {
        "ideas/pipe.yaml": "it is not a plain file",
        "ideas/socket.yaml": "it is a link that leads out of its folder",
    }
    assert {*folder.files} == {"ideas/panel.yaml"}


@pytest.mark.parametrize(
    "size", [0, 1, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, MAX_BYTES, MAX_BYTES + 1, 3 * MAX_BYTES]
)
def test_a_file_is_read_to_its_end_or_a_little_past_its_limit(library: Path, size: int) -> None:
    """However many pieces that takes: whoever decides on its size sees that there is more."""
    content = bytes(i % 251 for i in range(251)) * (size // 251 + 1)
    (library / "ideas" / "panel.yaml").write_bytes(content[:size])
    assert read_folder(library).files == {"ideas/panel.yaml": content[: min(size, MAX_BYTES + 1)]}


@pytest.mark.parametrize("call", ["open", "read"])
def test_a_file_that_changes_into_a_link_meanwhile_is_not_followed(
    library: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was a plain file when its folder was looked at; the next moment it leads out, or the disk fails to read it."""
    original = getattr(os, call)
    secret = library.parent / "outside" / "secret.yaml"
    panel = library / "ideas" / "panel.yaml"

    def changing(*given: Any, **named: Any) -> Any:
        if call == "open" and str(given[0]).endswith("panel.yaml") and not panel.is_symlink():
            panel.unlink()
            panel.symlink_to(secret)
        if call == "read":
            raise OSError(5, "Input/output error")
        return original(*given, **named)

    monkeypatch.setattr(os, call, changing)
    folder = read_folder(library)
    assert folder.files == {}
    why = {"open": "it is a link that leads out of its folder", "read": "input/output error"}[call]
    assert folder.refused == (("ideas/panel.yaml", why),)
