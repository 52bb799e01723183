"""What keeps people out: barriers that axe-core knows, pages wider than their window, targets that fingers miss.

axe-core, an npm package, has rules for WCAG 2.2 A and AA and for best practice; none of any impact may be broken.
"""

import pytest

from support.attempts import attempts
from support.browser import Browser
from support.looks import Depth, Found, Subject, survey, told

RULES = ("barriers", "overflow", "targets", "mirror")


@pytest.mark.parametrize("rule", RULES)
def test_pages(surveyed: dict[Subject, Found], rule: str) -> None:
    """No page of any edition in any theme breaks the rule: light or dark, from 320 to 2560 pixels, at 400 %, with large text."""
    assert not (said := told(surveyed, rule)), "\n".join(said)


def test_every_side_is_looked_at(surveyed: dict[Subject, Found]) -> None:
    """The survey is of all kinds of pages, and some of each are looked at from all sides."""
    kinds = {subject.kind for subject in surveyed}
    assert len(kinds) == 15
    assert {subject.kind for subject in surveyed if subject.depth is Depth.CLOSE} == kinds


LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenantragsformular"


WRONG = [
    ("barriers", "<main><h1>A</h1>", "html-has-lang"),
    ("barriers", "<main><h1>A</h1><p class='pale'>Pale", "light, 320: color-contrast"),
    ("barriers", "<main><h1>A</h1><p class='night'>Pale in the dark", "dark, 320: color-contrast"),
    ("barriers", "<main><h1>A</h1><p class='desk'>Pale on a desk", "light, 1280: color-contrast"),
    ("barriers", "<main><h1>A</h1><h3>B</h3>", "heading-order"),
    ("barriers", "<p>Best practice: all within landmarks", "region"),
    ("barriers", "<p>Best practice: all within landmarks", "page-has-heading-one"),
    ("overflow", "<p class='wide'>Wide", "320: 400 pixels wide where there are 320: body > p.wide"),
    ("overflow", f"<h1>{LONG}</h1>", "320: "),
    ("overflow", "<p class='wall'>Wide", "2560: "),
    ("overflow", f"<div class='frame'><p>{LONG}</p></div>", "text is cut off: div.frame > p"),
    ("overflow", "<p class='out'>Out at the left", "text is cut off: body > p.out"),
    ("overflow", f"<p class='fixed'>{LONG[:30]}", "text at 200 %: "),
    ("overflow", "<p class='low'>Wide in a low window", "at 400 %: "),
    ("targets", "<a href='#a'>A link that stands alone</a>", "320: "),
    ("targets", "<button>A</button>", "1280: "),
    ("targets", "<label><input type='checkbox'> Small</label>", "label > input"),
    ("mirror", "<h1>A</h1>", "runs from left to right"),
    (
        "mirror",
        "<h1 dir='rtl' class='left'>A</h1><script>document.dir = 'rtl'</script>",
        "stands at the left",
    ),
]
"""A rule, a page that breaks it, and what is said of that."""
RIGHT = """<main><h1>A</h1><p>Words, <a href="#a">a link</a> and more.</p><p><a class="large" href="#b">Alone</a></p>
<div class="scrolls" tabindex="0" role="region" aria-label="Table"><p class="wide">Wide</p></div>
<label class="large"><input type="checkbox">Large</label></main>"""
"""Links in running text may be small, what is wide may scroll in a frame of its own, and a label is a target."""
STYLE = """body {margin: 0; font: 1rem/1.5 sans-serif} .pale {color: #aaa} .wide {inline-size: 400px} .wall {inline-size: 2600px}
@media (prefers-color-scheme: dark) {.night {color: #eee}} @media (min-width: 1000px) {.desk {color: #aaa}}
@media (max-height: 400px) {.low {inline-size: 400px}} .scrolls {overflow: auto} .frame {inline-size: 100px; overflow: hidden}
.out {margin-inline-start: -99px; margin-inline-end: 200px; text-wrap: nowrap} .fixed {inline-size: 80rem; text-wrap: nowrap} .left {text-align: left}
.large {display: inline-block; padding: 1rem; min-inline-size: 3rem}
"""


@pytest.fixture(scope="module")
def seen(browser: Browser, axe: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What the survey finds on these pages, looked at from all sides."""
    pages = [*(page for _, page, _ in WRONG), RIGHT]
    folder = tmp_path_factory.mktemp("wrong")
    return attempts(
        lambda subjects: browser.each(subjects, survey, axe), pages, folder, STYLE, "right-to-left"
    )


@pytest.mark.parametrize(("rule", "page", "expected"), WRONG)
def test_what_is_wrong_is_found(seen: dict[str, Found], rule: str, page: str, expected: str) -> None:
    """Were it not, the tests above would prove nothing."""
    assert expected in "\n".join(seen[page].faults[rule])


def test_what_is_right_is_not(seen: dict[str, Found]) -> None:
    """Else what is right would have to be made worse."""
    assert (seen[RIGHT].faults["overflow"], seen[RIGHT].faults["targets"]) == ([], [])
