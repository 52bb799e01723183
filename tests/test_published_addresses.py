"""Every address that was ever published goes on working; and the list of them, which comes back from outside, is believed only where it is sound."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manifesto_cli.faults.error import ManifestoError
from manifesto_cli.publish.addresses import HOME, Continued, Gone, continued
from manifesto_cli.publish.changes import in_words, size
from manifesto_cli.publish.commits import Changes
from manifesto_cli.publish.guards import foreign_files, pages_address, with_adopted
from manifesto_cli.publish.ledger import EMPTY, NAME, Ledger, Listed, encoded, ledger_of, read_ledger
from manifesto_cli.rendering.files import File
from manifesto_cli.rendering.site import Address, Page, Redirect, Site

PRIORITY, OTHER = "priorities/safety.html", "priorities/parks.html"


def site(*paths: str, formerly: Mapping[str, str] = {}) -> Site:
    """A site with these pages and a first one; what was `formerly` elsewhere has a page there that leads on."""
    pages = {path: Page("page", path, Address(path)) for path in (HOME, *paths)}
    redirects = tuple(
        Redirect(Page("redirect", "", Address(old)), pages[new]) for old, new in formerly.items()
    )
    return Site({("page", path): page for path, page in pages.items()}, redirects, {}, {}, {}, None)


def published(pages: Mapping[str, str] = {}, moved: Mapping[str, str] = {}) -> Ledger:
    """What was published: pages with the page above each, and what led on."""
    listed = {path: Listed(path, above) for path, above in {HOME: "", **pages}.items()}
    return Ledger(1, "0" * 32, {}, listed, dict(moved))


def led(found: Continued) -> dict[str, str]:
    """Where each address leads at which there is no page."""
    return {redirect.page.address.path: redirect.to.address.path for redirect in found.site.redirects}


def gone(found: Continued) -> list[str]:
    return [page.path for page in found.gone]


def test_a_page_that_is_gone_leads_to_the_one_above_it() -> None:
    """A pledge to its priority, and if that is gone too, to the first page."""
    before = published({PRIORITY: HOME, "pledges/a.html": PRIORITY})
    found = continued(site(PRIORITY), before)
    assert led(found) == {"pledges/a.html": PRIORITY}
    found = continued(site(), before)
    assert led(found) == {"pledges/a.html": HOME, PRIORITY: HOME}
    assert gone(found) == ["pledges/a.html", PRIORITY]
    assert [redirect.gone for redirect in found.site.redirects] == [True, True]
    assert [page.path for page in found.pledges] == ["pledges/a.html"]


def test_what_is_gone_stays_gone_at_the_next_publication() -> None:
    """The page that leads on says the same again, so that a site in which nothing changes is the same to the byte."""
    before = published(
        {PRIORITY: HOME},
        {"pledges/a.html": PRIORITY, "pledges/old.html": "pledges/new.html", "costs.html": HOME},
    )
    found = continued(site(PRIORITY, "pledges/new.html"), before)
    assert {redirect.page.address.path: redirect.gone for redirect in found.site.redirects} == {
        "pledges/a.html": True,
        "pledges/old.html": False,
        "costs.html": True,
    }


def test_a_record_with_another_id_is_not_gone() -> None:
    """Its earlier id is listed under `formerly`, which makes a page there anyway."""
    found = continued(
        site("pledges/b.html", formerly={"pledges/a.html": "pledges/b.html"}),
        published({"pledges/a.html": HOME}),
    )
    assert led(found) == {"pledges/a.html": "pledges/b.html"}
    assert gone(found) == []


def test_what_led_on_leads_on_for_ever() -> None:
    """Also when `formerly` is not written any more, over several steps, and when the page at the end goes."""
    before = published(
        {"pledges/c.html": PRIORITY, PRIORITY: HOME},
        {"pledges/a.html": "pledges/b.html", "pledges/b.html": "pledges/c.html"},
    )
    found = continued(site("pledges/c.html", PRIORITY), before)
    assert led(found) == {"pledges/a.html": "pledges/c.html", "pledges/b.html": "pledges/c.html"}
    assert gone(found) == []
    assert not any(redirect.gone for redirect in found.site.redirects)
    found = continued(site(PRIORITY), before)
    assert led(found) == {f"pledges/{name}.html": PRIORITY for name in "abc"}
    assert gone(found) == ["pledges/c.html"]


def test_a_page_comes_before_all_that_its_address_led_to() -> None:
    """An id that is used again is the new record's."""
    found = continued(
        site("pledges/a.html", "pledges/b.html"),
        published({"pledges/b.html": HOME}, {"pledges/a.html": "pledges/b.html"}),
    )
    assert led(found) == {}


def test_circles_in_a_list_end_at_the_first_page() -> None:
    """The list came from outside."""
    before = published(
        {"pledges/x.html": "pledges/y.html", "pledges/y.html": "pledges/x.html"},
        {"a.html": "b.html", "b.html": "a.html"},
    )
    assert set(led(continued(site(), before)).values()) == {HOME}


def test_a_list_cannot_put_a_page_where_a_file_or_folder_of_the_site_is() -> None:
    """Not on a disk either that does not tell capitals apart."""
    hostile = published(
        {
            "INDEX.html": HOME,
            "index.html/x.html": HOME,
            "pledges/a.html": HOME,
            "pledges/A.html": HOME,
            "pledges/a.html/b.html": HOME,
        }
    )
    found = continued(site(PRIORITY), hostile)
    assert led(found) == {"pledges/A.html": HOME}


names = st.sampled_from(
    [f"{folder}{name}.html" for folder in ("", "pledges/", "priorities/") for name in "abc"]
)


@given(now=st.sets(names), pages=st.dictionaries(names, names), moved=st.dictionaries(names, names))
def test_no_address_is_ever_lost(now: set[str], pages: dict[str, str], moved: dict[str, str]) -> None:
    """Whatever was published, each address of it is a page now, or leads to one, in one step."""
    before = published(pages, moved)
    found = continued(site(*now), before)
    there = {page.address.path for page in found.site.pages.values()}
    leads = led(found)
    assert there.isdisjoint(leads)
    assert {*before.addresses, *before.moved} <= there | leads.keys()
    assert set(leads.values()) <= there
    assert len(leads) == len(found.site.redirects)


# The list


def whole() -> dict[str, Any]:
    """A list as it is published."""
    ledger = ledger_of(
        [File("index.html", b"home"), File("pledges/a.html", b"a")],
        {"index.html": Listed("Home"), "pledges/a.html": Listed("A", "index.html", ("why",))},
        {"pledges/b.html": "pledges/a.html"},
        ["google1.html"],
    )
    made: dict[str, Any] = json.loads(encoded(ledger))
    return made


def test_a_list_is_read_as_it_was_written() -> None:
    """And the same site has the same build, another one another."""
    text = json.dumps(whole()).encode()
    ledger = read_ledger(text, "here", help="")
    assert json.loads(encoded(ledger)) == whole()
    assert ledger.build == whole()["build"]
    files = [File("index.html", b"home"), File("pledges/a.html", b"a")]
    assert ledger_of(files[::-1], {}, {}, ()).build == ledger.build
    assert ledger_of([files[0], File("pledges/a.html", b"b")], {}, {}, ()).build != ledger.build
    assert ledger_of([files[0], File("pledges/b.html", b"a")], {}, {}, ()).build != ledger.build


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"files": {"../x": "0" * 32}}, "names the path '../x'"),
        ({"files": {".git/config": "0" * 32}}, "keeps for itself"),
        ({"files": {"a": "0"}}, "not what the tool writes"),
        ({"addresses": {"/etc/passwd.html": {"title": "x"}}}, "root of the disk"),
        ({"addresses": {"assets/style.css": {"title": "x"}}}, "no page has such a name"),
        ({"addresses": {"a.html": {"title": "x", "above": "../.."}}}, "names the path '../..'"),
        ({"addresses": {"a.html": {"title": 5}}}, "not what the tool writes"),
        ({"moved": {"CNAME": "index.html"}}, "no page has such a name"),
        ({"moved": {"a.html": "https://example.org/"}}, "names the path"),
        ({"moved": {"a\x1b]0;x.html": "index.html"}}, "no page has such a name"),
        ({"kept": ["a\0b"]}, "NUL"),
        ({"build": "zz"}, "not what the tool writes"),
        ({"extra": 1}, "not what the tool writes"),
        ({"format": 0}, "no format 0"),
        ({"format": 2}, "newer version"),
    ],
)
def test_a_list_that_is_unsound_is_refused(change: dict[str, Any], says: str) -> None:
    """It came from a branch, a folder or a host: nothing in it may lead out of the site, or write over its files."""
    with pytest.raises(ManifestoError) as refused:
        read_ledger(json.dumps({**whole(), **change}).encode(), "the branch", help="look at it")
    assert says in refused.value.headline
    assert "the branch" in refused.value.headline
    assert refused.value.help


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format": 1}'])
def test_anything_else_is_refused_in_a_sentence(content: bytes) -> None:
    """Never a traceback."""
    with pytest.raises(ManifestoError, match="not what the tool writes"):
        read_ledger(content, "the branch", help="look at it")


# What is not ours


def test_files_that_the_tool_did_not_put_there_are_known() -> None:
    """All but those that it wrote, its list, the domain that GitHub puts there, and what is to be kept."""
    before = read_ledger(json.dumps(whole()).encode(), "here", help="")
    there = ["index.html", "pledges/a.html", NAME, "CNAME", "google1.html", "notes.txt", "old/index.html"]
    assert foreign_files(there, before, ()) == ("notes.txt", "old/index.html")
    assert foreign_files(there, before, ["notes.txt"]) == ("old/index.html",)


def test_pages_of_another_tool_lead_to_the_first_page() -> None:
    """Whoever takes over a site with `--adopt` loses none of its readers."""
    taken = with_adopted(EMPTY, ["about/index.html", "style.css", "index.html"])
    assert taken.moved == {"about/index.html": HOME, "index.html": HOME}
    assert led(continued(site(), taken)) == {"about/index.html": HOME}


@pytest.mark.parametrize(
    ("owner", "name", "domain", "address"),
    [
        ("robin", "plan", None, "https://robin.github.io/plan/"),
        ("Robin", "Plan", None, "https://robin.github.io/Plan/"),
        ("Robin", "robin.github.io", None, "https://robin.github.io/"),
        ("robin", "plan", "www.example.org", "https://www.example.org/"),
    ],
)
def test_where_github_shows_a_repository(owner: str, name: str, domain: str | None, address: str) -> None:
    """A project has a path of its own, a person's site none, and a domain is all of it."""
    assert pages_address(owner, name, domain) == address


# In words


def test_changes_are_told_by_titles() -> None:
    """A reader knows pledges by their titles, not by files."""
    before, after = (
        EMPTY,
        ledger_of(
            [], {"index.html": Listed("Safer"), "pledges/a.html": Listed("Warm homes", "index.html")}, {}, ()
        ),
    )
    changes = Changes(
        ("assets/style.css", "pledges/a.html"),
        ("index.html",),
        (),
        {"assets/style.css": 100, "pledges/a.html": 12_345, "index.html": 999},
    )
    assert [*in_words(changes, before, after, (), every=False)] == [
        "  + pledge “Warm homes” (pledges/a.html)  12.3 kB",
        "  ~ “Safer” (index.html)  999 bytes",
        "  beside the pages: 1 file new",
        "  13.4 kB in all",
    ]


def test_deals_are_told_as_such() -> None:
    """New, changed and gone; after pledges and priorities, before case studies."""
    before = ledger_of([], {"deals/old.html": Listed("An old deal", "deals.html")}, {}, ())
    pages = {
        "case-studies/c.html": Listed("A story"),
        "deals/a.html": Listed("A pact"),
        "deals.html": Listed("Deals"),
        "pledges/a.html": Listed("Warm homes"),
    }
    after = ledger_of([], pages, {}, ())
    changes = Changes(tuple(pages), (), (), dict.fromkeys(pages, 1000))
    parted = [Gone("deals/old.html", "An old deal", "deals.html")]
    assert [*in_words(changes, before, after, parted, every=False)] == [
        "  + pledge “Warm homes” (pledges/a.html)  1.0 kB",
        "  + deal “A pact” (deals/a.html)  1.0 kB",
        "  + case study “A story” (case-studies/c.html)  1.0 kB",
        "  + “Deals” (deals.html)  1.0 kB",
        "  - deal “An old deal” (deals/old.html) is gone, and leads to “Deals” (deals.html)",
        "  4.0 kB in all",
    ]


def test_a_withdrawn_pledge_is_told_once() -> None:
    """When it is published so for the first time."""
    stands = ledger_of([], {"pledges/a.html": Listed("Warm homes")}, {}, ())
    withdrawn = ledger_of([], {"pledges/a.html": Listed("Warm homes", withdrawn=True)}, {}, ())
    changes = Changes((), ("pledges/a.html",), (), {"pledges/a.html": 1000})
    assert (
        next(iter(in_words(changes, stands, withdrawn, (), every=False)))
        == "  ! pledge “Warm homes” (pledges/a.html) is withdrawn"
    )
    assert not any("withdrawn" in line for line in in_words(changes, withdrawn, withdrawn, (), every=False))


def test_a_title_from_outside_stays_on_its_line() -> None:
    """An earlier list may say anything, and must not look like what the tool says."""
    before = ledger_of([], {"about.html": Listed("About\npublished 3 pages")}, {}, ())
    found = continued(site(), before)
    told = [*in_words(Changes((), (), (), {}), before, EMPTY, found.gone, every=True)]
    assert told[0].startswith("  - “About published 3 pages” (about.html) is gone")


def test_long_lists_are_cut() -> None:
    """Unless all of them are wanted."""
    pages = {f"pledges/{i:02}.html": Listed(f"Pledge {i}") for i in range(40)}
    after = ledger_of([], {**pages, "index.html": Listed("Safer")}, {}, ())
    changes = Changes(tuple(pages), (), (), dict.fromkeys(pages, 1000))
    cut = [*in_words(changes, EMPTY, after, (), every=False)]
    assert cut[12] == "  + … and 28 more pages: `--verbose` lists all"
    assert len([*in_words(changes, EMPTY, after, (), every=True)]) == 41


def test_places_that_can_no_longer_be_named_are_told() -> None:
    """No page can lead on from what stands behind `#`."""
    before = ledger_of([], {"index.html": Listed("Safer", "", ("why", "how"))}, {}, ())
    after = ledger_of([], {"index.html": Listed("Safer", "", ("how",))}, {}, ())
    told = [*in_words(Changes((), ("index.html",), (), {"index.html": 5}), before, after, (), every=True)]
    assert told[1] == "  - 1 place on pages behind `#` is gone: links to it lead to the top of its page"
    assert told[2].strip() == "index.html#why"


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (12_345_678, "12.3 MB")],
)
def test_sizes_in_words(number: int, words: str) -> None:
    """In thousands, as disks and networks count."""
    assert size(number) == words
