"""What pages of deals show of an outcome metric: its numbers, and the scale on which they stand. Every text is plain."""

from msgspec import Struct

from manifesto_cli.rendering.views.elements import LinkView, SourceView


class LevelView(Struct, frozen=True):
    """A number of an outcome metric: its baseline or its target, or what a cohort is compared with."""

    value: str
    """With its unit."""
    number: str
    """Without its unit, if that is not a sign."""
    date: str
    """When it was counted, or shall be reached, in words; may be empty."""
    method: str
    """What it was taken from, in words; may be empty."""
    source: SourceView | None
    """The document it is taken from."""


class TriggerView(Struct, frozen=True):
    """The change from which on a result is paid for."""

    level: str
    """For whom it counts, such as `for a cohort`."""
    change: str
    """The least change against the baseline, in words, such as `10% fewer`."""
    value: str
    """The same as a number of the metric with its unit; empty where the baseline is not known."""


class CohortView(Struct, frozen=True):
    """A group of people for whom the outcome is counted."""

    name: str
    """What it is called, such as `Cohort one`."""
    period: str
    """When they were counted; may be empty."""
    size: str
    """How many people are in it, as a number; may be empty."""
    baseline: LevelView | None
    """What it is compared with, where that is not the baseline of the metric."""


class ScaleMark(Struct, frozen=True):
    """Something that stands on the scale of an outcome metric. Places along it run from 0 to 100, heights are in `em` from the top."""

    kind: str
    """`baseline`, `trigger`, `target`, `interim` or `final`."""
    text: str
    """The change in percent, which stands beside it."""
    at: float
    """Its place."""
    y: float
    """The height of the middle of its shape: that of the line for the baseline, else a little above or below it."""
    text_at: float
    """The place of the text."""
    text_y: float
    """The height of the text's foot."""
    side: str
    """Where the text lies: `start`, `middle` or `end`, as `text-anchor` has it."""


class Tick(Struct, frozen=True):
    """A round number along a scale, or along the side of a chart."""

    at: float
    """Its place, from 0 to 100; at the side of a chart its height in `em`."""
    text: str
    """The number that stands there."""


class MetricScale(Struct, frozen=True):
    """A line on which the change against the baseline is drawn: better is further along. In a language written from right to left it runs so.

    It is drawn as wide as there is room, and its texts stay as large as all others.
    """

    description: str
    """What it shows, in sentences."""
    marks: tuple[ScaleMark, ...]
    """What is asked for, whose texts stand above the line, then what came about, whose texts stand below it; each from the least on."""
    ticks: tuple[Tick, ...]
    """Round changes along it."""
    way_from: float
    """The place of the baseline."""
    way_to: float
    """The place from which on something is paid; that of the target where nothing is."""
    line_y: float
    """The height of the line."""
    foot_y: float
    """How far down the marks with their texts reach."""
    ticks_y: float
    """The height of the foot of the texts of the ticks."""
    height: float
    """How high all of it is."""


class StandRow(Struct, frozen=True):
    """A row of the table that says what the scale of an outcome metric shows."""

    kind: str
    """`baseline`, `trigger`, `target`, `interim` or `final`."""
    what: str
    """What it is, such as `Trigger for a cohort`."""
    change: str
    """The change against the baseline, in words; may be empty."""
    value: str
    """The number with its unit; may be empty."""
    date: str
    """When it was counted or made known, or shall be reached; may be empty."""
    source: SourceView | None
    """The document it is taken from."""


class MetricView(Struct, frozen=True):
    """What is counted to tell whether the deal works."""

    title: str
    definition: str
    """What exactly is counted; empty where that is the title."""
    unit: str
    """What its numbers count, such as `events per 100 people`."""
    direction: str
    """Whether it shall become less or more, in words."""
    population: str
    """For whom it is counted; may be empty."""
    population_size: str
    """For how many, as a number; may be empty."""
    baseline: LevelView | None
    """Where it stands without the deal."""
    target: LevelView | None
    """Where it shall stand."""
    triggers: tuple[TriggerView, ...]
    """From which change on something is paid; may be none."""
    validation: str
    """How anyone can tell that the change came about; may be empty."""
    validator: LinkView | None
    """Who says whether it did."""
    cohorts: tuple[CohortView, ...]
    """The groups for whom it is counted; may be none."""
    scale: MetricScale | None
    """None where there is nothing to compare."""
    rows: tuple[StandRow, ...]
    """The same as a table, and what cannot be drawn."""
    anchor: str
    """Where it stands on the page."""
