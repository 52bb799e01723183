"""A library may come from a stranger: nothing in its folder can make the tool read anything outside it."""

from pathlib import Path

import pytest

from manifesto_cli.disk.trees import read_folder

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
