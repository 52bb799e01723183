"""Pages for readers who have no mouse, and for those whose browser runs no script."""

import pytest

from support.attempts import attempts
from support.browser import Browser
from support.looks import Found, Subject, keyboard, told, without_script
from support.sites import DEAL_KINDS, DEALS, EXAMPLE, Sites

RULES = ("skip", "walk", "trap", "focus", "details")
SCRIPTLESS = ("details", "contents", "filter")


@pytest.fixture(scope="module")
def walked(browser: Browser, sites: Sites) -> dict[Subject, Found]:
    """What is met on a page of each kind in each theme, key by key."""
    return browser.each([*sites.one_of_each(EXAMPLE), *sites.one_of_each(DEALS, DEAL_KINDS)], keyboard)


@pytest.fixture(scope="module")
def scriptless(browser: Browser, sites: Sites) -> dict[Subject, Found]:
    """What does not work on them where no script runs."""
    return browser.each(
        [*sites.one_of_each(EXAMPLE), *sites.one_of_each(DEALS, DEAL_KINDS)], without_script, scripts=False
    )


@pytest.mark.parametrize("rule", RULES)
def test_pages(walked: dict[Subject, Found], rule: str) -> None:
    """First comes the skip link, then all else in order; the focus is seen in every mode, and nothing holds it."""
    assert not (said := told(walked, rule)), "\n".join(said)


@pytest.mark.parametrize("rule", SCRIPTLESS)
def test_pages_without_script(scriptless: dict[Subject, Found], rule: str) -> None:
    """What folds opens, contents lead on, and the filter narrows the list."""
    assert not (said := told(scriptless, rule)), "\n".join(said)


SKIP = "<a href='#m'>Skip</a>"
MAIN = "<main id='m' tabindex='-1'><a href='#a'>A</a> <a href='#b'>B</a></main>"
WRONG = [
    ("skip", f"<a href='#a'>Home</a>{MAIN}", 'begins with body > a "Home"'),
    ("skip", f"{SKIP}<a href='#x'>Menu</a><main><a href='#a'>A</a></main>", "begins with"),
    ("skip", f"{SKIP}<a href='#x' tabindex='1'>Menu</a>{MAIN}", "begins with"),
    ("walk", f"{SKIP}{MAIN}<a href='#c' tabindex='2'>C</a>", "has an order of its own"),
    ("walk", f"{SKIP}{MAIN}<a href='#c' tabindex='2'>C</a>", "goes back from"),
    ("walk", f"{SKIP}{MAIN}<button id='c'>C</button><script>hop(c)</script>", "is left out: body > button"),
    (
        "trap",
        f"{SKIP}{MAIN}<button id='c'>C</button><script>hold(c)</script>",
        "does not let go: body > button",
    ),
    ("trap", f"{SKIP}<button id='c'>C</button><script>hold(c)</script>{MAIN}", "does not let go backwards"),
    ("focus", f"{SKIP}<a class='bare' href='#c'>C</a>{MAIN}", "dark: no sign of the focus: body > a.bare"),
    ("focus", f"{SKIP}<a class='faint' href='#c'>C</a>{MAIN}", "dark: no sign of the focus: body > a.faint"),
    (
        "focus",
        f"{SKIP}<a class='shadow' href='#c'>C</a>{MAIN}",
        "forced colours: no sign of the focus: body > a.shadow",
    ),
    ("focus", f"{SKIP}<a class='away' href='#c'>C</a>{MAIN}", "narrow: out of sight with the focus"),
    (
        "details",
        f"{SKIP}<details><summary id='c'>C</summary>D</details><script>hold(c)</script>{MAIN}",
        "does not open",
    ),
]
"""A rule, a page that breaks it, and what is said of that."""
HELP = """<script>
function hold(element) { element.onkeydown = (event) => event.preventDefault(); }
function hop(element) { element.addEventListener('focusin', (event) => event.stopImmediatePropagation()); }
</script>"""
RIGHT = f"{SKIP}<details><summary>C</summary><a href='#d'>D</a></details><input type='radio' name='a' aria-label='A'><input type='radio' name='a' aria-label='B'>{MAIN}"
STYLE = """body {background: Canvas} :focus-visible {outline: 3px solid #06c} .bare:focus {outline: none} .faint:focus {outline-color: #eee}
.shadow:focus {outline: none; box-shadow: 0 0 0 3px #06c} .away {position: absolute; inset-inline-start: -999px}
"""


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What is met on these pages."""
    pages = [HELP + page for _, page, _ in WRONG]
    return attempts(
        lambda subjects: browser.each(subjects, keyboard),
        [*pages, RIGHT],
        tmp_path_factory.mktemp("wrong"),
        STYLE,
    )


@pytest.mark.parametrize(("rule", "page", "expected"), WRONG)
def test_what_is_wrong_is_found(seen: dict[str, Found], rule: str, page: str, expected: str) -> None:
    """Were it not, the tests above would prove nothing."""
    assert expected in "\n".join(seen[HELP + page].faults[rule])


@pytest.mark.parametrize("rule", RULES)
def test_what_is_right_is_not(seen: dict[str, Found], rule: str) -> None:
    """Else what is right would have to be made worse."""
    assert seen[RIGHT].faults[rule] == []


LIST = "".join(f"<li class='of-{i % 2}'><a href='pledges/{i}.html'>{i}</a></li>" for i in range(4))
CHOICE = "<main><fieldset><label><input type='radio' name='a' id='{0}' checked>All</label><label><input type='radio' name='a' id='{1}'>Some</label></fieldset>"
BOX = "<main><fieldset><label><input type='checkbox' id='{0}'>Some</label></fieldset>"
SCRIPTLESS_WRONG = [
    ("contents", "<main><nav><a href='#no'>Nowhere</a></nav>", "does not lead on: Nowhere"),
    ("filter", f"{CHOICE.format('a', 'b')}{LIST}", "leaves [4, 4] of 4"),
    ("filter", f"{CHOICE.format('a', 'none')}{LIST}", "leaves [4, 0] of 4"),
    ("filter", f"{BOX.format('c')}{LIST}", "leaves [4] of 4"),
    ("filter", f"{BOX.format('off').replace('id=', 'disabled id=')}{LIST}", "is not chosen by key: off"),
    ("filter", f"{BOX.format('c')}{LIST}<script>some.onchange = () => narrow()</script>", "leaves [4] of 4"),
]
SCRIPTLESS_RIGHT = [
    f"{CHOICE.format('a', 'some')}{LIST}",
    f"{BOX.format('some')}{LIST}",
    "<main><nav><a href='#yes'>There</a></nav><p class='long'>A<h2 id='yes'>There</h2><details><summary>S</summary>D</details>",
]
SCRIPTLESS_STYLE = (
    "body:has(#some:checked) .of-1, body:has(#none:checked) li {display: none} .long {block-size: 3000px}"
)


@pytest.fixture(scope="module")
def tried(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What does not work on these pages where no script runs."""
    pages = [*(page for _, page, _ in SCRIPTLESS_WRONG), *SCRIPTLESS_RIGHT]
    folder = tmp_path_factory.mktemp("scriptless")
    return attempts(
        lambda subjects: browser.each(subjects, without_script, scripts=False),
        pages,
        folder,
        SCRIPTLESS_STYLE,
    )


@pytest.mark.parametrize(("rule", "page", "expected"), SCRIPTLESS_WRONG)
def test_what_is_wrong_without_script_is_found(
    tried: dict[str, Found], rule: str, page: str, expected: str
) -> None:
    """Were it not, the tests above would prove nothing."""
    assert expected in "\n".join(tried[page].faults[rule])


@pytest.mark.parametrize("page", SCRIPTLESS_RIGHT)
def test_what_is_right_without_script_is_not(tried: dict[str, Found], page: str) -> None:
    """Else what is right would have to be made worse."""
    assert [fault for faults in tried[page].faults.values() for fault in faults] == []
