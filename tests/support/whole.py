"""Everything that happens to a file before templates run, with one file of any kind put in among sound ones, and what must hold of it."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from manifesto_cli.checks import CHECKS
from manifesto_cli.checks.allowances import settle
from manifesto_cli.checks.examined import Examined, of_edition, of_library
from manifesto_cli.cli.console import FORMATS, as_text, plain
from manifesto_cli.editing.starting import EXAMPLES
from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Outcome, has_errors, in_reading_order
from manifesto_cli.faults.source import SourceFile, apply_edits
from manifesto_cli.loading import EMPTY
from manifesto_cli.merging.edition import Edition, merge
from manifesto_cli.merging.library_check import library_faults, library_texts
from manifesto_cli.merging.references import Shelf
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.manifesto import Manifesto
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs.booklet import BOOKLET
from manifesto_cli.outputs.edition_json import edition_file
from manifesto_cli.outputs.website import WEBSITE, place
from manifesto_cli.payments.breaking_even import break_even
from manifesto_cli.payments.curve import payment_curve, payment_table
from manifesto_cli.payments.simulation import simulate
from manifesto_cli.pipeline import site_url
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.reading.library import Folder, Library, read_library
from manifesto_cli.reading.origin import Origin
from manifesto_cli.rendering.markdown import to_markdown
from manifesto_cli.rendering.markup import ParsedProse, parse, to_html
from manifesto_cli.rendering.output import Output
from manifesto_cli.rendering.plan import edition_texts, link_faults, picture_faults, plan
from manifesto_cli.rendering.site import Site, TextKey, anchor_prefix, gathered
from manifesto_cli.rendering.theme import ThemeFolder, read_layer

T = TypeVar("T")
_ROOT = Path(__file__).parents[2]
_LIBRARY = _ROOT / "ideas" / "police-and-crime"
_MANIFESTO = """\
format: 1
title: A plan
candidate: {name: Robin Example}
office: {role: pcc, area: Exampleshire}
imprint: {jurisdiction: none}
values: {first_places: Anytown, force: Constabulary, placement_partner: Farm, years: 3}
priorities:
  - priority: tried
    ideas: [tried]
deals: [tried]
"""
_FILES = {
    "manifesto.yaml": _MANIFESTO,
    "library.yaml": "",
    "theme.yaml": "",
    "sources.yaml": "",
    "priorities/tried.yaml": "title: Tried\n",
    "ideas/tried.yaml": "title: Tried\npriority: tried\nsummary: Tried.\ncase_studies: [tried]\n",
    "case-studies/tried.yaml": "title: Tried\nsummary: Tried.\n",
    "deals/tried.yaml": "title: Tried\nsummary: Tried.\nideas: [tried]\ncase_studies: [tried]\n",
}
TODAY = Day.parse("2026-11-25")
KINDS = tuple(_FILES)
"""The kinds of file, each by the path under which one is tried."""


def real_files() -> list[tuple[str, bytes]]:
    """Every real file of the repository, and a deal with all that it can have, each with the kind that it is of."""
    whole = "\n".join((_FILES["deals/tried.yaml"].split("ideas")[0], *EXAMPLES[Deal].values()))
    found = [("deals/tried.yaml", whole.encode())]
    for folder in (
        folder for kind in ("ideas", "themes", "examples") for folder in sorted((_ROOT / kind).iterdir())
    ):
        for path in sorted(folder.rglob("*.yaml")):
            name = path.relative_to(folder).as_posix()
            kind = f"{name.split('/')[0]}/tried.yaml" if "/" in name else name
            if kind in KINDS:
                found.append((kind, path.read_bytes()))
    return found


@cache
def _shipped() -> Library:
    paths = {path.relative_to(_LIBRARY).as_posix(): path for path in _LIBRARY.rglob("*.yaml")}
    library = read_library(Folder("", {name: path.read_bytes() for name, path in paths.items()}, {})).value
    assert library is not None
    return library


def examine(kind: str, content: bytes) -> Faults:
    """Every fault of a project with this file in it, after reading, merging, checking, parsing and planning.

    Asserts what must hold on the way: nothing is raised, no value means an error, each fault has a place in
    its source, each change that is offered can be made, and all of it can be printed.
    """
    faults: list[Diagnostic] = []
    if kind == "theme.yaml":
        _sound(read_layer(ThemeFolder("tried", "", {kind: content})), faults)
    elif kind == "library.yaml":
        library = _sound(read_library(Folder("", {kind: content}, {})), faults)
        assert library
        _alone(Shelf(EMPTY, (library,)), library, faults)
        if library.header and library.origin:
            settle(faults, library.header.allow, library.origin, library, complete=True)
    else:
        _project(kind, content, faults)
    for fault in faults:
        _placed(fault)
    ordered = in_reading_order(faults)
    as_text(ordered, plain).encode()
    for printed in FORMATS.values():
        printed(ordered).encode()
    assert len(json.loads(FORMATS["json"](ordered))) == len(ordered)
    return ordered


def _project(kind: str, content: bytes, faults: list[Diagnostic]) -> None:
    files = {**{path: text.encode() for path, text in _FILES.items()}, kind: content}
    records = {path: held for path, held in files.items() if "/" in path or path == "sources.yaml"}
    own = _sound(read_library(Folder("", records, {"media/hall.jpg": "hall.jpg"})), faults)
    assert own is not None
    shelf = Shelf(own, (_shipped(),))
    document = _sound(read_document("manifesto.yaml", files["manifesto.yaml"]), faults)
    manifesto = _sound(decode(*document, Manifesto, "a manifesto"), faults) if document else None
    merged = _sound(merge(shelf, manifesto, Origin(*document)), faults) if document and manifesto else None
    _alone(shelf, own, faults, merged)
    if document and manifesto and merged:
        _published(shelf, merged, faults)
        settle(faults, manifesto.allow, Origin(*document), own, complete=True)


def _alone(shelf: Shelf, library: Library, faults: list[Diagnostic], edition: Edition | None = None) -> None:
    """What is looked at in a library's records that no page shows."""
    examined = of_library(library, TODAY, edition)
    _checked(examined, faults)
    faults += (*library_faults(shelf, library), *picture_faults(shelf, library, {}))
    for prose in library_texts(library, {subject.key for subject in examined.subjects}):
        parsed = _sound(parse(prose), faults)
        faults += link_faults(shelf, library.id, parsed, {}) if parsed else ()


def _checked(examined: Examined, faults: list[Diagnostic]) -> None:
    for check in CHECKS:
        faults += check(examined)


def _published(shelf: Shelf, edition: Edition, faults: list[Diagnostic]) -> None:
    """What is looked at in an edition, and its texts as they would stand on their pages."""
    for deal in edition.deals:
        _worked_out(deal.deal)
    texts = {}
    for key, prose in edition_texts(edition):
        parsed = _sound(parse(prose), faults)
        if parsed:
            texts[key] = parsed
    for output in (WEBSITE, BOOKLET):
        _checked(of_edition(edition, TODAY, printed=output.printed), faults)
        site = _sound(plan(shelf, edition, texts, output.layout, site_url(edition.manifesto, None)), faults)
        if site and not has_errors(faults):
            _written(site, texts, output)
            if output is WEBSITE:
                assert json.loads(edition_file(edition, site).content)


def _worked_out(deal: Deal) -> None:
    """What a deal pays. Whatever its numbers are, or are not, that is never below nothing, and never above what is promised."""
    for payment in simulate(deal, {}).payments:
        assert payment.payment is None or payment.payment >= 0
        assert payment.payment is None or payment.cap is None or payment.payment <= payment.cap
    for metric in deal.outcome_metrics:
        payment_curve(deal, metric)
        payment_table(deal, metric)
        break_even(deal, metric)


def _written(site: Site, texts: dict[TextKey, ParsedProse], output: Output | None) -> None:
    """Every text as it would stand on its page; without an output, on the page that holds all of them."""
    if output is WEBSITE:
        _written(gathered(site, place), texts, None)
    for key, parsed in texts.items():
        page = site.pages[key[0], key[1]]
        addresses, prefix = site.addresses(page, key), anchor_prefix(page.address, key)
        if output is BOOKLET:
            to_markdown(parsed, addresses, frozenset(), prefix, 1).encode()
        else:
            to_html(parsed, addresses, prefix, 1).encode()


def _sound(outcome: Outcome[T], faults: list[Diagnostic]) -> T | None:
    faults += outcome.faults
    assert outcome.value is not None or has_errors(faults), "neither a value nor an error"
    return outcome.value


def _placed(fault: Diagnostic) -> None:
    for label in (fault.label, *fault.others):
        assert 0 <= label.span.start <= label.span.end <= len(label.span.source.text), fault.code
    source = fault.label.span.source
    if fault.fix and fault.code.startswith("yaml-"):
        mended = SourceFile(source.path, apply_edits(source.text, fault.fix.edits))
        moved = sum(
            len(edit.text) - (edit.end - edit.start)
            for edit in fault.fix.edits
            if edit.end <= fault.label.span.start
        )
        there = {(fault.code, fault.label.span.start), (fault.code, fault.label.span.start + moved)}
        after = {
            (other.code, other.label.span.start)
            for other in read_document(source.path, mended.encode()).faults
        }
        assert not there & after, f"{fault.code} is still there"


def codes(faults: Iterable[Diagnostic]) -> set[str]:
    """The codes of faults."""
    return {fault.code for fault in faults}
