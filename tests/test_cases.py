"""The pages in `cases/` are the specification: each says what a person writes, types and reads."""

from pathlib import Path

import pytest

from support import casebook

PAGES = sorted((Path(__file__).parent / "cases").glob("*.md"))


@pytest.mark.parametrize(
    "case",
    [case for page in PAGES for case in casebook.cases(page)],
    ids=lambda case: f"{case.page.stem}: {case.title}",
)
def test_case(case: casebook.Case, tmp_path: Path, update: bool) -> None:  # noqa: FBT001 - a fixture
    """What happens is what the page says."""
    results = casebook.play(case, tmp_path, update=update)
    assert results, "a case needs a console"
    if not update:
        for expected, actual in results:
            assert actual == expected
