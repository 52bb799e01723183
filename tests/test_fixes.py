"""What a machine can mend: every fix that a fault of the cases offers is made, and does what its help line says."""

import contextlib
import shutil
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.faults.diagnostic import Diagnostic, Faults, Severity
from manifesto_cli.faults.source import Edit, SourceFile, apply_edits
from manifesto_cli.model.idea import Idea
from manifesto_cli.model.quantity import Day
from manifesto_cli.outputs import OUTPUTS
from manifesto_cli.pipeline import check
from manifesto_cli.reading.decode import decode
from manifesto_cli.reading.document import read_document
from manifesto_cli.settings import Settings
from support import casebook
from test_cases import PAGES

CASES = [case for page in PAGES for case in casebook.cases(page)]
SETTINGS = Settings(today=Day(2026, 11, 25))
FIXABLE = {
    "broken-link": "markup: A link to a file",
    "empty-choice": "choosing: Choices that choose nothing",
    "empty-entry": "fields: An entry with nothing in it",
    "file-name": "libraries: The name of a source that cannot be an id",
    "heading-level": "markup: Headings",
    "ill-formed-placeholder": "placeholders: A placeholder with a capital in an idea of one's own",
    "library-twice": "libraries: A library listed twice",
    "missing-field": "fields: A manifesto without the version of its format",
    "renamed-id": "references: An id that a record had before",
    "unknown-allowance": "allowances: Allowances of no use",
    "unknown-cohort": "deals-checks: Ids with a slip of the finger",
    "unknown-colour": "colours: Colours that a theme does not have",
    "unknown-field": "fields: A misspelt field",
    "unknown-id": "references: An id that nothing has",
    "unknown-library": "libraries: A library that is not there",
    "unknown-metric": "deals-checks: Ids with a slip of the finger",
    "unknown-option": "themes: An option that is misspelt, and a colour without its sign",
    "unknown-party": "deals-checks: Ids with a slip of the finger",
    "unknown-picture": "markup: The name of a picture, misspelt",
    "unknown-support": "deals-checks: Ids with a slip of the finger",
    "unknown-theme": "themes: A theme that is not there",
    "unlisted-office": "deals-checks: Ids with a slip of the finger",
    "unused-value": "placeholders: Values that are of no use",
    "wrong-choice": "fields: A word that is not one of those known",
    "wrong-kind": "fields: Text where a list belongs",
    "wrong-option": "themes: An option that is misspelt, and a colour without its sign",
    "wrong-value": "fields: Other ways to write a value",
    "yaml-after-quote": "yaml: An apostrophe in single quotes",
    "yaml-block": "yaml: A block of text that is not indented",
    "yaml-brackets": "yaml: A bracket too many",
    "yaml-colon": "yaml: A colon inside a text",
    "yaml-comma": "yaml: A comma in a group in brackets",
    "yaml-comment": "yaml: Number signs in brackets",
    "yaml-dash": "yaml: No space after any dash",
    "yaml-directive": "yaml: A directive",
    "yaml-escape": "yaml: A path of Windows",
    "yaml-hash": "yaml: A number sign inside a text",
    "yaml-no-colon": "yaml: No space after a colon",
    "yaml-space": "yaml: A no-break space after a colon",
    "yaml-start": "yaml: An at sign at the start of a text",
    "yaml-tab": "yaml: A tab",
    "unnamed-value": "yaml: A placeholder in braces alone",
}
"""Every code that offers a fix where it is certain, with a case in which it does. `forbidden-character` is in `test_mended.py`."""


def looked_at(folder: Path) -> Faults:
    """What is wrong with the project in the folder that the test is in."""
    return check(folder, OUTPUTS[0], SETTINGS)


def chosen(faults: Faults) -> list[Diagnostic]:
    """The faults that offer a fix, without those whose edits would meet those of one before."""
    taken: list[tuple[SourceFile, Edit]] = []
    found = []
    for fault in faults:
        source = fault.label.span.source
        edits = [(source, edit) for edit in (fault.fix.edits if fault.fix else ())]
        clear = all(
            source.path != other.path or edit.end < before.start or before.end < edit.start
            for source, edit in edits
            for other, before in taken
        )
        if edits and clear:
            taken += edits
            found.append(fault)
    return found


def mended(folder: Path, faults: list[Diagnostic]) -> None:
    """Make the fixes of some faults, all those of one file at once."""
    sources = {fault.label.span.source.path: fault.label.span.source for fault in faults}
    for path, source in sources.items():
        assert (folder / path).resolve().is_relative_to(folder.resolve()), (
            "only files of the case are changed"
        )
        edits = [
            edit
            for fault in faults
            if fault.label.span.source.path == path and fault.fix
            for edit in fault.fix.edits
        ]
        again = msgspec.structs.replace(source, text=apply_edits(source.text, edits))
        (folder / path).write_bytes(again.encode())


def said(faults: Faults | list[Diagnostic]) -> Counter[tuple[str, str, str]]:
    """Each fault without its place, which moves when something before it is mended."""
    return Counter((fault.label.span.source.path, fault.code, fault.headline) for fault in faults)


def assert_as_helped(fault: Diagnostic) -> None:
    """The fix does what the help line says: it writes what stands there, or deletes."""
    for edit in fault.fix.edits if fault.fix else ():
        words = edit.text.strip()
        assert words in fault.help if words else "delete" in fault.help or "space" in fault.help


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page.stem}: {case.title}")
def test_fixes_mend(case: casebook.Case, tmp_path: Path) -> None:
    """Once all fixes that are offered are made, the faults that offered them are gone, and no new ones have come."""
    for i, _ in enumerate(casebook.stages(case, tmp_path / "case")):
        copy = tmp_path / str(i)
        shutil.copytree(tmp_path / "case", copy)
        with contextlib.chdir(copy):
            before = looked_at(Path())
            for fault in before:
                if fault.fix:
                    assert fault.code in FIXABLE
                    assert_as_helped(fault)
            for _ in range(5):  # a fix that could not be made beside another one is made in the next round
                offering = chosen(before)
                if not offering:
                    break
                mended(Path(), offering)
                after = looked_at(Path())
                left = said(before) - said(offering)
                assert all(said(after)[gone] <= left[gone] for gone in said(offering))
                # What depends on a broken file stays silent, so more may be found in it once it can be read.
                broken = {
                    fault.label.span.source.path for fault in before if fault.severity is Severity.ERROR
                }
                assert {new[0] for new in said(after) - said(before)} <= broken
                before = after
            assert not chosen(before)


@pytest.mark.parametrize("code", FIXABLE)
def test_a_code_that_offered_a_fix_still_does(code: str, tmp_path: Path) -> None:
    """A fix is not lost unnoticed: in its case the fault still offers one."""
    case = next(case for case in CASES if f"{case.page.stem}: {case.title}" == FIXABLE[code])
    for _ in casebook.stages(case, tmp_path):
        if any(fault.code == code and fault.fix for fault in looked_at(Path())):
            return
    pytest.fail(f"no fault `{code}` offers a fix there")


IDEA = """\
title: An assembly
priority: democracy
summary: An assembly drawn by lot.
tags: [youth, crime]
power: with-partners
levers: [commission, convene]
partners: [Schools, "Councils, all of them"]
measure: {metric: Panels, target: {value: 12, by: 2029-05}}
claims:
  - text: It works.
    figure: {value: 0.5, unit: percent}
    kind: measured
updated: 2026-01-31
"""


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(IDEA) - 1), st.sampled_from(["drop", "double", "swap", "-", " ", ",", ":"])
        ),
        max_size=4,
    )
)
def test_slips_are_mended_or_left(slips: list[tuple[int, str]]) -> None:
    """Whatever slips through a person's fingers: once the fixes are made, the faults that offered them are gone."""
    text = IDEA
    for at, slip in slips:
        here = text[at : at + 1]
        typed = {"drop": "", "double": here * 2, "swap": here.swapcase()}.get(slip, slip + here)
        text = text[:at] + typed + text[at + 1 :]
    faults = read_idea(text)
    offering = chosen(faults)
    after = read_idea(
        apply_edits(text, [edit for fault in offering if fault.fix for edit in fault.fix.edits])
    )
    left = said(faults) - said(offering)
    assert all(said(after)[gone] <= left[gone] for gone in said(offering))
    for fault in offering:
        assert_as_helped(fault)


def read_idea(text: str) -> Faults:
    """What is wrong with an idea."""
    document = read_document("ideas/assembly.yaml", text.encode())
    return document.faults + (decode(*document.value, Idea, "an idea").faults if document.value else ())
