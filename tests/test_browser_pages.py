"""Every page of every edition in a real browser: from a folder, and from a host under a path."""

import pytest

from support.browser import Browser
from support.built import Published
from support.looks import Found, Subject, arrive, dangling, glance, survey, told
from support.serving import serving
from support.sites import Sites, from_a_folder

AT_ONCE = ("console", "elsewhere", "style", "policy")
"""What is seen as soon as a page has loaded."""
POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">"


def test_pages_from_a_folder(browser: Browser, editions: tuple[Published, ...], sites: Sites) -> None:
    """Nothing in the console, nothing from elsewhere, styled, under its policy, and no link that leads nowhere."""
    pages, files = from_a_folder(editions, sites)
    assert len(pages) > 70
    found = browser.each(pages, glance)
    assert [fault for rule in AT_ONCE for fault in told(found, rule)] == []
    said = dangling(found, files)
    assert said == []


@pytest.mark.parametrize("rule", [*AT_ONCE, "storage", "weight"])
def test_pages_from_a_host_under_a_path(surveyed: dict[Subject, Found], rule: str) -> None:
    """The same for a project's pages on a host that it shares with others; they keep nothing, and are light."""
    assert not (said := told(surveyed, rule)), "\n".join(said)


def test_links_from_a_host_under_a_path(surveyed: dict[Subject, Found], sites: Sites) -> None:
    """No link leads nowhere."""
    said = dangling(surveyed, sites.files())
    assert said == []


def test_a_wrong_address(browser: Browser, axe: str, sites: Sites) -> None:
    """At any depth it shows a page that is styled, has no barrier, and leads back."""
    lost = browser.each(sites.lost(), survey, axe)
    for page in lost.values():
        page.faults["console"] = [fault for fault in page.faults["console"] if "404 (Not Found)" not in fault]
    said = [fault for rule in next(iter(lost.values())).faults for fault in told(lost, rule)]
    assert said + dangling(lost, sites.files()) == []


WRONG = [
    ("console", '<img src="no.svg" alt="">', "404"),
    ("console", "<script>console.log('here')</script>", "log: here"),
    ("console", f"{POLICY}<style>p {{ color: red }}</style>", "Content Security Policy"),
    ("elsewhere", '<img src="http://other.example/c.png" alt="">', "loads http://other.example/c.png"),
    ("elsewhere", '<link rel="preconnect" href="x"><img src="/d.png" alt="">', "/d.png"),
    ("style", "<p>", "without its style sheet"),
    ("policy", '<link rel="stylesheet" href="a.css">', "begins without a policy: ''"),
    ("policy", f'{POLICY}<p style="color: red">', "inline: body > p"),
    ("policy", f"<title>A</title><meta charset='utf-8'>{POLICY}", "begins without a policy"),
    ("storage", "<script>document.cookie = 'a=b'</script>", "cookie a"),
    ("storage", "<script>localStorage.a = 1</script>", "localStorage a"),
    ("storage", "<script>sessionStorage.b = 1</script>", "sessionStorage b"),
    ("storage", "<script>indexedDB.open('c')</script>", "database c"),
    ("storage", "<script>caches.open('d')</script>", "cache d"),
    ("weight", "word " * 12_001, "bytes of document, at most 60,000"),
    (
        "weight",
        '<link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css">',
        "2 of stylesheet",
    ),
    ("weight", '<script src="a.js"></script><script src="b.js"></script>', "2 of script"),
    (
        "weight",
        '<link rel="stylesheet" href="font.css"><p class="big">Aa',
        "bytes of font, at most 130,000",
    ),
    ("links", '<a href="#b">b</a>', "leads to"),
    ("links", '<a href="c.html">c</a>', "leads to"),
]
"""A rule, a page that breaks it, and what is said of that."""


@pytest.fixture(scope="module")
def seen(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Subject, Found]]:
    """What is found on these pages, each of which is a site of its own on one host."""
    folders = {f"/some/site-{i}/": tmp_path_factory.mktemp("wrong") for i, _ in enumerate(WRONG)}
    for folder, (_, page, _) in zip(folders.values(), WRONG, strict=True):
        (folder / "index.html").write_text(f"<!doctype html>{page}", encoding="utf-8")
        for name in ("404.html", "a.css", "b.css", "a.js", "b.js"):
            (folder / name).write_text("")
        (folder / "font.css").write_text(
            "@font-face {font-family: A; src: url(a.woff2)} .big {font-family: A}"
        )
        (folder / "a.woff2").write_bytes(b"\0" * 131_000)
    with serving(folders) as host:
        subjects = [Subject(f"{host}{prefix}index.html", host + prefix) for prefix in folders]
        return dict(zip((page for _, page, _ in WRONG), browser.each(subjects, arrive).items(), strict=True))


@pytest.mark.parametrize(("rule", "page", "expected"), WRONG)
def test_what_is_wrong_is_found(
    seen: dict[str, tuple[Subject, Found]], rule: str, page: str, expected: str
) -> None:
    """Were it not, the tests above would prove nothing."""
    found = dict([seen[page]])
    said = dangling(found, frozenset()) if rule == "links" else told(found, rule)
    assert expected in "\n".join(said)
