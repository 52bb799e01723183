"""(Edition, site) → the page that says what it costs."""

from collections.abc import Iterable

from msgspec import Struct

from manifesto_cli.merging.costing import Costing, Share, costs_known
from manifesto_cli.merging.edition import Pledge
from manifesto_cli.rendering.site import Page
from manifesto_cli.rendering.views import elements, parts
from manifesto_cli.rendering.views.material import Material


class ShareView(Struct, frozen=True):
    """What the pledges of one priority, or of one who pays, cost together."""

    title: str
    """Empty for pledges that do not say who pays."""
    href: str
    """The page of the priority; empty for one who pays."""
    amounts: tuple[elements.AmountView, ...]
    """One for each currency."""


class CostLine(elements.PledgeLine, frozen=True):
    """A pledge with what it costs."""

    one_off: str
    per_year: str
    funded_by: str


class CostChapter(Struct, frozen=True):
    """The pledges of a priority for which a sum is given."""

    title: str
    href: str
    lines: tuple[CostLine, ...]
    """The pledges for which a sum is given."""


class CostsView(Struct, frozen=True):
    """What it costs. Pledges that were withdrawn are in no sum."""

    title: str
    description: str
    counted: int
    """For how many pledges a sum is given."""
    total: tuple[elements.AmountView, ...]
    """One for each currency: sums in different currencies are never added."""
    priorities: tuple[ShareView, ...]
    """What each priority costs."""
    funding: tuple[ShareView, ...]
    """What each budget pays."""
    chapters: tuple[CostChapter, ...]
    """Every pledge with a sum, by priority."""
    uncosted: tuple[elements.PledgeLine, ...]
    """Pledges for which no sum is given yet."""
    withdrawn: tuple[elements.PledgeLine, ...]
    """Pledges that were taken back, and are in no sum."""
    anchor: str


def costs_view(of: Material, page: Page) -> CostsView:
    """What the manifesto costs, as a page of it shows it."""
    sums = of.costing
    return CostsView(
        title="What it costs",
        description="What the pledges cost, once and each year, and who pays",
        counted=len(sums.costed),
        total=tuple(map(parts.amount_view, sums.total)),
        priorities=tuple(
            _share(
                share,
                of.edition.priorities[of.priority_at[share.name]].priority.title,
                of.href(page, "priority", share.name),
            )
            for share in sums.by_priority
        ),
        funding=tuple(_share(share, share.name, "") for share in sums.by_funding),
        chapters=_chapters(of, page, sums),
        uncosted=_lines(of, page, sums.open),
        withdrawn=_lines(of, page, sums.withdrawn),
        anchor=page.address.anchor,
    )


def costs_of_all(of: Material, page: Page) -> CostsView | None:
    """The same as a part of a whole manifesto; None where no sum is given."""
    return costs_view(of, page) if costs_known(of.edition) else None


def _chapters(of: Material, page: Page, sums: Costing) -> tuple[CostChapter, ...]:
    lines: dict[int, list[CostLine]] = {}
    for pledge in sums.costed:
        lines.setdefault(of.priority_at[pledge.key], []).append(_line(of, page, pledge))
    priorities = of.edition.priorities
    return tuple(
        CostChapter(
            priorities[i].priority.title, of.href(page, "priority", priorities[i].key), tuple(of_chapter)
        )
        for i, of_chapter in lines.items()
    )


def _line(of: Material, page: Page, pledge: Pledge) -> CostLine:
    line, cost = parts.pledge_line(of, page, pledge), parts.cost_view(pledge)
    return CostLine(
        line.number,
        line.title,
        line.statement,
        line.href,
        line.withdrawn,
        line.priority,
        line.power,
        line.by,
        line.filters,
        line.marks,
        one_off=cost.one_off if cost else "",
        per_year=cost.per_year if cost else "",
        funded_by=cost.funded_by if cost else "",
    )


def _lines(of: Material, page: Page, pledges: Iterable[Pledge]) -> tuple[elements.PledgeLine, ...]:
    return tuple(parts.pledge_line(of, page, pledge) for pledge in pledges)


def _share(share: Share, title: str, href: str) -> ShareView:
    return ShareView(title, href, tuple(map(parts.amount_view, share.amounts)))
