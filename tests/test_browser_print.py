"""Pages on paper, as the browser prints them."""

import pytest

from support.attempts import attempts
from support.browser import Browser
from support.looks import Found, Subject, paper, told
from support.sites import DEAL_KINDS, DEALS, EXAMPLE, Sites

RULES = ("imprint", "navigation", "stranded", "addresses", "folded")


@pytest.fixture(scope="module")
def on_paper(browser: Browser, sites: Sites) -> dict[Subject, Found]:
    """What is wrong with a page of each kind in each theme, and with one that runs from right to left."""
    pages = [*sites.one_of_each(EXAMPLE), *sites.one_of_each(DEALS, DEAL_KINDS)]
    return browser.each([*pages, *sites.one_of_each("right-to-left", ("home", "pledge", "deal"))], paper)


@pytest.mark.parametrize("rule", RULES)
def test_pages(on_paper: dict[Subject, Found], rule: str) -> None:
    """The imprint is on the first or last page; no navigation; no heading ends a page; addresses are spelled out; nothing is folded."""
    assert not (said := told(on_paper, rule)), "\n".join(said)


IMPRINT = "<footer><p class='imprint'>Promoted by <b>Robin</b> of 1 Street</p></footer>"
WRONG = [
    ("imprint", "<p>A", "neither on the first nor on the last of 1 pages"),
    ("imprint", f"<p class='page'>A<div class='page'>{IMPRINT}</div><p>B", "of 3 pages"),
    ("imprint", f"<div class='unprinted'>{IMPRINT}</div>", "neither"),
    ("navigation", f"<nav><a href='b.html'>B</a></nav>{IMPRINT}", 'body > nav "B"'),
    ("navigation", f"<a class='skip' href='#a'>Skip</a>{IMPRINT}", 'body > a.skip "Skip"'),
    ("navigation", f"<fieldset>Filter</fieldset>{IMPRINT}", 'body > fieldset "Filter"'),
    ("stranded", f"<p>A<h2 class='page'>Stranded</h2><p>B{IMPRINT}", "at the foot of page 1"),
    ("stranded", f"<p>A<h2 class='page'>Strand<b>ed</b></h2><p>B{IMPRINT}", "at the foot of page 1"),
    (
        "stranded",
        f"<p class='filling'>A<h2>Stranded</h2><p class='whole'>B{IMPRINT}",
        "at the foot of page 1",
    ),
    (
        "stranded",
        f"<ul><li>A<h3 class='page'>Stranded</h3>B<br>C<br>D</li></ul>{IMPRINT}",
        "at the foot of page 1",
    ),
    (
        "addresses",
        f"<main><a href='https://example.org/long/way/'>A</a></main>{IMPRINT}",
        "https://example.org/long/way/",
    ),
    ("folded", f"<details><summary>A</summary><p>B</p></details>{IMPRINT}", "details > p"),
]
"""A rule, a page that breaks it, and what is said of that."""
RIGHT = [
    f"<p class='page'>A{IMPRINT.replace('footer', 'header')}</p><p>B",
    f"<h1>A</h1><p class='page'>B<p>C{IMPRINT}",
    f"<p>A<ul class='page'><li><h3>An entry</h3></li></ul><p>C{IMPRINT}",
    f"<main><nav class='unprinted'><a href='b.html'>B</a></nav><nav><a href='#a'>A</a></nav><a class='spelt' href='https://example.org/a?b=c'>A</a> <a href='https://example.net'>https://example.net</a></main>{IMPRINT}",
]
STYLE = """.page {break-after: page} @media print {.unprinted {display: none} .spelt::after {content: " " attr(href)}}
.filling {block-size: 230mm} .whole {block-size: 150mm; break-inside: avoid} h2 {break-after: auto}
"""


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What is wrong with these pages on paper."""
    pages = [*(page for _, page, _ in WRONG), *RIGHT]
    return attempts(
        lambda subjects: browser.each(subjects, paper), pages, tmp_path_factory.mktemp("wrong"), STYLE
    )


@pytest.mark.parametrize(("rule", "page", "expected"), WRONG)
def test_what_is_wrong_is_found(seen: dict[str, Found], rule: str, page: str, expected: str) -> None:
    """Were it not, the test above would prove nothing."""
    assert expected in "\n".join(seen[page].faults[rule])


@pytest.mark.parametrize("page", RIGHT)
def test_what_is_right_is_not(seen: dict[str, Found], page: str) -> None:
    """Else what is right would have to be made worse."""
    assert [fault for faults in seen[page].faults.values() for fault in faults] == []
