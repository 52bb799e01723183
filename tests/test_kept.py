"""What is kept between runs makes them faster and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.disk.kept import key_of, nothing_kept, opened, save

TOOL = b"this"
PIECES = st.dictionaries(st.binary(min_size=16, max_size=16), st.binary(max_size=60), min_size=1, max_size=6)


def kept_in(folder: Path, *rounds: dict[bytes, bytes], tool: bytes = TOOL) -> Path:
    """The one file of a folder in which each round was kept."""
    for pieces in rounds:
        kept = opened(folder, "project", tool)
        kept.add(pieces)
        save(kept)
    (place,) = folder.iterdir()
    return place


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_what_is_kept_is_found(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[bytes, bytes]]
) -> None:
    """In whichever of several runs it was kept."""
    folder = tmp_path_factory.mktemp("kept")
    kept_in(folder, *rounds)
    kept = opened(folder, "project", TOOL)
    wanted = {key: piece for pieces in rounds for key, piece in pieces.items()}
    assert {key: kept.find(key) for key in wanted} == wanted
    assert kept.find(key_of(b"other", b"something")) is None


@given(PIECES, PIECES, st.data())
def test_what_is_damaged_is_not_found(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[bytes, bytes],
    second: dict[bytes, bytes],
    data: st.DataObject,
) -> None:
    """A file that was cut, or in which a byte is another: what is found is what was kept, and what is kept next is found again."""
    folder = tmp_path_factory.mktemp("kept")
    place = kept_in(folder, first, second)
    content = place.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    cut = data.draw(st.booleans())
    place.write_bytes(content[:at] if cut else content[:at] + bytes([content[at] ^ 0x5A]) + content[at + 1 :])
    kept = opened(folder, "project", TOOL)
    true = first | second
    assert all(kept.find(key) in (None, true[key], first.get(key)) for key in true)
    more = {key_of(b"more", b"more"): b"more"}
    kept.add(more)
    save(kept)
    assert opened(folder, "project", TOOL).find(*more) == b"more"


def test_another_tool_and_another_project_know_nothing(tmp_path: Path) -> None:
    """They have files of their own."""
    key = key_of(b"kind", b"what")
    kept_in(tmp_path, {key: b"piece"})
    assert opened(tmp_path, "project", TOOL).find(key) == b"piece"
    assert opened(tmp_path, "project", b"that").find(key) is None
    assert opened(tmp_path, "other", TOOL).find(key) is None


def test_one_kind_of_work_is_not_another() -> None:
    """Though both are done on the same bytes."""
    assert key_of(b"ideas", b"title: One") != key_of(b"deals", b"title: One")


def test_what_is_of_no_use_any_more_goes(tmp_path: Path) -> None:
    """Once it is more than what is."""
    large = {key_of(b"kind", bytes([i])): bytes([i]) * (1 << 22) for i in range(12)}
    place = kept_in(tmp_path, large)
    before = place.stat().st_size
    kept = opened(tmp_path, "project", TOOL)
    first = next(iter(large))
    assert kept.find(first) == large[first]
    kept.add({key_of(b"kind", b"new"): b"new"})
    save(kept)
    assert place.stat().st_size < before / 4
    again = opened(tmp_path, "project", TOOL)
    assert again.find(first) == large[first]
    assert again.find(key_of(b"kind", b"new")) == b"new"


def test_where_nothing_can_be_kept_nothing_is_said(tmp_path: Path) -> None:
    """The folder is a file; or none is wanted."""
    (tmp_path / "file").write_bytes(b"")
    for kept in (opened(tmp_path / "file", "project", TOOL), nothing_kept(), opened(None, "project", TOOL)):
        kept.add({key_of(b"kind", b"what"): b"piece"})
        save(kept)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
