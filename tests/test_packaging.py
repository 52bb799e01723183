"""What is handed out: a wheel with everything that ships and nothing else, and a source archive that makes the same wheel."""

import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from manifesto_cli import __version__

NAME = f"manifesto_cli-{__version__}"
SHIPPED = "manifesto_cli/shipped/"


def built(source: Path, folder: Path, *targets: str) -> None:
    """Build without the network: what builds is installed for the tests."""
    words = [part for target in targets for part in ("-t", target)]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder, *words],
        cwd=source,
        check=True,
        capture_output=True,
    )


def contents(wheel: Path) -> dict[str, bytes]:
    """Every file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    built(Path(__file__).resolve().parent.parent, folder, "sdist", "wheel")
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> dict[str, bytes]:
    return contents(next(dist.glob("*.whl")))


@pytest.fixture(scope="module")
def metadata(wheel: dict[str, bytes]) -> Message:
    return message_from_bytes(wheel[f"{NAME}.dist-info/METADATA"])


def written(folder: Path) -> dict[str, bytes]:
    """Every file of a folder of the checkout that people wrote."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_source_archive_makes_the_same_wheel(dist: Path, wheel: dict[str, bytes], tmp_path: Path) -> None:
    """File by file: whoever packages it anew hands out what we do."""
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    built(tmp_path / "source" / NAME, tmp_path / "dist", "wheel")
    again = contents(next((tmp_path / "dist").glob("*.whl")))
    assert again.keys() == wheel.keys()
    assert [name for name, content in wheel.items() if again[name] != content] == []


def test_the_wheel_holds_what_ships_and_nothing_else(wheel: dict[str, bytes], checkout: Path) -> None:
    """The code, the libraries, the themes and the samples, byte for byte; no tests, tools or caches."""
    expected = {
        **{f"manifesto_cli/{path}": text for path, text in written(checkout / "src/manifesto_cli").items()},
        **{f"{SHIPPED}ideas/{path}": text for path, text in written(checkout / "ideas").items()},
        **{f"{SHIPPED}themes/{path}": text for path, text in written(checkout / "themes").items()},
        **{f"{SHIPPED}samples/{path}": text for path, text in written(checkout / "samples").items()},
    }
    assert {name: text for name, text in wheel.items() if name.startswith("manifesto_cli/")} == expected
    fonts = {
        path.relative_to(checkout).as_posix() for path in checkout.glob("themes/*/assets/fonts/OFL-*.txt")
    }
    assert len(fonts) == 6
    about = {name for name in wheel if not name.startswith("manifesto_cli/")}
    assert about == {
        *(
            f"{NAME}.dist-info/{name}"
            for name in (
                "METADATA",
                "RECORD",
                "WHEEL",
                "entry_points.txt",
                "licenses/LICENSE",
                "licenses/ideas/LICENSE.md",
                *(f"licenses/{path}" for path in fonts),
            )
        ),
        f"{NAME}.data/data/share/man/man1/manifesto.1",
    }


def test_types_licences_and_the_page_for_man_come_along(wheel: dict[str, bytes], checkout: Path) -> None:
    """Whoever builds on it is told its types, and everybody what they may do with it."""
    assert "manifesto_cli/py.typed" in wheel
    for path in ("LICENSE", "ideas/LICENSE.md", "themes/rally/assets/fonts/OFL-Archivo.txt"):
        assert wheel[f"{NAME}.dist-info/licenses/{path}"] == (checkout / path).read_bytes()
    page = wheel[f"{NAME}.data/data/share/man/man1/manifesto.1"]
    assert page == (checkout / "docs/man/manifesto.1").read_bytes()


def test_the_metadata_is_whole(metadata: Message) -> None:
    """What an index shows, with no address that is nobody's."""
    assert metadata["Name"] == "manifesto-cli"
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0 AND OFL-1.1"
    files = metadata.get_all("License-File", [])
    assert {"LICENSE", "ideas/LICENSE.md"} < {*files}
    assert all(
        re.fullmatch(r"(ideas/)?LICENSE(\.md)?|themes/\w+/assets/fonts/OFL-[\w-]+\.txt", name)
        for name in files
    )
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata.get_all("Project-URL") is None
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert str(metadata.get_payload()).lstrip().startswith("# manifesto\n")


def test_what_it_needs_has_a_range(metadata: Message) -> None:
    """A lower end that is known to work, and an upper one before the next break."""
    needed = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert len(needed) == 9
    for line in needed:
        assert re.fullmatch(r"[a-z0-9-]+<[\d.]+,>=[\d.]+", line), line


def test_the_source_archive_holds_what_its_documents_link_to(dist: Path, checkout: Path) -> None:
    """Everything that people wrote is in it, so that its tests and links work."""
    with tarfile.open(next(dist.glob("*.tar.gz"))) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=checkout, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    if tracked == [""]:
        pytest.skip("this is no checkout")
    there = {name for name in tracked if (checkout / name).is_file()}
    assert there - inside == set()
