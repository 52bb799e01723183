"""What every page of the website must be, whatever the theme and wherever it is put."""

import itertools
import re
import shutil
from pathlib import Path

import pytest

from manifesto_cli.cli import main
from manifesto_cli.rendering.render import CONTENT_SECURITY_POLICY
from support import pages, pictures

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "minimal"


def built(tmp_path: Path, *arguments: str, project: Path = EXAMPLE) -> dict[str, bytes]:
    """The files of a build."""
    assert main(["build", "-q", "-C", str(project), "-o", str(tmp_path / "site"), *arguments]) == 0
    root = tmp_path / "site"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".manifesto" not in path.parts
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The example without an address."""
    return built(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module", params=["minimal", "police-commissioner", "mayor"])
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Each example without an address of its own."""
    project = EXAMPLE.parent / request.param
    return built(tmp_path_factory.mktemp("example"), "--base-url", "https://example.org/", project=project)


def html(files: dict[str, bytes]) -> dict[str, pages.Page]:
    """The pages of a site, read."""
    return {path: pages.read(content) for path, content in files.items() if path.endswith(".html")}


def test_addresses_are_as_promised(site: dict[str, bytes]) -> None:
    """Addresses never change; this list only grows."""
    assert {
        "index.html",
        "case-studies.html",
        "evidence.html",
        "manifesto.html",
        "accessibility.html",
        "privacy.html",
        "imprint.html",
        "404.html",
        "priorities/breaking-the-cycle.html",
        "pledges/community-payback-panels.html",
        "pledges/work-placements.html",
        "pledges/treatment-for-prolific-shoplifters.html",
        "pledges/community-voice-in-probation.html",
        "case-studies/rhubarb-farm.html",
        "case-studies/offender-to-rehab.html",
        "assets/icon.svg",
        "assets/style.css",
        "manifesto.json",
        "manifesto.schema.json",
        "site.webmanifest",
        ".nojekyll",
    } <= set(site)


def test_every_link_leads_somewhere(example: dict[str, bytes]) -> None:
    """Links, anchors, styles and pictures inside the site are there; those outside are web addresses or mail."""
    found = html(example)
    for path, page in found.items():
        for address in page.addresses:
            target = pages.lead(path, address)
            if target is None:
                assert address.startswith(("https://", "http://", "mailto:")), address
                continue
            file, anchor = target
            assert file in example, f"{path} leads to {file}"
            assert not anchor or anchor in found[file].ids, f"{path} leads to {address}"


def test_links_are_relative(site: dict[str, bytes]) -> None:
    """So that the site works from a folder, at the root of a host and under any path."""
    for path, page in html(site).items():
        assert not [address for address in page.addresses if address.startswith("/")], path


def test_only_the_page_for_wrong_addresses_needs_to_know_where_it_is(
    site: dict[str, bytes], tmp_path: Path
) -> None:
    """It is shown at any depth, so its links start at the root of the host. On others machines are told the address, and readers who pass it on."""
    there = built(tmp_path, "--base-url", "https://example.org/some/repo")

    def for_readers(page: bytes) -> bytes:
        after_what_machines_read = page.partition(b'<meta name="viewport"')[2]
        return re.sub(
            rb'<section class="share.*?</section>|<li><a href="[^"]*feed.xml".*?</li>|\s',
            b"",
            after_what_machines_read,
            flags=re.DOTALL,
        )

    differing = {
        path
        for path, content in site.items()
        if path.endswith(".html") and for_readers(content) != for_readers(there[path])
    }
    assert differing == {"404.html"}
    others = {path for path, content in site.items() if not path.endswith(".html") and there[path] != content}
    assert others == {"manifesto.json"}
    assert there.keys() - site.keys() == {"feed.xml", "robots.txt", "sitemap.xml"}
    page = pages.read(there["404.html"])
    for address in page.addresses:
        if address.startswith("#"):
            continue
        target = pages.lead("a/b/c", address, "/some/repo/")
        assert target is None or target[0] in there, address
        assert target is None or address.startswith("/some/repo/"), address


def test_every_page_has_the_policy_before_anything_else(site: dict[str, bytes]) -> None:
    """Nothing can be loaded from elsewhere, and nothing inline can run. There is one script, which all pages share."""
    for path, page in html(site).items():
        assert page.elements[3] == (
            "meta",
            {"http-equiv": "Content-Security-Policy", "content": CONTENT_SECURITY_POLICY},
        ), path
        told = [{"type": "application/ld+json"}] * (path != "404.html")
        script = {"src": "../" * path.count("/") + "assets/script.js", "defer": ""}
        assert page.every("script") == [*told, script]
        assert not page.every("style")
        assert not [
            name
            for _, attributes in page.elements
            for name in attributes
            if name == "style" or name.startswith("on")
        ]


def test_the_imprint_is_on_every_page(site: dict[str, bytes]) -> None:
    """Name and postal address of the promoter and of whoever it is for, as text."""
    for path, page in html(site).items():
        assert (
            "Promoted by Gwen Ŵyn-Sample (fictional) on behalf of Robin Example (fictional), both at 1 Example Street"
            in page.text
        ), path


def test_pages_are_sound(example: dict[str, bytes]) -> None:
    """One heading of the first level, no level left out, every id once, every element closed, a title, a language."""
    for path, page in html(example).items():
        levels = [int(tag[1]) for tag, _ in page.elements if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (
            path,
            levels,
        )
        assert len(page.ids) == len(set(page.ids)), path
        assert not page.unbalanced, path
        assert not page.open, path
        assert page.every("html")[0]["lang"] == "en-GB"
        assert page.every("title")
        assert [image for image in page.every("img") if "alt" not in image] == []


def test_every_figure_names_its_source(site: dict[str, bytes]) -> None:
    """The figure, the document and the place in it stand on one page."""
    text = pages.read(site["case-studies/offender-to-rehab.html"]).text
    for words in ("£800,000", "An estimate", "27", "20 people discharged early", "section on referrals"):
        assert words in text


def test_a_picture_comes_along(tmp_path: Path) -> None:
    """Pictures of the project and of its texts are copied to `media/` and shown with their descriptions."""
    project = Path(
        shutil.copytree(EXAMPLE, tmp_path / "plan", ignore=shutil.ignore_patterns("public", "booklet"))
    )
    (project / "media").mkdir()
    picture = pictures.picture("png", 400, 300)
    (project / "media" / "hall.png").write_bytes(picture)
    manifesto = project / "manifesto.yaml"
    text = manifesto.read_text(encoding="utf-8").replace(
        "foreword: |\n", "foreword: |\n  ![The town hall](media/hall.png)\n\n"
    )
    manifesto.write_text(
        text.replace(
            "  name: Robin Example (fictional)\noffice",
            "  name: Robin Example (fictional)\n  photo: {file: media/hall.png, alt: Robin}\noffice",
        ),
        encoding="utf-8",
    )
    files = built(tmp_path, project=project)
    assert files["media/hall.png"] == picture
    shown = {(image["src"], image["alt"]) for image in pages.read(files["index.html"]).every("img")}
    assert shown == {("media/hall.png", "The town hall"), ("media/hall.png", "Robin")}


def test_a_custom_domain_is_written_down(tmp_path: Path) -> None:
    """GitHub Pages reads it from the file CNAME."""
    project = Path(
        shutil.copytree(EXAMPLE, tmp_path / "plan", ignore=shutil.ignore_patterns("public", "booklet"))
    )
    manifesto = project / "manifesto.yaml"
    text = manifesto.read_text(encoding="utf-8")
    manifesto.write_text(
        text.replace("  theme: civic\n", "  theme: civic\n  domain: robin.example.org\n"), encoding="utf-8"
    )
    assert built(tmp_path, project=project)["CNAME"] == b"robin.example.org\n"


def test_every_page_is_reached_by_links(example: dict[str, bytes]) -> None:
    """From the first page all others are found; and of the pages of which there is one, each leads to all."""
    found = html(example)
    leads = {
        path: {target[0] for address in page.addresses if (target := pages.lead(path, address))}
        for path, page in found.items()
        if path != "404.html"
    }
    seen, new = {"index.html"}, {"index.html"}
    while new:
        new = {target for path in new for target in leads[path] if target in leads} - seen
        seen |= new
    assert seen == set(leads)
    single = {path for path in leads if "/" not in path}
    assert all(single <= targets | {path} for path, targets in leads.items())


def test_menus_say_where_the_reader_is(example: dict[str, bytes]) -> None:
    """Each page that is in a menu marks itself there; each that has others beside it, among them. No page marks another one."""
    for path, page in html(example).items():
        marked = [link["href"] for link in page.every("a") if link.get("aria-current") == "page"]
        beside = b'class="beside' in example[path]
        there = beside if "/" in path else path not in ("index.html", "404.html")
        assert set(marked) == ({path.rpartition("/")[2]} if there else set()), path


def test_the_page_about_the_candidate_is_there_if_there_is_something_to_say(
    site: dict[str, bytes], example: dict[str, bytes]
) -> None:
    """The smallest example says nothing of its candidate. Where there is a page, the first one leads there."""
    assert "about.html" not in site
    if "about.html" in example:
        text = pages.read(example["about.html"]).text
        assert "(fictional)" in text
        assert "Polling day" in text
        assert (
            'href="about.html"' in example["index.html"].decode().partition("<main")[2].partition("</main")[0]
        )


def test_the_whole_manifesto_is_on_one_page(example: dict[str, bytes]) -> None:
    """Every text of every priority, pledge and case study stands there, and links to them lead within the page."""
    whole = pages.read(example["manifesto.html"])
    main = example["manifesto.html"].decode().partition("<main")[2].partition("</main>")[0]
    assert not re.findall(r'href="(?:priorities|pledges|case-studies)/', main)
    for path, content in example.items():
        kind, _, name = path.removesuffix(".html").partition("/")
        if kind in ("priorities", "pledges", "case-studies") and name:
            anchor = {"priorities": "priority", "pledges": "pledge", "case-studies": "case-study"}[kind]
            assert f"{anchor}-{name}" in whole.ids, path
            text = content.decode().partition('class="prose')[2].partition("</div>")[0].partition(">")[2]
            words = pages.read(text.replace("\n", " ").encode()).text
            assert words in whole.text or kind == "priorities", path
            title = content.decode().partition("<h1")[2].partition(">")[2].partition("</h1>")[0]
            assert f">{title}</h" in main, path


def test_each_source_on_the_whole_page_is_cited_by_its_number(example: dict[str, bytes]) -> None:
    """What is cited is listed, and what is listed is cited."""
    whole = pages.read(example["manifesto.html"])
    listed = {name for name in whole.ids if name.startswith("_note-")}
    cited = {link["href"][1:] for link in whole.every("a") if link["href"].startswith("#_note-")}
    assert listed == cited
    assert listed


PROJECT = """\
format: 1
title: A plan
candidate: {name: Robin Example, contact: {email: robin@example.org}}
office: {role: pcc}
imprint: {jurisdiction: none}
"""


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("url: https://robin.github.io/plan/", "The site is kept by GitHub"),
        ("domain: robin.example.org", "The site is kept by GitHub"),
        ("url: https://example.org/github.io/", "the company that keeps the site"),
        ("theme: civic", "the company that keeps the site"),
    ],
)
def test_the_page_on_privacy_names_the_host_if_that_is_known(section: str, said: str, tmp_path: Path) -> None:
    """An address at GitHub Pages, or a domain, which is there for it alone."""
    (tmp_path / "manifesto.yaml").write_text(f"{PROJECT}site: {{{section}}}\n", encoding="utf-8")
    text = pages.read(built(tmp_path, project=tmp_path)["privacy.html"]).text
    assert said in text
    assert "It runs one small script of its own." in text
    assert "Write to robin@example.org." in text


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("assets/more.js", "'use strict';"),
        (
            "templates/case-studies.html",
            '<!doctype html><html><head><script src="a.js"></script></head></html>',
        ),
    ],
)
def test_no_page_promises_what_a_theme_may_break(file: str, text: str, tmp_path: Path) -> None:
    """Where a theme has scripts, nothing is said that only pages without scripts can keep."""
    place = tmp_path / "themes" / "civic" / file
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")
    (tmp_path / "manifesto.yaml").write_text(PROJECT, encoding="utf-8")
    files = built(tmp_path, project=tmp_path)
    privacy = pages.read(files["privacy.html"]).text
    assert "cookies" not in privacy
    assert "no scripts." not in privacy
    assert "It runs no scripts but its own." in privacy
    assert "It loads nothing from other sites." in privacy
    assert "need no scripts" not in pages.read(files["accessibility.html"]).text
