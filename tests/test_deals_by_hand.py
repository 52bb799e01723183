"""What the guide to deals works out by hand is what the tool works out, from the deals that ship."""

import re
import shlex
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.loading import load, load_library
from manifesto_cli.model.deal import Deal
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.payments.changes import Assumed
from manifesto_cli.payments.simulation import MetricPayment, Standing, simulate
from manifesto_cli.pipeline import prepare
from manifesto_cli.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "deals.md").read_text(encoding="utf-8")
METRIC = "reconvictions"

SHOWN = re.findall(r"^```text\n\$ manifesto (deal .*)\n((?:.*\n)*?)```$", GUIDE, re.MULTILINE)
"""Commands of the guide, with the lines of what they print that it shows."""
ALIKE = [("114", 0, ""), ("111", 108_000, "overall"), ("96", 216_000, "overall")]
"""What both groups have, what is paid, and at which level that is earned."""


@pytest.fixture(scope="module")
def ambershire() -> Deal:
    """The deal of the example."""
    project = load(ROOT / "examples" / "safer-deal").value
    assert project
    prepared = prepare(project, OUTPUTS[0], Settings(Day(2026, 11, 25))).value
    assert prepared
    return prepared.edition.deals[0].deal


def worked_out(deal: Deal, values: Mapping[str, str]) -> tuple[Mapping[str, Standing], MetricPayment]:
    """Each cohort's standing by its id, that of all together by nothing; and the payment. `values` are what is assumed of them."""
    assumed = {(METRIC, cohort): Assumed(value=Decimal(value)) for cohort, value in values.items()}
    found = simulate(deal, assumed)
    (payment,) = (payment for payment in found.payments if payment.metric == METRIC)
    return {standing.cohort: standing for standing in found.standings if standing.metric == METRIC}, payment


def row(name: str, table: str) -> list[str]:
    """The cells of a row of a table of the guide, behind its name; the table is the one that follows a heading or sentence."""
    after = GUIDE.partition(table)[2]
    lines = ([cell.strip(" *") for cell in line.split("|")[1:-1]] for line in after.splitlines())
    return next(cells[1:] for cells in lines if cells and cells[0] == name)


def test_peterborough_is_paid_for_the_whole_and_not_for_a_group() -> None:
    """8.4% and 9.7% are below 10, 9% is above 7.5. What is paid is not known, since no price is."""
    library = load_library(ROOT / "ideas" / "safer-deals").value
    assert library
    standings, payment = worked_out(library.deals["peterborough-social-impact-bond"].record, {})
    first, second, whole = standings["one"], standings["two"], standings[""]
    assert (round(first.change_percent or 0, 1), first.met) == (Decimal("8.4"), False)
    assert (second.change_percent, second.met) == (Decimal("9.7"), False)
    assert (whole.change_percent, whole.met) == (Decimal(9), True)
    assert (payment.payable, payment.payment, payment.level) == (True, None, "overall")
    assert row("change", "### Peterborough by hand")[0].endswith(
        f"= {(first.baseline or 0) - (first.value or 0)}"
    )


def test_nothing_is_made_up_of_peterborough() -> None:
    """With what the second group was compared is not known: so neither is how many convictions fewer there were."""
    library = load_library(ROOT / "ideas" / "safer-deals").value
    assert library
    standings, _ = worked_out(library.deals["peterborough-social-impact-bond"].record, {})
    assert [(standings[name].value, standings[name].units) for name in ("two", "three", "")] == [
        (None, None)
    ] * 3


@pytest.mark.parametrize(("value", "paid", "level"), ALIKE, ids=[value for value, _, _ in ALIKE])
def test_the_example_by_hand(value: str, paid: int, level: str, ambershire: Deal) -> None:
    """Both groups alike: units, triggers and payment are those of the guide's table."""
    standings, payment = worked_out(ambershire, {"": value})
    column = row("step", "three outcomes").index(value)
    assert (payment.payment, str(payment.level)) == (Decimal(paid), level)
    assert row("paid", "three outcomes")[column] == f"£{paid:,}"
    whole = standings[""]
    assert row("convictions fewer in both", "three outcomes")[column].endswith(f"= {whole.units}")
    assert row("trigger for both (6)", "three outcomes")[column] == ("yes" if whole.met else "no")
    assert row("trigger for one group (10)", "three outcomes")[column] == (
        "yes" if standings["one"].met else "no"
    )


@pytest.mark.parametrize(("second", "paid"), [("118", 96_000), ("122", 84_000)])
def test_groups_that_differ_by_hand(second: str, paid: int, ambershire: Deal) -> None:
    """A good first group is paid for, and that is not taken back; all together may earn more."""
    standings, payment = worked_out(ambershire, {"one": "106", "two": second})
    column = row("step", "two outcomes").index(f"second group {second}")
    assert standings["one"].payment == 84_000
    assert payment.payment == paid
    assert row("paid in all", "two outcomes")[column] == f"£{paid:,}"


def test_the_cliff_by_hand(ambershire: Deal) -> None:
    """A step above the trigger nothing is paid, at the trigger a large sum at once."""
    (_, before), (_, at) = (worked_out(ambershire, {"": value}) for value in ("112.9", "112.8"))
    assert (before.payment, at.payment) == (Decimal(0), Decimal(86_400))
    assert "= £86,400" in GUIDE


@pytest.mark.parametrize(("command", "lines"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_commands_print_what_the_guide_shows(
    command: str, lines: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the folder of the example, in this order; the guide leaves lines out."""
    assert main([*shlex.split(command), "-C", str(ROOT / "examples" / "safer-deal")]) == 0
    printed = iter(capsys.readouterr().out.splitlines())
    assert [line for line in lines.splitlines() if line not in printed] == []


def test_the_guide_shows_commands() -> None:
    """If none were found, all would be true."""
    assert len(SHOWN) == 3
