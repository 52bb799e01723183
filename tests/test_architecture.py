"""The shape of the code, kept by tests: bands, sizes, and a manual page for every fault."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import manifesto_cli
from manifesto_cli.checks.manual import manual
from manifesto_cli.cli.pages import pages
from manifesto_cli.faults.diagnostic import Severity

SOURCE = Path(__file__).resolve().parent.parent / "src" / "manifesto_cli"
MODULES = sorted(SOURCE.rglob("*.py"))
MAKERS = {"error", "warning", "note"}


def names(module: Path) -> str:
    """How a module is called in test names."""
    return str(module.relative_to(SOURCE))


@pytest.mark.parametrize("module", MODULES, ids=names)
def test_no_module_is_longer_than_400_lines(module: Path) -> None:
    """A module that is longer is two modules."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("module", MODULES, ids=names)
def test_a_fault_is_made_only_in_the_function_that_is_its_manual_page(module: Path) -> None:
    """The code of a fault is the name of the function that makes it, so its page is always the right one."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for call in [node for node in ast.walk(function) if isinstance(node, ast.Call)]:
            if isinstance(call.func, ast.Name) and call.func.id in MAKERS and function.name not in MAKERS:
                code = call.args[0]
                assert isinstance(code, ast.Constant)
                assert code.value == function.name.replace("_", "-")
                assert manual()[code.value].severity is Severity[call.func.id.upper()]


def test_every_manual_page_says_what_how_and_why() -> None:
    """A page has a sentence, an explanation, and a way to mend it."""
    for code, text in pages().items():
        first, *rest = text.split("\n\n")
        assert first.endswith("."), code
        assert any(part.startswith("Mend it") for part in rest), code


def test_every_code_is_met_in_some_case_or_test() -> None:
    """No fault is only a promise: the specification or a test shows each of them."""
    folder = Path(__file__).parent
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in [*folder.rglob("*.md"), *folder.rglob("*.py")]
        if path != Path(__file__)
    )
    assert [code for code in pages() if code not in shown] == []


def test_the_public_functions_are_there() -> None:
    """Whoever builds on the package finds each stage under its name, with a docstring."""
    for name in manifesto_cli.__all__:
        assert getattr(manifesto_cli, name)
        assert name.startswith("__") or getattr(manifesto_cli, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        manifesto_cli.nothing  # noqa: B018 - asking for it is the test


def test_imports_point_down() -> None:
    """The bands of the flow hold, siblings have no circles, and the middle touches no world."""
    assert importlib.util.find_spec("importlinter")
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [linter, "--no-cache"], cwd=SOURCE.parent.parent, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("arguments", [["--version"], ["-V"]])
def test_asking_for_the_version_loads_next_to_nothing(arguments: list[str]) -> None:
    """Scripts ask for it often: neither the command line's library nor the templates' is loaded."""
    script = "import sys; from manifesto_cli.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    assert not {"typer", "jinja2", "yaml", "msgspec", "markdown_it", "rich"} & set(result.stdout.split())


def test_help_does_not_load_what_builds() -> None:
    """Help comes at once."""
    script = "import sys; from manifesto_cli.cli import main; main(['--help']); print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"jinja2", "yaml", "msgspec", "markdown_it", "rich"} & set(result.stdout.split())


def test_checking_does_not_load_what_makes_pages() -> None:
    """Whoever writes checks often: Jinja is for building."""
    script = "import sys; from manifesto_cli.cli import main; main(['check', '-q', '-C', sys.argv[1]]); print(*sys.modules)"
    example = SOURCE.parent.parent / "examples" / "minimal"
    result = subprocess.run(
        [sys.executable, "-c", script, str(example)], capture_output=True, text=True, check=True
    )
    assert not {"jinja2", "mdformat", "rich"} & set(result.stdout.split())


def test_building_a_site_does_not_load_what_the_booklet_needs() -> None:
    """Nothing is imported before it is needed."""
    script = "import sys; from manifesto_cli.cli import main; main(['build', '-n', '-q', '-C', sys.argv[1]]); print(*sys.modules)"
    example = SOURCE.parent.parent / "examples" / "minimal"
    result = subprocess.run(
        [sys.executable, "-c", script, str(example)], capture_output=True, text=True, check=True
    )
    assert not {"mdformat", "rich"} & set(result.stdout.split())
