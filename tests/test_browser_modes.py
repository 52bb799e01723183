"""How pages look to readers who have asked for something: more contrast, the colours of their system, no motion."""

import pytest

from support.attempts import attempts
from support.browser import Browser
from support.looks import Found, Subject, survey, told

RULES = ("contrast", "forced", "motion")


@pytest.mark.parametrize("rule", RULES)
def test_pages(surveyed: dict[Subject, Found], rule: str) -> None:
    """7 : 1 for those who want more contrast; borders and text in forced colours; and nothing moves unless it may."""
    assert not (said := told(surveyed, rule)), "\n".join(said)


WRONG = [
    ("contrast", "<p class='grey'>Grey", "light, more: 5."),
    ("contrast", "<p class='night'>Grey by night", "dark, more: "),
    ("contrast", "<p class='pale'>Pale", "light, 1280: 2."),
    ("forced", "<a class='filled' href='#a'>A button</a>", "without a border: body > a.filled"),
    ("forced", "<p class='kept'>Its own colours", "light: text is not to be seen: body > p.kept"),
    ("forced", "<p class='black'>Its own colours", "dark: text is not to be seen: body > p.black"),
    (
        "forced",
        "<svg role='img' aria-label='A'><text class='white' y='20'>A</text></svg>",
        "text is not to be seen",
    ),
    ("motion", "<p class='moved'>Moves", "animation: body > p.moved"),
    ("motion", "<p class='moved'>Moves", "runs: turn on body > p.moved"),
    ("motion", "<p class='before'>Moves", "animation: body > p.before"),
    ("motion", "<p class='slow'>Slow", "transition: body > p.slow"),
    ("motion", "<script>document.documentElement.className = 'smooth'</script>", "scrolls smoothly"),
]
"""A rule, a page that breaks it, and what is said of that."""
RIGHT = "<p class='calm'>Moves where it may</p><a class='filled bordered' href='#a'>A button</a><p class='more'>Grey, but black where more is wanted"
STYLE = """body {background: Canvas; color: CanvasText} .grey, .more {color: #666} .pale {color: #aaa}
@media (prefers-color-scheme: dark) {.more {color: #999}} @media (prefers-contrast: more) {.more.more {color: CanvasText}}
@media (prefers-color-scheme: dark) {:root {color-scheme: dark} .night {color: #999}}
.filled {display: inline-block; background: #036; color: #fff} .bordered {border: 2px solid}
.kept {forced-color-adjust: none; color: #fff} .black {forced-color-adjust: none; color: #000} .white {forced-color-adjust: none; fill: #fff}
@keyframes turn {to {rotate: 1turn}} .moved, .before::before {animation: turn 2s infinite} .before::before {content: "A"}
.slow {transition: color 1s} .smooth {scroll-behavior: smooth}
@media (prefers-reduced-motion: no-preference) {.calm {animation: turn 2s infinite; transition: color 1s}}
"""


@pytest.fixture(scope="module")
def seen(browser: Browser, axe: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What the survey finds on these pages, looked at from all sides."""
    pages = [*(page for _, page, _ in WRONG), RIGHT]
    folder = tmp_path_factory.mktemp("wrong")
    return attempts(lambda subjects: browser.each(subjects, survey, axe), pages, folder, STYLE)


@pytest.mark.parametrize(("rule", "page", "expected"), WRONG)
def test_what_is_wrong_is_found(seen: dict[str, Found], rule: str, page: str, expected: str) -> None:
    """Were it not, the test above would prove nothing."""
    assert expected in "\n".join(seen[page].faults[rule])


@pytest.mark.parametrize("rule", RULES)
def test_what_is_right_is_not(seen: dict[str, Found], rule: str) -> None:
    """Else what is right would have to be made worse."""
    assert seen[RIGHT].faults[rule] == []
