"""What all tests share: the switch that rewrites expectations, and a world without the developer's own settings."""

import itertools
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from support.browser import Browser, browsing
from support.built import Published, published
from support.looks import Found, Subject, survey
from support.previews import Preview, previewed, project
from support.repositories import WORLD, found
from support.sites import Sites, shown
from support.tools import package, program
from tools.chromium import NAMES

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` rewrites what cases and golden trees expect; read the difference as carefully as code."""
    parser.addoption("--update", action="store_true", help="rewrite expectations to what happens now")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder in which nobody lives."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Published, ...]:
    """Every example, hostile texts, and a script from right to left, published for validators and browsers."""
    folder = tmp_path_factory.mktemp("editions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MANIFESTO_CACHE", str(folder / "cache"))
        return published(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with browsing(program(NAMES, "chromium")) as running:
        yield running


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return package("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def sites(editions: tuple[Published, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """The editions in every theme, on a host."""
    with shown(editions, tmp_path_factory.mktemp("sites")) as there:
        yield there


@pytest.fixture(scope="session")
def surveyed(browser: Browser, axe: str, sites: Sites) -> dict[Subject, Found]:
    """What one visit to each page has found."""
    return browser.each(sites.subjects(), survey, axe)


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository and its remote, made once."""
    folder = tmp_path_factory.mktemp("founded")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in WORLD.items():
            patch.setenv(name, value)
        found(folder, folder / "there.git")
    return folder


@pytest.fixture
def work(_founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a repository whose remote is `there.git` beside it."""
    for name, value in WORLD.items():
        monkeypatch.setenv(name, value)
    shutil.copytree(_founded, tmp_path, dirs_exist_ok=True)
    settings = tmp_path / "work" / ".git" / "config"
    settings.write_text(settings.read_text().replace(str(_founded), str(tmp_path)))
    return tmp_path / "work"


@pytest.fixture
def there(work: Path) -> Path:
    """The bare repository that is its remote."""
    return work.parent / "there.git"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of a small project."""
    with previewed(project(tmp_path / "project")) as running:
        yield running


_number = itertools.count()
GIT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": said
        for who in ("AUTHOR", "COMMITTER")
        for what, said in {
            "NAME": "Robin Example",
            "EMAIL": "robin@example.org",
            "DATE": "2026-11-25T12:00:00Z",
        }.items()
    },
    "GIT_SSH_COMMAND": f"sh {shlex.quote(str(Path(__file__).parent / 'support' / 'ssh'))}",
    "GIT_SSH_VARIANT": "simple",
}
"""Git as it is on every machine, with a GitHub of our own."""


@pytest.fixture(autouse=True)
def _steady_world(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """No setting of whoever runs the tests changes what they see."""
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "MANIFESTO_PROJECT",
        "MANIFESTO_OUTPUT",
        "MANIFESTO_PORT",
        "MANIFESTO_BASE_URL",
        "MANIFESTO_JOBS",
        "MANIFESTO_STRICT",
        "MANIFESTO_CACHE",
    ):
        monkeypatch.delenv(name, raising=False)
    # No test depends on the day it runs on: whatever asks for the date is told 25 November 2026.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")
    monkeypatch.setenv("HOME", str(home))
    for name, value in GIT.items():
        monkeypatch.setenv(name, value)
    # Each test has a cache of its own, which is there once it is used: making thousands of folders takes longer than most tests.
    number = next(_number)
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / f"cache-{number}"))
    monkeypatch.setenv("MANIFESTO_TEST_HOST", str(home / f"host-{number}"))


@pytest.fixture
def checkout() -> Path:
    """The folder of the repository."""
    return Path(__file__).resolve().parent.parent
