"""The examples that ship: every page says that what it shows is fictional, whatever way a reader came to it."""

import re
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.loading import load, load_library
from manifesto_cli.merging.edition import Edition
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.pipeline import prepare
from manifesto_cli.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/manifesto.yaml"))
NUMBERS = {"two": 2, "six": 6, "eight": 8, "ten": 10, "twelve": 12, "sixteen": 16, "19": 19}

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)


def test_there_are_examples() -> None:
    """The smallest one, a commissioner, a mayor, and two people with a deal."""
    assert {"minimal", "police-commissioner", "mayor", "safer-deal"} <= {path.name for path in EXAMPLES}


@every_example
def test_every_page_says_that_it_is_fictional(example: Path, tmp_path: Path) -> None:
    """In the notice at its top, which is written before anything else can be read, and in the imprint at its foot."""
    assert main(["build", "-q", "--strict", "-C", str(example), "-o", str(tmp_path / "out")]) == 0
    pages = sorted((tmp_path / "out").rglob("*.html"))
    assert len(pages) >= 10
    notice = _manifesto(example).notice
    assert notice
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.index(notice) < text.index("<main"), page
        assert "(fictional)" in text[text.index('<footer class="foot">') :], page


@every_example
def test_the_booklet_says_so_first(example: Path, tmp_path: Path) -> None:
    """Below the title, before the candidate's name."""
    assert main(["build", "-q", "-C", str(example), "--format", "md", "-o", str(tmp_path / "out")]) == 0
    booklet = (tmp_path / "out" / "manifesto.md").read_text(encoding="utf-8")
    manifesto = _manifesto(example)
    assert manifesto.notice
    assert booklet.index(manifesto.notice) < booklet.index(manifesto.candidate.name)


@every_example
def test_everyone_named_is_marked_as_fictional(example: Path) -> None:
    """The candidate, the party unless there is none, the promoter and those they act for, and the printer."""
    manifesto = _manifesto(example)
    imprint = manifesto.imprint
    people = (imprint.promoter, *imprint.on_behalf_of, imprint.printer)
    names = [manifesto.candidate.name, *(person.name for person in people if person)]
    if manifesto.candidate.party not in (None, "Independent"):
        names.append(str(manifesto.candidate.party))
    assert [name for name in names if not str(name).endswith("(fictional)")] == []


@every_example
def test_no_address_of_an_example_can_be_somebodys(example: Path) -> None:
    """Names that end in `.example` belong to nobody (RFC 2606); so do postcodes that begin with ZZ."""
    manifesto = _manifesto(example)
    contact, url = manifesto.candidate.contact, manifesto.site.url
    hosts = [url] if url else []
    if contact:
        hosts += [contact.email or "x@y.example", *(link.url for link in contact.links)]
    assert [host for host in hosts if ".example" not in host] == []
    people = (manifesto.imprint.promoter, *manifesto.imprint.on_behalf_of, manifesto.imprint.printer)
    assert [person for person in people if person and " ZZ" not in str(person.address)] == []


def test_the_readme_counts_right() -> None:
    """Ideas, case studies and deals of the libraries, pledges of the examples."""
    said = re.sub(r"\s+", " ", (ROOT / "README.md").read_text(encoding="utf-8"))
    for name, ideas, studies in (("police-and-crime", "19", "ten case studies"), ("safer-deals", "six", "")):
        library = load_library(ROOT / "ideas" / name).value
        assert library
        assert f"{ideas} ideas" in said
        assert len(library.ideas) == NUMBERS[ideas]
        assert not studies or (studies in said and len(library.case_studies) == NUMBERS[studies.split()[0]])
        assert not library.deals or ("two [deals]" in said and len(library.deals) == NUMBERS["two"])
    for name, pledges in (("police-commissioner", "twelve"), ("mayor", "sixteen"), ("safer-deal", "eight")):
        assert f"{pledges} pledges" in said
        assert len(_edition(ROOT / "examples" / name).pledges) == NUMBERS[pledges]


def test_the_commissioner_shows_what_a_manifesto_can_do() -> None:
    """Ideas of every priority, changes, values, costs, and an idea with a case study of its own."""
    edition = _edition(ROOT / "examples" / "police-commissioner")
    library = load_library(ROOT / "ideas" / "police-and-crime").value
    assert library
    assert {priority.id for priority in edition.priorities} == set(library.priorities)
    own = [pledge for pledge in edition.pledges if not pledge.library]
    assert [key for pledge in own for key in pledge.case_studies if key.startswith(":")]
    assert {"pledge", "title", "measure", "cost"} <= {
        name for pledge in edition.pledges for name in pledge.overridden
    }
    assert edition.foreword
    assert edition.about


def test_the_mayor_takes_from_both_libraries() -> None:
    """For another office, chosen one by one, by tags, all, and all but one."""
    edition = _edition(ROOT / "examples" / "mayor")
    assert edition.manifesto.office.role == "mayor"
    assert {pledge.library for pledge in edition.pledges} == {"police-and-crime", "safer-deals"}


def _edition(example: Path) -> Edition:
    project = load(example).value
    assert project
    prepared = prepare(project, OUTPUTS[0], Settings(Day(2026, 11, 25))).value
    assert prepared
    return prepared.edition


def _manifesto(example: Path) -> Manifesto:
    project = load(example).value
    assert project
    assert project.manifesto
    return project.manifesto
