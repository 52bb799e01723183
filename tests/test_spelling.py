"""What people read is spelt as in Britain: libraries, examples, documents, and the words of the theme."""

from pathlib import Path

from support.spelling import BRITISH_AFTER_ALL, BRITISH_TOO, americanisms, as_checked, misspelt, with_z

ROOT = Path(__file__).resolve().parent.parent
READ = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(
            path
            for folder in ("ideas", "examples")
            for path in (ROOT / folder).rglob("*")
            if path.suffix in (".yaml", ".md")
        ),
        *(ROOT / "themes").glob("*/templates/**/*.html"),
        *(ROOT / "themes").glob("*/theme.yaml"),
    ]
)


def test_everything_is_spelt_as_in_britain(tmp_path: Path) -> None:
    """No slip that codespell knows, and no American form. What is right after all goes into `support/spelling.py`."""
    assert misspelt(READ, ROOT, tmp_path) == ""


def test_verbs_end_in_ise() -> None:
    """`organise`, not `organize`: Oxford allows both, we write one."""
    found = {path.relative_to(ROOT).as_posix(): with_z(as_checked(path)) for path in READ}
    assert {path: words for path, words in found.items() if words} == {}


def test_slips_and_american_forms_are_found(tmp_path: Path) -> None:
    """A file with one of each: the line says where, and what to write."""
    (tmp_path / "text").mkdir()
    page = tmp_path / "text" / "page.md"
    page.write_text("The neighbours recieved it.\n\nA community center.\n", encoding="utf-8")
    said = misspelt([page], tmp_path / "text", tmp_path)
    assert said.splitlines() == ["page.md:1: recieved ==> received", "page.md:3: center ==> centre"]


def test_the_title_of_a_source_is_not_ours(tmp_path: Path) -> None:
    """A title is quoted as it was printed, and an address and code are not prose."""
    page = tmp_path / "sources.yaml"
    page.write_text(
        "a:\n  title: Youth Center Program\n  publisher: Center\n  url: https://a.org/center\n",
        encoding="utf-8",
    )
    assert misspelt([page], tmp_path, tmp_path / "scratch") == ""


def test_a_z_is_found_where_it_should_be_an_s() -> None:
    """And is left alone where it belongs."""
    assert with_z("They organize and analyze; the organization is recognized.") == [
        "organize",
        "analyze",
        "organization",
        "recognized",
    ]
    assert with_z("A prize of any size was seized. Citizens on the horizon resized it.") == []


def test_every_exception_is_one() -> None:
    """A word that is not in the dictionary needs no reason for leaving it out."""
    assert not {line.split("->")[0] for line in americanisms().splitlines()} & set(BRITISH_TOO)
    assert not BRITISH_AFTER_ALL & set(BRITISH_TOO)
