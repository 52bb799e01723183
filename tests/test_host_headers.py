"""The headers that Netlify and Cloudflare Pages send with a site: the same at both, and pages work under them."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.publish.host_headers import EVERYWHERE, NAME, SHARED, headers_file
from manifesto_cli.rendering.render import CONTENT_SECURITY_POLICY
from support.browser import Browser
from support.built import ROOT
from support.host_headers import HOSTS, LINE, RULES, Host, InvalidRuleError, headers_for, hosted, rules
from support.looks import Subject, glance
from support.serving import serving
from tools.themed import pages, publish_themed, shipped_themes

EXAMPLE = ROOT / "examples" / "police-commissioner"
PATHS = (
    *("index.html", "pledges/parks.html", "404.html", "feed.xml", "manifesto.json", "published.json"),
    *("assets/style.css", "assets/fonts/sans.woff2", "assets/fonts/OFL.txt", "assets/icon.svg"),
    *("media/me.jpg", "media/north/map.svg", "media/north/map-480.webp"),
)
DAY = 24 * 60 * 60


def written(*paths: str, under: str = "/") -> str:
    made = headers_file(paths, under)
    assert made.path == NAME
    return made.content.decode()


def test_what_is_written() -> None:
    """One block for all, one for each folder that browsers may keep, one for each file that other sites may read."""
    text = written(*PATHS)
    assert [pattern for pattern, _ in rules(text, "netlify")] == [
        "/*",
        "/assets/fonts/*",
        "/media/*",
        "/feed.xml",
        "/manifesto.json",
        "/published.json",
    ]
    assert rules(text, "netlify") == rules(text, "cloudflare")
    assert text.startswith("# For Netlify and Cloudflare Pages")


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", [*PATHS, "", "pledges/parks", "a/b/c"])
def test_both_hosts_send_the_same(path: str, host: Host) -> None:
    """No header is named for an address twice, as one host would join what the other chooses from."""
    text = written(*PATHS)
    sent = headers_for(text, f"/{path}", host)
    assert sent == headers_for(text, f"/{path}", "netlify")
    assert sent.items() >= {name.lower(): value for name, value in EVERYWHERE.items()}.items()


def test_pages_say_what_they_say_themselves_and_who_may_frame_them() -> None:
    """A header counts beside the policy in the page: it may not be another one."""
    sent = headers_for(written(*PATHS), "/pledges/parks.html", "cloudflare")
    assert sent["content-security-policy"] == f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"
    assert sent["x-frame-options"] == "DENY"
    assert sent["x-content-type-options"] == "nosniff"
    assert sent["referrer-policy"] == "no-referrer"


def test_encryption_is_asked_for_of_this_host_alone() -> None:
    """Other names of the domain are not the site's to speak for."""
    assert EVERYWHERE["Strict-Transport-Security"] == f"max-age={365 * DAY}"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("index.html", None),
        ("", None),
        ("pledges/parks", None),
        ("assets/style.css", None),
        ("assets/icon.svg", None),
        ("manifesto.json", None),
        ("assets/fonts/sans.woff2", 30 * DAY),
        ("media/me.jpg", DAY),
        ("media/north/map-480.webp", DAY),
    ],
)
def test_only_what_pages_are_shown_with_is_kept(path: str, kept: int | None) -> None:
    """Names do not change with what is in them: a new text is seen at once, a picture that has to go is gone in a day."""
    sent = headers_for(written(*PATHS), f"/{path}", "cloudflare")
    assert sent.get("cache-control") == (f"public, max-age={kept}" if kept else None)


def test_a_folder_that_holds_anything_else_is_asked_for_anew() -> None:
    """A theme may keep its style sheet beside its fonts."""
    text = written(
        "assets/f/a.woff2", "assets/f/a.css", "media/a.jpg", "media/deep/a.html", "only/licence.txt"
    )
    assert [pattern for pattern, _ in rules(text, "netlify")] == ["/*"]
    assert "/media/deep/*" not in text
    assert "/media/deep/*" in written("media/a.html", "media/deep/a.png")


@pytest.mark.parametrize("path", SHARED)
def test_others_may_read_the_data_and_nothing_else(path: str) -> None:
    """What programs are meant to read."""
    text = written(*PATHS, *SHARED)
    assert headers_for(text, f"/{path}", "netlify")["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in headers_for(text, "/index.html", "netlify")


def test_under_a_path() -> None:
    """Where the site is only a part of what is deployed, nothing is said of the rest."""
    text = written(*PATHS, under="/our plan/")
    assert headers_for(text, "/", "cloudflare") == headers_for(text, "/index.html", "cloudflare") == {}
    assert "x-frame-options" in headers_for(text, "/our%20plan/", "cloudflare")
    assert "cache-control" in headers_for(text, "/our%20plan/media/me.jpg", "netlify")
    assert written(*PATHS, under="/plan/") == written(*PATHS, under="plan")
    assert "/*" in written(*PATHS, under="/").splitlines()
    assert "/%2A/%3Aa/*" in written(*PATHS, under="/*/:a").splitlines()


_NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(lambda name: "/" not in name)


@given(
    st.lists(
        st.builds(
            lambda folders, name, end: "/".join([*folders, name + end]),
            st.lists(_NAMES, max_size=3),
            _NAMES,
            st.sampled_from([".png", ".woff2", ".txt", ".html", ""]),
        ),
        max_size=30,
    )
)
def test_whatever_files_are_called(paths: list[str]) -> None:
    """No name writes a line of its own, and the same header is never named twice for one address."""
    text = written(*paths)
    for host in HOSTS:
        rules(text, host)
    for path in paths:
        if "\n" not in path:
            assert headers_for(text, f"/{path}", "netlify") == headers_for(text, f"/{path}", "cloudflare")


def test_the_limits_of_the_hosts_are_kept() -> None:
    """However many folders there are, and however long their names."""
    many = [f"media{i}/{'x' * 300}/{i}.png" for i in range(3000)]
    text = written(*many, *PATHS, *SHARED)
    assert len(rules(text, "cloudflare")) <= RULES
    assert max(map(len, text.splitlines())) <= LINE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/*\n  A-B: c\n/*.css\n  D: e", "after `*`"),
        ("A: b", "no header"),
        ("/*\n  A", "no header"),
        ("/*\n  ! A", "no header"),
        (f"/*\n  A: {'b' * 2000}", "too long"),
        ("/a\n  B: c\n" * 101, "too many"),
        ("/:name\n  A: b", "placeholder"),
    ],
)
def test_what_a_host_would_not_take_is_found(text: str, words: str) -> None:
    """The reader of these tests is as strict as the stricter of the two hosts."""
    with pytest.raises(InvalidRuleError, match=words):
        rules(text, "netlify")


def test_a_header_that_is_named_twice_is_found() -> None:
    """The hosts differ in what becomes of it."""
    text = "/*\n  Cache-Control: no-cache\n/media/*\n  Cache-Control: max-age=1\n"
    assert headers_for(text, "/media/a", "cloudflare")["cache-control"] == "no-cache, max-age=1"
    assert headers_for(text, "/media/a", "netlify")["cache-control"] == "max-age=1"


def put(folder: Path, theme: str, host: str) -> None:
    """A site with its headers, for a server that is already there."""
    publish_themed(EXAMPLE, folder, theme, url=f"{host}/")
    paths = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    (folder / NAME).write_bytes(headers_file(paths).content)


@pytest.mark.parametrize(
    ("theme", "host"), [("civic", "netlify"), *((theme, "cloudflare") for theme in shipped_themes())]
)
def test_pages_work_under_these_headers(browser: Browser, tmp_path: Path, theme: str, host: Host) -> None:
    """Every kind of page, its drawings opened alone, and the page for wrong addresses: nothing is refused."""
    site = tmp_path / "site"
    with hosted(site, host) as at:
        put(site, theme, at)
        subjects = [
            Subject(f"{at}/{path}", f"{at}/", theme, "example", kind) for kind, path in pages(site, each=1)
        ]
        subjects += [Subject(f"{at}/pledges/work-placements", f"{at}/", theme, "example", "pledge")]
        assert len(subjects) > 10
        found = browser.each(subjects, glance)
        told = {str(subject): dict(page.faults) for subject, page in found.items()}
        assert {name: faults for name, faults in told.items() if any(faults.values())} == {}
        complaints, status = browser.run(drawn_and_lost(browser, at))
    assert complaints == []
    assert status == 404


async def drawn_and_lost(browser: Browser, at: str) -> tuple[list[str], int]:
    """What the console says of a drawing that is opened alone, and of an address at which there is nothing; and the status of that."""
    async with browser.tab() as tab:
        await tab.open(f"{at}/assets/icon.svg")
        # What is put into every page for measuring looks for HTML, and throws.
        said = [each for each in tab.visit.complaints if not each.startswith("exception: document.")]
        tab.visit.complaints.clear()
        answer = await tab.page.goto(f"{at}/a/b/c")
        said += [each for each in tab.visit.complaints if "404" not in each]
        return said, answer.status if answer else 0


def test_pages_cannot_be_framed_and_data_can_be_read(browser: Browser, tmp_path: Path) -> None:
    """From a page of another site: a frame stays empty, the data comes, a page does not."""
    site, other = tmp_path / "site", tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("<!doctype html><title>Other</title><p>Other", encoding="utf-8")
    with hosted(site, "cloudflare") as at, serving({"/": other}) as elsewhere:
        put(site, "civic", at)
        assert browser.run(framed(browser, elsewhere, at)) == ""
        assert browser.run(fetched(browser, elsewhere, at)) == {
            "manifesto.json": True,
            "feed.xml": True,
            "index.html": False,
        }
        # The same with a site that says nothing: what is looked for is seen.
        (site / NAME).write_text("# nothing\n", encoding="utf-8")
        (site / "index.html").write_text("<!doctype html><p>Framed", encoding="utf-8")
        assert browser.run(framed(browser, elsewhere, at)) == "Framed"
        assert browser.run(fetched(browser, elsewhere, at))["manifesto.json"] is False


async def framed(browser: Browser, elsewhere: str, at: str) -> str:
    """What a frame with a page of the site shows in a page of another one."""
    async with browser.tab() as tab:
        await tab.open(f"{elsewhere}/index.html")
        await tab.ask(
            "(address) => new Promise((done) => { const frame = document.createElement('iframe');"
            " frame.onload = done; frame.onerror = done; frame.src = address; document.body.append(frame); })",
            f"{at}/index.html",
        )
        (frame,) = tab.page.frames[1:]
        if frame.url.startswith("chrome-error:"):
            return ""
        return str(await frame.evaluate("document.body.textContent.trim()"))


async def fetched(browser: Browser, elsewhere: str, at: str) -> dict[str, Any]:
    """Whether a script of another site can read these files of the site."""
    async with browser.tab() as tab:
        await tab.open(f"{elsewhere}/index.html")
        read = "(address) => fetch(address).then((answer) => answer.ok, () => false)"
        paths = ("manifesto.json", "feed.xml", "index.html")
        return {path: await tab.ask(read, f"{at}/{path}") for path in paths}
