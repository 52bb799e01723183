"""Changes that are offered for faults of YAML: they lead where the help says."""

from pathlib import Path

import pytest

from manifesto_cli.faults.source import SourceFile, apply_edits
from manifesto_cli.reading.library import read_document
from support.casebook import Case, cases

PAGE = Path(__file__).parent / "cases" / "yaml.md"


@pytest.mark.parametrize("case", [*cases(PAGE)], ids=lambda case: case.title)
def test_a_fix_leaves_no_fault_of_yaml(case: Case) -> None:
    """Each file of the page on YAML, changed as is offered until no change is, has a fault less for each."""
    for console in case.consoles:
        for path, text in console.files.items():
            source = SourceFile(path, text)
            offered = [fault for fault in read_document(path, text.encode()).faults if fault.fix]
            for _ in offered:
                fault = next(fault for fault in read_document(path, source.encode()).faults if fault.fix)
                assert fault.fix
                source = SourceFile(path, apply_edits(source.text, fault.fix.edits))
            left = [fault.code for fault in read_document(path, source.encode()).faults]
            assert not offered or not [code for code in left if code in {fault.code for fault in offered}]
