"""What every view is made from, and how an output writes texts: a `Writer` says that, so that all outputs share the views."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar, TypeVarTuple, Unpack

from msgspec import Struct

from manifesto_cli.merging.costing import Costing, costing
from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.merging.edition import Edition, Pledge
from manifesto_cli.merging.gathering import CitedCaseStudy
from manifesto_cli.merging.statements import RecordName, Statement, statements
from manifesto_cli.model.case_study import Image
from manifesto_cli.rendering.markup import ParsedProse
from manifesto_cli.rendering.site import Address, Page, Site, TextKey
from manifesto_cli.rendering.views.elements import FilterView
from manifesto_cli.rendering.views.narrowing import narrowing

_Part = TypeVar("_Part")


class Look(Struct, frozen=True):
    """What a theme and an output bring to every page."""

    style: Address | None = None
    """Where the style sheet is, if there is one."""
    script: Address | None = None
    """Where the theme's script is, if it has one."""
    scripted: bool = False
    """Whether pages may run scripts of a theme that does not come with the tool."""
    choices: Mapping[str, str] = {}
    """Options of the theme that are choices, by name."""
    pictures: Mapping[str, Image | None] = {}
    """Options of the theme that are pictures, by name."""
    formats: tuple[tuple[Address, str], ...] = ()
    """Where the same manifesto is in formats for programs, and what they are called."""


class Writer(Struct, frozen=True):
    """How an output writes the Markdown texts of a page, whether it is meant for paper, and how its pages look."""

    write: Callable[[ParsedProse, Page, TextKey], str]
    printed: bool
    look: Look = Look()


class Material(Struct, frozen=True):
    """What every view is made from, with the indexes that spare each page a search through all others."""

    edition: Edition
    site: Site
    writer: Writer
    pledges: tuple[Pledge, ...]
    pledge_at: Mapping[str, int]
    """Key → place in `pledges`."""
    priority_at: Mapping[str, int]
    """Key of a priority, or of a pledge in it → place among the edition's priorities."""
    studies: Mapping[str, CitedCaseStudy]
    pledges_of: Mapping[str, Sequence[Pledge]]
    """Key of a case study → the pledges that point to it."""
    study_at: Mapping[str, int]
    """Key → place among the edition's case studies."""
    deal_at: Mapping[str, int]
    """Key → place among the edition's deals."""
    deals_of: Mapping[RecordName, tuple[EditionDeal, ...]]
    """A pledge or a case study → the deals that rest on it."""
    source_at: Mapping[str, int]
    """Key → place among the edition's sources."""
    statements: Mapping[Hashable, Statement]
    """Every claim of the edition, once."""
    filters: tuple[FilterView, ...]
    """Ways to narrow the list of all pledges."""
    kept_by: Mapping[str, tuple[int, ...]]
    """Key of a pledge → the numbers of the filters that keep it."""
    costing: Costing
    """What it costs."""
    shared: dict[Hashable, Any] = {}
    """Parts of views that several pages show: see `share`. It belongs to this site alone, whose links are in them."""
    lasting: dict[int, Any] = {}
    """The same parts by their `id`: as long as they are here, that tells one from all else."""

    @property
    def language(self) -> str:
        """The language that dates are written in."""
        return self.edition.manifesto.language

    def place(self, record: RecordName) -> tuple[int, int]:
        """Where a record stands in reading order: which kind comes when, and its place among those of its kind."""
        kind, key = record
        places = {
            "priority": self.priority_at,
            "pledge": self.pledge_at,
            "deal": self.deal_at,
            "case-study": self.study_at,
        }
        return list(places).index(kind), places[kind][key]

    def weight(self, kind: str) -> int:
        """How many records, claims or documents a page shows that grows with the edition; 0 for all other pages."""
        match kind:
            case "whole":
                return len(self.pledges) + len(self.studies) + len(self.deal_at)
            case "evidence":
                return len(self.statements) + len(self.source_at)
            case "costs":
                return len(self.pledges)
            case "deals":
                return len(self.deal_at)
        return 0

    def href(self, page: Page, kind: str, key: str = "") -> str:
        """The link from one page to another."""
        return self.site.href(page, self.site.address(kind, key))

    def href_if_any(self, page: Page, kind: str) -> str:
        """The link to a page of which there is one at most; empty where there is none."""
        return self.href(page, kind) if self.site.has(kind) else ""

    def share(self, asked: Hashable, make: Callable[[], _Part]) -> _Part:
        """A part of views, made the first time that it is asked for."""
        found: _Part | None = self.shared.get(asked)
        if found is None:
            found = self.shared[asked] = make()
            self.lasting[id(found)] = found
        return found

    def text(self, page: Page, field: str) -> str | None:
        """A Markdown text of the page's record, ready for the page."""
        key = (page.kind, page.key, field)
        parsed = self.site.texts.get(key)
        return self.writer.write(parsed, page, key) if parsed else None


_Record = TypeVarTuple("_Record")


def once_a_folder(
    make: Callable[[Material, Page, Unpack[_Record]], _Part],
) -> Callable[[Material, Page, Unpack[_Record]], _Part]:
    """A function that makes the part of a view that shows one record, or all of a kind, so that pages whose links are the same share what it makes.

    A record must be of the edition, which keeps it as long as the parts are shared: so it is told from others by its `id`, which is there already.
    """

    @wraps(make)
    def shared(of: Material, page: Page, *records: *_Record) -> _Part:
        asked = make, of.site.standing(page), id(records[0]) if records else 0
        found: _Part | None = of.shared.get(asked)
        return of.share(asked, lambda: make(of, page, *records)) if found is None else found

    return shared


def material(edition: Edition, site: Site, writer: Writer) -> Material:
    """What the views of one output are made from."""
    pledges_of: dict[str, list[Pledge]] = {}
    for pledge in edition.pledges:
        for key in pledge.case_studies:
            pledges_of.setdefault(key, []).append(pledge)
    deals_of: dict[RecordName, tuple[EditionDeal, ...]] = {}
    for deal in edition.deals:
        rested = [("pledge", idea.key) for idea in deal.ideas if idea.key]
        for name in dict.fromkeys([*rested, *(("case-study", key) for key in deal.case_studies)]):
            deals_of[name] = (*deals_of.get(name, ()), deal)
    filters, kept_by = narrowing(edition)
    return Material(
        edition,
        site,
        writer,
        edition.pledges,
        {pledge.key: i for i, pledge in enumerate(edition.pledges)},
        {
            key: i
            for i, priority in enumerate(edition.priorities)
            for key in (priority.key, *(pledge.key for pledge in priority.pledges))
        },
        {study.key: study for study in edition.case_studies},
        pledges_of,
        {study.key: i for i, study in enumerate(edition.case_studies)},
        {deal.key: i for i, deal in enumerate(edition.deals)},
        deals_of,
        {source.key: i for i, source in enumerate(edition.sources)},
        statements(edition),
        filters,
        kept_by,
        costing(edition),
    )
