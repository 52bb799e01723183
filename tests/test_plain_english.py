"""What ships is plain English, and every statement of it can be traced: each library of `ideas/` and each example.

When one of these fails, it names the file and line, the text and the sentence. `docs/writing-ideas.md` says what to do about it.
"""

from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.loading import load_library
from support import findings
from support.findings import Finding
from support.records import Written, everything, examples, libraries

RECORDS = everything()
SHIPPED = tuple(record for record in RECORDS if record.shipped)
MADE = tuple(record for record in SHIPPED if record.kind != "library")
IDEAS = tuple(record for record in SHIPPED if record.kind == "idea")

every_record = pytest.mark.parametrize("written", RECORDS, ids=lambda written: f"{written.kind} {written.id}")
every_made = pytest.mark.parametrize("written", MADE, ids=lambda written: f"{written.kind} {written.id}")
every_idea = pytest.mark.parametrize("written", IDEAS, ids=lambda written: written.id)
every_folder = pytest.mark.parametrize("folder", [*libraries(), *examples()], ids=lambda folder: folder.name)


def nothing(finding: Finding, written: Written) -> None:
    """Fails with all that is found."""
    if found := list(finding(written)):
        pytest.fail("\n".join(found), pytrace=False)


def test_something_ships() -> None:
    """If nothing were found, all that follows would pass."""
    assert libraries()
    assert examples()
    assert {record.kind for record in SHIPPED} == {"library", "priority", "idea", "case study", "deal"}
    assert any(piece.field.startswith("priorities") for record in RECORDS for piece in record.pieces), (
        "what a manifesto changes in a library's text is measured, too"
    )


@every_record
def test_no_sentence_is_too_long(written: Written) -> None:
    """A sentence of more than 35 words is two sentences. A placeholder counts as one word."""
    nothing(findings.long_sentences, written)


@every_record
def test_sentences_are_short_on_average(written: Written) -> None:
    """The sentences of a record have fewer than 20 words on average. The longest are shown: begin with them."""
    nothing(findings.long_average, written)


@every_record
def test_acronyms_are_written_out(written: Written) -> None:
    """The first time, the long name stands there and the acronym in brackets after it; or do without the acronym."""
    nothing(findings.bare_acronyms, written)


@every_record
def test_no_word_to_avoid_is_used(written: Written) -> None:
    """The list with its sources and exceptions is `tests/support/plain-english.yaml`."""
    nothing(findings.avoided_words, written)


@every_record
def test_every_address_is_well_formed(written: Written) -> None:
    """An address can be typed, leads to a host with a dot, and follows nobody."""
    nothing(findings.bad_addresses, written)


@every_made
def test_every_claim_names_its_source_and_the_place_in_it(written: Written) -> None:
    """Where sources disagree, each value has both."""
    nothing(findings.loose_claims, written)


@every_made
def test_every_record_says_what_it_was_made_from(written: Written) -> None:
    """A document and a place in it."""
    nothing(findings.no_provenance, written)


@every_idea
def test_an_idea_is_told_in_100_to_250_words(written: Written) -> None:
    """Shorter says too little, longer is not read. Headings do not count."""
    nothing(findings.body_length, written)


@every_idea
def test_an_idea_says_who_can_do_it_and_how(written: Written) -> None:
    """Offices, power, levers, tags; and partners, unless there is a reason why nobody else is needed."""
    nothing(findings.gaps, written)


def test_every_reason_for_having_no_partners_is_needed() -> None:
    """No reason stays behind."""
    needed = {written.id for written in IDEAS if not written.record.partners}
    assert set(findings.WITHOUT_PARTNERS) <= needed


@every_folder
def test_every_address_of_a_source_is_well_formed(folder: Path) -> None:
    """As those of records are."""
    library = load_library(folder).value
    assert library
    found = [
        f"{folder.name}/sources.yaml, {name}: {url}: {why}"
        for name, source in library.sources.items()
        for url in (source.record.url, source.record.archive_url)
        if url
        for why in findings.faulty(url)
    ]
    assert found == [], "\n".join(found)


@every_folder
def test_a_strict_check_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No error, no warning: what we ship is what we ask of others."""
    status = main(["check", "--strict", "-C", str(folder)])
    printed = capsys.readouterr()
    assert status == 0, printed.out + printed.err
