"""What finds a site and its changes: the feed as readers read it, the sitemap, and what else is said of a site that knows its address."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]  # has no types
import pytest
from hypothesis import assume, given, settings

from manifesto_cli.rendering.xml import document, element
from support.editions import EXAMPLES, Published, Records, example, projects, publish

URL = "https://example.org/repo/"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
every_example = pytest.mark.parametrize("name", EXAMPLES)


def xml(published: Published, path: str) -> ET.Element:
    """A file of XML, read; it must be well-formed."""
    return ET.fromstring(published.files[path])  # noqa: S314 - we have written it ourselves


def texts(parent: ET.Element, tag: str) -> list[str]:
    """The text of each element of a kind below another."""
    return [found.text or "" for found in parent.findall(tag)]


def sound(published: Published) -> Any:
    """The feed as a reader has it; checked against what RFC 4287 asks of every feed (sections 4.1.1 and 4.1.2)."""
    feed = xml(published, "feed.xml")
    for parent in (feed, *feed.findall(f"{ATOM}entry")):
        for tag in ("id", "title", "updated"):
            assert len(parent.findall(ATOM + tag)) == 1, tag
        alternate = [
            link.get("href") for link in parent.findall(f"{ATOM}link") if link.get("rel") == "alternate"
        ]
        assert alternate == texts(parent, f"{ATOM}id")
    assert [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        f"{published.site.url}feed.xml".replace("ŵ", "%C5%B5")
    ]
    days = [text for entry in feed.findall(f"{ATOM}entry") for text in texts(entry, f"{ATOM}updated")]
    assert days == sorted(days, reverse=True)
    assert texts(feed, f"{ATOM}updated") == days[:1]
    ids = [text for entry in feed.findall(f"{ATOM}entry") for text in texts(entry, f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    read = feedparser.parse(published.files["feed.xml"])
    assert (read.bozo, read.version, len(read.entries)) == (False, "atom10", len(ids))
    return read


def mapped(published: Published) -> dict[str, str]:
    """The sitemap: each address with the day of its last change."""
    return {
        url.findtext(f"{MAP}loc", ""): url.findtext(f"{MAP}lastmod", "")
        for url in xml(published, "sitemap.xml").findall(f"{MAP}url")
    }


@every_example
def test_the_feed_of_an_example_is_read_by_readers(name: str) -> None:
    """With a title, an author, and an entry for each pledge that says when it changed."""
    published = example(name, URL)
    read = sound(published)
    assert read.feed.title == published.edition.manifesto.title
    assert read.feed.author_detail.name == published.edition.manifesto.candidate.name
    assert read.feed.rights.startswith("Promoted by ")
    dated = {pledge.idea.title for pledge in published.edition.pledges if pledge.idea.updated}
    assert {entry.title for entry in read.entries} == dated
    for entry in read.entries:
        assert entry.link.removeprefix(URL) in published.files
        assert entry.summary


@settings(max_examples=20)  # each is a whole website
@given(projects())
def test_any_feed_and_sitemap_can_be_read(files: dict[str, Records]) -> None:
    """Whatever titles, languages and addresses there are."""
    published = publish(files, files["manifesto.yaml"]["site"]["url"])
    assume(published)
    assert published
    urls = mapped(published)
    assert all(re.fullmatch(r"[!-;=?-~]+", url) for url in urls)
    edition = published.edition
    withdrawn = [pledge.idea.withdrawn.on for pledge in edition.pledges if pledge.idea.withdrawn]
    days = [edition.manifesto.date, *(pledge.idea.updated for pledge in edition.pledges)]
    withdrawn += [cited.deal.status_on for cited in edition.deals if cited.deal.status_on]
    assert ("feed.xml" in published.files) == (any(days) or any(len(day) == 10 for day in withdrawn))
    if "feed.xml" in published.files:
        read = sound(published)
        assert " ".join(read.feed.title.split()) == " ".join(published.edition.manifesto.title.split())


def plan(date: str | None, **days: str | None) -> dict[str, Records]:
    """A manifesto of a date, with a pledge for each name that changed on a day."""
    ideas: dict[str, Records] = {
        f"ideas/{name}.yaml": {"title": f"T {name}", "priority": "first", "summary": "S."}
        | ({"updated": day} if day else {})
        for name, day in days.items()
    }
    return {
        "manifesto.yaml": {
            "format": "1",
            "title": "A plan",
            "tagline": "A line",
            "candidate": {"name": "Robin"},
            "office": {"role": "pcc"},
            "imprint": {"jurisdiction": "none"},
            "priorities": [{"priority": "first", "ideas": [*days]}],
            **({"date": date} if date else {}),
        },
        "priorities/first.yaml": {"title": "First"},
        **ideas,
    }


def published(files: dict[str, Records], url: str | None = URL) -> Published:
    """A sound project, published."""
    found = publish(files, url)
    assert found
    return found


def test_the_newest_comes_first_and_what_has_no_day_stays_away() -> None:
    """Pledges of one day keep the order of the manifesto."""
    found = published(plan("2026-02-01", a="2026-01-02", b="2026-03-04", c=None, d="2026-01-02"))
    read = sound(found)
    assert [entry.title for entry in read.entries] == ["T b", "T a", "T d"]
    assert read.feed.updated == "2026-03-04T00:00:00Z"
    assert read.entries[0].id == f"{URL}pledges/b.html"


def test_without_any_day_the_manifesto_is_the_news() -> None:
    """With its own date; and without that there is no feed, as nothing else says what day it is."""
    read = sound(published(plan("2026-02-01", a=None)))
    assert [(entry.id, entry.title, entry.summary) for entry in read.entries] == [(URL, "A plan", "A line")]
    assert read.feed.updated == "2026-02-01T00:00:00Z"
    without = published(plan(None, a=None))
    assert "feed.xml" not in without.files
    assert b"atom+xml" not in without.files["index.html"]


def test_a_pledge_that_was_withdrawn_is_news() -> None:
    """It says so, on the day of its withdrawal if that is known."""
    files = plan(None, a="2026-01-02", b="2026-01-03")
    files["ideas/a.yaml"] |= {
        "status": "withdrawn",
        "withdrawn": {"on": "2026-02-03", "because": "It is done."},
    }
    read = sound(published(files))
    assert read.entries[0].title == "T a"
    assert read.entries[0].summary == "Withdrawn (3 February 2026): It is done. S."
    assert read.entries[0].updated == "2026-02-03T00:00:00Z"


@every_example
def test_the_sitemap_has_every_page_but_the_one_for_wrong_addresses(name: str) -> None:
    """Each once, whole, and with the day on which it changed if it says so."""
    found = example(name, URL)
    urls = mapped(found)
    pages = {path for path in found.files if path.endswith(".html")}
    assert {url.removeprefix(URL) or "index.html" for url in urls} == pages - {"404.html"}
    for pledge in found.edition.pledges:
        day = pledge.idea.updated
        assert urls[f"{URL}pledges/{pledge.id}.html"] == (day.isoformat() if day else "")
    assert urls[URL] == str(found.edition.manifesto.date)
    assert f"Sitemap: {URL}sitemap.xml\n" in found.files["robots.txt"].decode()


@every_example
def test_without_an_address_nothing_is_said_that_needs_one(name: str) -> None:
    """No feed, no sitemap, no canonical addresses, and no whole address of the site in any page."""
    found = example(name, None)
    assert not {"feed.xml", "sitemap.xml", "robots.txt"} & found.files.keys()
    for path, content in found.files.items():
        if path.endswith(".html"):
            for word in (b"canonical", b"og:url", b'rel="manifest"', b"atom+xml"):
                assert word not in content, path


def test_xml_holds_any_text() -> None:
    """What no XML can hold is left out, and all else comes back as it was."""
    kept = "a <b> & \"c\" 'd' ]]> é 字 🎉 א \u202e \u2028 \ufffd"
    written = document(
        element("a", element("b", kept), element("c", "x\0\x0b\ud800\ufffey"), attributes={"d": kept})
    )
    root = ET.fromstring(written)  # noqa: S314 - we have written it ourselves
    assert (root.findtext("b"), root.findtext("c"), root.get("d")) == (kept, "xy", kept)


def a_deal(**fields: Any) -> dict[str, Records]:
    """A manifesto with a pledge and a deal of its own."""
    files = plan(None, one="2026-01-31")
    files["manifesto.yaml"]["deals"] = ["pact"]
    return {**files, "deals/pact.yaml": {"title": "A pact", "summary": "It is one.", **fields}}


def test_a_deal_is_news_on_the_day_on_which_it_came_to_be_as_far_as_it_is() -> None:
    """In the feed with what it is now, and in the map."""
    made = published(a_deal(status="agreed", status_on="2026-03-05"))
    entries = sound(made).entries
    assert [entry.title for entry in entries] == ["A pact", "T one"]
    assert entries[0].summary == "Agreed, since 5 March 2026. It is one."
    assert mapped(made)[f"{URL}deals/pact.html"] == "2026-03-05"


@pytest.mark.parametrize("fields", [{}, {"status_on": "2026-03"}])
def test_a_deal_without_a_day_is_no_news(fields: dict[str, str]) -> None:
    """It is in the map all the same, and so is the list of deals."""
    made = published(a_deal(**fields))
    assert [entry.title for entry in sound(made).entries] == ["T one"]
    assert mapped(made)[f"{URL}deals/pact.html"] == ""
    assert f"{URL}deals.html" in mapped(made)
