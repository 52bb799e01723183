"""(Edition, site) → the page of evidence: every claim with what it rests on, every document with the claims that rest on it."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import asdict

from manifesto_cli.merging.statements import RecordName, Statement, foundations, numbers_taken
from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views import elements, parts
from manifesto_cli.rendering.views.material import Material

_LAST = {"deal": -2, "case-study": -1}
"""Where the claims of records that belong to no priority are among the groups."""


class StatementEntry(elements.ClaimView, frozen=True):
    """A claim on the page of evidence."""

    anchor: str
    """What its address on the page of evidence ends in."""
    records: tuple[elements.RecordLine, ...]
    """The pledges, deals and case studies that make it."""


class StatementGroup(Struct, frozen=True):
    """The claims that first stand in a record of one priority, in a deal, or in a case study."""

    title: str
    """The title of the priority, or `Deals`; empty for case studies."""
    entries: tuple[StatementEntry, ...]
    """The claims."""


class RestingClaim(Struct, frozen=True):
    """A claim, as the document that it rests on shows it."""

    text: str
    """The statement, in one sentence."""
    href: str
    """Where it stands on the page of evidence; empty where there is no such page."""
    locator: str
    """Where in the document."""
    value: str
    """What the document says, where documents disagree; else empty."""


class BasedRecord(elements.RecordLine, frozen=True):
    """A record that was made from a document as a whole."""

    locator: str
    """Where in the document."""


class NoteView(elements.SourceView, frozen=True):
    """A document with all that rests on it."""

    claims: tuple[RestingClaim, ...]
    """The claims that rest on it."""
    based: tuple[BasedRecord, ...]
    """The records that were made from it."""
    counted: tuple[BasedRecord, ...]
    """The deals of which a baseline or a result was taken from it."""
    records: tuple[elements.RecordLine, ...]
    """Every record that cites it, once, in reading order."""


class EvidenceView(Struct, frozen=True):
    """The page of evidence."""

    title: str
    description: str
    claim_count: int
    """How many claims there are."""
    disputed: tuple[StatementEntry, ...]
    """Claims whose sources give different values. They stand here and not in `groups`."""
    groups: tuple[StatementGroup, ...]
    """Claims whose sources agree, by priority; those of deals and of case studies alone come last."""
    unsourced: tuple[StatementEntry, ...]
    """Claims for which no source is given."""
    notes: tuple[NoteView, ...]
    """Every document, by its number."""
    anchor: str


def evidence_view(of: Material, page: Page) -> EvidenceView:
    """The page of evidence: each claim stands on it once, in one of its three parts."""
    found = of.statements.values()
    return EvidenceView(
        title="Evidence",
        description="Every fact that this manifesto rests on, with its sources",
        claim_count=len(found),
        disputed=tuple(_entry(of, page, each) for each in found if each.disputed),
        groups=tuple(
            StatementGroup(title, tuple(_entry(of, page, each) for each in group))
            for title, group in _grouped(of, found)
        ),
        unsourced=tuple(_entry(of, page, each) for each in found if not each.evidence.sources),
        notes=note_views(of, page),
        anchor=page.address.anchor,
    )


def note_views(of: Material, page: Page) -> tuple[NoteView, ...]:
    """Every document of the edition by its number, with links that lead from a page back to where it is cited."""
    claims: list[list[RestingClaim]] = [[] for _ in of.edition.sources]
    records: list[dict[RecordName, None]] = [{} for _ in of.edition.sources]
    for statement in of.statements.values():
        shown = parts.claim_view(of, page, statement.evidence)
        for cited in shown.sources:
            claims[cited.number - 1].append(RestingClaim(shown.text, shown.href, cited.locator, cited.value))
            records[cited.number - 1].update(dict.fromkeys(statement.records))
    based, counted = foundations(of.edition), numbers_taken(of.edition)
    for i, source in enumerate(of.edition.sources):
        resting = (*based.get(source.key, ()), *counted.get(source.key, ()))
        records[i].update(dict.fromkeys(record for record, _ in resting))
    return tuple(
        NoteView(
            **asdict(parts.source_view(of, i, "", "", "")),
            claims=tuple(claims[i]),
            based=_based(of, page, based.get(source.key, ())),
            counted=_based(of, page, counted.get(source.key, ())),
            records=tuple(_record(of, page, record) for record in sorted(records[i], key=of.place)),
        )
        for i, source in enumerate(of.edition.sources)
    )


def _based(of: Material, page: Page, resting: Iterable[tuple[RecordName, str]]) -> tuple[BasedRecord, ...]:
    return tuple(
        BasedRecord(**asdict(_record(of, page, record)), locator=locator) for record, locator in resting
    )


def _entry(of: Material, page: Page, statement: Statement) -> StatementEntry:
    return StatementEntry(
        **asdict(parts.claim_view(of, page, statement.evidence)),
        anchor=statement.anchor,
        records=tuple(_record(of, page, record) for record in statement.records),
    )


def _grouped(of: Material, found: Iterable[Statement]) -> Iterator[tuple[str, list[Statement]]]:
    """The claims that have sources which agree, by the priority of the pledge that makes them first, then those of deals, then those of case studies alone."""
    groups: list[list[Statement]] = [[] for _ in (*of.edition.priorities, "deals", "case studies")]
    for each in found:
        if each.evidence.sources and not each.disputed:
            kind, key = min(each.records, key=of.place)
            groups[of.priority_at[key] if kind == "pledge" else _LAST[kind]].append(each)
    titles = (*(priority.priority.title for priority in of.edition.priorities), "Deals", "")
    yield from ((title, group) for title, group in zip(titles, groups, strict=True) if group)


def _record(of: Material, page: Page, name: RecordName) -> elements.RecordLine:
    kind, key = name
    return elements.RecordLine(
        kind, of.place(name)[1] + 1, parts.title_of(of, kind, key), of.href(page, kind, key)
    )
