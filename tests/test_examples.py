"""The examples that ship: every page says that what it shows is fictional, whatever way a reader came to it."""

from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.loading import load
from manifesto_cli.model.manifesto import Manifesto

EXAMPLES = sorted(
    path.parent for path in (Path(__file__).resolve().parent.parent / "examples").glob("*/manifesto.yaml")
)

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)


def test_there_are_examples() -> None:
    """The smallest one, a commissioner and a mayor."""
    assert {"minimal", "police-commissioner", "mayor"} <= {path.name for path in EXAMPLES}


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


def _manifesto(example: Path) -> Manifesto:
    project = load(example).value
    assert project
    assert project.manifesto
    return project.manifesto
