"""What pages of deals show of payment: prices, who pays and who bears what, and the curve of what is paid for which change. Every text is plain."""

from msgspec import Struct

from manifesto_cli.rendering.views.elements import LinkView
from manifesto_cli.rendering.views.metric_types import ScaleMark, Tick


class ChartLine(Struct, frozen=True):
    """A straight line of a chart: places along it from 0 to 100, heights in `em` from the top."""

    x1: float
    """The place where it begins."""
    y1: float
    """The height at which it begins."""
    x2: float
    """The place where it ends."""
    y2: float
    """The height at which it ends."""


class ChartZone(Struct, frozen=True):
    """A part of a chart in which the same is true, from one place to the next."""

    at: float
    """The place where it begins, from 0 to 100."""
    width: float
    """How far it goes from there."""
    paid: bool
    """Whether something is paid there."""


class CurveRow(Struct, frozen=True):
    """A row of the table that says what the payment curve shows."""

    change: str
    """The change against the baseline, in words."""
    value: str
    """The same as a number of the metric with its unit; may be empty."""
    payment: str
    """What is paid then, in words."""
    note: str
    """What happens there, such as `From here on it is paid for`; may be empty."""


class PaymentCurve(Struct, frozen=True):
    """What is paid for which change, as a chart. Where the price is not public it has zones in place of lines."""

    description: str
    """What it shows, in sentences."""
    public: bool
    """Whether sums are known; else it shows only where something is paid."""
    no_sum: str
    """Why it has no sums, such as `the amount is not public`; empty where it has."""
    lines: tuple[ChartLine, ...]
    """What is paid, from the baseline on."""
    zones: tuple[ChartZone, ...]
    """Where nothing is paid, and where something is."""
    steps: tuple[ScaleMark, ...]
    """Triggers: places from which on something is paid, each with the change above the chart."""
    ticks: tuple[Tick, ...]
    """Round changes along its foot."""
    sums: tuple[Tick, ...]
    """Round sums: the height of each and its text."""
    sums_at: float
    """The place of these texts."""
    sums_side: str
    """Where they lie: `start` or `end`, as `text-anchor` has it."""
    top_y: float
    """The height of its upper edge."""
    line_y: float
    """The height of the line at its foot."""
    ticks_y: float
    """The height of the foot of the texts below it."""
    height: float
    """How high all of it is."""
    rows: tuple[CurveRow, ...]
    """The same as a table."""


class PricingView(Struct, frozen=True):
    """What is paid for an outcome."""

    metric: LinkView
    """The metric, on the page; the address may be empty."""
    price: str
    """What is paid for each one, in words; empty where it is not public."""
    most: str
    """The most that is paid; empty where it is not public."""
    starts: str
    """From which change on it is paid, in words; may be empty."""
    paid: str
    """When it is paid; may be empty."""
    due: str
    """What is due for the results so far, in words; empty where there are none."""
    curve: PaymentCurve | None
    """None where it cannot be drawn."""


class CommitmentView(Struct, frozen=True):
    """What a party has promised to pay for outcomes."""

    party: LinkView
    """The party, in the list of parties; the address may be empty."""
    most: str
    """The most that it pays; empty where it is not public."""


class InvestmentView(Struct, frozen=True):
    """What a party puts in before any outcome is known."""

    party: LinkView
    """The party, in the list of parties; the address may be empty."""
    puts_in: str
    """A sum; empty where it is not public, as are all of these."""
    can_lose: str
    """The most that it can lose."""
    can_get: str
    """The most that it can get beyond what it puts in."""


class CaseShare(Struct, frozen=True):
    """What one party pays or gets in a case."""

    party: LinkView
    """The party, in the list of parties; the address may be empty."""
    does: str
    """`pays` or `gets back`."""
    amount: str
    """A sum; empty where it is not known."""


class MoneyCase(Struct, frozen=True):
    """What is paid in the best or in the worst case."""

    title: str
    """Which case it is, such as `If all targets are reached`."""
    total: str
    """What is paid in all; empty where it is not known."""
    shares: tuple[CaseShare, ...]
    """What each party pays and each investor gets."""


class PaymentView(Struct, frozen=True):
    """What is paid, by whom, and who bears what."""

    pricings: tuple[PricingView, ...]
    """One for each metric that is paid for."""
    commitments: tuple[CommitmentView, ...]
    """What parties have promised to pay; may be none."""
    investments: tuple[InvestmentView, ...]
    """What parties put in; may be none."""
    cases: tuple[MoneyCase, ...]
    """The best case, then the worst; none where no sum is known."""
