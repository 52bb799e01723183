"""What the parts of a deal's page share: the deal, the page it is on, and links between what stands there."""

from msgspec import Struct

from manifesto_cli.merging.deals import EditionDeal
from manifesto_cli.model.deal import Deal, Direction, MetricBaseline, OutcomeMetric
from manifesto_cli.model.quantity import PartialDate
from manifesto_cli.rendering.site import Address, Page
from manifesto_cli.rendering.views import deal_words, elements, parts, words
from manifesto_cli.rendering.views.material import Material
from manifesto_cli.rendering.views.metric_types import LevelView


class DealOnPage(Struct, frozen=True):
    """A deal, and the page that it is told on."""

    of: Material
    page: Page
    cited: EditionDeal

    @property
    def deal(self) -> Deal:
        """The record."""
        return self.cited.deal

    def date(self, date: PartialDate | None) -> str:
        """A date in words."""
        return words.date_words(date, self.of.language)

    def anchor(self, kind: str, name: str) -> str:
        """Where a part of the deal stands on the page. There is a full stop in it, so that no heading of a text can have it too."""
        return ".".join(part for part in (self.page.address.anchor, kind, name) if part)

    def party(self, name: str) -> elements.LinkView:
        """A party by its id, as a link to where it stands in the list of parties."""
        found = next((party for party in self.deal.parties if party.id == name), None)
        return self._link("party", name, found.organisation if found else "")

    def metric(self, name: str) -> elements.LinkView:
        """An outcome metric by its id, as a link to where it stands."""
        found = next((metric for metric in self.deal.outcome_metrics if metric.id == name), None)
        return self._link("metric", name, deal_words.metric_title(found) if found else "")

    def reason(self, name: str) -> elements.LinkView:
        """The offer or outcome metric with an id, as a link to where it stands; without the full stop, since others follow it."""
        offer = next((offer for offer in self.deal.offers if offer.id == name), None)
        return self._link("offer", name, offer.text.removesuffix(".")) if offer else self.metric(name)

    def source(
        self, field: str, reference: str | None, locator: str | None, note: str = ""
    ) -> elements.SourceView | None:
        """The document that a field of the deal names; None where it names none, or one that is not there."""
        source = self.cited.cited.get((field, reference)) if reference else None
        place = self.of.source_at.get(source.key) if source else None
        return parts.source_view(self.of, place, "", locator or "", note) if place is not None else None

    def level(self, metric: OutcomeMetric, baseline: MetricBaseline | None) -> LevelView | None:
        """What a metric or a cohort of it is compared with."""
        if baseline is None:
            return None
        return LevelView(
            value=deal_words.with_unit(baseline.value, metric.unit),
            number=words.with_unit(baseline.value, metric.unit)[0],
            date=baseline.period or "",
            method=deal_words.METHOD.get(baseline.method or "", ""),
            source=self.source("outcome_metrics", baseline.source, baseline.locator),
        )

    def direction(self, metric: str) -> Direction:
        """In which direction a metric is better."""
        found = (each.direction for each in self.deal.outcome_metrics if each.id == metric)
        return next(found, "reduce")

    def _link(self, kind: str, name: str, text: str) -> elements.LinkView:
        if not text:
            return elements.LinkView("", name)
        here = Address(self.page.address.path, self.anchor(kind, name))
        return elements.LinkView(self.of.site.href(self.page, here), text)
