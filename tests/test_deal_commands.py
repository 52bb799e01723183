"""Deals on the command line, where a page of cases cannot go: other places, terminals, and whatever may be typed."""

import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.cli import main
from manifesto_cli.cli.assumptions import assumptions
from manifesto_cli.cli.console import plain
from manifesto_cli.cli.sheet import Part, Table, plain_sheet, sheet, table_lines
from manifesto_cli.cli.shown import cells
from manifesto_cli.cli.simulating import simulation_parts
from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.model.deal import Deal
from manifesto_cli.payments.changes import Assumed
from manifesto_cli.payments.simulation import simulate
from support.casebook import for_machines, for_people
from support.deals import PETERBOROUGH, deal, deals

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "safer-deal"
BOND = "peterborough-social-impact-bond"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words]) == Exit.FINE
    return capsys.readouterr().out


# Where there is no manifesto, the deals are those that come with the tool; the bond says what its figures say.
def test_the_bond_of_peterborough_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert BOND in said(capsys, "deal", "list")
    text = said(capsys, "deal", "simulate", BOND)
    assert "142 against 155 is 8.4% fewer" in text
    assert "A cohort is paid for from 10% on: no payment." in text
    assert "9% fewer. All together are paid for from 7.5% on: paid, amount not public." in text
    assert "unable to reproduce it" in text
    assert f"Id: {BOND}" in said(capsys, "deal", "show", BOND)


# What docs/deals.md works out by hand for the example: outcome of both groups → what is paid.
@pytest.mark.parametrize(
    ("typed", "payment"),
    [
        (["reconvictions=114"], 0),
        (["reconvictions=111"], 108_000),
        (["reconvictions=96"], 216_000),
        (["reconvictions=112.8"], 86_400),
        (["reconvictions=6%"], 86_400),
        (["reconvictions.one=106", "reconvictions.two=118"], 96_000),
        (["reconvictions.one=106", "reconvictions.two=122"], 84_000),
    ],
)
def test_the_example_is_paid_what_the_guide_says(
    typed: list[str], payment: int, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [word for each in typed for word in ("--set", each)]
    found = json.loads(
        said(capsys, "-C", str(EXAMPLE), "deal", "simulate", "safer-deal-template", "--json", *options)
    )
    assert found["payments"][0]["payment"] == payment
    assert sum(payer["pays"] for payer in found["settlements"][0]["payers"]) == payment
    assert found["missing"] == []


# In JSON a number is a number with all of its digits, and what is open is said by its name.
def test_json_has_exact_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(
        capsys,
        "-C",
        str(EXAMPLE),
        "deal",
        "simulate",
        "safer-deal-template",
        "--json",
        "--set",
        "victims=15.99",
    )
    found = json.loads(text, parse_float=Decimal)
    assert found["assumed"] == [
        {"metric": "victims", "cohort": None, "value": Decimal("15.99"), "change_percent": None}
    ]
    shown = json.loads(said(capsys, "-C", str(EXAMPLE), "deal", "show", BOND, "--json"))
    assert shown["outcome_metrics"][0]["cohorts"][0]["baseline"]["value"] == 155
    assert [standing["met"] for standing in shown["standings"] if standing["cohort"] == "one"] == [False]


# A library alone has open numbers: they are named, in the text and for programs, and none of them counts as 0.
def test_open_numbers_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = said(capsys, "deal", "simulate", "safer-deal-template", "--set", "reconvictions=100")
    assert "((baseline)): " in text
    assert "values: {baseline: …}" in text
    assert "£0" not in text
    found = json.loads(said(capsys, "deal", "show", "safer-deal-template", "--json"))
    assert "baseline" in found["missing"]
    assert found["outcome_metrics"][0]["baseline"]["value"] == "((baseline))"


# However narrow a terminal is, no line of a table is wider, and every cell can be read whole.
@given(
    st.lists(st.lists(st.text("ab cŵ字", max_size=30), min_size=3, max_size=3), min_size=1, max_size=4),
    st.integers(40, 120),
)
def test_tables_fit_the_terminal(rows: list[list[str]], width: int) -> None:
    table = Table(
        ("one", "two", "three"), tuple((f"x{row[0]}", row[1], row[2]) for row in rows), frozenset({1})
    )
    lines = [*table_lines(table, width, plain)]
    assert all(cells(line) <= width for line in lines)
    letters = re.sub(r"\s", "", "".join(lines))
    for row in table.rows:
        for cell in row:
            assert all(word in letters for word in cell.split() if cells(word) < 16)


# Nothing that a terminal obeys but tabs and line ends, in longer texts, reaches it from a deal.
def test_nothing_in_a_deal_is_obeyed_by_a_terminal() -> None:
    evil = "\x1b]0;x\x07\ttwo\nlines\x9b31m"
    part = Part(evil, ((2, evil),), evil, Table((evil, "b"), ((evil, evil),)))
    for text in (sheet(evil, [part], plain, 80), plain_sheet(evil, [part])):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


TYPED = st.text("reconvictions.onetwo=0123456789.,-+% \x00\x1beé∞٣", max_size=40) | st.builds(
    lambda name, value: f"{name}={value}",
    st.sampled_from(["reconvictions", "reconvictions.one", "RECONVICTIONS.two ", "x", "reconvictions."]),
    st.text("0123456789.,-+%e ", max_size=30)
    | st.sampled_from(["8.4%", "NaN", "Infinity", "1_000", "٣", "9" * 400]),
)


# Whatever is typed is either an outcome or a wrong call with something to type instead; never anything else.
@given(st.lists(TYPED, max_size=3))
def test_whatever_is_typed_is_an_outcome_or_a_wrong_call(typed: list[str]) -> None:
    given_deal = deal(**PETERBOROUGH)
    found, fault = None, None
    try:
        found = assumptions(given_deal, typed)
    except ManifestoError as raised:
        fault = raised
    if fault:
        assert fault.status is Exit.USAGE
        assert fault.help
        assert len(fault.headline) < 200
    for assumed in found.values() if found else ():
        for number in (assumed.value, assumed.change_percent):
            assert number is None or number.is_finite()
    assert fault or (found is not None and len(found) == len(typed))


# Of every deal something can be said, with or without what is assumed, and every sentence is whole.
@given(deals(), st.sampled_from(["0", "36", "155", "-7", "8.387096774193%", "100%", "-0.000000001%"]))
def test_every_deal_can_be_told(given_deal: Deal, typed: str) -> None:
    number = Decimal(typed.removesuffix("%"))
    assumed = Assumed(change_percent=number) if typed.endswith("%") else Assumed(value=number)
    for under in ({}, {("crime", ""): assumed}):
        parts = simulation_parts(given_deal, under, simulate(given_deal, under))
        text = plain_sheet("A deal", (part for part in parts if part.lines or part.table))
        assert "None" not in text
        assert not re.search(r"[^.]\.\.|  \.|: \.|E[+-]\d", text)


# What is typed in capitals or with spaces, as people do, is meant all the same.
@pytest.mark.parametrize(
    ("typed", "assumed"),
    [
        ("Reconvictions = 142", Assumed(value=Decimal(142))),
        ("reconvictions=8.4%", Assumed(change_percent=Decimal("8.4"))),
        ("reconvictions=8.4 percent", Assumed(change_percent=Decimal("8.4"))),
        ("reconvictions=-2 %", Assumed(change_percent=Decimal(-2))),
        ("reconvictions=0", Assumed(value=Decimal(0))),
    ],
)
def test_what_is_meant_is_understood(typed: str, assumed: Assumed) -> None:
    assert assumptions(deal(**PETERBOROUGH), [typed]) == {("reconvictions", ""): assumed}


# On a terminal a list is a table, and in a pipe a row a line with tabs.
def test_a_list_is_a_table_for_people() -> None:
    words = ["-C", str(EXAMPLE), "deal", "list"]
    people, machines = for_people(words)[0], for_machines(words)[0]
    assert "how far" in people
    assert "\t" not in people
    assert f"{BOND}\tPeterborough Social Impact Bond\tclosed\tsafer-deals\tpicked\tPeterborough" in machines


# Help comes without the arithmetic.
def test_help_loads_no_arithmetic() -> None:
    script = (
        "import sys; from manifesto_cli.cli import main; main(['deal', 'simulate', '--help']);"
        "sys.exit('manifesto_cli.payments' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
